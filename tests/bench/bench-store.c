/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast the calendar is written, listed, searched and scrolled: bench-store [ACTIVITIES]. Prints
 * a table; nothing passes or fails here, numbers of a busy machine are noisy. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/lykta-clock.h"
#include "base/lykta-random.h"
#include "store/lykta-card-model.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-content-writer.h"
#include "store/lykta-facets.h"
#include "store/lykta-occurrence-index.h"
#include "support/lykta-test.h"

#define NOW    1795518000 /* 2026-11-24, noon in Stockholm */
#define WEEK   (7 * 24 * 60 * 60)
#define ROUNDS 400

static const char *const swedish[] = {
    "språkcafé", "svenska",    "promenad",  "studiecirkel", "samhälle", "arbete",  "hälsa",
    "simning",   "matlagning", "bibliotek", "föreläsning",  "cykel",    "teater",  "odling",
    "musik",     "körsång",    "vandring",  "dator",        "läsning",  "fotboll", "yoga",
    "sömnad",    "samtal",     "nybörjare", "möte",         "torsdag",  "kväll",   "förening",
    "välkommen", "kaffe",      "kom",       "tillsammans",  "lära",     "prata",   "öva",
    "träffa",    "människor",  "nya",       "vänner",       "gratis",   "anmälan", "behövs",
    "inte",      "alla",       "är",        "och",          "vi",       "på",      "i",
    "med"};
static const char *const english[] = {
    "language", "café",     "swedish", "walk",     "study",   "circle",   "society", "work",
    "health",   "swimming", "cooking", "library",  "lecture", "bicycle",  "theatre", "garden",
    "music",    "choir",    "hiking",  "computer", "reading", "football", "sewing",  "talk",
    "beginner", "meeting",  "evening", "welcome",  "coffee",  "together", "learn",   "practise",
    "meet",     "people",   "new",     "friends",  "free",    "booking",  "needed",  "everyone",
    "and",      "we",       "the",     "at",       "in",      "with"};
static const char *const arabic[] = {
    "اللغة", "مقهى",  "السويدية", "نزهة",   "دراسة", "حلقة",  "المجتمع", "العمل",  "الصحة", "سباحة",
    "طبخ",   "مكتبة", "محاضرة",   "دراجة",  "مسرح",  "حديقة", "موسيقى",  "غناء",   "حاسوب", "قراءة",
    "كرة",   "خياطة", "حديث",     "مبتدئ",  "لقاء",  "مساء",  "أهلا",    "قهوة",   "معا",   "تعلم",
    "تدريب", "ناس",   "جديد",     "أصدقاء", "مجاني", "حجز",   "مطلوب",   "الجميع", "و",     "في"};

static LyktaRandom *dice;

static guint
roll (guint n)
{
  return lykta_random_next (dice) % n;
}

/* Words as often as in speech: the first of a list a dozen times as often as the last; one in eight
 * is a name that hardly comes again. */
static char *
make_text (const char *const *words, guint n_words, guint n)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    if (roll (8) == 0)
      g_string_append_printf (out, "%c%c%s%u", 'a' + roll (26), 'a' + roll (26), "ra", roll (4000));
    else
      g_string_append (out, words[roll (n_words) * (roll (12) + 1) / 12]);
  }
  return g_string_free (out, FALSE);
}

static LyktaSchedule *
make_schedule (void)
{
  const gint64 start = NOW + (gint64)roll (180) * 86400 - 60 * 86400;
  LyktaScheduleBuilder *builder =
      lykta_schedule_builder_new (NULL, lykta_date_of_moment (start), 8 + roll (12), roll (4) * 15,
                                  0, FALSE, 3600 + roll (3) * 1800);

  if (roll (10) < 8)
    lykta_schedule_builder_add_rule (builder, "FREQ=WEEKLY");
  return lykta_schedule_builder_end (builder);
}

static void
add_texts (LyktaActivityBuilder *builder)
{
  static const struct {
    const char *language;
    const char *const *words;
    guint n;
  } languages[] = {{"sv", swedish, G_N_ELEMENTS (swedish)},
                   {"en", english, G_N_ELEMENTS (english)},
                   {"ar", arabic, G_N_ELEMENTS (arabic)}};

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autofree char *title = make_text (languages[i].words, languages[i].n, 4);
    g_autofree char *description = make_text (languages[i].words, languages[i].n, 30);
    lykta_activity_builder_set_title (builder, languages[i].language, title);
    lykta_activity_builder_set_description (builder, languages[i].language, description);
  }
}

