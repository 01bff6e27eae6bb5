/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-report.h"

#include <string.h>

#define N_GROUPS LYKTA_REPORT_PARTICIPANTS /* columns that the participants are the sum of */

struct _LyktaReport {
  LyktaReportKind kind;
  LyktaDate from;
  LyktaDate to;
  GArray *rows; /* (element-type LyktaReportRow) the last one is the total */
  GStringChunk *strings;
};

G_DEFINE_BOXED_TYPE (LyktaReport, lykta_report, lykta_report_ref, lykta_report_unref)

static const char *const kind_tokens[LYKTA_REPORT_N_KINDS] = {
    [LYKTA_REPORT_BY_ACTIVITY] = "activity",
    [LYKTA_REPORT_BY_PURPOSE] = "purpose",
    [LYKTA_REPORT_BY_MUNICIPALITY] = "municipality",
    [LYKTA_REPORT_BY_ORGANISER] = "organiser",
    [LYKTA_REPORT_BY_MONTH] = "month",
};

static const char *const number_tokens[LYKTA_REPORT_N_NUMBERS] = {
    [LYKTA_REPORT_WOMEN] = "women",
    [LYKTA_REPORT_MEN] = "men",
    [LYKTA_REPORT_OTHER] = "other",
    [LYKTA_REPORT_CHILDREN] = "children",
    [LYKTA_REPORT_PARTICIPANTS] = "participants",
    [LYKTA_REPORT_FIRST_TIMERS] = "first-timers",
    [LYKTA_REPORT_VOLUNTEERS] = "volunteers",
};

const char *
lykta_report_kind_to_token (LyktaReportKind kind)
{
  g_return_val_if_fail ((guint)kind < LYKTA_REPORT_N_KINDS, NULL);

  return kind_tokens[kind];
}

gboolean
lykta_report_kind_from_token (const char *token, LyktaReportKind *kind)
{
  g_return_val_if_fail (token != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < LYKTA_REPORT_N_KINDS; i++) {
    if (g_str_equal (token, kind_tokens[i])) {
      *kind = i;
      return TRUE;
    }
  }
  return FALSE;
}

const char *
lykta_report_number_to_token (LyktaReportNumber number)
{
  g_return_val_if_fail ((guint)number < LYKTA_REPORT_N_NUMBERS, NULL);

  return number_tokens[number];
}

LyktaReport *
lykta_report_ref (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
report_clear (LyktaReport *self)
{
  g_array_unref (self->rows);
  g_string_chunk_free (self->strings);
}

void
lykta_report_unref (LyktaReport *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)report_clear);
}

/* The highest revision of each number; two that say different things under the same number and
 * revision are told apart by their bytes, so that the order in which they come does not matter.
 * (transfer container) number → LyktaHeadcount, both borrowed */
static GHashTable *
choose_revisions (GPtrArray *headcounts)
{
  GHashTable *chosen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < headcounts->len; i++) {
    LyktaHeadcount *entry = g_ptr_array_index (headcounts, i);
    LyktaHeadcount *other = g_hash_table_lookup (chosen, lykta_headcount_get_number (entry));
    const guint revision = lykta_headcount_get_revision (entry);

    if (other != NULL && lykta_headcount_get_revision (other) == revision) {
      g_autoptr (GBytes) one = lykta_headcount_to_bytes (entry);
      g_autoptr (GBytes) two = lykta_headcount_to_bytes (other);

      if (g_bytes_compare (one, two) <= 0)
        continue;
    } else if (other != NULL && lykta_headcount_get_revision (other) > revision) {
      continue;
    }
    g_hash_table_replace (chosen, (gpointer)lykta_headcount_get_number (entry), entry);
  }
  return chosen;
}

/* Key and label of the row that @entry belongs in. */
static void
choose_row (LyktaReport *self,
            LyktaHeadcount *entry,
            LyktaGazetteer *gazetteer,
            const char **key,
            const char **label)
{
  const LyktaDate day = lykta_date_of_moment (lykta_headcount_get_start (entry));
  const LyktaArea *area = NULL;
  char month[16];

  switch (self->kind) {
  case LYKTA_REPORT_BY_ACTIVITY:
    *key = lykta_headcount_get_activity_uid (entry);
    *label = lykta_headcount_get_title (entry);
    break;
  case LYKTA_REPORT_BY_PURPOSE:
    *key = *label = lykta_headcount_get_purpose (entry);
    break;
  case LYKTA_REPORT_BY_MUNICIPALITY:
    *key = *label = lykta_headcount_get_municipality (entry);
    if (gazetteer != NULL && **key != '\0')
      area = lykta_gazetteer_find_municipality (gazetteer, *key);
    if (area != NULL)
      *label = area->name;
    break;
  case LYKTA_REPORT_BY_ORGANISER:
    *key = *label = lykta_headcount_get_organiser (entry);
    break;
  case LYKTA_REPORT_BY_MONTH:
  case LYKTA_REPORT_N_KINDS:
  default:
    g_snprintf (month, sizeof month, "%04d-%02d", day.year, day.month);
    *key = *label = g_string_chunk_insert_const (self->strings, month);
    break;
  }
}

