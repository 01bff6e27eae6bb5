/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-takeaway"

#include "takeaway/lykta-take-away.h"

#include "paper/lykta-event-code.h"
#include "print/lykta-print-job.h"
#include "takeaway/lykta-take-away-order.h"
#include "text/lykta-language.h"

/* Main thread. */
struct _LyktaTakeAway {
  GObject parent_instance;

  LyktaContentStore *store; /* (owned) */
  LyktaClock *clock;        /* (owned) */
  LyktaPrinter *printer;    /* (owned) (nullable) */
  char *locale_dir;         /* (owned) */
  char *queue;              /* (owned) (nullable) */
  LyktaSlipPaper paper;
  guint poll_milliseconds;
  GCancellable *cancellable; /* (owned): ends with the object */

  const char *language;   /* interned */
  LyktaProgramme *single; /* (owned) (nullable) */
  LyktaQuery *query;      /* (owned) (nullable) */
  LyktaQrCode *code;      /* (owned) (nullable) */
  LyktaQrCode *link_code; /* (owned) (nullable) */

  LyktaTakeAwayState state;
  gboolean has_printer;
  LyktaPrintJob *job; /* (owned) (nullable): the sheet that is followed */
  guint wish;         /* which wish is the present one: answers to older ones do not count */
};

enum { PROP_STATE = 1, PROP_HAS_PRINTER, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LyktaTakeAway, lykta_take_away, G_TYPE_OBJECT)

static const char *const tokens[LYKTA_TAKE_AWAY_N_STATES] = {
    [LYKTA_TAKE_AWAY_READY] = "ready",         [LYKTA_TAKE_AWAY_PRINTING] = "printing",
    [LYKTA_TAKE_AWAY_DONE] = "done",           [LYKTA_TAKE_AWAY_NO_PAPER] = "no-paper",
    [LYKTA_TAKE_AWAY_NO_INK] = "no-ink",       [LYKTA_TAKE_AWAY_JAM] = "jam",
    [LYKTA_TAKE_AWAY_STOPPED] = "stopped",     [LYKTA_TAKE_AWAY_GONE] = "gone",
    [LYKTA_TAKE_AWAY_CANCELLED] = "cancelled", [LYKTA_TAKE_AWAY_FAILED] = "failed",
    [LYKTA_TAKE_AWAY_UNKNOWN] = "unknown",     [LYKTA_TAKE_AWAY_UNPRINTABLE] = "unprintable",
};

const char *
lykta_take_away_state_to_token (LyktaTakeAwayState state)
{
  g_return_val_if_fail ((guint)state < LYKTA_TAKE_AWAY_N_STATES, NULL);

  return tokens[state];
}

