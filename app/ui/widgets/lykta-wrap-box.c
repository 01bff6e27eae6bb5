/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-wrap-box.h"

#define SPACING 8

struct _LyktaWrapBox {
  GtkWidget parent_instance;

  gboolean is_centred;
};

static void lykta_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaWrapBox,
                               lykta_wrap_box,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      lykta_wrap_box_buildable_init))

static GtkBuildableIface *parent_buildable_iface;

/* One line of children: from *@child on, as many as go into @width. */
typedef struct {
  GtkWidget *first;
  GtkWidget *after; /* (nullable) */
  int width;
  int height;
} Line;

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
width_in (GtkWidget *child, int width)
{
  int minimum = 0;
  int natural = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static int
height_in (GtkWidget *child, int width)
{
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static Line
take_line (GtkWidget *child, int width)
{
  Line line = {child, NULL, 0, 0};
  int used = 0;

  while (child != NULL) {
    int child_width = width_in (child, width);
    if (child != line.first && used + SPACING + child_width > width)
      break;
    used += (child == line.first ? 0 : SPACING) + child_width;
    line.height = MAX (line.height, height_in (child, child_width));
    child = next_visible (gtk_widget_get_next_sibling (child));
  }
  line.after = child;
  line.width = used;
  return line;
}

static GtkSizeRequestMode
lykta_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child))) {
    int child_minimum = 0;
    int child_natural = 0;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                        NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural += (*natural > 0 ? SPACING : 0) + child_natural;
  }
}

static void
lykta_wrap_box_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (widget, minimum, natural);
    return;
  }
  while (child != NULL) {
    Line line = take_line (child, for_size < 0 ? G_MAXINT / 2 : for_size);
    height += (height > 0 ? SPACING : 0) + line.height;
    child = line.after;
  }
  *minimum = *natural = height;
}

static void
lykta_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL) {
    Line line = take_line (child, width);
    int x = LYKTA_WRAP_BOX (widget)->is_centred ? MAX (0, width - line.width) / 2 : 0;
    for (; child != line.after; child = next_visible (gtk_widget_get_next_sibling (child))) {
      int child_width = width_in (child, width);
      GtkAllocation allocation = {is_rtl ? width - x - child_width : x, y, child_width,
                                  line.height};
      gtk_widget_size_allocate (child, &allocation, -1);
      x += child_width + SPACING;
    }
    y += line.height + SPACING;
  }
}

static void
lykta_wrap_box_dispose (GObject *object)
{
  lykta_wrap_box_clear (LYKTA_WRAP_BOX (object));
  G_OBJECT_CLASS (lykta_wrap_box_parent_class)->dispose (object);
}

static void
lykta_wrap_box_add_child (GtkBuildable *buildable,
                          GtkBuilder *builder,
                          GObject *child,
                          const char *type)
{
  if (GTK_IS_WIDGET (child))
    lykta_wrap_box_append (LYKTA_WRAP_BOX (buildable), GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
lykta_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = lykta_wrap_box_add_child;
}

static void
lykta_wrap_box_class_init (LyktaWrapBoxClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_wrap_box_dispose;
  widget_class->get_request_mode = lykta_wrap_box_get_request_mode;
  widget_class->measure = lykta_wrap_box_measure;
  widget_class->size_allocate = lykta_wrap_box_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "wrapbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lykta_wrap_box_init (LyktaWrapBox *self)
{
}

GtkWidget *
lykta_wrap_box_new (void)
{
  return g_object_new (LYKTA_TYPE_WRAP_BOX, NULL);
}

void
lykta_wrap_box_append (LyktaWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (LYKTA_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
lykta_wrap_box_clear (LyktaWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (LYKTA_IS_WRAP_BOX (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

void
lykta_wrap_box_set_is_centred (LyktaWrapBox *self, gboolean is_centred)
{
  g_return_if_fail (LYKTA_IS_WRAP_BOX (self));

  self->is_centred = is_centred != FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
