/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "feed/lykta-occurrences.h"
#include "net/lykta-soup-fetcher.h"
#include "store/lykta-content-writer.h"
#include "sync/lykta-source-passwords.h"
#include "sync/sync-fixture.h"

/* CalDAV against two servers that people use, behind TLS with a certificate of the operator's own
 * and a password: radicale by itself, xandikos behind nginx. */

#define USER     "sara"
#define PASSWORD "lösen-ord"
#define N_EVENTS 12

typedef enum { RADICALE, XANDIKOS } Kind;

typedef struct {
  SyncFixture sync;
  char *ca_file;           /* (owned) */
  LyktaTestServer *server; /* (owned) that speaks CalDAV */
  LyktaTestServer *front;  /* (owned) (nullable) */
  LyktaFetcher *fetcher;   /* (owned) */
  LyktaFetchLogin *login;  /* (owned) of the publisher */
  char *base;              /* (owned) "https://localhost:PORT" */
  const char *calendar;    /* path of the calendar */
  char *source;            /* (owned) */
} Fixture;

static void
start_radicale (Fixture *self, const char *certificate, const char *key)
{
  guint16 port = lykta_test_free_port ();
  const char *dir = lykta_test_dir_get_path (self->sync.dir);
  g_autofree char *users =
      lykta_test_dir_write (self->sync.dir, "users", USER ":" PASSWORD "\n", -1);
  g_autofree char *props =
      lykta_test_dir_write (self->sync.dir, "store/collection-root/sara/cafe/.Radicale.props",
                            "{\"tag\": \"VCALENDAR\", \"D:displayname\": \"Språkcaféer\"}", -1);
  g_autofree char *text = g_strdup_printf (
      "[server]\nhosts = 127.0.0.1:%u\nssl = True\ncertificate = %s\nkey = %s\n"
      "[auth]\ntype = htpasswd\nhtpasswd_filename = %s\nhtpasswd_encryption = plain\ndelay = 0\n"
      "[storage]\nfilesystem_folder = %s/store\n[logging]\nlevel = error\n",
      port, certificate, key, users, dir);
  g_autofree char *config = lykta_test_dir_write (self->sync.dir, "radicale.conf", text, -1);
  const char *argv[] = {"/usr/bin/python3", "/usr/bin/radicale", "--config", config, NULL};

  self->server = lykta_test_server_new (argv, port);
  self->base = g_strdup_printf ("https://localhost:%u", port);
  self->calendar = "/sara/cafe/";
}

static void
start_xandikos (Fixture *self, const char *certificate, const char *key)
{
  guint16 port = lykta_test_free_port ();
  guint16 front = lykta_test_free_port ();
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *store = lykta_test_dir_child (self->sync.dir, "store");
  g_autofree char *users =
      lykta_test_dir_write (self->sync.dir, "users", USER ":{PLAIN}" PASSWORD "\n", -1);
  g_autofree char *config = g_strdup_printf (
      "listen 127.0.0.1:%u ssl;\nssl_certificate %s;\nssl_certificate_key %s;\n"
      "location / { auth_basic calendars; auth_basic_user_file %s; proxy_http_version 1.1;\n"
      "  proxy_set_header Host $http_host; proxy_pass http://127.0.0.1:%u; }\n",
      front, certificate, key, users, port);
  const char *argv[] = {"/usr/bin/python3",
                        "/usr/bin/xandikos",
                        "-d",
                        store,
                        "-l",
                        "127.0.0.1",
                        "-p",
                        port_text,
                        "--defaults",
                        "--current-user-principal",
                        "/sara/",
                        NULL};

  self->server = lykta_test_server_new (argv, port);
  self->front = lykta_test_server_new_nginx (store, config);
  self->base = g_strdup_printf ("https://localhost:%u", front);
  self->calendar = "/sara/calendars/calendar/";
}

static void
keep_password (Fixture *self, const char *password)
{
  g_autofree char *address = g_strconcat (self->base, "/", NULL);
  g_autoptr (GError) error = NULL;

  lykta_source_passwords_set (self->sync.device_path, address, USER, password, &error);
  g_assert_no_error (error);
}

