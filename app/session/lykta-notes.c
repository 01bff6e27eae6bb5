/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-notes.h"

#include "store/lykta-content-same.h"
#include "text/lykta-language.h"

void
lykta_note_free (LyktaNote *self)
{
  if (self == NULL)
    return;
  g_free (self->source_id);
  g_free (self->uid);
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

/* The record that the note was written on, or the one activity that looks like it; 0 none. */
static gint64
find_activity (LyktaContentReader *reader, const LyktaDeviceNote *note, GError **error)
{
  gint64 id = 0;
  GError *local_error = NULL;
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity (reader, note->source_id, note->uid, &id, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, local_error);
    return 0;
  }
  if (activity != NULL)
    return id;
  return note->likeness != 0 ? lykta_content_reader_find_alike (reader, note->likeness) : 0;
}

GPtrArray *
lykta_notes_list (LyktaContentReader *reader, LyktaDeviceStore *device, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), NULL);
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (device), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) stored = lykta_device_store_list_notes (device, error);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_note_free);

  for (guint i = 0; stored != NULL && i < stored->len; i++) {
    const LyktaDeviceNote *from = stored->pdata[i];
    GError *local_error = NULL;
    LyktaNote *note = g_new0 (LyktaNote, 1);
    g_ptr_array_add (notes, note);
    note->activity_id = find_activity (reader, from, &local_error);
    note->source_id = g_strdup (from->source_id);
    note->uid = g_strdup (from->uid);
    note->title = g_strdup (from->title);
    note->text = g_strdup (from->text);
    note->changed = from->changed;
    if (local_error != NULL) {
      g_propagate_error (error, local_error);
      return NULL;
    }
  }
  return stored != NULL ? g_steal_pointer (&notes) : NULL;
}

static gboolean
is_among (GPtrArray *same, gint64 activity_id)
{
  for (guint i = 0; i < same->len; i++)
    if (((LyktaSameRecord *)same->pdata[i])->activity_id == activity_id)
      return TRUE;
  return FALSE;
}

/* Those on any record of the activity. (transfer full) (element-type LyktaNote) */
static GPtrArray *
list_notes_on (LyktaContentReader *reader,
               LyktaDeviceStore *device,
               GPtrArray *same,
               GError **error)
{
  GPtrArray *notes = lykta_notes_list (reader, device, error);

  for (guint i = notes != NULL ? notes->len : 0; i > 0; i--)
    if (!is_among (same, ((LyktaNote *)notes->pdata[i - 1])->activity_id))
      g_ptr_array_remove_index (notes, i - 1);
  return notes;
}

char *
lykta_notes_get (LyktaContentReader *reader,
                 LyktaDeviceStore *device,
                 gint64 activity_id,
                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), NULL);
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (device), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (GPtrArray) same = lykta_content_reader_list_same (reader, activity_id, error);
  g_autoptr (GPtrArray) notes = same != NULL ? list_notes_on (reader, device, same, error) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", ((LyktaNote *)notes->pdata[i])->text);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
put (LyktaContentReader *reader,
     LyktaDeviceStore *device,
     const LyktaSameRecord *record,
     const char *text,
     GError **error)
{
  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity_by_id (reader, record->activity_id, error);

  if (activity == NULL)
    return FALSE;
  const char *title = lykta_texts_choose (lykta_activity_get_title (activity),
                                          lykta_language_fallback_chain ("sv"), NULL);
  return lykta_device_store_set_note (
      device, record->source_id, record->uid, title,
      lykta_content_reader_get_likeness (reader, record->activity_id), text, error);
}

gboolean
lykta_notes_set (LyktaContentReader *reader,
                 LyktaDeviceStore *device,
                 gint64 activity_id,
                 const char *text,
                 GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), FALSE);
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (device), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  g_autoptr (GPtrArray) same = lykta_content_reader_list_same (reader, activity_id, error);
  g_autoptr (GPtrArray) old = same != NULL ? list_notes_on (reader, device, same, error) : NULL;
  const LyktaSameRecord *first = same != NULL && same->len > 0 ? same->pdata[0] : NULL;
  const gboolean is_set = text != NULL && text[0] != '\0';

  if (old == NULL || first == NULL)
    return FALSE;
  /* The new one before the old ones go: a power cut leaves too much rather than nothing. */
  if (is_set && !put (reader, device, first, text, error))
    return FALSE;
  for (guint i = 0; i < old->len; i++) {
    const LyktaNote *note = old->pdata[i];
    if (is_set && g_str_equal (note->source_id, first->source_id) &&
        g_str_equal (note->uid, first->uid))
      continue;
    if (!lykta_device_store_set_note (device, note->source_id, note->uid, NULL, 0, NULL, error))
      return FALSE;
  }
  return TRUE;
}
