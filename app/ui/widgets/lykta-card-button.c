/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-card-button.h"

#include <math.h>

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-sentences.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-card-face.h"

#define LEFT_TO_RIGHT_MARK "\xE2\x80\x8E"
#define RIGHT_TO_LEFT_MARK "\xE2\x80\x8F"

struct _LyktaCardButton {
  GtkButton parent_instance;

  /* borrowed */
  LyktaCardFace *face;

  /* owned */
  LyktaCard *card; /* (nullable) */
};

enum {
  SIGNAL_OPENED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LyktaCardButton, lykta_card_button, GTK_TYPE_BUTTON)

static char *
where_text (const LyktaCardFields *fields, const char *language)
{
  g_autofree char *place = NULL;
  g_autofree char *distance = NULL;
  g_autofree char *isolated = NULL;
  g_autofree char *text = NULL;

  if (fields->place != NULL && fields->town != NULL && !g_str_equal (fields->place, fields->town))
    place = g_strconcat (fields->place, ", ", fields->town, NULL);
  else
    place = g_strdup (fields->place != NULL ? fields->place : fields->town);
  if (place == NULL) {
    if (fields->occurrence.attendance == LYKTA_ATTENDANCE_ONLINE)
      /* Translators: where something is: on the net, one takes part from home. */
      return g_strdup (C_ ("place", "Online"));
    return NULL;
  }
  isolated = lykta_isolate (place);
  if (isnan (fields->distance_km))
    return g_steal_pointer (&isolated);
  distance = lykta_format_distance (language, fields->distance_km);
  /* Translators: %1$s is a place, %2$s how far away it is (“Library, Umeå · 3.5 km”). */
  text = g_strdup_printf (_ ("%1$s · %2$s"), isolated, distance);
  /* The name of the place must not decide on which side of it the distance stands. */
  return g_strconcat (lykta_language_is_rtl (language) ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK,
                      text, NULL);
}

static void
add_word (GString *name, const char *word)
{
  if (word == NULL || *word == '\0')
    return;
  if (name->len > 0)
    g_string_append (name, ", ");
  g_string_append (name, word);
}

static void
add_badge (LyktaCardButton *self,
           GString *name,
           const char *icon,
           const char *word,
           const char *style,
           gboolean is_first)
{
  lykta_card_face_add_badge (self->face, icon, word, style, is_first);
  add_word (name, word);
}

static void
add_badges (LyktaCardButton *self, const LyktaCardFields *fields, GString *name)
{
  LyktaLook purpose = lykta_look_of_purpose (fields->primary_purpose);
  LyktaLook audience = lykta_look_of_audience (fields->occurrence.audience);
  LyktaAttendance attendance = fields->occurrence.attendance;

  add_badge (self, name, purpose.icon, purpose.word, purpose.style, TRUE);
  if (audience.word != NULL)
    add_badge (self, name, audience.icon, audience.word, "other", FALSE);
  if (fields->childcare == LYKTA_TRISTATE_YES)
    /* Translators: small children are looked after meanwhile. */
    add_badge (self, name, "baby-carriage", C_ ("badge", "Childcare"), "family", FALSE);
  if (attendance == LYKTA_ATTENDANCE_ONLINE || attendance == LYKTA_ATTENDANCE_MIXED)
    /* Translators: one can take part from home, on the net. */
    add_badge (self, name, "device-laptop", C_ ("badge", "Online"), "online", FALSE);
  if (fields->offers_certificate)
    /* Translators: the organiser can give a certificate of participation. */
    add_badge (self, name, "certificate", C_ ("badge", "Certificate"), "other", FALSE);
}

/* The time, and behind it what is out of the ordinary: cancelled, moved, in another language. */
static void
show_time (LyktaCardButton *self,
           const LyktaCardFields *fields,
           const char *when,
           const char *language)
{
  LyktaStatus status = fields->occurrence.status;
  LyktaLook look = lykta_look_of_date (&fields->occurrence);
  const char *style = status == LYKTA_STATUS_CANCELLED ? "alarm" : "moved";

  lykta_card_face_add_text (self->face, LYKTA_CARD_LINE_WHEN, NULL, when,
                            status == LYKTA_STATUS_CANCELLED);
  if (look.word != NULL)
    lykta_card_face_add_badge (self->face, look.icon, look.word, style, FALSE);
  if (fields->title_language != NULL && !g_str_equal (fields->title_language, language))
    lykta_card_face_add_badge (self->face, "language",
                               lykta_language_endonym (fields->title_language), "outline", FALSE);
}

static void
lykta_card_button_clicked (GtkButton *button)
{
  LyktaCardButton *self = LYKTA_CARD_BUTTON (button);

  if (self->card != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, self->card);
}

static void
lykta_card_button_dispose (GObject *object)
{
  LyktaCardButton *self = LYKTA_CARD_BUTTON (object);

  g_clear_object (&self->card);
  gtk_button_set_child (GTK_BUTTON (self), NULL);
  G_OBJECT_CLASS (lykta_card_button_parent_class)->dispose (object);
}

static void
lykta_card_button_class_init (LyktaCardButtonClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_card_button_dispose;
  GTK_BUTTON_CLASS (class)->clicked = lykta_card_button_clicked;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", LYKTA_TYPE_CARD_BUTTON, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, LYKTA_TYPE_CARD);
}

static void
lykta_card_button_init (LyktaCardButton *self)
{
  self->face = LYKTA_CARD_FACE (lykta_card_face_new ());
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->face));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
}

GtkWidget *
lykta_card_button_new (void)
{
  return g_object_new (LYKTA_TYPE_CARD_BUTTON, NULL);
}

void
lykta_card_button_set_card (LyktaCardButton *self,
                            LyktaCard *card,
                            const char *language,
                            LyktaDate today,
                            gboolean with_day)
{
  const LyktaCardFields *fields;
  gboolean is_cancelled;
  g_autofree char *when = NULL;
  g_autofree char *where = NULL;
  g_autoptr (GString) name = g_string_new (NULL);

  g_return_if_fail (LYKTA_IS_CARD_BUTTON (self));
  g_return_if_fail (card == NULL || LYKTA_IS_CARD (card));
  g_return_if_fail (language != NULL);

  g_set_object (&self->card, card);
  lykta_card_face_clear (self->face);
  if (card == NULL)
    return;
  fields = lykta_card_get_fields (card);
  is_cancelled = fields->occurrence.status == LYKTA_STATUS_CANCELLED;
  when = lykta_sentence_when (language, &fields->occurrence, today, with_day);
  where = where_text (fields, language);

  /* What is gone has the colour of nothing. */
  lykta_card_face_set_edge (
      self->face,
      fields->occurrence.is_gone ? "other" : lykta_look_of_purpose (fields->primary_purpose).style);
  show_time (self, fields, when, language);
  lykta_card_face_add_text (self->face, LYKTA_CARD_LINE_TITLE, NULL, fields->title, is_cancelled);
  if (fields->second_title != NULL)
    lykta_card_face_add_text (self->face, LYKTA_CARD_LINE_SECOND, "language", fields->second_title,
                              is_cancelled);
  if (where != NULL)
    lykta_card_face_add_text (self->face, LYKTA_CARD_LINE_WHERE, "map-pin", where, FALSE);
  add_word (name, lykta_look_of_date (&fields->occurrence).word);
  add_word (name, fields->title);
  add_word (name, fields->second_title);
  add_word (name, when);
  add_word (name, where);
  add_badges (self, fields, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

LyktaCard *
lykta_card_button_get_card (LyktaCardButton *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD_BUTTON (self), NULL);
  return self->card;
}
