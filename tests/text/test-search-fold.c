/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-search-fold.h"

#include <string.h>

#include "support/lykta-test.h"

static gboolean
on_form (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  g_assert_cmpuint (strlen (word), ==, length);
  g_assert_cmpuint (length, >, 0);
  g_assert_cmpuint (start, <, end);
  g_assert_true (g_utf8_validate (word, (gssize)length, NULL));
  g_ptr_array_add (user_data, g_strdup (word));
  return TRUE;
}

/* Every form of every word of @text. */
static GPtrArray *
forms_of (const char *text, gboolean with_variants)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (lykta_search_fold (text, strlen (text), with_variants, on_form, forms));
  return forms;
}

/* What the store does: every word asked for is a form of some word of the text. With @is_typing
 * the last word may be only the beginning of one. */
static gboolean
finds (const char *question, const char *text, gboolean is_typing)
{
  g_autoptr (GPtrArray) words = forms_of (question, FALSE);
  g_autoptr (GPtrArray) forms = forms_of (text, TRUE);

  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);
    gboolean found = FALSE;

    for (guint j = 0; j < forms->len && !found; j++) {
      const char *form = g_ptr_array_index (forms, j);

      found = is_typing && i + 1 == words->len ? g_str_has_prefix (form, word)
                                               : strcmp (form, word) == 0;
    }
    if (!found)
      return FALSE;
  }
  return words->len > 0;
}

typedef struct {
  const char *a, *b;
} Pair;

