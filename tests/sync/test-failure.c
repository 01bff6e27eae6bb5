/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed.h"
#include "net/lykta-net-error.h"
#include "store/lykta-store-error.h"
#include "support/lykta-test.h"
#include "sync/lykta-sync-failure.h"

static void
test_tokens (void)
{
  g_assert_null (lykta_sync_failure_to_token (LYKTA_SYNC_FAILURE_NONE));
  g_assert_cmpint (lykta_sync_failure_from_token (NULL), ==, LYKTA_SYNC_FAILURE_NONE);
  g_assert_cmpint (lykta_sync_failure_from_token ("later"), ==, LYKTA_SYNC_FAILURE_STORAGE);
  for (int i = 1; i <= LYKTA_SYNC_FAILURE_CANCELLED; i++) {
    const char *token = lykta_sync_failure_to_token ((LyktaSyncFailure)i);

    g_assert_nonnull (token);
    g_assert_cmpint (lykta_sync_failure_from_token (token), ==, i);
  }
}

static void
test_errors (void)
{
  const struct {
    GQuark domain;
    int code;
    LyktaSyncFailure failure;
  } cases[] = {
      {LYKTA_NET_ERROR, LYKTA_NET_ERROR_WRONG_TYPE, LYKTA_SYNC_FAILURE_NOT_A_CALENDAR},
      {LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED, LYKTA_SYNC_FAILURE_CANCELLED},
      {LYKTA_NET_ERROR, LYKTA_NET_ERROR_TLS, LYKTA_SYNC_FAILURE_TLS},
      {LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR, LYKTA_SYNC_FAILURE_NOT_A_CALENDAR},
      {LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_TRUNCATED, LYKTA_SYNC_FAILURE_TRUNCATED},
      {LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT, LYKTA_SYNC_FAILURE_UNREADABLE},
      {LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FULL, LYKTA_SYNC_FAILURE_DISK_FULL},
      {LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_READ_ONLY, LYKTA_SYNC_FAILURE_READ_ONLY},
      {LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_BUSY, LYKTA_SYNC_FAILURE_STORAGE},
      {G_IO_ERROR, G_IO_ERROR_NO_SPACE, LYKTA_SYNC_FAILURE_DISK_FULL},
      {G_IO_ERROR, G_IO_ERROR_CANCELLED, LYKTA_SYNC_FAILURE_CANCELLED},
      {G_IO_ERROR, G_IO_ERROR_FAILED, LYKTA_SYNC_FAILURE_STORAGE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "x");

    g_assert_cmpint (lykta_sync_failure_from_error (error), ==, cases[i].failure);
  }
  /* Each cause of the network has a failure of its own or shares one on purpose, never STORAGE. */
  for (int code = 0; code <= LYKTA_NET_ERROR_CANCELLED; code++) {
    g_autoptr (GError) error = g_error_new_literal (LYKTA_NET_ERROR, code, "x");

    g_assert_cmpint (lykta_sync_failure_from_error (error), !=, LYKTA_SYNC_FAILURE_STORAGE);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/sync/failure/tokens", test_tokens);
  g_test_add_func ("/sync/failure/errors", test_errors);
  return g_test_run ();
}
