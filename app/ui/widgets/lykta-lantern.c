/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-lantern.h"

#include <math.h>

/* The drawing is made in a square of 64 units, as the icon in resources/app-icon. */
#define UNITS 64.0

struct _LyktaLantern {
  GtkWidget parent_instance;

  double scale;
  int measured_side; /* 0 before the first time */
};

enum {
  PROP_SCALE = 1,
  N_PROPERTIES,
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaLantern, lykta_lantern, GTK_TYPE_WIDGET)

static void
draw_glow (cairo_t *cr)
{
  cairo_pattern_t *glow = cairo_pattern_create_radial (32, 36, 4, 32, 36, 32);

  cairo_pattern_add_color_stop_rgba (glow, 0.0, 1.0, 0.78, 0.30, 0.65);
  cairo_pattern_add_color_stop_rgba (glow, 0.55, 1.0, 0.78, 0.30, 0.22);
  cairo_pattern_add_color_stop_rgba (glow, 1.0, 1.0, 0.78, 0.30, 0.0);
  cairo_set_source (cr, glow);
  cairo_paint (cr);
  cairo_pattern_destroy (glow);
}

static void
draw_glass (cairo_t *cr)
{
  cairo_move_to (cr, 22, 24);
  cairo_line_to (cr, 42, 24);
  cairo_line_to (cr, 45, 48);
  cairo_line_to (cr, 19, 48);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, 1.0, 0.93, 0.75);
  cairo_fill (cr);
}

static void
draw_flame (cairo_t *cr)
{
  cairo_move_to (cr, 32, 28);
  cairo_curve_to (cr, 38, 35, 38.5, 39, 36.5, 42);
  cairo_curve_to (cr, 34.5, 45, 29.5, 45, 27.5, 42);
  cairo_curve_to (cr, 25.5, 39, 26, 35, 32, 28);
  cairo_set_source_rgb (cr, 0.95, 0.58, 0.10);
  cairo_fill (cr);
  cairo_move_to (cr, 32, 34.5);
  cairo_curve_to (cr, 35, 38.5, 35, 40.5, 34, 42.2);
  cairo_curve_to (cr, 33, 43.6, 31, 43.6, 30, 42.2);
  cairo_curve_to (cr, 29, 40.5, 29, 38.5, 32, 34.5);
  cairo_set_source_rgb (cr, 1.0, 0.88, 0.45);
  cairo_fill (cr);
}

static void
draw_frame (cairo_t *cr, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 3);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* ring and roof */
  cairo_arc (cr, 32, 10, 5, G_PI, 2 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, 27, 13);
  cairo_line_to (cr, 37, 13);
  cairo_line_to (cr, 44, 22);
  cairo_line_to (cr, 20, 22);
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
  /* bars and foot */
  cairo_move_to (cr, 22, 24);
  cairo_line_to (cr, 19, 48);
  cairo_move_to (cr, 42, 24);
  cairo_line_to (cr, 45, 48);
  cairo_stroke (cr);
  cairo_rectangle (cr, 16.5, 48.5, 31, 5);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
}

static int
get_side (LyktaLantern *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double text_size = pango_font_description_get_size (font) / (double)PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    text_size *= 96.0 / 72.0;
  return MAX (1, (int)round (text_size * self->scale));
}

static void
lykta_lantern_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  LyktaLantern *self = LYKTA_LANTERN (widget);

  self->measured_side = get_side (self);
  *minimum = *natural = self->measured_side;
}

static void
lykta_lantern_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);
  double side = MIN (width, height);
  GdkRGBA colour;
  cairo_t *cr;

  if (side <= 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, (width - side) / 2.0, (height - side) / 2.0);
  cairo_scale (cr, side / UNITS, side / UNITS);
  draw_glow (cr);
  draw_glass (cr);
  draw_flame (cr);
  draw_frame (cr, &colour);
  cairo_destroy (cr);
}

static void
lykta_lantern_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LyktaLantern *self = LYKTA_LANTERN (widget);

  GTK_WIDGET_CLASS (lykta_lantern_parent_class)->css_changed (widget, change);
  /* Most changes of style concern colours: only another text size makes another size. */
  if (self->measured_side != get_side (self))
    gtk_widget_queue_resize (widget);
}

static void
lykta_lantern_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SCALE:
    g_value_set_double (value, LYKTA_LANTERN (object)->scale);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_lantern_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SCALE:
    LYKTA_LANTERN (object)->scale = g_value_get_double (value);
    gtk_widget_queue_resize (GTK_WIDGET (object));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_lantern_class_init (LyktaLanternClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lykta_lantern_get_property;
  object_class->set_property = lykta_lantern_set_property;
  widget_class->measure = lykta_lantern_measure;
  widget_class->snapshot = lykta_lantern_snapshot;
  widget_class->css_changed = lykta_lantern_css_changed;

  properties[PROP_SCALE] =
      g_param_spec_double ("scale", NULL, NULL, 0.25, 32.0, 4.0,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_css_name (widget_class, "lantern");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lykta_lantern_init (LyktaLantern *self)
{
}

GtkWidget *
lykta_lantern_new (void)
{
  return g_object_new (LYKTA_TYPE_LANTERN, NULL);
}
