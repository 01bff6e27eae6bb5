/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-failure.h"

#include <gio/gio.h>

#include "feed/lykta-feed-index.h"
#include "feed/lykta-feed.h"
#include "net/lykta-net-error.h"
#include "store/lykta-store-error.h"

static const char *const tokens[] = {
    [LYKTA_SYNC_FAILURE_NONE] = NULL,
    [LYKTA_SYNC_FAILURE_OFFLINE] = "offline",
    [LYKTA_SYNC_FAILURE_UNREACHABLE] = "unreachable",
    [LYKTA_SYNC_FAILURE_TIMEOUT] = "timeout",
    [LYKTA_SYNC_FAILURE_TOO_SLOW] = "too-slow",
    [LYKTA_SYNC_FAILURE_TLS] = "certificate",
    [LYKTA_SYNC_FAILURE_LOGIN] = "login",
    [LYKTA_SYNC_FAILURE_HTTP_STATUS] = "http-status",
    [LYKTA_SYNC_FAILURE_NOT_FOUND] = "not-found",
    [LYKTA_SYNC_FAILURE_TRUNCATED] = "truncated",
    [LYKTA_SYNC_FAILURE_TOO_LARGE] = "too-large",
    [LYKTA_SYNC_FAILURE_REDIRECT] = "redirect",
    [LYKTA_SYNC_FAILURE_REFUSED_ADDRESS] = "refused-address",
    [LYKTA_SYNC_FAILURE_NOT_A_CALENDAR] = "not-a-calendar",
    [LYKTA_SYNC_FAILURE_UNREADABLE] = "unreadable",
    [LYKTA_SYNC_FAILURE_COST] = "costs-more",
    [LYKTA_SYNC_FAILURE_WOULD_VANISH] = "would-vanish",
    [LYKTA_SYNC_FAILURE_SIGNATURE] = "signature",
    [LYKTA_SYNC_FAILURE_NO_KEY] = "no-key",
    [LYKTA_SYNC_FAILURE_ALTERED] = "altered",
    [LYKTA_SYNC_FAILURE_ROLLBACK] = "rollback",
    [LYKTA_SYNC_FAILURE_EXPIRED] = "expired",
    [LYKTA_SYNC_FAILURE_TOO_NEW] = "too-new",
    [LYKTA_SYNC_FAILURE_DISK_FULL] = "disk-full",
    [LYKTA_SYNC_FAILURE_READ_ONLY] = "read-only",
    [LYKTA_SYNC_FAILURE_STORAGE] = "storage",
    [LYKTA_SYNC_FAILURE_CANCELLED] = "cancelled",
};

const char *
lykta_sync_failure_to_token (LyktaSyncFailure failure)
{
  g_return_val_if_fail ((gsize)failure < G_N_ELEMENTS (tokens), NULL);

  return tokens[failure];
}

LyktaSyncFailure
lykta_sync_failure_from_token (const char *token)
{
  if (token == NULL)
    return LYKTA_SYNC_FAILURE_NONE;
  for (gsize i = 1; i < G_N_ELEMENTS (tokens); i++)
    if (g_str_equal (tokens[i], token))
      return (LyktaSyncFailure)i;
  return LYKTA_SYNC_FAILURE_STORAGE;
}

static LyktaSyncFailure
failure_of_net (int code)
{
  switch ((LyktaNetError)code) {
  case LYKTA_NET_ERROR_OFFLINE:
    return LYKTA_SYNC_FAILURE_OFFLINE;
  case LYKTA_NET_ERROR_UNREACHABLE:
    return LYKTA_SYNC_FAILURE_UNREACHABLE;
  case LYKTA_NET_ERROR_TIMEOUT:
    return LYKTA_SYNC_FAILURE_TIMEOUT;
  case LYKTA_NET_ERROR_TOO_SLOW:
    return LYKTA_SYNC_FAILURE_TOO_SLOW;
  case LYKTA_NET_ERROR_TLS:
    return LYKTA_SYNC_FAILURE_TLS;
  case LYKTA_NET_ERROR_LOGIN:
    return LYKTA_SYNC_FAILURE_LOGIN;
  case LYKTA_NET_ERROR_STATUS:
    return LYKTA_SYNC_FAILURE_HTTP_STATUS;
  case LYKTA_NET_ERROR_NOT_FOUND:
    return LYKTA_SYNC_FAILURE_NOT_FOUND;
  case LYKTA_NET_ERROR_TRUNCATED:
    return LYKTA_SYNC_FAILURE_TRUNCATED;
  case LYKTA_NET_ERROR_TOO_LARGE:
    return LYKTA_SYNC_FAILURE_TOO_LARGE;
  case LYKTA_NET_ERROR_REDIRECT:
    return LYKTA_SYNC_FAILURE_REDIRECT;
  case LYKTA_NET_ERROR_REFUSED_ADDRESS:
    return LYKTA_SYNC_FAILURE_REFUSED_ADDRESS;
  case LYKTA_NET_ERROR_WRONG_TYPE:
    return LYKTA_SYNC_FAILURE_NOT_A_CALENDAR;
  case LYKTA_NET_ERROR_COSTLY:
    return LYKTA_SYNC_FAILURE_COST;
  case LYKTA_NET_ERROR_CANCELLED:
    return LYKTA_SYNC_FAILURE_CANCELLED;
  default:
    return LYKTA_SYNC_FAILURE_UNREACHABLE;
  }
}

