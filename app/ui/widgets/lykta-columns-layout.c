/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-columns-layout.h"

struct _LyktaColumnsLayout {
  GtkLayoutManager parent_instance;

  int column_width;
  int max_columns;
  int spacing;
  gboolean is_even;
};

enum {
  PROP_COLUMN_WIDTH = 1,
  PROP_MAX_COLUMNS,
  PROP_SPACING,
  PROP_IS_EVEN,
  N_PROPERTIES,
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaColumnsLayout, lykta_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static double
text_size_of (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double)PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size : size * 96.0 / 72.0;
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
count_children (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    n++;
  return n;
}

static int
narrowest_child (GtkWidget *widget)
{
  int narrowest = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child))) {
    int minimum = 0;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    narrowest = MAX (narrowest, minimum);
  }
  return narrowest;
}

static int
count_columns (LyktaColumnsLayout *self, GtkWidget *widget, int width, int n_children)
{
  int wanted = (int)(self->column_width * text_size_of (widget) / 100.0);
  int column = MAX (MAX (wanted, narrowest_child (widget)), 1);
  int n = (width + self->spacing) / (column + self->spacing);

  n = CLAMP (n, 1, MAX (1, MIN (self->max_columns, n_children)));
  /* Five things in rows of four leave one alone: rather three and two. */
  while (n > 1 && n_children > n && (n_children % n) == 1 && n_children <= 2 * n)
    n--;
  return n;
}

static int
column_width_for (LyktaColumnsLayout *self, int width, int n_columns)
{
  return MAX (1, (width - (n_columns - 1) * self->spacing) / n_columns);
}

/* Height of the row that begins at *@child; moves *@child to the next row. */
static int
measure_row (GtkWidget **child, int n_columns, int column_width)
{
  int height = 0;

  for (int i = 0; i < n_columns && *child != NULL; i++) {
    int minimum = 0;
    gtk_widget_measure (*child, GTK_ORIENTATION_VERTICAL, column_width, &minimum, NULL, NULL, NULL);
    height = MAX (height, minimum);
    *child = next_visible (gtk_widget_get_next_sibling (*child));
  }
  return height;
}

static int
measure_height (LyktaColumnsLayout *self, GtkWidget *widget, int width, int *tallest)
{
  int n_children = count_children (widget);
  int n_columns = count_columns (self, widget, width, n_children);
  int column = column_width_for (self, width, n_columns);
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));
  int height = 0;
  int n_rows = 0;

  *tallest = 0;
  while (child != NULL) {
    int row = measure_row (&child, n_columns, column);
    *tallest = MAX (*tallest, row);
    height += row;
    n_rows++;
  }
  if (self->is_even)
    height = *tallest * n_rows;
  return height + MAX (0, n_rows - 1) * self->spacing;
}

static GtkSizeRequestMode
lykta_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lykta_columns_layout_measure (GtkLayoutManager *manager,
                              GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  LyktaColumnsLayout *self = LYKTA_COLUMNS_LAYOUT (manager);
  int n_children = count_children (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    int narrowest = narrowest_child (widget);
    int wanted = (int)(self->column_width * text_size_of (widget) / 100.0);
    int n = MAX (1, MIN (self->max_columns, n_children));
    *minimum = narrowest;
    *natural = MAX (wanted, narrowest) * n + (n - 1) * self->spacing;
  } else {
    int tallest;
    int width = for_size;
    if (width < 0)
      lykta_columns_layout_measure (manager, widget, GTK_ORIENTATION_HORIZONTAL, -1, &(int){0},
                                    &width, NULL, NULL);
    *minimum = *natural = measure_height (self, widget, width, &tallest);
  }
}

static void
lykta_columns_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  LyktaColumnsLayout *self = LYKTA_COLUMNS_LAYOUT (manager);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n_children = count_children (widget);
  int n_columns = count_columns (self, widget, width, n_children);
  int n_rows = (n_children + n_columns - 1) / MAX (1, n_columns);
  int column = column_width_for (self, width, n_columns);
  GtkWidget *child = next_visible (gtk_widget_get_first_child (widget));
  int even_height = 0;
  int y = 0;

  if (self->is_even && n_rows > 0)
    even_height = (height - (n_rows - 1) * self->spacing) / n_rows;
  while (child != NULL) {
    GtkWidget *first_of_next = child;
    int row = measure_row (&first_of_next, n_columns, column);
    row = MAX (row, even_height);
    for (int i = 0; child != first_of_next; i++) {
      int place = is_rtl ? n_columns - 1 - i : i;
      GtkAllocation allocation = {place * (column + self->spacing), y, column, row};
      gtk_widget_size_allocate (child, &allocation, -1);
      child = next_visible (gtk_widget_get_next_sibling (child));
    }
    y += row + self->spacing;
  }
}

static void
lykta_columns_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LyktaColumnsLayout *self = LYKTA_COLUMNS_LAYOUT (object);

  switch (id) {
  case PROP_COLUMN_WIDTH:
    g_value_set_int (value, self->column_width);
    break;
  case PROP_MAX_COLUMNS:
    g_value_set_int (value, self->max_columns);
    break;
  case PROP_SPACING:
    g_value_set_int (value, self->spacing);
    break;
  case PROP_IS_EVEN:
    g_value_set_boolean (value, self->is_even);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_columns_layout_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  LyktaColumnsLayout *self = LYKTA_COLUMNS_LAYOUT (object);

  switch (id) {
  case PROP_COLUMN_WIDTH:
    self->column_width = g_value_get_int (value);
    break;
  case PROP_MAX_COLUMNS:
    self->max_columns = g_value_get_int (value);
    break;
  case PROP_SPACING:
    self->spacing = g_value_get_int (value);
    break;
  case PROP_IS_EVEN:
    self->is_even = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_columns_layout_class_init (LyktaColumnsLayoutClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lykta_columns_layout_get_property;
  object_class->set_property = lykta_columns_layout_set_property;
  layout_class->get_request_mode = lykta_columns_layout_get_request_mode;
  layout_class->measure = lykta_columns_layout_measure;
  layout_class->allocate = lykta_columns_layout_allocate;

  properties[PROP_COLUMN_WIDTH] =
      g_param_spec_int ("column-width", NULL, NULL, 1, G_MAXINT, 1000, flags);
  properties[PROP_MAX_COLUMNS] = g_param_spec_int ("max-columns", NULL, NULL, 1, 100, 3, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 1000, 16, flags);
  properties[PROP_IS_EVEN] = g_param_spec_boolean ("is-even", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_columns_layout_init (LyktaColumnsLayout *self)
{
}

GtkLayoutManager *
lykta_columns_layout_new (int column_width, int max_columns, int spacing)
{
  return g_object_new (LYKTA_TYPE_COLUMNS_LAYOUT, "column-width", column_width, "max-columns",
                       max_columns, "spacing", spacing, NULL);
}
