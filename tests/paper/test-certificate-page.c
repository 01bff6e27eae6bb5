/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate as it is set: where everything stands, in four languages, however full it is. */
#include "paper/lykta-certificate-page.h"

#include <math.h>
#include <string.h>

#include "certificate/certificate-fixture.h"
#include "paper/lykta-certificate-page-private.h"
#include "paper/lykta-certificate-text.h"
#include "paper/lykta-paper-type.h"
#include "support/lykta-test.h"

#define FIELD(suffix) LYKTA_CERTIFICATE_FIELD_##suffix
#define FLAG(suffix)  LYKTA_CERTIFICATE_PAGE_##suffix

/* The white border that every printer can leave, and where the text begins and ends. */
#define BORDER     28.0
#define TEXT_LEFT  48.0
#define TEXT_RIGHT (LYKTA_PAPER_A4_WIDTH - 48.0)

/* 160 characters, the longest that the rules allow. */
#define LONG_TEXT                                                              \
  "Föreningen för internationell vänskap, språkundervisning och samhälls" \
  "orientering i norra Exempelbygden med omnejd och grannkommuner, avdelning " \
  "Exempelstads norra"

static const char *const languages[] = {NULL, "en", "ar", "ti"};

static LyktaCatalogue *
open_catalogue (const char *language)
{
  const char *locale_dir = g_getenv ("LYKTA_LOCALE_DIR");

  g_assert_nonnull (locale_dir);
  return language != NULL ? lykta_catalogue_new (locale_dir, language) : NULL;
}

static LyktaPage *
make_page (LyktaCertificateForm *form, const char *language, LyktaCertificatePageFlags flags)
{
  g_autoptr (LyktaCatalogue) second = open_catalogue (language);

  return lykta_certificate_page_new (form, second, flags);
}

static LyktaBlock *
get_block (LyktaPage *page, guint index)
{
  return lykta_certificate_page_get_block (LYKTA_CERTIFICATE_PAGE (page), index);
}

static gboolean
overlap (const cairo_rectangle_t *a, const cairo_rectangle_t *b)
{
  const double slack = 0.3;

  return a->x + a->width > b->x + slack && b->x + b->width > a->x + slack &&
         a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

/* Nothing leaves the page, nothing stands on anything else, nothing is a box. */
static void
assert_well_set (LyktaPage *page)
{
  for (guint i = 0; i < lykta_page_get_n_pages (page); i++) {
    LyktaBlock *block = get_block (page, i);
    guint n = lykta_block_get_n_texts (block);
    g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_t));

    for (guint j = 0; j < n; j++) {
      cairo_rectangle_t here;
      const char *text = lykta_block_get_text (block, j, &here);
      g_autofree char *missing = lykta_paper_find_missing_glyphs (text);

      g_assert_null (missing);
      if (text[0] == '\0')
        continue;
      g_assert_cmpfloat (here.x, >=, TEXT_LEFT - 2);
      g_assert_cmpfloat (here.x + here.width, <=, TEXT_RIGHT + 2);
      g_assert_cmpfloat (here.y, >=, BORDER);
      g_assert_cmpfloat (here.y + here.height, <=, LYKTA_PAPER_A4_HEIGHT - BORDER);
      for (guint k = 0; k < taken->len; k++) {
        if (overlap (&here, &g_array_index (taken, cairo_rectangle_t, k)))
          g_error ("“%s” stands on something else", text);
      }
      g_array_append_val (taken, here);
    }
  }
}

static gboolean
find_text (LyktaPage *page, const char *wanted, cairo_rectangle_t *extents)
{
  for (guint i = 0; i < lykta_page_get_n_pages (page); i++) {
    LyktaBlock *block = get_block (page, i);

    for (guint j = 0; j < lykta_block_get_n_texts (block); j++) {
      if (strstr (lykta_block_get_text (block, j, extents), wanted) != NULL)
        return TRUE;
    }
  }
  return FALSE;
}

