/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-code-view.h"

#include <math.h>

#define DEFAULT_SIDE 280
/* Two pixels a module at version 15. */
#define LEAST_SIDE 170

struct _LyktaCodeView {
  GtkWidget parent_instance;

  LyktaQrCode *code; /* (owned) (nullable) */
  int side;
};

enum { PROP_SIDE = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaCodeView, lykta_code_view, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
lykta_code_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
lykta_code_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  LyktaCodeView *self = LYKTA_CODE_VIEW (widget);

  *natural = self->side;
  /* As wide as there is room, and never lower than it could be wide. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (LEAST_SIDE, self->side) : self->side;
  *minimum_baseline = *natural_baseline = -1;
}

static void
lykta_code_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LyktaCodeView *self = LYKTA_CODE_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int side = MIN (width, height), modules, drawn;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cr;

  if (self->code == NULL || side <= 0)
    return;
  modules = lykta_qr_code_get_width (self->code) + 2 * LYKTA_QR_QUIET;
  drawn = side >= modules ? side / modules * modules : side;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  lykta_qr_code_draw (self->code, cr, floor ((width - drawn) / 2.0), floor ((height - drawn) / 2.0),
                      drawn);
  cairo_destroy (cr);
}

static void
lykta_code_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SIDE:
    LYKTA_CODE_VIEW (object)->side = g_value_get_int (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_code_view_finalize (GObject *object)
{
  g_clear_pointer (&LYKTA_CODE_VIEW (object)->code, lykta_qr_code_unref);

  G_OBJECT_CLASS (lykta_code_view_parent_class)->finalize (object);
}

static void
lykta_code_view_class_init (LyktaCodeViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = lykta_code_view_set_property;
  object_class->finalize = lykta_code_view_finalize;
  widget_class->get_request_mode = lykta_code_view_get_request_mode;
  widget_class->measure = lykta_code_view_measure;
  widget_class->snapshot = lykta_code_view_snapshot;
  properties[PROP_SIDE] =
      g_param_spec_int ("side", NULL, NULL, 100, 1000, DEFAULT_SIDE,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "qr-code");
}

static void
lykta_code_view_init (LyktaCodeView *self)
{
}

void
lykta_code_view_set_code (LyktaCodeView *self, LyktaQrCode *code)
{
  g_return_if_fail (LYKTA_IS_CODE_VIEW (self));

  if (code != NULL)
    lykta_qr_code_ref (code);
  g_clear_pointer (&self->code, lykta_qr_code_unref);
  self->code = code;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
