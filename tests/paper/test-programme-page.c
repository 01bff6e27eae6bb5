/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A week on A4. */
#include <string.h>

#include "paper/lykta-brochure.h"
#include "paper/lykta-programme-page.h"
#include "paper/lykta-sheets.h"
#include "paper/programme-fixture.h"

#define NOW 1795345200

static LyktaPage *
new_page (ProgrammeFixture *fixture, const char *language, const char *from, int days)
{
  g_autoptr (LyktaProgramme) programme = programme_fixture_read (fixture, from, days, NULL, 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words (language);
  g_autoptr (LyktaCatalogue) swedish = programme_fixture_words ("sv");
  g_autoptr (GError) error = NULL;
  LyktaPage *page = lykta_programme_page_new (programme, words, swedish, &error);

  g_assert_no_error (error);
  return page;
}

/* How often @text stands on page @index, and the ink of the last one (out, nullable). */
static guint
count_text (LyktaPage *page, guint index, const char *text, cairo_rectangle_t *ink)
{
  LyktaBlock *block = lykta_sheets_get_block (LYKTA_SHEETS (page), index);
  guint n = 0;

  for (guint i = 0; i < lykta_block_get_n_texts (block); i++) {
    cairo_rectangle_t extents;

    if (strstr (lykta_block_get_text (block, i, &extents), text) == NULL)
      continue;
    n++;
    if (ink != NULL)
      *ink = extents;
  }
  return n;
}

/* Both languages, and everything that is worth knowing. */
static void
test_texts (ProgrammeFixture *fixture, gconstpointer user_data)
{
  static const char *const texts[] = {
      "أنشطة",     "Aktiviteter", "مقهى اللغة",  "Språkcafé",     "18:00–20:00",
      "Malmö",     "أُلغي",        "Inställt",    "رعاية أطفال",   "Barnpassning",
      "احجز أولًا", "Boka först",  "Folkets hus", "Provkalendern", "Sida 1 av 1",
  };
  g_autoptr (LyktaPage) page = new_page (fixture, "ar", "2026-11-23", 7);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("%s", texts[i]);
    g_assert_cmpuint (count_text (page, 0, texts[i], NULL), >=, 1);
  }
  g_assert_cmpuint (count_text (page, 0, "Påhittsson", NULL), ==, 0);
}

/* A right-to-left page begins at the right: the time stands there, not the title. */
static void
test_sides (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaPage) backward = new_page (fixture, "ar", "2026-11-23", 1);
  g_autoptr (LyktaPage) forward = new_page (fixture, "ti", "2026-11-23", 1);
  cairo_rectangle_t hours, title;

  g_assert_cmpuint (count_text (backward, 0, "18:00–20:00", &hours), ==, 1);
  g_assert_cmpuint (count_text (backward, 0, "Språkcafé", &title), ==, 1);
  g_assert_cmpfloat (hours.x, >, title.x + title.width);
  g_assert_cmpfloat_with_epsilon (hours.x + hours.width, LYKTA_PAPER_A4_WIDTH - 46, 2);
  g_assert_cmpuint (count_text (forward, 0, "18:00–20:00", &hours), ==, 1);
  g_assert_cmpuint (count_text (forward, 0, "Språkcafé", &title), ==, 1);
  g_assert_cmpfloat (hours.x + hours.width, <, title.x);
}

/* Many dates in all languages: nothing hangs over an edge or over the foot, days are named again on
 * top of a page, pages are counted. */