/* Somebody at the server does something. */
static void
publish (Fixture *self, const char *method, const char *name, const char *body)
{
  g_autofree char *address = g_strconcat (self->base, self->calendar, name, NULL);
  g_autoptr (GBytes) content = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  LyktaFetchRequest request = {
      .address = address,
      .method = method,
      .content = content,
      .content_type = "text/calendar; charset=utf-8",
      .login = self->login,
      .takes_any_status = TRUE,
  };

  lykta_fetcher_fetch (self->fetcher, &request, out, NULL, &result, &error);
  g_assert_no_error (error);
  if (result.http_status / 100 != 2)
    g_error ("%s %s: %u", method, address, result.http_status);
}

/* @class: who may see it; what is not public is not taken in, and no reason not to serve it. */
static void
put (Fixture *self, const char *name, const char *title, const char *class)
{
  g_autofree char *file = g_strconcat (name, ".ics", NULL);
  g_autofree char *text = g_strdup_printf (
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lykta//test//EN\r\nBEGIN:VEVENT\r\n"
      "UID:%s@test.invalid\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261210T170000Z\r\n"
      "DTEND:20261210T180000Z\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nSUMMARY:%s\r\nCLASS:%s\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n",
      name, title, class);

  publish (self, "PUT", file, text);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  Kind kind = (Kind)GPOINTER_TO_INT (data);
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *base = NULL;

  sync_fixture_set_up (&self->sync, NULL);
  self->ca_file = lykta_test_make_ca (self->sync.dir);
  lykta_test_make_certificate (self->sync.dir, LYKTA_TEST_CERTIFICATE_GOOD, &certificate, &key);
  if (kind == RADICALE)
    start_radicale (self, certificate, key);
  else
    start_xandikos (self, certificate, key);
  self->fetcher = lykta_soup_fetcher_new (self->ca_file);
  g_clear_object (&self->sync.engine);
  self->sync.engine = sync_fixture_new_engine (&self->sync, self->fetcher);
  base = g_strconcat (self->base, "/", NULL);
  self->login = lykta_fetch_login_new (base, USER, PASSWORD);
  self->source = g_strconcat ("caldav+", base, NULL);
  sync_fixture_configure (&self->sync, self->source, NULL);
  for (guint i = 1; i <= N_EVENTS; i++) {
    g_autofree char *name = g_strdup_printf ("e%u", i);

    put (self, name, name, "PUBLIC");
  }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  sync_fixture_tear_down (&self->sync, NULL);
  lykta_fetch_login_free (self->login);
  g_assert_finalize_object (self->fetcher);
  g_clear_pointer (&self->front, lykta_test_server_free);
  lykta_test_server_free (self->server);
  g_free (self->ca_file);
  g_free (self->base);
  g_free (self->source);
}

/* Bytes on the wire. */
static guint64
assert_run (Fixture *self, LyktaSyncOutcome outcome, guint n, guint n_odd)
{
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->sync, LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, self->source);

  g_test_message ("%s: %u activities, %" G_GUINT64_FORMAT " bytes. %s",
                  lykta_sync_outcome_to_token (result->outcome), result->n_activities,
                  result->bytes_on_wire, result->detail != NULL ? result->detail : "");
  g_assert_cmpint (result->outcome, ==, outcome);
  g_assert_cmpint (sync_fixture_count (&self->sync, self->source), ==, n);
  g_assert_cmpuint (result->n_quarantined, ==, n_odd);
  return result->bytes_on_wire;
}

static void
assert_title (Fixture *self, const char *title, gboolean is_there)
{
  g_autofree char *dump = sync_fixture_dump (&self->sync);

  g_assert_cmpint (strstr (dump, title) != NULL, ==, is_there);
}

static void
test_refreshes (Fixture *self, gconstpointer data)
{
  guint64 first;

  keep_password (self, PASSWORD);
  first = assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS, 0);
  assert_run (self, LYKTA_SYNC_OUTCOME_UNCHANGED, N_EVENTS, 0);
  put (self, "e1", "Another title", "PUBLIC");
  put (self, "new", "Quite new", "PUBLIC");
  publish (self, "DELETE", "e2.ics", NULL);
  g_assert_cmpuint (assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS, 0), <, first);
  assert_title (self, "Another title", TRUE);
  assert_title (self, "Quite new", TRUE);
  assert_title (self, "e2@test.invalid", FALSE);
  assert_run (self, LYKTA_SYNC_OUTCOME_UNCHANGED, N_EVENTS, 0);
  /* One that is not shown costs itself alone, and once. */
  put (self, "e3", "e3", "PRIVATE");
  put (self, "secret", "Secret", "PRIVATE");
  assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS, 2);
  assert_run (self, LYKTA_SYNC_OUTCOME_UNCHANGED, N_EVENTS, 2);
  publish (self, "DELETE", "secret.ics", NULL);
  put (self, "e3", "e3 again", "PUBLIC");
  assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS, 0);
}

