/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-plain-text.h"

#include <string.h>

#include "support/lykta-test.h"

static void
test_clean (void)
{
  static const struct {
    const char *text;
    gsize max_chars;
    const char *clean;
    gboolean was_cut;
  } cases[] = {
      {"", 10, "", FALSE},
      {"Språkkafé", 100, "Språkkafé", FALSE},
      {"Språkkafé", 9, "Språkkafé", FALSE},
      {"Språkkafé", 8, "Språkkaf", TRUE},
      {"abc", 0, "", TRUE},
      {"", 0, "", FALSE},
      {"abc", G_MAXSIZE, "abc", FALSE},
      /* line ends */
      {"a\r\nb\rc\nd\xE2\x80\xA8"
       "e\x0B"
       "f\xC2\x85g",
       100, "a\nb\nc\nd\ne\nf\ng", FALSE},
      {"a\r\n\r\n\r\n\r\nb\n\n\nc", 100, "a\n\nb\n\nc", FALSE},
      {"\n\n  a  \n  b\t\n\n ", 100, "a\nb", FALSE},
      {"a  b\tc", 100, "a  b c", FALSE},
      /* control characters */
      {"a\x01\x1B[31mb\x7F"
       "c\xC2\x9B"
       "d",
       100, "a[31mbcd", FALSE},
      /* bidirectional tricks: overrides and embeddings go, marks stay */
      {"\xE2\x80\xAE"
       "evil\xE2\x80\xAC \xE2\x80\xAA"
       "x\xE2\x80\xAB",
       100, "evil x", FALSE},
      {"a\xE2\x80\x8F"
       "b\xE2\x80\x8E"
       "c",
       100,
       "a\xE2\x80\x8F"
       "b\xE2\x80\x8E"
       "c",
       FALSE},
      /* isolates: pairs stay, others go */
      {"\xE2\x81\xA8"
       "a\xE2\x81\xA9",
       100,
       "\xE2\x81\xA8"
       "a\xE2\x81\xA9",
       FALSE},
      {"\xE2\x81\xA8"
       "a",
       100, "a", FALSE},
      {"a\xE2\x81\xA9", 100, "a", FALSE},
      {"\xE2\x81\xA7"
       "a\nb\xE2\x81\xA9",
       100, "a\nb", FALSE},
      {"\xE2\x81\xA6"
       "a\xE2\x81\xA8"
       "b\xE2\x81\xA9"
       "c",
       100,
       "a\xE2\x81\xA8"
       "b\xE2\x81\xA9"
       "c",
       FALSE},
      {"\xE2\x81\xA6"
       "abc\xE2\x81\xA9",
       2, "a", TRUE},
      /* Persian and Indic joiners stay */
      {"می‌روم", 100, "می‌روم", FALSE},
      /* private use, noncharacters, byte order mark, tags, object replacement */
      {"a\xEE\x80\x80"
       "b\xEF\xBF\xBE"
       "c\xEF\xBB\xBF"
       "d\xF3\xA0\x81\xA5"
       "e\xEF\xBF\xBC"
       "f\xE2\x80\x8B"
       "g",
       100, "abcdefg", FALSE},
      /* composed form */
      {"e\xCC\x81", 100, "é", FALSE},
      {"a\xCC\x8A", 1, "å", FALSE},
      {"e\x01\xCC\x81", 100, "é", FALSE},
      {"e\xCC\x81x", 1, "é", TRUE},
      /* a letter is not cut from its marks */
      {"ab\xCC\xB2", 2, "a", TRUE},
      {"مَدْرَسَةٌ", 2, "مَ", TRUE},
      /* shadda before its vowel or after: one order */
      {"مُحَمَّد", 100, "مُحَمَّد", FALSE},
      /* marks piled up */
      {"Z\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96", 100,
       "Z\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96\xCC\x96", FALSE},
      /* invalid bytes are seen as what they are */
      {"a\xFF"
       "b",
       100,
       "a\xEF\xBF\xBD"
       "b",
       FALSE},
      {"👨‍👩‍👧", 100, "👨‍👩‍👧", FALSE},
      /* Markup of Pango is just text here; whoever draws it escapes it. */
      {"<b>&amp;", 100, "<b>&amp;", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean was_cut = !cases[i].was_cut;
    g_autofree char *clean = lykta_plain_text (cases[i].text, cases[i].max_chars, &was_cut);
    g_autofree char *again = lykta_plain_text (clean, cases[i].max_chars, NULL);

    g_test_message ("%" G_GSIZE_FORMAT ": %s", i, cases[i].text);
    g_assert_cmpstr (clean, ==, cases[i].clean);
    g_assert_cmpint (was_cut, ==, cases[i].was_cut);
    g_assert_cmpstr (again, ==, clean);
  }
}

static void
test_html (void)
{
  static const struct {
    const char *html;
    const char *text;
  } cases[] = {
      {"", ""},
      {"Hej", "Hej"},
      {"<p>Hej</p><p>då</p>", "Hej\n\ndå"},
      {"<div>a</div><div>b</div>", "a\nb"},
      {"a<br>b<br/>c<BR />d", "a\nb\nc\nd"},
      {"a<br><br>b", "a\n\nb"},
      {"<b>fet</b>, <i>kursiv</i> &amp; <a href=\"https://example.se/?a=1&b=2\">länk</a>",
       "fet, kursiv & länk"},
      {"<ul><li>ett</li><li>två</li></ul>efter", "– ett\n– två\n\nefter"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
      {"  mycket \n\n  luft  ", "mycket luft"},
      {"&aring;&auml;&ouml; &Aring;&Auml;&Ouml;", "åäö ÅÄÖ"},
      {"&#229;&#xe4;&#XF6;&#229 x", "åäöå x"},
      {"&#146;&#150;", "’–"},
      {"&#0;&#x110000;&#xD800;&#99999999999999999999;",
       "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"AT&T &unknown; & &; &# &#x;", "AT&T &unknown; & &; &# &#x;"},
      {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
      {"a < b > c", "a < b > c"},
      {"3 <5", "3 <5"},
      {"a<script>alert('<b>')</script>b<STYLE type=x>p{}</style >c", "abc"},
      {"<script>aldrig slut", ""},
      {"<script/>kvar", "kvar"},
      {"<head><title>x</title></head><body>y</body>", "y"},
      {"a<!-- <b> -- > -->b<!-- aldrig slut", "ab"},
      {"<!DOCTYPE html><html>x</html>", "x"},
      {"<a title=\"a > b\">x</a>", "x"},
      {"<a title=\"aldrig slut>x</a> y", "x y"},
      {"<unknown-tag>x</unknown-tag>", "x"},
      {"<p", "<p"},
      {"<", "<"},
      {"</", "</"},
      {"<h1>Rubrik</h1>text", "Rubrik\n\ntext"},
      {"&#x202E;evil", "evil"},
      {"&zwnj;&nbsp;x", "\xE2\x80\x8C\xC2\xA0x"},
      {"p\xFFq", "p\xEF\xBF\xBDq"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = lykta_plain_text_from_html (cases[i].html, 1000, NULL);

    g_test_message ("%s", cases[i].html);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_looks_like_html (void)
{
  static const struct {
    const char *text;
    gboolean is_html;
  } cases[] = {
      {"", FALSE},
      {"Vanlig text", FALSE},
      {"a < b", FALSE},
      {"barn <3 år", FALSE},
      {"I <3 språk", FALSE},
      {"Mat & prat", FALSE},
      {"kontakt <anna@example.se>", FALSE},
      {"<https://example.se>", FALSE},
      {"AT&T;", FALSE},
      {"&#9731;", FALSE},
      {"<p>Hej</p>", TRUE},
      {"rad<br>rad", TRUE},
      {"rad<BR/>rad", TRUE},
      {"<b>x", TRUE},
      {"</p>", TRUE},
      {"<!doctype HTML>", TRUE},
      {"<!-- x -->", TRUE},
      {"Mat &amp; prat", TRUE},
      {"spr&aring;k", TRUE},
      {"<p", FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (lykta_plain_text_looks_like_html (cases[i].text), ==, cases[i].is_html);
  }
}

static void
test_isolates (void)
{
  static const struct {
    const char *text, *any, *ltr;
  } cases[] = {
      {"", "", ""},
      {"a",
       "\xE2\x81\xA8"
       "a\xE2\x81\xA9",
       "\xE2\x81\xA6"
       "a\xE2\x81\xA9"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *any = lykta_isolate (cases[i].text);
    g_autofree char *ltr = lykta_isolate_ltr (cases[i].text);

    g_assert_cmpstr (any, ==, cases[i].any);
    g_assert_cmpstr (ltr, ==, cases[i].ltr);
  }
}

/* Whatever comes in, what comes out is clean; and it comes out soon. */
static void
test_noise (void)
{
  static const char *const scraps[] = {
      "<",  ">",        "</",        "<p ",  "\"",   "=\"",          "&",
      "&#", "&amp;",    "x",         "é",    "\xFF", "\xE2\x81\xA8", "\xE2\x81\xA9",
      "\n", "\r",       "<!--",      " ",    "ab",   "\xCC\x81",     "-->",
      "م",  "<script>", "</script>", "\x01", "'",    "\xEF\xBF\xBF"};
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 4000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    guint n = (guint)g_rand_int_range (random, 0, 60);
    gsize max_chars = (gsize)g_rand_int_range (random, 0, 40);
    g_autofree char *plain = NULL;
    g_autofree char *again = NULL;
    g_autofree char *html = NULL;

    for (guint i = 0; i < n; i++)
      g_string_append (text, scraps[g_rand_int_range (random, 0, G_N_ELEMENTS (scraps))]);
    plain = lykta_plain_text (text->str, max_chars, NULL);
    again = lykta_plain_text (plain, max_chars, NULL);
    html = lykta_plain_text_from_html (text->str, max_chars, NULL);
    g_assert_true (g_utf8_validate (plain, -1, NULL));
    g_assert_true (g_utf8_validate (html, -1, NULL));
    g_assert_cmpint (g_utf8_strlen (plain, -1), <=, (glong)max_chars);
    g_assert_cmpint (g_utf8_strlen (html, -1), <=, (glong)max_chars);
    g_assert_cmpstr (plain, ==, again);
    g_assert_null (strpbrk (plain, "\r\x01"));
  }
}

static void
test_hostile_sizes (void)
{
  static const char *const patterns[] = {"<a \"",        "<",        "&",     "\xE2\x81\xA8",
                                         "\xE2\x81\xA9", "<script>", "<!--",  "\xCC\x81",
                                         "</",           "\n",       "<p a='"};

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *plain = NULL;
    g_autofree char *html = NULL;
    gint64 start = g_get_monotonic_time ();

    while (text->len < 256 * 1024)
      g_string_append (text, patterns[i]);
    plain = lykta_plain_text (text->str, 20000, NULL);
    html = lykta_plain_text_from_html (text->str, 20000, NULL);
    lykta_plain_text_looks_like_html (text->str);
    g_test_message ("%s: %d ms", patterns[i], (int)((g_get_monotonic_time () - start) / 1000));
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  }
}

/* Ordinary text takes a short cut; a control character before it takes it the long way, and both
 * must end at the same place. */
static void
test_short_cut (void)
{
  static const gunichar letters[] = {'a',    'B',    ' ',    ' ',    '\n',   '\n',   '<',
                                     0x00E5, 0x0416, 0x0645, 0x0640, 0x064B, 0x06C0, 0x06F5,
                                     0x12A0, 0x2014, 0x200C, 0x20AC, 0x00A0, 0x0301, 0x2028,
                                     0x202E, 0x2067, 0x0344, 0xAC00, 0x1100, 0x1161};

  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *detour = NULL;
    g_autofree char *quick = NULL;
    g_autofree char *slow = NULL;
    gboolean was_cut_quick, was_cut_slow;
    /* Mostly from the front of the list, which is ordinary. */
    gint32 variety = g_test_rand_int_range (1, (gint32)G_N_ELEMENTS (letters) + 1);
    gsize max_chars = (gsize)g_test_rand_int_range (1, 30);

    for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
      g_string_append_unichar (text, letters[g_test_rand_int_range (0, variety)]);
    detour = g_strconcat ("\x01", text->str, NULL);
    quick = lykta_plain_text (text->str, max_chars, &was_cut_quick);
    slow = lykta_plain_text (detour, max_chars, &was_cut_slow);
    g_assert_cmpstr (quick, ==, slow);
    g_assert_cmpint (was_cut_quick, ==, was_cut_slow);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/plain-text/clean", test_clean);
  g_test_add_func ("/text/plain-text/html", test_html);
  g_test_add_func ("/text/plain-text/looks-like-html", test_looks_like_html);
  g_test_add_func ("/text/plain-text/isolates", test_isolates);
  g_test_add_func ("/text/plain-text/short-cut", test_short_cut);
  g_test_add_func ("/text/plain-text/noise", test_noise);
  g_test_add_func ("/text/plain-text/hostile-sizes", test_hostile_sizes);
  return g_test_run ();
}
