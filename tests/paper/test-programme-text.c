/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week as a letter in plain text. */
#include <string.h>

#include "paper/lykta-mail-text.h"
#include "paper/lykta-programme-text.h"
#include "paper/programme-fixture.h"
#include "text/lykta-plain-text.h"

#define RLM "\342\200\217"
#define LRI "\342\201\246"
#define RLI "\342\201\247"
#define FSI "\342\201\250"
#define PDI "\342\201\251"

static char *
write_letter (ProgrammeFixture *fixture, const char *language, const char *from, const char *code)
{
  g_autoptr (LyktaProgramme) programme = programme_fixture_read (fixture, from, 7, code, 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words (language);
  g_autoptr (LyktaCatalogue) swedish = programme_fixture_words ("sv");

  return lykta_programme_to_text (programme, words, swedish);
}

/* What every mail program leaves as it is, and what reads rightly in each. */
static void
check_lines (const char *letter, gboolean is_rtl)
{
  g_auto (GStrv) lines = g_strsplit (letter, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_true (g_utf8_validate (letter, -1, NULL));
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i + 1 < n; i++) {
    int open = 0;

    g_assert_cmpuint (lykta_mail_text_columns (lines[i]), <=, LYKTA_MAIL_COLUMNS);
    g_assert_false (g_str_has_suffix (lines[i], " "));
    g_assert_false (g_str_has_prefix (lines[i], "From "));
    g_assert_cmpint (g_str_has_prefix (lines[i], RLM), ==, is_rtl && *lines[i] != '\0');
    for (const char *p = lines[i]; *p != '\0'; p = g_utf8_next_char (p)) {
      gunichar c = g_utf8_get_char (p);

      open += c >= 0x2066 && c <= 0x2068 ? 1 : c == 0x2069 ? -1 : 0;
      g_assert_cmpint (open, >=, 0);
      g_assert_false (c == '\r' || c == '\t');
    }
    g_assert_cmpint (open, ==, 0);
  }
}

static void
test_two_languages (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autofree char *letter = write_letter (fixture, "en", "2026-11-23", "1280");

  check_lines (letter, FALSE);
  g_assert_cmpstr (
      letter, ==,
      "Activities in Malmö\n"
      "Aktiviteter i Malmö\n"
      "23–29 November 2026\n"
      "23–29 november 2026\n"
      "\n"
      "========================================================================\n"
      "Monday 23 November\n"
      "Måndag 23 november\n"
      "========================================================================\n"
      "\n"
      "18:00–20:00  Language café\n"
      "             Språkcafé\n"
      "             Stadsbiblioteket, Provgatan 3, Malmö\n"
      "             Swedish · Society · Childcare · Free\n"
      "             Svenska · Samhälle · Barnpassning · Gratis\n"
      "             Studieförbundet Exempel · 040-628\302\24004\302\24038 · info@example.org\n"
      "\n"
      "========================================================================\n"
      "Wednesday 25 November\n"
      "Onsdag 25 november\n"
      "========================================================================\n"
      "\n"
      "10:00–12:00  [Cancelled] Simning för kvinnor som vill lära sig att simma\n"
      "             i en lugn grupp med kvinnlig ledare\n"
      "             [Inställt] Simning för kvinnor som vill lära sig att simma\n"
      "             i en lugn grupp med kvinnlig ledare\n"
      "             Exempelbadet, Provgatan 3, Malmö\n"
      "             Health · Women only · Book first\n"
      "             Hälsa · Bara kvinnor · Boka först\n"
      "             Studieförbundet Exempel · 040-628\302\24004\302\24038 · info@example.org\n"
      "\n"
      "------------------------------------------------------------------------\n"
      "Source: Provkalendern\n"
      "Källa: Provkalendern\n"
      "As of 2026-11-23, 03:30\n"
      "Uppgifter från 2026-11-23, 03:30\n");
}

/* Nobody's name goes out, and Swedish readers get no second language. */
static void
test_swedish (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autofree char *letter = write_letter (fixture, "sv", "2026-11-23", NULL);

  check_lines (letter, FALSE);
  g_assert_nonnull (strstr (letter, "Folkets hus, Provgatan 3, Stockholm"));
  g_assert_null (strstr (letter, "Påhittsson"));
  g_assert_null (strstr (letter, "Activities"));
  g_assert_null (strstr (letter, "\342\201"));
}

static void
test_right_to_left (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autofree char *letter = write_letter (fixture, "ar", "2026-11-23", NULL);

  check_lines (letter, TRUE);
  /* The line runs from right to left, the time within it does not. */
  g_assert_nonnull (
      strstr (letter, RLM RLI LRI "18:00–20:00" PDI PDI "  " RLI FSI "مقهى اللغة" PDI PDI "\n"));
  g_assert_nonnull (strstr (letter, RLM "             " LRI FSI "Språkcafé" PDI PDI "\n"));
}

static void
test_every_language (ProgrammeFixture *fixture, gconstpointer user_data)
{
  static const char *const languages[] = {"sv", "en", "ar", "fa", "fa-AF",    "ps",
                                          "so", "ti", "am", "uk", "ru",       "ckb",
                                          "ku", "tr", "fr", "es", "sv-x-easy"};

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autofree char *letter = write_letter (fixture, languages[i], "2026-11-23", NULL);
    gboolean is_rtl = g_str_has_prefix (letter, RLM);

    check_lines (letter, is_rtl);
  }
}

