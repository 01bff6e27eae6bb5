/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "net/lykta-fetch-login.h"

G_BEGIN_DECLS

/* Adds what the server of @message is known to want; nothing at another server. */
void lykta_fetch_login_authorize (LyktaFetchLogin *self, SoupMessage *message);
/* After a 401: TRUE when asking once more, authorized, makes sense. */
gboolean lykta_fetch_login_take_challenge (LyktaFetchLogin *self, SoupMessage *message);

G_END_DECLS