static LyktaActivity *
make_activity (guint number)
{
  g_autofree char *uid = g_strdup_printf ("activity-%u@example.org", number);
  g_autofree char *house = g_strdup_printf ("Hus %u", roll (2000));
  g_autofree char *club = g_strdup_printf ("Förening %u", roll (500));
  g_autoptr (LyktaSchedule) schedule = make_schedule ();
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (uid, schedule);
  g_autoptr (LyktaPlace) place =
      lykta_place_new (house, "Storgatan 1", "123 45", "Stad", "0180", NULL,
                       55.5 + roll (1300) / 100.0, 11.5 + roll (1200) / 100.0);
  g_autoptr (LyktaOrganiser) organiser =
      lykta_organiser_new (club, LYKTA_ORGANISER_NON_PROFIT, NULL, NULL, NULL, NULL);

  add_texts (builder);
  lykta_activity_builder_set_place (builder, place);
  lykta_activity_builder_set_organiser (builder, organiser);
  lykta_activity_builder_set_purposes (builder, 1 << roll (4), LYKTA_PURPOSE_NONE);
  lykta_activity_builder_set_childcare (builder, roll (10) == 0 ? LYKTA_TRISTATE_YES
                                                                : LYKTA_TRISTATE_UNKNOWN);
  lykta_activity_builder_set_audience (builder, roll (12) == 0 ? LYKTA_AUDIENCE_WOMEN
                                                               : LYKTA_AUDIENCE_EVERYONE);
  return lykta_activity_builder_end (builder);
}

/* Weeks of equal length: the cost of real recurrences is the reader's, not the store's. */
static gboolean
expand (LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error)
{
  LyktaSchedule *schedule = lykta_activity_get_schedule (activity);
  const gint64 duration = lykta_schedule_get_duration (schedule);
  gint64 start = lykta_schedule_get_start (schedule);

  do {
    const LyktaOccurrence occurrence = {.start = start,
                                        .end = start + duration,
                                        .original_start = start,
                                        .audience = lykta_activity_get_audience (activity)};
    if (start < to && start + duration > from)
      g_array_append_val (out, occurrence);
    start += WEEK;
  } while (lykta_schedule_is_recurring (schedule) && start < to);
  return TRUE;
}

/* ---- measuring ---- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double one = *(const double *)a, other = *(const double *)b;

  return (one > other) - (one < other);
}

static void
print_times (const char *what, GArray *times)
{
  g_array_sort (times, compare_doubles);
  printf ("%-58s %9.3f %9.3f %9.3f\n", what, g_array_index (times, double, times->len / 2),
          g_array_index (times, double, times->len * 99 / 100),
          g_array_index (times, double, times->len - 1));
  g_array_set_size (times, 0);
}

/* Processor time of this thread: what a visitor would wait for on a machine of their own. Others
 * run here too. */
static gint64
begin_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC * 1000 + now.tv_nsec;
}

static double
since (gint64 begin)
{
  return (double)(begin_time () - begin) / 1e6;
}

static void
print_once (const char *what, double milliseconds)
{
  printf ("%-58s %9.1f\n", what, milliseconds);
}

static void
add_time (GArray *times, gint64 begin)
{
  const double time = since (begin);

  g_array_append_val (times, time);
}

