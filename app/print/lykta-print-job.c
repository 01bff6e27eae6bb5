/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/lykta-print-job.h"

#define DEFAULT_POLL_MILLISECONDS 1000

/* Main thread but where a worker is named. */
struct _LyktaPrintJob {
  GObject parent_instance;

  LyktaPrinter *printer;     /* (owned), also used by the workers */
  char *queue;               /* (owned), constant */
  GCancellable *cancellable; /* (owned), ends the following */
  LyktaPrintState state;
  int id;
  guint poll_milliseconds;
  guint timeout_id; /* 0: no question is due */
};

enum { PROP_STATE = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaPrintJob, lykta_print_job, G_TYPE_OBJECT)

/* What is handed over. */
typedef struct {
  char *queue;
  GBytes *pdf;
  char *title;
  int copies;
  guint poll_milliseconds;
} Handover;

static void schedule_question (LyktaPrintJob *self);

static void
handover_free (Handover *handover)
{
  g_free (handover->queue);
  g_bytes_unref (handover->pdf);
  g_free (handover->title);
  g_free (handover);
}

static void
set_state (LyktaPrintJob *self, LyktaPrintState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* Worker. */
static void
ask_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LyktaPrintJob *self = source;
  LyktaPrintState state;
  GError *error = NULL;

  if (lykta_printer_get_job_state (self->printer, self->queue, self->id, &state, cancellable,
                                   &error))
    g_task_return_int (task, (gssize)state);
  else
    g_task_return_error (task, error);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LyktaPrintJob *self = LYKTA_PRINT_JOB (source);
  g_autoptr (GError) error = NULL;
  gssize state = g_task_propagate_int (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (error == NULL) {
    set_state (self, (LyktaPrintState)state);
    if (!lykta_print_state_is_final (self->state))
      schedule_question (self);
  } else if (g_error_matches (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_NO_QUEUE)) {
    set_state (self, LYKTA_PRINT_STATE_GONE);
  } else if (g_error_matches (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_NO_JOB)) {
    set_state (self, LYKTA_PRINT_STATE_UNKNOWN);
  } else {
    /* The service does not answer at the moment; the job may well be alive. */
    set_state (self, LYKTA_PRINT_STATE_UNKNOWN);
    schedule_question (self);
  }
}

static gboolean
on_poll_timeout (gpointer user_data)
{
  LyktaPrintJob *self = user_data;
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_asked, NULL);

  self->timeout_id = 0;
  g_task_set_source_tag (task, on_poll_timeout);
  g_task_run_in_thread (task, ask_in_thread);
  return G_SOURCE_REMOVE;
}

static void
schedule_question (LyktaPrintJob *self)
{
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (self->poll_milliseconds, on_poll_timeout, self);
}

static void
lykta_print_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, (int)LYKTA_PRINT_JOB (object)->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_print_job_dispose (GObject *object)
{
  LyktaPrintJob *self = LYKTA_PRINT_JOB (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);

  G_OBJECT_CLASS (lykta_print_job_parent_class)->dispose (object);
}

static void
lykta_print_job_finalize (GObject *object)
{
  LyktaPrintJob *self = LYKTA_PRINT_JOB (object);

  g_clear_object (&self->printer);
  g_clear_object (&self->cancellable);
  g_free (self->queue);

  G_OBJECT_CLASS (lykta_print_job_parent_class)->finalize (object);
}

static void
lykta_print_job_class_init (LyktaPrintJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lykta_print_job_get_property;
  object_class->dispose = lykta_print_job_dispose;
  object_class->finalize = lykta_print_job_finalize;

  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, LYKTA_PRINT_STATE_UNKNOWN, LYKTA_PRINT_STATE_COMPLETED,
                        LYKTA_PRINT_STATE_QUEUED,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_print_job_init (LyktaPrintJob *self)
{
  self->cancellable = g_cancellable_new ();
  self->state = LYKTA_PRINT_STATE_QUEUED;
}

/* Worker. */
static void
submit_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Handover *handover = task_data;
  GError *error = NULL;
  int id = lykta_printer_submit (source, handover->queue, handover->pdf, handover->title,
                                 handover->copies, NULL, cancellable, &error);

  if (id > 0)
    g_task_return_int (task, id);
  else
    g_task_return_error (task, error);
}

