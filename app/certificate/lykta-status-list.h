/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "certificate/lykta-certificate-claims.h"
#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* Which certificates of one desk are revoked: a bit for each place, compressed and signed with the
 * desk's own key, so that any carrier will do. 100,000 places are 12.5 kB before compression.
 * CERTIFICATE-TOKEN.md. Immutable, reference-counted, any thread. */
typedef struct _LyktaStatusList LyktaStatusList;
#define LYKTA_TYPE_STATUS_LIST (lykta_status_list_get_type ())
GType lykta_status_list_get_type (void);
LyktaStatusList *lykta_status_list_ref (LyktaStatusList *self);
void lykta_status_list_unref (LyktaStatusList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaStatusList, lykta_status_list_unref)

/* A list with room for @n_places, those of @revoked (places in any order) set. @made_at: Unix
 * seconds; @sequence rises with every list of the desk. (transfer full) */
GBytes *lykta_status_list_sign (const gint32 *revoked,
                                gsize n_revoked,
                                guint32 n_places,
                                gint64 made_at,
                                guint64 sequence,
                                LyktaSigningKey *key);
/* Errors: LYKTA_TOKEN_ERROR. (transfer full) */
LyktaStatusList *lykta_status_list_read (GBytes *data, GError **error);

/* Whose certificates it is about. Borrowed. */
LyktaVerifyingKey *lykta_status_list_get_key (LyktaStatusList *self);
/* Unix seconds. */
gint64 lykta_status_list_get_made_at (LyktaStatusList *self);
guint64 lykta_status_list_get_sequence (LyktaStatusList *self);
guint32 lykta_status_list_get_n_places (LyktaStatusList *self);
/* FALSE for a place that the list does not have yet. */
gboolean lykta_status_list_is_revoked (LyktaStatusList *self, gint32 index);

G_END_DECLS
