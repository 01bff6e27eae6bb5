/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/stat.h>

#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "support/lykta-test.h"

typedef struct {
  LyktaTestDir *dir;     /* (owned) */
  LyktaFetcher *fetcher; /* (owned) */
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  self->dir = lykta_test_dir_new ();
  self->fetcher = lykta_file_fetcher_new ();
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->fetcher);
  lykta_test_dir_free (self->dir);
}

static char *
fetch (LyktaFetcher *fetcher,
       const char *path,
       guint64 max_bytes,
       LyktaFetchResult *result,
       GError **error)
{
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  LyktaFetchRequest request = {.address = address, .max_bytes = max_bytes};

  if (!lykta_fetcher_fetch (fetcher, &request, body, NULL, result, error))
    return NULL;
  g_assert_true (g_output_stream_write_all (body, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (body, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (body));
}

static void
test_file (Fixture *self, gconstpointer data)
{
  g_autofree char *path = lykta_test_dir_write (self->dir, "å b.ics", "BEGIN", -1);
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fetch (self->fetcher, path, 0, &result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "BEGIN");
  g_assert_cmpuint (result.n_bytes, ==, 5);
  g_assert_cmpuint (result.bytes_on_wire, ==, 0);
  g_assert_null (result.part_ends);
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *b = lykta_test_dir_write (self->dir, "cal/b.ics", "bb", -1);
  g_autofree char *a = lykta_test_dir_write (self->dir, "cal/A.ICS", "a", -1);
  g_autofree char *other = lykta_test_dir_write (self->dir, "cal/readme.txt", "no", -1);
  g_autofree char *hidden = lykta_test_dir_write (self->dir, "cal/.c.ics", "no", -1);
  g_autofree char *deep = lykta_test_dir_write (self->dir, "cal/deep/d.ics", "no", -1);
  g_autofree char *path = lykta_test_dir_child (self->dir, "cal");
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fetch (self->fetcher, path, 0, &result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "abb");
  g_assert_cmpuint (result.part_ends->len, ==, 2);
  g_assert_cmpuint (g_array_index (result.part_ends, guint64, 0), ==, 1);
  g_assert_cmpuint (g_array_index (result.part_ends, guint64, 1), ==, 3);
}

static void
assert_fails (Fixture *self, const char *path, guint64 max_bytes, LyktaNetError code)
{
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fetch (self->fetcher, path, max_bytes, &result, &error);

  g_assert_null (text);
  g_assert_error (error, LYKTA_NET_ERROR, (int)code);
}

static void
test_failures (Fixture *self, gconstpointer data)
{
  g_autofree char *missing = lykta_test_dir_child (self->dir, "missing.ics");
  g_autofree char *large = lykta_test_dir_write (self->dir, "large/large.ics", "0123456789", -1);
  g_autofree char *empty = lykta_test_dir_child (self->dir, "empty");
  g_autofree char *pipe = lykta_test_dir_child (self->dir, "pipe.ics");

  g_assert_cmpint (mkdir (empty, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_fails (self, missing, 0, LYKTA_NET_ERROR_NOT_FOUND);
  assert_fails (self, large, 9, LYKTA_NET_ERROR_TOO_LARGE);
  assert_fails (self, empty, 0, LYKTA_NET_ERROR_NOT_FOUND);
  assert_fails (self, pipe, 0, LYKTA_NET_ERROR_REFUSED_ADDRESS);
  assert_fails (self, "/dev/zero", 0, LYKTA_NET_ERROR_REFUSED_ADDRESS);
}

static void
test_addresses (Fixture *self, gconstpointer data)
{
  static const char *const addresses[] = {"https://example.invalid/", "file://host.invalid/x", "x"};

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    LyktaFetchRequest request = {.address = addresses[i]};

    g_assert_false (lykta_fetcher_fetch (self->fetcher, &request, body, NULL, &result, &error));
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REFUSED_ADDRESS);
  }
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autofree char *path = lykta_test_dir_write (self->dir, "a.ics", "BEGIN", -1);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  LyktaFetchRequest request = {.address = address};

  g_cancellable_cancel (cancellable);
  g_assert_false (
      lykta_fetcher_fetch (self->fetcher, &request, body, cancellable, &result, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED);
}

/* A file fetcher refuses what is not a file, which shows who was asked. */
static void
test_route (Fixture *self, gconstpointer data)
{
  g_autofree char *path = lykta_test_dir_write (self->dir, "a.ics", "x", -1);
  LyktaFetcher *remote = lykta_file_fetcher_new ();
  LyktaFetcher *route = lykta_route_fetcher_new (self->fetcher, remote);
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fetch (route, path, 0, &result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "x");
  g_assert_finalize_object (route);
  g_assert_finalize_object (remote);
}

#define ADD(name, function) \
  g_test_add ("/net/file-fetcher/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("file", test_file);
  ADD ("folder", test_folder);
  ADD ("failures", test_failures);
  ADD ("addresses", test_addresses);
  ADD ("cancel", test_cancel);
  ADD ("route", test_route);
  return g_test_run ();
}