/* Each finds the other. */
static const Pair same[] = {
    /* Swedish */
    {"sprakcafe", "Språkcafé"},
    {"sprakcafe", "språkkafé"},
    {"SPRÅKCAFE", "språkkafé"},
    {"språkkafe", "Språkcafé"},
    {"sprakkafé", "SPRÅKCAFÉ"},
    {"kafe", "café"},
    {"cafe", "kafé"},
    {"Cafe\xCC\x81", "café"},
    {"Språ\xCC\x8Ak", "språk"},
    {"angelholm", "Ängelholm"},
    {"ange", "Ånge"},
    {"orebro", "Örebro"},
    {"OREBRO", "örebro"},
    {"malmo", "Malmö"},
    {"lasning", "Läsning"},
    {"mattematik", "matematik"},
    {"trumma", "trummma"},
    {"Wallin", "Vallin"},
    {"workshop", "vorkshop"},
    {"handarbete", "HANDARBETE"},
    {"idé", "ide"},
    {"armé", "arme"},
    {"à", "a"},
    {"naïv", "naiv"},
    {"Åsa", "asa"},
    {"glöggmingel", "glogmingel"},
    {"ﬁka", "fika"},
    {"ＳＦＩ", "sfi"},
    {"soft\xC2\xADhyphen", "softhyphen"},
    {"klockan 18", "Klockan １８"},
    {"m²", "m2"},
    /* neighbours of Swedish */
    {"smørrebrød", "smorrebrod"},
    {"Ærø", "aero"},
    {"straße", "strasse"},
    {"STRAẞE", "strasse"},
    {"Þór", "Thor"},
    {"Łódź", "Lodz"},
    {"Đorđe", "Dorde"},
    {"Čapek", "capek"},
    {"Šahović", "sahovic"},
    {"Shqipëri", "shqiperi"},
    {"œuvre", "oeuvre"},
    {"ŋ", "n"},
    {"Sámi", "sami"},
    /* French, Spanish */
    {"école", "ecole"},
    {"français", "francais"},
    {"l’école", "l'école"},
    {"lecole", "l'école"},
    {"niño", "nino"},
    {"información", "informacion"},
    /* Somali, Oromo, English */
    {"af-soomaali", "af soomaali"},
    {"go'aan", "go’aan"},
    {"goaan", "go'aan"},
    {"women's", "womens"},
    {"women’s", "women's"},
    /* Turkish, Azeri, Kurmanji */
    {"ISTANBUL", "İstanbul"},
    {"istanbul", "ISTANBUL"},
    {"ıstanbul", "istanbul"},
    {"Türkçe", "turkce"},
    {"çay", "cay"},
    {"yüzme kursu", "YÜZME KURSU"},
    {"ağaç", "agac"},
    {"Azərbaycan", "azerbaycan"},
    {"Kurdî", "kurdi"},
    {"xwendinê", "xwendine"},
    {"şev", "sev"},
    {"Oʻzbek", "O'zbek"},
    {"Oʻzbek", "Ozbek"},
    /* Cyrillic */
    {"ёлка", "елка"},
    {"ЁЛКА", "ёлка"},
    {"Киев", "киев"},
    {"йога", "иога"},
    {"сім'я", "сім’я"},
    {"сім'я", "сімʼя"},
    {"сім`я", "сімя"},
    {"сімя", "сім'я"},
    {"п’ятниця", "п'ятниця"},
    {"Україна", "украіна"},
    {"їжа", "іжа"},
    {"ґанок", "ганок"},
    {"є", "е"},
    {"программа", "програма"},
    {"заня́тие", "занятие"},
    {"қазақ", "казак"},
    {"ўзбек", "узбек"},
    {"ТОҶИКӢ", "точики"},
    /* Greek */
    {"λόγος", "ΛΟΓΟΣ"},
    {"Ελλάδα", "ελλαδα"},
    /* Arabic */
    {"مدرسة", "مَدْرَسَةٌ"},
    {"مدرسه", "مدرسة"},
    {"مـــدرسة", "مدرسة"},
    {"أحمد", "احمد"},
    {"إسلام", "اسلام"},
    {"آمنة", "امنه"},
    {"ٱلله", "الله"},
    {"على", "علي"},
    {"مستشفى", "مستشفي"},
    {"كتاب", "کتاب"},
    {"اللغة", "لغة"},
    {"السويدية", "سويديه"},
    {"المدرسة", "مدرسة"},
    {"المَدْرَسَة", "مدرسه"},
    {"نساء", "نسا"},
    {"مساءً", "مساء"},
    {"شيء", "شي"},
    {"مسؤول", "مسوول"},
    {"رئيس", "رييس"},
    {"١٨", "18"},
    {"٢٠٢٦", "2026"},
    {"ﻣﺪﺭﺳﺔ", "مدرسة"},
    {"ﻻ", "لا"},
    {"ڤيتامين", "فيتامين"},
    {"السَّلَامُ عَلَيْكُمْ", "السلام عليكم"},
    {"اللُّغَة السُّوِيدِيَّة", "لغة سويدية"},
    /* Persian and Dari */
    {"فارسي", "فارسی"},
    {"كلاس", "کلاس"},
    {"۱۸", "18"},
    {"۱۲۳", "١٢٣"},
    {"می‌روم", "میروم"},
    {"خانه‌ی", "خانهی"},
    {"خانهٔ", "خانه"},
    {"خانۀ", "خانه"},
    {"کتاب‌ها", "كتابها"},
    {"مسئول", "مسيول"},
    {"آموزش", "اموزش"},
    {"زبان سوئدی", "زبان سویدي"},
    /* Pashto */
    {"ښځې", "شځی"},
    {"پښتو", "پشتو"},
    {"ټولګی", "تولگي"},
    {"ژبۍ", "ژبی"},
    {"ماښام", "ماشام"},
    {"کړی", "کری"},
    {"ډېر", "دیر"},
    /* Sorani */
    {"کوردی", "كوردي"},
    {"ئەمڕۆ", "ئهمرو"},
    {"ژنان و پیاوان", "ژنان و پياوان"},
    {"خوێندن", "خویندن"},
    {"فێربوون", "فيربوون"},
    {"سوێد", "سوید"},
    {"هەولێر", "ههولیر"},
    {"گەڵ", "گهل"},
    {"کۆمەڵە", "كومهله"},
    /* Urdu */
    {"ہفتہ", "هفته"},
    {"لڑکے", "لرکي"},
    {"زبان", "زباں"},
    /* Hebrew */
    {"שָׁלוֹם", "שלום"},
    {"בית־ספר", "בית ספר"},
    {"צה״ל", "צהל"},
    /* Ethiopic: Amharic and Tigrinya */
    {"ሀገር", "ሐገር"},
    {"ሀገር", "ኀገር"},
    {"ሃገር", "ሀገር"},
    {"ሓገር", "ሃገር"},
    {"ሰላም", "ሠላም"},
    {"አማርኛ", "ዐማርኛ"},
    {"ኣማርኛ", "አማርኛ"},
    {"ዓለም", "አለም"},
    {"ዓርቢ", "ኣርቢ"},
    {"ጸሐይ", "ፀሀይ"},
    {"ጽሑፍ", "ፅሁፍ"},
    {"ሰው", "ሠዉ"},
    {"ቋንቋ", "ቋንቋ"},
    {"ጐንደር", "ጎንደር"},
    {"ሰላም፡ዓለም", "ሰላም ዓለም"},
    {"ትምህርቲ።", "ትምህርቲ"},
    {"ትግርኛ፣", "ትግርኛ"},
    {"፲፰", "108"},
    {"፫", "3"},
    /* others */
    {"हिन्दी", "हिन्दी"},
    {"২০", "20"},
    {"日本", "日 本"},
    {"中文", "中 文"},
    {"ქართული", "ქართული"},
    {"ᲥᲐᲠᲗᲣᲚᲘ", "ქართული"},
    {"ՀԱՅԵՐԵՆ", "հայերեն"},
    {"한국어", "한국어"},
};

