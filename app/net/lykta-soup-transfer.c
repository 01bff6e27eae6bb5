/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-soup-transfer-private.h"

#include "base/lykta-limits.h"
#include "net/lykta-fetch-login-private.h"
#include "net/lykta-soup-error-private.h"

#define BLOCK_BYTES (64 * 1024)
/* As much of a self-declared web page as the caller may look at before it is believed. */
#define HEAD_BYTES 512
/* Validators longer than this are not kept: they would go out with every request. */
#define VALIDATOR_MAX_BYTES 512
/* What an answer that is not wanted may still cost, so that its connection can be kept. */
#define REST_BYTES        (16 * 1024)
#define REST_MILLISECONDS 500
/* A kept connection that is silent for this part of the patience for an answer is taken for dead.
 */
#define STALE_PART 3

/* One fetch. Everything happens in the calling thread on the context of `lane`, except that
 * on_cancelled may run anywhere: it touches `was_cancelled` and `stop` alone. */
typedef struct {
  const LyktaSoupPatience *patience; /* (unowned) */
  const LyktaFetchRequest *request;  /* (unowned) */
  GOutputStream *body;               /* (unowned) */
  LyktaFetchResult *result;          /* (unowned) */
  LyktaSoupLane *lane;               /* (owned) (nullable) before the first request */
  GSource *deadline;                 /* (owned) (nullable) on the lane's context */
  gint64 deadline_at;                /* monotonic, microseconds */
  GCancellable *stop;                /* (owned) ends whatever is under way */
  GCancellable *asking;              /* (owned) (nullable) ends one request, `stop` does too */
  GInputStream *input;               /* (owned) (nullable) of the last answer */
  GAsyncResult *answer;              /* (owned) (nullable) of the call being waited for */
  GHashTable *visited;               /* (owned) addresses seen, as strings */
  GByteArray *head;                  /* (owned) (nullable) held back until it has been looked at */
  guint64 max_bytes;
  guint64 n_received;
  guint64 n_at_window_start;
  guint64 n_expected;     /* 0: not known */
  gint was_cancelled;     /* atomic */
  gboolean has_connected; /* the last request needed a new connection */
  gboolean is_settled;    /* the last answer was read to its end */
  gboolean is_coded;      /* libsoup unpacks it */
  LyktaSoupTrouble trouble;
} Transfer;

static void
transfer_stop (Transfer *self, LyktaSoupStop reason)
{
  if (self->trouble.stop == LYKTA_SOUP_STOP_NONE)
    self->trouble.stop = reason;
  g_cancellable_cancel (self->stop);
}

