/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "net/lykta-file-fetcher.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "support/lykta-test-resolver.h"
#include "sync/lykta-publish.h"
#include "sync/lykta-source-address.h"
#include "sync/sync-fixture.h"

/* Every way in which a server can fail, for every kind of source at once: what was shown stays as
 * it was, each source says what is wrong, and the next refresh after the server has been mended
 * brings the new edition without anybody doing anything. */

#define RESPONSE_MS 1200
#define WINDOW_MS   400
#define DEADLINE_MS 4000
#define BOUND_US    ((DEADLINE_MS + 8000) * G_TIME_SPAN_MILLISECOND)
#define N_EVENTS    40
#define RETRY       (13 * 60 * 60)
#define LEVEL       1

typedef enum {
  ICALENDAR,
  JSON_LD,
  FEED,  /* its index fails */
  PARTS, /* its index is well, its parts fail */
  N_SOURCES,
} Kind;
static const char *const paths[N_SOURCES] = {"ical/calendar.ics", "jsonld/events.jsonld", "feed/",
                                             "parts/"};

/* How the server misbehaves, and what each source then says. */
static const struct {
  const char *mode;
  const char *tokens[N_SOURCES];
} faults[] = {
    {"hang-at-accept", {"timeout", "timeout", "timeout", "timeout"}},
    {"hang", {"timeout", "timeout", "timeout", "timeout"}},
    {"hang-in-headers", {"timeout", "timeout", "timeout", "timeout"}},
    {"slow-headers", {"timeout", "timeout", "timeout", "timeout"}},
    {"hang-in-body", {"timeout", "timeout", "timeout", "timeout"}},
    {"trickle", {"too-slow", "too-slow", "too-slow", "too-slow"}},
    {"close", {"unreachable", "unreachable", "unreachable", "unreachable"}},
    {"garbage", {"unreachable", "unreachable", "unreachable", "unreachable"}},
    {"short", {"truncated", "truncated", "truncated", "truncated"}},
    {"chunk-boundary", {"truncated", "truncated", "signature", "altered"}},
    {"chunk-middle", {"truncated", "truncated", "truncated", "truncated"}},
    {"until-close", {"truncated", "truncated", "signature", "altered"}},
    {"gzip-cut", {"truncated", "truncated", "signature", "altered"}},
    {"gzip-crc", {"truncated", "truncated", "truncated", "truncated"}},
    {"unknown-coding", {"not-a-calendar", "not-a-calendar", "not-a-calendar", "not-a-calendar"}},
    {"html", {"not-a-calendar", "not-a-calendar", "not-a-calendar", "not-a-calendar"}},
    {"html-as-calendar", {"not-a-calendar", "not-a-calendar", "signature", "altered"}},
    {"empty", {"not-a-calendar", "not-a-calendar", "signature", "altered"}},
    {"status/404", {"not-found", "not-found", "not-found", "not-found"}},
    {"status/500", {"http-status", "http-status", "http-status", "http-status"}},
    {"error-and-hang", {"http-status", "http-status", "http-status", "http-status"}},
    {"loop", {"redirect", "redirect", "redirect", "redirect"}},
    {"downgrade", {"redirect", "redirect", "redirect", "redirect"}},
    {"expired", {"certificate", "certificate", "certificate", "certificate"}},
    {"wrong-name", {"certificate", "certificate", "certificate", "certificate"}},
    {"self-signed", {"certificate", "certificate", "certificate", "certificate"}},
};

typedef struct {
  SyncFixture base;
  SyncFixture publisher;
  LyktaTestResolver *names; /* (owned) */
  LyktaTestServer *server;  /* (owned) (nullable) */
  LyktaSigningKey *key;     /* (owned) */
  char *certificates;       /* (owned) */
  char *addresses[N_SOURCES];
  guint16 port;
  guint edition;
} Fixture;

/* ---- the server ---- */

static void
set_mode (Fixture *self, const char *mode)
{
  g_autofree char *path = lykta_test_dir_write (self->base.dir, "mode", mode, -1);
}

static void
start_server (Fixture *self)
{
  self->server = lykta_test_faults_new_site (lykta_test_dir_get_path (self->base.dir),
                                             self->certificates, self->port);
}

static void
publish (Fixture *self, const char *calendar_path, const char *folder)
{
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = lykta_test_dir_child (self->base.dir, folder);
  LyktaPublishResult result;
  LyktaPublishOptions options = {
      .folder = out,
      .name = "Prov",
      .key = self->key,
      .now = lykta_clock_now (self->base.clock),
      .keep_days = 30,
      .valid_days = 300,
      .level = LEVEL,
  };

  sync_fixture_configure (&self->publisher, calendar_path, NULL);
  sync_fixture_run_one (&self->publisher, LYKTA_SYNC_MANUAL, calendar_path);
  reader = lykta_content_store_new_reader (self->publisher.content, &error);
  g_assert_no_error (error);
  lykta_publish (reader, &options, &result, &error);
  g_assert_no_error (error);
}

