/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-period-calendar.h"

#include <glib/gstdio.h>

#include "base/lykta-civil-time.h"
#include "base/lykta-limits.h"
#include "feed/lykta-occurrences.h"
#include "store/lykta-content-writer.h"

struct _LyktaPeriodCalendar {
  GObject parent_instance;

  char *folder;               /* (owned) removed with what is in it */
  LyktaContentStore *store;   /* (owned) */
  LyktaContentReader *reader; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LyktaPeriodCalendar, lykta_period_calendar, G_TYPE_OBJECT)

typedef struct {
  LyktaContentWriter *writer; /* (unowned) */
  GError *error;              /* (owned) (nullable) what stopped the copying */
} Copy;

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
lykta_period_calendar_finalize (GObject *object)
{
  LyktaPeriodCalendar *self = LYKTA_PERIOD_CALENDAR (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->store);
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_free (self->folder);

  G_OBJECT_CLASS (lykta_period_calendar_parent_class)->finalize (object);
}

static void
lykta_period_calendar_class_init (LyktaPeriodCalendarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_period_calendar_finalize;
}

static void
lykta_period_calendar_init (LyktaPeriodCalendar *self)
{
}

gboolean
lykta_period_is_kept (gint64 now, gint64 from, gint64 to)
{
  const LyktaDate today = lykta_date_of_moment (now);
  const gint64 first = lykta_date_start (lykta_date_add_days (today, -LYKTA_HISTORY_DAYS));
  const gint64 last = lykta_date_start (lykta_date_add_days (today, LYKTA_KEPT_AHEAD_DAYS));

  return from >= first && from < last && to <= last;
}

static gboolean
copy_activity (LyktaActivity *activity, const char *source_id, gpointer user_data)
{
  Copy *copy = user_data;

  if (lykta_content_writer_put (copy->writer, activity, NULL, &copy->error))
    return TRUE;
  /* An activity whose dates cannot be found has none here either; the rest goes on. */
  if (copy->error->domain == LYKTA_STORE_ERROR)
    return FALSE;
  g_info ("dates of %s: %s", lykta_activity_get_uid (activity), copy->error->message);
  g_clear_error (&copy->error);
  return TRUE;
}

static gboolean
copy_source (LyktaContentReader *from, LyktaContentWriter *to, LyktaSource *source, GError **error)
{
  const char *id = lykta_source_get_id (source);
  g_autoptr (LyktaSourceState) state = lykta_content_reader_get_source_state (from, id, error);
  Copy copy = {.writer = to};

  if (state == NULL || !lykta_content_writer_begin (to, source, error) ||
      !lykta_content_reader_foreach_activity (from, id, copy_activity, &copy, error))
    return FALSE;
  if (copy.error != NULL) {
    g_propagate_error (error, copy.error);
    return FALSE;
  }
  return lykta_content_writer_commit (to, state, error);
}

static gboolean
fill (LyktaPeriodCalendar *self, LyktaContentReader *from, gint64 begin, gint64 end, GError **error)
{
  g_autoptr (LyktaContentWriter) writer =
      lykta_content_store_new_writer (self->store, lykta_expand_occurrences, error);
  g_autoptr (GPtrArray) sources =
      writer != NULL ? lykta_content_reader_list_sources (from, error) : NULL;

  if (sources == NULL)
    return FALSE;
  lykta_content_writer_set_period (writer, begin, end);
  for (guint i = 0; i < sources->len; i++)
    if (!copy_source (from, writer, g_ptr_array_index (sources, i), error))
      return FALSE;
  return TRUE;
}

LyktaPeriodCalendar *
lykta_period_calendar_new (LyktaContentReader *reader, gint64 from, gint64 to, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), NULL);
  g_return_val_if_fail (from < to, NULL);

  LyktaClock *clock = lykta_content_store_get_clock (lykta_content_reader_get_store (reader));
  g_autoptr (LyktaPeriodCalendar) self = g_object_new (LYKTA_TYPE_PERIOD_CALENDAR, NULL);
  self->folder = g_dir_make_tmp ("lykta-period-XXXXXX", error);
  if (self->folder == NULL)
    return NULL;
  g_autofree char *path = g_build_filename (self->folder, "content.db", NULL);
  self->store = lykta_content_store_open (path, clock, error);
  if (self->store == NULL || !fill (self, reader, from, to, error))
    return NULL;
  self->reader = lykta_content_store_new_reader (self->store, error);
  return self->reader != NULL ? g_steal_pointer (&self) : NULL;
}

LyktaContentReader *
lykta_period_calendar_get_reader (LyktaPeriodCalendar *self)
{
  g_return_val_if_fail (LYKTA_IS_PERIOD_CALENDAR (self), NULL);

  return self->reader;
}