static gboolean
on_deadline (gpointer user_data)
{
  transfer_stop (user_data, LYKTA_SOUP_STOP_DEADLINE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_response_timeout (gpointer user_data)
{
  transfer_stop (user_data, LYKTA_SOUP_STOP_NO_ANSWER);
  return G_SOURCE_REMOVE;
}

static gboolean
on_rate_window (gpointer user_data)
{
  Transfer *self = user_data;
  guint64 n = self->n_received - self->n_at_window_start;
  guint64 least = (guint64)self->patience->minimum_rate * self->patience->rate_window / 1000;

  self->n_at_window_start = self->n_received;
  if (n >= MAX (least, 1))
    return G_SOURCE_CONTINUE;
  transfer_stop (self, n == 0 ? LYKTA_SOUP_STOP_STALLED : LYKTA_SOUP_STOP_TOO_SLOW);
  return G_SOURCE_REMOVE;
}

/* The server, or something on the way, has forgotten a connection that was kept. */
static gboolean
on_stale (gpointer user_data)
{
  Transfer *self = user_data;

  if (!self->has_connected)
    g_cancellable_cancel (self->asking);
  return G_SOURCE_REMOVE;
}

/* Any thread. */
static void
on_stopped (GCancellable *stop, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
on_enough (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static GSource *
transfer_add_timer (Transfer *self, guint milliseconds, GSourceFunc function, gpointer data)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, self->lane->context);
  return source;
}

static void
timer_free (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

typedef GSource Timer;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Timer, timer_free)

/* Any thread. */
static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Transfer *self = user_data;

  g_atomic_int_set (&self->was_cancelled, TRUE);
  g_cancellable_cancel (self->stop);
}

static void
on_answer_ready (GObject *object, GAsyncResult *answer, gpointer user_data)
{
  Transfer *self = user_data;

  g_assert (self->answer == NULL);
  self->answer = g_object_ref (answer);
}

static GAsyncResult *
transfer_wait (Transfer *self)
{
  while (self->answer == NULL)
    g_main_context_iteration (self->lane->context, TRUE);
  return g_steal_pointer (&self->answer);
}

/* ---- the connection ---- */

static void
transfer_board (Transfer *self, GUri *uri)
{
  gint64 left = (self->deadline_at - g_get_monotonic_time ()) / 1000;

  self->lane = lykta_soup_lanes_take (self->patience->lanes, uri, self->patience->authorities);
  self->deadline = transfer_add_timer (self, (guint)MAX (left, 0), on_deadline, self);
}

/* @is_well FALSE: nothing more is to be expected from this connection. */
static void
transfer_leave (Transfer *self, gboolean is_well)
{
  guint64 sent = 0;

  if (self->lane == NULL)
    return;
  g_clear_pointer (&self->deadline, timer_free);
  /* Dropping an answer that has not been read to its end would wait for the rest of it. */
  if (!is_well)
    soup_session_abort (self->lane->session);
  g_clear_object (&self->input);
  while (g_main_context_iteration (self->lane->context, FALSE))
    ;
  self->result->bytes_on_wire += lykta_wire_meter_read (self->lane->meter, &sent);
  self->result->bytes_sent += sent;
  lykta_soup_lanes_give_back (self->patience->lanes, g_steal_pointer (&self->lane), is_well);
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  Transfer *self = user_data;

  self->has_connected = TRUE;
  if (event == G_SOCKET_CLIENT_CONNECTED)
    lykta_wire_meter_watch (self->lane->meter, connection);
  /* HTTP/2 begins with three small writes; they may go with the request. */
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    lykta_wire_meter_hold (self->lane->meter, TRUE);
}

static gboolean
on_written (gpointer user_data)
{
  lykta_wire_meter_hold (user_data, FALSE);
  return G_SOURCE_REMOVE;
}

/* libsoup says so a moment before it is true. The source lives no longer than the lane. */
static void
on_wrote_headers (SoupMessage *message, gpointer user_data)
{
  Transfer *self = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, on_written, self->lane->meter, NULL);
  g_source_attach (source, self->lane->context);
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       gpointer user_data)
{
  Transfer *self = user_data;

  self->trouble.certificate_flags = flags;
  return FALSE;
}

/* Turns whatever went wrong into an error of this room. */
static gboolean
transfer_fail (Transfer *self, const GError *foreign, GError **error)
{
  if (g_atomic_int_get (&self->was_cancelled))
    self->trouble.stop = LYKTA_SOUP_STOP_CANCELLED;
  self->trouble.n_received = self->n_received;
  g_propagate_error (error, lykta_soup_trouble_to_error (&self->trouble, foreign));
  return FALSE;
}

static gboolean
transfer_write (Transfer *self, const guint8 *data, gsize n, GError **error)
{
  if (!g_output_stream_write_all (self->body, data, n, NULL, NULL, error))
    return FALSE;
  self->result->n_bytes += n;
  return TRUE;
}

/* Lets the caller decide about a body that says it is a web page. */
static gboolean
transfer_judge_head (Transfer *self, GError **error)
{
  g_autoptr (GByteArray) head = g_steal_pointer (&self->head);
  LyktaFetchSniffFunc sniff = self->request->sniff;

  if (sniff == NULL || !sniff (head->data, head->len, self->request->user_data)) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_WRONG_TYPE,
                 "%s answered with a web page (a sign-in page of the network?)",
                 self->trouble.address);
    return FALSE;
  }
  return transfer_write (self, head->data, head->len, error);
}

