/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-data-use.h"

#include "store/lykta-device-store.h"

struct _LyktaDataUse {
  GObject parent_instance;

  char *device_path;               /* (owned) */
  LyktaClock *clock;               /* (owned) */
  LyktaSyncEngine *engine;         /* (owned) (nullable) until attached, as the next */
  LyktaConnectivity *connectivity; /* (owned) (nullable) */
  GCancellable *lifetime;          /* (owned) of reading the meter */
  GCancellable *cancel;            /* (owned) (nullable) of what the person asked for */
  GHashTable *sources;             /* (owned) (element-type utf8 Progress) in this refresh */

  LyktaSyncRules rules;
  gboolean is_weighing;
  gboolean is_asking;
  gint64 price;
  guint64 month;
  gint64 used;
};

/* Where one source is. */
typedef struct {
  LyktaSyncState state;
  guint64 bytes;
} Progress;

G_DEFINE_FINAL_TYPE (LyktaDataUse, lykta_data_use, G_TYPE_OBJECT)

typedef enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
} Signal;
static guint signals[N_SIGNALS];

static void
changed (LyktaDataUse *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* ---- the meter ---- */

/* What a worker needs, and what it finds. */
typedef struct {
  char *path;        /* (owned) */
  LyktaClock *clock; /* (owned) */
  LyktaTraffic month;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_object_unref (reading->clock);
  g_free (reading);
}

/* Worker thread. */
static void
read_meter (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  LyktaDate today = lykta_date_of_moment (lykta_clock_now (reading->clock));
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDeviceStore) device =
      lykta_device_store_open (reading->path, reading->clock, &error);

  if (device == NULL ||
      !lykta_device_store_get_month_traffic (device, NULL, today, &reading->month, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_read_meter_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaDataUse) self = user_data;
  const guint64 *by_kind;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_message ("the byte meter cannot be read: %s", error->message);
    return;
  }
  by_kind = ((Reading *)g_task_get_task_data (G_TASK (result)))->month.by_kind;
  self->used = (gint64)by_kind[LYKTA_TRAFFIC_METERED];
  self->month = by_kind[LYKTA_TRAFFIC_METERED] + by_kind[LYKTA_TRAFFIC_ASKED] +
                by_kind[LYKTA_TRAFFIC_UNKNOWN];
  changed (self);
}

static void
refresh_meter (LyktaDataUse *self)
{
  g_autoptr (GTask) task =
      g_task_new (NULL, self->lifetime, on_read_meter_ready, g_object_ref (self));
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (self->device_path);
  reading->clock = g_object_ref (self->clock);
  g_task_set_source_tag (task, refresh_meter);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_meter);
}

/* ---- what the engine does ---- */

static void
on_engine_progress (LyktaDataUse *self, const char *source_id, LyktaSyncState state, guint64 bytes)
{
  Progress *progress = g_hash_table_lookup (self->sources, source_id);

  if (progress == NULL) {
    progress = g_new0 (Progress, 1);
    g_hash_table_insert (self->sources, g_strdup (source_id), progress);
  }
  progress->state = state;
  progress->bytes = MAX (progress->bytes, bytes);
  changed (self);
}

static void
on_engine_running (LyktaDataUse *self)
{
  g_hash_table_remove_all (self->sources);
  if (!lykta_sync_engine_is_running (self->engine))
    refresh_meter (self);
  changed (self);
}

void
lykta_data_use_attach (LyktaDataUse *self, LyktaSyncEngine *engine, LyktaConnectivity *connectivity)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));
  g_return_if_fail (LYKTA_IS_SYNC_ENGINE (engine));
  g_return_if_fail (LYKTA_IS_CONNECTIVITY (connectivity));
  g_return_if_fail (self->engine == NULL);

  self->engine = g_object_ref (engine);
  self->connectivity = g_object_ref (connectivity);
  lykta_sync_engine_set_rules (engine, &self->rules);
  g_signal_connect_object (engine, "notify::is-running", G_CALLBACK (on_engine_running), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "progress", G_CALLBACK (on_engine_progress), self,
                           G_CONNECT_SWAPPED);
  changed (self);
}

