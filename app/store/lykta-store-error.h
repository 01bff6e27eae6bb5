/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can go wrong with a database, as far as a caller can do something about it. */
typedef enum {
  LYKTA_STORE_ERROR_DAMAGED,   /* the file is not what we wrote: open the store anew */
  LYKTA_STORE_ERROR_FULL,      /* no room left, or the disk takes no more; what was there stays */
  LYKTA_STORE_ERROR_READ_ONLY, /* the folder or file cannot be written to; reading works */
  LYKTA_STORE_ERROR_BUSY,      /* another process writes just now: try again later */
  LYKTA_STORE_ERROR_NOT_FOUND, /* no such source, key or folder */
  LYKTA_STORE_ERROR_NEWER,     /* written by a later version of Lykta: left untouched */
  LYKTA_STORE_ERROR_FAILED,    /* anything else; the message says what */
} LyktaStoreError;

#define LYKTA_STORE_ERROR (lykta_store_error_quark ())
GQuark lykta_store_error_quark (void);

G_END_DECLS
