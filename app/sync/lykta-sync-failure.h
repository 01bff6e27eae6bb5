/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a source could not be refreshed, as far as it matters to a person: ui and tool have one
 * translated sentence for each. LyktaSourceState.failure holds the token. */
typedef enum {
  LYKTA_SYNC_FAILURE_NONE,
  LYKTA_SYNC_FAILURE_OFFLINE,         /* "offline": this machine has no network */
  LYKTA_SYNC_FAILURE_UNREACHABLE,     /* "unreachable": nobody answers at that address */
  LYKTA_SYNC_FAILURE_TIMEOUT,         /* "timeout": connected, but no answer in time */
  LYKTA_SYNC_FAILURE_TOO_SLOW,        /* "too-slow" */
  LYKTA_SYNC_FAILURE_TLS,             /* "certificate": the connection is not secure */
  LYKTA_SYNC_FAILURE_LOGIN,           /* "login": wants another user name and password */
  LYKTA_SYNC_FAILURE_HTTP_STATUS,     /* "http-status": the server answered with an error */
  LYKTA_SYNC_FAILURE_NOT_FOUND,       /* "not-found": the address or file does not exist */
  LYKTA_SYNC_FAILURE_TRUNCATED,       /* "truncated": the calendar arrived incomplete */
  LYKTA_SYNC_FAILURE_TOO_LARGE,       /* "too-large" */
  LYKTA_SYNC_FAILURE_REDIRECT,        /* "redirect": sent in a circle or to an unsafe place */
  LYKTA_SYNC_FAILURE_REFUSED_ADDRESS, /* "refused-address": not https, not a file */
  LYKTA_SYNC_FAILURE_NOT_A_CALENDAR,  /* "not-a-calendar": a web page or something else */
  LYKTA_SYNC_FAILURE_UNREADABLE,      /* "unreadable": a calendar beyond the limits or broken */
  LYKTA_SYNC_FAILURE_COST,            /* "costs-more": there is news, too dear without asking */
  LYKTA_SYNC_FAILURE_WOULD_VANISH,    /* "would-vanish": held back, much would disappear */
  LYKTA_SYNC_FAILURE_SIGNATURE,       /* "signature": not signed by whom we trust */
  LYKTA_SYNC_FAILURE_NO_KEY,          /* "no-key": a signed feed, and nobody said whose */
  LYKTA_SYNC_FAILURE_ALTERED,         /* "altered": a part of a signed feed is not what it was */
  LYKTA_SYNC_FAILURE_ROLLBACK,        /* "rollback": older than what was accepted before */
  LYKTA_SYNC_FAILURE_EXPIRED,         /* "expired": read, but the publisher has fallen silent */
  LYKTA_SYNC_FAILURE_TOO_NEW,         /* "too-new": of a later version of Lykta */
  LYKTA_SYNC_FAILURE_DISK_FULL,       /* "disk-full" */
  LYKTA_SYNC_FAILURE_READ_ONLY,       /* "read-only": nothing can be written here */
  LYKTA_SYNC_FAILURE_STORAGE,         /* "storage": the store or the disk fails otherwise */
  LYKTA_SYNC_FAILURE_CANCELLED,       /* "cancelled": not an error to show */
} LyktaSyncFailure;

/* Stable lower-case token; NULL for NONE. Static, any thread. */
const char *lykta_sync_failure_to_token (LyktaSyncFailure failure);
/* NULL and unknown words: NONE and STORAGE. Any thread. */
LyktaSyncFailure lykta_sync_failure_from_token (const char *token);
/* What an error of net, feed, store or the disk means here. Any thread. */
LyktaSyncFailure lykta_sync_failure_from_error (const GError *error);

G_END_DECLS