/* The question finds the text; the other way round may fail. */
static const Pair found[] = {
    {"مدرسة", "والمدرسة"},
    {"مدرسة", "بالمدرسة"},
    {"مدرسة", "كالمدرسة"},
    {"المدرسة", "بالمدرسة"},
    {"المدرسة", "والمدرسة"},
    {"نساء", "للنساء"},
    {"النساء", "للنساء"},
    {"نساء", "والنساء"},
    {"نساء", "وللنساء"},
    {"ستوكهولم", "بستوكهولم"},
    {"شاي", "وشاي"},
    {"مبتدئين", "لمبتدئين"},
    {"روم", "می‌روم"},
    {"می روم", "می‌روم"},
    {"کتاب", "کتاب‌ها"},
    {"ecole", "l’école"},
    {"women", "women's"},
    {"språkcafé", "språk-café"},
    {"språkkafé", "språk-kafé"},
    {"språk", "språk-café"},
    {"cafe", "språk-café"},
    {"epost", "e-post"},
    {"ithjälp", "IT-hjälp"},
    {"mamabarngrupp", "mamma-barn-grupp"},
    {"kafé", "Välkommen till språkets kafé!"},
    {"arbete", "\"arbete\""},
    {"arbete", "'arbete'"},
    {"arbete", "arbete/praktik"},
    {"18", "18:30"},
    {"بازار", "بازار"},
};

static const Pair different[] = {
    {"kafe", "te"}, {"mamma", "pappa"},   {"مدرسة", "مدرس"},
    {"18", "1800"}, {"სკოლა", "სახლი"},   {"दिन", "दान"},
    {"ሰላም", "ሰለም"}, {"barn", "barnbarn"}, {"språk café", "språkcafé"},
};

static void
test_same (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (same), >=, 150);
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    if (!finds (same[i].a, same[i].b, FALSE) || !finds (same[i].b, same[i].a, FALSE)) {
      g_autofree char *a = lykta_search_fold_string (same[i].a);
      g_autofree char *b = lykta_search_fold_string (same[i].b);

      g_test_message ("%s -> %s, %s -> %s", same[i].a, a, same[i].b, b);
      g_test_fail ();
    }
  }
}

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++) {
    if (!finds (found[i].a, found[i].b, FALSE)) {
      g_test_message ("%s does not find %s", found[i].a, found[i].b);
      g_test_fail ();
    }
  }
}

static void
test_different (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (different); i++) {
    if (finds (different[i].a, different[i].b, FALSE)) {
      g_test_message ("%s finds %s", different[i].a, different[i].b);
      g_test_fail ();
    }
  }
}

/* Whatever is typed of a word so far finds it. Only the article ال, until two letters follow it,
 * finds nothing but words that have it. */
static void
check_typing (const char *question, const char *text)
{
  g_autoptr (GPtrArray) words = forms_of (question, FALSE);

  if (words->len != 1)
    return;
  for (const char *p = g_utf8_next_char (question);; p = g_utf8_next_char (p)) {
    g_autofree char *typed = g_strndup (question, (gsize)(p - question));
    g_autoptr (GPtrArray) typed_words = forms_of (typed, FALSE);

    if (typed_words->len > 0 && !finds (typed, text, TRUE) &&
        !g_str_has_prefix ("ال", g_ptr_array_index (typed_words, 0)) &&
        !g_str_has_prefix (g_ptr_array_index (typed_words, 0), "ال")) {
      g_test_message ("%s (of %s) does not find %s", typed, question, text);
      g_test_fail ();
    }
    if (*p == '\0')
      return;
  }
}

static void
test_typing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    check_typing (same[i].a, same[i].b);
    check_typing (same[i].b, same[i].a);
    check_typing (same[i].a, same[i].a);
    check_typing (same[i].b, same[i].b);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    check_typing (found[i].b, found[i].b);
  g_assert_true (finds ("ا", "المدرسة", TRUE));
  g_assert_true (finds ("ال", "المدرسة", TRUE));
  g_assert_true (finds ("الم", "المدرسة", TRUE));
  g_assert_true (finds ("المد", "المدرسة", TRUE));
}

