/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-suppression.h"
#include "support/lykta-test.h"

/* Tables as a county would publish them, attacked with everything that a reader of them knows. */

#define MOST_CELLS  25
#define MOST_PEOPLE 40

typedef struct {
  guint n_rows; /* without the sums, as n_columns */
  guint n_columns;
  gint64 truth[MOST_CELLS];
  gint64 shown[MOST_CELLS];
} Case;

static gint64 *
at (Case *table, gint64 *cells, guint row, guint column)
{
  return &cells[row * (table->n_columns + 1) + column];
}

static void
add_sums (Case *table)
{
  for (guint row = 0; row <= table->n_rows; row++)
    *at (table, table->truth, row, table->n_columns) = 0;
  for (guint column = 0; column <= table->n_columns; column++)
    *at (table, table->truth, table->n_rows, column) = 0;
  for (guint row = 0; row < table->n_rows; row++) {
    for (guint column = 0; column < table->n_columns; column++) {
      const gint64 value = *at (table, table->truth, row, column);

      *at (table, table->truth, row, table->n_columns) += value;
      *at (table, table->truth, table->n_rows, column) += value;
      *at (table, table->truth, table->n_rows, table->n_columns) += value;
    }
  }
}

static void
suppress (Case *table)
{
  const guint n_cells = (table->n_rows + 1) * (table->n_columns + 1);

  add_sums (table);
  for (guint i = 0; i < n_cells; i++)
    table->shown[i] = table->truth[i];
  lykta_suppress (table->shown, table->n_rows, table->n_columns);
}

/* What a reader can work out: every equation with one unknown gives it, again and again, and sums
 * of two tables with unknowns in common are tried by Gauss's elimination. Returns whether @cell is
 * fixed by the sums: it is just when the unit vector of it lies in the span of the equations. */
static gboolean
is_fixed (Case *table, guint cell)
{
  const guint height = table->n_rows + 1, width = table->n_columns + 1, n_cells = height * width;
  double rows[2 * MOST_CELLS][MOST_CELLS] = {0};
  double goal[MOST_CELLS] = {0};
  guint n = 0;

  for (guint row = 0; row < height; row++, n++) {
    for (guint column = 0; column < width; column++)
      rows[n][row * width + column] = column == width - 1 ? -1 : 1;
  }
  for (guint column = 0; column < width; column++, n++) {
    for (guint row = 0; row < height; row++)
      rows[n][row * width + column] = row == height - 1 ? -1 : 1;
  }
  for (guint i = 0; i < n_cells; i++) {
    for (guint row = 0; row < n && table->shown[i] != LYKTA_SUPPRESSED; row++)
      rows[row][i] = 0;
  }
  goal[cell] = 1;
  for (guint i = 0, used = 0; i < n_cells && used < n; i++) {
    guint pivot = used;

    while (pivot < n && ABS (rows[pivot][i]) < 1e-9)
      pivot++;
    if (pivot == n)
      continue;
    for (guint k = 0; k < n_cells; k++) {
      const double kept = rows[used][k];

      rows[used][k] = rows[pivot][k];
      rows[pivot][k] = kept;
    }
    const double scale = rows[used][i];
    for (guint k = 0; k < n_cells; k++)
      rows[used][k] /= scale;
    for (guint row = 0; row < n; row++) {
      const double factor = row == used ? 0 : rows[row][i];

      for (guint k = 0; k < n_cells; k++)
        rows[row][k] -= factor * rows[used][k];
    }
    const double factor = goal[i];
    for (guint k = 0; k < n_cells; k++)
      goal[k] -= factor * rows[used][k];
    used++;
  }
  for (guint k = 0; k < n_cells; k++) {
    if (ABS (goal[k]) > 1e-6)
      return FALSE;
  }
  return TRUE;
}

static void
assert_safe (Case *table)
{
  const guint n_cells = (table->n_rows + 1) * (table->n_columns + 1);

  for (guint i = 0; i < n_cells; i++) {
    if (table->truth[i] > 0 && table->truth[i] < LYKTA_SMALLEST_GROUP)
      g_assert_cmpint (table->shown[i], ==, LYKTA_SUPPRESSED);
    if (table->shown[i] != LYKTA_SUPPRESSED)
      g_assert_cmpint (table->shown[i], ==, table->truth[i]);
    else
      g_assert_false (is_fixed (table, i));
  }
}

