/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "net/lykta-soup-fetcher.h"
#include "sync/sync-fixture.h"

/* CalDAV against a server that is as odd as it is told to be, and that tells what it was asked. */

typedef struct {
  SyncFixture sync;
  LyktaTestServer *server; /* (owned) */
  LyktaFetcher *fetcher;   /* (owned) for the publisher's part */
  char *source;            /* (owned) the address that is configured */
} Fixture;

/* Somebody at the server does something. (transfer full): what it answered. */
static char *
publish (Fixture *self, const char *method, const char *path, const char *body)
{
  g_autofree char *address = lykta_test_server_url (self->server, path);
  g_autoptr (GBytes) content = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  LyktaFetchRequest request = {
      .address = address,
      .method = method,
      .content = content,
      .content_type = "text/calendar",
      .takes_any_status = TRUE,
  };

  lykta_fetcher_fetch (self->fetcher, &request, out, NULL, &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.http_status / 100, ==, 2);
  g_assert_true (g_output_stream_write_all (out, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (out));
}

/* What the server was asked since the last time, one line each. */
static void
assert_log (Fixture *self, const char *expected)
{
  g_autofree char *log = publish (self, "GET", "log", NULL);

  g_assert_cmpstr (log, ==, expected);
}

static void
forget_log (Fixture *self)
{
  g_free (publish (self, "GET", "log", NULL));
}

static void
behave (Fixture *self, const char *how)
{
  g_free (publish (self, "POST", "", how));
}

static void
put (Fixture *self, const char *place, const char *uid, const char *title)
{
  g_autofree char *path = g_strdup_printf ("home/%s.ics", place);
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lykta//test//EN\r\nBEGIN:VEVENT\r\nUID:%s\r\n"
      "DTSTAMP:20261101T000000Z\r\nDTSTART:20261210T170000Z\r\nDTEND:20261210T180000Z\r\n"
      "SUMMARY:%s & så\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
      uid, title);

  g_free (publish (self, "PUT", path, text));
}

static void
take_away (Fixture *self, const char *path)
{
  g_free (publish (self, "DELETE", path, NULL));
}

static void
fill (Fixture *self, const char *calendar, guint n)
{
  for (guint i = 1; i <= n; i++) {
    g_autofree char *place = g_strdup_printf ("%s/e%u", calendar, i);
    g_autofree char *uid = g_strdup_printf ("%s-%u@test.invalid", calendar, i);

    put (self, place, uid, uid);
  }
}

static void
configure (Fixture *self, const char *path)
{
  g_autofree char *address = lykta_test_server_url (self->server, path);

  g_free (self->source);
  self->source = g_strconcat ("caldav+", address, NULL);
  sync_fixture_configure (&self->sync, self->source, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *script = lykta_test_source_path ("tests/sync/dav-server.py");
  guint16 port = lykta_test_free_port ();
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  const char *argv[] = {"/usr/bin/python3", script, port_text, NULL};

  sync_fixture_set_up (&self->sync, NULL);
  self->server = lykta_test_server_new (argv, port);
  self->fetcher = lykta_soup_fetcher_new (NULL);
  g_clear_object (&self->sync.engine);
  self->sync.engine = sync_fixture_new_engine (&self->sync, self->fetcher);
  fill (self, "a", 3);
  fill (self, "b", 2);
  configure (self, "");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sync_fixture_tear_down (&self->sync, NULL);
  g_assert_finalize_object (self->fetcher);
  lykta_test_server_free (self->server);
  g_free (self->source);
}

/* ---- one refresh ---- */

static void
assert_run (Fixture *self, LyktaSyncFlags flags, LyktaSyncOutcome outcome, guint n, guint n_odd)
{
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->sync, flags | LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, self->source);

  if (result->detail != NULL)
    g_test_message ("%s: %s", lykta_sync_failure_to_token (result->failure), result->detail);
  g_assert_cmpint (result->outcome, ==, outcome);
  g_assert_cmpint (sync_fixture_count (&self->sync, self->source), ==, n);
  g_assert_cmpuint (result->n_quarantined, ==, n_odd);
  if (outcome != LYKTA_SYNC_OUTCOME_FAILED)
    g_assert_cmpuint (result->n_activities, ==, n);
}

static void
assert_updated (Fixture *self, guint n)
{
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UPDATED, n, 0);
}

static void
assert_unchanged (Fixture *self, guint n)
{
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UNCHANGED, n, 0);
}

