/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "certificate/certificate-fixture.h"
#include "desk/lykta-report.h"
#include "support/lykta-test.h"

#define DAY G_GINT64_CONSTANT (86400)

static LyktaHeadcount *
make (const char *number, guint week, const LyktaPeople *people)
{
  g_autoptr (LyktaActivity) activity = certificate_fixture_activity ();
  const gint64 start = lykta_test_moment ("2026-11-23T17:00:00Z") + week * 7 * DAY;
  const LyktaOccurrence occurrence = {.start = start, .end = start + 7200, .original_start = start};
  g_autoptr (GError) error = NULL;
  LyktaHeadcount *entry =
      lykta_headcount_new (number, 0, activity, &occurrence, FALSE, people, &error);

  g_assert_no_error (error);
  return entry;
}

static GPtrArray *
make_some (void)
{
  static const LyktaPeople people[] = {
      {.women = 12, .men = 6, .children = 5, .first_timers = 6, .volunteers = 5},
      {.women = 8, .men = 9, .other = 0, .children = 0, .first_timers = 5, .volunteers = 6},
      {.women = 3, .men = 20, .children = 7, .first_timers = 0, .volunteers = 2},
  };
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_headcount_unref);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    g_autofree char *number = g_strdup_printf ("A-%u", i + 1);

    g_ptr_array_add (entries, make (number, i * 2, &people[i]));
  }
  return entries;
}

static LyktaReport *
report (GPtrArray *entries, LyktaReportKind kind)
{
  const LyktaDate from = {2026, 11, 1}, to = {2026, 12, 31};
  g_autoptr (LyktaGazetteer) gazetteer = certificate_fixture_gazetteer ();

  return lykta_report_new (entries, from, to, kind, gazetteer);
}

