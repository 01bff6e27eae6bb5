/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-engine.h"

#include "base/lykta-civil-time.h"
#include "base/lykta-wall-timeout.h"
#include "sync/lykta-sync-estimate-private.h"
#include "sync/lykta-sync-report-private.h"
#include "sync/lykta-sync-run-private.h"

/* Until the next run by itself after one that came to nothing, and at the most. */
#define RETRY_SECONDS    (15 * 60)
#define LOOK_SECONDS_MAX (24 * 60 * 60)
/* At the least; a network that has just come up is given that time to settle. */
#define SETTLE_SECONDS 2
/* Progress of a download is told at most so often. */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

struct _LyktaSyncEngine {
  GObject parent_instance;

  /* fixed at construction */
  LyktaContentStore *content;      /* (owned) */
  char *device_path;               /* (owned) (nullable) */
  char *spool_dir;                 /* (owned) */
  LyktaFetcher *fetcher;           /* (owned) */
  LyktaConnectivity *connectivity; /* (owned) */
  LyktaClock *clock;               /* (owned) */
  LyktaRandom *random;             /* (owned) */
  GMainContext *context;           /* (owned) of the signals */

  /* the thread that runs, under run_lock */
  GMutex run_lock;
  GHashTable *jitter; /* (owned) (element-type utf8 double) */

  LyktaSyncStops stops; /* any thread */

  /* main thread */
  LyktaSyncState state;
  guint n_running;
  gboolean is_started;
  gboolean has_new_network; /* since the last run by itself */
  LyktaSyncRules rules;
  GSource *timer;       /* (owned) (nullable) */
  GCancellable *cancel; /* (owned) of the runs that happen by themselves */
  gulong changed_handler;
};

G_DEFINE_FINAL_TYPE (LyktaSyncEngine, lykta_sync_engine, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (LyktaSyncState,
                    lykta_sync_state,
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_FETCHING, "fetching"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_PARTLY, "partly"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_READING, "reading"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_APPLYING, "applying"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (LYKTA_SYNC_STATE_FAILED, "failed"))

typedef enum {
  PROP_STATE = 1,
  PROP_IS_RUNNING,
  N_PROPS,
} Property;
static GParamSpec *properties[N_PROPS];

typedef enum {
  SIGNAL_PROGRESS,
  SIGNAL_FINISHED,
  N_SIGNALS,
} Signal;
static guint signals[N_SIGNALS];

/* One asynchronous run: made by the main thread, lent to the run's, given back in the end. The
 * run's thread keeps nothing, so the last reference to anything is dropped by the main thread. */
typedef struct {
  GTask *task; /* (owned) keeps the engine */
  LyktaSyncFlags flags;
  char **source_ids; /* (owned) (nullable) */
  LyktaConnection connection;
  LyktaSyncRules rules;
  LyktaSyncReport *report; /* (owned) (nullable) the result … */
  GError *error;           /* (owned) (nullable) … or why there is none */
} Order;

/* What a run's threads hand over to the main thread. */
typedef struct {
  LyktaSyncEngine *engine; /* (owned) */
  char *source_id;         /* (owned) */
  LyktaSyncState state;
  guint64 bytes;
} Announcement;

/* A run's way to announce things: downloads would otherwise flood the main loop. */
typedef struct {
  LyktaSyncEngine *engine; /* (unowned) */
  gint64 last_progress;    /* under the lock */
  GMutex lock;
} Announcer;

static void schedule (LyktaSyncEngine *self, gint64 seconds);

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->task);
  g_strfreev (order->source_ids);
  g_clear_pointer (&order->report, lykta_sync_report_unref);
  g_clear_error (&order->error);
  g_free (order);
}

static void
announcement_free (gpointer data)
{
  Announcement *announcement = data;

  g_object_unref (announcement->engine);
  g_free (announcement->source_id);
  g_free (announcement);
}

/* To the main thread, even while nobody runs its context (g_main_context_invoke would then call
 * right here). In the order of the calls. */
static void
post (LyktaSyncEngine *self, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, self->context);
}

static void
set_state (LyktaSyncEngine *self, LyktaSyncState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* ---- a run, on a thread of its own ---- */

static gboolean
on_announcement (gpointer user_data)
{
  Announcement *announcement = user_data;
  LyktaSyncEngine *self = announcement->engine;

  if (self->n_running == 0)
    return G_SOURCE_REMOVE;
  set_state (self, announcement->state);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, announcement->source_id, announcement->state,
                 announcement->bytes);
  return G_SOURCE_REMOVE;
}

static gboolean
is_too_soon (Announcer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_progress < PROGRESS_INTERVAL)
    return TRUE;
  self->last_progress = now;
  return FALSE;
}

