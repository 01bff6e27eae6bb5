/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-pictogram.h"

#include "paper/lykta-svg-path.h"

#include <math.h>

#define VIEW_BOX     24.0
#define RESOURCE_DIR "/se/lykta/Lykta/icons/"

struct _LyktaPictogram {
  GtkWidget parent_instance;

  char *icon;         /* (owned) (nullable) */
  cairo_path_t *path; /* (unowned) lives in the table of drawings */
  double scale;
  int measured_side; /* 0 before the first time */
};

enum {
  PROP_ICON = 1,
  PROP_SCALE,
  N_PROPERTIES,
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaPictogram, lykta_pictogram, GTK_TYPE_WIDGET)

static const char *const MIRRORED[] = {
    "arrow-left", "arrow-back-up", "chevron-left", "chevron-right",
    "walk",       "run",           "door-enter",   NULL,
};

static void
on_start_element (GMarkupParseContext *context,
                  const char *element,
                  const char **names,
                  const char **values,
                  gpointer user_data,
                  GError **error)
{
  cairo_t *cr = user_data;

  if (!g_str_equal (element, "path"))
    return;
  /* The drawings carry an invisible square as their ground. */
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "stroke") && g_str_equal (values[i], "none"))
      return;
  for (gsize i = 0; names[i] != NULL; i++) {
    if (g_str_equal (names[i], "d") && !lykta_svg_path_append (cr, values[i]))
      g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "path data “%s”",
                   values[i]);
  }
}

static cairo_path_t *
read_drawing (const char *icon)
{
  static const GMarkupParser parser = {.start_element = on_start_element};
  g_autofree char *name = g_strconcat (RESOURCE_DIR, icon, ".svg", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GMarkupParseContext) context = NULL;
  cairo_surface_t *surface;
  cairo_path_t *path = NULL;
  cairo_t *cr;
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cr = cairo_create (surface);
  data = g_bytes_get_data (bytes, &size);
  context = g_markup_parse_context_new (&parser, 0, cr, NULL);
  if (g_markup_parse_context_parse (context, data, (gssize)size, NULL))
    path = cairo_copy_path (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

/* Drawings are read once and kept: there are a few dozen, each below a kilobyte. Main thread. */
static cairo_path_t *
find_drawing (const char *icon)
{
  static GHashTable *drawings = NULL;
  cairo_path_t *path = NULL;

  if (drawings == NULL)
    drawings = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_hash_table_lookup_extended (drawings, icon, NULL, (gpointer *)&path)) {
    path = read_drawing (icon);
    g_hash_table_insert (drawings, g_strdup (icon), path);
  }
  return path;
}

static int
get_side (LyktaPictogram *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double text_size = pango_font_description_get_size (font) / (double)PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    text_size *= 96.0 / 72.0;
  return MAX (1, (int)round (text_size * self->scale));
}

static void
lykta_pictogram_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  LyktaPictogram *self = LYKTA_PICTOGRAM (widget);

  self->measured_side = get_side (self);
  *minimum = *natural = self->measured_side;
}

