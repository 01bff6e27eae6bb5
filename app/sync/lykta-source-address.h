/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

#define LYKTA_ADDRESS_ERROR (lykta_address_error_quark ())
GQuark lykta_address_error_quark (void);

/* What is wrong with an address that somebody typed; the message (English) says what to write
 * instead. */
typedef enum {
  LYKTA_ADDRESS_ERROR_EMPTY,
  LYKTA_ADDRESS_ERROR_INVALID,     /* cannot be read as an address or path */
  LYKTA_ADDRESS_ERROR_NOT_SECURE,  /* http: to another machine */
  LYKTA_ADDRESS_ERROR_SCHEME,      /* ftp:, mailto: … */
  LYKTA_ADDRESS_ERROR_CREDENTIALS, /* a user name or password inside the address */
} LyktaAddressError;

/* Makes of what a person may write the one form that is stored: an https: address (also from
 * webcal:), http: to this machine, or a file: address (from an absolute or relative path, "~/…", or
 * file:). A folder is an address like a file. "{lang}" stays as it is written. Pure: looks at no
 * disk and no network.
 * @cwd: absolute, for relative paths. @home: absolute, for "~". (transfer full) */
char *lykta_source_address_normalise (const char *text,
                                      const char *cwd,
                                      const char *home,
                                      GError **error);
/* TRUE when "{lang}" in @address stands for the languages that are wanted. Any thread. */
gboolean lykta_source_address_has_language (const char *address);
/* @address with the tag that feeds use for @language in all places of "{lang}". (transfer full) */
char *lykta_source_address_for_language (const char *address, const char *language);
/* The address of a Lykta feed ends in "#" and the key (lykta_verifying_key_to_string()) whose
 * signature is believed; normalising keeps it, and then takes http: to any machine. NULL when there
 * is none. (transfer full) (nullable)
 */
LyktaVerifyingKey *lykta_source_address_get_key (const char *address);
/* (transfer full) */
char *lykta_source_address_without_key (const char *address);
/* The address of a CalDAV server begins with "caldav+" and may end in "#" and the name of one of
 * its calendars, percent-encoded. The plain address without both, for fetching; NULL when @address
 * is not of that kind. @calendar (out) (transfer full) (nullable): the name. (transfer full)
 * (nullable)
 */
char *lykta_source_address_get_dav (const char *address, char **calendar);
/* file: and "sample:": reading them costs nobody a byte of network. Any thread. */
gboolean lykta_source_address_is_local (const char *address);
/* file:, "sample:" and addresses of this machine: reachable without any network. Any thread. */
gboolean lykta_source_address_is_offline (const char *address);

G_END_DECLS
