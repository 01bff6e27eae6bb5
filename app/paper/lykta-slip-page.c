/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-slip-page.h"

#include <math.h>

#include "paper/lykta-event-code.h"
#include "paper/lykta-handout-setter.h"
#include "paper/lykta-sheets.h"

/* In points. */
#define RECEIPT_TAIL  30.0 /* below the last line, where the roll is torn off */
#define POINTS_PER_MM (72.0 / 25.4)
/* A module of a code on paper: four dots of a receipt printer (203 dpi) at least. */
#define MODULE_SIZE     1.42
#define MAX_MODULE_SIZE 2.3
#define MAX_CODE_SIZE   125.0
#define ICON_SIZE       26.0
#define GAP             7.0
#define CODE_GAP        8.0
#define MIN_CAPTION     90.0
/* Of the practical notes, in characters. */
#define MAX_NOTES 400

static const LyktaHandoutLook title_look = {15, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook title_second = {10.5, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook day_look = {12, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook hours_look = {17, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook text_look = {10, FALSE, LYKTA_INK_TEXT};
static const LyktaHandoutLook strong_look = {10.5, TRUE, LYKTA_INK_TEXT};
static const LyktaHandoutLook small_look = {8.5, FALSE, LYKTA_INK_SOFT};
static const LyktaHandoutLook warning_look = {12, TRUE, LYKTA_INK_WARNING};
static const LyktaHandoutLook foot_look = {7, FALSE, LYKTA_INK_SOFT};

/* What each paper measures, its margin, and how much larger than on the small ones things are. */
static const struct {
  const char *token;
  double width;
  double height; /* 0: as long as it takes */
  double margin;
  double scale;
} papers[] = {
    [LYKTA_SLIP_A4] = {"a4", LYKTA_PAPER_A4_WIDTH, LYKTA_PAPER_A4_HEIGHT, 56, 1.6},
    [LYKTA_SLIP_A6] = {"a6", 297.638, 419.528, 20, 1},
    [LYKTA_SLIP_RECEIPT] = {"receipt", 226.772, 0, 14, 1},
};

/* A slip while it is set. */
typedef struct {
  LyktaHandoutSetter setter;
  const LyktaProgrammeEntry *entry;
  gint64 as_of;
  double width;     /* of the text */
  GPtrArray *parts; /* (unowned) (element-type LyktaBlock): from top to bottom, never broken */
} Maker;

/* Begins the next part. Borrowed. */
static LyktaBlock *
begin_part (Maker *self)
{
  LyktaBlock *part = lykta_block_new ();

  g_ptr_array_add (self->parts, part);
  return part;
}

/* Text beside the drawing @icon, which stands where lines begin. */
static void
add_beside_icon (Maker *self, LyktaBlock *part, const char *icon, LyktaBlock *text, double size)
{
  gboolean is_rtl = self->setter.is_rtl;

  lykta_block_begin_tag (part, "P");
  lykta_block_add_pictogram (part, icon, is_rtl ? self->width - size : 0, 2, size,
                             LYKTA_INK_ACCENT);
  lykta_block_add_block (part, text, is_rtl ? 0 : size + GAP, 0);
  lykta_block_end_tag (part, "P");
}

static double
width_beside (Maker *self, double size)
{
  return self->width - size - GAP;
}

static const char *
get_icon (Maker *self)
{
  switch (lykta_activity_get_primary_purpose (self->entry->activity)) {
  case LYKTA_PURPOSE_SWEDISH:
    return "messages";
  case LYKTA_PURPOSE_SOCIETY:
    return "building-community";
  case LYKTA_PURPOSE_WORK:
    return "tools";
  case LYKTA_PURPOSE_HEALTH:
    return "run";
  case LYKTA_PURPOSE_NONE:
  default:
    return "calendar-event";
  }
}

/* The same warning in both languages. */
static void
add_warning (Maker *self, LyktaBlock *block, double width, const char *first, const char *second)
{
  if (first != NULL)
    lykta_handout_add_pair (&self->setter, block, 0, width, g_strdup (first), g_strdup (second),
                            &warning_look, &warning_look);
}

static void
add_title (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaTexts *titles = lykta_programme_entry_get_title (self->entry);
  g_autoptr (LyktaBlock) text = lykta_block_new ();
  LyktaBlock *part = begin_part (self);
  double icon = ICON_SIZE * setter->scale, width = width_beside (self, icon);
  LyktaStatus status = self->entry->date.status;
  const char *language = NULL;
  const char *title = lykta_handout_choose (setter->words, titles, &language);
  const char *other = NULL;

  add_warning (self, text, width, lykta_handout_status (setter->words, status),
               setter->second != NULL ? lykta_handout_status (setter->second, status) : NULL);
  if (setter->second != NULL)
    other = lykta_texts_get (titles, lykta_catalogue_get_language (setter->second));
  lykta_handout_add (setter, text, 0, width, language, title != NULL ? title : "–", &title_look);
  if (other != NULL && g_strcmp0 (title, other) != 0)
    lykta_handout_add (setter, text, 0, width, lykta_catalogue_get_language (setter->second), other,
                       &title_second);
  add_beside_icon (self, part, get_icon (self), text, icon);
}

static void
add_when (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaBlock *part = begin_part (self);
  LyktaDate day = self->entry->day, always_with_year = {0};
  g_autofree char *hours = lykta_handout_hours (setter->words, &self->entry->date);

  lykta_block_begin_tag (part, "P");
  lykta_handout_add_pair (setter, part, 0, self->width,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_day, day, always_with_year),
                          &day_look, &small_look);
  lykta_handout_add (setter, part, 0, self->width, lykta_catalogue_get_language (setter->words),
                     hours, &hours_look);
  lykta_block_end_tag (part, "P");
}

static void
add_address (Maker *self, LyktaBlock *block, double width, LyktaPlace *place)
{
  const LyktaHandoutSetter *setter = &self->setter;
  const char *postcode = lykta_place_get_postcode (place);
  const char *town = lykta_place_get_town (place);
  g_autofree char *last = postcode != NULL && town != NULL
                              ? g_strdup_printf ("%s %s", postcode, town)
                              : g_strdup (town != NULL ? town : postcode);

  /* As it stands on the door and on the map: Swedish. */
  lykta_handout_add (setter, block, 0, width, "sv", lykta_place_get_name (place), &strong_look);
  lykta_handout_add (setter, block, 0, width, "sv", lykta_place_get_street (place), &text_look);
  lykta_handout_add (setter, block, 0, width, "sv", last, &text_look);
}

static void
add_notes (Maker *self, LyktaBlock *block, double width)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaTexts *notes = lykta_activity_get_notes (self->entry->activity);
  const char *language = NULL;
  const char *note = lykta_handout_choose (setter->words, notes, &language);
  g_autofree char *cut = NULL;

  if (note == NULL)
    return;
  cut = g_utf8_strlen (note, -1) > MAX_NOTES ? g_utf8_substring (note, 0, MAX_NOTES)
                                             : g_strdup (note);
  lykta_handout_add (setter, block, 0, width, language, cut, &text_look);
}

static void
add_where (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaPlace *place = lykta_programme_entry_get_place (self->entry);
  g_autoptr (LyktaBlock) text = lykta_block_new ();
  double size = text_look.size * 1.5 * setter->scale, width = width_beside (self, size);

  if (place != NULL)
    add_address (self, text, width, place);
  else
    lykta_handout_add_pair (setter, text, 0, width,
                            LYKTA_HANDOUT_PAIR (setter, lykta_handout_where, self->entry),
                            &strong_look, &small_look);
  add_notes (self, text, width);
  if (lykta_block_get_height (text) > 0)
    add_beside_icon (self, begin_part (self), place != NULL ? "map-pin" : "device-laptop", text,
                     size);
}

static void
add_facts (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (GArray) facts = lykta_handout_facts (setter->words, self->entry);
  g_autofree char *second =
      setter->second != NULL ? lykta_handout_facts_line (setter->second, self->entry) : NULL;
  LyktaBlock *part;

  if (facts->len == 0)
    return;
  part = begin_part (self);
  lykta_block_begin_tag (part, "P");
  lykta_handout_add_facts (setter, part, 0, self->width, facts, &text_look);
  if (second != NULL)
    lykta_handout_add (setter, part, 0, self->width, lykta_catalogue_get_language (setter->second),
                       second, &small_look);
  lykta_block_end_tag (part, "P");
}

static void
add_organiser (Maker *self)
{
  g_autofree char *organiser = lykta_handout_organiser (self->entry);
  g_autoptr (LyktaBlock) text = lykta_block_new ();
  double size = text_look.size * 1.5 * self->setter.scale;

  if (organiser == NULL)
    return;
  lykta_handout_add (&self->setter, text, 0, width_beside (self, size), "sv", organiser,
                     &text_look);
  add_beside_icon (self, begin_part (self), "phone", text, size);
}

static double
size_of_code (LyktaQrCode *code, double room)
{
  double modules = lykta_qr_code_get_width (code) + 2 * LYKTA_QR_QUIET;
  double size = fmin (modules * MAX_MODULE_SIZE, MAX_CODE_SIZE);

  return fmin (fmax (size, modules * MODULE_SIZE), room);
}

/* A code with what it is for below or beside it. */
static void
add_code (Maker *self, LyktaQrCode *code, const char *first, const char *second, const char *link)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaBlock *part;
  g_autoptr (LyktaBlock) text = lykta_block_new ();
  double size, width;

  if (code == NULL)
    return;
  part = begin_part (self);
  size = size_of_code (code, self->width) * fmin (setter->scale, 1.3);
  width = self->width - size - CODE_GAP;
  /* A narrow strip is no place for words. */
  if (width < MIN_CAPTION)
    width = self->width;
  lykta_handout_add_pair (setter, text, 0, width, g_strdup (first), g_strdup (second), &text_look,
                          &small_look);
  lykta_handout_add (setter, text, 0, width, "sv", link, &small_look);
  lykta_block_begin_tag (part, "Figure");
  lykta_block_add_code (part, code,
                        width == self->width ? (width - size) / 2
                        : setter->is_rtl     ? self->width - size
                                             : 0,
                        0, size);
  lykta_block_end_tag (part, "Figure");
  lykta_block_begin_tag (part, "P");
  if (width < self->width)
    lykta_block_add_block (part, text, setter->is_rtl ? 0 : size + CODE_GAP,
                           fmax ((size - lykta_block_get_height (text)) / 2, 0));
  else
    lykta_block_add_block (part, text, 0, lykta_block_get_height (part));
  lykta_block_end_tag (part, "P");
}

static void
add_codes (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  g_autoptr (LyktaQrCode) event = lykta_event_code_new (self->entry, setter->words);
  g_autoptr (LyktaQrCode) link = lykta_event_code_new_link (self->entry);

  add_code (self, event, lykta_handout_code_help (setter->words),
            setter->second != NULL ? lykta_handout_code_help (setter->second) : NULL, NULL);
  add_code (self, link, lykta_handout_link_help (setter->words),
            setter->second != NULL ? lykta_handout_link_help (setter->second) : NULL,
            lykta_event_code_get_link (self->entry));
}

static void
add_foot (Maker *self)
{
  const LyktaHandoutSetter *setter = &self->setter;
  LyktaBlock *part = begin_part (self);

  if (lykta_activity_is_sample (self->entry->activity))
    add_warning (self, part, self->width, lykta_handout_sample (setter->words),
                 setter->second != NULL ? lykta_handout_sample (setter->second) : NULL);
  lykta_block_begin_tag (part, "P");
  lykta_handout_add_pair (setter, part, 0, self->width,
                          LYKTA_HANDOUT_PAIR (setter, lykta_handout_as_of, self->as_of), &foot_look,
                          &foot_look);
  lykta_block_end_tag (part, "P");
}

/* Part after part on pages of at most @height; 0: one page as long as it takes. (transfer full)
 * (element-type LyktaBlock) */
static GPtrArray *
set_pages (GPtrArray *parts, double margin, double height, double gap)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);
  LyktaBlock *page = NULL;
  double y = 0;

  for (guint i = 0; i < parts->len; i++) {
    LyktaBlock *part = g_ptr_array_index (parts, i);
    double needed = lykta_block_get_height (part);

    if (page == NULL || (height > 0 && y + needed > height - margin)) {
      page = lykta_block_new ();
      g_ptr_array_add (pages, page);
      y = margin;
    }
    lykta_block_add_block (page, part, margin, y);
    y += needed + gap;
  }
  return pages;
}

