/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-card-face.h"

#include "ui/widgets/lykta-pictogram.h"

#define EDGE        8.0F  /* px, the coloured edge at the start */
#define PADDING_X   16.0F /* px, on both sides within the edge */
#define PADDING_Y   12.0F
#define GAP_Y       8.0F
#define GAP_X       8.0F
#define BADGE_X     8.0F /* px around the words of a badge */
#define BADGE_Y     2.0F
#define ICON_GAP    6.0F
#define ICON_SCALE  1.25F
#define RADIUS      8.0F
#define OUTLINE     "outline"
#define TITLE_LINES 3
#define MINIMUM     180 /* px: what any screen has */
#define NATURAL     480

/* One text or badge, and where it is when the face has @laid_out_width. */
typedef struct {
  PangoLayout *layout; /* (owned) */
  char *icon;          /* (owned) (nullable) */
  const char *style;   /* (unowned) static; NULL: a plain text */
  LyktaCardLine line;
  gboolean is_new_line;
  graphene_rect_t area;
  float text_x; /* of the layout's logical left edge, inside the face */
  float text_y;
} Piece;

struct _LyktaCardFace {
  GtkWidget parent_instance;

  GPtrArray *pieces;    /* (owned) (element-type Piece) */
  const char *edge;     /* (unowned) static (nullable) */
  float laid_out_width; /* -1: not laid out */
  float laid_out_height;
};

G_DEFINE_FINAL_TYPE (LyktaCardFace, lykta_card_face, GTK_TYPE_WIDGET)

static void
piece_free (Piece *piece)
{
  g_object_unref (piece->layout);
  g_free (piece->icon);
  g_free (piece);
}

static float
text_size_of (GtkWidget *widget)
{
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  float size = (float)pango_font_description_get_size (font) / PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? size : size * 96.0F / 72.0F;
}

static float
icon_side_of (LyktaCardFace *self, const Piece *piece)
{
  return piece->icon != NULL ? text_size_of (GTK_WIDGET (self)) * ICON_SCALE : 0.0F;
}

/* Gives @piece its size within @room. The text breaks only where it may take whole lines. */
static void
measure_piece (LyktaCardFace *self, Piece *piece, float room)
{
  float icon = icon_side_of (self, piece);
  float before = icon > 0 ? icon + ICON_GAP : 0.0F;
  float around = piece->style != NULL ? 2 * BADGE_X : 0.0F;
  PangoRectangle logical;

  pango_layout_set_width (piece->layout, (int)(MAX (room - before - around, 1.0F) * PANGO_SCALE));
  pango_layout_get_pixel_extents (piece->layout, NULL, &logical);
  piece->area.size.width = (float)logical.width + before + around;
  piece->area.size.height =
      MAX ((float)logical.height, icon) + (piece->style != NULL ? 2 * BADGE_Y : 0.0F);
}

/* Where the words of @piece go once its area is known. */
static void
place_text (LyktaCardFace *self, Piece *piece, gboolean is_rtl)
{
  float icon = icon_side_of (self, piece);
  float inset = piece->style != NULL ? BADGE_X : 0.0F;
  float before = icon > 0 ? icon + ICON_GAP : 0.0F;
  PangoRectangle logical;

  pango_layout_get_pixel_extents (piece->layout, NULL, &logical);
  piece->text_x = is_rtl ? piece->area.origin.x + inset : piece->area.origin.x + inset + before;
  piece->text_x -= (float)logical.x;
  piece->text_y = piece->area.origin.y + (piece->area.size.height - (float)logical.height) / 2.0F;
}

static void
lay_out (LyktaCardFace *self, float width)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float room = MAX (width - EDGE - 2 * PADDING_X, 1.0F);
  float x = 0;
  float y = 0;
  float line_height = 0;

  if (self->laid_out_width == width)
    return;
  for (guint i = 0; i < self->pieces->len; i++) {
    Piece *piece = g_ptr_array_index (self->pieces, i);
    measure_piece (self, piece, room);
    if (i > 0 && (piece->is_new_line || x + piece->area.size.width > room)) {
      y += line_height + GAP_Y;
      x = 0;
      line_height = 0;
    }
    piece->area.origin.x = EDGE + PADDING_X + x;
    piece->area.origin.y = PADDING_Y + y;
    if (is_rtl)
      piece->area.origin.x = width - piece->area.origin.x - piece->area.size.width;
    place_text (self, piece, is_rtl);
    x += piece->area.size.width + GAP_X;
    line_height = MAX (line_height, piece->area.size.height);
  }
  self->laid_out_width = width;
  self->laid_out_height = y + line_height + 2 * PADDING_Y;
}

static void
lykta_card_face_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  LyktaCardFace *self = LYKTA_CARD_FACE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MINIMUM;
    *natural = NATURAL;
    return;
  }
  lay_out (self, (float)(for_size < 0 ? NATURAL : for_size));
  *minimum = *natural = (int)(self->laid_out_height + 0.5F);
}

static GtkSizeRequestMode
lykta_card_face_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GdkRGBA
find_colour (LyktaCardFace *self, const char *style, gboolean is_ground)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autofree char *name = is_ground ? g_strconcat (style, "_soft", NULL) : g_strdup (style);
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  return colour;
}

