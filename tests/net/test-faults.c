/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/socket.h>
#include <unistd.h>

#include "net/lykta-soup-fetcher.h"
#include "support/lykta-test-faults.h"

/* Against a server that does everything wrong: each fault gives its own error, within bounded time
 * and bounded bytes. */

#define RESPONSE_MS 400
#define WINDOW_MS   250
#define DEADLINE_MS 3000
#define CAP_BYTES   (4 * 1024 * 1024)
/* Nothing may take longer than our own patience and some slack for a busy machine. */
#define BOUND_US ((DEADLINE_MS + 3000) * G_TIME_SPAN_MILLISECOND)
#define N_EVENTS 500

typedef struct {
  LyktaTestDir *dir;       /* (owned) */
  char *calendar;          /* (owned) path */
  LyktaTestServer *server; /* (owned) */
  LyktaFetcher *fetcher;   /* (owned) */
} Fixture;

static LyktaFetcher *
new_fetcher (const char *ca_file)
{
  return g_object_new (LYKTA_TYPE_SOUP_FETCHER, "response-timeout", RESPONSE_MS, "rate-window",
                       WINDOW_MS, "deadline", DEADLINE_MS, "minimum-rate", 400, "ca-file", ca_file,
                       NULL);
}

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *calendar = lykta_test_calendar (N_EVENTS, "a");

  self->dir = lykta_test_dir_new ();
  self->calendar = lykta_test_dir_write (self->dir, "calendar.ics", calendar, -1);
  self->server = lykta_test_faults_new (self->calendar);
  self->fetcher = new_fetcher (NULL);
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->fetcher);
  lykta_test_server_free (self->server);
  g_free (self->calendar);
  lykta_test_dir_free (self->dir);
}

static gboolean
looks_like_calendar (const guint8 *head, gsize n, gpointer user_data)
{
  return n >= 15 && memcmp (head, "BEGIN:VCALENDAR", 15) == 0;
}

static GBytes *
fetch (LyktaFetcher *fetcher, const char *address, LyktaFetchResult *result, GError **error)
{
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  LyktaFetchRequest request = {
      .address = address,
      .max_bytes = CAP_BYTES,
      .sniff = looks_like_calendar,
  };
  gboolean is_ok = lykta_fetcher_fetch (fetcher, &request, body, NULL, result, error);

  g_assert_true (g_output_stream_close (body, NULL, NULL));
  return is_ok ? g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (body)) : NULL;
}

static const struct {
  const char *path;
  LyktaNetError code;
  const char *word; /* in the operator's sentence */
} faults[] = {
    {"hang", LYKTA_NET_ERROR_TIMEOUT, "did not answer"},
    {"hang-in-headers", LYKTA_NET_ERROR_TIMEOUT, "did not answer"},
    {"slow-headers", LYKTA_NET_ERROR_TIMEOUT, "did not answer"},
    {"hang-in-body", LYKTA_NET_ERROR_TIMEOUT, "stopped sending"},
    {"trickle", LYKTA_NET_ERROR_TOO_SLOW, "bytes a second"},
    {"endless", LYKTA_NET_ERROR_TOO_LARGE, "allowed"},
    {"gzip-bomb", LYKTA_NET_ERROR_TOO_LARGE, "allowed"},
    {"brotli-bomb", LYKTA_NET_ERROR_TOO_LARGE, "allowed"},
    {"endless-header", LYKTA_NET_ERROR_UNREACHABLE, "endless-header"},
    {"close", LYKTA_NET_ERROR_UNREACHABLE, "close"},
    {"garbage", LYKTA_NET_ERROR_UNREACHABLE, "garbage"},
    {"short", LYKTA_NET_ERROR_TRUNCATED, "short"},
    {"chunk-middle", LYKTA_NET_ERROR_TRUNCATED, "chunk-middle"},
    {"gzip-short", LYKTA_NET_ERROR_TRUNCATED, "gzip-short"},
    {"gzip-crc", LYKTA_NET_ERROR_TRUNCATED, "gzip-crc"},
    {"unknown-coding", LYKTA_NET_ERROR_WRONG_TYPE, "zstd"},
    {"html", LYKTA_NET_ERROR_WRONG_TYPE, "web page"},
    {"no-content", LYKTA_NET_ERROR_STATUS, "204"},
    {"not-modified-unasked", LYKTA_NET_ERROR_STATUS, "304"},
    {"status/404", LYKTA_NET_ERROR_NOT_FOUND, "404"},
    {"status/410", LYKTA_NET_ERROR_NOT_FOUND, "410"},
    {"status/500", LYKTA_NET_ERROR_STATUS, "500"},
    {"status/503", LYKTA_NET_ERROR_STATUS, "503"},
    {"error-and-hang", LYKTA_NET_ERROR_STATUS, "500"},
    {"sign-in", LYKTA_NET_ERROR_LOGIN, "user name"},
    {"loop", LYKTA_NET_ERROR_REDIRECT, "circle"},
    {"far/1", LYKTA_NET_ERROR_REDIRECT, "more than"},
    {"near/6", LYKTA_NET_ERROR_REDIRECT, "more than"},
    {"elsewhere", LYKTA_NET_ERROR_REDIRECT, "only https"},
    {"nowhere", LYKTA_NET_ERROR_REDIRECT, "nowhere"},
};