/* Rather smaller than a back with one line on it. */
static const double shrinking[] = {1, 0.88, 0.78};

/* (transfer full) (element-type LyktaBlock) */
static GPtrArray *
set_all (Maker *self, double margin, double height)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);

  self->parts = parts;
  add_title (self);
  add_when (self);
  add_where (self);
  add_facts (self);
  add_organiser (self);
  add_codes (self);
  add_foot (self);
  self->parts = NULL;
  return set_pages (parts, margin, height, GAP * self->setter.scale);
}

const char *
lykta_slip_paper_to_token (LyktaSlipPaper paper)
{
  g_return_val_if_fail ((guint)paper < G_N_ELEMENTS (papers), NULL);

  return papers[paper].token;
}

LyktaSlipPaper
lykta_slip_paper_from_token (const char *token)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++) {
    if (g_strcmp0 (papers[i].token, token) == 0)
      return i;
  }
  return LYKTA_SLIP_A4;
}

char *
lykta_slip_page_dup_media (LyktaPage *page, LyktaSlipPaper paper)
{
  double width, height;

  g_return_val_if_fail (LYKTA_IS_PAGE (page), NULL);

  if (paper != LYKTA_SLIP_RECEIPT)
    return g_strdup (paper == LYKTA_SLIP_A6 ? "A6" : "A4");
  lykta_page_get_size (page, &width, &height);
  return g_strdup_printf ("Custom.%dx%dmm", (int)round (width / POINTS_PER_MM),
                          (int)ceil (height / POINTS_PER_MM));
}