static void
snapshot_ground (LyktaCardFace *self, GtkSnapshot *snapshot, const Piece *piece, GdkRGBA colour)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &piece->area, RADIUS);
  if (g_str_equal (piece->style, OUTLINE)) {
    gtk_snapshot_append_border (snapshot, &outline, (float[4]){1, 1, 1, 1},
                                (GdkRGBA[4]){colour, colour, colour, colour});
    return;
  }
  colour = find_colour (self, piece->style, TRUE);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &piece->area);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_piece (LyktaCardFace *self, GtkSnapshot *snapshot, Piece *piece, gboolean is_rtl)
{
  gboolean is_soft = piece->style == NULL ? piece->line >= LYKTA_CARD_LINE_WHERE
                                          : g_str_equal (piece->style, OUTLINE);
  GdkRGBA colour = is_soft ? find_colour (self, "ink_soft", FALSE)
                           : find_colour (self, piece->style != NULL ? piece->style : "ink", FALSE);
  float icon = icon_side_of (self, piece);
  float inset = piece->style != NULL ? BADGE_X : 0.0F;

  if (piece->style != NULL)
    snapshot_ground (self, snapshot, piece, colour);
  if (icon > 0) {
    float x = is_rtl ? piece->area.origin.x + piece->area.size.width - inset - icon
                     : piece->area.origin.x + inset;
    float y = piece->area.origin.y + (piece->area.size.height - icon) / 2.0F;
    lykta_pictogram_snapshot_drawing (snapshot, piece->icon, &GRAPHENE_RECT_INIT (x, y, icon, icon),
                                      &colour, is_rtl);
  }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (piece->text_x, piece->text_y));
  gtk_snapshot_append_layout (snapshot, piece->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
lykta_card_face_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LyktaCardFace *self = LYKTA_CARD_FACE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);

  lay_out (self, width);
  if (self->edge != NULL) {
    GdkRGBA colour = find_colour (self, self->edge, FALSE);
    gtk_snapshot_append_color (snapshot, &colour,
                               &GRAPHENE_RECT_INIT (is_rtl ? width - EDGE : 0, 0, EDGE, height));
  }
  for (guint i = 0; i < self->pieces->len; i++)
    snapshot_piece (self, snapshot, g_ptr_array_index (self->pieces, i), is_rtl);
}

/* Letters or direction may have become others. */
static void
forget_layout (LyktaCardFace *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    pango_layout_context_changed (((Piece *)g_ptr_array_index (self->pieces, i))->layout);
  self->laid_out_width = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
lykta_card_face_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  LyktaCardFace *self = LYKTA_CARD_FACE (widget);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  guint before = pango_context_get_serial (context);

  GTK_WIDGET_CLASS (lykta_card_face_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
  if (before != pango_context_get_serial (gtk_widget_get_pango_context (widget)))
    forget_layout (self);
}

static void
lykta_card_face_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (lykta_card_face_parent_class)->direction_changed (widget, previous);
  forget_layout (LYKTA_CARD_FACE (widget));
}

static void
lykta_card_face_finalize (GObject *object)
{
  g_ptr_array_unref (LYKTA_CARD_FACE (object)->pieces);
  G_OBJECT_CLASS (lykta_card_face_parent_class)->finalize (object);
}

static void
lykta_card_face_class_init (LyktaCardFaceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = lykta_card_face_finalize;
  widget_class->measure = lykta_card_face_measure;
  widget_class->get_request_mode = lykta_card_face_get_request_mode;
  widget_class->snapshot = lykta_card_face_snapshot;
  widget_class->css_changed = lykta_card_face_css_changed;
  widget_class->direction_changed = lykta_card_face_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "cardface");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lykta_card_face_init (LyktaCardFace *self)
{
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)piece_free);
  self->laid_out_width = -1;
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
lykta_card_face_new (void)
{
  return g_object_new (LYKTA_TYPE_CARD_FACE, NULL);
}

void
lykta_card_face_clear (LyktaCardFace *self)
{
  g_return_if_fail (LYKTA_IS_CARD_FACE (self));

  g_ptr_array_set_size (self->pieces, 0);
  self->laid_out_width = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
lykta_card_face_set_edge (LyktaCardFace *self, const char *style)
{
  g_return_if_fail (LYKTA_IS_CARD_FACE (self));

  self->edge = style;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static Piece *
add_piece (LyktaCardFace *self, const char *icon, const char *text)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_wrap (piece->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (piece->layout, PANGO_ELLIPSIZE_END);
  piece->icon = g_strdup (icon);
  g_ptr_array_add (self->pieces, piece);
  self->laid_out_width = -1;
  return piece;
}

static void
set_letters (Piece *piece, double scale, gboolean is_bold, gboolean is_struck)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (is_struck)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (piece->layout, attributes);
}

void
lykta_card_face_add_text (
    LyktaCardFace *self, LyktaCardLine line, const char *icon, const char *text, gboolean is_struck)
{
  /* The type scale of style.css. */
  static const double scales[] = {1.1, 1.25, 1.0, 1.1};
  Piece *piece;

  g_return_if_fail (LYKTA_IS_CARD_FACE (self));
  g_return_if_fail (text != NULL);

  piece = add_piece (self, icon, text);
  piece->line = line;
  piece->is_new_line = TRUE;
  pango_layout_set_height (piece->layout, -TITLE_LINES);
  set_letters (piece, scales[line], line < LYKTA_CARD_LINE_WHERE, is_struck);
}

void
lykta_card_face_add_badge (LyktaCardFace *self,
                           const char *icon,
                           const char *text,
                           const char *style,
                           gboolean is_new_line)
{
  Piece *piece;

  g_return_if_fail (LYKTA_IS_CARD_FACE (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (style != NULL);

  piece = add_piece (self, icon, text);
  piece->style = style;
  piece->is_new_line = is_new_line;
  set_letters (piece, 1.0, g_str_equal (style, "alarm") || g_str_equal (style, "moved"), FALSE);
}