static char *
make_jsonld (guint n)
{
  g_autoptr (GString) text = g_string_new ("{\"@context\":\"https://schema.org\",\"@graph\":[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{\"@type\":\"Event\",\"identifier\":\"j-%u\",\"name\":{\"sv\":"
                            "\"Promenad %u\"},\"startDate\":\"2026-12-%02uT17:00:00+01:00\","
                            "\"endDate\":\"2026-12-%02uT18:00:00+01:00\"}",
                            i > 0 ? "," : "", i, i, 1 + i % 28, 1 + i % 28);
  g_string_append (text, "]}");
  return g_strdup (text->str);
}

/* One activity more than in the edition before, in every format. */
static void
write_edition (Fixture *self)
{
  guint n = N_EVENTS + self->edition++;
  g_autofree char *calendar = lykta_test_calendar (n, "a");
  g_autofree char *jsonld = make_jsonld (n);
  g_autofree char *ical_path =
      lykta_test_dir_write (self->base.dir, "www/ical/calendar.ics", calendar, -1);
  g_autofree char *jsonld_path =
      lykta_test_dir_write (self->base.dir, "www/jsonld/events.jsonld", jsonld, -1);
  g_autofree char *local = g_filename_to_uri (ical_path, NULL, NULL);

  publish (self, local, "www/feed");
  publish (self, local, "www/parts");
}

/* ---- the machine that shows the calendar ---- */

/* With no connection open and no name known, as after a start. */
static void
use_network (Fixture *self)
{
  g_autofree char *ca_file = g_build_filename (self->certificates, "ca.crt", NULL);
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = g_object_new (
      LYKTA_TYPE_SOUP_FETCHER, "response-timeout", RESPONSE_MS, "rate-window", WINDOW_MS,
      "deadline", DEADLINE_MS, "minimum-rate", 2000, "ca-file", ca_file, NULL);
  g_autoptr (LyktaFetcher) fetcher = lykta_route_fetcher_new (local, remote);

  g_clear_object (&self->base.engine);
  self->base.engine = sync_fixture_new_engine (&self->base, fetcher);
}

static void
configure (Fixture *self)
{
  g_autoptr (LyktaVerifyingKey) public = lykta_signing_key_get_verifying_key (self->key);
  g_autofree char *line = lykta_verifying_key_to_string (public);

  for (guint i = 0; i < N_SOURCES; i++) {
    g_autofree char *address =
        g_strdup_printf ("https://calendar.test:%u/%s%s%s", self->port, paths[i],
                         i >= FEED ? "#" : "", i >= FEED ? line : "");

    self->addresses[i] = lykta_source_address_normalise (address, "/", "/", NULL);
  }
  sync_fixture_configure (&self->base, self->addresses[0], self->addresses[1], self->addresses[2],
                          self->addresses[3], NULL);
}

static void
make_certificates (Fixture *self)
{
  const char *folder = lykta_test_dir_get_path (self->publisher.dir);
  g_autofree char *authority = lykta_test_make_ca (self->publisher.dir);
  g_autofree char *renamed = g_build_filename (folder, "ca.crt", NULL);
  g_autofree char *authority_key = g_build_filename (folder, "ca.key", NULL);

  for (int kind = 0; kind <= LYKTA_TEST_CERTIFICATE_SELF_SIGNED; kind++) {
    g_autofree char *certificate = NULL;
    g_autofree char *key = NULL;

    lykta_test_make_certificate (self->publisher.dir, (LyktaTestCertificate)kind, &certificate,
                                 &key);
  }
  /* The authority's own is none to be shown by the server. */
  g_assert_cmpint (g_rename (authority, renamed), ==, 0);
  g_assert_cmpint (g_unlink (authority_key), ==, 0);
  self->certificates = g_strdup (folder);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LyktaFetcher) files = lykta_file_fetcher_new ();

  sync_fixture_set_up (&self->base, data);
  sync_fixture_set_up (&self->publisher, data);
  g_clear_object (&self->publisher.engine);
  self->publisher.engine = sync_fixture_new_engine (&self->publisher, files);
  self->names = lykta_test_resolver_new ();
  g_resolver_set_default (G_RESOLVER (self->names));
  self->key = lykta_signing_key_generate (NULL);
  self->port = lykta_test_free_port ();
  make_certificates (self);
  write_edition (self);
  set_mode (self, "good");
  start_server (self);
  use_network (self);
  configure (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->server, lykta_test_server_free);
  for (guint i = 0; i < N_SOURCES; i++)
    g_free (self->addresses[i]);
  g_free (self->certificates);
  lykta_signing_key_unref (self->key);
  g_object_unref (self->names);
  sync_fixture_tear_down (&self->publisher, data);
  sync_fixture_tear_down (&self->base, data);
}

