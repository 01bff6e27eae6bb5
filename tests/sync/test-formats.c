/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aktiviteter i Sverige has no public interface yet. Whatever it will be, one setting is all that
 * has to change: the same calendar is served by nginx in each format, and the preset, pointed from
 * one to the next, gives the same activities. */
#include <string.h>

#include "feed/lykta-ical.h"
#include "feed/lykta-jsonld.h"
#include "feed/lykta-sample-calendar.h"
#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "sync/sync-fixture.h"

#define N_PAGES 3

static const char *const languages[] = {"sv", "en", "ar"};

static const char config[] =
    "location = /page-0.ndjson { add_header Link '</page-1.ndjson>; rel=\"next\"'; }\n"
    "location = /page-1.ndjson { add_header Link '<page-2.ndjson>; rel=next, </>; rel=up'; }\n"
    "gzip on; gzip_types application/octet-stream;";

static void
use_network (SyncFixture *self)
{
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = lykta_soup_fetcher_new (NULL);
  g_autoptr (LyktaFetcher) fetcher = lykta_route_fetcher_new (local, remote);

  g_clear_object (&self->engine);
  self->engine = sync_fixture_new_engine (self, fetcher);
}

static gboolean
on_activity (LyktaActivity *activity, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (activity));
  return TRUE;
}

static GPtrArray *
sample (SyncFixture *self)
{
  GPtrArray *activities = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  lykta_sample_calendar_read (lykta_clock_now (self->clock), on_activity, activities, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (activities->len, >, 20);
  return activities;
}

static void
write_file (LyktaTestDir *root, const char *name, GBytes *bytes)
{
  gsize n;
  const char *text = g_bytes_get_data (bytes, &n);
  g_autofree char *path = lykta_test_dir_write (root, name, text, (gssize)n);
}

static void
write_lines (LyktaTestDir *root, const char *name, GPtrArray *activities)
{
  g_autoptr (GBytes) bytes = lykta_jsonld_write (activities, LYKTA_JSONLD_WRITE_EVERYTHING);

  write_file (root, name, bytes);
}

/* The same as one object with "@graph", and inside a web page. */
static void
write_wrapped (LyktaTestDir *root, GPtrArray *activities)
{
  g_autoptr (GString) graph = g_string_new ("{\"@context\":\"https://schema.org\",\"@graph\":[");
  g_autoptr (GString) page = g_string_new ("<!doctype html><html><head><title>K</title></head>");
  g_autofree char *graph_path = NULL;
  g_autofree char *page_path = NULL;

  for (guint i = 0; i < activities->len; i++) {
    if (i > 0)
      g_string_append (graph, ",\n");
    lykta_jsonld_append (graph, g_ptr_array_index (activities, i), LYKTA_JSONLD_WRITE_EVERYTHING);
  }
  g_string_append (graph, "]}\n");
  g_string_append_printf (
      page, "<body><script type=\"application/ld+json\">%s</script></body></html>\n", graph->str);
  graph_path = lykta_test_dir_write (root, "graph.json", graph->str, -1);
  page_path = lykta_test_dir_write (root, "page.html", page->str, -1);
}

static void
write_pages (LyktaTestDir *root, GPtrArray *activities)
{
  for (guint page = 0; page < N_PAGES; page++) {
    g_autoptr (GPtrArray) some = g_ptr_array_new ();
    g_autofree char *name = g_strdup_printf ("page-%u.ndjson", page);

    for (guint i = page; i < activities->len; i += N_PAGES)
      g_ptr_array_add (some, g_ptr_array_index (activities, i));
    write_lines (root, name, some);
  }
}

/* Only the title in one language: what a server that knows one language at a time would say. */
static void
write_language (LyktaTestDir *root, GPtrArray *activities, const char *language)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *name = g_strdup_printf ("%s.ndjson", language);

  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *activity = g_ptr_array_index (activities, i);
    const char *title = lykta_texts_get (lykta_activity_get_title (activity), language);
    g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (
        lykta_activity_get_uid (activity), lykta_activity_get_schedule (activity));

    lykta_activity_builder_set_title (builder, language, title);
    g_ptr_array_add (some, lykta_activity_builder_end (builder));
  }
  write_lines (root, name, some);
}

static void
set_preset (SyncFixture *self, const char *address, LyktaFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (self->device_path, self->clock, &error);
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (device);

  g_assert_no_error (error);
  lykta_source_list_set_preset (list, address, format, &error);
  g_assert_no_error (error);
}