/* Any thread of the run. */
static void
announce (const char *source_id, LyktaSyncState state, guint64 bytes, gpointer user_data)
{
  Announcer *self = user_data;
  Announcement *announcement;

  if (state == LYKTA_SYNC_STATE_FETCHING && bytes > 0 && is_too_soon (self))
    return;
  announcement = g_new0 (Announcement, 1);
  announcement->engine = g_object_ref (self->engine);
  announcement->source_id = g_strdup (source_id);
  announcement->state = state;
  announcement->bytes = bytes;
  post (self->engine, on_announcement, announcement, announcement_free);
}

/* What a run works with; borrowed from the engine and the caller. */
static LyktaSyncSetup
make_setup (LyktaSyncEngine *self,
            LyktaSyncFlags flags,
            const char *const *source_ids,
            LyktaConnection connection,
            const LyktaSyncRules *rules,
            GCancellable *cancellable)
{
  return (LyktaSyncSetup){
      .content = self->content,
      .device_path = self->device_path,
      .spool_dir = self->spool_dir,
      .fetcher = self->fetcher,
      .clock = self->clock,
      .random = self->random,
      .jitter = self->jitter,
      .stops = (flags & LYKTA_SYNC_PRICE) == 0 ? &self->stops : NULL,
      .connection = connection,
      .rules = *rules,
      .flags = flags,
      .source_ids = source_ids,
      .cancellable = cancellable,
  };
}

static LyktaSyncReport *
run_locked (LyktaSyncEngine *self, LyktaSyncSetup *setup, Announcer *announcer, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->run_lock);

  if (announcer != NULL) {
    setup->announce = announce;
    setup->announce_data = announcer;
  }
  if (g_cancellable_set_error_if_cancelled (setup->cancellable, error))
    return NULL;
  return lykta_sync_run (setup, error);
}

/* Whoever watches learns of a run that came to nothing too, unless it was called off. */
static LyktaSyncReport *
report_of_error (const GError *error)
{
  LyktaSyncReport *report = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  report = lykta_sync_report_new ();
  lykta_sync_report_set_failure (report, lykta_sync_failure_from_error (error));
  return report;
}

/* Seconds until a source is due or a new day begins: nobody wakes up before that. */
static gint64
until_next (LyktaSyncEngine *self, LyktaSyncReport *report)
{
  gint64 now = lykta_clock_now (self->clock);
  gint64 tomorrow = lykta_date_start (lykta_date_add_days (lykta_date_of_moment (now), 1));

  return MIN (lykta_sync_report_get_next_attempt (report), tomorrow) - now;
}

/* The one place where a run ends for the main thread. */
static gboolean
on_run_ended (gpointer user_data)
{
  Order *order = user_data;
  LyktaSyncEngine *self = g_task_get_source_object (order->task);
  g_autoptr (LyktaSyncReport) report = order->report != NULL ? lykta_sync_report_ref (order->report)
                                                             : report_of_error (order->error);

  self->n_running--;
  if (self->n_running == 0) {
    set_state (self, LYKTA_SYNC_STATE_IDLE);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_RUNNING]);
  }
  if (report != NULL)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0, report);
  schedule (self, report != NULL ? until_next (self, report) : RETRY_SECONDS);
  if (order->report != NULL)
    g_task_return_pointer (order->task, g_steal_pointer (&order->report),
                           (GDestroyNotify)lykta_sync_report_unref);
  else
    g_task_return_error (order->task, g_steal_pointer (&order->error));
  return G_SOURCE_REMOVE;
}

static gpointer
run_in_thread (gpointer data)
{
  Order *order = data;
  LyktaSyncEngine *self = g_task_get_source_object (order->task);
  Announcer announcer = {.engine = self};
  LyktaSyncSetup setup =
      make_setup (self, order->flags, (const char *const *)order->source_ids, order->connection,
                  &order->rules, g_task_get_cancellable (order->task));

  g_mutex_init (&announcer.lock);
  order->report = run_locked (self, &setup, &announcer, &order->error);
  g_mutex_clear (&announcer.lock);
  post (self, on_run_ended, order, order_free);
  return NULL;
}

/* A person does not wait until a server that hangs has been given up: what is under way by itself
 * is called off, and what it has brought so far stays. */
static void
interrupt_own_run (LyktaSyncEngine *self)
{
  if (!self->is_started || self->n_running == 0)
    return;
  g_cancellable_cancel (self->cancel);
  g_object_unref (self->cancel);
  self->cancel = g_cancellable_new ();
}

