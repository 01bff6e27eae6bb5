/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-programme-page.h"

#include "paper/lykta-leaves.h"

/* Where things stand, in points. */
#define TIME_WIDTH 88.0
#define COLUMN_GAP 10.0
#define BODY_WIDTH (LYKTA_LEAVES_WIDTH - TIME_WIDTH - COLUMN_GAP)
#define ENTRY_GAP  8.0

static const LyktaHandoutLook warning = {10, TRUE, LYKTA_INK_WARNING};
static const LyktaHandoutLook time_look = {11, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook title_look = {11, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook title_second = {9.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook text_look = {9.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook small_look = {8.5, FALSE, LYKTA_INK_SOFT};

static void
add_status (LyktaLeaves *self, LyktaBlock *block, const LyktaProgrammeEntry *entry)
{
  const LyktaHandoutSetter *setter = &self->setter;
  const char *first = lykta_handout_status (setter->words, entry->date.status);
  const char *second =
      setter->second != NULL ? lykta_handout_status (setter->second, entry->date.status) : NULL;
  g_autofree char *both = NULL;

  if (first == NULL)
    return;
  both = second != NULL && g_strcmp0 (first, second) != 0
             ? g_strdup_printf ("%s · %s", first, second)
             : g_strdup (first);
  lykta_handout_add (setter, block, 0, BODY_WIDTH, lykta_catalogue_get_language (setter->words),
                     both, &warning);
}

static void
add_title (LyktaLeaves *self, LyktaBlock *block, const LyktaProgrammeEntry *entry)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaTexts *titles = lykta_programme_entry_get_title (entry);
  const char *language = NULL;
  const char *title = lykta_handout_choose (setter->words, titles, &language);
  const char *other = NULL;

  if (setter->second != NULL)
    other = lykta_texts_get (titles, lykta_catalogue_get_language (setter->second));
  lykta_handout_add (setter, block, 0, BODY_WIDTH, language, title != NULL ? title : "–",
                     &title_look);
  if (other != NULL && g_strcmp0 (title, other) != 0)
    lykta_handout_add (setter, block, 0, BODY_WIDTH, lykta_catalogue_get_language (setter->second),
                       other, &title_second);
}

static LyktaBlock *
make_body (LyktaLeaves *self, const LyktaProgrammeEntry *entry)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (GArray) facts = lykta_handout_facts (setter->words, entry);
  g_autofree char *organiser = lykta_handout_organiser (entry);
  g_autofree char *facts_second =
      setter->second != NULL ? lykta_handout_facts_line (setter->second, entry) : NULL;

  lykta_block_begin_tag (block, "P");
  add_status (self, block, entry);
  add_title (self, block, entry);
  lykta_block_end_tag (block, "P");
  lykta_block_begin_tag (block, "P");
  lykta_handout_add_pair (setter, block, 0, BODY_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_where, entry), &text_look,
                          &text_look);
  lykta_handout_add_facts (setter, block, 0, BODY_WIDTH, facts, &text_look);
  if (facts_second != NULL)
    lykta_handout_add (setter, block, 0, BODY_WIDTH, lykta_catalogue_get_language (setter->second),
                       facts_second, &small_look);
  lykta_handout_add (setter, block, 0, BODY_WIDTH, "sv", organiser, &small_look);
  lykta_block_end_tag (block, "P");
  return block;
}

static LyktaBlock *
make_entry (LyktaLeaves *self, const LyktaProgrammeEntry *entry)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (LyktaBlock) time = lykta_block_new ();
  g_autoptr (LyktaBlock) body = make_body (self, entry);
  g_autofree char *hours = lykta_handout_hours (setter->words, &entry->date);

  lykta_handout_add (setter, time, 0, TIME_WIDTH, lykta_catalogue_get_language (setter->words),
                     hours, &time_look);
  lykta_block_begin_tag (block, "Sect");
  lykta_block_begin_tag (block, "P");
  lykta_block_add_block (block, time, setter->is_rtl ? LYKTA_LEAVES_WIDTH - TIME_WIDTH : 0, 0);
  lykta_block_end_tag (block, "P");
  lykta_block_add_block (block, body, setter->is_rtl ? 0 : TIME_WIDTH + COLUMN_GAP, 0);
  lykta_block_end_tag (block, "Sect");
  return block;
}

static void
set_entries (LyktaLeaves *self)
{
  guint n = lykta_programme_get_n_entries (self->programme);
  LyktaDate beside = lykta_programme_get_from (self->programme);
  gint32 day = G_MININT32;

  for (guint i = 0; i < n; i++) {
    const LyktaProgrammeEntry *entry = lykta_programme_get_entry (self->programme, i);
    gboolean is_new = lykta_date_to_day_number (entry->day) != day;
    g_autoptr (LyktaBlock) heading = lykta_leaves_make_heading (
        self, LYKTA_HANDOUT_PAIR (&self->setter, lykta_handout_day, entry->day, beside));
    g_autoptr (LyktaBlock) block = make_entry (self, entry);
    double height = ENTRY_GAP + lykta_block_get_height (block);

    /* A heading never stands alone at the foot, and is said again on top of the next page. */
    if (is_new)
      height += LYKTA_LEAVES_HEADING_GAP + lykta_block_get_height (heading);
    if (lykta_leaves_need_room (self, height) || is_new)
      lykta_leaves_put (self, heading, LYKTA_LEAVES_HEADING_GAP);
    lykta_leaves_put (self, block, ENTRY_GAP);
    day = lykta_date_to_day_number (entry->day);
  }
}

LyktaPage *
lykta_programme_page_new (LyktaProgramme *programme,
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
  set_entries (&leaves);
  return lykta_leaves_end (&leaves, error);
}