/* Fails with @token, and the calendar is as it was. */
static void
assert_failed (Fixture *self, const char *token)
{
  g_autofree char *before = sync_fixture_dump (&self->sync);
  g_autoptr (LyktaSourceState) state = NULL;
  g_autoptr (LyktaSourceState) old = sync_fixture_get_state (&self->sync, self->source);
  g_autofree char *after = NULL;
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->sync, LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, self->source);

  g_test_message ("%s", result->detail);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpstr (lykta_sync_failure_to_token (result->failure), ==, token);
  state = sync_fixture_get_state (&self->sync, self->source);
  g_assert_cmpstr (state->failure, ==, token);
  if (old != NULL)
    g_assert_cmpstr (state->etag, ==, old->etag);
  after = sync_fixture_dump (&self->sync);
  if (old != NULL && old->last_confirmed > 0)
    g_assert_cmpstr (after, ==, before);
}

static void
assert_title (Fixture *self, const char *title, gboolean is_there)
{
  g_autofree char *dump = sync_fixture_dump (&self->sync);
  g_autofree char *whole = g_strconcat (title, " & så", NULL);

  g_assert_cmpint (strstr (dump, whole) != NULL, ==, is_there);
}

/* ---- the usual way ---- */

static void
test_usual (Fixture *self, gconstpointer data)
{
  assert_updated (self, 5);
  assert_log (self, "PROPFIND /.well-known/caldav 0\nPROPFIND /dav/ 0\nPROPFIND /me/ 0\n"
                    "PROPFIND /home/ 1\nREPORT /home/a/ changes\nREPORT /home/a/ 3\n"
                    "REPORT /home/b/ changes\nREPORT /home/b/ 2");
  assert_unchanged (self, 5);
  assert_log (self, "PROPFIND /home/ 1");
  put (self, "a/e1", "a-1@test.invalid", "Another title");
  put (self, "b/e3", "b-3@test.invalid", "Quite new");
  take_away (self, "home/a/e2.ics");
  assert_updated (self, 5);
  assert_log (self, "PROPFIND /home/ 1\nREPORT /home/a/ changes\nREPORT /home/b/ changes");
  assert_title (self, "Another title", TRUE);
  assert_title (self, "a-1@test.invalid", FALSE);
  assert_title (self, "a-2@test.invalid", FALSE);
  assert_title (self, "Quite new", TRUE);
  assert_unchanged (self, 5);
  forget_log (self);
  /* Everything, whatever is known. */
  assert_run (self, LYKTA_SYNC_FORCE, LYKTA_SYNC_OUTCOME_UPDATED, 5, 0);
  take_away (self, "home/b/");
  assert_updated (self, 2);
}

static void
test_direct (Fixture *self, gconstpointer data)
{
  configure (self, "home/a/");
  assert_updated (self, 3);
  assert_log (self, "PROPFIND /home/a/ 0\nREPORT /home/a/ changes\nREPORT /home/a/ 3");
  assert_unchanged (self, 3);
  assert_log (self, "REPORT /home/a/ changes");
  put (self, "a/e4", "a-4@test.invalid", "Quite new");
  assert_updated (self, 4);
  assert_log (self, "REPORT /home/a/ changes");
  /* The server gives no events with what changed: it is asked once and never again. */
  behave (self, "{\"inline\": false}");
  put (self, "a/e5", "a-5@test.invalid", "Newer");
  assert_updated (self, 5);
  assert_log (self, "REPORT /home/a/ changes\nREPORT /home/a/ 1");
  put (self, "a/e6", "a-6@test.invalid", "Newest");
  put (self, "a/e7", "a-7@test.invalid", "Newest of all");
  assert_updated (self, 7);
  assert_log (self, "REPORT /home/a/ changes\nREPORT /home/a/ 2");
}

static void
test_named (Fixture *self, gconstpointer data)
{
  configure (self, "#calendar%20B");
  assert_updated (self, 2);
  configure (self, "#a");
  assert_updated (self, 3);
  configure (self, "#c");
  assert_failed (self, "not-found");
  configure (self, "home/#b");
  assert_updated (self, 2);
}

/* ---- servers that know less, or forget ---- */

