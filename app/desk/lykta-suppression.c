/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-suppression.h"

/* The table and what is hidden in it so far. Both with the sums as last row and column. */
typedef struct {
  const gint64 *cells;
  gboolean *is_hidden;
  guint n_rows;
  guint n_columns;
} Table;

/* The graph: rows are nodes 0 … n_rows - 1, columns follow. */
typedef struct {
  const Table *table;
  guint *found_at; /* when the walk came to a node, 0: not yet */
  guint *lowest;   /* earliest node reachable without the edge that led to it */
  guint n_found;
  guint bridge; /* a hidden cell that can be worked out, G_MAXUINT: none */
} Walk;

/* How much is lost by hiding a cell: its value; sums are dearer than what they are made of, and
 * zeros dearest, since there is nobody to protect. */
static guint64
cost_of (const Table *table, guint cell)
{
  const guint row = cell / table->n_columns, column = cell % table->n_columns;
  const gboolean is_sum = row == table->n_rows - 1 || column == table->n_columns - 1;
  const guint64 value = (guint64)table->cells[cell];

  return (value == 0 ? G_GUINT64_CONSTANT (1) << 62 : value) +
         (is_sum ? G_GUINT64_CONSTANT (1) << 40 : 0);
}

/* The other end of the @index-th edge at @node, and the cell that the edge is; FALSE for none. */
static gboolean
get_edge (const Table *table, guint node, guint index, guint *other, guint *cell)
{
  const gboolean is_row = node < table->n_rows;

  *other = is_row ? table->n_rows + index : index;
  *cell =
      is_row ? node * table->n_columns + index : index * table->n_columns + (node - table->n_rows);
  return table->is_hidden[*cell];
}

static guint
n_edges (const Table *table, guint node)
{
  return node < table->n_rows ? table->n_columns : table->n_rows;
}

/* A step of the walk: where it stands, how it came, and which edge is next. */
typedef struct {
  guint node;
  guint cell; /* that led here; G_MAXUINT at the start */
  guint next;
} Step;

static void
arrive (Walk *walk, GArray *path, guint node, guint cell)
{
  const Step step = {node, cell, 0};

  walk->found_at[node] = walk->lowest[node] = ++walk->n_found;
  g_array_append_val (path, step);
}

/* Takes the last step back: what its node reaches, the one before reaches through it. */
static void
retreat (Walk *walk, GArray *path)
{
  const Step done = g_array_index (path, Step, path->len - 1);

  g_array_set_size (path, path->len - 1);
  if (path->len == 0)
    return;
  const guint before = g_array_index (path, Step, path->len - 1).node;
  walk->lowest[before] = MIN (walk->lowest[before], walk->lowest[done.node]);
  if (walk->lowest[done.node] > walk->found_at[before])
    walk->bridge = MIN (walk->bridge, done.cell);
}

/* Depth first from @start, without recursion: tables may be long. */
static void
walk_from (Walk *walk, guint start)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (Step));

  arrive (walk, path, start, G_MAXUINT);
  while (path->len > 0) {
    Step *step = &g_array_index (path, Step, path->len - 1);
    guint other, cell;

    if (step->next == n_edges (walk->table, step->node)) {
      retreat (walk, path);
      continue;
    }
    if (!get_edge (walk->table, step->node, step->next++, &other, &cell) || cell == step->cell)
      continue;
    if (walk->found_at[other] != 0)
      walk->lowest[step->node] = MIN (walk->lowest[step->node], walk->found_at[other]);
    else
      arrive (walk, path, other, cell);
  }
}

/* The first hidden cell that follows from the others; G_MAXUINT when none does. */
static guint
find_bridge (const Table *table)
{
  const guint n_nodes = table->n_rows + table->n_columns;
  g_autofree guint *found_at = g_new0 (guint, n_nodes);
  g_autofree guint *lowest = g_new0 (guint, n_nodes);
  Walk walk = {table, found_at, lowest, 0, G_MAXUINT};

  for (guint node = 0; node < n_nodes; node++) {
    if (found_at[node] == 0)
      walk_from (&walk, node);
  }
  return walk.bridge;
}