static void
add_people (LyktaReportRow *row, const LyktaPeople *people)
{
  row->n_occasions++;
  row->numbers[LYKTA_REPORT_WOMEN] += people->women;
  row->numbers[LYKTA_REPORT_MEN] += people->men;
  row->numbers[LYKTA_REPORT_OTHER] += people->other;
  row->numbers[LYKTA_REPORT_CHILDREN] += people->children;
  row->numbers[LYKTA_REPORT_PARTICIPANTS] += (gint64)lykta_people_get_participants (people);
  row->numbers[LYKTA_REPORT_FIRST_TIMERS] += people->first_timers;
  row->numbers[LYKTA_REPORT_VOLUNTEERS] += people->volunteers;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const LyktaReportRow *one = a, *other = b;

  return strcmp (one->key, other->key);
}

static void
count (LyktaReport *self, GPtrArray *headcounts, LyktaGazetteer *gazetteer, LyktaReportRow *total)
{
  g_autoptr (GHashTable) chosen = choose_revisions (headcounts);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, chosen);
  while (g_hash_table_iter_next (&iter, NULL, &entry)) {
    const LyktaDate day = lykta_date_of_moment (lykta_headcount_get_start (entry));
    const char *key, *label;
    gpointer place;

    if (lykta_headcount_is_withdrawn (entry) || lykta_date_compare (day, self->from) < 0 ||
        lykta_date_compare (day, self->to) > 0)
      continue;
    choose_row (self, entry, gazetteer, &key, &label);
    if (!g_hash_table_lookup_extended (places, key, NULL, &place)) {
      LyktaReportRow row = {.key = g_string_chunk_insert_const (self->strings, key),
                            .label = g_string_chunk_insert_const (self->strings, label)};

      place = GUINT_TO_POINTER (self->rows->len);
      g_array_append_val (self->rows, row);
      g_hash_table_insert (places, (gpointer)row.key, place);
    }
    LyktaReportRow *row = &g_array_index (self->rows, LyktaReportRow, GPOINTER_TO_UINT (place));
    /* Entries of one activity may carry titles of different years: the last in order wins. */
    if (strcmp (label, row->label) > 0)
      row->label = g_string_chunk_insert_const (self->strings, label);
    add_people (row, lykta_headcount_get_people (entry));
    add_people (total, lykta_headcount_get_people (entry));
  }
}

static gint64 *
numbers_of (LyktaReport *self, guint row)
{
  return g_array_index (self->rows, LyktaReportRow, row).numbers;
}

/* Women, men, others and children, which add up to the participants. */
static void
suppress_participants (LyktaReport *self)
{
  enum { WIDTH = N_GROUPS + 1 };
  g_autofree gint64 *cells = g_new (gint64, (gsize)self->rows->len * WIDTH);

  for (guint i = 0; i < self->rows->len; i++)
    memcpy (&cells[i * WIDTH], numbers_of (self, i), WIDTH * sizeof *cells);
  lykta_suppress (cells, self->rows->len - 1, N_GROUPS);
  for (guint i = 0; i < self->rows->len; i++)
    memcpy (numbers_of (self, i), &cells[i * WIDTH], WIDTH * sizeof *cells);
}

/* A column whose numbers are @whole less those of a column that nobody shows but everybody can work
 * out; with no @whole a column alone. Sums that suppress_participants() shows stay shown: when this
 * table would need to hide one of them, the column keeps its total at most. */
