/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/lykta-printer.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_PRINT_JOB (lykta_print_job_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPrintJob, lykta_print_job, LYKTA, PRINT_JOB, GObject)

/* A page on its way out: handed over on a worker, then followed until it is done. Main thread.
 * Properties, readable, EXPLICIT_NOTIFY: "state" (int, LyktaPrintState). Asks the service every
 * @poll_milliseconds (0: a second) until the state is final, the job is forgotten (UNKNOWN) or
 * lykta_print_job_stop_following. Must be stopped or final before it is dropped, as a
 * question on its way keeps a reference. */

/* Hands @pdf over and answers when the service has taken it. (transfer full on finish) */
void lykta_print_job_submit_async (LyktaPrinter *printer,
                                   const char *queue,
                                   GBytes *pdf,
                                   const char *title,
                                   int copies,
                                   guint poll_milliseconds,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LyktaPrintJob *lykta_print_job_submit_finish (GAsyncResult *result, GError **error);

/* Follows a job that was handed over with lykta_printer_submit. (transfer full) */
LyktaPrintJob *
lykta_print_job_new (LyktaPrinter *printer, const char *queue, int id, guint poll_milliseconds);

int lykta_print_job_get_id (LyktaPrintJob *self);
const char *lykta_print_job_get_queue (LyktaPrintJob *self);
LyktaPrintState lykta_print_job_get_state (LyktaPrintJob *self);
/* Asks the service to throw the job away; the state tells when it has. */
void lykta_print_job_cancel (LyktaPrintJob *self);
void lykta_print_job_stop_following (LyktaPrintJob *self);

G_END_DECLS