/* Every text has a help in every language that says so, and Swedish is the same everywhere. */
static void
test_texts (void)
{
  g_autoptr (LyktaCatalogue) swedish = open_catalogue ("sv");

  for (guint i = 0; i < LYKTA_CERTIFICATE_N_TEXTS; i++) {
    const char *source = lykta_certificate_text_source (i);

    g_assert_nonnull (lykta_certificate_text_swedish (i));
    g_assert_nonnull (source);
    g_assert_cmpstr (lykta_catalogue_get (swedish, "certificate", source), ==,
                     lykta_certificate_text_swedish (i));
    g_assert_null (lykta_certificate_text_help (i, NULL));
    for (guint j = 1; j < G_N_ELEMENTS (languages); j++) {
      g_autoptr (LyktaCatalogue) catalogue = open_catalogue (languages[j]);

      g_test_message ("%s: %s", languages[j], source);
      g_assert_nonnull (lykta_certificate_text_help (i, catalogue));
      g_assert_true (lykta_certificate_page_speaks (catalogue));
    }
  }
}

/* A language without these texts leaves them out: no English between Swedish and Finnish. */
static void
test_unknown_language (void)
{
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  g_autoptr (LyktaCatalogue) finnish = open_catalogue ("fi");
  g_autoptr (LyktaPage) page = lykta_certificate_page_new (form, finnish, FLAG (NONE));
  cairo_rectangle_t extents;

  g_assert_false (lykta_certificate_page_speaks (finnish));
  g_assert_false (find_text (page, "Participant", &extents));
  assert_well_set (page);
}

static void
test_layout (void)
{
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  g_autoptr (LyktaCertificateForm) empty = lykta_certificate_form_new_empty ();
  static const LyktaCertificatePageFlags flags[] = {FLAG (NONE), FLAG (DRAFT), FLAG (BLANK)};

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (flags); j++) {
      g_autoptr (LyktaPage) page =
          make_page (flags[j] == FLAG (BLANK) ? empty : form, languages[i], flags[j]);

      g_test_message ("%s, flags %u", languages[i], flags[j]);
      assert_well_set (page);
      g_assert_cmpuint (lykta_page_get_n_pages (page), ==, 1);
      g_assert_cmpfloat (lykta_certificate_page_get_scale (LYKTA_CERTIFICATE_PAGE (page)), >=,
                         flags[j] == FLAG (BLANK) ? 0.8 : 0.9);
    }
  }
}

/* Everything that was filled in stands on the page. */
static void
test_values (void)
{
  static const char *const values[] = {
      "Amal Exempelsson",
      "12-345678/1",
      "Språkcafé på biblioteket",
      "Svenska språket · Det svenska samhället",
      "Exempelstads bibliotek, Storgatan 1, 123 45 Exempelstad, Göteborg kommun, Västra Götalands "
      "län",
      "måndagar och onsdagar 18:00–20:00",
      "2026-11-23 – tills vidare",
      "27",
      "Föreningen Exempelvännerna",
      "802000-0000",
      "Överenskommelse med länsstyrelsen",
      "5142-2026",
      "2026-03-01 – 2027-02-28",
      "Kim Exempel, 010-000 00 00, kim@example.org",
      "Ansökan om ersättning för resor",
      "2026-11-22",
      "2027-02-22",
      "Anordnaren meddelar Migrationsverket om deltagandet upphör.",
  };
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  g_autoptr (LyktaPage) page = make_page (form, "ar", FLAG (DRAFT));
  cairo_rectangle_t extents;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    g_test_message ("%s", values[i]);
    g_assert_true (find_text (page, values[i], &extents));
  }
  g_assert_true (find_text (page, "UTKAST – gäller inte", &extents));
}

/* Right-to-left help ends at the right margin; left-to-right help begins its own column. */
static void
test_columns (void)
{
  static const struct {
    const char *language;
    gboolean is_rtl;
  } cases[] = {{"ar", TRUE}, {"ti", FALSE}, {"en", FALSE}};
  static const LyktaCertificateText texts[] = {LYKTA_CERTIFICATE_TEXT_STATEMENT,
                                               LYKTA_CERTIFICATE_TEXT_DUTY,
                                               LYKTA_CERTIFICATE_TEXT_BINDING};
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaCatalogue) second = open_catalogue (cases[i].language);
    g_autoptr (LyktaPage) page = lykta_certificate_page_new (form, second, FLAG (NONE));

    for (guint j = 0; j < G_N_ELEMENTS (texts); j++) {
      cairo_rectangle_t swedish, help;

      g_assert_true (find_text (page, lykta_certificate_text_swedish (texts[j]), &swedish));
      g_assert_true (find_text (page, lykta_certificate_text_help (texts[j], second), &help));
      g_assert_cmpfloat (fabs (swedish.x - TEXT_LEFT), <, 2.5);
      g_assert_cmpfloat (help.x, >, TEXT_LEFT + 270);
      if (cases[i].is_rtl)
        g_assert_cmpfloat (fabs (help.x + help.width - TEXT_RIGHT), <, 2.5);
      else
        g_assert_cmpfloat (help.x, <, TEXT_LEFT + 290);
    }
  }
}