static void
fail_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static double
refresh_source (LyktaContentStore *store,
                const char *id,
                GPtrArray *activities,
                LyktaWriteStats *stats)
{
  GError *error = NULL;
  const gint64 begin = begin_time ();
  g_autoptr (LyktaSource) source =
      lykta_source_new (id, NULL, "https://example.org/", LYKTA_FORMAT_ICALENDAR, NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  g_autoptr (LyktaContentWriter) writer = lykta_content_store_new_writer (store, expand, &error);

  fail_on (error);
  state->last_confirmed = NOW;
  lykta_content_writer_begin (writer, source, &error);
  for (guint i = 0; i < activities->len && error == NULL; i++)
    lykta_content_writer_put (writer, activities->pdata[i], NULL, &error);
  fail_on (error);
  lykta_content_writer_remove_missing (writer, &error);
  lykta_content_writer_commit (writer, state, &error);
  fail_on (error);
  lykta_content_writer_get_stats (writer, stats);
  g_clear_object (&writer);
  return since (begin);
}

static double
refresh (LyktaContentStore *store, GPtrArray *activities, LyktaWriteStats *stats)
{
  return refresh_source (store, "bench", activities, stats);
}

/* ---- what is measured ---- */

static void
measure_pages (LyktaContentReader *reader, const char *how, LyktaQuery *query, guint reach)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *what = g_strdup_printf ("page of 50, %s", how);

  for (guint i = 0; i < ROUNDS; i++) {
    const gint64 begin = begin_time ();
    g_autoptr (GPtrArray) cards =
        lykta_content_reader_list (reader, query, reach > 0 ? roll (reach) : 0, 50, NULL);
    add_time (times, begin);
    g_assert_nonnull (cards);
  }
  print_times (what, times);
}

/* Every state of the entry while a word is typed, each a new question. */
static void
measure_typing (LyktaContentReader *reader, const char *how, LyktaQuery *all)
{
  static const char *const typed[] = {"språkcafé",      "svenska prom", "simning stad",
                                      "اللغة السويدية", "walk library", "förening 12",
                                      "samhälle kväll"};
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) short_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *what = g_strdup_printf ("search as you type, 3 letters and more, %s", how);
  g_autofree char *short_what = g_strdup_printf ("search as you type, 1-2 letters, %s", how);

  for (guint round = 0; round < 12; round++)
    for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
      for (glong n = 1; n <= g_utf8_strlen (typed[i], -1); n++) {
        g_autofree char *text = g_utf8_substring (typed[i], 0, n);
        g_autoptr (LyktaQuery) query = lykta_query_with_search (all, text);
        const gint64 begin = begin_time ();
        g_autoptr (GPtrArray) cards = lykta_content_reader_list (reader, query, 0, 50, NULL);
        add_time (n <= 2 ? short_times : times, begin);
        g_assert_nonnull (cards);
      }
  print_times (what, times);
  print_times (short_what, short_times);
}

static void
measure_counts (LyktaContentReader *reader, LyktaQuery *all)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  LyktaFacets facets;
  const LyktaFacetQuestion question = {
      .periods = {{NOW, NOW + 86400}, {NOW, NOW + 2 * 86400}, {NOW, NOW + 7 * 86400}},
      .n_periods = 3,
      .radii = {2, 5, 10, 30},
      .n_radii = 4,
      .area = "01",
  };

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (LyktaQuery) query = lykta_query_with_period (all, NOW + i, NOW + i + 400 * 86400);
    const gint64 begin = begin_time ();
    lykta_content_reader_count (reader, query, NULL);
    add_time (times, begin);
  }
  print_times ("count of everything, with the index", times);
  for (guint i = 0; i < ROUNDS; i++) {
    const gint64 begin = begin_time ();
    g_assert_true (lykta_content_reader_count_facets (reader, all, &question, &facets, NULL));
    add_time (times, begin);
  }
  print_times ("facets of everything", times);
}

static void
measure_scrolling (LyktaContentReader *reader, LyktaQuery *all)
{
  g_autoptr (LyktaCardModel) model = lykta_card_model_new (reader, all);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  for (guint i = 0; i < MIN (n, 20000); i++) {
    const gint64 begin = begin_time ();
    g_autoptr (LyktaCard) card = g_list_model_get_item (G_LIST_MODEL (model), i);
    add_time (times, begin);
  }
  print_times ("model: next card while scrolling", times);
  for (guint i = 0; i < ROUNDS; i++) {
    const gint64 begin = begin_time ();
    g_autoptr (LyktaCard) card = g_list_model_get_item (G_LIST_MODEL (model), roll (n));
    add_time (times, begin);
  }
  print_times ("model: jump anywhere", times);
  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (LyktaQuery) query = lykta_query_with_purposes (all, 1 + i % 15);
    const gint64 begin = begin_time ();
    lykta_card_model_set_query (model, query);
    g_autoptr (LyktaCard) card = g_list_model_get_item (G_LIST_MODEL (model), 0);
    add_time (times, begin);
  }
  print_times ("model: other filter and first page", times);
}

