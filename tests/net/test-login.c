/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/lykta-soup-fetcher.h"
#include "support/lykta-test.h"

/* Requests other than GET, and servers that want to know who asks. */

#define USER     "sara"
#define PASSWORD "löv: 1"

typedef struct {
  LyktaTestServer *server; /* (owned) */
  LyktaFetcher *fetcher;   /* (owned) */
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *script = lykta_test_source_path ("tests/net/login-server.py");
  guint16 port = lykta_test_free_port ();
  guint16 other = lykta_test_free_port ();
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *other_text = g_strdup_printf ("%u", other);
  const char *argv[] = {"/usr/bin/python3", script, port_text, other_text, NULL};

  self->server = lykta_test_server_new (argv, port);
  self->fetcher = lykta_soup_fetcher_new (NULL);
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->fetcher);
  lykta_test_server_free (self->server);
}

/* (transfer full) (nullable) */
static char *
ask (Fixture *self, LyktaFetchRequest *request, LyktaFetchResult *result, GError **error)
{
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();

  if (!lykta_fetcher_fetch (self->fetcher, request, body, NULL, result, error))
    return NULL;
  g_assert_true (g_output_stream_write_all (body, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (body, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (body));
}

static void
assert_log (Fixture *self, const char *expected)
{
  g_autofree char *address = lykta_test_server_url (self->server, "log");
  LyktaFetchRequest request = {.address = address};
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autofree char *log = ask (self, &request, &result, NULL);

  g_assert_cmpstr (log, ==, expected);
}

static const struct {
  const char *path;
  const char *user; /* NULL: nobody */
  const char *password;
  int code; /* -1: fine */
  const char *answer;
  const char *log;
} cases[] = {
    {"open", NULL, NULL, -1, "<open/>", "REPORT /open what 1 - none"},
    {"error", NULL, NULL, -1, "<error/>", "REPORT /error what 1 - none"},
    {"open", USER, PASSWORD, -1, "<open/>", "REPORT /open what 1 - none"},
    {"basic", NULL, NULL, LYKTA_NET_ERROR_LOGIN, NULL, "REPORT /basic what 1 - none"},
    {"basic", USER, PASSWORD, -1, "<in/>",
     "REPORT /basic what 1 - none\nREPORT /basic what 1 Basic right"},
    {"basic", USER, "nothing", LYKTA_NET_ERROR_LOGIN, NULL,
     "REPORT /basic what 1 - none\nREPORT /basic what 1 Basic wrong"},
    {"digest", USER, PASSWORD, -1, "<in/>",
     "REPORT /digest what 1 - none\nREPORT /digest what 1 Digest right"},
    {"digest", USER, "nothing", LYKTA_NET_ERROR_LOGIN, NULL,
     "REPORT /digest what 1 - none\nREPORT /digest what 1 Digest wrong"},
    /* The one that does not give the password away. */
    {"both", USER, PASSWORD, -1, "<in/>",
     "REPORT /both what 1 - none\nREPORT /both what 1 Digest right"},
    {"bearer", USER, PASSWORD, LYKTA_NET_ERROR_LOGIN, NULL, "REPORT /bearer what 1 - none"},
    {"moved", USER, PASSWORD, -1, "<in/>",
     "REPORT /moved what 1 - none\nREPORT /basic what 1 - none\nREPORT /basic what 1 Basic right"},
    {"away", USER, PASSWORD, LYKTA_NET_ERROR_LOGIN, NULL,
     "REPORT /away what 1 - none\nREPORT /elsewhere what 1 - none"},
    {"see-other", USER, PASSWORD, LYKTA_NET_ERROR_REDIRECT, NULL,
     "REPORT /see-other what 1 - none"},
};

static void
test_cases (Fixture *self, gconstpointer data)
{
  static const char *const headers[] = {"Depth", "1", NULL};
  g_autoptr (GBytes) content = g_bytes_new_static ("what", 4);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, cases[i].path);
    g_autoptr (LyktaFetchLogin) login =
        cases[i].user != NULL ? lykta_fetch_login_new (address, cases[i].user, cases[i].password)
                              : NULL;
    LyktaFetchRequest request = {
        .address = address,
        .method = "REPORT",
        .content = content,
        .content_type = "application/xml",
        .headers = headers,
        .login = login,
        .takes_any_status = TRUE,
    };
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autoptr (GError) error = NULL;
    g_autofree char *answer = ask (self, &request, &result, &error);

    g_test_message ("%s: %s", cases[i].path, error != NULL ? error->message : answer);
    if (cases[i].code < 0)
      g_assert_no_error (error);
    else
      g_assert_error (error, LYKTA_NET_ERROR, cases[i].code);
    g_assert_cmpstr (answer, ==, cases[i].answer);
    if (error != NULL)
      g_assert_null (strstr (error->message, cases[i].user != NULL ? cases[i].password : "löv"));
    assert_log (self, cases[i].log);
  }
}

