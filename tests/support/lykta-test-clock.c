/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"

gint64
lykta_test_moment (const char *rfc3339)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (rfc3339, NULL);

  g_assert_nonnull (moment);
  return g_date_time_to_unix (moment);
}

LyktaClock *
lykta_test_clock_at (const char *rfc3339)
{
  return lykta_fixed_clock_new (lykta_test_moment (rfc3339));
}