static void
measure_reading (LyktaContentStore *store)
{
  gint64 begin = begin_time ();
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, NULL);
  g_autoptr (LyktaQuery) all = lykta_query_new ("ar", NOW);
  g_autoptr (LyktaQuery) near = lykta_query_with_position (all, 59.33, 18.06, 30);
  g_autoptr (LyktaQuery) selective = lykta_query_with_childcare (near, TRUE);
  g_autoptr (LyktaQuery) narrow = lykta_query_with_women_only (selective, TRUE);
  g_autoptr (GPtrArray) first = lykta_content_reader_list (reader, all, 0, 50, NULL);

  print_once ("new connection and first page", since (begin));
  measure_pages (reader, "first, from the table", all, 0);
  measure_pages (reader, "within 30 km with childcare, from the table", selective, 0);
  measure_typing (reader, "from the table", all);
  begin = begin_time ();
  const gint64 n = lykta_content_reader_count (reader, all, NULL);
  print_once ("count of everything, from the table", since (begin));
  begin = begin_time ();
  g_assert_true (lykta_content_store_load_index (store, NULL, NULL));
  print_once ("building the index", since (begin));
  measure_pages (reader, "first, with the index", all, 0);
  measure_pages (reader, "anywhere, with the index", all, (guint)n);
  measure_pages (reader, "childcare, women only, 30 km, with the index", narrow, 0);
  measure_typing (reader, "with the index", all);
  measure_counts (reader, all);
  measure_scrolling (reader, all);
  printf ("dates from now on: %" G_GINT64_FORMAT "\n", n);
}

static void
measure_writing (LyktaContentStore *store, GPtrArray *activities)
{
  LyktaWriteStats stats;

  print_once ("first import", refresh (store, activities, &stats));
  g_assert_cmpuint (stats.n_inserted, ==, activities->len);
  print_once ("the same again", refresh (store, activities, &stats));
  g_assert_cmpuint (stats.n_unchanged, ==, activities->len);
  for (guint i = 0; i < activities->len; i += 100) {
    g_object_unref (activities->pdata[i]);
    activities->pdata[i] = make_activity (i);
  }
  print_once ("one in a hundred changed", refresh (store, activities, &stats));
}

/* What it costs to find out that two sources have the same. */
static void
measure_second_source (GPtrArray *activities, LyktaClock *clock)
{
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (dir, "content.db");
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (path, clock, NULL);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  LyktaWriteStats stats;

  for (guint i = 0; i < activities->len; i++)
    g_ptr_array_add (others, make_activity (activities->len + i));
  refresh_source (store, "one", activities, &stats);
  print_once ("a second source, nothing the same", refresh_source (store, "two", others, &stats));
  print_once ("a third source, all the same as the first",
              refresh_source (store, "three", activities, &stats));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  const guint n = argc > 1 ? (guint)strtoul (argv[1], NULL, 10) : 10000;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autofree char *path = lykta_test_dir_child (dir, "content.db");
  g_autoptr (LyktaClock) clock = lykta_fixed_clock_new (NOW);
  g_autoptr (GPtrArray) activities = g_ptr_array_new_with_free_func (g_object_unref);
  gsize bytes = 0;

  dice = lykta_seeded_random_new (1);
  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (activities, make_activity (i));
    g_autoptr (GVariant) variant = lykta_activity_to_variant (activities->pdata[i]);
    bytes += g_variant_get_size (variant);
  }
  g_autoptr (LyktaContentStore) store = lykta_content_store_open (path, clock, NULL);
  printf ("%u activities in 3 languages, %.1f MB of data; milliseconds of processor time\n", n,
          (double)bytes / 1e6);
  printf ("%-58s %9s %9s %9s\n", "", "p50", "p99", "max");
  measure_writing (store, activities);
  measure_second_source (activities, clock);
  g_ptr_array_set_size (activities, 0);
  if (argc < 3)
    measure_reading (store);
  g_clear_object (&dice);
  return 0;
}
