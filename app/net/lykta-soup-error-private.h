/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-soup-transfer-private.h"

G_BEGIN_DECLS

/* Which of our own rules ended a transfer. */
typedef enum {
  LYKTA_SOUP_STOP_NONE,
  LYKTA_SOUP_STOP_CANCELLED,
  LYKTA_SOUP_STOP_DEADLINE,
  LYKTA_SOUP_STOP_NO_ANSWER,
  LYKTA_SOUP_STOP_STALLED,
  LYKTA_SOUP_STOP_TOO_SLOW,
} LyktaSoupStop;

/* What is known about a transfer at the moment it fails. */
typedef struct {
  const LyktaSoupPatience *patience; /* (unowned) */
  char *address;                     /* (owned) (nullable) for people: without query */
  LyktaSoupStop stop;
  guint response_timeout; /* milliseconds that were waited for the headers */
  GTlsCertificateFlags certificate_flags;
  gboolean has_answered; /* the headers of a good answer were read */
  guint64 n_received;
} LyktaSoupTrouble;

/* One error of LYKTA_NET_ERROR for it; @foreign (nullable) is what libsoup said. (transfer full) */
GError *lykta_soup_trouble_to_error (const LyktaSoupTrouble *trouble, const GError *foreign);

/* https, or http to this machine; no user name or password. */
gboolean lykta_soup_may_fetch (GUri *uri);
/* The same, and http to any machine: for what is checked by a signature. */
gboolean lykta_soup_may_fetch_signed (GUri *uri);
gboolean lykta_soup_is_loopback (GUri *uri);
/* Without query and fragment, which may hold secrets. (transfer full) */
char *lykta_soup_describe_address (GUri *uri);

G_END_DECLS