static void
set_state (LyktaTakeAway *self, LyktaTakeAwayState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static LyktaTakeAwayState
state_of_job (LyktaPrintState state)
{
  switch (state) {
  case LYKTA_PRINT_STATE_IDLE:
  case LYKTA_PRINT_STATE_QUEUED:
  case LYKTA_PRINT_STATE_PRINTING:
    return LYKTA_TAKE_AWAY_PRINTING;
  case LYKTA_PRINT_STATE_OUT_OF_PAPER:
    return LYKTA_TAKE_AWAY_NO_PAPER;
  case LYKTA_PRINT_STATE_JAM:
  case LYKTA_PRINT_STATE_OPEN:
    return LYKTA_TAKE_AWAY_JAM;
  case LYKTA_PRINT_STATE_OUT_OF_INK:
    return LYKTA_TAKE_AWAY_NO_INK;
  case LYKTA_PRINT_STATE_UNREACHABLE:
  case LYKTA_PRINT_STATE_GONE:
    return LYKTA_TAKE_AWAY_GONE;
  case LYKTA_PRINT_STATE_STOPPED:
    return LYKTA_TAKE_AWAY_STOPPED;
  case LYKTA_PRINT_STATE_CANCELLED:
    return LYKTA_TAKE_AWAY_CANCELLED;
  case LYKTA_PRINT_STATE_FAILED:
    return LYKTA_TAKE_AWAY_FAILED;
  case LYKTA_PRINT_STATE_COMPLETED:
    return LYKTA_TAKE_AWAY_DONE;
  case LYKTA_PRINT_STATE_UNKNOWN:
  default:
    return LYKTA_TAKE_AWAY_UNKNOWN;
  }
}

static LyktaTakeAwayState
state_of_error (const GError *error)
{
  if (error->domain == LYKTA_PAPER_ERROR)
    return LYKTA_TAKE_AWAY_UNPRINTABLE;
  if (error->domain != LYKTA_PRINT_ERROR)
    return LYKTA_TAKE_AWAY_FAILED;
  switch (error->code) {
  case LYKTA_PRINT_ERROR_UNAVAILABLE:
  case LYKTA_PRINT_ERROR_NO_QUEUE:
    return LYKTA_TAKE_AWAY_GONE;
  case LYKTA_PRINT_ERROR_REFUSED:
    return LYKTA_TAKE_AWAY_FAILED;
  case LYKTA_PRINT_ERROR_FAILED:
  default:
    return LYKTA_TAKE_AWAY_UNKNOWN;
  }
}

/* The sheet lies at the printer and may still come out. */
static gboolean
is_waiting (LyktaTakeAway *self)
{
  LyktaPrintState state;

  if (self->job == NULL)
    return FALSE;
  state = lykta_print_job_get_state (self->job);
  return !lykta_print_state_is_final (state) && state != LYKTA_PRINT_STATE_GONE;
}

/* A sheet whose owner has gone: what is on its way comes out in a moment; what waits for paper
 * would come out for somebody else and is thrown away. */
static void
on_orphan_state (LyktaPrintJob *job, GParamSpec *property, gpointer user_data)
{
  LyktaPrintState state = lykta_print_job_get_state (job);
  gboolean is_over = lykta_print_state_is_final (state) || state == LYKTA_PRINT_STATE_GONE;

  if (!is_over && state_of_job (state) == LYKTA_TAKE_AWAY_PRINTING)
    return;
  if (!is_over)
    lykta_print_job_cancel (job);
  lykta_print_job_stop_following (job);
  /* Lets go of the reference below. */
  g_signal_handlers_disconnect_by_func (job, on_orphan_state, user_data);
}

static void
unref_orphan (gpointer job, GClosure *closure)
{
  g_object_unref (job);
}

static void
let_go (LyktaPrintJob *job)
{
  g_signal_connect_data (job, "notify::state", G_CALLBACK (on_orphan_state), g_object_ref (job),
                         unref_orphan, 0);
  on_orphan_state (job, NULL, job);
}

static void
leave_sheet (LyktaTakeAway *self)
{
  self->wish++;
  if (self->job == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->job, self);
  let_go (self->job);
  g_clear_object (&self->job);
}

static void
on_job_state (LyktaTakeAway *self)
{
  set_state (self, state_of_job (lykta_print_job_get_state (self->job)));
}

static void
make_codes (LyktaTakeAway *self)
{
  g_autoptr (LyktaCatalogue) words = NULL;
  const LyktaProgrammeEntry *entry;

  g_clear_pointer (&self->code, lykta_qr_code_unref);
  g_clear_pointer (&self->link_code, lykta_qr_code_unref);
  if (self->single == NULL)
    return;
  words = lykta_catalogue_new (self->locale_dir, self->language);
  entry = lykta_programme_get_entry (self->single, 0);
  self->code = lykta_event_code_new (entry, words);
  self->link_code = lykta_event_code_new_link (entry);
}

static void
forget (LyktaTakeAway *self)
{
  leave_sheet (self);
  g_clear_object (&self->single);
  g_clear_pointer (&self->query, lykta_query_unref);
}

static void
on_queues_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaTakeAway) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queues =
      lykta_printer_list_queues_finish (LYKTA_PRINTER (source), result, &error);
  gboolean has_printer = queues != NULL && queues->len > 0;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("No printers: %s", error->message);
  if (g_cancellable_is_cancelled (self->cancellable) || has_printer == self->has_printer)
    return;
  self->has_printer = has_printer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PRINTER]);
}

static void
lykta_take_away_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LyktaTakeAway *self = LYKTA_TAKE_AWAY (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, (int)self->state);
    break;
  case PROP_HAS_PRINTER:
    g_value_set_boolean (value, self->has_printer);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_take_away_dispose (GObject *object)
{
  LyktaTakeAway *self = LYKTA_TAKE_AWAY (object);

  g_cancellable_cancel (self->cancellable);
  forget (self);

  G_OBJECT_CLASS (lykta_take_away_parent_class)->dispose (object);
}

