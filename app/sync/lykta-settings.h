/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync/lykta-source-list.h"
#include "sync/lykta-sync-rules.h"

G_BEGIN_DECLS

#define LYKTA_SETTINGS_ERROR (lykta_settings_error_quark ())
GQuark lykta_settings_error_quark (void);

/* The message (English) names the key, and says what may stand there. */
typedef enum {
  LYKTA_SETTINGS_ERROR_UNKNOWN, /* no such key */
  LYKTA_SETTINGS_ERROR_INVALID, /* not a value that the key can have */
  LYKTA_SETTINGS_ERROR_LOCKED,  /* an administrator has decided it */
  LYKTA_SETTINGS_ERROR_FAILED,  /* it could not be written */
} LyktaSettingsError;

/* Who has decided a value. */
typedef enum {
  LYKTA_SETTING_DEFAULT, /* nobody */
  LYKTA_SETTING_MACHINE, /* an administrator, and a person may have it otherwise */
  LYKTA_SETTING_FOLDER,  /* somebody for this data folder, with lyktactl */
  LYKTA_SETTING_PERSON,  /* the person */
  LYKTA_SETTING_LOCKED,  /* an administrator, for good */
} LyktaSettingOrigin;
/* "default", "machine", "folder", "person", "locked". Static. */
const char *lykta_setting_origin_to_token (LyktaSettingOrigin origin);

#define LYKTA_TYPE_SETTINGS (lykta_settings_get_type ())
G_DECLARE_FINAL_TYPE (LyktaSettings, lykta_settings, LYKTA, SETTINGS, GObject)

/* What the owner of a machine has set: one truth for the program and for lyktactl, also where no
 * desktop keeps settings. GSettings (se.lykta.Lykta) counts first: what is locked there, then what
 * a person set there; then what lyktactl has put into the data folder; then the default of an
 * administrator, then our own. The keys of the data folder are those that decide how the calendar
 * is refreshed. Main thread. */

/* @gsettings (nullable): of our schema. @device (nullable). (transfer full) */
LyktaSettings *lykta_settings_new (GSettings *gsettings, LyktaDeviceStore *device);
/* Those of our schema, when it is installed. (transfer full) (nullable) */
GSettings *lykta_settings_find_gsettings (void);

/* Names of all keys, sorted. (transfer full) */
char **lykta_settings_list_keys (LyktaSettings *self);
/* The value that counts, as a person writes it; text without quotation marks. @origin may be NULL.
 * Errors: UNKNOWN. (transfer full) */
char *lykta_settings_get (LyktaSettings *self,
                          const char *key,
                          LyktaSettingOrigin *origin,
                          GError **error);
/* @text NULL: back to the default. What a person has set in GSettings is set there, all else in the
 * data folder, if the key can be kept there. An address is taken as it is: it must be normal
 * (lykta_source_address_normalise()). Errors: all; LYKTA_STORE_ERROR. */
gboolean
lykta_settings_set (LyktaSettings *self, const char *key, const char *text, GError **error);

/* What may be done by itself here. @is_kiosk: a machine whose line the operator pays. */
LyktaSyncRules lykta_settings_get_rules (LyktaSettings *self, gboolean is_kiosk);
/* Puts the address of the preset where the sync engine looks for it, when it was set in GSettings,
 * and takes it away when it is no longer. @cwd, @home: for a path. Errors: LYKTA_ADDRESS_ERROR,
 * LYKTA_STORE_ERROR. */
gboolean lykta_settings_apply_preset (
    LyktaSettings *self, LyktaSourceList *list, const char *cwd, const char *home, GError **error);

G_END_DECLS
