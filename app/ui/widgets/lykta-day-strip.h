/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "base/lykta-civil-time.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_DAY_STRIP (lykta_day_strip_get_type ())
G_DECLARE_FINAL_TYPE (LyktaDayStrip, lykta_day_strip, LYKTA, DAY_STRIP, AdwBin)

/* The coming fourteen days as chips in one row that is drawn sideways; where there is no room the
 * row moves, never the page. Signal "chosen" (int days from today, -1 for every day): a person
 * tapped. */
#define LYKTA_DAY_STRIP_DAYS 14
/* Makes the chips; @with_all: a chip for every day stands first. */
void lykta_day_strip_fill (LyktaDayStrip *self,
                           const char *language,
                           LyktaDate today,
                           gboolean with_all);
/* Shows which chip is on: days from today, -1 for every day, anything else for none. */
void lykta_day_strip_set_offset (LyktaDayStrip *self, int offset);

G_END_DECLS
