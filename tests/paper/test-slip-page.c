/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips as other people's programs see them: pages drawn at the resolution of a receipt printer,
 * and codes read by a reader that is not ours. */
#include <math.h>
#include <string.h>

#include "paper/lykta-event-code.h"
#include "paper/lykta-sheets.h"
#include "paper/lykta-slip-page.h"
#include "paper/programme-fixture.h"

#define RECEIPT_DPI "203"
#define NOW         1795345200

static const char *const LANGUAGES[] = {"sv", "ar", "ti", "en"};

static LyktaPage *
new_slip (ProgrammeFixture *fixture, const char *language, LyktaSlipPaper paper, guint index)
{
  g_autoptr (LyktaProgramme) programme = programme_fixture_read (fixture, "2026-11-23", 7, NULL, 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words (language);
  g_autoptr (LyktaCatalogue) swedish = programme_fixture_words ("sv");
  g_autoptr (GError) error = NULL;
  LyktaPage *page =
      lykta_slip_page_new (lykta_programme_get_entry (programme, index), words, swedish, paper,
                           lykta_programme_get_as_of (programme), &error);

  g_assert_no_error (error);
  return page;
}

/* Nothing stands outside the paper, and every text can be shown. */
static void
test_inside (ProgrammeFixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES) * 3 * 3; i++) {
    LyktaSlipPaper paper = i % 3;
    g_autoptr (LyktaPage) page = new_slip (fixture, LANGUAGES[i / 9], paper, i / 3 % 3);
    g_autofree char *media = lykta_slip_page_dup_media (page, paper);
    double width, height;

    lykta_page_get_size (page, &width, &height);
    if (paper == LYKTA_SLIP_RECEIPT)
      g_assert_true (g_str_has_prefix (media, "Custom.80x"));
    else
      g_assert_cmpstr (media, ==, paper == LYKTA_SLIP_A6 ? "A6" : "A4");
    g_assert_cmpint (lykta_slip_paper_from_token (lykta_slip_paper_to_token (paper)), ==, paper);
    g_assert_cmpuint (lykta_page_get_n_pages (page), ==, 1);
    for (guint k = 0; k < lykta_page_get_n_pages (page); k++) {
      LyktaBlock *block = lykta_sheets_get_block (LYKTA_SHEETS (page), k);

      for (guint t = 0; t < lykta_block_get_n_texts (block); t++) {
        cairo_rectangle_t ink;

        lykta_block_get_text (block, t, &ink);
        g_assert_cmpfloat (ink.x, >=, 5);
        g_assert_cmpfloat (ink.x + ink.width, <=, width - 5);
        g_assert_cmpfloat (ink.y + ink.height, <=, height - 5);
      }
    }
  }
}

/* The codes of the picture at @path, one after the other, as they stand in them. (transfer full) */
static char *
read_codes (const char *path)
{
  const char *const argv[] = {"zbarimg", "--quiet", "--raw", "-Sbinary", path, NULL};
  char *text = NULL;

  g_assert_cmpint (lykta_test_run_program (argv, &text, NULL), ==, 0);
  return text;
}

static char *
expected_code (ProgrammeFixture *fixture, const char *language, guint index)
{
  g_autoptr (LyktaProgramme) programme = programme_fixture_read (fixture, "2026-11-23", 7, NULL, 0);
  g_autoptr (LyktaCatalogue) words = programme_fixture_words (language);

  return lykta_event_code_to_text (lykta_programme_get_entry (programme, index), words, 412);
}