static char *
csv_of (GPtrArray *entries, LyktaReportKind kind)
{
  g_autoptr (LyktaReport) made = report (entries, kind);
  g_autoptr (GBytes) bytes = lykta_report_to_csv (made);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static void
test_sums (void)
{
  g_autoptr (GPtrArray) entries = make_some ();
  g_autoptr (LyktaReport) by_month = report (entries, LYKTA_REPORT_BY_MONTH);
  const LyktaReportRow *total = lykta_report_get_total (by_month);

  g_assert_cmpuint (lykta_report_get_n_rows (by_month), ==, 2);
  g_assert_cmpstr (lykta_report_get_row (by_month, 0)->key, ==, "2026-11");
  g_assert_cmpuint (lykta_report_get_row (by_month, 0)->n_occasions, ==, 1);
  g_assert_cmpuint (total->n_occasions, ==, 3);
  g_assert_cmpint (total->numbers[LYKTA_REPORT_PARTICIPANTS], ==, 70);
  g_assert_cmpint (total->numbers[LYKTA_REPORT_MEN], ==, 35);
  g_assert_cmpint (total->numbers[LYKTA_REPORT_OTHER], ==, 0);
  g_assert_cmpint (total->numbers[LYKTA_REPORT_VOLUNTEERS], ==, 13);
}

/* Whichever desk computes them, in whatever order the files come, twice or once. */
static void
test_order (void)
{
  g_autoptr (GPtrArray) entries = make_some ();
  g_autoptr (GPtrArray) mixed = g_ptr_array_new ();

  for (guint i = entries->len; i > 0; i--)
    g_ptr_array_add (mixed, g_ptr_array_index (entries, i - 1));
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (mixed, g_ptr_array_index (entries, i));
  for (guint kind = 0; kind < LYKTA_REPORT_N_KINDS; kind++) {
    g_autofree char *one = csv_of (entries, kind);
    g_autofree char *other = csv_of (mixed, kind);

    g_assert_cmpstr (one, ==, other);
  }
}

static void
test_corrections (void)
{
  static const LyktaPeople more = {.women = 30, .men = 10};
  g_autoptr (GPtrArray) entries = make_some ();
  g_autoptr (GError) error = NULL;
  LyktaHeadcount *corrected =
      lykta_headcount_correct (g_ptr_array_index (entries, 0), &more, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lykta_headcount_get_revision (corrected), ==, 1);
  g_ptr_array_insert (entries, 0, corrected);
  g_autoptr (LyktaReport) second = report (entries, LYKTA_REPORT_BY_PURPOSE);
  g_assert_cmpint (lykta_report_get_total (second)->numbers[LYKTA_REPORT_PARTICIPANTS], ==, 87);
  g_ptr_array_add (entries, lykta_headcount_correct (corrected, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (LyktaReport) third = report (entries, LYKTA_REPORT_BY_PURPOSE);
  g_assert_cmpint (lykta_report_get_total (third)->numbers[LYKTA_REPORT_PARTICIPANTS], ==, 47);
  g_assert_cmpuint (lykta_report_get_total (third)->n_occasions, ==, 2);
}

/* No small group stands in any of the reports, and none follows from first-timers. */
static void
test_small_groups (void)
{
  g_autoptr (GPtrArray) entries = make_some ();

  for (guint kind = 0; kind < LYKTA_REPORT_N_KINDS; kind++) {
    g_autoptr (LyktaReport) made = report (entries, kind);

    for (guint i = 0; i <= lykta_report_get_n_rows (made); i++) {
      const LyktaReportRow *row = i < lykta_report_get_n_rows (made)
                                      ? lykta_report_get_row (made, i)
                                      : lykta_report_get_total (made);
      const gint64 all = row->numbers[LYKTA_REPORT_PARTICIPANTS];
      const gint64 first = row->numbers[LYKTA_REPORT_FIRST_TIMERS];

      for (guint k = 0; k < LYKTA_REPORT_N_NUMBERS; k++)
        g_assert_true (row->numbers[k] <= 0 || row->numbers[k] >= LYKTA_SMALLEST_GROUP);
      if (all != LYKTA_SUPPRESSED && first != LYKTA_SUPPRESSED)
        g_assert_true (all == first || all - first >= LYKTA_SMALLEST_GROUP);
    }
  }
}

static void
test_csv (void)
{
  g_autoptr (GPtrArray) entries = make_some ();
  g_autofree char *csv = csv_of (entries, LYKTA_REPORT_BY_MONTH);

  g_assert_true (g_str_has_prefix (csv, "\xef\xbb\xbfperiod,2026-11-01,2026-12-31\r\n"));
  g_assert_nonnull (strstr (csv, "\r\nmonth,name,occasions,women,men,other,children,participants,"
                                 "first-timers,volunteers\r\n\"2026-11\",\"2026-11\",1,"));
  g_assert_nonnull (strstr (csv, "\r\n\"total\",\"total\",3,23,35,0,12,70,"));
}

static void
test_bytes (void)
{
  static const LyktaPeople people = {
      .women = 1, .men = 2, .other = 3, .children = 4, .first_timers = 5, .volunteers = 6};
  g_autoptr (LyktaHeadcount) entry = make ("B-7", 0, &people);
  g_autoptr (GBytes) bytes = lykta_headcount_to_bytes (entry);
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaHeadcount) again = lykta_headcount_from_bytes (bytes, &error);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_no_error (error);
  g_autoptr (GBytes) twice = lykta_headcount_to_bytes (again);
  g_assert_true (g_bytes_equal (bytes, twice));
  g_assert_cmpstr (lykta_headcount_get_organiser (again), ==,
                   lykta_headcount_get_organiser (entry));
  g_assert_cmpuint (lykta_headcount_get_people (again)->volunteers, ==, 6);
  for (gsize i = 0; i < size; i++) {
    g_autoptr (GBytes) cut = g_bytes_new (data, i);
    g_autoptr (GError) refusal = NULL;

    g_assert_null (lykta_headcount_from_bytes (cut, &refusal));
    g_assert_error (refusal, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  }
}

static void
test_refusals (void)
{
  static const LyktaPeople impossible[] = {
      {.women = LYKTA_PEOPLE_MAX + 1},
      {.women = 3, .first_timers = 4},
  };
  static const LyktaPeople few = {.women = 3};
  g_autoptr (LyktaHeadcount) entry = make ("A-1", 0, &few);

  for (guint i = 0; i < G_N_ELEMENTS (impossible); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (lykta_headcount_correct (entry, &impossible[i], &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/desk/report/sums", test_sums);
  g_test_add_func ("/desk/report/order", test_order);
  g_test_add_func ("/desk/report/corrections", test_corrections);
  g_test_add_func ("/desk/report/small-groups", test_small_groups);
  g_test_add_func ("/desk/report/csv", test_csv);
  g_test_add_func ("/desk/report/bytes", test_bytes);
  g_test_add_func ("/desk/report/refusals", test_refusals);
  return g_test_run ();
}