/* Marks what hangs together with @start when the edge @without is cut. */
static gboolean *
mark_side (Table *table, guint start, guint without)
{
  const guint n_nodes = table->n_rows + table->n_columns;
  gboolean *is_marked = g_new0 (gboolean, n_nodes);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (guint));

  is_marked[start] = TRUE;
  g_array_append_val (waiting, start);
  while (waiting->len > 0) {
    const guint node = g_array_index (waiting, guint, waiting->len - 1);

    g_array_set_size (waiting, waiting->len - 1);
    for (guint i = 0; i < n_edges (table, node); i++) {
      guint other, cell;

      if (get_edge (table, node, i, &other, &cell) && cell != without && !is_marked[other]) {
        is_marked[other] = TRUE;
        g_array_append_val (waiting, other);
      }
    }
  }
  return is_marked;
}

/* Hides the cheapest cell that leads round the bridge @cell. FALSE when there is none. */
static gboolean
hide_around (Table *table, guint cell)
{
  const guint row = cell / table->n_columns;
  g_autofree gboolean *is_near = mark_side (table, row, cell);
  guint best = G_MAXUINT;

  for (guint i = 0; i < table->n_rows * table->n_columns; i++) {
    const guint column_node = table->n_rows + i % table->n_columns;

    if (!table->is_hidden[i] && is_near[i / table->n_columns] != is_near[column_node] &&
        (best == G_MAXUINT || cost_of (table, i) < cost_of (table, best)))
      best = i;
  }
  if (best == G_MAXUINT)
    return FALSE;
  table->is_hidden[best] = TRUE;
  return TRUE;
}

/* Hides one more cell of the row or column that @node is, if those hidden in it are too few people
 * together. FALSE when it is well as it is. */
static gboolean
hide_more (Table *table, guint node)
{
  const guint n = n_edges (table, node);
  gint64 hidden_sum = 0;
  gboolean is_any_hidden = FALSE;
  guint best = G_MAXUINT;

  for (guint i = 0; i < n; i++) {
    guint other, cell;

    if (get_edge (table, node, i, &other, &cell)) {
      if (i == n - 1)
        return FALSE; /* the sum itself is hidden */
      is_any_hidden = TRUE;
      hidden_sum += table->cells[cell];
    } else if (best == G_MAXUINT || cost_of (table, cell) < cost_of (table, best)) {
      best = cell;
    }
  }
  if (!is_any_hidden || hidden_sum >= LYKTA_SMALLEST_GROUP || best == G_MAXUINT)
    return FALSE;
  table->is_hidden[best] = TRUE;
  return TRUE;
}

void
lykta_suppress (gint64 *cells, guint n_rows, guint n_columns)
{
  g_return_if_fail (cells != NULL);

  const guint n_cells = (n_rows + 1) * (n_columns + 1);
  g_autofree gboolean *is_hidden = g_new0 (gboolean, n_cells);
  Table table = {cells, is_hidden, n_rows + 1, n_columns + 1};
  gboolean has_changed = TRUE;

  for (guint i = 0; i < n_cells; i++)
    is_hidden[i] = cells[i] > 0 && cells[i] < LYKTA_SMALLEST_GROUP;
  while (has_changed) {
    const guint bridge = find_bridge (&table);

    has_changed = bridge != G_MAXUINT && hide_around (&table, bridge);
    for (guint node = 0; !has_changed && node < table.n_rows + table.n_columns; node++)
      has_changed = hide_more (&table, node);
  }
  for (guint i = 0; i < n_cells; i++) {
    if (is_hidden[i])
      cells[i] = LYKTA_SUPPRESSED;
  }
}
