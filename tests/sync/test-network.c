/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "sync/lykta-source-address.h"
#include "sync/sync-fixture.h"

/* The whole way from a real server into the store, with a server that does everything wrong and
 * with nginx: whatever happens, the calendar is the old one or the new one. */

#define N_EVENTS    300
#define RESPONSE_MS 400
#define WINDOW_MS   250
#define DEADLINE_MS 2000
#define BOUND_US    ((DEADLINE_MS + 5000) * G_TIME_SPAN_MILLISECOND)

static LyktaFetcher *
new_fetcher (const char *ca_file)
{
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = g_object_new (
      LYKTA_TYPE_SOUP_FETCHER, "response-timeout", RESPONSE_MS, "rate-window", WINDOW_MS,
      "deadline", DEADLINE_MS, "minimum-rate", 400, "ca-file", ca_file, NULL);

  return lykta_route_fetcher_new (local, remote);
}

static void
use_network (SyncFixture *self, const char *ca_file)
{
  g_autoptr (LyktaFetcher) fetcher = new_fetcher (ca_file);

  g_clear_object (&self->engine);
  self->engine = sync_fixture_new_engine (self, fetcher);
}

static const struct {
  const char *path;
  const char *token;
} faults[] = {
    {"hang", "timeout"},
    {"hang-in-headers", "timeout"},
    {"slow-headers", "timeout"},
    {"hang-in-body", "timeout"},
    {"trickle", "too-slow"},
    {"endless-header", "unreachable"},
    {"close", "unreachable"},
    {"garbage", "unreachable"},
    {"short", "truncated"},
    {"chunk-boundary", "truncated"},
    {"chunk-middle", "truncated"},
    {"until-close", "truncated"},
    {"gzip-cut", "truncated"},
    {"gzip-short", "truncated"},
    {"gzip-crc", "truncated"},
    {"brotli-bomb", "not-a-calendar"}, /* 64 MB of nothing: below the cap, but no calendar */
    {"unknown-coding", "not-a-calendar"},
    {"html", "not-a-calendar"},
    {"html-as-calendar", "not-a-calendar"},
    {"empty", "not-a-calendar"},
    {"no-content", "http-status"},
    {"status/404", "not-found"},
    {"status/500", "http-status"},
    {"sign-in", "login"},
    {"loop", "redirect"},
    {"far/1", "redirect"},
    {"elsewhere", "redirect"},
};

/* The calendar comes from a folder of ours first; then the preset is pointed at each fault. */
static char *
fill_calendar (SyncFixture *self)
{
  g_autofree char *calendar = lykta_test_calendar (N_EVENTS, "a");
  g_autofree char *path = lykta_test_dir_write (self->dir, "calendar.ics", calendar, -1);
  g_autofree char *address = lykta_source_address_normalise (path, "/", "/", NULL);

  sync_fixture_configure_preset (self, address);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_NONE, LYKTA_SOURCE_ID_PRESET), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, N_EVENTS);
  return g_steal_pointer (&path);
}

static void
assert_fails (SyncFixture *self, const char *address, const char *token, const char *calendar)
{
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (LyktaSourceState) state = NULL;
  g_autofree char *dump = NULL;
  const LyktaSyncResult *result;

  sync_fixture_configure_preset (self, address);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, BOUND_US);
  result = sync_find_result (report, LYKTA_SOURCE_ID_PRESET);
  g_test_message ("%s: %s", address, result->detail);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpstr (lykta_sync_failure_to_token (result->failure), ==, token);
  state = sync_fixture_get_state (self, LYKTA_SOURCE_ID_PRESET);
  g_assert_cmpstr (state->failure, ==, token);
  dump = sync_fixture_dump (self);
  g_assert_cmpstr (dump, ==, calendar);
}

static void
test_faults (SyncFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *calendar = NULL;
  g_autofree char *good = NULL;
  g_autofree char *refused = NULL;
  g_autoptr (LyktaTestServer) server = NULL;
  int fd;

  use_network (self, NULL);
  path = fill_calendar (self);
  calendar = sync_fixture_dump (self);
  server = lykta_test_faults_new (path);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *address = lykta_test_server_url (server, faults[i].path);

    assert_fails (self, address, faults[i].token, calendar);
  }
  refused = g_strdup_printf ("http://127.0.0.1:%u/", lykta_test_refused_port (&fd));
  assert_fails (self, refused, "unreachable", calendar);
  close (fd);
  good = lykta_test_server_url (server, "gzip");
  sync_fixture_configure_preset (self, good);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, LYKTA_SOURCE_ID_PRESET), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
}

static void
test_certificates (SyncFixture *self, gconstpointer data)
{
  g_autofree char *ca_file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *calendar = NULL;

  if (!lykta_test_need_program ("openssl"))
    return;
  ca_file = lykta_test_make_ca (self->dir);
  use_network (self, ca_file);
  path = fill_calendar (self);
  calendar = sync_fixture_dump (self);
  for (int kind = LYKTA_TEST_CERTIFICATE_WRONG_NAME; kind <= LYKTA_TEST_CERTIFICATE_EXPIRED;
       kind++) {
    g_autofree char *certificate = NULL;
    g_autofree char *key = NULL;
    g_autofree char *address = NULL;
    g_autoptr (LyktaTestServer) server = NULL;

    lykta_test_make_certificate (self->dir, (LyktaTestCertificate)kind, &certificate, &key);
    server = lykta_test_faults_new_tls (path, certificate, key);
    address = g_strdup_printf ("https://localhost:%u/good", lykta_test_server_get_port (server));
    assert_fails (self, address, "certificate", calendar);
  }
}

static void
test_nginx (SyncFixture *self, gconstpointer data)
{
  g_autofree char *first = lykta_test_calendar (N_EVENTS, "a");
  g_autofree char *second = lykta_test_calendar (N_EVENTS + 5, "a");
  g_autofree char *path = lykta_test_dir_write (self->dir, "www/calendar.ics", first, -1);
  g_autofree char *root = lykta_test_dir_child (self->dir, "www");
  g_autoptr (LyktaTestServer) server = NULL;
  g_autofree char *address = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;
  guint64 bytes;

  if (!lykta_test_need_program ("nginx"))
    return;
  use_network (self, NULL);
  server = lykta_test_server_new_nginx (root, "gzip on; gzip_types text/calendar;");
  address = lykta_test_server_url (server, "calendar.ics");
  sync_fixture_configure (self, address, NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_NONE);
  g_assert_cmpint (sync_find_result (report, address)->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
  bytes = sync_find_result (report, address)->bytes_on_wire;
  g_assert_cmpuint (bytes, >, 1000);
  g_assert_cmpuint (bytes, <, strlen (first));
  g_clear_pointer (&report, lykta_sync_report_unref);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (report, address)->outcome, ==, LYKTA_SYNC_OUTCOME_UNCHANGED);
  g_assert_cmpuint (sync_find_result (report, address)->bytes_on_wire, <, 1500);
  g_assert_true (g_file_set_contents (path, second, -1, NULL));
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, address), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, NULL), ==, N_EVENTS + 5);
}

#define ADD(name, function)                                                            \
  g_test_add ("/sync/network/" name, SyncFixture, NULL, sync_fixture_set_up, function, \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("faults", test_faults);
  ADD ("certificates", test_certificates);
  ADD ("nginx", test_nginx);
  return g_test_run ();
}
