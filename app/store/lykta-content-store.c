/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-content-store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/lykta-atomic-file.h"
#include "store/lykta-content-reader-private.h"
#include "store/lykta-content-schema-private.h"
#include "store/lykta-content-store-private.h"
#include "store/lykta-fold-tokenizer-private.h"
#include "store/lykta-store-lock-private.h"

/* Damaged files kept for whoever wants to look at them. */
#define KEEP_DAMAGED 2

/* Owns the file of the calendar: makes sure that it is whole and ours when it is opened, and keeps
 * the newest index of its dates. It holds no connection; every reader and writer has its own. */
struct _LyktaContentStore {
  GObject parent_instance;

  char *path;         /* (owned) */
  char *suspect_path; /* (owned) a file that says: check before use */
  LyktaClock *clock;  /* (owned) */
  char *damaged_path; /* (owned) (nullable) */
  gboolean was_rebuilt;
  gboolean is_read_only;
  LyktaDatabaseFlags read_flags;
  LyktaStoreLock lock;

  /* any thread, under the mutex */
  GMutex mutex;
  LyktaOccurrenceIndex *index; /* (owned) (nullable) */

  GMutex build_mutex; /* held while an index is built */
};

G_DEFINE_FINAL_TYPE (LyktaContentStore, lykta_content_store, G_TYPE_OBJECT)

/* ---- connections ---- */

static LyktaDatabase *
connect_with (LyktaContentStore *self, LyktaDatabaseFlags flags, GError **error)
{
  g_autoptr (LyktaDatabase) database = lykta_database_open (self->path, flags, error);

  if (database == NULL || !lykta_fold_tokenizer_register (database, error))
    return NULL;
  return g_steal_pointer (&database);
}

LyktaDatabase *
lykta_content_store_connect (LyktaContentStore *self, GError **error)
{
  if (self->is_read_only) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY, "%s cannot be written to",
                 self->path);
    return NULL;
  }
  return connect_with (self, LYKTA_DATABASE_CREATE, error);
}

LyktaDatabase *
lykta_content_store_connect_read_only (LyktaContentStore *self, GError **error)
{
  return connect_with (self, self->read_flags, error);
}

void
lykta_content_store_note_error (LyktaContentStore *self, const GError *error)
{
  if (error == NULL || self->is_read_only ||
      !g_error_matches (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED))
    return;
  const int fd = g_open (self->suspect_path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0)
    close (fd);
}

/* ---- the index ---- */

LyktaOccurrenceIndex *
lykta_content_store_ref_index (LyktaContentStore *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->index != NULL ? lykta_occurrence_index_ref (self->index) : NULL;
}

LyktaOccurrenceIndex *
lykta_content_store_ref_index_of (LyktaContentStore *self, gint64 generation)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->index == NULL || lykta_occurrence_index_get_generation (self->index) != generation)
    return NULL;
  return lykta_occurrence_index_ref (self->index);
}

static void
publish_index (LyktaContentStore *self, LyktaOccurrenceIndex *index)
{
  g_autoptr (LyktaOccurrenceIndex) old = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  old = g_steal_pointer (&self->index);
  self->index = lykta_occurrence_index_ref (index);
}

gboolean
lykta_content_store_load_index (LyktaContentStore *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (GMutexLocker) building = g_mutex_locker_new (&self->build_mutex);
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (self, error);
  if (reader == NULL)
    return FALSE;
  g_autoptr (LyktaOccurrenceIndex) present =
      lykta_content_store_ref_index_of (self, lykta_content_reader_get_generation (reader));
  if (present != NULL)
    return TRUE;
  g_autoptr (LyktaOccurrenceIndex) index = lykta_occurrence_index_new (reader, cancellable, error);
  if (index == NULL)
    return FALSE;
  publish_index (self, index);
  return TRUE;
}

