/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-refresher.h"

struct _LyktaRefresher {
  GObject parent_instance;

  /* owned */
  LyktaSession *session;
  LyktaSyncEngine *engine;
};

G_DEFINE_FINAL_TYPE (LyktaRefresher, lykta_refresher, G_TYPE_OBJECT)

static void
on_engine_running (LyktaRefresher *self)
{
  lykta_session_set_refreshing (self->session, lykta_sync_engine_is_running (self->engine));
}

static gboolean
waits_for_consent (LyktaSyncReport *report)
{
  for (guint i = 0; i < lykta_sync_report_get_n_results (report); i++)
    if (lykta_sync_report_get_result (report, i)->reason == LYKTA_SYNC_REASON_CONSENT)
      return TRUE;
  return FALSE;
}

static void
on_engine_finished (LyktaRefresher *self, LyktaSyncReport *report)
{
  LyktaSyncFailure failure = lykta_sync_report_get_failure (report);

  if (failure == LYKTA_SYNC_FAILURE_CANCELLED)
    failure = LYKTA_SYNC_FAILURE_NONE;
  /* News that wait for a yes go on waiting, also when nobody looked again. */
  if (failure == LYKTA_SYNC_FAILURE_NONE && waits_for_consent (report))
    failure = LYKTA_SYNC_FAILURE_COST;
  /* At a kiosk there is nobody who could say yes. */
  if (failure == LYKTA_SYNC_FAILURE_COST &&
      lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK)
    failure = LYKTA_SYNC_FAILURE_NONE;
  lykta_session_set_notice (self->session, lykta_sync_failure_to_token (failure));
  lykta_session_content_changed (self->session);
}

/* What has just been put down is shown at once, while the rest or others are still on their way. */
static void
on_engine_progress (LyktaRefresher *self,
                    const char *source_id,
                    LyktaSyncState state,
                    guint64 bytes)
{
  if (state == LYKTA_SYNC_STATE_DONE || state == LYKTA_SYNC_STATE_PARTLY)
    lykta_session_content_changed (self->session);
}

static void
lykta_refresher_dispose (GObject *object)
{
  LyktaRefresher *self = LYKTA_REFRESHER (object);

  if (self->engine != NULL)
    lykta_sync_engine_stop (self->engine);
  g_clear_object (&self->engine);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lykta_refresher_parent_class)->dispose (object);
}

static void
lykta_refresher_class_init (LyktaRefresherClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_refresher_dispose;
}

static void
lykta_refresher_init (LyktaRefresher *self)
{
}

LyktaRefresher *
lykta_refresher_new (LyktaSession *session, LyktaSyncEngine *engine)
{
  LyktaRefresher *self;

  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);
  g_return_val_if_fail (LYKTA_IS_SYNC_ENGINE (engine), NULL);

  self = g_object_new (LYKTA_TYPE_REFRESHER, NULL);
  self->session = g_object_ref (session);
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "notify::is-running", G_CALLBACK (on_engine_running), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "finished", G_CALLBACK (on_engine_finished), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "progress", G_CALLBACK (on_engine_progress), self,
                           G_CONNECT_SWAPPED);
  return self;
}