/* A refresh by itself brings the edition that is there now. */
static void
assert_brings_edition (Fixture *self)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->base.clock), RETRY);
  report = sync_fixture_run (&self->base, LYKTA_SYNC_NONE);
  for (guint i = 0; i < N_SOURCES; i++) {
    const LyktaSyncResult *result = sync_find_result (report, self->addresses[i]);
    g_autoptr (LyktaSourceState) state = sync_fixture_get_state (&self->base, self->addresses[i]);

    g_test_message ("%s: %s", paths[i], result->detail);
    g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_UPDATED);
    g_assert_cmpuint (state->failures, ==, 0);
    g_assert_cmpint (state->last_confirmed, ==, lykta_clock_now (self->base.clock));
    g_assert_cmpint (sync_fixture_count (&self->base, self->addresses[i]), ==,
                     N_EVENTS + self->edition - 1);
  }
}

/* A body that stops halfway runs into the patience for one read or into the least speed, whichever
 * a loaded machine comes to first; a visitor is told the same of both. */
static gboolean
is_expected (const char *failure, const char *token)
{
  const gboolean is_slow =
      g_strcmp0 (failure, "too-slow") == 0 || g_strcmp0 (failure, "timeout") == 0;

  if (g_strcmp0 (token, "timeout") == 0 || g_strcmp0 (token, "too-slow") == 0)
    return is_slow;
  return g_strcmp0 (failure, token) == 0;
}

/* A refresh by itself fails as @tokens say, within bounded time, and changes nothing that is shown.
 */
static void
assert_fails (Fixture *self, const char *mode, const char *const *tokens)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 confirmed = lykta_clock_now (self->base.clock);
  g_autofree char *before = sync_fixture_dump (&self->base);
  g_autofree char *after = NULL;
  g_autoptr (LyktaSyncReport) report = NULL;

  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->base.clock), RETRY);
  report = sync_fixture_run (&self->base, LYKTA_SYNC_NONE);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, BOUND_US);
  for (guint i = 0; i < N_SOURCES; i++) {
    const LyktaSyncResult *result = sync_find_result (report, self->addresses[i]);
    g_autoptr (LyktaSourceState) state = sync_fixture_get_state (&self->base, self->addresses[i]);

    g_test_message ("%s, %s: %s (%s)", mode, paths[i],
                    lykta_sync_failure_to_token (result->failure), result->detail);
    g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
    if (!is_expected (state->failure, tokens[i]))
      g_test_fail_printf ("%s, %s: %s, not %s", mode, paths[i], state->failure, tokens[i]);
    g_assert_nonnull (state->failure_detail);
    g_assert_cmpuint (state->failures, ==, 1);
    g_assert_cmpint (state->last_confirmed, ==, confirmed);
  }
  after = sync_fixture_dump (&self->base);
  g_assert_cmpstr (after, ==, before);
}

static void
test_faults (Fixture *self, gconstpointer data)
{
  assert_brings_edition (self);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    write_edition (self);
    set_mode (self, faults[i].mode);
    assert_fails (self, faults[i].mode, faults[i].tokens);
    set_mode (self, "good");
    assert_brings_edition (self);
  }
}

/* Nobody is there at all, or nobody says where. */
static void
test_no_server (Fixture *self, gconstpointer data)
{
  static const char *const refused[] = {"unreachable", "unreachable", "unreachable", "unreachable"};
  static const char *const lost[] = {"timeout", "timeout", "timeout", "timeout"};

  assert_brings_edition (self);
  write_edition (self);
  g_clear_pointer (&self->server, lykta_test_server_free);
  assert_fails (self, "refused", refused);
  start_server (self);
  assert_brings_edition (self);

  write_edition (self);
  use_network (self);
  lykta_test_resolver_set_hangs (self->names, TRUE);
  assert_fails (self, "names that nobody answers", lost);
  lykta_test_resolver_set_hangs (self->names, FALSE);
  assert_brings_edition (self);
}

#define ADD(name, function) \
  g_test_add ("/sync/every-source/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  if (lykta_test_need_program ("openssl")) {
    ADD ("faults", test_faults);
    ADD ("no-server", test_no_server);
  }
  return g_test_run ();
}