static void
load_index_in_thread (GTask *task,
                      gpointer source_object,
                      gpointer task_data,
                      GCancellable *cancellable)
{
  GError *error = NULL;

  if (lykta_content_store_load_index (source_object, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lykta_content_store_load_index_async (LyktaContentStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (LYKTA_IS_CONTENT_STORE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lykta_content_store_load_index_async);
  g_task_run_in_thread (task, load_index_in_thread);
}

gboolean
lykta_content_store_load_index_finish (LyktaContentStore *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- object ---- */

static gint64
size_of (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf info;

  return g_stat (name, &info) == 0 ? (gint64)info.st_size : -1;
}

/* A log is taken into the file by the last connection that may write. Readers may not, and they
 * often go last; without this, the next start would take the log for the trace of a crash. */
static void
tidy_up (LyktaContentStore *self)
{
  if (self->read_flags != LYKTA_DATABASE_READ_ONLY || self->is_read_only ||
      size_of (self->path, "-wal") < 0)
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaDatabase) database =
      lykta_database_open (self->path, LYKTA_DATABASE_CREATE, &error);
  if (database == NULL)
    g_info ("the log of the calendar stays: %s", error->message);
}

static void
lykta_content_store_finalize (GObject *object)
{
  LyktaContentStore *self = LYKTA_CONTENT_STORE (object);

  tidy_up (self);
  lykta_store_lock_release (&self->lock);
  g_clear_pointer (&self->index, lykta_occurrence_index_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->build_mutex);
  g_clear_object (&self->clock);
  g_free (self->path);
  g_free (self->suspect_path);
  g_free (self->damaged_path);

  G_OBJECT_CLASS (lykta_content_store_parent_class)->finalize (object);
}

static void
lykta_content_store_class_init (LyktaContentStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_content_store_finalize;
}

static void
lykta_content_store_init (LyktaContentStore *self)
{
  self->lock.fd = -1;
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->build_mutex);
}

/* ---- opening ---- */

/* A log that nobody uses, or a reader that met damage: then all of it is read once. */
static gboolean
needs_check (LyktaContentStore *self)
{
  return self->lock.is_alone &&
         (size_of (self->path, "-wal") > 0 || g_access (self->suspect_path, F_OK) == 0);
}

static gboolean
try_open_for_writing (LyktaContentStore *self, gboolean must_check, GError **error)
{
  const gboolean is_suspect = must_check || needs_check (self);
  g_autoptr (LyktaDatabase) database = connect_with (self, LYKTA_DATABASE_CREATE, error);

  if (database == NULL || (is_suspect && !lykta_database_quick_check (database, error)) ||
      !lykta_database_migrate (database, LYKTA_CONTENT_APPLICATION_ID, lykta_content_schema_steps,
                               error) ||
      !lykta_content_schema_update_search (database, error))
    return FALSE;
  if (is_suspect)
    g_unlink (self->suspect_path);
  self->read_flags = LYKTA_DATABASE_READ_ONLY;
  return TRUE;
}

static gboolean
try_open_for_reading (LyktaContentStore *self, LyktaDatabaseFlags flags, GError **error)
{
  g_autoptr (LyktaDatabase) database = connect_with (self, flags, error);

  if (database == NULL ||
      ((flags & LYKTA_DATABASE_IMMUTABLE) != 0 && size_of (self->path, "-wal") > 0 &&
       !lykta_database_quick_check (database, error)))
    return FALSE;
  /* Finds nothing to do, or fails for want of a pen. */
  if (!lykta_database_migrate (database, LYKTA_CONTENT_APPLICATION_ID, lykta_content_schema_steps,
                               error))
    return FALSE;
  self->is_read_only = TRUE;
  self->read_flags = flags;
  return TRUE;
}

/* The log goes first: left beside a new file it would be replayed into it. */
static gboolean
set_aside (LyktaContentStore *self, GError **error)
{
  static const char *const suffixes[] = {"-wal", "-shm", ""};
  const gint64 now = lykta_clock_now (self->clock);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *name = g_strconcat (self->path, suffixes[i], NULL);
    g_autoptr (GError) local_error = NULL;
    g_clear_pointer (&self->damaged_path, g_free);
    if (size_of (name, "") >= 0 &&
        !lykta_atomic_file_set_aside (name, now, KEEP_DAMAGED, &self->damaged_path, &local_error)) {
      g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED,
                   "cannot set a damaged file aside: %s", local_error->message);
      return FALSE;
    }
  }
  g_unlink (self->suspect_path);
  return TRUE;
}

static gboolean
rebuild (LyktaContentStore *self, GError *reason, GError **error)
{
  if (self->lock.fd < 0) {
    g_propagate_error (error, g_error_copy (reason));
    return FALSE;
  }
  if (!self->lock.is_alone) {
    g_set_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_BUSY,
                 "in use by another process, but %s", reason->message);
    return FALSE;
  }
  if (!set_aside (self, error))
    return FALSE;
  g_message ("the calendar was set aside as %s: %s", self->damaged_path, reason->message);
  self->was_rebuilt = TRUE;
  return try_open_for_writing (self, FALSE, error);
}

static gboolean
open_file (LyktaContentStore *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (try_open_for_writing (self, FALSE, &reason))
    return TRUE;
  /* SQLite calls it damage as well when the disk fails to give a block once: look twice. */
  if (g_error_matches (reason, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED) &&
      self->lock.is_alone && try_open_for_writing (self, TRUE, NULL))
    return TRUE;
  if (g_error_matches (reason, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_DAMAGED) ||
      g_error_matches (reason, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NEWER))
    return rebuild (self, reason, error);
  if (size_of (self->path, "") > 0 &&
      (try_open_for_reading (self, LYKTA_DATABASE_READ_ONLY, NULL) ||
       try_open_for_reading (self, LYKTA_DATABASE_IMMUTABLE, NULL))) {
    g_message ("the calendar can only be read: %s", reason->message);
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

LyktaContentStore *
lykta_content_store_open (const char *path, LyktaClock *clock, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaContentStore) self = g_object_new (LYKTA_TYPE_CONTENT_STORE, NULL);
  self->path = g_strdup (path);
  self->suspect_path = g_strconcat (path, ".suspect", NULL);
  self->clock = g_object_ref (clock);
  lykta_store_lock_take (&self->lock, path);
  const gboolean is_open = open_file (self, error);
  lykta_store_lock_share (&self->lock);
  return is_open ? g_steal_pointer (&self) : NULL;
}

const char *
lykta_content_store_get_path (LyktaContentStore *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), NULL);

  return self->path;
}

LyktaClock *
lykta_content_store_get_clock (LyktaContentStore *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), NULL);

  return self->clock;
}

gboolean
lykta_content_store_was_rebuilt (LyktaContentStore *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), FALSE);

  return self->was_rebuilt;
}

const char *
lykta_content_store_get_damaged_path (LyktaContentStore *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), NULL);

  return self->damaged_path;
}

gboolean
lykta_content_store_is_read_only (LyktaContentStore *self)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_STORE (self), FALSE);

  return self->is_read_only;
}