static void
test_many_pages (ProgrammeFixture *fixture, gconstpointer user_data)
{
  static const char *const languages[] = {"sv", "en", "ar",  "fa", "ps", "so", "ti", "am",
                                          "uk", "ru", "ckb", "ku", "tr", "fr", "es"};

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++) {
    g_autoptr (LyktaPage) page = new_page (fixture, languages[l], "2026-11-23", 60);
    guint n = lykta_page_get_n_pages (page);

    for (guint k = 0; k < n; k++) {
      LyktaBlock *block = lykta_sheets_get_block (LYKTA_SHEETS (page), k);

      for (guint t = 0; t < lykta_block_get_n_texts (block); t++) {
        cairo_rectangle_t ink;

        lykta_block_get_text (block, t, &ink);
        g_assert_cmpfloat (ink.x, >=, 40);
        g_assert_cmpfloat (ink.x + ink.width, <=, LYKTA_PAPER_A4_WIDTH - 40);
        g_assert_cmpfloat (ink.y + ink.height, <=, LYKTA_PAPER_A4_HEIGHT - 25);
      }
    }
    g_assert_cmpuint (n, >=, 2);
    if (g_str_equal (languages[l], "sv")) {
      g_autofree char *last = g_strdup_printf ("Sida %u av %u", n, n);

      g_assert_cmpuint (count_text (page, n - 1, last, NULL), ==, 1);
    }
  }
}

static void
test_nothing (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaPage) page = new_page (fixture, "en", "2026-12-01", 3);

  g_assert_cmpuint (lykta_page_get_n_pages (page), ==, 1);
  g_assert_cmpuint (count_text (page, 0, "Nothing is planned in these days.", NULL), ==, 1);
  g_assert_cmpuint (count_text (page, 0, "7 December 2026", NULL), ==, 1);
}

/* Tagged, A4, every font in it, and nobody's name outside the page. */
static void
test_file (ProgrammeFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LyktaPage) page = new_page (fixture, "ar", "2026-11-23", 7);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = lykta_page_to_pdf (page, NOW, &error);
  g_autofree char *path = lykta_test_dir_write (
      fixture->dir, "week.pdf", g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf));
  g_autofree char *info = NULL;
  g_autofree char *fonts = NULL;
  const char *const ask_info[] = {"pdfinfo", path, NULL};
  const char *const ask_fonts[] = {"pdffonts", path, NULL};
  g_auto (GStrv) lines = NULL;

  if (!lykta_test_need_program ("pdfinfo"))
    return;
  lykta_test_run_program (ask_info, &info, NULL);
  g_assert_nonnull (strstr (info, "Tagged:          yes"));
  g_assert_nonnull (strstr (info, "(A4)"));
  g_assert_null (strstr (info, "Author"));
  lykta_test_run_program (ask_fonts, &fonts, NULL);
  lines = g_strsplit (fonts, "\n", -1);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_nonnull (strstr (lines[i], "yes yes yes"));
}

/* What comes every week is told by its weekday, what comes once by its date, and what is cancelled
 * not at all. */
static void
test_brochure (ProgrammeFixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *uid;
    const char *times;
  } expected[] = {{"cafe", "måndag 18:00–20:00"}, {"cv", "ons 25 nov. 13:00–15:00"}};
  g_autoptr (LyktaProgramme) programme =
      programme_fixture_read (fixture, "2026-11-23", 56, NULL, 0);
  g_autoptr (LyktaCatalogue) swedish = programme_fixture_words ("sv");
  g_autoptr (LyktaCatalogue) arabic = programme_fixture_words ("ar");
  g_autoptr (GArray) lines = lykta_brochure_make_lines (programme, swedish);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaPage) page = lykta_brochure_page_new (programme, arabic, swedish, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < lines->len; i++) {
    const LyktaBrochureLine *line = &g_array_index (lines, LyktaBrochureLine, i);

    g_assert_cmpstr (lykta_activity_get_uid (line->first->activity), ==, expected[i].uid);
    g_assert_cmpstr (line->times, ==, expected[i].times);
  }
  g_assert_cmpuint (count_text (page, 0, "Språkcafé", NULL), ==, 1);
  g_assert_cmpuint (count_text (page, 0, "Simning", NULL), ==, 0);
}

#define ADD(name, function)                                                                    \
  g_test_add ("/paper/programme-page/" name, ProgrammeFixture, NULL, programme_fixture_set_up, \
              function, programme_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("texts", test_texts);
  ADD ("sides", test_sides);
  ADD ("many-pages", test_many_pages);
  ADD ("brochure", test_brochure);
  ADD ("nothing", test_nothing);
  ADD ("file", test_file);
  return g_test_run ();
}
