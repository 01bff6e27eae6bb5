/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-leaves.h"

#include "paper/lykta-sheets.h"

#define TOP      40.0
#define BOTTOM   34.0
#define PADDING  4.0
#define FOOT_GAP 8.0

static const LyktaHandoutLook h1 = {22, TRUE, LYKTA_INK_ACCENT};
static const LyktaHandoutLook h1_second = {12, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook period = {12, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook period_second = {9, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook warning = {10, TRUE, LYKTA_INK_WARNING};
static const LyktaHandoutLook heading_look = {12.5, TRUE, LYKTA_INK_ACCENT};
static const LyktaHandoutLook heading_second = {9, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook note_look = {11, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook note_second = {9.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook foot_look = {7.5, FALSE, LYKTA_INK_SOFT};

void
lykta_leaves_put (LyktaLeaves *self, LyktaBlock *block, double gap)
{
  self->y += gap;
  lykta_block_add_block (self->page, block, LYKTA_LEAVES_MARGIN, self->y);
  self->y += lykta_block_get_height (block);
}

static void
begin_page (LyktaLeaves *self)
{
  self->page = lykta_block_new ();
  g_ptr_array_add (self->pages, self->page);
  lykta_block_add_rule (self->page, LYKTA_LEAVES_MARGIN, TOP - 10, LYKTA_LEAVES_WIDTH, 3,
                        LYKTA_INK_ACCENT);
  self->y = TOP;
}

static LyktaBlock *
make_head (LyktaLeaves *self)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaDate from = lykta_programme_get_from (self->programme);
  LyktaDate to = lykta_programme_get_to (self->programme);
  const char *area = lykta_programme_get_area_name (self->programme);

  lykta_block_begin_tag (block, "H1");
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_title, area), &h1, &h1_second);
  lykta_block_end_tag (block, "H1");
  lykta_block_begin_tag (block, "P");
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_period, from, to), &period,
                          &period_second);
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_radius, self->programme),
                          &period, &period_second);
  lykta_block_end_tag (block, "P");
  if (lykta_programme_has_sample (self->programme)) {
    lykta_block_begin_tag (block, "P");
    lykta_handout_add_pair (
        setter, block, 0, LYKTA_LEAVES_WIDTH, g_strdup (lykta_handout_sample (setter->words)),
        setter->second != NULL ? g_strdup (lykta_handout_sample (setter->second)) : NULL, &warning,
        &warning);
    lykta_block_end_tag (block, "P");
  }
  return block;
}

static LyktaBlock *
make_foot (LyktaLeaves *self, guint index, guint n_pages)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  gint64 as_of = lykta_programme_get_as_of (self->programme);

  lykta_block_add_rule (block, 0, 0, LYKTA_LEAVES_WIDTH, 0.8, LYKTA_INK_HAIR);
  lykta_block_set_height (block, 4);
  lykta_block_begin_tag (block, "P");
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_source, self->programme),
                          &foot_look, &foot_look);
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_as_of, as_of), &foot_look,
                          &foot_look);
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_page_number, index, n_pages),
                          &foot_look, &foot_look);
  lykta_block_end_tag (block, "P");
  return block;
}

gboolean
lykta_leaves_need_room (LyktaLeaves *self, double height)
{
  if (self->y + height <= self->bottom)
    return FALSE;
  begin_page (self);
  return TRUE;
}

/* What is said instead of entries, or after them. */
static void
set_notes (LyktaLeaves *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  LyktaDate next = lykta_programme_get_next_day (self->programme);

  lykta_block_begin_tag (block, "P");
  if (lykta_programme_get_n_entries (self->programme) == 0) {
    lykta_handout_add_pair (
        setter, block, 0, LYKTA_LEAVES_WIDTH, g_strdup (lykta_handout_nothing (setter->words)),
        setter->second != NULL ? g_strdup (lykta_handout_nothing (setter->second)) : NULL,
        &heading_look, &note_second);
    lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                            LYKTA_HANDOUT_PAIR (setter, lykta_handout_next_day, next), &note_look,
                            &note_second);
  }
  lykta_handout_add_pair (setter, block, 0, LYKTA_LEAVES_WIDTH,
                          g_strdup (lykta_handout_left_out (setter->words, self->programme)),
                          setter->second != NULL
                              ? g_strdup (lykta_handout_left_out (setter->second, self->programme))
                              : NULL,
                          &note_look, &note_second);
  lykta_block_end_tag (block, "P");
  if (lykta_block_get_height (block) > 0) {
    lykta_leaves_need_room (self, LYKTA_LEAVES_HEADING_GAP + lykta_block_get_height (block));
    lykta_leaves_put (self, block, LYKTA_LEAVES_HEADING_GAP);
  }
}

/* The feet come last, when it is known how many pages there are. */
static void
set_feet (LyktaLeaves *self)
{
  for (guint i = 0; i < self->pages->len; i++) {
    g_autoptr (LyktaBlock) foot = make_foot (self, i, self->pages->len);
    LyktaBlock *page = g_ptr_array_index (self->pages, i);

    lykta_block_add_block (page, foot, LYKTA_LEAVES_MARGIN,
                           LYKTA_PAPER_A4_HEIGHT - BOTTOM - lykta_block_get_height (foot));
    lykta_block_set_height (page, LYKTA_PAPER_A4_HEIGHT);
  }
}

LyktaBlock *
lykta_leaves_make_heading (LyktaLeaves *self, char *first, char *second)
{
  LyktaBlock *block = lykta_block_new ();
  g_autoptr (LyktaBlock) words = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  double height;

  lykta_handout_add_pair (setter, words, 0, LYKTA_LEAVES_WIDTH - 2 * PADDING - 4, first, second,
                          &heading_look, &heading_second);
  height = lykta_block_get_height (words) + 2 * PADDING;
  lykta_block_add_box (block, 0, 0, LYKTA_LEAVES_WIDTH, height, LYKTA_INK_WASH);
  lykta_block_add_box (block, setter->is_rtl ? LYKTA_LEAVES_WIDTH - 3 : 0, 0, 3, height,
                       LYKTA_INK_ACCENT);
  lykta_block_begin_tag (block, "H2");
  lykta_block_add_block (block, words, PADDING + (setter->is_rtl ? 0 : 4), PADDING);
  lykta_block_end_tag (block, "H2");
  lykta_block_set_height (block, height);
  return block;
}

void
lykta_leaves_begin (LyktaLeaves *self,
                    LyktaType *type,
                    LyktaProgramme *programme,
                    LyktaCatalogue *words,
                    LyktaCatalogue *second)
{
  g_autoptr (LyktaBlock) head = NULL;
  g_autoptr (LyktaBlock) foot = NULL;

  *self =
      (LyktaLeaves){.programme = programme, .setter = lykta_handout_setter (type, words, second)};
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);
  foot = make_foot (self, 0, 1);
  self->bottom = LYKTA_PAPER_A4_HEIGHT - BOTTOM - lykta_block_get_height (foot) - FOOT_GAP;
  begin_page (self);
  head = make_head (self);
  lykta_leaves_put (self, head, 0);
}

LyktaPage *
lykta_leaves_end (LyktaLeaves *self, GError **error)
{
  g_autofree char *title =
      lykta_handout_title (self->setter.words, lykta_programme_get_area_name (self->programme));

  set_notes (self);
  set_feet (self);
  return lykta_sheets_new (g_steal_pointer (&self->pages), LYKTA_PAPER_A4_WIDTH,
                           LYKTA_PAPER_A4_HEIGHT, title, error);
}
