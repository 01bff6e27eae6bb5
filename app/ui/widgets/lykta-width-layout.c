/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-width-layout.h"

struct _LyktaWidthLayout {
  GtkLayoutManager parent_instance;

  int threshold;
  int width; /* of the last allocation, -1 before it */
  gboolean is_wide;
  guint idle_id;
};

enum {
  PROP_IS_WIDE = 1,
  N_PROPERTIES,
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaWidthLayout, lykta_width_layout, GTK_TYPE_LAYOUT_MANAGER)

static gboolean
on_idle (gpointer user_data)
{
  LyktaWidthLayout *self = user_data;
  gboolean is_wide = self->width >= self->threshold;

  self->idle_id = 0;
  if (is_wide != self->is_wide) {
    self->is_wide = is_wide;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_WIDE]);
  }
  return G_SOURCE_REMOVE;
}

static void
look (LyktaWidthLayout *self)
{
  if (self->threshold > 0 && self->width >= 0 &&
      self->is_wide != (self->width >= self->threshold) && self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH, on_idle, self, NULL);
}

static GtkSizeRequestMode
lykta_width_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child != NULL ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
lykta_width_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  gboolean is_width = orientation == GTK_ORIENTATION_HORIZONTAL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_minimum = 0;
    int child_natural = 0;
    if (!gtk_widget_should_layout (child))
      continue;
    /* The width never depends on the height here. Asking for it would make each box of GTK 4.8
     * search for one by laying its texts out again and again: seconds for a list. */
    gtk_widget_measure (child, orientation, is_width ? -1 : for_size, &child_minimum,
                        &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
}

static void
lykta_width_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  LyktaWidthLayout *self = LYKTA_WIDTH_LAYOUT (manager);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      gtk_widget_allocate (child, width, height, baseline, NULL);
  self->width = width;
  look (self);
}

static void
lykta_width_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_IS_WIDE:
    g_value_set_boolean (value, LYKTA_WIDTH_LAYOUT (object)->is_wide);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_width_layout_dispose (GObject *object)
{
  g_clear_handle_id (&LYKTA_WIDTH_LAYOUT (object)->idle_id, g_source_remove);
  G_OBJECT_CLASS (lykta_width_layout_parent_class)->dispose (object);
}

static void
lykta_width_layout_class_init (LyktaWidthLayoutClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  object_class->get_property = lykta_width_layout_get_property;
  object_class->dispose = lykta_width_layout_dispose;
  layout_class->get_request_mode = lykta_width_layout_get_request_mode;
  layout_class->measure = lykta_width_layout_measure;
  layout_class->allocate = lykta_width_layout_allocate;

  properties[PROP_IS_WIDE] =
      g_param_spec_boolean ("is-wide", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_width_layout_init (LyktaWidthLayout *self)
{
  self->width = -1;
}

GtkLayoutManager *
lykta_width_layout_new (int threshold)
{
  LyktaWidthLayout *self = g_object_new (LYKTA_TYPE_WIDTH_LAYOUT, NULL);

  self->threshold = threshold;
  return GTK_LAYOUT_MANAGER (self);
}

void
lykta_width_layout_set_threshold (LyktaWidthLayout *self, int threshold)
{
  g_return_if_fail (LYKTA_IS_WIDTH_LAYOUT (self));

  self->threshold = threshold;
  look (self);
}

gboolean
lykta_width_layout_is_wide (LyktaWidthLayout *self)
{
  g_return_val_if_fail (LYKTA_IS_WIDTH_LAYOUT (self), FALSE);
  return self->is_wide;
}
