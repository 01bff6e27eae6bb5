/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/lykta-printer.h"

G_DEFINE_INTERFACE (LyktaPrinter, lykta_printer, G_TYPE_OBJECT)
G_DEFINE_QUARK (lykta - print - error - quark, lykta_print_error)
G_DEFINE_BOXED_TYPE (LyktaPrintQueue,
                     lykta_print_queue,
                     lykta_print_queue_ref,
                     lykta_print_queue_unref)

static const char *const state_tokens[] = {
    [LYKTA_PRINT_STATE_UNKNOWN] = "unknown",
    [LYKTA_PRINT_STATE_IDLE] = "idle",
    [LYKTA_PRINT_STATE_QUEUED] = "queued",
    [LYKTA_PRINT_STATE_PRINTING] = "printing",
    [LYKTA_PRINT_STATE_OUT_OF_PAPER] = "out-of-paper",
    [LYKTA_PRINT_STATE_JAM] = "jam",
    [LYKTA_PRINT_STATE_OUT_OF_INK] = "out-of-ink",
    [LYKTA_PRINT_STATE_OPEN] = "open",
    [LYKTA_PRINT_STATE_UNREACHABLE] = "unreachable",
    [LYKTA_PRINT_STATE_STOPPED] = "stopped",
    [LYKTA_PRINT_STATE_GONE] = "gone",
    [LYKTA_PRINT_STATE_CANCELLED] = "cancelled",
    [LYKTA_PRINT_STATE_FAILED] = "failed",
    [LYKTA_PRINT_STATE_COMPLETED] = "completed",
};

static void
lykta_printer_default_init (LyktaPrinterInterface *iface)
{
}

const char *
lykta_print_state_to_token (LyktaPrintState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (state_tokens), NULL);

  return state_tokens[state];
}

gboolean
lykta_print_state_is_final (LyktaPrintState state)
{
  return state == LYKTA_PRINT_STATE_CANCELLED || state == LYKTA_PRINT_STATE_FAILED ||
         state == LYKTA_PRINT_STATE_COMPLETED;
}

LyktaPrintQueue *
lykta_print_queue_new (const char *name,
                       const char *description,
                       const char *location,
                       gboolean is_default,
                       gboolean accepts_jobs,
                       LyktaPrintState state)
{
  LyktaPrintQueue *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_atomic_rc_box_new0 (LyktaPrintQueue);
  self->name = g_strdup (name);
  self->description = g_strdup (description != NULL && description[0] != '\0' ? description : name);
  self->location = location != NULL && location[0] != '\0' ? g_strdup (location) : NULL;
  self->is_default = is_default;
  self->accepts_jobs = accepts_jobs;
  self->state = state;
  return self;
}

LyktaPrintQueue *
lykta_print_queue_ref (LyktaPrintQueue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
queue_clear (LyktaPrintQueue *self)
{
  g_free (self->name);
  g_free (self->description);
  g_free (self->location);
}

void
lykta_print_queue_unref (LyktaPrintQueue *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)queue_clear);
}

GPtrArray *
lykta_printer_list_queues (LyktaPrinter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_PRINTER (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return LYKTA_PRINTER_GET_IFACE (self)->list_queues (self, cancellable, error);
}

int
lykta_printer_submit (LyktaPrinter *self,
                      const char *queue,
                      GBytes *pdf,
                      const char *title,
                      int copies,
                      const char *media,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (LYKTA_IS_PRINTER (self), 0);
  g_return_val_if_fail (queue != NULL && pdf != NULL && title != NULL, 0);
  g_return_val_if_fail (copies >= 1, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  return LYKTA_PRINTER_GET_IFACE (self)->submit (self, queue, pdf, title, copies, media,
                                                 cancellable, error);
}

gboolean
lykta_printer_get_job_state (LyktaPrinter *self,
                             const char *queue,
                             int job_id,
                             LyktaPrintState *state,
                             GCancellable *cancellable,
                             GError **error)
{
  g_return_val_if_fail (LYKTA_IS_PRINTER (self), FALSE);
  g_return_val_if_fail (queue != NULL && state != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return LYKTA_PRINTER_GET_IFACE (self)->get_job_state (self, queue, job_id, state, cancellable,
                                                        error);
}

gboolean
lykta_printer_cancel_job (
    LyktaPrinter *self, const char *queue, int job_id, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_PRINTER (self), FALSE);
  g_return_val_if_fail (queue != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return LYKTA_PRINTER_GET_IFACE (self)->cancel_job (self, queue, job_id, cancellable, error);
}

static void
list_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *queues = lykta_printer_list_queues (source, cancellable, &error);

  if (queues != NULL)
    g_task_return_pointer (task, queues, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
lykta_printer_list_queues_async (LyktaPrinter *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LYKTA_IS_PRINTER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lykta_printer_list_queues_async);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
lykta_printer_list_queues_finish (LyktaPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