void
lykta_print_job_submit_async (LyktaPrinter *printer,
                              const char *queue,
                              GBytes *pdf,
                              const char *title,
                              int copies,
                              guint poll_milliseconds,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Handover *handover;

  g_return_if_fail (LYKTA_IS_PRINTER (printer));
  g_return_if_fail (queue != NULL && pdf != NULL && title != NULL);

  task = g_task_new (printer, cancellable, callback, user_data);
  g_task_set_source_tag (task, lykta_print_job_submit_async);
  /* Once the service has the job, it has it: the answer must come through. */
  g_task_set_check_cancellable (task, FALSE);
  handover = g_new0 (Handover, 1);
  handover->queue = g_strdup (queue);
  handover->pdf = g_bytes_ref (pdf);
  handover->title = g_strdup (title);
  handover->copies = copies;
  handover->poll_milliseconds = poll_milliseconds;
  g_task_set_task_data (task, handover, (GDestroyNotify)handover_free);
  g_task_run_in_thread (task, submit_in_thread);
}

LyktaPrintJob *
lykta_print_job_submit_finish (GAsyncResult *result, GError **error)
{
  const Handover *handover;
  gssize id;

  g_return_val_if_fail (G_IS_TASK (result), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, lykta_print_job_submit_async), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  id = g_task_propagate_int (G_TASK (result), error);
  if (id <= 0)
    return NULL;
  handover = g_task_get_task_data (G_TASK (result));
  return lykta_print_job_new (g_task_get_source_object (G_TASK (result)), handover->queue, (int)id,
                              handover->poll_milliseconds);
}

LyktaPrintJob *
lykta_print_job_new (LyktaPrinter *printer, const char *queue, int id, guint poll_milliseconds)
{
  LyktaPrintJob *self;

  g_return_val_if_fail (LYKTA_IS_PRINTER (printer), NULL);
  g_return_val_if_fail (queue != NULL && id > 0, NULL);

  self = g_object_new (LYKTA_TYPE_PRINT_JOB, NULL);
  self->printer = g_object_ref (printer);
  self->queue = g_strdup (queue);
  self->id = id;
  self->poll_milliseconds = poll_milliseconds > 0 ? poll_milliseconds : DEFAULT_POLL_MILLISECONDS;
  schedule_question (self);
  return self;
}

int
lykta_print_job_get_id (LyktaPrintJob *self)
{
  g_return_val_if_fail (LYKTA_IS_PRINT_JOB (self), 0);

  return self->id;
}

const char *
lykta_print_job_get_queue (LyktaPrintJob *self)
{
  g_return_val_if_fail (LYKTA_IS_PRINT_JOB (self), NULL);

  return self->queue;
}

LyktaPrintState
lykta_print_job_get_state (LyktaPrintJob *self)
{
  g_return_val_if_fail (LYKTA_IS_PRINT_JOB (self), LYKTA_PRINT_STATE_UNKNOWN);

  return self->state;
}

/* Worker. */
static void
cancel_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LyktaPrintJob *self = source;
  GError *error = NULL;

  if (lykta_printer_cancel_job (self->printer, self->queue, self->id, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LyktaPrintJob *self = LYKTA_PRINT_JOB (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("Print job %d could not be cancelled: %s", self->id, error->message);
}

void
lykta_print_job_cancel (LyktaPrintJob *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LYKTA_IS_PRINT_JOB (self));

  if (lykta_print_state_is_final (self->state))
    return;
  task = g_task_new (self, NULL, on_cancelled, NULL);
  g_task_set_source_tag (task, lykta_print_job_cancel);
  g_task_run_in_thread (task, cancel_in_thread);
}

void
lykta_print_job_stop_following (LyktaPrintJob *self)
{
  g_return_if_fail (LYKTA_IS_PRINT_JOB (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
}