static void
paint (GtkSnapshot *snapshot,
       const char *icon,
       cairo_path_t *path,
       const graphene_rect_t *area,
       const GdkRGBA *colour,
       gboolean is_rtl)
{
  double side = MIN (area->size.width, area->size.height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);

  cairo_translate (cr, area->origin.x + (area->size.width - side) / 2.0,
                   area->origin.y + (area->size.height - side) / 2.0);
  cairo_scale (cr, side / VIEW_BOX, side / VIEW_BOX);
  if (is_rtl && g_strv_contains (MIRRORED, icon)) {
    cairo_translate (cr, VIEW_BOX, 0);
    cairo_scale (cr, -1, 1);
  }
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_append_path (cr, path);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
lykta_pictogram_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LyktaPictogram *self = LYKTA_PICTOGRAM (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                             (float)gtk_widget_get_height (widget));
  GdkRGBA colour;

  if (self->path == NULL || area.size.width <= 0 || area.size.height <= 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  paint (snapshot, self->icon, self->path, &area, &colour,
         gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
}

static void
lykta_pictogram_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LyktaPictogram *self = LYKTA_PICTOGRAM (widget);

  GTK_WIDGET_CLASS (lykta_pictogram_parent_class)->css_changed (widget, change);
  /* Most changes of style concern colours: only another text size makes another size. */
  if (self->measured_side != get_side (self))
    gtk_widget_queue_resize (widget);
}

static void
lykta_pictogram_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LyktaPictogram *self = LYKTA_PICTOGRAM (object);

  switch (id) {
  case PROP_ICON:
    g_value_set_string (value, self->icon);
    break;
  case PROP_SCALE:
    g_value_set_double (value, self->scale);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_pictogram_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaPictogram *self = LYKTA_PICTOGRAM (object);

  switch (id) {
  case PROP_ICON:
    lykta_pictogram_set_icon (self, g_value_get_string (value));
    break;
  case PROP_SCALE:
    lykta_pictogram_set_scale (self, g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_pictogram_finalize (GObject *object)
{
  g_free (LYKTA_PICTOGRAM (object)->icon);
  G_OBJECT_CLASS (lykta_pictogram_parent_class)->finalize (object);
}

static void
lykta_pictogram_class_init (LyktaPictogramClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lykta_pictogram_get_property;
  object_class->set_property = lykta_pictogram_set_property;
  object_class->finalize = lykta_pictogram_finalize;
  widget_class->measure = lykta_pictogram_measure;
  widget_class->snapshot = lykta_pictogram_snapshot;
  widget_class->css_changed = lykta_pictogram_css_changed;

  properties[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  properties[PROP_SCALE] = g_param_spec_double ("scale", NULL, NULL, 0.25, 16.0, 1.25, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_css_name (widget_class, "pictogram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lykta_pictogram_init (LyktaPictogram *self)
{
  self->scale = 1.25;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
lykta_pictogram_new (const char *icon)
{
  return g_object_new (LYKTA_TYPE_PICTOGRAM, "icon", icon, NULL);
}

const char *
lykta_pictogram_get_icon (LyktaPictogram *self)
{
  g_return_val_if_fail (LYKTA_IS_PICTOGRAM (self), NULL);
  return self->icon;
}

void
lykta_pictogram_set_icon (LyktaPictogram *self, const char *icon)
{
  g_return_if_fail (LYKTA_IS_PICTOGRAM (self));

  if (g_strcmp0 (self->icon, icon) == 0)
    return;
  g_free (self->icon);
  self->icon = g_strdup (icon);
  self->path = icon != NULL ? find_drawing (icon) : NULL;
  if (icon != NULL && self->path == NULL)
    g_warning ("There is no drawing “%s” in resources/icons.", icon);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON]);
}

void
lykta_pictogram_set_scale (LyktaPictogram *self, double scale)
{
  g_return_if_fail (LYKTA_IS_PICTOGRAM (self));

  if (G_APPROX_VALUE (self->scale, scale, 1e-6))
    return;
  self->scale = scale;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCALE]);
}

gboolean
lykta_pictogram_is_known (const char *icon)
{
  g_return_val_if_fail (icon != NULL, FALSE);
  return find_drawing (icon) != NULL;
}

void
lykta_pictogram_snapshot_drawing (GtkSnapshot *snapshot,
                                  const char *icon,
                                  const graphene_rect_t *area,
                                  const GdkRGBA *colour,
                                  gboolean is_rtl)
{
  cairo_path_t *path;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (icon != NULL);
  g_return_if_fail (area != NULL);
  g_return_if_fail (colour != NULL);

  path = find_drawing (icon);
  if (path != NULL)
    paint (snapshot, icon, path, area, colour, is_rtl);
}
