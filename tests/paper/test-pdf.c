/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The certificate as a file, read by other people's programs. */
#include <string.h>

#include "certificate/certificate-fixture.h"
#include "paper/lykta-certificate-page.h"
#include "support/lykta-test.h"

#define NOW 1795345200

/* @page in a file of @dir. (transfer full): its path. */
static char *
write_pdf (LyktaTestDir *dir, LyktaPage *page, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = lykta_page_to_pdf (page, NOW, &error);
  gsize length;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (pdf, &length);
  return lykta_test_dir_write (dir, name, data, (gssize)length);
}

static char *
run (const char *program, const char *option, const char *path, const char *output)
{
  const char *argv[] = {program, option, path, output, NULL};
  const char *const *arguments = argv;
  char *text = NULL;

  if (option == NULL) {
    argv[1] = path;
    argv[2] = output;
    argv[3] = NULL;
  }
  g_assert_cmpint (lykta_test_run_program (arguments, &text, NULL), ==, 0);
  return text;
}

static LyktaPage *
new_page (const char *language, LyktaCertificatePageFlags flags)
{
  g_autoptr (LyktaCertificateForm) form = certificate_fixture_form ();
  g_autoptr (LyktaCatalogue) second =
      language != NULL ? lykta_catalogue_new (g_getenv ("LYKTA_LOCALE_DIR"), language) : NULL;

  return lykta_certificate_page_new (form, second, flags);
}

/* Tagged, dated, titled, A4, and nothing about a person outside the page itself. */
static void
test_info (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaPage) page = new_page ("ar", LYKTA_CERTIFICATE_PAGE_DRAFT);
  g_autofree char *path = write_pdf (dir, page, "page.pdf");
  g_autofree char *info = NULL;
  g_autofree char *structure = NULL;

  if (!lykta_test_need_program ("pdfinfo"))
    return;
  info = run ("pdfinfo", NULL, path, NULL);
  g_test_message ("%s", info);
  g_assert_nonnull (strstr (info, "Intyg om deltagande (utkast)"));
  g_assert_nonnull (strstr (info, "Lykta"));
  g_assert_nonnull (strstr (info, "2026"));
  g_assert_nonnull (strstr (info, "(A4)"));
  g_assert_true (g_regex_match_simple ("Tagged: +yes", info, 0, 0));
  g_assert_null (strstr (info, "Amal"));
  structure = run ("pdfinfo", "-struct", path, NULL);
  g_assert_nonnull (strstr (structure, "H1"));
  g_assert_nonnull (strstr (structure, "H2"));
  g_assert_nonnull (strstr (structure, "Table"));
  g_assert_nonnull (strstr (structure, "TH"));
}

/* Each font of the page is inside the file, with the way back to characters. */
static void
test_fonts (void)
{
  static const char *const languages[] = {NULL, "ar", "ti"};
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();

  if (!lykta_test_need_program ("pdffonts"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (LyktaPage) page = new_page (languages[i], LYKTA_CERTIFICATE_PAGE_NONE);
    g_autofree char *path = write_pdf (dir, page, "fonts.pdf");
    g_autofree char *fonts = run ("pdffonts", NULL, path, NULL);
    g_auto (GStrv) lines = g_strsplit (fonts, "\n", -1);

    g_test_message ("%s", fonts);
    g_assert_cmpuint (g_strv_length (lines), >=, 4);
    for (guint j = 2; lines[j] != NULL && lines[j][0] != '\0'; j++) {
      g_assert_nonnull (strstr (lines[j], "+NotoSans"));
      g_assert_true (g_regex_match_simple ("yes yes yes", lines[j], 0, 0));
    }
    if (i > 0)
      g_assert_nonnull (strstr (fonts, i == 1 ? "NotoSansArabic" : "NotoSansEthiopic"));
  }
}

/* The Swedish text can be read, searched and copied letter by letter, beside every language. */
static void
test_text (void)
{
  static const char *const sentences[] = {
      "Intyg om deltagande",
      "Amal Exempelsson",
      "12-345678/1",
      "Språkcafé på biblioteket",
      "måndagar och onsdagar 18:00–20:00",
      "Föreningen Exempelvännerna",
      "Överenskommelse med länsstyrelsen",
      "Ansökan om ersättning för resor",
      "Giltigt till och med",
      "2027-02-22",
      "Anordnarens underskrift",
      "Namnförtydligande",
      "Anordnaren meddelar Migrationsverket om deltagandet upphör.",
  };
  static const char *const languages[] = {NULL, "en", "ar", "ti"};
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();

  if (!lykta_test_need_program ("pdftotext"))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (LyktaPage) page = new_page (languages[i], LYKTA_CERTIFICATE_PAGE_NONE);
    g_autofree char *path = write_pdf (dir, page, "text.pdf");
    g_autofree char *text = run ("pdftotext", "-raw", path, "-");

    for (guint j = 0; j < G_N_ELEMENTS (sentences); j++) {
      g_test_message ("%s: %s", languages[i], sentences[j]);
      g_assert_nonnull (strstr (text, sentences[j]));
    }
    g_assert_null (strstr (text, "UTKAST"));
    if (i == 3)
      g_assert_nonnull (strstr (text, "ምስክር ወረቐት ተሳትፎ"));
  }
}

