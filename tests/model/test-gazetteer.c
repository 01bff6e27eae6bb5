/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/lykta-gazetteer.h"
#include "support/lykta-test.h"

static const char MUNICIPALITIES[] = "code,name,latitude,longitude\n"
                                     "1280,Malmö,55.6050,13.0038\n"
                                     "0180,Stockholm,59.3293,18.0686\n"
                                     "1281,Lund,55.7047,13.1910\r\n"
                                     "\n"
                                     "1480,Göteborg,57.7089,11.9746\n";
static const char COUNTIES[] = "code,name,latitude,longitude\n"
                               "12,Skåne län,55.99,13.59\n"
                               "01,Stockholms län,59.60,18.14\n";

static LyktaGazetteer *
make (const char *municipalities, GError **error)
{
  g_autoptr (GBytes) first = g_bytes_new_static (municipalities, strlen (municipalities));
  g_autoptr (GBytes) second = g_bytes_new_static (COUNTIES, strlen (COUNTIES));

  return lykta_gazetteer_new (first, second, error);
}

static void
test_areas_are_found (void)
{
  static const struct {
    const char *name;
    const char *code; /* NULL: unknown */
  } cases[] = {
      {"Malmö", "1280"},          {"malmo", "1280"},
      {"MALMÖ KOMMUN", "1280"},   {"Lunds kommun", "1281"},
      {"Göteborgs stad", "1480"}, {"Stockholm", "0180"},
      {"Atlantis", NULL},         {"", NULL},
  };
  g_autoptr (GError) error = NULL;
  LyktaGazetteer *gazetteer = make (MUNICIPALITIES, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (lykta_gazetteer_get_n_municipalities (gazetteer), ==, 4);
  g_assert_cmpuint (lykta_gazetteer_get_n_counties (gazetteer), ==, 2);
  g_assert_cmpstr (lykta_gazetteer_get_municipality (gazetteer, 0)->code, ==, "0180");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const LyktaArea *area = lykta_gazetteer_find_by_name (gazetteer, cases[i].name);
    g_assert_cmpstr (area != NULL ? area->code : NULL, ==, cases[i].code);
  }
  g_assert_cmpstr (lykta_gazetteer_find_county (gazetteer, "12")->name, ==, "Skåne län");
  g_assert_null (lykta_gazetteer_find_municipality (gazetteer, "9901"));
  g_assert_null (lykta_gazetteer_find_municipality (gazetteer, NULL));
  g_assert_finalize_object (gazetteer);
}

static void
test_nearest_is_near (void)
{
  g_autoptr (LyktaGazetteer) gazetteer = make (MUNICIPALITIES, NULL);

  g_assert_cmpstr (lykta_gazetteer_find_nearest (gazetteer, 55.70, 13.20)->name, ==, "Lund");
  g_assert_null (lykta_gazetteer_find_nearest (gazetteer, 67.85, 20.22));
}

static void
test_a_broken_table_names_the_line (void)
{
  static const char *const cases[] = {
      "code,name,latitude,longitude\n128,Malmö,55.6,13.0\n",
      "code,name,latitude,longitude\n1280,Malmö,north,13.0\n",
      "code,name,latitude,longitude\n1280,Malmö,55.6\n",
      "code,name,latitude,longitude\n1280,,55.6,13.0\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (make (cases[i], &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_assert_nonnull (strstr (error->message, "line 2"));
  }
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/model/gazetteer/find", test_areas_are_found);
  g_test_add_func ("/model/gazetteer/nearest", test_nearest_is_near);
  g_test_add_func ("/model/gazetteer/broken", test_a_broken_table_names_the_line);
  return g_test_run ();
}
