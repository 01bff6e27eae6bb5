/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/lykta-soup-fetcher.h"
#include "support/lykta-test-faults.h"

/* Against the web server that most calendars are served by. */

#define N_EVENTS 2000

static const char config[] = "gzip_static on;\n"
                             "location /missing { return 404; }\n"
                             "location /broken { return 500; }\n"
                             "location /moved { return 301 /calendar.ics; }\n"
                             "location /streamed/ { gzip_static off; gzip on; gzip_types *;"
                             " rewrite ^/streamed/(.*)$ /$1 break; }\n"
                             "location /round { return 302 /round; }\n";

typedef struct {
  LyktaTestDir *dir;       /* (owned) */
  char *calendar;          /* (owned) text */
  LyktaTestServer *server; /* (owned) */
  LyktaFetcher *fetcher;   /* (owned) */
} Fixture;

static void
write_gzip (LyktaTestDir *dir, const char *name, const char *text)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autofree char *path = lykta_test_dir_child (dir, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) base =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (G_OUTPUT_STREAM (base), packer);

  g_assert_true (g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
}

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  self->dir = lykta_test_dir_new ();
  self->calendar = lykta_test_calendar (N_EVENTS, "a");
  path = lykta_test_dir_write (self->dir, "calendar.ics", self->calendar, -1);
  write_gzip (self->dir, "calendar.ics.gz", self->calendar);
  self->server = lykta_test_server_new_nginx (lykta_test_dir_get_path (self->dir), config);
  self->fetcher = lykta_soup_fetcher_new (NULL);
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->fetcher);
  lykta_test_server_free (self->server);
  g_free (self->calendar);
  lykta_test_dir_free (self->dir);
}

static GBytes *
fetch (LyktaFetcher *fetcher, LyktaFetchRequest *request, LyktaFetchResult *result, GError **error)
{
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  gboolean is_ok = lykta_fetcher_fetch (fetcher, request, body, NULL, result, error);

  g_assert_true (g_output_stream_close (body, NULL, NULL));
  return is_ok ? g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (body)) : NULL;
}

static void
on_progress (guint64 received, guint64 expected, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (received, >, *last);
  *last = received;
}

static void
test_conditional (Fixture *self, gconstpointer data)
{
  g_autofree char *address = lykta_test_server_url (self->server, "calendar.ics");
  guint64 progress = 0;
  LyktaFetchRequest request = {
      .address = address,
      .progress = on_progress,
      .user_data = &progress,
  };
  g_auto (LyktaFetchResult) first = LYKTA_FETCH_RESULT_INIT;
  g_auto (LyktaFetchResult) second = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = fetch (self->fetcher, &request, &first, &error);
  g_autoptr (GBytes) nothing = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (first.status, ==, LYKTA_FETCH_OK);
  g_assert_cmpuint (first.n_bytes, ==, strlen (self->calendar));
  g_assert_cmpuint (progress, ==, first.n_bytes);
  g_assert_cmpstr (first.content_type, ==, "text/calendar");
  g_assert_nonnull (first.etag);
  g_assert_nonnull (first.last_modified);
  /* It came packed. */
  g_assert_cmpuint (first.bytes_on_wire, <, first.n_bytes / 2);

  request.etag = first.etag;
  request.last_modified = first.last_modified;
  nothing = fetch (self->fetcher, &request, &second, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second.status, ==, LYKTA_FETCH_NOT_MODIFIED);
  g_assert_cmpuint (g_bytes_get_size (nothing), ==, 0);
  g_assert_cmpuint (second.bytes_on_wire, <, 2000);
  g_test_message ("whole %" G_GUINT64_FORMAT ", not modified %" G_GUINT64_FORMAT " bytes",
                  first.bytes_on_wire, second.bytes_on_wire);
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *name;
    int code; /* -1: fine */
  } cases[] = {
      {"calendar.ics", -1},
      {"moved", -1},
      {"missing", LYKTA_NET_ERROR_NOT_FOUND},
      {"no-such-file.ics", LYKTA_NET_ERROR_NOT_FOUND},
      {"broken", LYKTA_NET_ERROR_STATUS},
      {"round", LYKTA_NET_ERROR_REDIRECT},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, cases[i].name);
    LyktaFetchRequest request = {.address = address};
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) body = fetch (self->fetcher, &request, &result, &error);

    if (cases[i].code < 0)
      g_assert_no_error (error);
    else
      g_assert_error (error, LYKTA_NET_ERROR, cases[i].code);
  }
}

/* What costs more than may be spent is given up: before a byte of the body when the server says how
 * much it is, else when so much has come. What is counted is what comes, not what it unpacks to. */
static void
test_cost (Fixture *self, gconstpointer data)
{
  g_autofree char *path = lykta_test_dir_child (self->dir, "calendar.ics.gz");
  g_autofree char *packed = NULL;
  gsize n_packed;
  const struct {
    const char *name;
    gboolean is_announced;
  } cases[] = {{"calendar.ics", TRUE}, {"streamed/calendar.ics", FALSE}};

  g_assert_true (g_file_get_contents (path, &packed, &n_packed, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, cases[i].name);
    LyktaFetchRequest request = {.address = address, .max_wire = 3 * n_packed / 2};
    g_auto (LyktaFetchResult) within = LYKTA_FETCH_RESULT_INIT;
    g_auto (LyktaFetchResult) beyond = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) body = fetch (self->fetcher, &request, &within, &error);
    g_autoptr (GBytes) nothing = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (body), ==, strlen (self->calendar));
    g_assert_cmpuint (within.n_announced, ==, cases[i].is_announced ? n_packed : 0);
    request.max_wire = n_packed / 2;
    nothing = fetch (self->fetcher, &request, &beyond, &error);
    g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY);
    g_assert_cmpuint (beyond.n_announced, ==, within.n_announced);
  }
}

