/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-block.h"

#include <math.h>

#include "paper/lykta-drawing.h"
#include "paper/lykta-paper-type.h"

typedef enum {
  OP_TEXT,
  OP_TURNED_TEXT,
  OP_BOX,
  OP_CHECK_BOX,
  OP_PICTOGRAM,
  OP_CODE,
  OP_BEGIN_TAG,
  OP_END_TAG,
} OpKind;

typedef struct {
  OpKind kind;
  LyktaInk ink;
  double x;
  double y;
  double width;
  double height;
  double degrees;
  PangoLayout *layout; /* (owned) (nullable) */
  LyktaQrCode *code;   /* (owned) (nullable) */
  const char *name;    /* static, nullable: of a tag or a drawing */
} Op;

struct _LyktaBlock {
  GArray *ops; /* (owned) (element-type Op) */
  double height;
};

static const struct {
  double red, green, blue, alpha;
} inks[] = {
    [LYKTA_INK_TEXT] = {0.09, 0.12, 0.16, 1},     [LYKTA_INK_SOFT] = {0.27, 0.32, 0.38, 1},
    [LYKTA_INK_ACCENT] = {0.05, 0.25, 0.42, 1},   [LYKTA_INK_HAIR] = {0.62, 0.67, 0.72, 1},
    [LYKTA_INK_WASH] = {0.94, 0.96, 0.98, 1},     [LYKTA_INK_WARNING] = {0.62, 0.09, 0.07, 1},
    [LYKTA_INK_GHOST] = {0.62, 0.09, 0.07, 0.09}, [LYKTA_INK_WHITE] = {1, 1, 1, 1},
};

static void
op_clear (Op *op)
{
  g_clear_object (&op->layout);
  g_clear_pointer (&op->code, lykta_qr_code_unref);
}

LyktaBlock *
lykta_block_new (void)
{
  LyktaBlock *self = g_new0 (LyktaBlock, 1);

  self->ops = g_array_new (FALSE, TRUE, sizeof (Op));
  g_array_set_clear_func (self->ops, (GDestroyNotify)op_clear);
  return self;
}

void
lykta_block_free (LyktaBlock *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->ops);
  g_free (self);
}

double
lykta_block_get_height (LyktaBlock *self)
{
  return self->height;
}

void
lykta_block_set_height (LyktaBlock *self, double height)
{
  self->height = height;
}

static void
add_op (LyktaBlock *self, Op op)
{
  g_array_append_val (self->ops, op);
  if (op.kind != OP_TURNED_TEXT)
    self->height = fmax (self->height, op.y + op.height);
}

void
lykta_block_add_text (LyktaBlock *self, PangoLayout *layout, double x, double y, LyktaInk ink)
{
  Op op = {.kind = OP_TEXT, .ink = ink, .x = x, .y = y};

  lykta_type_get_size (layout, &op.width, &op.height);
  op.layout = g_object_ref (layout);
  add_op (self, op);
}

void
lykta_block_add_turned_text (
    LyktaBlock *self, PangoLayout *layout, double x, double y, double degrees, LyktaInk ink)
{
  Op op = {.kind = OP_TURNED_TEXT, .ink = ink, .x = x, .y = y, .degrees = degrees};

  lykta_type_get_size (layout, &op.width, &op.height);
  op.layout = g_object_ref (layout);
  add_op (self, op);
}

void
lykta_block_add_rule (
    LyktaBlock *self, double x, double y, double width, double thickness, LyktaInk ink)
{
  lykta_block_add_box (self, x, y, width, thickness, ink);
}

void
lykta_block_add_box (
    LyktaBlock *self, double x, double y, double width, double height, LyktaInk ink)
{
  add_op (self, (Op){.kind = OP_BOX, .ink = ink, .x = x, .y = y, .width = width, .height = height});
}

void
lykta_block_add_check_box (LyktaBlock *self, double x, double y, double size)
{
  add_op (self, (Op){.kind = OP_CHECK_BOX,
                     .ink = LYKTA_INK_TEXT,
                     .x = x,
                     .y = y,
                     .width = size,
                     .height = size});
}

void
lykta_block_add_pictogram (
    LyktaBlock *self, const char *name, double x, double y, double size, LyktaInk ink)
{
  add_op (self, (Op){.kind = OP_PICTOGRAM,
                     .ink = ink,
                     .x = x,
                     .y = y,
                     .width = size,
                     .height = size,
                     .name = name});
}

void
lykta_block_add_code (LyktaBlock *self, LyktaQrCode *code, double x, double y, double size)
{
  add_op (self, (Op){.kind = OP_CODE,
                     .x = x,
                     .y = y,
                     .width = size,
                     .height = size,
                     .code = lykta_qr_code_ref (code)});
}

