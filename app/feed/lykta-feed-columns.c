/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-columns.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"

/* Stands where a string was taken out; never part of JSON. */
#define HOLE         '\x01'
#define FIRST_COLUMN 0x20
#define MAX_COLUMNS  95
#define MAX_DEPTH    (LYKTA_LIMIT_JSON_NESTING + 1)

typedef struct {
  const char *p;
  gsize n;
} Slice;

static gboolean
slice_is (Slice slice, const char *text)
{
  return slice.n == strlen (text) && memcmp (slice.p, text, slice.n) == 0;
}

/* Never NULL. */
static const char *
data_of (GBytes *bytes, gsize *n)
{
  const char *data = g_bytes_get_data (bytes, n);

  return data != NULL ? data : "";
}

/* ---- writing ---- */

typedef struct {
  GString *lines;         /* (owned) what is left of the records */
  GPtrArray *columns;     /* (owned) (element-type GString) */
  GHashTable *numbers;    /* (owned) name of a column → its number + 1 */
  Slice names[MAX_DEPTH]; /* of the members that the open objects and lists belong to */
  gboolean is_object[MAX_DEPTH];
  guint depth;
  Slice key;
  gboolean is_key; /* the next string names a member */
} Writing;

static void
string_free (gpointer string)
{
  g_string_free (string, TRUE);
}

/* What is alike: texts of one kind in one language, and what is different in every record. NULL:
 * the string stays where it is. (transfer full) (nullable) */
static char *
column_of (Writing *self)
{
  static const char *const texts[] = {"name", "description", "lykta:notes", "lykta:price"};
  static const char *const others[] = {"identifier", "email", "telephone"};
  Slice owner = self->depth > 0 ? self->names[self->depth - 1] : (Slice){NULL, 0};

  if (self->depth == 0 || !self->is_object[self->depth - 1] ||
      (self->key.n > 0 && *self->key.p == '@'))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (slice_is (owner, texts[i]))
      return g_strdup_printf ("%s %.*s", texts[i], (int)self->key.n, self->key.p);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (slice_is (self->key, others[i]))
      return g_strdup (others[i]);
  return NULL;
}

static gboolean
take_out (Writing *self, Slice string)
{
  g_autofree char *name = column_of (self);
  guint number;

  if (name == NULL)
    return FALSE;
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, name));
  if (number == 0) {
    if (self->columns->len == MAX_COLUMNS)
      return FALSE;
    g_ptr_array_add (self->columns, g_string_new (NULL));
    number = self->columns->len;
    g_hash_table_insert (self->numbers, g_steal_pointer (&name), GUINT_TO_POINTER (number));
  }
  g_string_append_c (self->lines, HOLE);
  g_string_append_c (self->lines, (char)(FIRST_COLUMN + number - 1));
  g_string_append_len (self->columns->pdata[number - 1], string.p, (gssize)string.n);
  g_string_append_c (self->columns->pdata[number - 1], '\n');
  return TRUE;
}

/* From a quote to behind the next one that is meant so. */
static const char *
end_of_string (const char *p, const char *end)
{
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\')
      p++;
  return p < end ? p + 1 : end;
}

static void
on_mark (Writing *self, char c)
{
  switch (c) {
  case '{':
  case '[':
    if (self->depth < MAX_DEPTH) {
      self->names[self->depth] = self->key;
      self->is_object[self->depth] = c == '{';
    }
    self->depth++;
    self->is_key = c == '{';
    break;
  case '}':
  case ']':
    self->depth -= self->depth > 0;
    self->is_key = FALSE;
    break;
  case ',':
    self->is_key = self->depth > 0 && self->depth <= MAX_DEPTH && self->is_object[self->depth - 1];
    break;
  case ':':
    self->is_key = FALSE;
    break;
  default:
    break;
  }
}