static void
test_nothing (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autofree char *letter = write_letter (fixture, "en", "2026-12-01", "1280");
  g_autofree char *never = write_letter (fixture, "en", "2027-01-18", "1280");
  g_autofree char *elsewhere = write_letter (fixture, "en", "2026-11-23", "2580");

  check_lines (letter, FALSE);
  /* The café is on Mondays until 28 December. */
  g_assert_null (strstr (letter, "Nothing is planned"));
  g_assert_nonnull (strstr (never, "Nothing is planned in these days.\n"
                                   "Inget är planerat de här dagarna.\n\n---"));
  g_assert_nonnull (strstr (elsewhere, "Nothing is planned in these days."));
}

static void
test_next_day (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaProgramme) programme = programme_fixture_read (fixture, "2026-12-01", 3, "12", 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words ("en");
  g_autofree char *letter = lykta_programme_to_text (programme, words, NULL);

  g_assert_nonnull (strstr (letter, "Nothing is planned in these days.\n"
                                    "Next: Monday 7 December 2026\n"));
}

static void
test_left_out (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaProgramme) programme = programme_fixture_read (fixture, "2026-11-23", 7, NULL, 1);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words ("en");
  g_autofree char *letter = lykta_programme_to_text (programme, words, words);

  g_assert_cmpuint (lykta_programme_get_n_entries (programme), ==, 1);
  g_assert_true (lykta_programme_is_cut (programme));
  g_assert_nonnull (strstr (letter, "There is more than fits here.\n"));
}

/* Long words, wide letters, isolates across the end of a line. */
static void
test_wrapping (void)
{
  g_autofree char *word = g_strnfill (100, 'a');
  g_autofree char *long_word = g_strnfill (1500, 'b');
  g_autofree char *words =
      lykta_isolate ("كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة "
                     "كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة كلمة");
  g_autofree char *arabic = g_strconcat (words, " نهاية", NULL);
  LyktaMailText *mail = lykta_mail_text_new ("ar");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  lykta_mail_text_add (mail, "ar", 4, NULL, arabic);
  text = lykta_mail_text_end (mail);
  check_lines (text, TRUE);

  g_free (g_steal_pointer (&text));
  mail = lykta_mail_text_new ("sv");
  lykta_mail_text_add (mail, "sv", 2, NULL, word);
  lykta_mail_text_add (mail, "sv", 0, NULL, long_word);
  lykta_mail_text_add (mail, "sv", 0, NULL, "");
  lykta_mail_text_add (mail, "sv", 0, NULL, NULL);
  text = lykta_mail_text_end (mail);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (strlen (lines[0]), ==, 102);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <, 998);
}

static void
test_names (ProgrammeFixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *written;
    gboolean is_county;
    const char *first; /* code of the best guess; NULL: none */
  } cases[] = {
      {"Malmå", FALSE, "1280"},  {"stokholm", FALSE, "0180"}, {"Göteborgs stad", FALSE, "1480"},
      {"Upsala", FALSE, "0380"}, {"skane lan", TRUE, "12"},   {"Skånne", TRUE, "12"},
      {"qqqqqq", FALSE, NULL},   {"", FALSE, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) areas =
        lykta_gazetteer_suggest (fixture->gazetteer, cases[i].written, cases[i].is_county, 5);
    const LyktaArea *first = areas->len > 0 ? g_ptr_array_index (areas, 0) : NULL;

    g_assert_cmpuint (areas->len, <=, 5);
    g_assert_cmpstr (first != NULL ? first->code : NULL, ==, cases[i].first);
  }
  g_assert_cmpstr (lykta_gazetteer_find_county_by_name (fixture->gazetteer, "stockholm")->code, ==,
                   "01");
  g_assert_cmpstr (lykta_gazetteer_find_county_by_name (fixture->gazetteer, "Örebro län")->code, ==,
                   "18");
  g_assert_null (lykta_gazetteer_find_county_by_name (fixture->gazetteer, "Malmö"));
}

#define ADD(name, function)                                                                    \
  g_test_add ("/paper/programme-text/" name, ProgrammeFixture, NULL, programme_fixture_set_up, \
              function, programme_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("two-languages", test_two_languages);
  ADD ("swedish", test_swedish);
  ADD ("right-to-left", test_right_to_left);
  ADD ("every-language", test_every_language);
  ADD ("nothing", test_nothing);
  ADD ("next-day", test_next_day);
  ADD ("left-out", test_left_out);
  ADD ("names", test_names);
  g_test_add_func ("/paper/programme-text/wrapping", test_wrapping);
  return g_test_run ();
}