static void
test_random (void)
{
  const guint n_runs = lykta_test_is_long () ? 200000 : 4000;

  for (guint run = 0; run < n_runs; run++) {
    Case table = {.n_rows = (guint)g_test_rand_int_range (1, 5),
                  .n_columns = (guint)g_test_rand_int_range (1, 5)};

    for (guint row = 0; row < table.n_rows; row++) {
      for (guint column = 0; column < table.n_columns; column++) {
        const int most = g_test_rand_int_range (0, 4) == 0 ? MOST_PEOPLE : 8;

        *at (&table, table.truth, row, column) = g_test_rand_int_range (0, most);
      }
    }
    suppress (&table);
    assert_safe (&table);
  }
}

/* The planted hole: hiding the small numbers alone must be found out, or this test proves nothing.
 */
static void
test_planted (void)
{
  Case table = {.n_rows = 2, .n_columns = 2, .truth = {3, 20, 0, 30, 40, 0, 0, 0, 0}};

  add_sums (&table);
  for (guint i = 0; i < 9; i++)
    table.shown[i] = table.truth[i] > 0 && table.truth[i] < 5 ? LYKTA_SUPPRESSED : table.truth[i];
  g_assert_cmpint (table.shown[0], ==, LYKTA_SUPPRESSED);
  g_assert_true (is_fixed (&table, 0));
}

static void
test_table (void)
{
  static const struct {
    guint n_rows, n_columns;
    gint64 truth[MOST_CELLS];
    gint64 shown[MOST_CELLS];
  } cases[] = {
      /* nothing small: nothing hidden */
      {1, 2, {10, 20, 30, 10, 20, 30}, {10, 20, 30, 10, 20, 30}},
      /* nobody came: a zero hides nobody */
      {1, 2, {0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}},
      /* one small number takes the smallest others of its row and column along */
      {2, 2, {3, 20, 23, 30, 40, 70, 33, 60, 93}, {-1, -1, 23, -1, -1, 70, 33, 60, 93}},
      /* no rows at all */
      {0, 2, {0, 0, 0}, {0, 0, 0}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const guint n_cells = (cases[i].n_rows + 1) * (cases[i].n_columns + 1);
    gint64 cells[MOST_CELLS];

    for (guint k = 0; k < n_cells; k++)
      cells[k] = cases[i].truth[k];
    lykta_suppress (cells, cases[i].n_rows, cases[i].n_columns);
    for (guint k = 0; k < n_cells; k++)
      g_assert_cmpint (cells[k], ==, cases[i].shown[k]);
  }
}

/* As many rows as Sweden has municipalities. */
static void
test_large (void)
{
  enum { N_ROWS = 290, N_COLUMNS = 4 };
  g_autofree gint64 *cells = g_new0 (gint64, (N_ROWS + 1) * (N_COLUMNS + 1));

  for (guint row = 0; row < N_ROWS; row++) {
    for (guint column = 0; column < N_COLUMNS; column++) {
      const gint64 value = (row * 7 + column * 13) % 23;

      cells[row * (N_COLUMNS + 1) + column] = value;
      cells[row * (N_COLUMNS + 1) + N_COLUMNS] += value;
      cells[N_ROWS * (N_COLUMNS + 1) + column] += value;
      cells[N_ROWS * (N_COLUMNS + 1) + N_COLUMNS] += value;
    }
  }
  lykta_suppress (cells, N_ROWS, N_COLUMNS);
  for (guint i = 0; i < (N_ROWS + 1) * (N_COLUMNS + 1); i++)
    g_assert_true (cells[i] <= 0 || cells[i] >= LYKTA_SMALLEST_GROUP);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/desk/suppression/table", test_table);
  g_test_add_func ("/desk/suppression/planted", test_planted);
  g_test_add_func ("/desk/suppression/random", test_random);
  g_test_add_func ("/desk/suppression/large", test_large);
  return g_test_run ();
}