void
lykta_block_add_block (LyktaBlock *self, LyktaBlock *other, double x, double y)
{
  for (guint i = 0; i < other->ops->len; i++) {
    Op op = g_array_index (other->ops, Op, i);

    op.x += x;
    op.y += y;
    if (op.layout != NULL)
      g_object_ref (op.layout);
    if (op.code != NULL)
      lykta_qr_code_ref (op.code);
    add_op (self, op);
  }
  self->height = fmax (self->height, y + other->height);
}

void
lykta_block_begin_tag (LyktaBlock *self, const char *tag)
{
  add_op (self, (Op){.kind = OP_BEGIN_TAG, .name = tag});
}

void
lykta_block_end_tag (LyktaBlock *self, const char *tag)
{
  add_op (self, (Op){.kind = OP_END_TAG, .name = tag});
}

static void
draw_op (const Op *op, cairo_t *cr)
{
  cairo_set_source_rgba (cr, inks[op->ink].red, inks[op->ink].green, inks[op->ink].blue,
                         inks[op->ink].alpha);
  switch (op->kind) {
  case OP_TEXT:
    lykta_type_show (op->layout, cr, op->x, op->y);
    break;
  case OP_TURNED_TEXT:
    cairo_save (cr);
    cairo_translate (cr, op->x, op->y);
    cairo_rotate (cr, op->degrees * G_PI / 180.0);
    lykta_type_show (op->layout, cr, -op->width / 2, -op->height / 2);
    cairo_restore (cr);
    break;
  case OP_BOX:
    cairo_rectangle (cr, op->x, op->y, op->width, op->height);
    cairo_fill (cr);
    break;
  case OP_CHECK_BOX:
    cairo_set_line_width (cr, 0.8);
    cairo_rectangle (cr, op->x + 0.4, op->y + 0.4, op->width - 0.8, op->height - 0.8);
    cairo_stroke (cr);
    break;
  case OP_PICTOGRAM:
    lykta_drawing_draw (op->name, cr, op->x, op->y, op->width);
    break;
  case OP_CODE:
    lykta_qr_code_draw (op->code, cr, op->x, op->y, op->width);
    break;
  case OP_BEGIN_TAG:
    cairo_tag_begin (cr, op->name, NULL);
    break;
  case OP_END_TAG:
    cairo_tag_end (cr, op->name);
    break;
  default:
    g_assert_not_reached ();
  }
}

void
lykta_block_draw (LyktaBlock *self, cairo_t *cr)
{
  cairo_save (cr);
  for (guint i = 0; i < self->ops->len; i++)
    draw_op (&g_array_index (self->ops, Op, i), cr);
  cairo_new_path (cr);
  cairo_restore (cr);
}

char *
lykta_block_find_missing (LyktaBlock *self)
{
  g_autoptr (LyktaType) type = NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < self->ops->len; i++) {
    const Op *op = &g_array_index (self->ops, Op, i);

    if (op->layout != NULL && pango_layout_get_unknown_glyphs_count (op->layout) > 0)
      g_string_append (all, pango_layout_get_text (op->layout));
  }
  if (all->len == 0)
    return NULL;
  type = lykta_type_new ();
  return lykta_type_find_missing (type, all->str);
}

static const Op *
get_text_op (LyktaBlock *self, guint index)
{
  for (guint i = 0; i < self->ops->len; i++) {
    const Op *op = &g_array_index (self->ops, Op, i);

    if (op->kind == OP_TEXT && index-- == 0)
      return op;
  }
  return NULL;
}

guint
lykta_block_get_n_texts (LyktaBlock *self)
{
  guint n = 0;

  while (get_text_op (self, n) != NULL)
    n++;
  return n;
}

const char *
lykta_block_get_text (LyktaBlock *self, guint index, cairo_rectangle_t *extents)
{
  const Op *op = get_text_op (self, index);
  PangoRectangle ink;
  double drop;

  g_return_val_if_fail (op != NULL, NULL);

  drop = lykta_type_get_baseline (op->layout) -
         pango_layout_get_baseline (op->layout) / (double)PANGO_SCALE;
  pango_layout_get_extents (op->layout, &ink, NULL);
  if (extents != NULL)
    *extents = (cairo_rectangle_t){
        op->x + ink.x / (double)PANGO_SCALE, op->y + drop + ink.y / (double)PANGO_SCALE,
        ink.width / (double)PANGO_SCALE, ink.height / (double)PANGO_SCALE};
  return pango_layout_get_text (op->layout);
}
