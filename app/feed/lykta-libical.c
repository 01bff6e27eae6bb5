/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-recurrence.h"

#include <libical/ical.h>

void
lykta_libical_init (void)
{
  static gsize is_done = 0;

  if (g_once_init_enter (&is_done)) {
    icalerror_set_errors_are_fatal (0);
    for (int kind = ICAL_BADARG_ERROR; kind <= ICAL_UNKNOWN_ERROR; kind++)
      icalerror_set_error_state ((icalerrorenum)kind, ICAL_ERROR_NONFATAL);
    ical_set_unknown_token_handling_setting (ICAL_DISCARD_TOKEN);
    g_once_init_leave (&is_done, 1);
  }
}