static gboolean
transfer_take_block (Transfer *self, const guint8 *data, gsize n, GError **error)
{
  /* libsoup hands on what it cannot unpack, as if it had never been packed. */
  if (self->is_coded && self->n_received == 0 && n >= 2 && data[0] == 0x1f && data[1] == 0x8b) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TRUNCATED,
                 "the packed answer of %s is damaged", self->trouble.address);
    return FALSE;
  }
  self->n_received += n;
  if (self->n_received > self->max_bytes) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE,
                 "%s sends more than the allowed %" G_GUINT64_FORMAT " bytes",
                 self->trouble.address, self->max_bytes);
    return FALSE;
  }
  if (self->head != NULL) {
    g_byte_array_append (self->head, data, n);
    if (self->head->len >= HEAD_BYTES && !transfer_judge_head (self, error))
      return FALSE;
  } else if (!transfer_write (self, data, n, error)) {
    return FALSE;
  }
  if (self->request->progress != NULL)
    self->request->progress (self->n_received, self->n_expected, self->request->user_data);
  return TRUE;
}

/* Bytes of the body as they came over the line, before they are unpacked. */
static guint64
n_encoded (SoupMessage *message)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  return metrics != NULL ? soup_message_metrics_get_response_body_bytes_received (metrics) : 0;
}

static gboolean
transfer_check_cost (Transfer *self, guint64 n, GError **error)
{
  if (self->request->max_wire == 0 || n <= self->request->max_wire)
    return TRUE;
  g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY,
               "%s takes %" G_GUINT64_FORMAT " bytes or more, and %" G_GUINT64_FORMAT
               " may be spent",
               self->trouble.address, n, self->request->max_wire);
  return FALSE;
}

static gboolean
transfer_read_body (Transfer *self, SoupMessage *message, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  g_autoptr (Timer) window = NULL;

  self->n_at_window_start = 0;
  window = transfer_add_timer (self, self->patience->rate_window, on_rate_window, self);
  for (;;) {
    g_autoptr (GAsyncResult) answer = NULL;
    g_autoptr (GError) foreign = NULL;
    gssize n;

    g_input_stream_read_async (self->input, block, BLOCK_BYTES, G_PRIORITY_DEFAULT, self->stop,
                               on_answer_ready, self);
    answer = transfer_wait (self);
    n = g_input_stream_read_finish (self->input, answer, &foreign);
    if (n < 0 || g_cancellable_is_cancelled (self->stop))
      return transfer_fail (self, foreign, error);
    if (n == 0)
      break;
    if (!transfer_take_block (self, block, n, error) ||
        !transfer_check_cost (self, n_encoded (message), error))
      return FALSE;
  }
  self->is_settled = TRUE;
  return self->head == NULL || transfer_judge_head (self, error);
}

/* Reads and forgets what comes with an answer that has nothing for us, if it is little and soon
 * there: only then can the connection be used again. */
static void
transfer_skip_body (Transfer *self)
{
  g_autofree guint8 *block = g_malloc (REST_BYTES);
  g_autoptr (GCancellable) enough = g_cancellable_new ();
  g_autoptr (Timer) timer = transfer_add_timer (self, REST_MILLISECONDS, on_enough, enough);
  gsize n_read = 0;
  gssize n;

  do {
    g_autoptr (GAsyncResult) answer = NULL;

    g_input_stream_read_async (self->input, block, REST_BYTES, G_PRIORITY_DEFAULT, enough,
                               on_answer_ready, self);
    answer = transfer_wait (self);
    n = g_input_stream_read_finish (self->input, answer, NULL);
    n_read += n > 0 ? (gsize)n : 0;
  } while (n > 0 && n_read <= REST_BYTES);
  self->is_settled = n == 0;
}

/* libsoup undoes these; anything else would reach the parser as it is. */
static gboolean
is_known_coding (SoupMessageHeaders *headers, gboolean *is_coded, GError **error)
{
  const char *value = soup_message_headers_get_list (headers, "Content-Encoding");
  GSList *list;
  gboolean is_known = TRUE;

  *is_coded = FALSE;
  if (value == NULL)
    return TRUE;
  list = soup_header_parse_list (value);
  for (GSList *item = list; item != NULL; item = item->next) {
    static const char *const known[] = {"gzip", "x-gzip", "deflate", "br", "identity", NULL};
    g_autofree char *coding = g_ascii_strdown (item->data, -1);

    is_known = is_known && g_strv_contains (known, coding);
    *is_coded = *is_coded || !g_str_equal (coding, "identity");
  }
  soup_header_free_list (list);
  if (!is_known)
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_WRONG_TYPE,
                 "the answer is packed in a way that was not asked for: %s", value);
  return is_known;
}

