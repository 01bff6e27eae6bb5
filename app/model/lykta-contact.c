/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-contact.h"

struct _LyktaContact {
  char *name;
  char *phone;
  char *email;
  char *url;
};

G_DEFINE_BOXED_TYPE (LyktaContact, lykta_contact, lykta_contact_ref, lykta_contact_unref)

LyktaContact *
lykta_contact_ref (LyktaContact *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
contact_clear (LyktaContact *self)
{
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->url);
}

void
lykta_contact_unref (LyktaContact *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)contact_clear);
}

LyktaContact *
lykta_contact_new (const char *name, const char *phone, const char *email, const char *url)
{
  LyktaContact *self = g_atomic_rc_box_new0 (LyktaContact);

  self->name = g_strdup (name);
  self->phone = g_strdup (phone);
  self->email = g_strdup (email);
  self->url = g_strdup (url);
  return self;
}

const char *
lykta_contact_get_name (LyktaContact *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
lykta_contact_get_phone (LyktaContact *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->phone;
}

const char *
lykta_contact_get_email (LyktaContact *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->email;
}

const char *
lykta_contact_get_url (LyktaContact *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->url;
}

gboolean
lykta_contact_is_empty (LyktaContact *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->name == NULL && self->phone == NULL && self->email == NULL && self->url == NULL;
}