static LyktaSyncFailure
failure_of_feed (int code)
{
  switch ((LyktaFeedError)code) {
  case LYKTA_FEED_ERROR_NOT_A_CALENDAR:
    return LYKTA_SYNC_FAILURE_NOT_A_CALENDAR;
  case LYKTA_FEED_ERROR_TRUNCATED:
    return LYKTA_SYNC_FAILURE_TRUNCATED;
  case LYKTA_FEED_ERROR_IO:
    return LYKTA_SYNC_FAILURE_STORAGE;
  case LYKTA_FEED_ERROR_LIMIT:
  case LYKTA_FEED_ERROR_UNSUPPORTED:
  case LYKTA_FEED_ERROR_INVALID:
  default:
    return LYKTA_SYNC_FAILURE_UNREADABLE;
  }
}

static LyktaSyncFailure
failure_of_index (int code)
{
  switch ((LyktaFeedIndexError)code) {
  case LYKTA_FEED_INDEX_ERROR_SIGNATURE:
    return LYKTA_SYNC_FAILURE_SIGNATURE;
  case LYKTA_FEED_INDEX_ERROR_NO_KEY:
    return LYKTA_SYNC_FAILURE_NO_KEY;
  case LYKTA_FEED_INDEX_ERROR_ALTERED:
    return LYKTA_SYNC_FAILURE_ALTERED;
  case LYKTA_FEED_INDEX_ERROR_ROLLBACK:
    return LYKTA_SYNC_FAILURE_ROLLBACK;
  case LYKTA_FEED_INDEX_ERROR_VERSION:
    return LYKTA_SYNC_FAILURE_TOO_NEW;
  case LYKTA_FEED_INDEX_ERROR_INVALID:
  default:
    return LYKTA_SYNC_FAILURE_UNREADABLE;
  }
}

static LyktaSyncFailure
failure_of_disk (const GError *error)
{
  static const struct {
    int io;
    int file;
    LyktaSyncFailure failure;
  } table[] = {
      {G_IO_ERROR_CANCELLED, -1, LYKTA_SYNC_FAILURE_CANCELLED},
      {G_IO_ERROR_NO_SPACE, G_FILE_ERROR_NOSPC, LYKTA_SYNC_FAILURE_DISK_FULL},
      {G_IO_ERROR_READ_ONLY, G_FILE_ERROR_ROFS, LYKTA_SYNC_FAILURE_READ_ONLY},
      {G_IO_ERROR_PERMISSION_DENIED, G_FILE_ERROR_ACCES, LYKTA_SYNC_FAILURE_READ_ONLY},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_error_matches (error, G_IO_ERROR, table[i].io) ||
        g_error_matches (error, G_FILE_ERROR, table[i].file))
      return table[i].failure;
  return LYKTA_SYNC_FAILURE_STORAGE;
}

LyktaSyncFailure
lykta_sync_failure_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, LYKTA_SYNC_FAILURE_STORAGE);

  if (error->domain == LYKTA_NET_ERROR)
    return failure_of_net (error->code);
  if (error->domain == LYKTA_FEED_INDEX_ERROR)
    return failure_of_index (error->code);
  if (error->domain == LYKTA_FEED_ERROR)
    return failure_of_feed (error->code);
  if (g_error_matches (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FULL))
    return LYKTA_SYNC_FAILURE_DISK_FULL;
  if (g_error_matches (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY))
    return LYKTA_SYNC_FAILURE_READ_ONLY;
  return failure_of_disk (error);
}