void
lykta_data_use_set_rules (LyktaDataUse *self, const LyktaSyncRules *rules)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));
  g_return_if_fail (rules != NULL);

  self->rules = *rules;
  if (self->engine != NULL)
    lykta_sync_engine_set_rules (self->engine, rules);
  changed (self);
}

/* ---- update now ---- */

static void
forget_question (LyktaDataUse *self)
{
  self->is_weighing = FALSE;
  self->is_asking = FALSE;
  self->price = 0;
}

static void
on_run_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSyncReport) report =
      lykta_sync_engine_run_finish (LYKTA_SYNC_ENGINE (object), result, &error);

  if (report == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("the calendar cannot be refreshed: %s", error->message);
}

static void
fetch (LyktaDataUse *self)
{
  forget_question (self);
  g_clear_object (&self->cancel);
  self->cancel = g_cancellable_new ();
  lykta_sync_engine_run_async (self->engine, LYKTA_SYNC_MANUAL, NULL, self->cancel, on_run_ready,
                               NULL);
  changed (self);
}

/* Where nobody can tell what the line costs, little is fetched without a word. */
static gboolean
must_ask (LyktaDataUse *self, gint64 price, gboolean is_known)
{
  switch (lykta_connectivity_get_connection (self->connectivity)) {
  case LYKTA_CONNECTION_METERED:
    return TRUE;
  case LYKTA_CONNECTION_UNKNOWN:
    return !is_known || price > self->rules.ask_above;
  case LYKTA_CONNECTION_NONE:
  case LYKTA_CONNECTION_UNMETERED:
  default:
    return FALSE;
  }
}

static void
on_estimate_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaDataUse) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates =
      lykta_sync_engine_estimate_finish (LYKTA_SYNC_ENGINE (object), result, &error);
  gboolean is_complete = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  forget_question (self);
  if (estimates != NULL)
    self->price = lykta_sync_estimate_sum (estimates, &is_complete);
  /* Nothing but what is on this machine: nobody has to agree to that. */
  if ((estimates != NULL && is_complete && self->price == 0) ||
      !must_ask (self, self->price, is_complete)) {
    fetch (self);
    return;
  }
  if (!is_complete)
    self->price = 0;
  self->is_asking = TRUE;
  changed (self);
}

void
lykta_data_use_update (LyktaDataUse *self)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));

  if (self->engine == NULL || self->is_weighing || self->is_asking)
    return;
  if (!must_ask (self, 0, FALSE)) {
    fetch (self);
    return;
  }
  self->is_weighing = TRUE;
  g_clear_object (&self->cancel);
  self->cancel = g_cancellable_new ();
  lykta_sync_engine_estimate_async (self->engine, self->cancel, on_estimate_ready,
                                    g_object_ref (self));
  changed (self);
}

void
lykta_data_use_agree (LyktaDataUse *self)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));

  if (self->is_asking)
    fetch (self);
}

void
lykta_data_use_decline (LyktaDataUse *self)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));

  if (!self->is_asking)
    return;
  forget_question (self);
  changed (self);
}

void
lykta_data_use_cancel (LyktaDataUse *self)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));

  if (self->cancel != NULL)
    g_cancellable_cancel (self->cancel);
  if (self->engine != NULL)
    lykta_sync_engine_cancel (self->engine);
  forget_question (self);
  changed (self);
}

/* ---- answers ---- */

LyktaDataState
lykta_data_use_get_state (LyktaDataUse *self)
{
  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), LYKTA_DATA_IDLE);

  if (self->is_asking)
    return LYKTA_DATA_ASKING;
  if (self->is_weighing)
    return LYKTA_DATA_WEIGHING;
  return self->engine != NULL && lykta_sync_engine_is_running (self->engine) ? LYKTA_DATA_FETCHING
                                                                             : LYKTA_DATA_IDLE;
}