void
lykta_sync_engine_run_async (LyktaSyncEngine *self,
                             LyktaSyncFlags flags,
                             const char *const *source_ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Order *order;

  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if ((flags & (LYKTA_SYNC_MANUAL | LYKTA_SYNC_FORCE)) != 0)
    interrupt_own_run (self);
  order = g_new0 (Order, 1);
  order->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (order->task, lykta_sync_engine_run_async);
  /* What was done is told even if somebody cancels a moment later. */
  g_task_set_check_cancellable (order->task, FALSE);
  order->flags = flags;
  order->source_ids = g_strdupv ((char **)source_ids);
  order->connection = lykta_connectivity_get_connection (self->connectivity);
  order->rules = self->rules;
  if (self->n_running++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_RUNNING]);
  g_thread_unref (g_thread_new ("lykta-sync", run_in_thread, order));
}

LyktaSyncReport *
lykta_sync_engine_run_finish (LyktaSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

LyktaSyncReport *
lykta_sync_engine_run (LyktaSyncEngine *self,
                       LyktaSyncFlags flags,
                       const char *const *source_ids,
                       GCancellable *cancellable,
                       GError **error)
{
  LyktaSyncSetup setup;

  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  setup =
      make_setup (self, flags, source_ids, lykta_connectivity_get_connection (self->connectivity),
                  &self->rules, cancellable);
  return run_locked (self, &setup, NULL, error);
}

/* ---- what it would cost ---- */

GPtrArray *
lykta_sync_engine_estimate (LyktaSyncEngine *self,
                            const char *const *source_ids,
                            GCancellable *cancellable,
                            GError **error)
{
  LyktaSyncSetup setup;

  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  setup = make_setup (self, LYKTA_SYNC_MANUAL | LYKTA_SYNC_PRICE, source_ids,
                      lykta_connectivity_get_connection (self->connectivity), &self->rules,
                      cancellable);
  return lykta_sync_estimate (&setup, error);
}

/* Worker thread: the connection was read by the main one. */
static void
estimate_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LyktaSyncEngine *self = source;
  LyktaConnection *connection = task_data;
  LyktaSyncRules rules = LYKTA_SYNC_RULES_FREE;
  LyktaSyncSetup setup = make_setup (self, LYKTA_SYNC_MANUAL | LYKTA_SYNC_PRICE, NULL, *connection,
                                     &rules, cancellable);
  g_autoptr (GError) error = NULL;
  GPtrArray *estimates = lykta_sync_estimate (&setup, &error);

  if (estimates != NULL)
    g_task_return_pointer (task, estimates, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lykta_sync_engine_estimate_async (LyktaSyncEngine *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LyktaConnection *connection;

  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lykta_sync_engine_estimate_async);
  connection = g_new (LyktaConnection, 1);
  *connection = lykta_connectivity_get_connection (self->connectivity);
  g_task_set_task_data (task, connection, g_free);
  g_task_run_in_thread (task, estimate_in_thread);
}

GPtrArray *
lykta_sync_engine_estimate_finish (LyktaSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- by itself ---- */

static void
on_own_run_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSyncReport) report =
      lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (source), result, &error);

  if (report == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("the calendar cannot be refreshed: %s", error->message);
}

static void
clear_timer (LyktaSyncEngine *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
on_timer (gpointer user_data)
{
  LyktaSyncEngine *self = user_data;
  LyktaSyncFlags flags = self->has_new_network ? LYKTA_SYNC_NEW_NETWORK : LYKTA_SYNC_NONE;

  clear_timer (self);
  self->has_new_network = FALSE;
  lykta_sync_engine_run_async (self, flags, NULL, self->cancel, on_own_run_ready, NULL);
  return G_SOURCE_REMOVE;
}

/* The next run by itself; an earlier plan is dropped. Does nothing before start(). */
static void
schedule (LyktaSyncEngine *self, gint64 seconds)
{
  if (!self->is_started)
    return;
  clear_timer (self);
  if (self->has_new_network)
    seconds = SETTLE_SECONDS;
  self->timer = lykta_wall_timeout_source_new (CLAMP (seconds, SETTLE_SECONDS, LOOK_SECONDS_MAX));
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* A run that is under way plans the next one when it ends; this one comes after it all the same. */
static void
on_connectivity_changed (LyktaSyncEngine *self)
{
  if (lykta_connectivity_get_connection (self->connectivity) == LYKTA_CONNECTION_NONE)
    return;
  self->has_new_network = TRUE;
  schedule (self, SETTLE_SECONDS);
}

void
lykta_sync_engine_set_rules (LyktaSyncEngine *self, const LyktaSyncRules *rules)
{
  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));
  g_return_if_fail (rules != NULL);

  self->rules = *rules;
  schedule (self, SETTLE_SECONDS);
}

