/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "base/lykta-civil-time.h"
#include "certificate/lykta-token-error.h"
#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* A desk whose key the publisher of a feed vouches for. Immutable value; strings belong to the
 * list or builder that holds it. */
typedef struct {
  guint8 key[LYKTA_PUBLIC_KEY_BYTES];
  const char *name;   /* the organiser, as the publisher knows it */
  const char *county; /* county code of SCB, two digits; "" when not bound to one */
  LyktaDate from;     /* certificates issued on these days are vouched for, both inclusive */
  LyktaDate to;
} LyktaTrustedDesk;

/* The desks that the publisher of a calendar vouches for, signed with the key of its feed:
 * CERTIFICATE-TOKEN.md. Immutable, reference-counted, any thread; getters borrow. */
typedef struct _LyktaTrustList LyktaTrustList;
#define LYKTA_TYPE_TRUST_LIST (lykta_trust_list_get_type ())
GType lykta_trust_list_get_type (void);
LyktaTrustList *lykta_trust_list_ref (LyktaTrustList *self);
void lykta_trust_list_unref (LyktaTrustList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaTrustList, lykta_trust_list_unref)

/* Desks that a list can have. */
#define LYKTA_TRUST_LIST_MAX_DESKS 10000

/* @publisher: the name that checkers see after "confirmed by". @made_at, @expires_at: Unix seconds.
 * @sequence rises with every list. (transfer full) */
GBytes *lykta_trust_list_sign (const LyktaTrustedDesk *desks,
                               gsize n_desks,
                               const char *publisher,
                               gint64 made_at,
                               gint64 expires_at,
                               guint64 sequence,
                               LyktaSigningKey *key);
/* @publisher_key: the key of the feed that carried it, the only one that may have signed:
 * BAD_SIGNATURE otherwise. Errors: LYKTA_TOKEN_ERROR. (transfer full) */
LyktaTrustList *
lykta_trust_list_read (GBytes *data, LyktaVerifyingKey *publisher_key, GError **error);

const char *lykta_trust_list_get_publisher (LyktaTrustList *self);
gint64 lykta_trust_list_get_made_at (LyktaTrustList *self);
gint64 lykta_trust_list_get_expires_at (LyktaTrustList *self);
guint64 lykta_trust_list_get_sequence (LyktaTrustList *self);
gsize lykta_trust_list_get_n_desks (LyktaTrustList *self);
const LyktaTrustedDesk *lykta_trust_list_get_desk (LyktaTrustList *self, gsize index);
/* The entry of @key that covers a certificate issued on @day; NULL when none does. */
const LyktaTrustedDesk *
lykta_trust_list_find (LyktaTrustList *self, LyktaVerifyingKey *key, LyktaDate day);

G_END_DECLS
