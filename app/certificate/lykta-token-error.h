/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why signed data of a certificate (its token, a trust list, a status list) cannot be used. */
typedef enum {
  LYKTA_TOKEN_ERROR_NOT_A_TOKEN,     /* something else altogether */
  LYKTA_TOKEN_ERROR_DAMAGED,         /* begins like one of ours, but is cut or garbled */
  LYKTA_TOKEN_ERROR_TOO_LARGE,       /* bigger than any of ours can be */
  LYKTA_TOKEN_ERROR_UNKNOWN_VERSION, /* made by a later version of the format */
  LYKTA_TOKEN_ERROR_BAD_SIGNATURE,   /* altered after signing, or never signed with that key */
  LYKTA_TOKEN_ERROR_INVALID,         /* well signed, but what it says cannot be */
} LyktaTokenError;
#define LYKTA_TOKEN_ERROR (lykta_token_error_quark ())
GQuark lykta_token_error_quark (void);

G_END_DECLS