void
lykta_sync_engine_start (LyktaSyncEngine *self)
{
  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));

  if (self->is_started)
    return;
  self->is_started = TRUE;
  self->cancel = g_cancellable_new ();
  self->changed_handler = g_signal_connect_object (
      self->connectivity, "changed", G_CALLBACK (on_connectivity_changed), self, G_CONNECT_SWAPPED);
  lykta_sync_engine_run_async (self, LYKTA_SYNC_NONE, NULL, self->cancel, on_own_run_ready, NULL);
}

void
lykta_sync_engine_stop (LyktaSyncEngine *self)
{
  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));

  if (!self->is_started)
    return;
  self->is_started = FALSE;
  clear_timer (self);
  g_clear_signal_handler (&self->changed_handler, self->connectivity);
  g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
}

void
lykta_sync_engine_cancel (LyktaSyncEngine *self)
{
  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));

  interrupt_own_run (self);
}

void
lykta_sync_engine_cancel_source (LyktaSyncEngine *self, const char *source_id)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (self));
  g_return_if_fail (source_id != NULL);

  {
    g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->stops.lock);

    cancellable = g_hash_table_lookup (self->stops.table, source_id);
    if (cancellable != NULL)
      g_object_ref (cancellable);
  }
  /* Not under the lock: whoever listens may do anything. */
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

LyktaSyncState
lykta_sync_engine_get_state (LyktaSyncEngine *self)
{
  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (self), LYKTA_SYNC_STATE_IDLE);

  return self->state;
}

gboolean
lykta_sync_engine_is_running (LyktaSyncEngine *self)
{
  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (self), FALSE);

  return self->n_running > 0;
}

/* ---- the object ---- */

static void
lykta_sync_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LyktaSyncEngine *self = LYKTA_SYNC_ENGINE (object);

  switch ((Property)id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_IS_RUNNING:
    g_value_set_boolean (value, self->n_running > 0);
    break;
  case N_PROPS:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
lykta_sync_engine_dispose (GObject *object)
{
  LyktaSyncEngine *self = LYKTA_SYNC_ENGINE (object);

  lykta_sync_engine_stop (self);
  g_clear_object (&self->content);
  g_clear_object (&self->fetcher);
  g_clear_object (&self->connectivity);
  g_clear_object (&self->clock);
  g_clear_object (&self->random);
  G_OBJECT_CLASS (lykta_sync_engine_parent_class)->dispose (object);
}

static void
lykta_sync_engine_finalize (GObject *object)
{
  LyktaSyncEngine *self = LYKTA_SYNC_ENGINE (object);

  g_free (self->device_path);
  g_free (self->spool_dir);
  g_hash_table_unref (self->jitter);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->run_lock);
  g_mutex_clear (&self->stops.lock);
  g_hash_table_unref (self->stops.table);
  G_OBJECT_CLASS (lykta_sync_engine_parent_class)->finalize (object);
}

static void
lykta_sync_engine_class_init (LyktaSyncEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lykta_sync_engine_get_property;
  object_class->dispose = lykta_sync_engine_dispose;
  object_class->finalize = lykta_sync_engine_finalize;
  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, LYKTA_TYPE_SYNC_STATE, LYKTA_SYNC_STATE_IDLE, flags);
  properties[PROP_IS_RUNNING] = g_param_spec_boolean ("is-running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", LYKTA_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_STRING, LYKTA_TYPE_SYNC_STATE, G_TYPE_UINT64);
  signals[SIGNAL_FINISHED] =
      g_signal_new ("finished", LYKTA_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, LYKTA_TYPE_SYNC_REPORT);
}

static void
lykta_sync_engine_init (LyktaSyncEngine *self)
{
  g_mutex_init (&self->run_lock);
  g_mutex_init (&self->stops.lock);
  self->stops.table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->rules = (LyktaSyncRules)LYKTA_SYNC_RULES_FREE;
  self->jitter = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->context = g_main_context_ref_thread_default ();
}

LyktaSyncEngine *
lykta_sync_engine_new (LyktaContentStore *content,
                       const char *device_path,
                       const char *spool_dir,
                       LyktaFetcher *fetcher,
                       LyktaConnectivity *connectivity,
                       LyktaClock *clock,
                       LyktaRandom *random)
{
  LyktaSyncEngine *self;

  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (content), NULL);
  g_return_val_if_fail (spool_dir != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_FETCHER (fetcher), NULL);
  g_return_val_if_fail (LYKTA_IS_CONNECTIVITY (connectivity), NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (LYKTA_IS_RANDOM (random), NULL);

  self = g_object_new (LYKTA_TYPE_SYNC_ENGINE, NULL);
  self->content = g_object_ref (content);
  self->device_path = g_strdup (device_path);
  self->spool_dir = g_strdup (spool_dir);
  self->fetcher = g_object_ref (fetcher);
  self->connectivity = g_object_ref (connectivity);
  self->clock = g_object_ref (clock);
  self->random = g_object_ref (random);
  return self;
}
