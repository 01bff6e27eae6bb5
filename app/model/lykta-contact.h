/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How to reach somebody; every field may be NULL. Immutable, reference-counted, any thread. */
typedef struct _LyktaContact LyktaContact;
#define LYKTA_TYPE_CONTACT (lykta_contact_get_type ())
GType lykta_contact_get_type (void);
LyktaContact *
lykta_contact_new (const char *name, const char *phone, const char *email, const char *url);
LyktaContact *lykta_contact_ref (LyktaContact *self);
void lykta_contact_unref (LyktaContact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaContact, lykta_contact_unref)
const char *lykta_contact_get_name (LyktaContact *self);
const char *lykta_contact_get_phone (LyktaContact *self);
const char *lykta_contact_get_email (LyktaContact *self);
const char *lykta_contact_get_url (LyktaContact *self);
gboolean lykta_contact_is_empty (LyktaContact *self);

G_END_DECLS