static void
test_words (void)
{
  static const struct {
    const char *text;
    gboolean with_variants;
    const char *words;
  } cases[] = {
      {"", FALSE, ""},
      {"   \n\t ", FALSE, ""},
      {"!?—…", FALSE, ""},
      {"Språkcafé på Östermalm, kl. 18:30–20", FALSE, "sprakafe pa ostermalm kl 18 30 20"},
      {"«Привет», мир!", FALSE, "привет мир"},
      {"'tis the 'end'", FALSE, "tis the end"},
      {"-a-b-", TRUE, "a b ab"},
      {"a--b", TRUE, "a b"},
      {"a - b", TRUE, "a b"},
      {"l'école", TRUE, "lekole ekole"},
      {"a\xFFь\xC3", FALSE, "a ь"},
      {"\xED\xA0\x80x\xC0\x80y\xF8z", FALSE, "x y z"},
      {"abc\xE2\x80", FALSE, "abk"},
      {"👋🏽 hej 👨‍👩‍👧", FALSE, "hej"},
      {"ال", FALSE, "ال"},
      {"الم", FALSE, "الم"},
      {"المد", TRUE, "مد المد"},
      {"½ kopp", FALSE, "kop"},
      {"www.example.se/ä", FALSE, "v example se a"},
      {"日本語", FALSE, "日 本 語"},
      {"\xE2\x80\x8E١٢\xE2\x80\x8F", FALSE, "12"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) forms = forms_of (cases[i].text, cases[i].with_variants);
    g_autofree char *joined = NULL;

    g_ptr_array_add (forms, NULL);
    joined = g_strjoinv (" ", (char **)forms->pdata);
    g_assert_cmpstr (joined, ==, cases[i].words);
  }
}

typedef struct {
  const char *text;
  guint n;
} Places;

static gboolean
on_place (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  static const char *const originals[] = {"Åh", "språk", "café", "café", "l'école", "l'école"};
  static const gboolean variants[] = {FALSE, FALSE, FALSE, TRUE, FALSE, TRUE};
  Places *places = user_data;
  g_autofree char *original = g_strndup (places->text + start, end - start);

  g_assert_cmpuint (places->n, <, G_N_ELEMENTS (originals));
  g_assert_cmpstr (original, ==, originals[places->n]);
  g_assert_cmpint (is_variant, ==, variants[places->n]);
  places->n++;
  return TRUE;
}

static void
test_places (void)
{
  Places places = {"“Åh!” språk-café (l'école)", 0};

  g_assert_true (lykta_search_fold (places.text, strlen (places.text), TRUE, on_place, &places));
  g_assert_cmpuint (places.n, ==, 6);
}

static gboolean
on_stop (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  guint *left = user_data;

  return --*left > 0;
}

static void
test_stop (void)
{
  const char *text = "a b-c l'école والمدرسة 日 d";

  for (guint stop_at = 1; stop_at < 12; stop_at++) {
    guint left = stop_at;

    g_assert_false (lykta_search_fold (text, strlen (text), TRUE, on_stop, &left));
    g_assert_cmpuint (left, ==, 0);
  }
}

static void
test_long_words (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autoptr (GPtrArray) forms = NULL;

  for (gsize i = 0; i < 100000; i++)
    text[i] = (char)('a' + i % 26);
  for (gsize i = 200; i < 100000; i += 150)
    text[i] = i % 4 == 0 ? '-' : '\'';
  forms = forms_of (text, TRUE);
  for (guint i = 0; i < forms->len; i++)
    g_assert_cmpuint (strlen (g_ptr_array_index (forms, i)), <=, 120);
}

/* Random bytes, and random characters of the scripts we care for, never do harm. */
static void
test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 3000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    guint n = (guint)g_rand_int_range (random, 0, 200);

    for (guint i = 0; i < n; i++) {
      if (round % 2 == 0)
        g_string_append_c (text, (char)g_rand_int_range (random, 1, 256));
      else
        g_string_append_unichar (text, (gunichar)g_rand_int_range (random, 1, 0x110000) & 0x1FFFF);
    }
    g_clear_pointer (&(GPtrArray *){forms_of (text->str, TRUE)}, g_ptr_array_unref);
  }
}

/* Folding what is folded changes nothing. */
static void
test_stable (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *once = lykta_search_fold_string (same[i].a);
    g_autofree char *twice = lykta_search_fold_string (once);

    if (!g_str_has_prefix (once, "ال"))
      g_assert_cmpstr (once, ==, twice);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/search-fold/same", test_same);
  g_test_add_func ("/text/search-fold/found", test_found);
  g_test_add_func ("/text/search-fold/different", test_different);
  g_test_add_func ("/text/search-fold/typing", test_typing);
  g_test_add_func ("/text/search-fold/words", test_words);
  g_test_add_func ("/text/search-fold/places", test_places);
  g_test_add_func ("/text/search-fold/stop", test_stop);
  g_test_add_func ("/text/search-fold/long-words", test_long_words);
  g_test_add_func ("/text/search-fold/noise", test_noise);
  g_test_add_func ("/text/search-fold/stable", test_stable);
  return g_test_run ();
}
