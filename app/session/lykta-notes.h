/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"
#include "store/lykta-device-store.h"

G_BEGIN_DECLS

/* An organiser's own notes on activities: on this machine, for staff, outside the calendar. A note
 * belongs to the activity, not to a record of it: it is found through every record, and when its
 * source has given the activity another uid, through the one activity with the same title and
 * place. A note on what is gone is kept. Errors: those of the two stores. */
typedef struct {
  gint64 activity_id; /* 0: what it is on is not in the calendar any more */
  char *source_id;
  char *uid;
  char *title;
  char *text;
  gint64 changed; /* Unix seconds */
} LyktaNote;
void lykta_note_free (LyktaNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaNote, lykta_note_free)

/* All of them, the oldest first. (transfer full) (element-type LyktaNote) */
GPtrArray *lykta_notes_list (LyktaContentReader *reader, LyktaDeviceStore *device, GError **error);
/* What is noted on the activity that @activity_id is a record of; several notes are put one below
 * the other. NULL without error when there is none. (transfer full) (nullable) */
char *lykta_notes_get (LyktaContentReader *reader,
                       LyktaDeviceStore *device,
                       gint64 activity_id,
                       GError **error);
/* @text NULL or "" takes it away. */
gboolean lykta_notes_set (LyktaContentReader *reader,
                          LyktaDeviceStore *device,
                          gint64 activity_id,
                          const char *text,
                          GError **error);

G_END_DECLS