/* As it comes out of a receipt printer: black or white, 203 dots an inch. */
static void
test_printed_code (ProgrammeFixture *fixture, gconstpointer user_data)
{
  if (!lykta_test_need_program ("zbarimg") || !lykta_test_need_program ("pdftoppm"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES) * 2; i++) {
    LyktaSlipPaper paper = i % 2 == 0 ? LYKTA_SLIP_A6 : LYKTA_SLIP_RECEIPT;
    g_autoptr (LyktaPage) page = new_slip (fixture, LANGUAGES[i / 2], paper, 0);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf = lykta_page_to_pdf (page, NOW, &error);
    g_autofree char *path = NULL;
    g_autofree char *picture = lykta_test_dir_child (fixture->dir, "slip");
    g_autofree char *found = NULL;
    g_autofree char *expected = expected_code (fixture, LANGUAGES[i / 2], 0);

    g_assert_no_error (error);
    path = lykta_test_dir_write (fixture->dir, "slip.pdf", g_bytes_get_data (pdf, NULL),
                                 (gssize)g_bytes_get_size (pdf));
    {
      const char *const argv[] = {"pdftoppm",    "-mono", "-r",    RECEIPT_DPI,
                                  "-singlefile", path,    picture, NULL};

      g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
    }
    {
      g_autofree char *file = g_strconcat (picture, ".pbm", NULL);

      found = read_codes (file);
    }
    g_assert_nonnull (strstr (found, expected));
  }
}

/* As it stands on a screen: whole pixels are not a matter of course there. */
static void
test_shown_code (ProgrammeFixture *fixture, gconstpointer user_data)
{
  static const int sizes[] = {240, 283, 420};

  if (!lykta_test_need_program ("zbarimg"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES) * G_N_ELEMENTS (sizes); i++) {
    const char *language = LANGUAGES[i / G_N_ELEMENTS (sizes)];
    int size = sizes[i % G_N_ELEMENTS (sizes)];
    g_autofree char *text = expected_code (fixture, language, 0);
    g_autoptr (LyktaQrCode) code = lykta_qr_code_new (text, LYKTA_QR_MAX_VERSION);
    g_autofree char *path = lykta_test_dir_child (fixture->dir, "code.png");
    g_autofree char *found = NULL;
    cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size, size);
    cairo_t *cr = cairo_create (surface);

    lykta_qr_code_draw (code, cr, 0, 0, size);
    cairo_destroy (cr);
    cairo_surface_write_to_png (surface, path);
    cairo_surface_destroy (surface);
    found = read_codes (path);
    g_assert_true (g_str_has_prefix (found, text));
  }
}

static void
test_missing_letters (void)
{
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (
      lykta_schedule_builder_new (NULL, (LyktaDate){2026, 11, 23}, 18, 0, 0, FALSE, 3600));
  g_autoptr (LyktaCatalogue) words = programme_fixture_words ("sv");
  /* A picture is left out; a letter that no font has is no page. */
  static const struct {
    const char *title;
    gboolean is_printed;
  } cases[] = {{"Kafé \360\237\246\234 i dag", TRUE}, {"Kafé 㐀𗀀𛅰", FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *missing = lykta_paper_find_missing_glyphs (cases[i].title);
    g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new ("one", schedule);
    g_autoptr (LyktaActivity) activity = NULL;
    g_autoptr (LyktaProgramme) single = NULL;
    g_autoptr (LyktaPage) page = NULL;
    g_autoptr (GError) error = NULL;
    LyktaOccurrence date = {.start = NOW, .end = NOW + 3600, .original_start = NOW};

    if (!cases[i].is_printed && missing == NULL) {
      g_test_skip ("this machine has a font for every letter");
      return;
    }
    lykta_activity_builder_set_title (builder, "sv", cases[i].title);
    activity = lykta_activity_builder_end (builder);
    single = lykta_programme_new_single (activity, &date, 0);
    page = lykta_slip_page_new (lykta_programme_get_entry (single, 0), words, NULL,
                                LYKTA_SLIP_RECEIPT, 0, &error);
    g_assert_cmpint (page != NULL, ==, cases[i].is_printed);
    if (!cases[i].is_printed)
      g_assert_error (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_MISSING_GLYPHS);
  }
}

#define ADD(name, function)                                                               \
  g_test_add ("/paper/slip-page/" name, ProgrammeFixture, NULL, programme_fixture_set_up, \
              function, programme_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("inside", test_inside);
  ADD ("printed-code", test_printed_code);
  ADD ("shown-code", test_shown_code);
  g_test_add_func ("/paper/slip-page/missing-letters", test_missing_letters);
  return g_test_run ();
}
