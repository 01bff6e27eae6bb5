/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  LYKTA_PRINT_ERROR_UNAVAILABLE, /* no print service answers on this machine */
  LYKTA_PRINT_ERROR_NO_QUEUE,    /* the queue is not, or no longer, there */
  LYKTA_PRINT_ERROR_NO_JOB,      /* the service has forgotten the job */
  LYKTA_PRINT_ERROR_REFUSED,     /* the service does not accept the job or the request */
  LYKTA_PRINT_ERROR_FAILED,      /* the connection broke in the middle: outcome unknown */
} LyktaPrintError;
#define LYKTA_PRINT_ERROR (lykta_print_error_quark ())
GQuark lykta_print_error_quark (void);

/* How a queue or a job fares, as far as the service can tell. */
typedef enum {
  LYKTA_PRINT_STATE_UNKNOWN,
  LYKTA_PRINT_STATE_IDLE,   /* queue only: ready */
  LYKTA_PRINT_STATE_QUEUED, /* job only: waits its turn */
  LYKTA_PRINT_STATE_PRINTING,
  LYKTA_PRINT_STATE_OUT_OF_PAPER,
  LYKTA_PRINT_STATE_JAM,
  LYKTA_PRINT_STATE_OUT_OF_INK,
  LYKTA_PRINT_STATE_OPEN,        /* a cover is open */
  LYKTA_PRINT_STATE_UNREACHABLE, /* switched off or cable out */
  LYKTA_PRINT_STATE_STOPPED,     /* paused by somebody, or by an error without a better name */
  LYKTA_PRINT_STATE_GONE,        /* the queue was removed */
  LYKTA_PRINT_STATE_CANCELLED,   /* job only, final */
  LYKTA_PRINT_STATE_FAILED,      /* job only, final: given up by the service */
  LYKTA_PRINT_STATE_COMPLETED,   /* job only, final: sent to the printer as a whole */
} LyktaPrintState;
/* "out-of-paper" … Static. */
const char *lykta_print_state_to_token (LyktaPrintState state);
/* CANCELLED, FAILED, COMPLETED: nothing more will happen to the job. */
gboolean lykta_print_state_is_final (LyktaPrintState state);

/* One printer that can be chosen. Immutable, reference-counted, any thread. */
typedef struct {
  char *name;        /* the service's own name for it */
  char *description; /* for people; the name when there is none */
  char *location;    /* (nullable) */
  gboolean is_default;
  gboolean accepts_jobs;
  LyktaPrintState state;
} LyktaPrintQueue;
#define LYKTA_TYPE_PRINT_QUEUE (lykta_print_queue_get_type ())
GType lykta_print_queue_get_type (void);
LyktaPrintQueue *lykta_print_queue_new (const char *name,
                                        const char *description,
                                        const char *location,
                                        gboolean is_default,
                                        gboolean accepts_jobs,
                                        LyktaPrintState state);
LyktaPrintQueue *lykta_print_queue_ref (LyktaPrintQueue *self);
void lykta_print_queue_unref (LyktaPrintQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaPrintQueue, lykta_print_queue_unref)

#define LYKTA_TYPE_PRINTER (lykta_printer_get_type ())
G_DECLARE_INTERFACE (LyktaPrinter, lykta_printer, LYKTA, PRINTER, GObject)

/* A print service. The functions of the interface block and are called on worker threads, by
 * several at once; those below without _async block too. */
struct _LyktaPrinterInterface {
  GTypeInterface parent_iface;
  GPtrArray *(*list_queues) (LyktaPrinter *self, GCancellable *cancellable, GError **error);
  int (*submit) (LyktaPrinter *self,
                 const char *queue,
                 GBytes *pdf,
                 const char *title,
                 int copies,
                 const char *media,
                 GCancellable *cancellable,
                 GError **error);
  gboolean (*get_job_state) (LyktaPrinter *self,
                             const char *queue,
                             int job_id,
                             LyktaPrintState *state,
                             GCancellable *cancellable,
                             GError **error);
  gboolean (*cancel_job) (
      LyktaPrinter *self, const char *queue, int job_id, GCancellable *cancellable, GError **error);
};

/* The queues, the default first. An empty array: the service has none. Errors: UNAVAILABLE.
 * (transfer full) (element-type LyktaPrintQueue) */
GPtrArray *
lykta_printer_list_queues (LyktaPrinter *self, GCancellable *cancellable, GError **error);
/* Hands @pdf over and gives the number of the job, or 0 on error. @title stands in the queue for
 * everybody to read: it must not name a person. @media: what to print on, as CUPS names it ("A6",
 * "Custom.80x212mm"); NULL: A4. After REFUSED, NO_QUEUE and UNAVAILABLE nothing will be printed;
 * after FAILED nobody knows, and only a person who looks at the printer may decide to try again. */
int lykta_printer_submit (LyktaPrinter *self,
                          const char *queue,
                          GBytes *pdf,
                          const char *title,
                          int copies,
                          const char *media,
                          GCancellable *cancellable,
                          GError **error);
/* A job that waits because its queue is out of paper has that state. */
gboolean lykta_printer_get_job_state (LyktaPrinter *self,
                                      const char *queue,
                                      int job_id,
                                      LyktaPrintState *state,
                                      GCancellable *cancellable,
                                      GError **error);
/* TRUE also when the job is over already. */
gboolean lykta_printer_cancel_job (
    LyktaPrinter *self, const char *queue, int job_id, GCancellable *cancellable, GError **error);

/* The same, on a worker thread. */
void lykta_printer_list_queues_async (LyktaPrinter *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *
lykta_printer_list_queues_finish (LyktaPrinter *self, GAsyncResult *result, GError **error);

G_END_DECLS