static char *
dup_validator (SoupMessageHeaders *headers, const char *name)
{
  const char *value = soup_message_headers_get_one (headers, name);

  return value != NULL && strlen (value) <= VALIDATOR_MAX_BYTES ? g_strdup (value) : NULL;
}

/* RFC 8288: <address>; rel="next". (transfer full) (nullable) */
static char *
dup_next_link (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_list (headers, "Link");
  GSList *links = value != NULL ? soup_header_parse_list (value) : NULL;
  char *next = NULL;

  for (GSList *item = links; item != NULL && next == NULL; item = item->next) {
    const char *link = item->data;
    const char *end = *link == '<' ? strchr (link, '>') : NULL;
    const char *rest = end != NULL ? strchr (end, ';') : NULL;
    GHashTable *params = rest != NULL ? soup_header_parse_semi_param_list (rest + 1) : NULL;
    const char *rel = params != NULL ? g_hash_table_lookup (params, "rel") : NULL;

    if (rel != NULL && g_ascii_strcasecmp (rel, "next") == 0)
      next = g_strndup (link + 1, (gsize)(end - link - 1));
    if (params != NULL)
      soup_header_free_param_list (params);
  }
  soup_header_free_list (links);
  return next;
}

static void
transfer_note_headers (Transfer *self, SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  LyktaFetchResult *result = self->result;

  result->etag = dup_validator (headers, "ETag");
  result->last_modified = dup_validator (headers, "Last-Modified");
  result->content_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  result->final_address = g_strdup (self->trouble.address);
  result->next_address = dup_next_link (headers);
}

static gboolean
transfer_receive (Transfer *self, SoupMessage *message, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  gboolean has_length = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH;

  self->trouble.has_answered = TRUE;
  transfer_note_headers (self, headers);
  if (!is_known_coding (headers, &self->is_coded, error))
    return FALSE;
  if (has_length)
    self->result->n_announced = soup_message_headers_get_content_length (headers);
  if (!transfer_check_cost (self, self->result->n_announced, error))
    return FALSE;
  if (has_length && !self->is_coded)
    self->n_expected = self->result->n_announced;
  if (SOUP_STATUS_IS_SUCCESSFUL (self->result->http_status) &&
      (g_strcmp0 (self->result->content_type, "text/html") == 0 ||
       g_strcmp0 (self->result->content_type, "application/xhtml+xml") == 0))
    self->head = g_byte_array_new ();
  if (!transfer_read_body (self, message, error))
    return FALSE;
  if (has_length && !self->is_coded && self->n_received != self->n_expected) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TRUNCATED,
                 "%s promised %" G_GUINT64_FORMAT " bytes and sent %" G_GUINT64_FORMAT,
                 self->trouble.address, self->n_expected, self->n_received);
    return FALSE;
  }
  return TRUE;
}

static SoupMessage *
transfer_new_message (Transfer *self, GUri *uri)
{
  const LyktaFetchRequest *request = self->request;
  const char *method = request->method != NULL ? request->method : SOUP_METHOD_GET;
  SoupMessage *message = soup_message_new_from_uri (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS);
  /* Changes nothing, which libsoup does not know: it would open a connection for each. */
  if (g_str_equal (method, "REPORT"))
    soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  if (request->accept != NULL)
    soup_message_headers_replace (headers, "Accept", request->accept);
  /* A server that knows one does not look at the other (RFC 9110, 13.1.3). */
  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  else if (request->last_modified != NULL)
    soup_message_headers_replace (headers, "If-Modified-Since", request->last_modified);
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, request->headers[i], request->headers[i + 1]);
  if (request->content != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->content);
  if (request->login != NULL)
    lykta_fetch_login_authorize (request->login, message);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), self);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), self);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);
  return message;
}

