/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-gazetteer.h"

#include <string.h>

#include <gio/gio.h>

#include "model/lykta-place.h"
#include "text/lykta-search-fold.h"

/* Farther from every point than this, a position is not in Sweden. */
#define NEAREST_LIMIT_KM 100.0

struct _LyktaGazetteer {
  GObject parent_instance;

  GStringChunk *strings;  /* (owned) */
  GArray *municipalities; /* (owned) (element-type LyktaArea) in order of codes */
  GArray *counties;       /* (owned) (element-type LyktaArea) in order of codes */
  GHashTable *by_name;    /* (owned) folded name → LyktaArea of municipalities */
};

G_DEFINE_FINAL_TYPE (LyktaGazetteer, lykta_gazetteer, G_TYPE_OBJECT)

static void
lykta_gazetteer_finalize (GObject *object)
{
  LyktaGazetteer *self = LYKTA_GAZETTEER (object);

  g_hash_table_unref (self->by_name);
  g_array_unref (self->municipalities);
  g_array_unref (self->counties);
  g_string_chunk_free (self->strings);

  G_OBJECT_CLASS (lykta_gazetteer_parent_class)->finalize (object);
}

static void
lykta_gazetteer_class_init (LyktaGazetteerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_gazetteer_finalize;
}

static void
lykta_gazetteer_init (LyktaGazetteer *self)
{
  self->strings = g_string_chunk_new (4096);
  self->municipalities = g_array_new (FALSE, FALSE, sizeof (LyktaArea));
  self->counties = g_array_new (FALSE, FALSE, sizeof (LyktaArea));
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gboolean
is_code (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}

/* One row "code,name,latitude,longitude"; names hold no comma and no quote. */
static gboolean
read_row (LyktaGazetteer *self, const char *line, gsize code_length, LyktaArea *area)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", -1);
  if (g_strv_length (cells) != 4 || !is_code (cells[0], code_length) || *cells[1] == '\0')
    return FALSE;
  char *latitude_end = NULL;
  char *longitude_end = NULL;
  area->latitude = g_ascii_strtod (cells[2], &latitude_end);
  area->longitude = g_ascii_strtod (cells[3], &longitude_end);
  if (latitude_end == cells[2] || *latitude_end != '\0' || longitude_end == cells[3] ||
      *longitude_end != '\0')
    return FALSE;
  g_autofree char *county = g_strndup (cells[0], 2);
  area->code = g_string_chunk_insert (self->strings, cells[0]);
  area->name = g_string_chunk_insert (self->strings, cells[1]);
  area->county_code = g_string_chunk_insert_const (self->strings, county);
  return TRUE;
}

static gboolean
read_table (LyktaGazetteer *self,
            GBytes *csv,
            const char *table,
            gsize code_length,
            GArray *areas,
            GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (csv, &size);
  g_autofree char *text = g_strndup (data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  /* The first line names the columns. */
  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) {
    LyktaArea area;
    g_strchomp (lines[i]);
    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    if (!read_row (self, lines[i], code_length, &area)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s line %u: expected code,name,latitude,longitude but found \"%s\"", table,
                   i + 1, lines[i]);
      return FALSE;
    }
    g_array_append_val (areas, area);
  }
  return TRUE;
}

static int
compare_areas (gconstpointer a, gconstpointer b)
{
  return strcmp (((const LyktaArea *)a)->code, ((const LyktaArea *)b)->code);
}

LyktaGazetteer *
lykta_gazetteer_new (GBytes *municipalities_csv, GBytes *counties_csv, GError **error)
{
  g_return_val_if_fail (municipalities_csv != NULL && counties_csv != NULL, NULL);

  g_autoptr (LyktaGazetteer) self = g_object_new (LYKTA_TYPE_GAZETTEER, NULL);
  if (!read_table (self, municipalities_csv, "municipalities", 4, self->municipalities, error) ||
      !read_table (self, counties_csv, "counties", 2, self->counties, error))
    return NULL;
  g_array_sort (self->municipalities, compare_areas);
  g_array_sort (self->counties, compare_areas);
  for (guint i = 0; i < self->municipalities->len; i++) {
    LyktaArea *area = &g_array_index (self->municipalities, LyktaArea, i);
    g_hash_table_insert (self->by_name, lykta_search_fold_string (area->name), area);
  }
  return g_steal_pointer (&self);
}

guint
lykta_gazetteer_get_n_municipalities (LyktaGazetteer *self)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), 0);

  return self->municipalities->len;
}

const LyktaArea *
lykta_gazetteer_get_municipality (LyktaGazetteer *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);
  g_return_val_if_fail (index < self->municipalities->len, NULL);

  return &g_array_index (self->municipalities, LyktaArea, index);
}

guint
lykta_gazetteer_get_n_counties (LyktaGazetteer *self)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), 0);

  return self->counties->len;
}

const LyktaArea *
lykta_gazetteer_get_county (LyktaGazetteer *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);
  g_return_val_if_fail (index < self->counties->len, NULL);

  return &g_array_index (self->counties, LyktaArea, index);
}

static const LyktaArea *
find_code (GArray *areas, const char *code)
{
  const LyktaArea wanted = {.code = code};
  guint index;

  if (code == NULL || !g_array_binary_search (areas, &wanted, compare_areas, &index))
    return NULL;
  return &g_array_index (areas, LyktaArea, index);
}

const LyktaArea *
lykta_gazetteer_find_municipality (LyktaGazetteer *self, const char *code)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);

  return find_code (self->municipalities, code);
}

const LyktaArea *
lykta_gazetteer_find_county (LyktaGazetteer *self, const char *code)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);

  return find_code (self->counties, code);
}

const LyktaArea *
lykta_gazetteer_find_by_name (LyktaGazetteer *self, const char *name)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);

  if (name == NULL)
    return NULL;
  g_autofree char *folded = lykta_search_fold_string (name);
  const LyktaArea *area = g_hash_table_lookup (self->by_name, folded);
  if (area != NULL)
    return area;

  /* "Malmö kommun", "Lunds kommun", "Göteborgs stad". */
  char *last_space = strrchr (folded, ' ');
  if (last_space == NULL)
    return NULL;
  *last_space = '\0';
  area = g_hash_table_lookup (self->by_name, folded);
  if (area == NULL && g_str_has_suffix (folded, "s")) {
    folded[strlen (folded) - 1] = '\0';
    area = g_hash_table_lookup (self->by_name, folded);
  }
  return area;
}

const LyktaArea *
lykta_gazetteer_find_nearest (LyktaGazetteer *self, double latitude, double longitude)
{
  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);

  const LyktaArea *nearest = NULL;
  double least = NEAREST_LIMIT_KM;
  for (guint i = 0; i < self->municipalities->len; i++) {
    const LyktaArea *area = &g_array_index (self->municipalities, LyktaArea, i);
    const double distance =
        lykta_distance_km (latitude, longitude, area->latitude, area->longitude);
    if (distance <= least) {
      least = distance;
      nearest = area;
    }
  }
  return nearest;
}
