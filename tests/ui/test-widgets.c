/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small things that screens are made of. */
#include <math.h>

#include "lykta-stage.h"
#include "paper/lykta-svg-path.h"
#include "support/lykta-test.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-badge.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-tile.h"
#include "ui/widgets/lykta-wrap-box.h"

static gboolean
extents_of (const char *data, double extents[4])
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  gboolean is_read = lykta_svg_path_append (cr, data);

  cairo_path_extents (cr, &extents[0], &extents[1], &extents[2], &extents[3]);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return is_read;
}

static void
test_paths (void)
{
  static const struct {
    const char *data;
    gboolean is_read;
    double extents[4];
  } cases[] = {
      {"M1 2h3v4h-3z", TRUE, {1, 2, 4, 6}},
      {"m1,2 3,0 0,4-3,0z", TRUE, {1, 2, 4, 6}},
      {"M0 0L10 0 10 5", TRUE, {0, 0, 10, 5}},
      {"M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0", TRUE, {2, 2, 22, 22}},
      {"M2 12a10 10 0 1020 0", TRUE, {2, 12, 22, 22}},
      {"M0 0c0 10 10 10 10 0s10 -10 10 0", TRUE, {0, -7.5, 20, 7.5}},
      {"M0 0q5 10 10 0t10 0", TRUE, {0, -5, 20, 5}},
      {"M.5.5l1e1 0", TRUE, {0.5, 0.5, 10.5, 0.5}},
      {"M5 5A0 10 0 0 1 9 9", TRUE, {5, 5, 9, 9}},
      {"", TRUE, {0, 0, 0, 0}},
      {"M1 2 L", FALSE, {0}},
      {"X1 2", FALSE, {0}},
      {"M1 2z3", FALSE, {0}},
      {"M1 2a1 1 0 2 0 1 1", FALSE, {0}},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    double extents[4];
    g_test_message ("%s", cases[i].data);
    g_assert_cmpint (extents_of (cases[i].data, extents), ==, cases[i].is_read);
    for (int j = 0; cases[i].is_read && j < 4; j++)
      g_assert_cmpfloat_with_epsilon (extents[j], cases[i].extents[j], 0.1);
  }
}

static void
test_every_drawing_can_be_read (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = g_resources_enumerate_children ("/se/lykta/Lykta/icons",
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  for (gsize i = 0; names[i] != NULL; i++) {
    g_autofree char *name = g_strndup (names[i], strlen (names[i]) - strlen (".svg"));
    g_assert_true (lykta_pictogram_is_known (name));
  }
  g_assert_false (lykta_pictogram_is_known ("no-such-drawing"));
}

static void
test_every_look_has_a_drawing (void)
{
  for (int door = 0; door < LYKTA_N_DOORS; door++) {
    LyktaLook look = lykta_look_of_door ((LyktaDoor)door);
    g_assert_true (lykta_pictogram_is_known (look.icon));
    g_assert_nonnull (look.word);
    g_assert_nonnull (look.style);
  }
  for (int audience = 0; audience <= LYKTA_AUDIENCE_YOUNG_PEOPLE; audience++)
    g_assert_true (lykta_pictogram_is_known (lykta_look_of_audience (audience).icon));
  for (int status = 0; status <= LYKTA_STATUS_TENTATIVE; status++)
    g_assert_true (lykta_pictogram_is_known (lykta_look_of_status (status).icon));
  g_assert_true (lykta_pictogram_is_known (lykta_look_of_purpose (LYKTA_PURPOSE_NONE).icon));
  g_assert_null (lykta_look_of_audience (LYKTA_AUDIENCE_UNKNOWN).word);
  g_assert_null (lykta_look_of_status (LYKTA_STATUS_SCHEDULED).word);
}

static int
height_for (GtkWidget *widget, int width)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static GtkWidget *
new_block (int width, int height)
{
  GtkWidget *block = gtk_drawing_area_new ();

  gtk_widget_set_size_request (block, width, height);
  return block;
}

static void
test_wrap_box (void)
{
  GtkWidget *box = g_object_ref_sink (lykta_wrap_box_new ());
  int minimum, natural;

  for (int i = 0; i < 4; i++)
    lykta_wrap_box_append (LYKTA_WRAP_BOX (box), new_block (100, 20));
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 424);
  g_assert_cmpint (height_for (box, 424), ==, 20);
  g_assert_cmpint (height_for (box, 423), ==, 48);
  g_assert_cmpint (height_for (box, 100), ==, 104);
  gtk_widget_set_visible (gtk_widget_get_first_child (box), FALSE);
  g_assert_cmpint (height_for (box, 316), ==, 20);
  lykta_wrap_box_clear (LYKTA_WRAP_BOX (box));
  g_assert_cmpint (height_for (box, 316), ==, 0);
  g_assert_finalize_object (box);
}

static void
test_columns (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  gtk_widget_set_layout_manager (box, lykta_columns_layout_new (1, 3, 10));
  for (int i = 0; i < 4; i++)
    gtk_box_append (GTK_BOX (box), new_block (100, 20 + 10 * i));
  /* One column, two, and never three with one left alone. */
  g_assert_cmpint (height_for (box, 100), ==, 20 + 30 + 40 + 50 + 3 * 10);
  g_assert_cmpint (height_for (box, 210), ==, 30 + 50 + 10);
  g_assert_cmpint (height_for (box, 1000), ==, 30 + 50 + 10);
  gtk_box_append (GTK_BOX (box), new_block (100, 20));
  g_assert_cmpint (height_for (box, 1000), ==, 40 + 50 + 10);
  g_assert_finalize_object (box);
}

static void
test_controls_have_names (void)
{
  GtkWidget *tile = g_object_ref_sink (lykta_tile_new ("run", "Hälsa", "health"));
  GtkWidget *chip = g_object_ref_sink (lykta_chip_new (NULL, "I dag", NULL));
  GtkWidget *badge = g_object_ref_sink (lykta_language_badge_new ("sv"));

  gtk_test_accessible_assert_role (tile, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, "Hälsa");
  gtk_test_accessible_assert_role (chip, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL, "I dag");
  lykta_chip_set_label (LYKTA_CHIP (chip), "I morgon");
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL, "I morgon");
  g_assert_nonnull (lykta_stage_find (badge, LYKTA_TYPE_PICTOGRAM));
  g_assert_finalize_object (tile);
  g_assert_finalize_object (chip);
  g_assert_finalize_object (badge);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
#define ADD(name) g_test_add_func ("/ui/widgets/" #name, test_##name)
  ADD (paths);
  ADD (every_drawing_can_be_read);
  ADD (every_look_has_a_drawing);
  ADD (wrap_box);
  ADD (columns);
  ADD (controls_have_names);
#undef ADD
  return g_test_run ();
}
