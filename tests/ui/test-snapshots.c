/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every screen from right to left, beside a small picture of how it was when somebody looked at it.
 *
 * The pictures are grey and an eighth of the size, and a screen may differ a little: another word,
 * a badge more. What is not mirrored, cut off or missing differs a lot. After a change that is
 * meant, look at ./dev screenshots and renew them:
 *   LYKTA_SNAPSHOTS=update meson test -C build ui-snapshots */
#include <glib/gstdio.h>
#include <string.h>

#include "lykta-scenes.h"
#include "lykta-stage.h"
#include "support/lykta-test.h"

#define WIDTH  1080
#define HEIGHT 1800
#define SCALE  8
#define SMALL  (WIDTH / SCALE)
#define LOW    (HEIGHT / SCALE)
/* Mean difference of a point, of 255: 0 with the same fonts. The same screen mirrored differs by 1
 * (a month, which is mostly paper) to 18, so that is looked at by itself. */
#define TOLERANCE 3.0

static LyktaTestDir *dir;

/* The window in grey, each point the mean of its square. (transfer full) (array length=SMALL*LOW)
 */
static guint8 *
shrink (GdkTexture *texture)
{
  const int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  const gsize stride = (gsize)width * 4;
  g_autofree guint8 *data = g_malloc (stride * (gsize)height);
  guint8 *small = g_malloc (SMALL * LOW);

  gdk_texture_download (texture, data, stride);
  for (int y = 0; y < LOW; y++)
    for (int x = 0; x < SMALL; x++) {
      guint sum = 0;
      for (int k = 0; k < SCALE * SCALE; k++) {
        const int px = MIN (x * width / SMALL + k % SCALE, width - 1);
        const int py = MIN (y * height / LOW + k / SCALE, height - 1);
        const guint8 *point = data + (gsize)py * stride + (gsize)px * 4;
        sum += point[0] + point[1] + point[2];
      }
      small[y * SMALL + x] = (guint8)(sum / (3 * SCALE * SCALE));
    }
  return small;
}

static void
save (const guint8 *small, const char *path)
{
  g_autofree guint8 *data = g_malloc (SMALL * LOW * 3);

  for (int i = 0; i < SMALL * LOW; i++)
    memset (data + (gsize)i * 3, small[i], 3);
  g_autoptr (GBytes) bytes = g_bytes_new (data, SMALL * LOW * 3);
  g_autoptr (GdkTexture) texture =
      gdk_memory_texture_new (SMALL, LOW, GDK_MEMORY_R8G8B8, bytes, SMALL * 3);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* (transfer full) */
static guint8 *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, SMALL);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, LOW);
  g_autofree guint8 *data = g_malloc (SMALL * LOW * 4);
  guint8 *small = g_malloc (SMALL * LOW);
  gdk_texture_download (texture, data, SMALL * 4);
  for (int i = 0; i < SMALL * LOW; i++)
    small[i] = data[i * 4];
  return small;
}

static double
difference (const guint8 *a, const guint8 *b, gboolean is_mirrored)
{
  guint64 sum = 0;

  for (int y = 0; y < LOW; y++)
    for (int x = 0; x < SMALL; x++)
      sum += (guint64)ABS (a[y * SMALL + x] - b[y * SMALL + (is_mirrored ? SMALL - 1 - x : x)]);
  return (double)sum / (SMALL * LOW);
}

static void
check (LyktaStage *stage, const char *scene, const char *language)
{
  g_autofree char *shot = lykta_test_dir_child (dir, "shot.png");
  g_autofree char *name = g_strdup_printf ("%s-%s.png", scene, language);
  g_autofree char *path =
      g_build_filename (g_getenv ("LYKTA_SOURCE_ROOT"), "tests", "ui", "snapshots", name, NULL);

  lykta_stage_shoot (stage, shot);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (shot, NULL);
  g_assert_nonnull (texture);
  g_autofree guint8 *seen = shrink (texture);
  if (g_strcmp0 (g_getenv ("LYKTA_SNAPSHOTS"), "update") == 0) {
    save (seen, path);
    return;
  }
  g_autofree guint8 *kept = load (path);
  const double as_it_is = difference (seen, kept, FALSE);
  const double mirrored = difference (seen, kept, TRUE);
  g_test_message ("%s: differs by %.1f, mirrored by %.1f", name, as_it_is, mirrored);
  g_assert_cmpfloat (as_it_is, <=, TOLERANCE);
  g_assert_cmpfloat (as_it_is, <, mirrored);
}

static void
test_right_to_left (gconstpointer language)
{
  g_autoptr (LyktaStage) stage = lykta_stage_new (LYKTA_MODE_KIOSK, lykta_test_dir_get_path (dir));

  lykta_stage_show (stage, WIDTH, HEIGHT);
  for (gsize i = 0; i < LYKTA_N_SCENES; i++) {
    lykta_session_set_language (stage->session, language);
    lykta_scenes[i].show (stage);
    /* The greeting is in all languages, and the choice of a language comes after it. */
    if (lykta_session_get_screen (stage->session) == LYKTA_SCREEN_ATTRACT)
      continue;
    lykta_session_set_language (stage->session, language);
    for (int k = 0; k < 4; k++)
      lykta_stage_settle (stage);
    check (stage, lykta_scenes[i].name, language);
  }
}

int
main (int argc, char **argv)
{
  int result;

  lykta_test_init (&argc, &argv);
  if (!lykta_stage_init ())
    return 77;
  dir = lykta_test_dir_new ();
  g_test_add_data_func ("/ui/snapshots/ar", "ar", test_right_to_left);
  g_test_add_data_func ("/ui/snapshots/fa-AF", "fa-AF", test_right_to_left);
  result = g_test_run ();
  g_clear_pointer (&dir, lykta_test_dir_free);
  return result;
}
