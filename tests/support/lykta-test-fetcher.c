/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test-fetcher.h"

/* Made-up, but told apart from the length of the body. */
#define BYTES_SENT     100
#define BYTES_RECEIVED 1000

typedef struct {
  char *body;      /* (owned) (nullable) */
  char *etag;      /* (owned) (nullable) */
  char *etag_sent; /* (owned) (nullable) */
  int error;       /* -1 none */
  gboolean is_hanging;
  guint n_fetches;
} Answer;

struct _LyktaTestFetcher {
  GObject parent_instance;

  GMutex lock;
  GHashTable *answers; /* (owned) (element-type utf8 Answer) under the lock */
};

static void lykta_test_fetcher_fetcher_init (LyktaFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaTestFetcher,
                               lykta_test_fetcher,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_FETCHER,
                                                      lykta_test_fetcher_fetcher_init))

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->body);
  g_free (answer->etag);
  g_free (answer->etag_sent);
  g_free (answer);
}

static Answer *
ensure_answer (LyktaTestFetcher *self, const char *address)
{
  Answer *answer = g_hash_table_lookup (self->answers, address);

  if (answer != NULL)
    return answer;
  answer = g_new0 (Answer, 1);
  answer->error = LYKTA_NET_ERROR_NOT_FOUND;
  g_hash_table_insert (self->answers, g_strdup (address), answer);
  return answer;
}

static void
wait_for_cancel (GCancellable *cancellable)
{
  GPollFD poll_fd;

  g_assert_nonnull (cancellable);
  if (!g_cancellable_make_pollfd (cancellable, &poll_fd))
    return;
  g_poll (&poll_fd, 1, -1);
  g_cancellable_release_fd (cancellable);
}

static gboolean
give_answer (Answer *answer,
             const LyktaFetchRequest *request,
             GOutputStream *body,
             LyktaFetchResult *result,
             GError **error)
{
  g_autofree char *text = NULL;

  result->bytes_on_wire = BYTES_SENT + BYTES_RECEIVED;
  result->bytes_sent = BYTES_SENT;
  if (answer->error >= 0) {
    g_set_error (error, LYKTA_NET_ERROR, answer->error, "told to fail with %d", answer->error);
    return FALSE;
  }
  result->final_address = g_strdup (request->address);
  result->etag = g_strdup (answer->etag);
  if (answer->etag != NULL && g_strcmp0 (request->etag, answer->etag) == 0) {
    result->status = LYKTA_FETCH_NOT_MODIFIED;
    return TRUE;
  }
  if (request->max_wire > 0 && strlen (answer->body) > request->max_wire) {
    result->n_announced = strlen (answer->body);
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_COSTLY, "%s is too dear",
                 request->address);
    return FALSE;
  }
  result->bytes_on_wire += strlen (answer->body);
  result->n_bytes = strlen (answer->body);
  return g_output_stream_write_all (body, answer->body, result->n_bytes, NULL, NULL, error);
}

static gboolean
lykta_test_fetcher_fetch (LyktaFetcher *fetcher,
                          const LyktaFetchRequest *request,
                          GOutputStream *body,
                          GCancellable *cancellable,
                          LyktaFetchResult *result,
                          GError **error)
{
  LyktaTestFetcher *self = LYKTA_TEST_FETCHER (fetcher);
  gboolean is_hanging;

  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
    Answer *answer = ensure_answer (self, request->address);

    answer->n_fetches++;
    g_free (answer->etag_sent);
    answer->etag_sent = g_strdup (request->etag);
    is_hanging = answer->is_hanging;
  }
  if (is_hanging)
    wait_for_cancel (cancellable);
  if (g_cancellable_is_cancelled (cancellable)) {
    g_set_error_literal (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED, "cancelled");
    return FALSE;
  }
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return give_answer (ensure_answer (self, request->address), request, body, result, error);
}

static void
lykta_test_fetcher_fetcher_init (LyktaFetcherInterface *iface)
{
  iface->fetch = lykta_test_fetcher_fetch;
}

static void
lykta_test_fetcher_finalize (GObject *object)
{
  LyktaTestFetcher *self = LYKTA_TEST_FETCHER (object);

  g_hash_table_unref (self->answers);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (lykta_test_fetcher_parent_class)->finalize (object);
}

static void
lykta_test_fetcher_class_init (LyktaTestFetcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_test_fetcher_finalize;
}

static void
lykta_test_fetcher_init (LyktaTestFetcher *self)
{
  g_mutex_init (&self->lock);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
}

LyktaTestFetcher *
lykta_test_fetcher_new (void)
{
  return g_object_new (LYKTA_TYPE_TEST_FETCHER, NULL);
}

void
lykta_test_fetcher_set_body (LyktaTestFetcher *self,
                             const char *address,
                             const char *body,
                             const char *etag)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Answer *answer = ensure_answer (self, address);

  g_free (answer->body);
  g_free (answer->etag);
  answer->body = g_strdup (body);
  answer->etag = g_strdup (etag);
  answer->error = -1;
  answer->is_hanging = FALSE;
}

void
lykta_test_fetcher_set_error (LyktaTestFetcher *self, const char *address, LyktaNetError code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Answer *answer = ensure_answer (self, address);

  answer->error = (int)code;
  answer->is_hanging = FALSE;
}

void
lykta_test_fetcher_set_hanging (LyktaTestFetcher *self, const char *address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  ensure_answer (self, address)->is_hanging = TRUE;
}

guint
lykta_test_fetcher_get_n_fetches (LyktaTestFetcher *self, const char *address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return ensure_answer (self, address)->n_fetches;
}

char *
lykta_test_fetcher_get_etag_sent (LyktaTestFetcher *self, const char *address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (ensure_answer (self, address)->etag_sent);
}