static void
test_expired (Fixture *self, gconstpointer data)
{
  static const char *const ways[] = {"{\"sync\": \"expired\"}", "{\"sync\": \"too-much\"}"};

  configure (self, "home/a/");
  assert_updated (self, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *title = g_strdup_printf ("After %" G_GSIZE_FORMAT, i);

    behave (self, ways[i]);
    forget_log (self);
    assert_unchanged (self, 3);
    if (i == 0)
      assert_log (self, "REPORT /home/a/ changes\nREPORT /home/a/ changes");
    forget_log (self);
    put (self, "a/e1", "a-1@test.invalid", title);
    assert_updated (self, 3);
    if (i == 0)
      assert_log (self, "REPORT /home/a/ changes\nREPORT /home/a/ changes\nREPORT /home/a/ 1");
    assert_title (self, title, TRUE);
    behave (self, "{\"sync\": \"yes\"}");
    assert_unchanged (self, 3);
  }
  /* What went while nobody could say so. */
  behave (self, "{\"sync\": \"expired\"}");
  take_away (self, "home/a/e3.ics");
  assert_updated (self, 2);
}

static void
test_without_sync (Fixture *self, gconstpointer data)
{
  behave (self, "{\"sync\": \"no\"}");
  assert_updated (self, 5);
  forget_log (self);
  assert_unchanged (self, 5);
  assert_log (self, "PROPFIND /home/ 1");
  put (self, "a/e1", "a-1@test.invalid", "Another title");
  take_away (self, "home/a/e2.ics");
  assert_updated (self, 4);
  assert_log (self, "PROPFIND /home/ 1\nPROPFIND /home/a/ 1\nREPORT /home/a/ 1");
  assert_title (self, "Another title", TRUE);
  behave (self, "{\"ctag\": false}");
  assert_unchanged (self, 4);
  forget_log (self);
  assert_unchanged (self, 4);
  assert_log (self, "PROPFIND /home/ 1\nPROPFIND /home/a/ 1\nPROPFIND /home/b/ 1");
  /* It learns. */
  behave (self, "{\"sync\": \"yes\"}");
  assert_unchanged (self, 4);
  forget_log (self);
  assert_unchanged (self, 4);
  assert_log (self, "PROPFIND /home/ 1");
}

static void
test_truncated (Fixture *self, gconstpointer data)
{
  behave (self, "{\"page\": 2}");
  configure (self, "home/a/");
  assert_updated (self, 3);
  assert_log (self, "PROPFIND /home/a/ 0\nREPORT /home/a/ changes\nREPORT /home/a/ changes\n"
                    "REPORT /home/a/ 3");
  fill (self, "a", 5);
  assert_updated (self, 5);
  assert_log (self, "REPORT /home/a/ changes\nREPORT /home/a/ changes\nREPORT /home/a/ changes");
}

static void
test_batches (Fixture *self, gconstpointer data)
{
  fill (self, "a", 130);
  configure (self, "home/a/");
  behave (self, "{\"at_once\": 60}");
  assert_updated (self, 130);
  assert_log (self, "PROPFIND /home/a/ 0\nREPORT /home/a/ changes\nREPORT /home/a/ 100\n"
                    "REPORT /home/a/ 50\nREPORT /home/a/ 50\nREPORT /home/a/ 30");
}

static void
test_moved (Fixture *self, gconstpointer data)
{
  assert_updated (self, 5);
  forget_log (self);
  behave (self, "{\"moved\": \"/there/\", \"home\": \"/there/\"}");
  assert_updated (self, 5);
  assert_unchanged (self, 5);
  /* Never to another server, and not without saying so. */
  behave (self, "{\"moved\": \"/gone/\", \"home\": \"http://127.0.0.1:9/there/\"}");
  assert_failed (self, "redirect");
}

/* ---- events that are not as they should be ---- */

static void
test_withheld (Fixture *self, gconstpointer data)
{
  behave (self, "{\"withhold\": [\"e2.ics\"]}");
  configure (self, "home/a/");
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UPDATED, 2, 1);
  behave (self, "{\"withhold\": []}");
  forget_log (self);
  assert_updated (self, 3);
  assert_log (self, "PROPFIND /home/a/ 0\nREPORT /home/a/ changes\nREPORT /home/a/ 1");
  assert_unchanged (self, 3);
}

static void
test_broken (Fixture *self, gconstpointer data)
{
  static const char no_start[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\n"
                                 "SUMMARY:When?\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

  g_free (publish (self, "PUT", "home/a/broken.ics", no_start));
  g_free (publish (self, "PUT", "home/a/cut.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID"));
  configure (self, "home/a/");
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UPDATED, 3, 2);
  forget_log (self);
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UNCHANGED, 3, 2);
  assert_log (self, "REPORT /home/a/ changes");
  /* What was there stays as it was. */
  g_free (publish (self, "PUT", "home/a/e1.ics", "garbage"));
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UPDATED, 3, 3);
  assert_title (self, "a-1@test.invalid", TRUE);
  put (self, "a/broken", "x", "Now with a start");
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UPDATED, 4, 2);
  take_away (self, "home/a/cut.ics");
  assert_run (self, LYKTA_SYNC_NONE, LYKTA_SYNC_OUTCOME_UPDATED, 4, 1);
  take_away (self, "home/a/e1.ics");
  assert_updated (self, 3);
  assert_title (self, "a-1@test.invalid", FALSE);
}

