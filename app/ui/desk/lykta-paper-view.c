/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-paper-view.h"

#include <math.h>

/* Between two sheets, and narrowest and widest sheet, in pixels. */
#define SHEET_GAP     12
#define MIN_WIDTH     200
#define NATURAL_WIDTH 480

struct _LyktaPaperView {
  GtkWidget parent_instance;

  LyktaPage *page; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaPaperView, lykta_paper_view, GTK_TYPE_WIDGET)

static double
get_ratio (LyktaPaperView *self)
{
  double width = LYKTA_PAPER_A4_WIDTH, height = LYKTA_PAPER_A4_HEIGHT;

  if (self->page != NULL)
    lykta_page_get_size (self->page, &width, &height);
  return height / width;
}

static guint
get_n_sheets (LyktaPaperView *self)
{
  return self->page != NULL ? lykta_page_get_n_pages (self->page) : 1;
}

static GtkSizeRequestMode
lykta_paper_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lykta_paper_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LyktaPaperView *self = LYKTA_PAPER_VIEW (widget);
  guint n = get_n_sheets (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN_WIDTH;
    *natural = NATURAL_WIDTH;
    return;
  }
  if (for_size < 0)
    for_size = MIN_WIDTH;
  *minimum = *natural = (int)(n * ceil (for_size * get_ratio (self))) + (int)(n - 1) * SHEET_GAP;
}

static void
snapshot_sheet (LyktaPaperView *self, GtkSnapshot *snapshot, guint index, double width, double top)
{
  const graphene_rect_t sheet =
      GRAPHENE_RECT_INIT (0, (float)top, (float)width, (float)(width * get_ratio (self)));
  const GdkRGBA white = {1, 1, 1, 1};
  double page_width, page_height;
  cairo_t *cr;

  gtk_snapshot_append_color (snapshot, &white, &sheet);
  if (self->page == NULL)
    return;
  lykta_page_get_size (self->page, &page_width, &page_height);
  cr = gtk_snapshot_append_cairo (snapshot, &sheet);
  cairo_translate (cr, 0, top);
  cairo_scale (cr, width / page_width, width / page_width);
  lykta_page_draw (self->page, cr, index);
  cairo_destroy (cr);
}

static void
lykta_paper_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LyktaPaperView *self = LYKTA_PAPER_VIEW (widget);
  double width = gtk_widget_get_width (widget), step = width * get_ratio (self) + SHEET_GAP;

  for (guint i = 0; i < get_n_sheets (self); i++)
    snapshot_sheet (self, snapshot, i, width, i * step);
}

static void
lykta_paper_view_dispose (GObject *object)
{
  g_clear_object (&LYKTA_PAPER_VIEW (object)->page);
  G_OBJECT_CLASS (lykta_paper_view_parent_class)->dispose (object);
}

static void
lykta_paper_view_class_init (LyktaPaperViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_paper_view_dispose;
  widget_class->get_request_mode = lykta_paper_view_get_request_mode;
  widget_class->measure = lykta_paper_view_measure;
  widget_class->snapshot = lykta_paper_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "paper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lykta_paper_view_init (LyktaPaperView *self)
{
}

GtkWidget *
lykta_paper_view_new (void)
{
  return g_object_new (LYKTA_TYPE_PAPER_VIEW, NULL);
}

void
lykta_paper_view_set_page (LyktaPaperView *self, LyktaPage *page)
{
  g_return_if_fail (LYKTA_IS_PAPER_VIEW (self));

  if (g_set_object (&self->page, page))
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

LyktaPage *
lykta_paper_view_get_page (LyktaPaperView *self)
{
  g_return_val_if_fail (LYKTA_IS_PAPER_VIEW (self), NULL);

  return self->page;
}
