/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-certificate-cells.h"

#include <math.h>

#include "text/lykta-language.h"

/* Between a label and its help on the same line. */
#define LABEL_GAP 7.0
/* Room for handwriting above a ruled line. */
#define WRITING_HEIGHT 17.0
#define CHECK_BOX_SIZE 8.0

void
lykta_cell_clear (LyktaCell *cell)
{
  g_clear_pointer (&cell->value, g_free);
  g_clear_pointer (&cell->help, g_free);
}

PangoLayout *
lykta_setter_set (LyktaSetter *self, const char *text, double size, gboolean is_bold, double width)
{
  const LyktaTypeStyle style = {.size = size * self->scale, .is_bold = is_bold, .width = width};

  return lykta_type_set (self->type, text, &style);
}

/* Arabic and Ethiopic letters are smaller on their body than Latin ones: even that out. */
static double
get_help_factor (const char *language)
{
  if (lykta_language_is_rtl (language))
    return 1.1;
  if (g_strcmp0 (language, "ti") == 0 || g_strcmp0 (language, "am") == 0)
    return 1.05;
  return 1.0;
}

PangoLayout *
lykta_setter_set_help (LyktaSetter *self, const char *text, double size, double width)
{
  const LyktaTypeStyle style = {
      .size = size * self->scale * get_help_factor (self->language),
      .language = self->language,
      .width = width,
  };

  return lykta_type_set (self->type, text, &style);
}

/* Swedish, and the help beside it on the same base line when there is room, otherwise below. In
 * right-to-left languages the help stands at the far end. @indent is kept free at the start. */
static void
add_pair (LyktaSetter *self,
          LyktaBlock *block,
          PangoLayout *swedish,
          const char *help,
          LyktaInk ink,
          double indent,
          double width)
{
  double top = lykta_block_get_height (block), swedish_width, help_width;
  gboolean is_rtl;

  lykta_block_add_text (block, swedish, indent, top, ink);
  if (help == NULL)
    return;
  is_rtl = lykta_language_is_rtl (self->language);
  g_autoptr (PangoLayout) beside = lykta_setter_set_help (self, help, LYKTA_SIZE_LABEL, 0);

  lykta_type_get_size (swedish, &swedish_width, NULL);
  lykta_type_get_size (beside, &help_width, NULL);
  if (pango_layout_get_line_count (swedish) == 1 &&
      indent + swedish_width + LABEL_GAP + help_width <= width) {
    double drop = lykta_type_get_baseline (swedish) - lykta_type_get_baseline (beside);

    lykta_block_add_text (block, beside,
                          is_rtl ? width - help_width : indent + swedish_width + LABEL_GAP,
                          top + drop, LYKTA_INK_SOFT);
  } else {
    g_autoptr (PangoLayout) below =
        lykta_setter_set_help (self, help, LYKTA_SIZE_LABEL, width - indent);

    lykta_block_add_text (block, below, indent, lykta_block_get_height (block), LYKTA_INK_SOFT);
  }
}

static void
add_label (LyktaSetter *self, LyktaBlock *block, LyktaCertificateText text, double width)
{
  g_autoptr (PangoLayout) swedish =
      lykta_setter_set (self, lykta_certificate_text_swedish (text), LYKTA_SIZE_LABEL, TRUE, width);

  add_pair (self, block, swedish, lykta_certificate_text_help (text, self->second), LYKTA_INK_SOFT,
            0, width);
}

/* A box to tick and what it means, one after the other; without a second language two in a row. */
static void
add_choices (LyktaSetter *self, LyktaBlock *block, const LyktaCell *cell, double width)
{
  double size = CHECK_BOX_SIZE * self->scale, indent = size * 1.7;
  guint n_columns = self->second == NULL ? 2 : 1;
  double column = width / n_columns, top = lykta_block_get_height (block);

  for (guint i = 0; i < cell->n_choices; i++) {
    g_autoptr (LyktaBlock) choice = lykta_block_new ();
    const char *text = lykta_certificate_text_swedish (cell->choices[i]);
    g_autoptr (PangoLayout) swedish =
        lykta_setter_set (self, text, LYKTA_SIZE_TEXT, FALSE, column - indent);

    lykta_block_add_check_box (choice, 0, lykta_type_get_baseline (swedish) - size + 0.5, size);
    lykta_block_set_height (choice, 0);
    add_pair (self, choice, swedish, lykta_certificate_text_help (cell->choices[i], self->second),
              LYKTA_INK_TEXT, indent, column);
    if (i % n_columns == 0)
      top = lykta_block_get_height (block) + 2.5 * self->scale;
    lykta_block_add_block (block, choice, i % n_columns * column, top);
  }
}

static void
add_value (LyktaSetter *self, LyktaBlock *block, const LyktaCell *cell, double width)
{
  g_autoptr (PangoLayout) value =
      lykta_setter_set (self, cell->value, cell->size, cell->size >= LYKTA_SIZE_NAME, width);

  lykta_block_set_height (block, lykta_block_get_height (block) + 0.5 * self->scale);
  add_pair (self, block, value, cell->help, LYKTA_INK_TEXT, 0, width);
}

LyktaBlock *
lykta_setter_make_cell (LyktaSetter *self, const LyktaCell *cell, double width)
{
  g_autoptr (LyktaBlock) block = lykta_block_new ();

  lykta_block_begin_tag (block, "TH");
  add_label (self, block, cell->label, width);
  lykta_block_end_tag (block, "TH");
  lykta_block_begin_tag (block, "TD");
  if (cell->value != NULL) {
    add_value (self, block, cell, width);
  } else if (cell->choices != NULL) {
    add_choices (self, block, cell, width);
  } else {
    double room = cell->writing_height > 0 ? cell->writing_height : WRITING_HEIGHT;
    double line = lykta_block_get_height (block) + room * self->scale;

    lykta_block_add_rule (block, 0, line, width, 0.6, LYKTA_INK_SOFT);
  }
  lykta_block_end_tag (block, "TD");
  return g_steal_pointer (&block);
}