/* What was learned with the first request spares the second one a round. */
static void
test_remembers (Fixture *self, gconstpointer data)
{
  static const char *const paths[] = {"basic", "digest"};

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *address = lykta_test_server_url (self->server, paths[i]);
    g_autoptr (LyktaFetchLogin) login = lykta_fetch_login_new (address, USER, PASSWORD);
    LyktaFetchRequest request = {.address = address, .login = login, .takes_any_status = TRUE};
    g_autofree char *scheme = g_strdup (paths[i]);
    g_autofree char *log = NULL;

    for (guint k = 0; k < 2; k++) {
      g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
      g_autofree char *answer = ask (self, &request, &result, NULL);

      g_assert_cmpstr (answer, ==, "<in/>");
      g_assert_cmpuint (result.http_status, ==, 207);
    }
    *scheme = g_ascii_toupper (*scheme);
    log = g_strdup_printf ("GET /%s  - - none\nGET /%s  - %s right\nGET /%s  - %s right", paths[i],
                           paths[i], scheme, paths[i], scheme);
    assert_log (self, log);
    g_assert_cmpint (lykta_fetch_login_is_basic (login), ==, i == 0);
  }
}

/* Questions in a row share a connection, whatever their method. */
static void
test_shares (Fixture *self, gconstpointer data)
{
  static const char *const methods[] = {"PROPFIND", "REPORT", "REPORT", "GET"};
  g_autofree char *address = lykta_test_server_url (self->server, "port");
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++) {
    LyktaFetchRequest request = {.address = address, .method = methods[i]};
    g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
    g_autofree char *port = ask (self, &request, &result, NULL);

    g_assert_nonnull (port);
    if (first == NULL)
      first = g_strdup (port);
    g_assert_cmpstr (port, ==, first);
  }
}

static void
test_expects (Fixture *self, gconstpointer data)
{
  g_autofree char *address = lykta_test_server_url (self->server, "basic");
  g_autofree char *digest = lykta_test_server_url (self->server, "digest");
  g_autofree char *away = lykta_test_server_url (self->server, "away");
  g_autoptr (LyktaFetchLogin) login = lykta_fetch_login_new (address, USER, PASSWORD);
  LyktaFetchRequest request = {.address = address, .login = login, .takes_any_status = TRUE};
  g_auto (LyktaFetchResult) result = LYKTA_FETCH_RESULT_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  lykta_fetch_login_expect_basic (login);
  answer = ask (self, &request, &result, NULL);
  g_assert_cmpstr (answer, ==, "<in/>");
  assert_log (self, "GET /basic  - Basic right");
  /* Sent elsewhere, the name stays here. */
  lykta_fetch_result_clear (&result);
  request.address = away;
  g_assert_null (ask (self, &request, &result, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN);
  assert_log (self, "GET /away  - Basic right\nGET /elsewhere  - - none");
  /* The server has changed its mind. */
  lykta_fetch_result_clear (&result);
  g_clear_pointer (&answer, g_free);
  request.address = digest;
  answer = ask (self, &request, &result, NULL);
  g_assert_cmpstr (answer, ==, "<in/>");
  g_assert_false (lykta_fetch_login_is_basic (login));
  assert_log (self, "GET /digest  - Basic right\nGET /digest  - Digest right");
}

#define ADD(name, function) \
  g_test_add ("/net/login/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  ADD ("cases", test_cases);
  ADD ("remembers", test_remembers);
  ADD ("shares", test_shares);
  ADD ("expects", test_expects);
  return g_test_run ();
}
