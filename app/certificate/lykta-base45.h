/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Base45 of RFC 9285: bytes in the 45 characters that a QR code holds most tightly. Pure functions,
 * any thread. */

/* (transfer full) */
char *lykta_base45_encode (gconstpointer data, gsize size);
/* The bytes of @text; NULL when it is not base45: another character, a length that cannot be, or a
 * group that stands for more than its bytes can hold. (transfer full) */
GBytes *lykta_base45_decode (const char *text);

G_END_DECLS
