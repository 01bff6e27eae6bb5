/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LYKTA_DIGEST_BYTES 16

/* A short fingerprint of bytes (BLAKE2b, 128 bits): equal for equal bytes, and nobody can make two
 * different ones equal in practice. Several times faster than SHA-256. Any thread. */
void lykta_digest (gconstpointer data, gsize size, guint8 digest[LYKTA_DIGEST_BYTES]);

G_END_DECLS