static void
test_faults (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, faults[i].path);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (GBytes) body = fetch (self->fetcher, address, &result, &error);
    gint64 duration = g_get_monotonic_time () - begin;

    g_test_message ("%s: %s (%" G_GINT64_FORMAT " ms, %" G_GUINT64_FORMAT " bytes)", faults[i].path,
                    error != NULL ? error->message : "success", duration / 1000,
                    result.bytes_on_wire);
    g_assert_null (body);
    g_assert_error (error, LYKTA_NET_ERROR, (int)faults[i].code);
    g_assert_nonnull (strstr (error->message, faults[i].word));
    g_assert_cmpint (duration, <, BOUND_US);
    g_assert_cmpuint (result.bytes_on_wire, <, 64 * 1024 * 1024);
  }
}

/* These arrive as if nothing had happened: only the calendar itself can tell (libsoup 3.2.3). */
static void
test_cut_without_a_word (Fixture *self, gconstpointer data)
{
  static const char *const paths[] = {"chunk-boundary", "until-close", "gzip-cut"};

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, paths[i]);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) body = fetch (self->fetcher, address, &result, &error);
    g_autofree char *text = NULL;

    if (body == NULL) { /* a later libsoup may notice */
      g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TRUNCATED);
      continue;
    }
    text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    g_assert_null (strstr (text, "END:VCALENDAR"));
  }
}

static void
test_good (Fixture *self, gconstpointer data)
{
  static const char *const paths[] = {"good", "gzip", "near/5", "calendar-as-html"};
  g_autofree char *expected = NULL;

  g_assert_true (g_file_get_contents (self->calendar, &expected, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, paths[i]);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) body = fetch (self->fetcher, address, &result, &error);

    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), expected,
                     strlen (expected));
    g_assert_cmpuint (result.n_bytes, ==, strlen (expected));
    g_assert_cmpuint (result.bytes_on_wire, >, 200);
  }
}

/* A router on the way may forget a connection that is kept: then a new one is made. */
static void
test_kept_but_dead (Fixture *self, gconstpointer data)
{
  g_autofree char *address = lykta_test_server_url (self->server, "goes-silent");

  for (guint i = 0; i < 3; i++) {
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();
    g_autoptr (GBytes) body = fetch (self->fetcher, address, &result, &error);

    g_assert_no_error (error);
    g_assert_nonnull (body);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, BOUND_US);
  }
}

static void
test_refused_port (Fixture *self, gconstpointer data)
{
  int fd;
  guint16 port = lykta_test_refused_port (&fd);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u/x.ics", port);
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch (self->fetcher, address, &result, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_UNREACHABLE);
  close (fd);
}

/* The system accepts, but nobody is behind it: neither speech nor handshake begins. */
static void
test_nobody_home (Fixture *self, gconstpointer data)
{
  static const char *const schemes[] = {"http", "https"};
  int fd;
  guint16 port = lykta_test_refused_port (&fd);

  g_assert_cmpint (listen (fd, 8), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++) {
    g_autofree char *address = g_strdup_printf ("%s://127.0.0.1:%u/x.ics", schemes[i], port);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();

    g_assert_null (fetch (self->fetcher, address, &result, &error));
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, BOUND_US);
  }
  close (fd);
}

static void
test_refused_addresses (Fixture *self, gconstpointer data)
{
  static const char *const addresses[] = {
      "http://192.0.2.1/x.ics",
      "http://example.invalid/x.ics",
      "ftp://127.0.0.1/x.ics",
      "file:///etc/passwd",
      "https://user:pw@127.0.0.1/x",
      "http://127.0.0.1.evil.invalid/",
      "http://localhost.invalid/",
      "nonsense",
      "http:///x.ics",
      "https://",
      "http://[::ffff:192.0.2.1]/x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", addresses[i]);
    g_assert_null (fetch (self->fetcher, addresses[i], &result, &error));
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REFUSED_ADDRESS);
    g_assert_null (strstr (error->message, "pw"));
  }
}

static gpointer
cancel_in_thread (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return NULL;
}

static void
cancel_on_progress (guint64 received, guint64 expected, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* From another thread at any time, and from inside as soon as bytes come. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  static const char *const paths[] = {"hang", "hang-in-body", "trickle"};
  g_autoptr (LyktaFetcher) patient = lykta_soup_fetcher_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, paths[i]);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    LyktaFetchRequest request = {
        .address = address,
        .progress = cancel_on_progress,
        .user_data = cancellable,
    };
    gint64 begin = g_get_monotonic_time ();
    GThread *thread = i == 0 ? g_thread_new ("cancel", cancel_in_thread, cancellable) : NULL;

    g_assert_false (lykta_fetcher_fetch (patient, &request, body, cancellable, &result, &error));
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 2 * G_TIME_SPAN_SECOND);
    g_clear_pointer (&thread, g_thread_join);
  }
}

