/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-certificate-page.h"

#include <math.h>

#include "paper/lykta-certificate-furniture.h"
#include "paper/lykta-certificate-page-private.h"
#include "paper/lykta-certificate-sections.h"

/* Air between sections: at least, and at most when the page has room. */
#define SECTION_GAP     6.0
#define MAX_SECTION_GAP 17.0
/* Type is set smaller in steps down to this, then the page goes on to another. */
#define SMALLEST_SCALE 0.8
#define SCALE_STEP     0.04
/* Of a certificate that takes two pages anyway. */
#define FLOWING_SCALE 0.9

/* A certificate laid out on its pages. */
struct _LyktaCertificatePage {
  GObject parent_instance;

  GPtrArray *pages; /* (owned) (element-type LyktaBlock) */
  char *title;      /* (owned) */
  double scale;
};

static void lykta_certificate_page_iface_init (LyktaPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaCertificatePage,
                               lykta_certificate_page,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_PAGE,
                                                      lykta_certificate_page_iface_init))

static LyktaBlock *
new_page (LyktaCertificateMaker *self)
{
  LyktaBlock *page = lykta_block_new ();

  if (self->flags & LYKTA_CERTIFICATE_PAGE_DRAFT) {
    const LyktaTypeStyle style = {.size = 108, .is_bold = TRUE};
    g_autoptr (PangoLayout) watermark = lykta_type_set (self->setter.type, "UTKAST", &style);

    lykta_block_add_turned_text (page, watermark, LYKTA_PAPER_A4_WIDTH / 2,
                                 LYKTA_PAPER_A4_HEIGHT / 2, -50, LYKTA_INK_GHOST);
  }
  return page;
}

static void
finish_page (LyktaCertificateMaker *self, LyktaBlock *page, guint index, guint n_pages)
{
  g_autoptr (LyktaBlock) footer = lykta_certificate_make_footer (self, index, n_pages);

  lykta_block_add_block (page, footer, MARGIN,
                         LYKTA_PAPER_A4_HEIGHT - FOOT_MARGIN - lykta_block_get_height (footer));
  lykta_block_set_height (page, LYKTA_PAPER_A4_HEIGHT);
}

static double
get_sections_height (GPtrArray *sections, double gap)
{
  double height = 0;

  for (guint i = 0; i < sections->len; i++)
    height += gap + lykta_block_get_height (g_ptr_array_index (sections, i));
  return height;
}

/* Everything on one page, or nothing when it does not fit at this scale; @fullness tells how many
 * pages it would fill. */
static GPtrArray *
set_one_page (LyktaCertificateMaker *self, double *fullness)
{
  g_autoptr (LyktaBlock) header = lykta_certificate_make_header (self);
  g_autoptr (LyktaBlock) footer = lykta_certificate_make_footer (self, 0, 1);
  g_autoptr (GPtrArray) sections =
      lykta_certificate_make_sections (&self->setter, self->form, self->flags, TEXT_WIDTH);
  g_autoptr (LyktaBlock) page = NULL;
  double room = LYKTA_PAPER_A4_HEIGHT - TOP_MARGIN - FOOT_MARGIN - lykta_block_get_height (header) -
                lykta_block_get_height (footer);
  double gap = SECTION_GAP * self->setter.scale, y;
  double slack = room - get_sections_height (sections, gap) - gap;
  GPtrArray *pages;

  *fullness = (room - slack) / room;
  if (slack < 0)
    return NULL;
  gap = fmin (gap + slack / (sections->len + 1), MAX_SECTION_GAP);
  page = new_page (self);
  lykta_block_add_block (page, header, MARGIN, TOP_MARGIN);
  y = TOP_MARGIN + lykta_block_get_height (header);
  for (guint i = 0; i < sections->len; i++) {
    LyktaBlock *section = g_ptr_array_index (sections, i);

    y += gap;
    lykta_block_add_block (page, section, MARGIN, y);
    y += lykta_block_get_height (section);
  }
  finish_page (self, page, 0, 1);
  pages = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);
  g_ptr_array_add (pages, g_steal_pointer (&page));
  return pages;
}

/* Section after section on as many pages as it takes. */
static GPtrArray *
set_flowing (LyktaCertificateMaker *self)
{
  g_autoptr (LyktaBlock) header = lykta_certificate_make_header (self);
  g_autoptr (LyktaBlock) footer = lykta_certificate_make_footer (self, 0, 2);
  g_autoptr (GPtrArray) sections =
      lykta_certificate_make_sections (&self->setter, self->form, self->flags, TEXT_WIDTH);
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);
  LyktaBlock *page = new_page (self);
  double bottom =
      LYKTA_PAPER_A4_HEIGHT - FOOT_MARGIN - lykta_block_get_height (footer) - SECTION_GAP;
  double y = TOP_MARGIN + lykta_block_get_height (header);

  g_ptr_array_add (pages, page);
  lykta_block_add_block (page, header, MARGIN, TOP_MARGIN);
  for (guint i = 0; i < sections->len; i++) {
    LyktaBlock *section = g_ptr_array_index (sections, i);

    if (y + SECTION_GAP + lykta_block_get_height (section) > bottom) {
      g_autoptr (LyktaBlock) running = lykta_certificate_make_running_header (self);

      page = new_page (self);
      g_ptr_array_add (pages, page);
      lykta_block_add_block (page, running, MARGIN, TOP_MARGIN);
      y = TOP_MARGIN + lykta_block_get_height (running) + SECTION_GAP;
    }
    y += SECTION_GAP;
    lykta_block_add_block (page, section, MARGIN, y);
    y += lykta_block_get_height (section);
  }
  for (guint i = 0; i < pages->len; i++)
    finish_page (self, g_ptr_array_index (pages, i), i, pages->len);
  return pages;
}