/* Replaces the token that is kept by one that the server never gave. */
static void
spoil_token (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSourceState) state = sync_fixture_get_state (&self->sync, self->source);
  g_autoptr (LyktaContentWriter) writer = NULL;
  g_autoptr (GRegex) token = g_regex_new ("[0-9a-f]{32,}'", 0, 0, &error);
  g_autoptr (GMatchInfo) match = NULL;
  int start;
  int end;

  g_assert_no_error (error);
  g_assert_true (g_regex_match (token, state->etag, 0, &match));
  g_assert_true (g_match_info_fetch_pos (match, 0, &start, &end));
  memset (state->etag + start, 'a', (gsize)(end - start - 1));
  writer = lykta_content_store_new_writer (self->sync.content, lykta_expand_occurrences, &error);
  g_assert_no_error (error);
  lykta_content_writer_set_state (writer, self->source, state, &error);
  g_assert_no_error (error);
}

static void
test_token_expired (Fixture *self, gconstpointer data)
{
  guint64 first;
  guint64 again;

  keep_password (self, PASSWORD);
  first = assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS, 0);
  spoil_token (self);
  again = assert_run (self, LYKTA_SYNC_OUTCOME_UNCHANGED, N_EVENTS, 0);
  g_assert_cmpuint (again, <, first);
  spoil_token (self);
  put (self, "e1", "Another title", "PUBLIC");
  publish (self, "DELETE", "e2.ics", NULL);
  assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS - 1, 0);
  assert_title (self, "Another title", TRUE);
  assert_title (self, "e2@test.invalid", FALSE);
  assert_run (self, LYKTA_SYNC_OUTCOME_UNCHANGED, N_EVENTS - 1, 0);
}

static void
assert_refused (Fixture *self, LyktaSyncFailure failure)
{
  g_autofree char *before = sync_fixture_dump (&self->sync);
  g_autofree char *after = NULL;
  g_autoptr (LyktaSyncReport) report = sync_fixture_run (&self->sync, LYKTA_SYNC_MANUAL);
  const LyktaSyncResult *result = sync_find_result (report, self->source);

  g_test_message ("%s", result->detail);
  g_assert_cmpint (result->outcome, ==, LYKTA_SYNC_OUTCOME_FAILED);
  g_assert_cmpint (result->failure, ==, failure);
  g_assert_null (strstr (result->detail, "wrong"));
  g_assert_null (strstr (result->detail, PASSWORD));
  after = sync_fixture_dump (&self->sync);
  g_assert_cmpstr (after, ==, before);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (LyktaFetcher) stranger = NULL;

  keep_password (self, PASSWORD);
  assert_run (self, LYKTA_SYNC_OUTCOME_UPDATED, N_EVENTS, 0);
  keep_password (self, "wrong");
  assert_refused (self, LYKTA_SYNC_FAILURE_LOGIN);
  keep_password (self, PASSWORD);
  assert_run (self, LYKTA_SYNC_OUTCOME_UNCHANGED, N_EVENTS, 0);
  /* Whom nobody vouches for is told nothing. */
  stranger = lykta_soup_fetcher_new (NULL);
  g_clear_object (&self->sync.engine);
  self->sync.engine = sync_fixture_new_engine (&self->sync, stranger);
  assert_refused (self, LYKTA_SYNC_FAILURE_TLS);
}

#define ADD(server, kind, name, function)                                                       \
  g_test_add ("/sync/caldav-servers/" server "/" name, Fixture, GINT_TO_POINTER (kind), set_up, \
              function, tear_down)
#define ADD_ALL(server, kind)                                \
  do {                                                       \
    ADD (server, kind, "refreshes", test_refreshes);         \
    ADD (server, kind, "token-expired", test_token_expired); \
    ADD (server, kind, "refused", test_refused);             \
  } while (0)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_setenv ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", TRUE);
  if (lykta_test_need_program ("openssl") && lykta_test_need_program ("radicale"))
    ADD_ALL ("radicale", RADICALE);
  if (lykta_test_need_program ("openssl") && lykta_test_need_program ("xandikos") &&
      lykta_test_need_program ("nginx"))
    ADD_ALL ("xandikos", XANDIKOS);
  return g_test_run ();
}
