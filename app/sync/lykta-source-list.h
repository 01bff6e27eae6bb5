/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "model/lykta-source.h"
#include "store/lykta-device-store.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SOURCE_LIST (lykta_source_list_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSourceList, lykta_source_list, LYKTA, SOURCE_LIST, GObject)

/* Which sources this machine has been told of: the preset "Aktiviteter i Sverige", whose address
 * is empty until somebody sets it (no public interface of that calendar is known), any number of
 * other addresses, and the built-in sample while none of them has ever been read. Kept in
 * device.db. One thread at a time. */

/* @device (nullable): NULL remembers nothing, for a run on a read-only disk. (transfer full) */
LyktaSourceList *lykta_source_list_new (LyktaDeviceStore *device);

/* Replaces all sources but the preset by @addresses (already normalised, NULL-terminated, may be
 * empty). Doubles are taken once.
 * Errors: LYKTA_STORE_ERROR. */
gboolean lykta_source_list_set_addresses (LyktaSourceList *self,
                                          const char *const *addresses,
                                          GError **error);
/* The same, all in @format. */
gboolean lykta_source_list_set_sources (LyktaSourceList *self,
                                        const char *const *addresses,
                                        LyktaFormat format,
                                        GError **error);
/* Which languages an address with "{lang}" is asked for, and a Lykta feed, the first one counting
 * most: canonical tags; NULL or none is Swedish, English and Arabic. Errors: LYKTA_STORE_ERROR. */
gboolean lykta_source_list_set_languages (LyktaSourceList *self,
                                          const char *const *languages,
                                          GError **error);
/* Never empty. (transfer full) */
char **lykta_source_list_get_languages (LyktaSourceList *self);
/* The county (SCB, two digits) of which a first refresh shall bring something first; NULL:
 * anywhere. Errors: LYKTA_STORE_ERROR. */
gboolean lykta_source_list_set_county (LyktaSourceList *self, const char *county, GError **error);
/* (transfer full) (nullable) */
char *lykta_source_list_get_county (LyktaSourceList *self);
/* Whether what travels along with Lykta feeds (trust lists, status lists) is fetched, too: on
 * machines that check certificates. Errors: LYKTA_STORE_ERROR. */
gboolean lykta_source_list_set_wants_attachments (LyktaSourceList *self,
                                                  gboolean wants_attachments,
                                                  GError **error);
gboolean lykta_source_list_get_wants_attachments (LyktaSourceList *self);
/* @address (normalised; NULL empties it). Errors: LYKTA_STORE_ERROR. */
gboolean lykta_source_list_set_preset (LyktaSourceList *self,
                                       const char *address,
                                       LyktaFormat format,
                                       GError **error);
/* NULL without error while it is empty. (transfer full) */
LyktaSource *lykta_source_list_get_preset (LyktaSourceList *self, GError **error);
/* What has been configured, preset first; may be empty. (transfer full) (element-type LyktaSource)
 */
GPtrArray *lykta_source_list_get_configured (LyktaSourceList *self, GError **error);
/* What belongs in the calendar: the configured sources, and the sample unless @has_real_content
 * tells that one of them has been read. (transfer full) (element-type LyktaSource) */
GPtrArray *
lykta_source_list_get_active (LyktaSourceList *self, gboolean has_real_content, GError **error);
/* The built-in sample. (transfer full) */
LyktaSource *lykta_source_list_new_sample (void);

G_END_DECLS
