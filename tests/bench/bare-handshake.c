/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that asking "anything new?" can cost: one TLS handshake of the same library that the
 * program uses, one request of the fewest bytes, its answer, and goodbye. Prints the status line,
 * or the number of bytes that were answered over HTTP/2.
 *
 *   bare-handshake CA_FILE HOST PORT PATH ETAG http/1.1|h2 */

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_HEAD    9
#define FRAME_HEADERS 1

static gboolean
send_all (GIOStream *stream, const void *data, gsize n, GError **error)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, n, NULL, NULL,
                                    error);
}

/* ---- HTTP/1.1 ---- */

static gboolean
ask_http1 (GIOStream *stream, char **words, GError **error)
{
  g_autofree char *request = g_strdup_printf (
      "GET %s HTTP/1.1\r\nHost: %s\r\nIf-None-Match: %s\r\n\r\n", words[4], words[2], words[5]);
  char answer[4096] = "";
  gsize n_read = 0;

  if (!send_all (stream, request, strlen (request), error))
    return FALSE;
  while (strstr (answer, "\r\n\r\n") == NULL && n_read < sizeof answer - 1) {
    gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), answer + n_read,
                                    sizeof answer - 1 - n_read, NULL, error);

    if (n <= 0)
      return FALSE;
    n_read += (gsize)n;
  }
  *strchr (answer, '\r') = '\0';
  g_print ("%s\n", answer);
  return TRUE;
}

/* ---- HTTP/2 ---- */

/* RFC 7541: a header whose name is @index of the static table, with this value, not remembered. */
static void
add_header (GByteArray *block, guint8 index, const char *value)
{
  guint8 more = index >= 15 ? (guint8)(index - 15) : 0;
  guint8 first = index >= 15 ? 15 : index;
  guint8 length = (guint8)strlen (value);

  g_byte_array_append (block, &first, 1);
  if (index >= 15)
    g_byte_array_append (block, &more, 1);
  g_byte_array_append (block, &length, 1);
  g_byte_array_append (block, (const guint8 *)value, length);
}

static GByteArray *
new_request (char **words)
{
  static const char preface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  static const guint8 settings[FRAME_HEAD] = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  static const guint8 get_https[] = {0x82, 0x87};
  guint8 head[FRAME_HEAD] = {0, 0, 0, FRAME_HEADERS, 5 /* complete, and the last */, 0, 0, 0, 1};
  GByteArray *request = g_byte_array_new ();
  g_autoptr (GByteArray) block = g_byte_array_new ();

  g_byte_array_append (block, get_https, sizeof get_https);
  add_header (block, 1, words[2]);
  add_header (block, 4, words[4]);
  add_header (block, 41, words[5]);
  head[1] = (guint8)(block->len >> 8);
  head[2] = (guint8)block->len;
  g_byte_array_append (request, (const guint8 *)preface, sizeof preface - 1);
  g_byte_array_append (request, settings, sizeof settings);
  g_byte_array_append (request, head, sizeof head);
  g_byte_array_append (request, block->data, block->len);
  return request;
}

static gboolean
has_answer (const guint8 *data, gsize n)
{
  for (gsize at = 0; at + FRAME_HEAD <= n;) {
    if (data[at + 3] == FRAME_HEADERS)
      return TRUE;
    at += FRAME_HEAD + ((gsize)data[at] << 16 | (gsize)data[at + 1] << 8 | data[at + 2]);
  }
  return FALSE;
}

static gboolean
ask_http2 (GIOStream *stream, char **words, GError **error)
{
  static const guint8 settings_seen[FRAME_HEAD] = {0, 0, 0, 4, 1, 0, 0, 0, 0};
  g_autoptr (GByteArray) request = new_request (words);
  guint8 answer[4096];
  gsize n_read = 0;

  if (!send_all (stream, request->data, request->len, error))
    return FALSE;
  while (!has_answer (answer, n_read)) {
    gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), answer + n_read,
                                    sizeof answer - n_read, NULL, error);

    if (n <= 0)
      return FALSE;
    n_read += (gsize)n;
  }
  g_print ("%" G_GSIZE_FORMAT " bytes over HTTP/2\n", n_read);
  return send_all (stream, settings_seen, sizeof settings_seen, error);
}

static gboolean
run (char **words, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (words[1], error);
  g_autoptr (GSocketConnection) plain = NULL;
  g_autoptr (GSocketConnectable) name = NULL;
  g_autoptr (GIOStream) secure = NULL;
  const char *const protocols[] = {words[6], NULL};
  guint16 port = (guint16)strtoul (words[3], NULL, 10);
  gboolean is_well;

  if (authorities == NULL)
    return FALSE;
  plain = g_socket_client_connect_to_host (client, words[2], port, NULL, error);
  if (plain == NULL)
    return FALSE;
  name = g_network_address_new (words[2], port);
  secure = g_tls_client_connection_new (G_IO_STREAM (plain), name, error);
  if (secure == NULL)
    return FALSE;
  g_tls_connection_set_database (G_TLS_CONNECTION (secure), authorities);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (secure), protocols);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (secure), NULL, error))
    return FALSE;
  is_well = g_str_equal (words[6], "h2") ? ask_http2 (secure, words, error)
                                         : ask_http1 (secure, words, error);
  return g_io_stream_close (secure, NULL, NULL) && is_well;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 7) {
    g_printerr ("usage: bare-handshake CA_FILE HOST PORT PATH ETAG http/1.1|h2\n");
    return 2;
  }
  if (run (argv, &error))
    return 0;
  g_printerr ("bare-handshake: %s\n", error != NULL ? error->message : "cut off");
  return 1;
}
