/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/lykta-data.h"
#include "model/lykta-gazetteer.h"
#include "model/lykta-place.h"
#include "support/lykta-test.h"

#define N_MUNICIPALITIES 290
#define N_COUNTIES       21

typedef struct {
  char code[5];
  char *name; /* (owned) */
  double latitude;
  double longitude;
} Area;

static void
area_clear (gpointer data)
{
  g_free (((Area *)data)->name);
}

/* Rows of a table with columns by number; the header is left out. */
static GArray *
read_rows (const char *text, guint name_column, guint latitude_column)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GArray *areas = g_array_new (FALSE, TRUE, sizeof (Area));

  g_array_set_clear_func (areas, area_clear);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);
    g_assert_cmpuint (g_strv_length (cells), >, latitude_column + 1);
    Area area = {
        .name = g_strdup (cells[name_column]),
        .latitude = g_ascii_strtod (cells[latitude_column], NULL),
        .longitude = g_ascii_strtod (cells[latitude_column + 1], NULL),
    };
    g_strlcpy (area.code, cells[0], sizeof area.code);
    g_array_append_val (areas, area);
  }
  return areas;
}

static GBytes *
lookup_table (const char *name)
{
  g_autofree char *path = g_strconcat ("/se/lykta/Lykta/data/", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (lykta_data_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  return g_steal_pointer (&bytes);
}

static GArray *
read_table (const char *name)
{
  g_autoptr (GBytes) bytes = lookup_table (name);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_assert_true (g_utf8_validate_len (data, size, NULL));
  g_assert_true (g_str_has_prefix (data, "code,name,latitude,longitude\n"));
  g_autofree char *text = g_strndup (data, size);
  return read_rows (text, 1, 2);
}

/* Municipalities of each county, as the Swedish state is divided. */
static const struct {
  const char *code;
  guint n;
  double reach_km; /* no point lies farther from the county's town than this */
} counties[N_COUNTIES] = {
    {"01", 26, 90},  {"03", 8, 90},   {"04", 9, 90},   {"05", 13, 90}, {"06", 13, 90},
    {"07", 8, 90},   {"08", 12, 150}, {"09", 1, 1},    {"10", 5, 70},  {"12", 33, 110},
    {"13", 6, 110},  {"14", 49, 200}, {"17", 16, 120}, {"18", 12, 80}, {"19", 10, 80},
    {"20", 15, 160}, {"21", 10, 150}, {"22", 7, 120},  {"23", 8, 160}, {"24", 15, 270},
    {"25", 14, 310},
};

static void
test_counts_and_codes (void)
{
  g_autoptr (GArray) municipalities = read_table ("municipalities.csv");
  g_autoptr (GArray) areas = read_table ("counties.csv");

  g_assert_cmpuint (municipalities->len, ==, N_MUNICIPALITIES);
  g_assert_cmpuint (areas->len, ==, N_COUNTIES);
  for (guint i = 0; i < N_COUNTIES; i++) {
    const Area *county = &g_array_index (areas, Area, i);
    guint n = 0;
    g_assert_cmpstr (county->code, ==, counties[i].code);
    g_assert_true (g_str_has_suffix (county->name, " län"));
    for (guint j = 0; j < municipalities->len; j++) {
      const Area *area = &g_array_index (municipalities, Area, j);
      if (strncmp (area->code, county->code, 2) == 0)
        n++;
    }
    g_assert_cmpuint (n, ==, counties[i].n);
  }
  /* In order of the code, so no code is there twice. */
  for (guint i = 0; i < municipalities->len; i++) {
    const Area *area = &g_array_index (municipalities, Area, i);
    g_assert_cmpuint (strlen (area->code), ==, 4);
    g_assert_cmpuint (strspn (area->code, "0123456789"), ==, 4);
    if (i > 0)
      g_assert_cmpstr (area->code, >, g_array_index (municipalities, Area, i - 1).code);
  }
}

static void
test_points (void)
{
  g_autoptr (GArray) municipalities = read_table ("municipalities.csv");
  g_autoptr (GArray) areas = read_table ("counties.csv");

  for (guint i = 0; i < municipalities->len; i++) {
    const Area *area = &g_array_index (municipalities, Area, i);
    g_assert_cmpfloat (area->latitude, >, 55.3);
    g_assert_cmpfloat (area->latitude, <, 69.1);
    g_assert_cmpfloat (area->longitude, >, 10.9);
    g_assert_cmpfloat (area->longitude, <, 24.2);
    guint c = 0;
    while (strncmp (counties[c].code, area->code, 2) != 0)
      c++;
    const Area *county = &g_array_index (areas, Area, c);
    const double distance =
        lykta_distance_km (area->latitude, area->longitude, county->latitude, county->longitude);
    if (distance > counties[c].reach_km)
      g_error ("%s %s lies %.0f km from %s", area->code, area->name, distance, county->name);
  }
}

/* Two municipalities never share a point: each has a town of its own. */
static void
test_points_differ (void)
{
  g_autoptr (GArray) municipalities = read_table ("municipalities.csv");

  for (guint i = 0; i < municipalities->len; i++)
    for (guint j = i + 1; j < municipalities->len; j++) {
      const Area *a = &g_array_index (municipalities, Area, i);
      const Area *b = &g_array_index (municipalities, Area, j);
      g_assert_true (strcmp (a->name, b->name) != 0);
      g_assert_cmpfloat (lykta_distance_km (a->latitude, a->longitude, b->latitude, b->longitude),
                         >, 1.0);
    }
}

/* Against another list of the same facts that is not part of the repository. */
static void
test_agrees_with_other_list (void)
{
  g_autofree char *beside = lykta_test_source_path ("../shared/data");
  const char *root = g_getenv ("LYKTA_TEST_DATA") != NULL ? g_getenv ("LYKTA_TEST_DATA") : beside;
  g_autofree char *path = g_build_filename (root, "geo", "municipalities.csv", NULL);

  if (!lykta_test_need_path (path, "list of municipalities to compare with"))
    return;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) others = read_rows (text, 1, 4);
  g_autoptr (GArray) municipalities = read_table ("municipalities.csv");
  g_assert_cmpuint (others->len, ==, municipalities->len);
  for (guint i = 0; i < others->len; i++) {
    const Area *other = &g_array_index (others, Area, i);
    const Area *area = &g_array_index (municipalities, Area, i);
    g_assert_cmpstr (area->code, ==, other->code);
    g_assert_cmpstr (area->name, ==, other->name);
    /* Their point is the middle of an area that may be 200 km long, ours its main town. */
    g_assert_cmpfloat (
        lykta_distance_km (area->latitude, area->longitude, other->latitude, other->longitude),
        <, area->latitude> 62.0 ? 150.0 : 100.0);
  }
}

/* The tables are what the gazetteer takes, and people find their town in it. */
static void
test_gazetteer (void)
{
  static const struct {
    const char *written;
    const char *code;
  } names[] = {
      {"malmo", "1280"},        {"Göteborgs stad", "1480"}, {"Lunds kommun", "1281"},
      {"Upplands-Bro", "0139"}, {"HÄRNÖSAND", "2280"},      {"åre", "2321"},
  };
  g_autoptr (GBytes) municipalities = lookup_table ("municipalities.csv");
  g_autoptr (GBytes) areas = lookup_table ("counties.csv");
  g_autoptr (GError) error = NULL;
  LyktaGazetteer *gazetteer = lykta_gazetteer_new (municipalities, areas, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lykta_gazetteer_get_n_municipalities (gazetteer), ==, N_MUNICIPALITIES);
  g_assert_cmpuint (lykta_gazetteer_get_n_counties (gazetteer), ==, N_COUNTIES);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const LyktaArea *area = lykta_gazetteer_find_by_name (gazetteer, names[i].written);
    g_assert_nonnull (area);
    g_assert_cmpstr (area->code, ==, names[i].code);
  }
  for (guint i = 0; i < N_MUNICIPALITIES; i++) {
    const LyktaArea *area = lykta_gazetteer_get_municipality (gazetteer, i);
    g_assert_true (lykta_gazetteer_find_nearest (gazetteer, area->latitude, area->longitude) ==
                   area);
    g_assert_nonnull (lykta_gazetteer_find_county (gazetteer, area->county_code));
  }
  g_assert_finalize_object (gazetteer);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/data/areas/counts-and-codes", test_counts_and_codes);
  g_test_add_func ("/data/areas/points", test_points);
  g_test_add_func ("/data/areas/points-differ", test_points_differ);
  g_test_add_func ("/data/areas/gazetteer", test_gazetteer);
  g_test_add_func ("/data/areas/agrees-with-other-list", test_agrees_with_other_list);
  return g_test_run ();
}