/* Sends one request and waits for the head of its answer, which becomes `input`. */
static void
transfer_ask (Transfer *self, SoupMessage *message, GError **foreign)
{
  guint usual = self->patience->response_timeout;
  guint patience = MAX (usual, self->request->response_seconds * 1000);
  /* A server that thinks for long is not dead yet. */
  guint silence = patience > usual ? usual : MAX (usual / STALE_PART, 1);
  g_autoptr (Timer) timer = transfer_add_timer (self, patience, on_response_timeout, self);
  g_autoptr (Timer) stale = transfer_add_timer (self, silence, on_stale, self);
  g_autoptr (GAsyncResult) answer = NULL;
  gulong handler;

  g_clear_object (&self->input);
  self->trouble.response_timeout = patience;
  self->is_settled = FALSE;
  self->has_connected = FALSE;
  self->asking = g_cancellable_new ();
  handler = g_cancellable_connect (self->stop, G_CALLBACK (on_stopped), self->asking, NULL);
  soup_session_send_async (self->lane->session, message, G_PRIORITY_DEFAULT, self->asking,
                           on_answer_ready, self);
  answer = transfer_wait (self);
  g_cancellable_disconnect (self->stop, handler);
  g_clear_object (&self->asking);
  self->input = soup_session_send_finish (self->lane->session, answer, foreign);
}

/* The message that was answered; on a new connection if the kept one turns out to be dead.
 * (transfer full) */
static SoupMessage *
transfer_send (Transfer *self, GUri *uri, GError **error)
{
  g_autoptr (SoupMessage) message = transfer_new_message (self, uri);
  g_autoptr (GError) foreign = NULL;

  transfer_ask (self, message, &foreign);
  if (self->input == NULL && !self->has_connected && !g_cancellable_is_cancelled (self->stop)) {
    transfer_leave (self, FALSE);
    transfer_board (self, uri);
    g_clear_object (&message);
    g_clear_error (&foreign);
    message = transfer_new_message (self, uri);
    transfer_ask (self, message, &foreign);
  }
  if (self->input == NULL || g_cancellable_is_cancelled (self->stop)) {
    transfer_fail (self, foreign, error);
    return NULL;
  }
  return g_steal_pointer (&message);
}

/* The address that a redirect leads to, when it may be followed. (transfer full) */
static GUri *
transfer_follow (Transfer *self, SoupMessage *message, GUri *uri, GError **error)
{
  const char *location =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  gboolean is_same_request =
      self->request->method == NULL || soup_message_get_status (message) != SOUP_STATUS_SEE_OTHER;
  g_autoptr (GUri) next = NULL;

  if (location != NULL && is_same_request)
    next = g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (next == NULL) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT, "%s redirects to nowhere",
                 self->trouble.address);
    return NULL;
  }
  if (g_str_equal (g_uri_get_scheme (uri), "https") &&
      !g_str_equal (g_uri_get_scheme (next), "https")) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT,
                 "%s redirects to an address that is not https", self->trouble.address);
    return NULL;
  }
  return g_steal_pointer (&next);
}

/* Refuses what must not be fetched, and notes the address as the one that is being asked. */
static gboolean
transfer_enter (Transfer *self, GUri *uri, GError **error)
{
  LyktaNetError code = g_hash_table_size (self->visited) > 0 ? LYKTA_NET_ERROR_REDIRECT
                                                             : LYKTA_NET_ERROR_REFUSED_ADDRESS;

  g_free (self->trouble.address);
  self->trouble.address = lykta_soup_describe_address (uri);
  /* Only the address that was named, never one that it redirects to. */
  if (!lykta_soup_may_fetch (uri) &&
      !(self->request->is_signed && g_hash_table_size (self->visited) == 0 &&
        lykta_soup_may_fetch_signed (uri))) {
    g_set_error (error, LYKTA_NET_ERROR, code,
                 "%s is refused: only https, and http to this machine, without a password in it",
                 self->trouble.address);
    return FALSE;
  }
  if (!g_hash_table_add (self->visited, g_uri_to_string (uri)) ||
      g_hash_table_size (self->visited) > LYKTA_LIMIT_REDIRECTS + 1) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REDIRECT,
                 "redirected in a circle or more than %d times, last to %s", LYKTA_LIMIT_REDIRECTS,
                 self->trouble.address);
    return FALSE;
  }
  return TRUE;
}

static gboolean
transfer_has_validators (Transfer *self)
{
  return self->request->etag != NULL || self->request->last_modified != NULL;
}

