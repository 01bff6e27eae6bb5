/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-brochure.h"
#include "paper/lykta-leaves.h"

/* Where things stand, in points. */
#define TIME_WIDTH 132.0
#define COLUMN_GAP 10.0
#define BODY_WIDTH (LYKTA_LEAVES_WIDTH - TIME_WIDTH - COLUMN_GAP)
#define LINE_GAP   5.0

static const LyktaHandoutLook time_look = {9.5, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook title_look = {10, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook text_look = {8.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook small_look = {7.5, FALSE, LYKTA_INK_SOFT};

static LyktaBlock *
make_body (LyktaLeaves *self, const LyktaProgrammeEntry *entry)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaTexts *titles = lykta_activity_get_title (entry->activity);
  const char *language = NULL;
  const char *title = lykta_handout_choose (setter->words, titles, &language);
  const char *other = NULL;
  g_autofree char *facts = lykta_handout_facts_line (setter->words, entry);
  g_autofree char *organiser = lykta_handout_organiser (entry);

  if (setter->second != NULL)
    other = lykta_texts_get (titles, lykta_catalogue_get_language (setter->second));
  lykta_handout_add (setter, block, 0, BODY_WIDTH, language, title != NULL ? title : "–",
                     &title_look);
  if (other != NULL && g_strcmp0 (title, other) != 0)
    lykta_handout_add (setter, block, 0, BODY_WIDTH, lykta_catalogue_get_language (setter->second),
                       other, &text_look);
  lykta_handout_add_pair (setter, block, 0, BODY_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_where, entry), &text_look,
                          &text_look);
  lykta_handout_add (setter, block, 0, BODY_WIDTH, lykta_catalogue_get_language (setter->words),
                     facts, &small_look);
  lykta_handout_add (setter, block, 0, BODY_WIDTH, "sv", organiser, &small_look);
  return block;
}

static LyktaBlock *
make_line (LyktaLeaves *self, const LyktaBrochureLine *line)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (LyktaBlock) times = lykta_block_new ();
  g_autoptr (LyktaBlock) body = make_body (self, line->first);

  lykta_handout_add (setter, times, 0, TIME_WIDTH, lykta_catalogue_get_language (setter->words),
                     line->times, &time_look);
  lykta_block_begin_tag (block, "Sect");
  lykta_block_begin_tag (block, "P");
  lykta_block_add_block (block, times, setter->is_rtl ? LYKTA_LEAVES_WIDTH - TIME_WIDTH : 0, 0);
  lykta_block_end_tag (block, "P");
  lykta_block_begin_tag (block, "P");
  lykta_block_add_block (block, body, setter->is_rtl ? 0 : TIME_WIDTH + COLUMN_GAP, 0);
  lykta_block_end_tag (block, "P");
  lykta_block_end_tag (block, "Sect");
  return block;
}

static void
set_lines (LyktaLeaves *self)
{
  g_autoptr (GArray) lines = lykta_brochure_make_lines (self->programme, self->setter.words);
  int purpose = -1;

  for (guint i = 0; i < lines->len; i++) {
    const LyktaBrochureLine *line = &g_array_index (lines, LyktaBrochureLine, i);
    LyktaPurposes primary = lykta_activity_get_primary_purpose (line->first->activity);
    gboolean is_new = (int)primary != purpose;
    g_autoptr (LyktaBlock) heading = lykta_leaves_make_heading (
        self, LYKTA_HANDOUT_PAIR (&self->setter, lykta_handout_dup_purpose, primary));
    g_autoptr (LyktaBlock) block = make_line (self, line);
    double height = LINE_GAP + lykta_block_get_height (block);

    if (is_new)
      height += LYKTA_LEAVES_HEADING_GAP + lykta_block_get_height (heading);
    if (lykta_leaves_need_room (self, height) || is_new)
      lykta_leaves_put (self, heading, LYKTA_LEAVES_HEADING_GAP);
    lykta_leaves_put (self, block, LINE_GAP);
    purpose = (int)primary;
  }
}

LyktaPage *
lykta_brochure_page_new (LyktaProgramme *programme,
                         LyktaCatalogue *words,
                         LyktaCatalogue *second,
                         GError **error)
{
  g_autoptr (LyktaType) type = NULL;
  LyktaLeaves leaves;

  g_return_val_if_fail (LYKTA_IS_PROGRAMME (programme), NULL);
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (words), NULL);
  g_return_val_if_fail (second == NULL || LYKTA_IS_CATALOGUE (second), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  type = lykta_type_new ();
  lykta_leaves_begin (&leaves, type, programme, words, second);
  set_lines (&leaves);
  return lykta_leaves_end (&leaves, error);
}