/* nginx with TLS, and HTTP/2 where it offers that. */
typedef struct {
  guint16 port;
  char *config;  /* (owned) */
  char *ca_file; /* (owned) */
  char *address; /* (owned) */
  char *etag;    /* (owned) of the calendar */
} Tls;

static void
tls_init (Tls *self, LyktaTestDir *dir, const char *protocol)
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;

  self->port = lykta_test_free_port ();
  self->ca_file = lykta_test_make_ca (dir);
  lykta_test_make_certificate (dir, LYKTA_TEST_CERTIFICATE_GOOD, &certificate, &key);
  self->config = g_strdup_printf ("listen 127.0.0.1:%u ssl %s;\nssl_certificate %s;\n"
                                  "ssl_certificate_key %s;\n",
                                  self->port, protocol, certificate, key);
  self->address = g_strdup_printf ("https://localhost:%u/calendar.ics", self->port);
  self->etag = NULL;
}

static void
tls_clear (Tls *self)
{
  g_free (self->config);
  g_free (self->ca_file);
  g_free (self->address);
  g_free (self->etag);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tls, tls_clear)

/* Bytes on the wire of one visit: the first brings the calendar, the others find nothing new. */
static guint64
visit (Tls *self, LyktaFetcher *fetcher)
{
  LyktaFetchRequest request = {.address = self->address, .etag = self->etag};
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = fetch (fetcher, &request, &result, &error);

  g_assert_no_error (error);
  g_assert_cmpint (result.status, ==,
                   self->etag == NULL ? LYKTA_FETCH_OK : LYKTA_FETCH_NOT_MODIFIED);
  g_assert_nonnull (body);
  if (self->etag == NULL)
    self->etag = g_strdup (result.etag);
  g_test_message ("%" G_GUINT64_FORMAT " bytes, %" G_GUINT64_FORMAT " of them sent",
                  result.bytes_on_wire, result.bytes_sent);
  return result.bytes_on_wire;
}

typedef struct {
  Tls *tls;
  LyktaFetcher *fetcher;
  guint64 bytes;
} Visit;

static gpointer
visit_in_thread (gpointer user_data)
{
  Visit *self = user_data;

  self->bytes = visit (self->tls, self->fetcher);
  return NULL;
}

/* What is found unchanged costs a few hundred bytes while the connection is there, whichever thread
 * asks; and a handshake after the server has been started anew, but no failure. */
static void
test_warm (Fixture *self, gconstpointer data)
{
  const char *root = lykta_test_dir_get_path (self->dir);
  g_auto (Tls) tls = {0};
  g_autoptr (LyktaTestServer) server = NULL;
  g_autoptr (LyktaFetcher) fetcher = NULL;
  Visit other = {0};

  if (!lykta_test_need_program ("openssl"))
    return;
  tls_init (&tls, self->dir, "http2");
  server = lykta_test_server_new_nginx (root, tls.config);
  fetcher = lykta_soup_fetcher_new (tls.ca_file);
  g_assert_cmpuint (visit (&tls, fetcher), >, strlen (self->calendar));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (visit (&tls, fetcher), <=, 400);
  other.tls = &tls;
  other.fetcher = fetcher;
  g_thread_join (g_thread_new ("visit", visit_in_thread, &other));
  g_assert_cmpuint (other.bytes, <=, 400);
  g_assert_cmpuint (visit (&tls, fetcher), <=, 400);

  lykta_test_server_free (g_steal_pointer (&server));
  server = lykta_test_server_new_nginx (root, tls.config);
  g_assert_cmpuint (visit (&tls, fetcher), >, 1500);
  g_assert_cmpuint (visit (&tls, fetcher), <=, 400);
}

/* Without a connection to return to; the second handshake is a resumed one where TLS allows it. */
static void
test_cold (Fixture *self, gconstpointer data)
{
  static const char *const protocols[] = {"http2", ""};

  if (!lykta_test_need_program ("openssl"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (protocols); i++) {
    g_auto (Tls) tls = {0};
    g_autoptr (LyktaTestServer) server = NULL;
    g_autoptr (LyktaFetcher) fetcher = NULL;

    tls_init (&tls, self->dir, protocols[i]);
    server = lykta_test_server_new_nginx (lykta_test_dir_get_path (self->dir), tls.config);
    fetcher = g_object_new (LYKTA_TYPE_SOUP_FETCHER, "ca-file", tls.ca_file, "idle-time", 0, NULL);
    g_assert_cmpuint (visit (&tls, fetcher), >, strlen (self->calendar));
    for (guint visits = 0; visits < 3; visits++) {
      guint64 bytes = visit (&tls, fetcher);

      g_assert_cmpuint (bytes, >, 400);
      g_assert_cmpuint (bytes, <, 8000);
    }
  }
}

#define ADD(name, function) \
  g_test_add ("/net/nginx/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_setenv ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", TRUE);
  if (lykta_test_need_program ("nginx")) {
    ADD ("conditional", test_conditional);
    ADD ("answers", test_answers);
    ADD ("warm", test_warm);
    ADD ("cold", test_cold);
    ADD ("cost", test_cost);
  }
  return g_test_run ();
}
