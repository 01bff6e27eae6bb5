/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-activity-private.h"

struct _LyktaActivity {
  GObject parent_instance;

  LyktaActivityData data;
};

G_DEFINE_FINAL_TYPE (LyktaActivity, lykta_activity, G_TYPE_OBJECT)

void
lykta_activity_data_init (LyktaActivityData *data)
{
  *data = (LyktaActivityData){
      .title = lykta_texts_new_empty (),
      .description = lykta_texts_new_empty (),
      .notes = lykta_texts_new_empty (),
      .price = lykta_texts_new_empty (),
      .categories = g_ptr_array_new_null_terminated (0, g_free, TRUE),
      .co_organisers = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_organiser_unref),
      .spoken_languages = g_ptr_array_new_null_terminated (0, g_free, TRUE),
      .age_from = -1,
      .age_to = -1,
      .capacity = -1,
  };
}

static GPtrArray *
copy_strings (GPtrArray *strings)
{
  GPtrArray *copy = g_ptr_array_new_null_terminated (strings->len, g_free, TRUE);

  for (guint i = 0; i < strings->len; i++)
    g_ptr_array_add (copy, g_strdup (strings->pdata[i]));
  return copy;
}

void
lykta_activity_data_copy (LyktaActivityData *to, const LyktaActivityData *from)
{
  *to = *from;
  to->uid = g_strdup (from->uid);
  lykta_texts_ref (to->title);
  lykta_texts_ref (to->description);
  lykta_texts_ref (to->notes);
  lykta_texts_ref (to->price);
  to->categories = copy_strings (from->categories);
  to->spoken_languages = copy_strings (from->spoken_languages);
  to->co_organisers = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_organiser_unref);
  for (guint i = 0; i < from->co_organisers->len; i++)
    g_ptr_array_add (to->co_organisers, lykta_organiser_ref (from->co_organisers->pdata[i]));
  if (to->organiser != NULL)
    lykta_organiser_ref (to->organiser);
  if (to->place != NULL)
    lykta_place_ref (to->place);
  if (to->schedule != NULL)
    lykta_schedule_ref (to->schedule);
  to->online_url = g_strdup (from->online_url);
  to->url = g_strdup (from->url);
  to->booking_url = g_strdup (from->booking_url);
}

void
lykta_activity_data_clear (LyktaActivityData *data)
{
  g_clear_pointer (&data->uid, g_free);
  g_clear_pointer (&data->title, lykta_texts_unref);
  g_clear_pointer (&data->description, lykta_texts_unref);
  g_clear_pointer (&data->notes, lykta_texts_unref);
  g_clear_pointer (&data->price, lykta_texts_unref);
  g_clear_pointer (&data->categories, g_ptr_array_unref);
  g_clear_pointer (&data->co_organisers, g_ptr_array_unref);
  g_clear_pointer (&data->spoken_languages, g_ptr_array_unref);
  g_clear_pointer (&data->organiser, lykta_organiser_unref);
  g_clear_pointer (&data->place, lykta_place_unref);
  g_clear_pointer (&data->schedule, lykta_schedule_unref);
  g_clear_pointer (&data->online_url, g_free);
  g_clear_pointer (&data->url, g_free);
  g_clear_pointer (&data->booking_url, g_free);
}

static void
lykta_activity_finalize (GObject *object)
{
  LyktaActivity *self = LYKTA_ACTIVITY (object);

  lykta_activity_data_clear (&self->data);

  G_OBJECT_CLASS (lykta_activity_parent_class)->finalize (object);
}

static void
lykta_activity_class_init (LyktaActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_activity_finalize;
}

static void
lykta_activity_init (LyktaActivity *self)
{
}

LyktaActivity *
lykta_activity_new_take (LyktaActivityData *data)
{
  g_assert (data->uid != NULL && data->schedule != NULL);

  LyktaActivity *self = g_object_new (LYKTA_TYPE_ACTIVITY, NULL);
  self->data = *data;
  *data = (LyktaActivityData){0};
  return self;
}

