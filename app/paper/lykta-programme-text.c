/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-programme-text.h"

#include "paper/lykta-handout-words.h"
#include "paper/lykta-mail-text.h"
#include "text/lykta-plain-text.h"

/* "18:00–20:00" and two blanks. */
#define INDENT 13

/* A letter while it is written. */
typedef struct {
  LyktaMailText *mail;       /* (unowned) */
  LyktaProgramme *programme; /* (unowned) */
  LyktaCatalogue *words;     /* (unowned) */
  LyktaCatalogue *second;    /* (unowned) (nullable) */
} Letter;

static const char *
language_of (LyktaCatalogue *words)
{
  return lykta_catalogue_get_language (words);
}

/* What is the same in both languages is said once. Takes both texts; they may be NULL. */
static void
add_pair (Letter *self, guint indent, char *first, char *second)
{
  lykta_mail_text_add (self->mail, language_of (self->words), indent, NULL, first);
  if (second != NULL && g_strcmp0 (first, second) != 0)
    lykta_mail_text_add (self->mail, language_of (self->second), indent, NULL, second);
  g_free (first);
  g_free (second);
}

#define PAIR(function, ...)            \
  function (self->words, __VA_ARGS__), \
      self->second != NULL ? function (self->second, __VA_ARGS__) : NULL

static void
add_heading (Letter *self)
{
  const char *area = lykta_programme_get_area_name (self->programme);
  LyktaDate from = lykta_programme_get_from (self->programme);
  LyktaDate to = lykta_programme_get_to (self->programme);

  add_pair (self, 0, PAIR (lykta_handout_title, area));
  add_pair (self, 0, PAIR (lykta_handout_period, from, to));
  if (lykta_programme_has_sample (self->programme)) {
    lykta_mail_text_add_blank (self->mail);
    add_pair (self, 0, g_strdup (lykta_handout_sample (self->words)),
              self->second != NULL ? g_strdup (lykta_handout_sample (self->second)) : NULL);
  }
}

static void
add_day (Letter *self, LyktaDate day)
{
  LyktaDate beside = lykta_programme_get_from (self->programme);

  lykta_mail_text_add_blank (self->mail);
  lykta_mail_text_add_rule (self->mail, '=');
  add_pair (self, 0, PAIR (lykta_handout_day, day, beside));
  lykta_mail_text_add_rule (self->mail, '=');
}

/* A title, after what is the matter with the date. (transfer full) */
static char *
mark (LyktaCatalogue *words, const LyktaProgrammeEntry *entry, const char *title)
{
  const char *status = lykta_handout_status (words, entry->date.status);
  g_autofree char *isolated = lykta_isolate (title);

  return status != NULL ? g_strdup_printf ("[%s] %s", status, isolated)
                        : g_steal_pointer (&isolated);
}

static void
add_title (Letter *self, const LyktaProgrammeEntry *entry)
{
  LyktaTexts *titles = lykta_programme_entry_get_title (entry);
  const char *language = NULL;
  const char *title = lykta_handout_choose (self->words, titles, &language);
  g_autofree char *hours = lykta_handout_hours (self->words, &entry->date);
  g_autofree char *first = mark (self->words, entry, title != NULL ? title : "–");

  lykta_mail_text_add (self->mail, language != NULL ? language : language_of (self->words), INDENT,
                       hours, first);
  if (self->second != NULL) {
    const char *other = lykta_texts_get (titles, language_of (self->second));
    g_autofree char *text = mark (self->second, entry, other != NULL ? other : title);

    if (other != NULL && g_strcmp0 (text, first) != 0)
      lykta_mail_text_add (self->mail, language_of (self->second), INDENT, NULL, text);
  }
}

static void
add_entry (Letter *self, const LyktaProgrammeEntry *entry)
{
  g_autofree char *organiser = lykta_handout_organiser (entry);
  const char *link = lykta_programme_entry_get_online_url (entry);

  lykta_mail_text_add_blank (self->mail);
  add_title (self, entry);
  add_pair (self, INDENT, PAIR (lykta_handout_where, entry));
  add_pair (self, INDENT, PAIR (lykta_handout_facts_line, entry));
  /* Swedish: names are never translated. */
  lykta_mail_text_add (self->mail, "sv", INDENT, NULL, organiser);
  lykta_mail_text_add (self->mail, "sv", INDENT, NULL, link);
}

static void
add_nothing (Letter *self)
{
  LyktaDate next = lykta_programme_get_next_day (self->programme);

  lykta_mail_text_add_blank (self->mail);
  add_pair (self, 0, g_strdup (lykta_handout_nothing (self->words)),
            self->second != NULL ? g_strdup (lykta_handout_nothing (self->second)) : NULL);
  add_pair (self, 0, PAIR (lykta_handout_next_day, next));
}

static void
add_foot (Letter *self)
{
  gint64 as_of = lykta_programme_get_as_of (self->programme);

  lykta_mail_text_add_blank (self->mail);
  lykta_mail_text_add_rule (self->mail, '-');
  add_pair (self, 0, g_strdup (lykta_handout_left_out (self->words, self->programme)),
            self->second != NULL ? g_strdup (lykta_handout_left_out (self->second, self->programme))
                                 : NULL);
  add_pair (self, 0, PAIR (lykta_handout_source, self->programme));
  add_pair (self, 0, PAIR (lykta_handout_as_of, as_of));
}

char *
lykta_programme_to_text (LyktaProgramme *programme, LyktaCatalogue *words, LyktaCatalogue *second)
{
  g_autoptr (LyktaMailText) mail = NULL;
  Letter letter = {.programme = programme, .words = words, .second = second};
  gint32 day = G_MININT32;
  guint n;

  g_return_val_if_fail (LYKTA_IS_PROGRAMME (programme), NULL);
  g_return_val_if_fail (LYKTA_IS_CATALOGUE (words), NULL);
  g_return_val_if_fail (second == NULL || LYKTA_IS_CATALOGUE (second), NULL);

  letter.mail = mail = lykta_mail_text_new (language_of (words));
  if (second != NULL && language_of (second) == language_of (words))
    letter.second = NULL;
  add_heading (&letter);
  n = lykta_programme_get_n_entries (programme);
  for (guint i = 0; i < n; i++) {
    const LyktaProgrammeEntry *entry = lykta_programme_get_entry (programme, i);

    if (lykta_date_to_day_number (entry->day) != day)
      add_day (&letter, entry->day);
    day = lykta_date_to_day_number (entry->day);
    add_entry (&letter, entry);
  }
  if (n == 0)
    add_nothing (&letter);
  add_foot (&letter);
  return lykta_mail_text_end (g_steal_pointer (&mail));
}
