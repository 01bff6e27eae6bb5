/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_TEST_FETCHER (lykta_test_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTestFetcher, lykta_test_fetcher, LYKTA, TEST_FETCHER, GObject)

/* A network that answers what it was told to. Any thread. (transfer full) */
LyktaTestFetcher *lykta_test_fetcher_new (void);
/* From now on @address answers with @body, or "not modified" to who has @etag (nullable). */
void lykta_test_fetcher_set_body (LyktaTestFetcher *self,
                                  const char *address,
                                  const char *body,
                                  const char *etag);
/* From now on @address fails. */
void lykta_test_fetcher_set_error (LyktaTestFetcher *self, const char *address, LyktaNetError code);
/* From now on @address keeps its caller waiting until that one cancels. */
void lykta_test_fetcher_set_hanging (LyktaTestFetcher *self, const char *address);
guint lykta_test_fetcher_get_n_fetches (LyktaTestFetcher *self, const char *address);
/* The etag that the last fetch of @address sent; NULL none. (transfer full) */
char *lykta_test_fetcher_get_etag_sent (LyktaTestFetcher *self, const char *address);

G_END_DECLS