/* The same activity in two places is there until it has left both. */
static void
test_same_uid (Fixture *self, gconstpointer data)
{
  put (self, "b/copy", "a-1@test.invalid", "The copy");
  assert_updated (self, 5);
  take_away (self, "home/b/copy.ics");
  assert_updated (self, 5);
  assert_updated (self, 5);
  assert_title (self, "a-1@test.invalid", TRUE);
  assert_unchanged (self, 5);
  /* Another name for the same thing is no disappearance. */
  put (self, "a/renamed", "a-1@test.invalid", "Renamed");
  take_away (self, "home/a/e1.ics");
  assert_updated (self, 5);
  assert_title (self, "Renamed", TRUE);
  take_away (self, "home/a/renamed.ics");
  assert_updated (self, 4);
}

static void
test_brake (Fixture *self, gconstpointer data)
{
  fill (self, "a", 60);
  configure (self, "home/a/");
  assert_updated (self, 60);
  for (guint i = 1; i <= 30; i++) {
    g_autofree char *path = g_strdup_printf ("home/a/e%u.ics", i);

    take_away (self, path);
  }
  assert_failed (self, "would-vanish");
  assert_failed (self, "would-vanish");
  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (self->sync.clock), 5 * 60 * 60);
  assert_updated (self, 30);
  assert_unchanged (self, 30);
}

static void
test_hostile (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *how;
    const char *token;
  } cases[] = {
      {"{\"raw\": \"<html><body>Sign in</body></html>\"}", "not-a-calendar"},
      {"{\"raw\": \"<?xml version='1.0'?><!DOCTYPE m [<!ENTITY a 'b'>]><multistatus xmlns='DAV:'>"
       "&a;</multistatus>\"}",
       "unreadable"},
      {"{\"raw\": \"<multistatus xmlns='DAV:'><response><href>/home/a/e1.ics</href><status>HTTP/1.1"
       " 404 Gone</status></response>\"}",
       "truncated"},
      {"{\"raw\": \"<multistatus xmlns='DAV:'><response><href>/home/a/</href><status>HTTP/1.1 507 "
       "More</status></response><sync-token>t:1</sync-token></multistatus>\"}",
       NULL},
  };

  configure (self, "home/a/");
  assert_updated (self, 3);
  put (self, "a/e1", "a-1@test.invalid", "Another title");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    behave (self, cases[i].how);
    /* One that never comes to an end is asked for a plain list instead. */
    if (cases[i].token == NULL)
      assert_updated (self, 3);
    else
      assert_failed (self, cases[i].token);
  }
  assert_title (self, "Another title", TRUE);
}

/* A server that takes the call and says nothing holds nobody up for long. */
static void
test_hanging (Fixture *self, gconstpointer data)
{
  g_autoptr (LyktaFetcher) hasty =
      g_object_new (LYKTA_TYPE_SOUP_FETCHER, "response-timeout", 400, NULL);
  gint64 began;

  assert_updated (self, 5);
  g_clear_object (&self->sync.engine);
  self->sync.engine = sync_fixture_new_engine (&self->sync, hasty);
  behave (self, "{\"hang\": 20}");
  began = g_get_monotonic_time ();
  assert_failed (self, "timeout");
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_TIME_SPAN_SECOND);
  behave (self, "{\"hang\": 0}");
  assert_unchanged (self, 5);
}

#define ADD(name, function) \
  g_test_add ("/sync/caldav/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("usual", test_usual);
  ADD ("direct", test_direct);
  ADD ("named", test_named);
  ADD ("expired", test_expired);
  ADD ("without-sync", test_without_sync);
  ADD ("truncated", test_truncated);
  ADD ("batches", test_batches);
  ADD ("moved", test_moved);
  ADD ("withheld", test_withheld);
  ADD ("broken", test_broken);
  ADD ("same-uid", test_same_uid);
  ADD ("brake", test_brake);
  ADD ("hostile", test_hostile);
  ADD ("hanging", test_hanging);
  return g_test_run ();
}