/* The same, a second time when the server wants to know who asks. */
static SoupMessage *
transfer_send_as_somebody (Transfer *self, GUri *uri, GError **error)
{
  LyktaFetchLogin *login = self->request->login;
  g_autoptr (SoupMessage) message = transfer_send (self, uri, error);

  if (message == NULL || login == NULL ||
      soup_message_get_status (message) != SOUP_STATUS_UNAUTHORIZED ||
      !lykta_fetch_login_take_challenge (login, message))
    return g_steal_pointer (&message);
  transfer_skip_body (self);
  if (!self->is_settled) {
    transfer_leave (self, FALSE);
    transfer_board (self, uri);
  }
  return transfer_send (self, uri, error);
}

static gboolean
transfer_refuse_status (Transfer *self, guint status, GError **error)
{
  if (status == SOUP_STATUS_UNAUTHORIZED)
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN, "%s %s", self->trouble.address,
                 self->request->login != NULL ? "does not take this user name and password"
                                              : "wants a user name and password");
  else
    g_set_error (
        error, LYKTA_NET_ERROR,
        status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE ? LYKTA_NET_ERROR_NOT_FOUND
                                                                      : LYKTA_NET_ERROR_STATUS,
        "%s answered %u %s", self->trouble.address, status, soup_status_get_phrase (status));
  return FALSE;
}

/* One request and its answer. @next is set when it leads elsewhere. */
static gboolean
transfer_hop (Transfer *self, GUri *uri, GUri **next, GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  guint status;

  if (!transfer_enter (self, uri, error))
    return FALSE;
  if (self->lane == NULL)
    transfer_board (self, uri);
  message = transfer_send_as_somebody (self, uri, error);
  if (message == NULL)
    return FALSE;
  status = soup_message_get_status (message);
  self->result->http_status = status;
  if (status == SOUP_STATUS_OK ||
      (self->request->takes_any_status && status != SOUP_STATUS_UNAUTHORIZED &&
       !SOUP_STATUS_IS_REDIRECTION (status)))
    return transfer_receive (self, message, error);
  transfer_skip_body (self);
  if (status == SOUP_STATUS_NOT_MODIFIED && transfer_has_validators (self)) {
    transfer_note_headers (self, soup_message_get_response_headers (message));
    self->result->status = LYKTA_FETCH_NOT_MODIFIED;
    return TRUE;
  }
  if (SOUP_STATUS_IS_REDIRECTION (status) && status != SOUP_STATUS_NOT_MODIFIED) {
    *next = transfer_follow (self, message, uri, error);
    return *next != NULL;
  }
  return transfer_refuse_status (self, status, error);
}

static gboolean
transfer_run (Transfer *self, GError **error)
{
  g_autoptr (GError) foreign = NULL;
  g_autoptr (GUri) uri = g_uri_parse (self->request->address, SOUP_HTTP_URI_FLAGS, &foreign);

  if (uri == NULL) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REFUSED_ADDRESS,
                 "this is not an address: %s", foreign->message);
    return FALSE;
  }
  for (;;) {
    GUri *next = NULL;

    if (!transfer_hop (self, uri, &next, error))
      return FALSE;
    if (next == NULL)
      return TRUE;
    transfer_leave (self, self->is_settled);
    g_uri_unref (uri);
    uri = next;
  }
}

gboolean
lykta_soup_transfer_run (const LyktaSoupPatience *patience,
                         const LyktaFetchRequest *request,
                         GOutputStream *body,
                         GCancellable *cancellable,
                         LyktaFetchResult *result,
                         GError **error)
{
  LyktaSoupPatience own = *patience;
  Transfer self = {.patience = &own, .request = request, .body = body, .result = result};
  gulong handler = 0;
  gboolean is_ok;

  if (request->max_seconds > 0)
    own.deadline = (guint)MIN (own.deadline, (guint64)request->max_seconds * 1000);
  self.trouble.patience = &own;
  self.stop = g_cancellable_new ();
  self.visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.max_bytes = request->max_bytes > 0 ? request->max_bytes : LYKTA_LIMIT_DOWNLOAD_BYTES;
  self.deadline_at = g_get_monotonic_time () + (gint64)own.deadline * G_TIME_SPAN_MILLISECOND;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), &self, NULL);
  is_ok = transfer_run (&self, error);
  g_cancellable_disconnect (cancellable, handler);
  transfer_leave (&self, self.is_settled);
  g_hash_table_unref (self.visited);
  g_clear_pointer (&self.head, g_byte_array_unref);
  g_object_unref (self.stop);
  g_free (self.trouble.address);
  return is_ok;
}
