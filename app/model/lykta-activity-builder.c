/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-activity-private.h"

struct _LyktaActivityBuilder {
  GObject parent_instance;

  LyktaActivityData data;
};

G_DEFINE_FINAL_TYPE (LyktaActivityBuilder, lykta_activity_builder, G_TYPE_OBJECT)

static void
lykta_activity_builder_finalize (GObject *object)
{
  LyktaActivityBuilder *self = LYKTA_ACTIVITY_BUILDER (object);

  lykta_activity_data_clear (&self->data);

  G_OBJECT_CLASS (lykta_activity_builder_parent_class)->finalize (object);
}

static void
lykta_activity_builder_class_init (LyktaActivityBuilderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_activity_builder_finalize;
}

static void
lykta_activity_builder_init (LyktaActivityBuilder *self)
{
  lykta_activity_data_init (&self->data);
}

LyktaActivityBuilder *
lykta_activity_builder_new (const char *uid, LyktaSchedule *schedule)
{
  LyktaActivityBuilder *self = g_object_new (LYKTA_TYPE_ACTIVITY_BUILDER, NULL);

  self->data.uid = g_strdup (uid);
  self->data.schedule = schedule != NULL ? lykta_schedule_ref (schedule) : NULL;
  return self;
}

LyktaActivityBuilder *
lykta_activity_builder_new_from (LyktaActivity *activity)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (activity), NULL);

  LyktaActivityBuilder *self = g_object_new (LYKTA_TYPE_ACTIVITY_BUILDER, NULL);
  lykta_activity_data_clear (&self->data);
  lykta_activity_data_copy (&self->data, lykta_activity_get_data (activity));
  return self;
}

LyktaActivityData *
lykta_activity_builder_get_data (LyktaActivityBuilder *self)
{
  return &self->data;
}

static void
put_text (LyktaTexts **texts, const char *language, const char *text)
{
  LyktaTexts *changed = lykta_texts_with (*texts, language, text);

  lykta_texts_unref (*texts);
  *texts = changed;
}

void
lykta_activity_builder_set_uid (LyktaActivityBuilder *self, const char *uid)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_free (self->data.uid);
  self->data.uid = g_strdup (uid);
}

void
lykta_activity_builder_set_schedule (LyktaActivityBuilder *self, LyktaSchedule *schedule)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_clear_pointer (&self->data.schedule, lykta_schedule_unref);
  self->data.schedule = schedule != NULL ? lykta_schedule_ref (schedule) : NULL;
}

void
lykta_activity_builder_set_title (LyktaActivityBuilder *self,
                                  const char *language,
                                  const char *text)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  put_text (&self->data.title, language, text);
}

void
lykta_activity_builder_set_description (LyktaActivityBuilder *self,
                                        const char *language,
                                        const char *text)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  put_text (&self->data.description, language, text);
}

void
lykta_activity_builder_set_notes (LyktaActivityBuilder *self,
                                  const char *language,
                                  const char *text)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  put_text (&self->data.notes, language, text);
}

void
lykta_activity_builder_set_price (LyktaActivityBuilder *self,
                                  const char *language,
                                  const char *text)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  put_text (&self->data.price, language, text);
}

void
lykta_activity_builder_set_purposes (LyktaActivityBuilder *self,
                                     LyktaPurposes purposes,
                                     LyktaPurposes primary)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.purposes = purposes & LYKTA_PURPOSE_ALL;
  self->data.primary_purpose = primary & self->data.purposes;
  for (guint bit = 0; self->data.primary_purpose == LYKTA_PURPOSE_NONE && bit < 4; bit++)
    self->data.primary_purpose = self->data.purposes & (1u << bit);
}

void
lykta_activity_builder_add_category (LyktaActivityBuilder *self, const char *category)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_return_if_fail (category != NULL);

  g_ptr_array_add (self->data.categories, g_strdup (category));
}

