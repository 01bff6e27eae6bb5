/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-trust"

#include "trust/lykta-digest.h"

#include <sodium.h>

G_STATIC_ASSERT (LYKTA_DIGEST_BYTES == crypto_generichash_BYTES_MIN);

void
lykta_digest (gconstpointer data, gsize size, guint8 digest[LYKTA_DIGEST_BYTES])
{
  if (sodium_init () < 0)
    g_error ("libsodium cannot be started");
  crypto_generichash (digest, LYKTA_DIGEST_BYTES, data, size, NULL, 0);
}
