/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-card.h"

struct _LyktaCard {
  GObject parent_instance;

  LyktaCardFields fields; /* strings owned, but for the interned title_language */
};

G_DEFINE_FINAL_TYPE (LyktaCard, lykta_card, G_TYPE_OBJECT)

static void
lykta_card_finalize (GObject *object)
{
  LyktaCard *self = LYKTA_CARD (object);

  g_free ((char *)self->fields.uid);
  g_free ((char *)self->fields.source_id);
  g_free ((char *)self->fields.title);
  g_free ((char *)self->fields.second_title);
  g_free ((char *)self->fields.place);
  g_free ((char *)self->fields.town);
  g_free ((char *)self->fields.municipality_code);
  g_free ((char *)self->fields.organiser);

  G_OBJECT_CLASS (lykta_card_parent_class)->finalize (object);
}

static void
lykta_card_class_init (LyktaCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_card_finalize;
}

static void
lykta_card_init (LyktaCard *self)
{
}

LyktaCard *
lykta_card_new (const LyktaCardFields *fields)
{
  g_return_val_if_fail (fields != NULL, NULL);

  LyktaCard *self = g_object_new (LYKTA_TYPE_CARD, NULL);
  self->fields = *fields;
  self->fields.uid = g_strdup (fields->uid);
  self->fields.source_id = g_strdup (fields->source_id);
  self->fields.title = g_strdup (fields->title != NULL ? fields->title : "");
  self->fields.title_language = g_intern_string (fields->title_language);
  self->fields.second_title = g_strdup (fields->second_title);
  self->fields.place = g_strdup (fields->place);
  self->fields.town = g_strdup (fields->town);
  self->fields.municipality_code = g_strdup (fields->municipality_code);
  self->fields.organiser = g_strdup (fields->organiser);
  return self;
}

const LyktaCardFields *
lykta_card_get_fields (LyktaCard *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD (self), NULL);

  return &self->fields;
}