LyktaPage *
lykta_slip_page_new (const LyktaProgrammeEntry *entry,
                     LyktaCatalogue *words,
                     LyktaCatalogue *second,
                     LyktaSlipPaper paper,
                     gint64 as_of,
                     GError **error)
{
  g_autoptr (LyktaType) type = NULL;
  double height;
  Maker maker = {.entry = entry, .as_of = as_of};
  GPtrArray *pages = NULL;

  g_return_val_if_fail (entry != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (words), NULL);
  g_return_val_if_fail (second == NULL || LYKTA_IS_CATALOGUE (second), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_return_val_if_fail ((guint)paper < G_N_ELEMENTS (papers), NULL);

  height = papers[paper].height;
  type = lykta_type_new ();
  maker.setter = lykta_handout_setter (type, words, second);
  maker.width = papers[paper].width - 2 * papers[paper].margin;
  for (guint i = 0; i < G_N_ELEMENTS (shrinking); i++) {
    g_clear_pointer (&pages, g_ptr_array_unref);
    maker.setter.scale = papers[paper].scale * shrinking[i];
    pages = set_all (&maker, papers[paper].margin, height);
    if (pages->len == 1)
      break;
  }
  if (height == 0)
    height = ceil (lykta_block_get_height (g_ptr_array_index (pages, 0)) + RECEIPT_TAIL);
  return lykta_sheets_new (pages, papers[paper].width, height, "Lykta", error);
}