static void
lykta_take_away_finalize (GObject *object)
{
  LyktaTakeAway *self = LYKTA_TAKE_AWAY (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->printer);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->code, lykta_qr_code_unref);
  g_clear_pointer (&self->link_code, lykta_qr_code_unref);
  g_free (self->locale_dir);
  g_free (self->queue);

  G_OBJECT_CLASS (lykta_take_away_parent_class)->finalize (object);
}

static void
lykta_take_away_class_init (LyktaTakeAwayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lykta_take_away_get_property;
  object_class->dispose = lykta_take_away_dispose;
  object_class->finalize = lykta_take_away_finalize;
  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, LYKTA_TAKE_AWAY_READY, LYKTA_TAKE_AWAY_N_STATES - 1,
                        LYKTA_TAKE_AWAY_READY, flags);
  properties[PROP_HAS_PRINTER] = g_param_spec_boolean ("has-printer", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_take_away_init (LyktaTakeAway *self)
{
  self->language = g_intern_static_string ("sv");
  self->cancellable = g_cancellable_new ();
}

LyktaTakeAway *
lykta_take_away_new (LyktaContentStore *store,
                     LyktaClock *clock,
                     const char *locale_dir,
                     const LyktaTakeAwayPrinting *printing)
{
  LyktaTakeAway *self;

  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (store), NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (locale_dir != NULL && printing != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_TAKE_AWAY, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->locale_dir = g_strdup (locale_dir);
  self->queue =
      printing->queue != NULL && *printing->queue != '\0' ? g_strdup (printing->queue) : NULL;
  self->paper = printing->paper;
  self->poll_milliseconds = printing->poll_milliseconds;
  if (printing->printer != NULL) {
    self->printer = g_object_ref (printing->printer);
    lykta_printer_list_queues_async (self->printer, self->cancellable, on_queues_listed,
                                     g_object_ref (self));
  }
  return self;
}

void
lykta_take_away_set_language (LyktaTakeAway *self, const char *language)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));

  language = lykta_language_canonical (language);
  if (language == NULL || language == self->language)
    return;
  self->language = language;
  make_codes (self);
}

void
lykta_take_away_set_activity (LyktaTakeAway *self,
                              LyktaActivity *activity,
                              const LyktaOccurrence *date,
                              gint64 as_of)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));
  g_return_if_fail (LYKTA_IS_ACTIVITY (activity));
  g_return_if_fail (date != NULL);

  forget (self);
  self->single = lykta_programme_new_single (activity, date, as_of);
  make_codes (self);
  set_state (self, LYKTA_TAKE_AWAY_READY);
}

void
lykta_take_away_set_list (LyktaTakeAway *self, LyktaQuery *query)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));
  g_return_if_fail (query != NULL);

  /* It may be the query of the list that is forgotten. */
  lykta_query_ref (query);
  forget (self);
  self->query = query;
  make_codes (self);
  set_state (self, LYKTA_TAKE_AWAY_READY);
}

void
lykta_take_away_clear (LyktaTakeAway *self)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));

  forget (self);
  make_codes (self);
  set_state (self, LYKTA_TAKE_AWAY_READY);
}

LyktaTakeAwayState
lykta_take_away_get_state (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), LYKTA_TAKE_AWAY_READY);

  return self->state;
}

gboolean
lykta_take_away_has_printer (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), FALSE);

  return self->has_printer;
}

gboolean
lykta_take_away_is_empty (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), TRUE);

  return self->single == NULL && self->query == NULL;
}

gboolean
lykta_take_away_is_list (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), FALSE);

  return self->query != NULL;
}

LyktaQrCode *
lykta_take_away_get_code (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), NULL);

  return self->code;
}

LyktaQrCode *
lykta_take_away_get_link_code (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), NULL);

  return self->link_code;
}

const char *
lykta_take_away_get_link (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), NULL);

  return self->single != NULL
             ? lykta_event_code_get_link (lykta_programme_get_entry (self->single, 0))
             : NULL;
}

/* (transfer full) */
static LyktaTakeAwayOrder *
new_order (LyktaTakeAway *self)
{
  LyktaTakeAwayOrder *order = g_new0 (LyktaTakeAwayOrder, 1);

  order->store = g_object_ref (self->store);
  order->printer = self->printer != NULL ? g_object_ref (self->printer) : NULL;
  order->queue = g_strdup (self->queue);
  order->paper = self->paper;
  order->locale_dir = g_strdup (self->locale_dir);
  order->language = self->language;
  order->single = self->single != NULL ? g_object_ref (self->single) : NULL;
  order->query = self->query != NULL ? lykta_query_ref (self->query) : NULL;
  order->now = lykta_clock_now (self->clock);
  return order;
}