static void
write_line (Writing *self, const char *p, const char *end)
{
  self->depth = 0;
  self->is_key = FALSE;
  self->key = (Slice){p, 0};
  while (p < end) {
    const char *next = *p == '"' ? end_of_string (p, end) : p + 1;
    Slice string = {p, (gsize)(next - p)};

    if (*p != '"')
      on_mark (self, *p);
    else if (self->is_key)
      self->key = (Slice){p + 1, string.n >= 2 ? string.n - 2 : 0};
    if (*p != '"' || self->is_key || self->depth > MAX_DEPTH || !take_out (self, string))
      g_string_append_len (self->lines, p, (gssize)string.n);
    p = next;
  }
  g_string_append_c (self->lines, '\n');
}

GBytes *
lykta_feed_columns_write (GBytes *lines)
{
  Writing self = {0};
  gsize n;
  const char *p = data_of (lines, &n);
  const char *end = p + n;
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (string_free);
  GString *out = g_string_sized_new (n + n / 64);

  self.lines = out;
  self.columns = columns;
  self.numbers = numbers;
  while (p < end) {
    const char *stop = memchr (p, '\n', (gsize)(end - p));

    stop = stop != NULL ? stop : end;
    write_line (&self, p, stop);
    p = stop + 1;
  }
  for (guint i = 0; i < columns->len; i++) {
    const GString *column = columns->pdata[i];

    g_string_append_c (out, '\n');
    g_string_append_len (out, column->str, (gssize)column->len);
  }
  return g_string_free_to_bytes (out);
}

/* ---- reading ---- */

/* Up to the empty line, and behind it; to the end when there is none. */
static Slice
take_block (const char **p, const char *end)
{
  const char *start = *p;
  const char *line = start;

  while (line < end && *line != '\n') {
    const char *stop = memchr (line, '\n', (gsize)(end - line));

    line = stop != NULL ? stop + 1 : end;
  }
  *p = line < end ? line + 1 : end;
  return (Slice){start, (gsize)(line - start)};
}

/* The next string of @column; FALSE when there is none. */
static gboolean
take_line (Slice *column, GString *out)
{
  const char *stop = column->n > 0 ? memchr (column->p, '\n', column->n) : NULL;

  if (stop == NULL)
    return FALSE;
  g_string_append_len (out, column->p, stop - column->p);
  column->n -= (gsize)(stop + 1 - column->p);
  column->p = stop + 1;
  return TRUE;
}

static gboolean
fill (Slice lines, Slice *columns, guint n_columns, GString *out)
{
  const char *p = lines.p;
  const char *end = p + lines.n;

  while (p < end) {
    const char *hole = memchr (p, HOLE, (gsize)(end - p));
    guint number;

    g_string_append_len (out, p, (hole != NULL ? hole : end) - p);
    if (hole == NULL)
      break;
    number = hole + 1 < end ? (guint)(guchar)hole[1] - FIRST_COLUMN : G_MAXUINT;
    if (number >= n_columns || !take_line (&columns[number], out))
      return FALSE;
    p = hole + 2;
  }
  for (guint i = 0; i < n_columns; i++)
    if (columns[i].n > 0)
      return FALSE;
  return TRUE;
}

GBytes *
lykta_feed_columns_read (GBytes *text, GError **error)
{
  gsize n;
  const char *p = data_of (text, &n);
  const char *end = p + n;
  Slice columns[MAX_COLUMNS];
  guint n_columns = 0;
  g_autoptr (GString) out = g_string_sized_new (n);
  Slice lines;
  gboolean is_well;

  if (n == 0)
    return g_bytes_ref (text);
  lines = take_block (&p, end);
  while (p < end && n_columns < MAX_COLUMNS)
    columns[n_columns++] = take_block (&p, end);
  is_well = p == end && fill (lines, columns, n_columns, out);
  if (is_well)
    return g_string_free_to_bytes (g_steal_pointer (&out));
  g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                       "the columns of a snapshot do not fit its records");
  return NULL;
}