static void
test_deadline (Fixture *self, gconstpointer data)
{
  g_autofree char *address = lykta_test_server_url (self->server, "trickle");
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaFetcher) fetcher = g_object_new (LYKTA_TYPE_SOUP_FETCHER, "deadline", 200, NULL);

  g_assert_null (fetch (fetcher, address, &result, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TIMEOUT);
  g_assert_nonnull (strstr (error->message, "not done"));
}

/* A disk that is full must not look like a network that is bad. */
static void
test_full_disk (Fixture *self, gconstpointer data)
{
  g_autofree char *address = lykta_test_server_url (self->server, "good");
  guint8 room[100];
  g_autoptr (GOutputStream) body = g_memory_output_stream_new (room, sizeof (room), NULL, NULL);
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  LyktaFetchRequest request = {.address = address};

  g_assert_false (lykta_fetcher_fetch (self->fetcher, &request, body, NULL, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static const struct {
  LyktaTestCertificate kind;
  gboolean knows_authority;
  const char *word; /* NULL: is fine */
} certificates[] = {
    {LYKTA_TEST_CERTIFICATE_GOOD, TRUE, NULL},
    {LYKTA_TEST_CERTIFICATE_GOOD, FALSE, "unknown authority"},
    {LYKTA_TEST_CERTIFICATE_WRONG_NAME, TRUE, "another name"},
    {LYKTA_TEST_CERTIFICATE_EXPIRED, TRUE, "expired"},
};

static void
test_certificates (Fixture *self, gconstpointer data)
{
  g_autofree char *ca_file = NULL;

  if (!lykta_test_need_program ("openssl"))
    return;
  ca_file = lykta_test_make_ca (self->dir);
  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++) {
    g_autofree char *certificate = NULL;
    g_autofree char *key = NULL;
    g_autoptr (LyktaTestServer) server = NULL;
    g_autoptr (LyktaFetcher) fetcher =
        new_fetcher (certificates[i].knows_authority ? ca_file : NULL);
    g_autofree char *address = NULL;
    g_autoptr (GBytes) body = NULL;
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;

    lykta_test_make_certificate (self->dir, certificates[i].kind, &certificate, &key);
    server = lykta_test_faults_new_tls (self->calendar, certificate, key);
    address = g_strdup_printf ("https://localhost:%u/good", lykta_test_server_get_port (server));
    body = fetch (fetcher, address, &result, &error);
    if (certificates[i].word == NULL) {
      g_assert_no_error (error);
      continue;
    }
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TLS);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, certificates[i].word));
  }
}

static void
test_downgrade (Fixture *self, gconstpointer data)
{
  g_autofree char *ca_file = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autoptr (LyktaTestServer) server = NULL;
  g_autoptr (LyktaFetcher) fetcher = NULL;
  g_autofree char *address = NULL;
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;

  if (!lykta_test_need_program ("openssl"))
    return;
  ca_file = lykta_test_make_ca (self->dir);
  lykta_test_make_certificate (self->dir, LYKTA_TEST_CERTIFICATE_GOOD, &certificate, &key);
  server = lykta_test_faults_new_tls (self->calendar, certificate, key);
  fetcher = new_fetcher (ca_file);
  address = g_strdup_printf ("https://localhost:%u/downgrade", lykta_test_server_get_port (server));
  g_assert_null (fetch (fetcher, address, &result, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT);
  g_assert_nonnull (strstr (error->message, "not https"));
}

static void
test_bad_ca_file (Fixture *self, gconstpointer data)
{
  static const char *const paths[] = {"relative.pem", "/nonexistent/lykta.pem"};

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (LyktaFetcher) fetcher = lykta_soup_fetcher_new (paths[i]);
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;

    g_assert_null (fetch (fetcher, "https://localhost:1/x", &result, &error));
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TLS);
    g_assert_nonnull (strstr (error->message, paths[i]));
  }
}

#define ADD(name, function) \
  g_test_add ("/net/faults/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("each", test_faults);
  ADD ("cut-without-a-word", test_cut_without_a_word);
  ADD ("good", test_good);
  ADD ("kept-but-dead", test_kept_but_dead);
  ADD ("refused-port", test_refused_port);
  ADD ("nobody-home", test_nobody_home);
  ADD ("refused-addresses", test_refused_addresses);
  ADD ("cancel", test_cancel);
  ADD ("deadline", test_deadline);
  ADD ("full-disk", test_full_disk);
  ADD ("certificates", test_certificates);
  ADD ("downgrade", test_downgrade);
  ADD ("bad-ca-file", test_bad_ca_file);
  return g_test_run ();
}