/* Worker. */
static void
print_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  int id = lykta_take_away_order_print (task_data, &error);

  if (id > 0)
    g_task_return_int (task, id);
  else
    g_task_return_error (task, error);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LyktaTakeAway *self = LYKTA_TAKE_AWAY (source);
  LyktaTakeAwayOrder *order = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaPrintJob) job = NULL;
  int id = (int)g_task_propagate_int (G_TASK (result), &error);

  if (id > 0)
    job = lykta_print_job_new (order->printer, order->job_queue, id, self->poll_milliseconds);
  else
    g_message ("Nothing was printed: %s", error->message);
  /* Whoever asked is gone, or asks for something else by now. */
  if (GPOINTER_TO_UINT (user_data) != self->wish) {
    if (job != NULL)
      let_go (job);
    return;
  }
  if (job == NULL) {
    set_state (self, state_of_error (error));
    return;
  }
  self->job = g_steal_pointer (&job);
  g_signal_connect_object (self->job, "notify::state", G_CALLBACK (on_job_state), self,
                           G_CONNECT_SWAPPED);
  on_job_state (self);
}

void
lykta_take_away_print (LyktaTakeAway *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));

  if (self->state != LYKTA_TAKE_AWAY_READY || (self->single == NULL && self->query == NULL))
    return;
  if (self->printer == NULL) {
    set_state (self, LYKTA_TAKE_AWAY_GONE);
    return;
  }
  self->wish++;
  set_state (self, LYKTA_TAKE_AWAY_PRINTING);
  task = g_task_new (self, NULL, on_printed, GUINT_TO_POINTER (self->wish));
  g_task_set_source_tag (task, lykta_take_away_print);
  g_task_set_task_data (task, new_order (self), (GDestroyNotify)lykta_take_away_order_free);
  g_task_run_in_thread (task, print_in_thread);
}

gboolean
lykta_take_away_can_cancel (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), FALSE);

  return is_waiting (self);
}

void
lykta_take_away_cancel (LyktaTakeAway *self)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));

  if (is_waiting (self))
    lykta_print_job_cancel (self->job);
}

gboolean
lykta_take_away_can_begin_again (LyktaTakeAway *self)
{
  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), FALSE);

  switch (self->state) {
  case LYKTA_TAKE_AWAY_DONE:
  case LYKTA_TAKE_AWAY_CANCELLED:
  case LYKTA_TAKE_AWAY_FAILED:
  case LYKTA_TAKE_AWAY_UNKNOWN:
  case LYKTA_TAKE_AWAY_UNPRINTABLE:
    return TRUE;
  case LYKTA_TAKE_AWAY_GONE:
    return !is_waiting (self);
  default:
    return FALSE;
  }
}

void
lykta_take_away_begin_again (LyktaTakeAway *self)
{
  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));

  if (!lykta_take_away_can_begin_again (self))
    return;
  leave_sheet (self);
  set_state (self, LYKTA_TAKE_AWAY_READY);
}

char *
lykta_take_away_suggest_name (LyktaTakeAway *self, LyktaTakeAwayFile kind)
{
  const char *ending = kind == LYKTA_TAKE_AWAY_FILE_PDF ? "pdf" : "ics";
  g_autofree char *day = NULL;

  g_return_val_if_fail (LYKTA_IS_TAKE_AWAY (self), NULL);

  if (self->single != NULL)
    day = lykta_date_to_string (lykta_programme_get_from (self->single));
  else
    day = lykta_date_to_string (lykta_date_of_moment (lykta_clock_now (self->clock)));
  return g_strdup_printf ("lykta-%s.%s", day, ending);
}

/* Worker. */
static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (lykta_take_away_order_save (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lykta_take_away_save_async (LyktaTakeAway *self,
                            LyktaTakeAwayFile kind,
                            const char *path,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LyktaTakeAwayOrder *order;

  g_return_if_fail (LYKTA_IS_TAKE_AWAY (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (self->single != NULL ||
                    (self->query != NULL && kind == LYKTA_TAKE_AWAY_FILE_PDF));

  order = new_order (self);
  order->kind = kind;
  order->path = g_strdup (path);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lykta_take_away_save_async);
  g_task_set_task_data (task, order, (GDestroyNotify)lykta_take_away_order_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
lykta_take_away_save_finish (LyktaTakeAway *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, lykta_take_away_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