static char *
sync_with (SyncFixture *self, LyktaTestServer *server, const char *name, LyktaFormat format)
{
  g_autofree char *address = lykta_test_server_url (server, name);
  g_autoptr (LyktaSyncReport) report = NULL;
  const LyktaSyncResult *result;

  set_preset (self, address, format);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  result = sync_find_result (report, LYKTA_SOURCE_ID_PRESET);
  if (result->outcome != LYKTA_SYNC_OUTCOME_UPDATED)
    g_error ("%s: %s", name, result->detail);
  return sync_fixture_dump (self);
}

static void
test_preset (SyncFixture *self, gconstpointer data)
{
  static const struct {
    const char *name;
    LyktaFormat format;
  } forms[] = {
      {"calendar.ndjson", LYKTA_FORMAT_AUTO},   {"graph.json", LYKTA_FORMAT_AUTO},
      {"page.html", LYKTA_FORMAT_JSONLD},       {"page-0.ndjson", LYKTA_FORMAT_JSONLD},
      {"calendar.ics", LYKTA_FORMAT_ICALENDAR},
  };
  g_autoptr (LyktaTestDir) root = NULL;
  g_autoptr (LyktaTestServer) server = NULL;
  g_autoptr (GPtrArray) activities = NULL;
  g_autoptr (GBytes) ical = NULL;
  g_autofree char *first = NULL;

  if (!lykta_test_need_program ("nginx"))
    return;
  root = lykta_test_dir_new ();
  activities = sample (self);
  ical = lykta_ical_write (activities, NULL, LYKTA_ICAL_WRITE_EVERYTHING,
                           lykta_clock_now (self->clock));
  write_file (root, "calendar.ics", ical);
  write_lines (root, "calendar.ndjson", activities);
  write_wrapped (root, activities);
  write_pages (root, activities);
  server = lykta_test_server_new_nginx (lykta_test_dir_get_path (root), config);
  use_network (self);
  first = sync_with (self, server, "calendar.ics", LYKTA_FORMAT_AUTO);
  g_assert_cmpint (sync_fixture_count (self, LYKTA_SOURCE_ID_PRESET), ==, activities->len);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *next = sync_with (self, server, forms[i].name, forms[i].format);

    if (!g_str_equal (first, next))
      g_error ("%s gives another calendar than calendar.ics", forms[i].name);
  }
}

static void
test_languages (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaTestDir) root = NULL;
  g_autoptr (LyktaTestServer) server = NULL;
  g_autoptr (GPtrArray) activities = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSourceState) state = NULL;

  if (!lykta_test_need_program ("nginx"))
    return;
  root = lykta_test_dir_new ();
  activities = sample (self);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    write_language (root, activities, languages[i]);
  server = lykta_test_server_new_nginx (lykta_test_dir_get_path (root), config);
  use_network (self);
  dump = sync_with (self, server, "{lang}.ndjson", LYKTA_FORMAT_AUTO);
  reader = lykta_content_store_new_reader (self->content, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < activities->len; i++) {
    LyktaActivity *wanted = g_ptr_array_index (activities, i);
    g_autoptr (LyktaActivity) got = lykta_content_reader_get_activity (
        reader, LYKTA_SOURCE_ID_PRESET, lykta_activity_get_uid (wanted), NULL, &error);

    g_assert_nonnull (got);
    for (guint k = 0; k < G_N_ELEMENTS (languages); k++) {
      const char *text = lykta_texts_get (lykta_activity_get_title (wanted), languages[k]);

      if (text != NULL &&
          (k == 0 ||
           g_strcmp0 (text, lykta_texts_get (lykta_activity_get_title (wanted), "sv")) != 0))
        g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (got), languages[k]), ==, text);
    }
  }
  /* nginx gives each language its own ETag: three short answers and nothing more. */
  state = sync_fixture_get_state (self, LYKTA_SOURCE_ID_PRESET);
  g_assert_nonnull (state->etag);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, LYKTA_SOURCE_ID_PRESET), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add ("/sync/formats/preset", SyncFixture, NULL, sync_fixture_set_up, test_preset,
              sync_fixture_tear_down);
  g_test_add ("/sync/formats/languages", SyncFixture, NULL, sync_fixture_set_up, test_languages,
              sync_fixture_tear_down);
  return g_test_run ();
}
