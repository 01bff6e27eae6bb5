/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who one is at the servers of sources: a file "passwords" beside device.db, which only its owner
 * may read and which is replaced as a whole. Nothing of it is ever part of a message. */

/* Keeps @user and @password for the server address @address (as for fetching) in the place of what
 * was kept for it; @user NULL forgets. Errors: G_IO_ERROR, LYKTA_NET_ERROR_LOGIN. Any thread. */
gboolean lykta_source_passwords_set (const char *device_path,
                                     const char *address,
                                     const char *user,
                                     const char *password,
                                     GError **error);
/* Both NULL, without error, when nothing is kept. (out) (transfer full) (nullable)
 * Errors: LYKTA_NET_ERROR_LOGIN when others may read the file, or it cannot be read. Any thread. */
gboolean lykta_source_passwords_get (
    const char *device_path, const char *address, char **user, char **password, GError **error);

G_END_DECLS
