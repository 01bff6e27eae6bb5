/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-programme-page.h"

#include "paper/lykta-handout-setter.h"
#include "paper/lykta-sheets.h"

/* Where things stand, in points. */
#define MARGIN      46.0
#define TOP         40.0
#define BOTTOM      34.0
#define WIDTH       (LYKTA_PAPER_A4_WIDTH - 2 * MARGIN)
#define TIME_WIDTH  88.0
#define COLUMN_GAP  10.0
#define BODY_WIDTH  (WIDTH - TIME_WIDTH - COLUMN_GAP)
#define DAY_PADDING 4.0
#define DAY_GAP     12.0
#define ENTRY_GAP   8.0
#define FOOT_GAP    8.0

static const LyktaHandoutLook h1 = {22, TRUE, LYKTA_INK_ACCENT};
static const LyktaHandoutLook h1_second = {12, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook period = {12, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook period_second = {9, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook warning = {10, TRUE, LYKTA_INK_WARNING};
static const LyktaHandoutLook day_look = {12.5, TRUE, LYKTA_INK_ACCENT};
static const LyktaHandoutLook day_second = {9, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook time_look = {11, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook title_look = {11, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook title_second = {9.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook text_look = {9.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook small_look = {8.5, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook foot_look = {7.5, FALSE, LYKTA_INK_SOFT};

/* A programme while its pages are set. */
typedef struct {
  LyktaHandoutSetter setter;
  LyktaProgramme *programme; /* (unowned) */
  GPtrArray *pages;          /* (owned) (element-type LyktaBlock) */
  LyktaBlock *page;          /* (unowned): the last of them */
  double y;
  double bottom;
} Maker;

/* Adds @block to the page under way, between tags. */
static void
put (Maker *self, LyktaBlock *block, double gap)
{
  self->y += gap;
  lykta_block_add_block (self->page, block, MARGIN, self->y);
  self->y += lykta_block_get_height (block);
}

static void
begin_page (Maker *self)
{
  self->page = lykta_block_new ();
  g_ptr_array_add (self->pages, self->page);
  lykta_block_add_rule (self->page, MARGIN, TOP - 10, WIDTH, 3, LYKTA_INK_ACCENT);
  self->y = TOP;
}

static LyktaBlock *
make_head (Maker *self)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaDate from = lykta_programme_get_from (self->programme);
  LyktaDate to = lykta_programme_get_to (self->programme);
  const char *area = lykta_programme_get_area_name (self->programme);

  lykta_block_begin_tag (block, "H1");
  lykta_handout_add_pair (setter, block, 0, WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_title, area), &h1, &h1_second);
  lykta_block_end_tag (block, "H1");
  lykta_block_begin_tag (block, "P");
  lykta_handout_add_pair (setter, block, 0, WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_period, from, to), &period,
                          &period_second);
  lykta_block_end_tag (block, "P");
  if (lykta_programme_has_sample (self->programme)) {
    lykta_block_begin_tag (block, "P");
    lykta_handout_add_pair (
        setter, block, 0, WIDTH, g_strdup (lykta_handout_sample (setter->words)),
        setter->second != NULL ? g_strdup (lykta_handout_sample (setter->second)) : NULL, &warning,
        &warning);
    lykta_block_end_tag (block, "P");
  }
  return block;
}

/* A band with the day in both languages. */
static LyktaBlock *
make_day (Maker *self, LyktaDate day)
{
  LyktaBlock *block = lykta_block_new ();
  g_autoptr (LyktaBlock) words = lykta_block_new ();
  LyktaDate beside = lykta_programme_get_from (self->programme);
  const LyktaHandoutSetter *setter = &self->setter;
  double height;

  lykta_handout_add_pair (setter, words, 0, WIDTH - 2 * DAY_PADDING - 4,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_day, day, beside), &day_look,
                          &day_second);
  height = lykta_block_get_height (words) + 2 * DAY_PADDING;
  lykta_block_add_box (block, 0, 0, WIDTH, height, LYKTA_INK_WASH);
  lykta_block_add_box (block, setter->is_rtl ? WIDTH - 3 : 0, 0, 3, height, LYKTA_INK_ACCENT);
  lykta_block_begin_tag (block, "H2");
  lykta_block_add_block (block, words, DAY_PADDING + (setter->is_rtl ? 0 : 4), DAY_PADDING);
  lykta_block_end_tag (block, "H2");
  lykta_block_set_height (block, height);
  return block;
}

static void
add_status (Maker *self, LyktaBlock *block, const LyktaProgrammeEntry *entry)
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
add_title (Maker *self, LyktaBlock *block, const LyktaProgrammeEntry *entry)
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
make_body (Maker *self, const LyktaProgrammeEntry *entry)
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
make_entry (Maker *self, const LyktaProgrammeEntry *entry)
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
  lykta_block_add_block (block, time, setter->is_rtl ? WIDTH - TIME_WIDTH : 0, 0);
  lykta_block_end_tag (block, "P");
  lykta_block_add_block (block, body, setter->is_rtl ? 0 : TIME_WIDTH + COLUMN_GAP, 0);
  lykta_block_end_tag (block, "Sect");
  return block;
}

static LyktaBlock *
make_foot (Maker *self, guint index, guint n_pages)
{
  LyktaBlock *block = lykta_block_new ();
  const LyktaHandoutSetter *setter = &self->setter;
  gint64 as_of = lykta_programme_get_as_of (self->programme);

  lykta_block_add_rule (block, 0, 0, WIDTH, 0.8, LYKTA_INK_HAIR);
  lykta_block_set_height (block, 4);
  lykta_block_begin_tag (block, "P");
  lykta_handout_add_pair (setter, block, 0, WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_source, self->programme),
                          &foot_look, &foot_look);
  lykta_handout_add_pair (setter, block, 0, WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_as_of, as_of), &foot_look,
                          &foot_look);
  lykta_handout_add_pair (setter, block, 0, WIDTH,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_page_number, index, n_pages),
                          &foot_look, &foot_look);
  lykta_block_end_tag (block, "P");
  return block;
}

/* A new page unless @height has room on this one. */
static gboolean
need_room (Maker *self, double height)
{
  if (self->y + height <= self->bottom)
    return FALSE;
  begin_page (self);
  return TRUE;
}

static void
set_entries (Maker *self)
{
  guint n = lykta_programme_get_n_entries (self->programme);
  gint32 day = G_MININT32;

  for (guint i = 0; i < n; i++) {
    const LyktaProgrammeEntry *entry = lykta_programme_get_entry (self->programme, i);
    gboolean is_new = lykta_date_to_day_number (entry->day) != day;
    g_autoptr (LyktaBlock) heading = make_day (self, entry->day);
    g_autoptr (LyktaBlock) block = make_entry (self, entry);
    double height = ENTRY_GAP + lykta_block_get_height (block);

    /* A heading never stands alone at the foot, and is said again on top of the next page. */
    if (is_new)
      height += DAY_GAP + lykta_block_get_height (heading);
    if (need_room (self, height) || is_new)
      put (self, heading, DAY_GAP);
    put (self, block, ENTRY_GAP);
    day = lykta_date_to_day_number (entry->day);
  }
}

/* What is said instead of entries, or after them. */
static void
set_notes (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  LyktaDate next = lykta_programme_get_next_day (self->programme);

  lykta_block_begin_tag (block, "P");
  if (lykta_programme_get_n_entries (self->programme) == 0) {
    lykta_handout_add_pair (
        setter, block, 0, WIDTH, g_strdup (lykta_handout_nothing (setter->words)),
        setter->second != NULL ? g_strdup (lykta_handout_nothing (setter->second)) : NULL,
        &day_look, &text_look);
    lykta_handout_add_pair (setter, block, 0, WIDTH,
                            LYKTA_HANDOUT_PAIR (setter, lykta_handout_next_day, next), &title_look,
                            &text_look);
  }
  lykta_handout_add_pair (
      setter, block, 0, WIDTH, g_strdup (lykta_handout_left_out (setter->words, self->programme)),
      setter->second != NULL ? g_strdup (lykta_handout_left_out (setter->second, self->programme))
                             : NULL,
      &title_look, &text_look);
  lykta_block_end_tag (block, "P");
  if (lykta_block_get_height (block) > 0) {
    need_room (self, DAY_GAP + lykta_block_get_height (block));
    put (self, block, DAY_GAP);
  }
}

/* The feet come last, when it is known how many pages there are. */
static void
set_feet (Maker *self)
{
  for (guint i = 0; i < self->pages->len; i++) {
    g_autoptr (LyktaBlock) foot = make_foot (self, i, self->pages->len);
    LyktaBlock *page = g_ptr_array_index (self->pages, i);

    lykta_block_add_block (page, foot, MARGIN,
                           LYKTA_PAPER_A4_HEIGHT - BOTTOM - lykta_block_get_height (foot));
    lykta_block_set_height (page, LYKTA_PAPER_A4_HEIGHT);
  }
}

LyktaPage *
lykta_programme_page_new (LyktaProgramme *programme,
                          LyktaCatalogue *words,
                          LyktaCatalogue *second,
                          GError **error)
{
  g_autoptr (LyktaType) type = NULL;
  g_autoptr (LyktaBlock) head = NULL;
  g_autoptr (LyktaBlock) foot = NULL;
  g_autofree char *title = NULL;
  Maker maker = {.programme = programme};

  g_return_val_if_fail (LYKTA_IS_PROGRAMME (programme), NULL);
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (words), NULL);
  g_return_val_if_fail (second == NULL || LYKTA_IS_CATALOGUE (second), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  type = lykta_type_new ();
  maker.setter = lykta_handout_setter (type, words, second);
  maker.pages = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);
  foot = make_foot (&maker, 0, 1);
  maker.bottom = LYKTA_PAPER_A4_HEIGHT - BOTTOM - lykta_block_get_height (foot) - FOOT_GAP;
  begin_page (&maker);
  head = make_head (&maker);
  put (&maker, head, 0);
  set_entries (&maker);
  set_notes (&maker);
  set_feet (&maker);
  title = lykta_handout_title (words, lykta_programme_get_area_name (programme));
  return lykta_sheets_new (maker.pages, LYKTA_PAPER_A4_WIDTH, LYKTA_PAPER_A4_HEIGHT, title, error);
}
