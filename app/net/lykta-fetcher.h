/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "net/lykta-fetch-login.h"
#include "net/lykta-net-error.h"

G_BEGIN_DECLS

/* TRUE when a body that calls itself a web page is what was asked for all the same. @head: its
 * first bytes, decoded. Called in the fetching thread. */
typedef gboolean (*LyktaFetchSniffFunc) (const guint8 *head, gsize n, gpointer user_data);
/* Decoded bytes so far, and how many are expected (0: not known). Called in the fetching thread,
 * after each block. */
typedef void (*LyktaFetchProgressFunc) (guint64 received, guint64 expected, gpointer user_data);

/* What to fetch. Everything is borrowed for the length of the call; what is zero is not asked for.
 */
typedef struct {
  const char *address;        /* https:, http: to loopback, file: */
  const char *accept;         /* media types; NULL takes all */
  const char *etag;           /* validators of what one has; NULL fetches in any case */
  const char *last_modified;  /* HTTP date as it was received */
  const char *method;         /* NULL: GET. Anything else is kept over redirects, but over a 303 */
  GBytes *content;            /* what is sent along; NULL nothing */
  const char *content_type;   /* of it */
  const char *const *headers; /* name, value, name, value, …, NULL; NULL none */
  LyktaFetchLogin *login;     /* NULL: nobody */
  gboolean takes_any_status;  /* what comes with an error status is an answer like any other */
  guint response_seconds;     /* this server may think longer before it begins to answer; 0 no */
  guint max_seconds;          /* for all of it, redirects and waiting; 0: the usual time */
  gboolean is_signed;         /* plain http: is good enough: what comes is checked by a signature */
  guint64 max_bytes;          /* decoded; 0 takes LYKTA_LIMIT_DOWNLOAD_BYTES */
  guint64 max_wire;           /* encoded bytes of the body that may be spent; 0: any number */
  LyktaFetchSniffFunc sniff;  /* NULL: a web page is never what was asked for */
  LyktaFetchProgressFunc progress;
  gpointer user_data; /* for both functions */
} LyktaFetchRequest;

typedef enum {
  LYKTA_FETCH_OK,
  LYKTA_FETCH_NOT_MODIFIED, /* nothing was written to the body */
} LyktaFetchStatus;

/* What came back. Cleared with lykta_fetch_result_clear; g_auto (LyktaFetchResult) does it. */
typedef struct {
  LyktaFetchStatus status;
  guint http_status;   /* 0 for files */
  char *etag;          /* (owned) (nullable) */
  char *last_modified; /* (owned) (nullable) */
  char *content_type;  /* (owned) (nullable) media type without parameters, lower case */
  char *final_address; /* (owned) after redirects */
  char *next_address;  /* (owned) (nullable) Link: rel=next as it is written, may be relative */
  guint64 n_bytes;     /* decoded bytes written to the body */
  guint64 n_announced; /* encoded bytes of the body, as the server said; 0: it did not */
  /* Bytes sent and received on the wire, also when the fetch failed: TCP payload with TLS and
   * headers, plus 52 bytes (IPv6: 72) a segment for IP and TCP; where the system does not count
   * them, HTTP headers and encoded body alone. 0 for files. */
  guint64 bytes_on_wire;
  guint64 bytes_sent; /* the part of them that went out */
  /* Where each file ends in the body when a folder was read, ascending; NULL for anything else. */
  GArray *part_ends; /* (owned) (nullable) (element-type guint64) */
} LyktaFetchResult;
#define LYKTA_FETCH_RESULT_INIT \
  {                             \
    0,                          \
  }
void lykta_fetch_result_clear (LyktaFetchResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaFetchResult, lykta_fetch_result_clear)

#define LYKTA_TYPE_FETCHER (lykta_fetcher_get_type ())
G_DECLARE_INTERFACE (LyktaFetcher, lykta_fetcher, LYKTA, FETCHER, GObject)

/* Brings the bytes behind an address, and nothing but complete ones as far as can be told from
 * outside. Implementations keep no state between calls that belongs to one thread: several threads
 * may fetch at the same time. */
struct _LyktaFetcherInterface {
  GTypeInterface parent_iface;
  gboolean (*fetch) (LyktaFetcher *self,
                     const LyktaFetchRequest *request,
                     GOutputStream *body,
                     GCancellable *cancellable,
                     LyktaFetchResult *result,
                     GError **error);
};

/* Blocks until the answer is complete: a worker thread, never the main one. @body stays open and
 * after a failure holds an unusable beginning. @result must be initialised; after a failure only
 * bytes_on_wire, and n_announced after COSTLY, are meaningful.
 * Errors: LYKTA_NET_ERROR; what @body itself reports (disk full, say) is handed on unchanged. */
gboolean lykta_fetcher_fetch (LyktaFetcher *self,
                              const LyktaFetchRequest *request,
                              GOutputStream *body,
                              GCancellable *cancellable,
                              LyktaFetchResult *result,
                              GError **error);

/* Whether @host (as in an address, without brackets) is this machine itself, by its spelling alone:
 * "localhost", 127.0.0.0/8 or ::1. Any thread. */
gboolean lykta_fetcher_is_loopback (const char *host);

G_END_DECLS
