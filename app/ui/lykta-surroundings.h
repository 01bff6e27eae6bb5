/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lykta-data-use.h"
#include "session/lykta-session.h"
#include "store/lykta-content-store.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_SURROUNDINGS (lykta_surroundings_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSurroundings, lykta_surroundings, LYKTA, SURROUNDINGS, GObject)

/* What the pages are given to work with: the session, the store that the page about the data reads,
 * and what the owner of this machine has set. Immutable after construction. Main thread.
 *
 * Properties (construct-only): "session" (LyktaSession), "store" (LyktaContentStore, nullable: no
 * list of sources), "languages" (GStrv of canonical tags that are offered, in order), "radius"
 * (double, kilometres that "near" means), "site-name" (string, nullable), "locale-dir" (string,
 * nullable), "data-use" (LyktaDataUse, nullable: nothing is said about mobile data), "device"
 * (LyktaDeviceStore, nullable: there are no notes), "settings"
 * (GSettings, nullable). */
LyktaSession *lykta_surroundings_get_session (LyktaSurroundings *self);
LyktaContentStore *lykta_surroundings_get_store (LyktaSurroundings *self);
const char *const *lykta_surroundings_get_languages (LyktaSurroundings *self);
double lykta_surroundings_get_radius (LyktaSurroundings *self);
const char *lykta_surroundings_get_site_name (LyktaSurroundings *self);
const char *lykta_surroundings_get_locale_dir (LyktaSurroundings *self);
LyktaDeviceStore *lykta_surroundings_get_device (LyktaSurroundings *self);
LyktaDataUse *lykta_surroundings_get_data_use (LyktaSurroundings *self);
GSettings *lykta_surroundings_get_settings (LyktaSurroundings *self);

G_END_DECLS