guint64
lykta_data_use_get_month (LyktaDataUse *self)
{
  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), 0);

  return self->month;
}

gint64
lykta_data_use_get_used (LyktaDataUse *self)
{
  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), 0);

  return self->used;
}

gint64
lykta_data_use_get_budget (LyktaDataUse *self)
{
  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), LYKTA_SYNC_NO_LIMIT);

  return self->rules.month_budget;
}

gint64
lykta_data_use_get_price (LyktaDataUse *self)
{
  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), 0);

  return self->price;
}

guint64
lykta_data_use_get_fetched (LyktaDataUse *self)
{
  GHashTableIter iter;
  gpointer value;
  guint64 bytes = 0;

  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), 0);

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    bytes += ((Progress *)value)->bytes;
  return bytes;
}

LyktaSyncState
lykta_data_use_get_source_state (LyktaDataUse *self, const char *source_id)
{
  Progress *progress;

  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), LYKTA_SYNC_STATE_IDLE);
  g_return_val_if_fail (source_id != NULL, LYKTA_SYNC_STATE_IDLE);

  progress = g_hash_table_lookup (self->sources, source_id);
  return progress != NULL ? progress->state : LYKTA_SYNC_STATE_IDLE;
}

gboolean
lykta_data_use_is_under_way (LyktaDataUse *self, const char *source_id, guint64 *bytes)
{
  Progress *progress;

  g_return_val_if_fail (LYKTA_IS_DATA_USE (self), FALSE);
  g_return_val_if_fail (source_id != NULL, FALSE);

  progress = g_hash_table_lookup (self->sources, source_id);
  if (bytes != NULL)
    *bytes = progress != NULL ? progress->bytes : 0;
  return progress != NULL && progress->state >= LYKTA_SYNC_STATE_FETCHING &&
         progress->state <= LYKTA_SYNC_STATE_APPLYING;
}

void
lykta_data_use_cancel_source (LyktaDataUse *self, const char *source_id)
{
  g_return_if_fail (LYKTA_IS_DATA_USE (self));
  g_return_if_fail (source_id != NULL);

  if (self->engine != NULL)
    lykta_sync_engine_cancel_source (self->engine, source_id);
}

/* ---- the object ---- */

static void
lykta_data_use_dispose (GObject *object)
{
  LyktaDataUse *self = LYKTA_DATA_USE (object);

  g_cancellable_cancel (self->lifetime);
  if (self->cancel != NULL)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  g_clear_object (&self->engine);
  g_clear_object (&self->connectivity);
  G_OBJECT_CLASS (lykta_data_use_parent_class)->dispose (object);
}

static void
lykta_data_use_finalize (GObject *object)
{
  LyktaDataUse *self = LYKTA_DATA_USE (object);

  g_clear_object (&self->lifetime);
  g_clear_object (&self->clock);
  g_hash_table_unref (self->sources);
  g_free (self->device_path);
  G_OBJECT_CLASS (lykta_data_use_parent_class)->finalize (object);
}

static void
lykta_data_use_class_init (LyktaDataUseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lykta_data_use_dispose;
  object_class->finalize = lykta_data_use_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LYKTA_TYPE_DATA_USE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lykta_data_use_init (LyktaDataUse *self)
{
  self->lifetime = g_cancellable_new ();
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->rules = (LyktaSyncRules)LYKTA_SYNC_RULES_SPARING;
}

LyktaDataUse *
lykta_data_use_new (const char *device_path, LyktaClock *clock)
{
  LyktaDataUse *self;

  g_return_val_if_fail (device_path != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);

  self = g_object_new (LYKTA_TYPE_DATA_USE, NULL);
  self->device_path = g_strdup (device_path);
  self->clock = g_object_ref (clock);
  refresh_meter (self);
  return self;
}
