/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-content-watch.h"

/* A refresh writes many times and commits once; it is looked at when it has been quiet so long. */
#define QUIET_MILLISECONDS 500

struct _LyktaContentWatch {
  GObject parent_instance;

  LyktaSession *session; /* (owned) */
  GFileMonitor *monitor; /* (owned) (nullable) */
  char *name;            /* (owned) of the file; the journal's begins with it */
  guint quiet_id;
};

G_DEFINE_FINAL_TYPE (LyktaContentWatch, lykta_content_watch, G_TYPE_OBJECT)

static gboolean
on_quiet (gpointer user_data)
{
  LyktaContentWatch *self = user_data;

  self->quiet_id = 0;
  lykta_session_check_content (self->session);
  return G_SOURCE_REMOVE;
}

static void
on_monitor_changed (LyktaContentWatch *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  g_autofree char *name = g_file_get_basename (file);

  if (!g_str_has_prefix (name, self->name))
    return;
  if (self->quiet_id != 0)
    g_source_remove (self->quiet_id);
  self->quiet_id = g_timeout_add (QUIET_MILLISECONDS, on_quiet, self);
}

static void
lykta_content_watch_dispose (GObject *object)
{
  LyktaContentWatch *self = LYKTA_CONTENT_WATCH (object);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lykta_content_watch_parent_class)->dispose (object);
}

static void
lykta_content_watch_finalize (GObject *object)
{
  g_free (LYKTA_CONTENT_WATCH (object)->name);
  G_OBJECT_CLASS (lykta_content_watch_parent_class)->finalize (object);
}

static void
lykta_content_watch_class_init (LyktaContentWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lykta_content_watch_dispose;
  object_class->finalize = lykta_content_watch_finalize;
}

static void
lykta_content_watch_init (LyktaContentWatch *self)
{
}

LyktaContentWatch *
lykta_content_watch_new (LyktaSession *session, const char *path)
{
  LyktaContentWatch *self;
  g_autofree char *folder = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_CONTENT_WATCH, NULL);
  self->session = g_object_ref (session);
  self->name = g_path_get_basename (path);
  folder = g_path_get_dirname (path);
  file = g_file_new_for_path (folder);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL) {
    g_message ("changes by other processes are not noticed: %s", error->message);
    return self;
  }
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_monitor_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
