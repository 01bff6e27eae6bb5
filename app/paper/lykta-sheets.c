/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-sheets.h"

struct _LyktaSheets {
  GObject parent_instance;

  GPtrArray *blocks; /* (owned) (element-type LyktaBlock) */
  double width;
  double height;
  char *title; /* (owned) */
};

static void lykta_sheets_iface_init (LyktaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaSheets,
                               lykta_sheets,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_PAGE, lykta_sheets_iface_init))

static guint
sheets_get_n_pages (LyktaPage *page)
{
  return LYKTA_SHEETS (page)->blocks->len;
}

static void
sheets_get_size (LyktaPage *page, double *width, double *height)
{
  *width = LYKTA_SHEETS (page)->width;
  *height = LYKTA_SHEETS (page)->height;
}

static void
sheets_draw (LyktaPage *page, cairo_t *cr, guint index)
{
  lykta_block_draw (lykta_sheets_get_block (LYKTA_SHEETS (page), index), cr);
}

static const char *
sheets_get_title (LyktaPage *page)
{
  return LYKTA_SHEETS (page)->title;
}

static void
lykta_sheets_iface_init (LyktaPageInterface *iface)
{
  iface->get_n_pages = sheets_get_n_pages;
  iface->get_size = sheets_get_size;
  iface->draw = sheets_draw;
  iface->get_title = sheets_get_title;
}

static void
lykta_sheets_finalize (GObject *object)
{
  LyktaSheets *self = LYKTA_SHEETS (object);

  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self->title);

  G_OBJECT_CLASS (lykta_sheets_parent_class)->finalize (object);
}

static void
lykta_sheets_class_init (LyktaSheetsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lykta_sheets_finalize;
}

static void
lykta_sheets_init (LyktaSheets *self)
{
}

LyktaPage *
lykta_sheets_new (GPtrArray *blocks, double width, double height, const char *title, GError **error)
{
  g_autoptr (GPtrArray) taken = blocks;
  LyktaSheets *self;

  g_return_val_if_fail (blocks != NULL && blocks->len > 0, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  for (guint i = 0; i < blocks->len; i++) {
    g_autofree char *missing = lykta_block_find_missing (g_ptr_array_index (blocks, i));

    if (missing != NULL) {
      g_set_error (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_MISSING_GLYPHS,
                   "No font can show: %s", missing);
      return NULL;
    }
  }
  self = g_object_new (LYKTA_TYPE_SHEETS, NULL);
  self->blocks = g_steal_pointer (&taken);
  self->width = width;
  self->height = height;
  self->title = g_strdup (title);
  return LYKTA_PAGE (self);
}

LyktaBlock *
lykta_sheets_get_block (LyktaSheets *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_SHEETS (self), NULL);
  g_return_val_if_fail (index < self->blocks->len, NULL);

  return g_ptr_array_index (self->blocks, index);
}
