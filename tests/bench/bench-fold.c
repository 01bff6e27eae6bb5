/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast the search folds text, beside the shortest code that does something like it with GLib:
 * case folding alone (which finds neither é by e nor vocalised Arabic), and case folding with
 * decomposition and dropped marks. Same text, same process, best of five. */

#include <string.h>

#include "text/lykta-date-format.h"
#include "text/lykta-search-fold.h"

#define CORPUS_BYTES (8 * 1024 * 1024)
#define ROUNDS       5
#define N_HEADINGS   20000

typedef struct {
  const char *name;
  const char *paragraph;
} Corpus;

static const Corpus corpora[] = {
    {"Swedish",
     "Språkkafé på biblioteket varje tisdag kl. 18:00–20:00. Öva svenska över en kopp kaffe med "
     "andra som är nya i Sverige. Ingen föranmälan, kom när du vill! Barn är välkomna. "},
    {"Arabic",
     "مقهى اللغة في المكتبة كل يوم ثلاثاء. تَدَرَّبْ على اللغة السويدية مع فنجان قهوة، والأطفال مرحَّب بهم. "
     "لا حاجة إلى التسجيل المسبق، تعال متى شئت! "},
    {"Persian",
     "کافه زبان در کتابخانه هر سه‌شنبه ساعت ۱۸. زبان سوئدی را با یک فنجان قهوه تمرین می‌کنیم. "
     "کودکان خوش آمدید و نیازی به ثبت‌نام نیست. "},
    {"Ukrainian",
     "Мовне кафе в бібліотеці щовівторка. Практикуйте шведську мову за чашкою кави з іншими, хто "
     "нещодавно приїхав. П'ять хвилин від вокзалу, діти — ласкаво просимо! "},
    {"Tigrinya", "ናይ ቋንቋ ካፈ ኣብ ቤተ-መጻሕፍቲ፡ ኩሉ ሰሉስ። ምስ ካልኦት ቡን እናሰተኻ ሽወደንኛ ተለማመድ። ህጻናት እንቋዕ ብደሓን "
                 "መጹ፣ ምምዝጋብ ኣየድልን። "},
};

/* Counting keeps the compiler from leaving the work out. */
static gboolean
on_word (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  gsize *n = user_data;

  *n += length;
  return TRUE;
}

static gsize
fold_ours (const char *text, gsize length)
{
  gsize n = 0;

  lykta_search_fold (text, length, FALSE, on_word, &n);
  return n;
}

static gsize
fold_ours_for_index (const char *text, gsize length)
{
  gsize n = 0;

  lykta_search_fold (text, length, TRUE, on_word, &n);
  return n;
}

static gsize
count_words (const char *text)
{
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += g_unichar_isalnum (g_utf8_get_char (p)) ? 1 : 0;
  return n;
}

static gsize
fold_case (const char *text, gsize length)
{
  g_autofree char *folded = g_utf8_casefold (text, (gssize)length);

  return count_words (folded);
}

static gsize
fold_case_and_marks (const char *text, gsize length)
{
  g_autofree char *decomposed = g_utf8_normalize (text, (gssize)length, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_sized_new (length);

  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_ismark (c))
      g_string_append_unichar (bare, g_unichar_tolower (c));
  }
  return count_words (bare->str);
}

/* Texts of an activity are a few hundred bytes: that is how long each call gets. */
static double
measure (gsize (*fold) (const char *, gsize), const char *paragraph)
{
  const gsize length = strlen (paragraph);
  const gsize n_calls = CORPUS_BYTES / length;
  gint64 best = G_MAXINT64;
  gsize sum = 0;

  for (int round = 0; round < ROUNDS; round++) {
    gint64 start = g_get_monotonic_time ();
    gint64 spent;

    for (gsize i = 0; i < n_calls; i++)
      sum += fold (paragraph, length);
    spent = g_get_monotonic_time () - start;
    best = MIN (best, spent);
  }
  g_assert_cmpuint (sum, >, 0);
  return (double)(n_calls * length) / (double)MAX (best, 1);
}

static void
measure_headings (void)
{
  static const char *const languages[] = {"sv", "ar", "fa-AF", "ckb", "ti"};

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    LyktaDate today = {2026, 11, 24};
    gint64 start = g_get_monotonic_time ();

    for (int j = 0; j < N_HEADINGS; j++)
      g_free (lykta_format_day_heading (languages[i], lykta_date_add_days (today, j % 5), today));
    g_print ("day heading %-6s %6.2f us\n", languages[i],
             (double)(g_get_monotonic_time () - start) / N_HEADINGS);
  }
}

int
main (void)
{
  g_print ("%-10s %10s %10s %12s %14s %8s   MB/s, best of %d; ratio to the last\n", "text",
           "question", "index", "GLib case", "GLib marks", "ratio", ROUNDS);
  for (gsize i = 0; i < G_N_ELEMENTS (corpora); i++) {
    const char *paragraph = corpora[i].paragraph;
    double ours = measure (fold_ours, paragraph);
    double index = measure (fold_ours_for_index, paragraph);
    double only_case = measure (fold_case, paragraph);
    double marks = measure (fold_case_and_marks, paragraph);

    g_print ("%-10s %10.0f %10.0f %12.0f %14.0f %7.1fx\n", corpora[i].name, ours, index, only_case,
             marks, index / marks);
  }
  measure_headings ();
  return 0;
}