static guint
certificate_page_get_n_pages (LyktaPage *page)
{
  return LYKTA_CERTIFICATE_PAGE (page)->pages->len;
}

static void
certificate_page_get_size (LyktaPage *page, double *width, double *height)
{
  *width = LYKTA_PAPER_A4_WIDTH;
  *height = LYKTA_PAPER_A4_HEIGHT;
}

static void
certificate_page_draw (LyktaPage *page, cairo_t *cr, guint index)
{
  lykta_block_draw (lykta_certificate_page_get_block (LYKTA_CERTIFICATE_PAGE (page), index), cr);
}

static const char *
certificate_page_get_title (LyktaPage *page)
{
  return LYKTA_CERTIFICATE_PAGE (page)->title;
}

static void
lykta_certificate_page_iface_init (LyktaPageInterface *iface)
{
  iface->get_n_pages = certificate_page_get_n_pages;
  iface->get_size = certificate_page_get_size;
  iface->draw = certificate_page_draw;
  iface->get_title = certificate_page_get_title;
}

static void
lykta_certificate_page_finalize (GObject *object)
{
  LyktaCertificatePage *self = LYKTA_CERTIFICATE_PAGE (object);

  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_free (self->title);

  G_OBJECT_CLASS (lykta_certificate_page_parent_class)->finalize (object);
}

static void
lykta_certificate_page_class_init (LyktaCertificatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lykta_certificate_page_finalize;
}

static void
lykta_certificate_page_init (LyktaCertificatePage *self)
{
}

static const char *
get_title (LyktaCertificatePageFlags flags)
{
  if (flags & LYKTA_CERTIFICATE_PAGE_BLANK)
    return "Intyg om deltagande (blankett)";
  if (flags & LYKTA_CERTIFICATE_PAGE_DRAFT)
    return "Intyg om deltagande (utkast)";
  return "Intyg om deltagande";
}

LyktaPage *
lykta_certificate_page_new (LyktaCertificateForm *form,
                            LyktaCatalogue *second,
                            LyktaCertificatePageFlags flags)
{
  g_autoptr (LyktaType) type = lykta_type_new ();
  LyktaCertificatePage *self;
  LyktaCertificateMaker maker = {.form = form, .flags = flags};

  g_return_val_if_fail (form != NULL, NULL);
  g_return_val_if_fail (second == NULL || LYKTA_IS_CATALOGUE (second), NULL);

  self = g_object_new (LYKTA_TYPE_CERTIFICATE_PAGE, NULL);
  self->title = g_strdup (get_title (flags));
  maker.setter.type = type;
  if (second != NULL && g_strcmp0 (lykta_catalogue_get_language (second), "sv") != 0) {
    maker.setter.second = second;
    maker.setter.language = lykta_catalogue_get_language (second);
  }
  /* Smaller type also breaks fewer lines, so the first guess is rather too large than too small. */
  for (double scale = 1; self->pages == NULL && scale > SMALLEST_SCALE - SCALE_STEP / 2;) {
    double fullness, guess;

    maker.setter.scale = self->scale = scale;
    self->pages = set_one_page (&maker, &fullness);
    guess = ceil (scale / sqrt (fullness) / SCALE_STEP) * SCALE_STEP;
    scale = fmin (scale - SCALE_STEP, fmax (guess, SMALLEST_SCALE));
  }
  if (self->pages == NULL) {
    maker.setter.scale = self->scale = FLOWING_SCALE;
    self->pages = set_flowing (&maker);
  }
  return LYKTA_PAGE (self);
}

double
lykta_certificate_page_get_scale (LyktaCertificatePage *self)
{
  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_PAGE (self), 1);

  return self->scale;
}

LyktaBlock *
lykta_certificate_page_get_block (LyktaCertificatePage *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_PAGE (self), NULL);
  g_return_val_if_fail (index < self->pages->len, NULL);

  return g_ptr_array_index (self->pages, index);
}

gboolean
lykta_certificate_page_speaks (LyktaCatalogue *second)
{
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (second), FALSE);

  return lykta_certificate_text_help (LYKTA_CERTIFICATE_TEXT_TITLE, second) != NULL;
}

gboolean
lykta_certificate_find_unprintable (LyktaCertificateForm *form,
                                    LyktaCertificateField *field,
                                    char **characters)
{
  g_autoptr (LyktaType) type = NULL;

  g_return_val_if_fail (form != NULL, FALSE);

  type = lykta_type_new ();
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++) {
    const char *text = lykta_certificate_form_get_text (form, i);
    g_autofree char *missing = text != NULL ? lykta_type_find_missing (type, text) : NULL;

    if (missing == NULL)
      continue;
    if (field != NULL)
      *field = i;
    if (characters != NULL)
      *characters = g_steal_pointer (&missing);
    return TRUE;
  }
  return FALSE;
}
