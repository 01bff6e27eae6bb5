/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-session"

#include "session/lykta-same-activity.h"

#include <string.h>

typedef void (*SetText) (LyktaActivityBuilder *builder, const char *language, const char *text);

static gboolean
has_text (LyktaTexts *texts, const char *text)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++)
    if (strcmp (lykta_texts_get_nth_text (texts, i), text) == 0)
      return TRUE;
  return FALSE;
}

/* A text that is there already is no translation of it. */
static void
add_texts (LyktaActivityBuilder *builder, LyktaTexts *own, LyktaTexts *more, SetText set)
{
  for (guint i = 0; i < lykta_texts_get_n (more); i++) {
    const char *language = lykta_texts_get_nth_language (more, i);
    const char *text = lykta_texts_get_nth_text (more, i);
    if (lykta_texts_get (own, language) == NULL && !has_text (own, text))
      set (builder, language, text);
  }
}

static LyktaActivity *
add_all_texts (LyktaActivity *activity, LyktaActivity *other)
{
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new_from (activity);

  add_texts (builder, lykta_activity_get_title (activity), lykta_activity_get_title (other),
             lykta_activity_builder_set_title);
  add_texts (builder, lykta_activity_get_description (activity),
             lykta_activity_get_description (other), lykta_activity_builder_set_description);
  add_texts (builder, lykta_activity_get_notes (activity), lykta_activity_get_notes (other),
             lykta_activity_builder_set_notes);
  add_texts (builder, lykta_activity_get_price (activity), lykta_activity_get_price (other),
             lykta_activity_builder_set_price);
  return lykta_activity_builder_end (builder);
}

static const LyktaSameRecord *
find_record (GPtrArray *same, gint64 activity_id)
{
  for (guint i = 0; i < same->len; i++) {
    const LyktaSameRecord *record = same->pdata[i];
    if (record->activity_id == activity_id)
      return record;
  }
  return NULL;
}

/* The first record of each other source: the pieces of a series that was cut say the same. */
static gboolean
is_first_of_other_source (GPtrArray *same, guint index, const char *own_source)
{
  const LyktaSameRecord *record = same->pdata[index];

  for (guint i = 0; i < index; i++)
    if (g_str_equal (((LyktaSameRecord *)same->pdata[i])->source_id, record->source_id))
      return FALSE;
  return !g_str_equal (record->source_id, own_source);
}

LyktaActivity *
lykta_same_activity_load (LyktaContentReader *reader,
                          gint64 activity_id,
                          GPtrArray **same,
                          GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (LyktaActivity) activity =
      lykta_content_reader_get_activity_by_id (reader, activity_id, error);
  g_autoptr (GPtrArray) records =
      activity != NULL ? lykta_content_reader_list_same (reader, activity_id, error) : NULL;
  const LyktaSameRecord *own = records != NULL ? find_record (records, activity_id) : NULL;

  if (own == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++) {
    const LyktaSameRecord *record = records->pdata[i];
    g_autoptr (LyktaActivity) before = NULL;
    g_autoptr (LyktaActivity) other = NULL;
    if (!is_first_of_other_source (records, i, own->source_id))
      continue;
    other = lykta_content_reader_get_activity_by_id (reader, record->activity_id, NULL);
    if (other == NULL)
      continue;
    before = g_steal_pointer (&activity);
    activity = add_all_texts (before, other);
  }
  if (same != NULL)
    *same = g_steal_pointer (&records);
  return g_steal_pointer (&activity);
}

GPtrArray *
lykta_same_activity_list_sources (GPtrArray *same)
{
  g_return_val_if_fail (same != NULL, NULL);

  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < same->len; i++)
    if (is_first_of_other_source (same, i, ""))
      g_ptr_array_add (names, g_strdup (((LyktaSameRecord *)same->pdata[i])->source_name));
  return names;
}