const LyktaActivityData *
lykta_activity_get_data (LyktaActivity *self)
{
  return &self->data;
}

const char *
lykta_activity_get_uid (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.uid;
}

LyktaTexts *
lykta_activity_get_title (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.title;
}

LyktaTexts *
lykta_activity_get_description (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.description;
}

LyktaTexts *
lykta_activity_get_notes (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.notes;
}

LyktaTexts *
lykta_activity_get_price (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.price;
}

LyktaPurposes
lykta_activity_get_purposes (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_PURPOSE_NONE);

  return self->data.purposes;
}

LyktaPurposes
lykta_activity_get_primary_purpose (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_PURPOSE_NONE);

  return self->data.primary_purpose;
}

LyktaOrganiser *
lykta_activity_get_organiser (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.organiser;
}

LyktaPlace *
lykta_activity_get_place (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.place;
}

const char *
lykta_activity_get_online_url (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.online_url;
}

const char *
lykta_activity_get_url (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.url;
}

LyktaAttendance
lykta_activity_get_attendance (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_ATTENDANCE_UNKNOWN);

  return self->data.attendance;
}

LyktaSchedule *
lykta_activity_get_schedule (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.schedule;
}

LyktaStatus
lykta_activity_get_status (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_STATUS_SCHEDULED);

  return self->data.status;
}

int
lykta_activity_get_age_from (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), -1);

  return self->data.age_from;
}

int
lykta_activity_get_age_to (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), -1);

  return self->data.age_to;
}

LyktaAudience
lykta_activity_get_audience (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_AUDIENCE_UNKNOWN);

  return self->data.audience;
}

LyktaTristate
lykta_activity_get_childcare (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_TRISTATE_UNKNOWN);

  return self->data.childcare;
}

LyktaTristate
lykta_activity_get_children (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_TRISTATE_UNKNOWN);

  return self->data.children;
}

LyktaLevels
lykta_activity_get_levels (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_LEVEL_NONE);

  return self->data.levels;
}

LyktaTristate
lykta_activity_get_step_free (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_TRISTATE_UNKNOWN);

  return self->data.step_free;
}

LyktaTristate
lykta_activity_get_is_free (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_TRISTATE_UNKNOWN);

  return self->data.is_free;
}

LyktaBooking
lykta_activity_get_booking (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_BOOKING_UNKNOWN);

  return self->data.booking;
}

const char *
lykta_activity_get_booking_url (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return self->data.booking_url;
}

int
lykta_activity_get_capacity (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), -1);

  return self->data.capacity;
}

LyktaTristate
lykta_activity_get_is_tia (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_TRISTATE_UNKNOWN);

  return self->data.is_tia;
}

LyktaTristate
lykta_activity_get_offers_certificate (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), LYKTA_TRISTATE_UNKNOWN);

  return self->data.offers_certificate;
}

gint64
lykta_activity_get_last_modified (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), 0);

  return self->data.last_modified;
}

/* GLib keeps no terminator for an array that never held anything. */
static const char *const *
terminated (GPtrArray *strings)
{
  static const char *const nothing[] = {NULL};

  return strings->len > 0 ? (const char *const *)strings->pdata : nothing;
}

const char *const *
lykta_activity_get_categories (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return terminated (self->data.categories);
}

const char *const *
lykta_activity_get_spoken_languages (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);

  return terminated (self->data.spoken_languages);
}

guint
lykta_activity_get_n_co_organisers (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), 0);

  return self->data.co_organisers->len;
}

LyktaOrganiser *
lykta_activity_get_co_organiser (LyktaActivity *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), NULL);
  g_return_val_if_fail (index < self->data.co_organisers->len, NULL);

  return g_ptr_array_index (self->data.co_organisers, index);
}

gboolean
lykta_activity_is_compulsory_introduction (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), FALSE);

  return self->data.is_compulsory_introduction;
}

gboolean
lykta_activity_is_sample (LyktaActivity *self)
{
  g_return_val_if_fail (LYKTA_IS_ACTIVITY (self), FALSE);

  return self->data.is_sample;
}