static void
suppress_column (LyktaReport *self, LyktaReportNumber column, const gint64 *whole)
{
  enum { WIDTH = 3 };
  const guint n = self->rows->len;
  g_autofree gint64 *cells = g_new (gint64, (gsize)n * WIDTH);
  gboolean is_conflict = FALSE;

  for (guint i = 0; i < n; i++) {
    const gint64 number = numbers_of (self, i)[column];

    cells[i * WIDTH] = number;
    cells[i * WIDTH + 1] = whole != NULL ? whole[i] - number : 0;
    cells[i * WIDTH + 2] = whole != NULL ? whole[i] : number;
  }
  lykta_suppress (cells, n - 1, WIDTH - 1);
  for (guint i = 0; i < n && whole != NULL; i++)
    is_conflict |= cells[i * WIDTH + 2] == LYKTA_SUPPRESSED &&
                   numbers_of (self, i)[LYKTA_REPORT_PARTICIPANTS] != LYKTA_SUPPRESSED;
  for (guint i = 0; i < n; i++) {
    const gboolean is_hidden = cells[i * WIDTH] == LYKTA_SUPPRESSED ||
                               cells[i * WIDTH + 1] == LYKTA_SUPPRESSED ||
                               cells[i * WIDTH + 2] == LYKTA_SUPPRESSED;

    if (is_hidden || (is_conflict && i < n - 1))
      numbers_of (self, i)[column] = LYKTA_SUPPRESSED;
  }
}

static void
suppress (LyktaReport *self)
{
  g_autofree gint64 *participants = g_new (gint64, self->rows->len);

  for (guint i = 0; i < self->rows->len; i++)
    participants[i] = numbers_of (self, i)[LYKTA_REPORT_PARTICIPANTS];
  suppress_participants (self);
  suppress_column (self, LYKTA_REPORT_FIRST_TIMERS, participants);
  suppress_column (self, LYKTA_REPORT_VOLUNTEERS, NULL);
}

LyktaReport *
lykta_report_new (GPtrArray *headcounts,
                  LyktaDate from,
                  LyktaDate to,
                  LyktaReportKind kind,
                  LyktaGazetteer *gazetteer)
{
  g_return_val_if_fail (headcounts != NULL && kind < LYKTA_REPORT_N_KINDS, NULL);

  LyktaReportRow total = {.key = "total", .label = "total"};
  LyktaReport *self = g_atomic_rc_box_new0 (LyktaReport);
  self->kind = kind;
  self->from = from;
  self->to = to;
  self->rows = g_array_new (FALSE, FALSE, sizeof (LyktaReportRow));
  self->strings = g_string_chunk_new (1024);
  count (self, headcounts, gazetteer, &total);
  g_array_sort (self->rows, compare_rows);
  g_array_append_val (self->rows, total);
  suppress (self);
  return self;
}

LyktaReportKind
lykta_report_get_kind (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->kind;
}

LyktaDate
lykta_report_get_from (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, (LyktaDate){0});

  return self->from;
}

LyktaDate
lykta_report_get_to (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, (LyktaDate){0});

  return self->to;
}

guint
lykta_report_get_n_rows (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len - 1;
}

const LyktaReportRow *
lykta_report_get_row (LyktaReport *self, guint index)
{
  g_return_val_if_fail (self != NULL && index + 1 < self->rows->len, NULL);

  return &g_array_index (self->rows, LyktaReportRow, index);
}

const LyktaReportRow *
lykta_report_get_total (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &g_array_index (self->rows, LyktaReportRow, self->rows->len - 1);
}

static void
append_field (GString *csv, const char *text)
{
  const gboolean is_formula = *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;

  g_string_append_c (csv, '"');
  if (is_formula)
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *p);
  }
  g_string_append_c (csv, '"');
}

static void
append_row (GString *csv, const LyktaReportRow *row)
{
  append_field (csv, row->key);
  g_string_append_c (csv, ',');
  append_field (csv, row->label);
  g_string_append_printf (csv, ",%u", row->n_occasions);
  for (guint i = 0; i < LYKTA_REPORT_N_NUMBERS; i++) {
    if (row->numbers[i] == LYKTA_SUPPRESSED)
      g_string_append (csv, ",..");
    else
      g_string_append_printf (csv, ",%" G_GINT64_FORMAT, row->numbers[i]);
  }
  g_string_append (csv, "\r\n");
}

GBytes *
lykta_report_to_csv (LyktaReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autofree char *from = lykta_date_to_string (self->from);
  g_autofree char *to = lykta_date_to_string (self->to);
  GString *csv = g_string_new ("\xef\xbb\xbf");
  g_string_append_printf (csv, "period,%s,%s\r\n", from, to);
  g_string_append_printf (csv, "smallest-group,%d\r\n\r\n", LYKTA_SMALLEST_GROUP);
  g_string_append_printf (csv, "%s,name,occasions", kind_tokens[self->kind]);
  for (guint i = 0; i < LYKTA_REPORT_N_NUMBERS; i++)
    g_string_append_printf (csv, ",%s", number_tokens[i]);
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < self->rows->len; i++)
    append_row (csv, &g_array_index (self->rows, LyktaReportRow, i));
  return g_string_free_to_bytes (csv);
}