/* The same page gives the same file at the same time, and other pages are what they should be. */
static void
test_marks (void)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaPage) draft = new_page ("ti", LYKTA_CERTIFICATE_PAGE_DRAFT);
  g_autoptr (LyktaPage) blank = new_page (NULL, LYKTA_CERTIFICATE_PAGE_BLANK);
  g_autofree char *path = write_pdf (dir, draft, "draft.pdf");
  g_autofree char *text = NULL;
  g_autoptr (GBytes) once = lykta_page_to_pdf (draft, NOW, NULL);
  g_autoptr (GBytes) twice = lykta_page_to_pdf (draft, NOW, NULL);

  g_assert_true (g_bytes_equal (once, twice));
  g_assert_cmpuint (g_bytes_get_size (once), <, 100 * 1024);
  g_assert_cmpstr (lykta_page_get_title (blank), ==, "Intyg om deltagande (blankett)");
  if (!lykta_test_need_program ("pdftotext"))
    return;
  text = run ("pdftotext", "-raw", path, "-");
  g_assert_nonnull (strstr (text, "UTKAST – gäller inte"));
  g_assert_nonnull (strstr (text, "ንድፊ"));
}

static void
test_png (void)
{
  g_autoptr (LyktaPage) page = new_page ("ar", LYKTA_CERTIFICATE_PAGE_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = lykta_page_to_png (page, 0, 72, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);
}

/* A page that cannot be drawn: it takes back what was never put. */
#define TEST_TYPE_BROKEN_PAGE (test_broken_page_get_type ())
G_DECLARE_FINAL_TYPE (TestBrokenPage, test_broken_page, TEST, BROKEN_PAGE, GObject)
struct _TestBrokenPage {
  GObject parent_instance;
};

static guint
broken_get_n_pages (LyktaPage *page)
{
  return 1;
}

static void
broken_get_size (LyktaPage *page, double *width, double *height)
{
  *width = *height = 100;
}

static void
broken_draw (LyktaPage *page, cairo_t *cr, guint index)
{
  cairo_restore (cr);
}

static const char *
broken_get_title (LyktaPage *page)
{
  return "Broken";
}

static void
broken_iface_init (LyktaPageInterface *iface)
{
  iface->get_n_pages = broken_get_n_pages;
  iface->get_size = broken_get_size;
  iface->draw = broken_draw;
  iface->get_title = broken_get_title;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestBrokenPage,
                               test_broken_page,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_PAGE, broken_iface_init))

static void
test_broken_page_class_init (TestBrokenPageClass *klass)
{
}

static void
test_broken_page_init (TestBrokenPage *self)
{
}

static void
test_failure (void)
{
  g_autoptr (LyktaPage) page = g_object_new (TEST_TYPE_BROKEN_PAGE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_page_to_pdf (page, NOW, &error));
  g_assert_error (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (lykta_page_to_png (page, 0, 72, &error));
  g_assert_error (error, LYKTA_PAPER_ERROR, LYKTA_PAPER_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/paper/pdf/info", test_info);
  g_test_add_func ("/paper/pdf/fonts", test_fonts);
  g_test_add_func ("/paper/pdf/text", test_text);
  g_test_add_func ("/paper/pdf/marks", test_marks);
  g_test_add_func ("/paper/pdf/png", test_png);
  g_test_add_func ("/paper/pdf/failure", test_failure);
  return g_test_run ();
}
