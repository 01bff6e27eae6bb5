/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_TEST_RESOLVER (lykta_test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTestResolver, lykta_test_resolver, LYKTA, TEST_RESOLVER, GResolver)

/* Names as a test wants them: what ends in ".test" is this machine, nothing else exists. Hand it to
 * g_resolver_set_default() before the first request. (transfer full) */
LyktaTestResolver *lykta_test_resolver_new (void);
/* TRUE: whoever asks for a name from now on waits until the question is called off, as behind a
 * network that swallows them. Any thread. */
void lykta_test_resolver_set_hangs (LyktaTestResolver *self, gboolean hangs);

G_END_DECLS
