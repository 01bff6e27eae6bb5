/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who one is at one server, and what that server was seen to ask for: Digest where it offers it,
 * Basic otherwise. Nothing is sent before the server has asked, and never to another server
 * (scheme, host and port), whatever it redirects to. Borrowed by one fetch at a time; the password
 * is never part of a message, an address or a log line. */
typedef struct _LyktaFetchLogin LyktaFetchLogin;

/* @address: any address at the server, as for fetching. NULL when it is none. (transfer full)
 * (nullable) */
LyktaFetchLogin *
lykta_fetch_login_new (const char *address, const char *user, const char *password);
void lykta_fetch_login_free (LyktaFetchLogin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFetchLogin, lykta_fetch_login_free)
/* The server asked for Basic the last time: from now on it need not ask again, which spares a
 * request. */
void lykta_fetch_login_expect_basic (LyktaFetchLogin *self);
/* Whether Basic is what it asked for, and took. */
gboolean lykta_fetch_login_is_basic (LyktaFetchLogin *self);

G_END_DECLS