void
lykta_activity_builder_set_organiser (LyktaActivityBuilder *self, LyktaOrganiser *organiser)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_clear_pointer (&self->data.organiser, lykta_organiser_unref);
  self->data.organiser = organiser != NULL ? lykta_organiser_ref (organiser) : NULL;
}

void
lykta_activity_builder_add_co_organiser (LyktaActivityBuilder *self, LyktaOrganiser *organiser)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_return_if_fail (organiser != NULL);

  g_ptr_array_add (self->data.co_organisers, lykta_organiser_ref (organiser));
}

void
lykta_activity_builder_set_place (LyktaActivityBuilder *self, LyktaPlace *place)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_clear_pointer (&self->data.place, lykta_place_unref);
  self->data.place = place != NULL ? lykta_place_ref (place) : NULL;
}

void
lykta_activity_builder_set_online_url (LyktaActivityBuilder *self, const char *url)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_free (self->data.online_url);
  self->data.online_url = g_strdup (url);
}

void
lykta_activity_builder_set_url (LyktaActivityBuilder *self, const char *url)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_free (self->data.url);
  self->data.url = g_strdup (url);
}

void
lykta_activity_builder_set_attendance (LyktaActivityBuilder *self, LyktaAttendance attendance)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.attendance = attendance;
}

void
lykta_activity_builder_set_status (LyktaActivityBuilder *self, LyktaStatus status)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.status = status;
}

void
lykta_activity_builder_set_ages (LyktaActivityBuilder *self, int from, int to)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.age_from = MAX (-1, from);
  self->data.age_to = MAX (-1, to);
}

void
lykta_activity_builder_set_audience (LyktaActivityBuilder *self, LyktaAudience audience)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.audience = audience;
}

void
lykta_activity_builder_add_spoken_language (LyktaActivityBuilder *self, const char *language)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  g_return_if_fail (language != NULL);

  g_ptr_array_add (self->data.spoken_languages, g_strdup (language));
}

void
lykta_activity_builder_set_childcare (LyktaActivityBuilder *self, LyktaTristate value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.childcare = value;
}

void
lykta_activity_builder_set_children (LyktaActivityBuilder *self, LyktaTristate value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.children = value;
}

void
lykta_activity_builder_set_levels (LyktaActivityBuilder *self, LyktaLevels levels)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.levels = levels & LYKTA_LEVEL_ALL;
}

void
lykta_activity_builder_set_step_free (LyktaActivityBuilder *self, LyktaTristate value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.step_free = value;
}

void
lykta_activity_builder_set_is_free (LyktaActivityBuilder *self, LyktaTristate value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.is_free = value;
}

void
lykta_activity_builder_set_booking (LyktaActivityBuilder *self,
                                    LyktaBooking booking,
                                    const char *url)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.booking = booking;
  g_free (self->data.booking_url);
  self->data.booking_url = g_strdup (url);
}

void
lykta_activity_builder_set_capacity (LyktaActivityBuilder *self, int capacity)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.capacity = MAX (-1, capacity);
}

void
lykta_activity_builder_set_is_tia (LyktaActivityBuilder *self, LyktaTristate value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.is_tia = value;
}

void
lykta_activity_builder_set_offers_certificate (LyktaActivityBuilder *self, LyktaTristate value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.offers_certificate = value;
}

void
lykta_activity_builder_set_is_compulsory_introduction (LyktaActivityBuilder *self, gboolean value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.is_compulsory_introduction = value != FALSE;
}

void
lykta_activity_builder_set_last_modified (LyktaActivityBuilder *self, gint64 unix_seconds)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.last_modified = unix_seconds;
}

void
lykta_activity_builder_set_is_sample (LyktaActivityBuilder *self, gboolean value)
{
  g_return_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self));

  self->data.is_sample = value != FALSE;
}

LyktaActivity *
lykta_activity_builder_end (LyktaActivityBuilder *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY_BUILDER (self), NULL);
  g_return_val_if_fail (self->data.uid != NULL && self->data.schedule != NULL, NULL);

  LyktaActivityData data;
  lykta_activity_data_copy (&data, &self->data);
  return lykta_activity_new_take (&data);
}
