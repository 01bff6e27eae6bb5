/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-feed"

#include "feed/lykta-sample-table.h"

#include <string.h>

#include "base/lykta-data.h"
#include "feed/lykta-feed.h"

#define PREFIX "/se/lykta/Lykta/data/sample/"

typedef struct {
  guint line;   /* in the file, from 1 */
  char **cells; /* (owned) as many as there are columns */
} Row;

struct _LyktaSampleTable {
  char *name;         /* (owned) */
  char **columns;     /* (owned) */
  GArray *rows;       /* (owned) (element-type Row) */
  GHashTable *by_key; /* (owned) first cell (borrowed from its row) → number of the row + 1 */
};

static void
row_clear (gpointer data)
{
  g_strfreev (((Row *)data)->cells);
}

void
lykta_sample_table_free (LyktaSampleTable *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_array_unref (self->rows);
  g_strfreev (self->columns);
  g_free (self->name);
  g_free (self);
}

static gboolean
read_line (LyktaSampleTable *self, const char *text, guint line, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (text, "\t", -1);

  if (self->columns == NULL) {
    self->columns = g_steal_pointer (&cells);
    return TRUE;
  }
  if (g_strv_length (cells) != g_strv_length (self->columns)) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "sample table %s line %u: %u cells for %u columns", self->name, line,
                 g_strv_length (cells), g_strv_length (self->columns));
    return FALSE;
  }
  Row row = {line, g_steal_pointer (&cells)};
  g_array_append_val (self->rows, row);
  g_hash_table_insert (self->by_key, row.cells[0], GUINT_TO_POINTER (self->rows->len));
  return TRUE;
}

LyktaSampleTable *
lykta_sample_table_load (const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (lykta_data_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID, "no sample table %s", name);
    return NULL;
  }
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  return lykta_sample_table_new (name, text, error);
}

LyktaSampleTable *
lykta_sample_table_new (const char *name, const char *text, GError **error)
{
  g_return_val_if_fail (name != NULL && text != NULL, NULL);

  g_autoptr (LyktaSampleTable) self = g_new0 (LyktaSampleTable, 1);
  self->name = g_strdup (name);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, row_clear);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && *lines[i] != '#' && !read_line (self, lines[i], i + 1, error))
      return NULL;
  return g_steal_pointer (&self);
}

guint
lykta_sample_table_get_n (LyktaSampleTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

int
lykta_sample_table_find (LyktaSampleTable *self, const char *key)
{
  g_return_val_if_fail (self != NULL, -1);

  if (key == NULL)
    return -1;
  return (int)GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key)) - 1;
}

const char *
lykta_sample_table_get (LyktaSampleTable *self, guint row, const char *column)
{
  g_return_val_if_fail (self != NULL && row < self->rows->len, NULL);
  g_return_val_if_fail (column != NULL, NULL);

  for (guint i = 0; self->columns[i] != NULL; i++)
    if (strcmp (self->columns[i], column) == 0) {
      const char *cell = g_array_index (self->rows, Row, row).cells[i];
      return *cell != '\0' ? cell : NULL;
    }
  g_critical ("sample table %s has no column %s", self->name, column);
  return NULL;
}

int
lykta_sample_table_get_int (LyktaSampleTable *self, guint row, const char *column, int otherwise)
{
  const char *cell = lykta_sample_table_get (self, row, column);
  gint64 value;

  if (cell == NULL || !g_ascii_string_to_signed (cell, 10, -1000000, 1000000, &value, NULL))
    return otherwise;
  return (int)value;
}

char **
lykta_sample_table_get_words (LyktaSampleTable *self, guint row, const char *column)
{
  const char *cell = lykta_sample_table_get (self, row, column);

  return g_strsplit (cell != NULL ? cell : "", " ", -1);
}

gboolean
lykta_sample_table_fail (LyktaSampleTable *self, guint row, const char *expected, GError **error)
{
  g_return_val_if_fail (self != NULL && row < self->rows->len, FALSE);

  g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
               "sample table %s line %u: expected %s", self->name,
               g_array_index (self->rows, Row, row).line, expected);
  return FALSE;
}
