/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LYKTA_NET_ERROR (lykta_net_error_quark ())
GQuark lykta_net_error_quark (void);

/* Why something could not be fetched. The message is an English sentence for the operator that
 * names the address, the status or the certificate's fault. */
typedef enum {
  LYKTA_NET_ERROR_OFFLINE,         /* this machine has no network */
  LYKTA_NET_ERROR_UNREACHABLE,     /* no such name, refused, closed without an answer */
  LYKTA_NET_ERROR_TIMEOUT,         /* no answer, or the whole took too long */
  LYKTA_NET_ERROR_TOO_SLOW,        /* bytes came, but below the least rate */
  LYKTA_NET_ERROR_TLS,             /* certificate: expired, unknown authority, wrong name … */
  LYKTA_NET_ERROR_STATUS,          /* an HTTP status that is neither success nor "not there" */
  LYKTA_NET_ERROR_NOT_FOUND,       /* 404, 410; a file or folder that is not there */
  LYKTA_NET_ERROR_TRUNCATED,       /* the body ended early or was damaged on the way */
  LYKTA_NET_ERROR_TOO_LARGE,       /* more decoded bytes than allowed */
  LYKTA_NET_ERROR_REDIRECT,        /* too many, in a circle, or to a place that is not allowed */
  LYKTA_NET_ERROR_REFUSED_ADDRESS, /* not https, not http to this machine, not a plain file */
  LYKTA_NET_ERROR_WRONG_TYPE,      /* a web page, as from a captive portal; an unknown coding */
  LYKTA_NET_ERROR_LOGIN,           /* 401: wants a user name and password, or other ones */
  LYKTA_NET_ERROR_COSTLY,          /* more bytes on the wire than may be spent */
  LYKTA_NET_ERROR_CANCELLED,
} LyktaNetError;

G_END_DECLS