/* Lines of a paragraph keep their distance also where each of them needs other fonts. */
static void
test_leading (void)
{
  static const char text[] = "الاثنين 09:00–14:00 الثلاثاء 09:00–14:00 الأربعاء 09:00–14:00";
  const LyktaTypeStyle style = {.size = 10, .language = "ar", .width = 60};
  g_autoptr (LyktaType) type = lykta_type_new ();
  g_autoptr (PangoLayout) layout = lykta_type_set (type, text, &style);
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int before = pango_layout_iter_get_baseline (iter);
  double height;

  g_assert_cmpint (pango_layout_get_line_count (layout), >, 3);
  while (pango_layout_iter_next_line (iter)) {
    int baseline = pango_layout_iter_get_baseline (iter);

    g_assert_cmpfloat (fabs ((baseline - before) / (double)PANGO_SCALE - 13.62), <, 1.0);
    before = baseline;
  }
  pango_layout_iter_free (iter);
  lykta_type_get_size (layout, NULL, &height);
  g_assert_cmpfloat (fabs (height - 13.62 * pango_layout_get_line_count (layout)), <, 0.1);
}

/* However much the rules let somebody write, it stays on paper, on two pages at the most. */
static void
test_overfull (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
    g_autoptr (LyktaCertificateForm) form = NULL;
    g_autoptr (LyktaPage) page = NULL;
    cairo_rectangle_t extents;

    for (guint j = 0; j < LYKTA_CERTIFICATE_N_FIELDS; j++) {
      if (lykta_certificate_field_get_kind (j) == LYKTA_CERTIFICATE_KIND_TEXT &&
          j != FIELD (LMA_NUMBER) && j != FIELD (ORGANISATION_NUMBER))
        lykta_certificate_form_builder_set_text (builder, j, LONG_TEXT);
    }
    form = lykta_certificate_form_builder_end (builder);
    page = make_page (form, languages[i], FLAG (DRAFT));
    assert_well_set (page);
    g_assert_cmpuint (lykta_page_get_n_pages (page), ==, 2);
    g_assert_true (find_text (page, "Sida 2 av 2", &extents));
  }
}

static void
test_long_words (void)
{
  g_autofree char *word = g_strnfill (160, 'W');
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
  g_autoptr (LyktaCertificateForm) form = NULL;
  g_autoptr (LyktaPage) page = NULL;

  lykta_certificate_form_builder_set_text (builder, FIELD (HOLDER_NAME), word);
  lykta_certificate_form_builder_set_text (builder, FIELD (BASIS_REFERENCE), word);
  lykta_certificate_form_builder_set_text (builder, FIELD (CONTACT_EMAIL), word);
  form = lykta_certificate_form_builder_end (builder);
  page = make_page (form, "ar", FLAG (DRAFT));
  assert_well_set (page);
}

/* Longer than anything the rules allow: the preview shows its beginning, and stays a page. */
static void
test_far_too_long (void)
{
  g_autofree char *text = g_strnfill (1000, 'a');
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
  g_autoptr (LyktaCertificateForm) form = NULL;
  g_autoptr (LyktaPage) page = NULL;
  cairo_rectangle_t extents;

  for (guint i = FIELD (PLACE); i <= FIELD (SCHEDULE); i++)
    lykta_certificate_form_builder_set_text (builder, i, text);
  lykta_certificate_form_builder_set_text (builder, FIELD (SERIAL), text);
  form = lykta_certificate_form_builder_end (builder);
  page = make_page (form, "ti", FLAG (NONE));
  assert_well_set (page);
  g_assert_true (find_text (page, "aaa…", &extents));
}

/* Names in every script that a person may have; what no font has is found. */
static void
test_glyphs (void)
{
  static const struct {
    const char *text;
    const char *missing;
  } cases[] = {
      {"", NULL},
      {"Åsa Žižek Nguyễn", NULL},
      {"أمل السوري", NULL},
      {"ሰላም ኣማኑኤል", NULL},
      {"Оксана Їжак", NULL},
      {"ڕۆژین ێ", NULL},
      {"a\xcd\xb8z\xcd\xb8", "\xcd\xb8"},
      {"\xcd\xb9 x \xcd\xb8", "\xcd\xb9\xcd\xb8"},
  };
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();
  g_autoptr (LyktaCertificateForm) form = lykta_certificate_form_builder_end (builder);
  g_autoptr (LyktaCertificateForm) odd = NULL;
  g_autofree char *characters = NULL;
  g_autoptr (GError) error = NULL;
  LyktaCertificateField field;

  g_assert_true (lykta_paper_check_fonts (&error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *missing = lykta_paper_find_missing_glyphs (cases[i].text);

    g_assert_cmpstr (missing, ==, cases[i].missing);
  }
  g_assert_false (lykta_certificate_find_unprintable (form, NULL, NULL));
  lykta_certificate_form_builder_set_text (builder, FIELD (CONTACT_NAME), "Kim \xcd\xb8");
  odd = lykta_certificate_form_builder_end (builder);
  g_assert_true (lykta_certificate_find_unprintable (odd, &field, &characters));
  g_assert_cmpint (field, ==, FIELD (CONTACT_NAME));
  g_assert_cmpstr (characters, ==, "\xcd\xb8");
}

/* Share of pixels in a part of the page (in points) that are darker than paper. */
static double
measure_ink (LyktaPage *page, double x, double y, double width, double height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 595, 842);
  cairo_t *cr = cairo_create (surface);
  const guint8 *data;
  guint n = 0;
  int stride;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  lykta_page_draw (page, cr, 0);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int row = (int)y; row < (int)(y + height); row++) {
    for (int column = (int)x; column < (int)(x + width); column++)
      n += data[row * stride + column * 4] < 160;
  }
  cairo_surface_destroy (surface);
  return n / (width * height);
}

/* What is drawn: the column of the second language holds ink only with one, a draft is red over
 * the middle, and looking at a page does not change it. */
static void
test_drawing (void)
{
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  g_autoptr (LyktaPage) alone = make_page (form, NULL, FLAG (NONE));
  g_autoptr (LyktaPage) draft = make_page (form, NULL, FLAG (DRAFT));
  const double x = 440, y = 66, width = 107, height = 34;

  g_assert_cmpfloat (measure_ink (alone, x, y, width, height), <, 0.001);
  for (guint i = 1; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (LyktaPage) page = make_page (form, languages[i], FLAG (NONE));
    double ink = measure_ink (page, x, y, width, height);

    g_test_message ("%s: %.3f", languages[i], ink);
    g_assert_cmpfloat (ink, >, 0.01);
    g_assert_cmpfloat (ink, ==, measure_ink (page, x, y, width, height));
  }
  g_assert_cmpfloat (measure_ink (draft, 60, 42, 400, 18), >, 0.5);
  g_assert_cmpfloat (measure_ink (alone, 60, 42, 400, 18), <, 0.2);
}

static void
test_finalize (void)
{
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  LyktaPage *page = make_page (form, "ti", FLAG (DRAFT));

  g_assert_finalize_object (page);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/paper/certificate/texts", test_texts);
  g_test_add_func ("/paper/certificate/unknown-language", test_unknown_language);
  g_test_add_func ("/paper/certificate/layout", test_layout);
  g_test_add_func ("/paper/certificate/values", test_values);
  g_test_add_func ("/paper/certificate/columns", test_columns);
  g_test_add_func ("/paper/certificate/leading", test_leading);
  g_test_add_func ("/paper/certificate/overfull", test_overfull);
  g_test_add_func ("/paper/certificate/long-words", test_long_words);
  g_test_add_func ("/paper/certificate/far-too-long", test_far_too_long);
  g_test_add_func ("/paper/certificate/glyphs", test_glyphs);
  g_test_add_func ("/paper/certificate/drawing", test_drawing);
  g_test_add_func ("/paper/certificate/finalize", test_finalize);
  return g_test_run ();
}
