/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-data-use.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_DATA_BOX (lykta_data_box_get_type ())
G_DECLARE_FINAL_TYPE (LyktaDataBox, lykta_data_box, LYKTA, DATA_BOX, AdwBin)

/* What the calendar has cost this month, in words and as a bar; the switch "only when I ask"; and
 * the button that fetches now, which says first what it takes where that costs something.
 * @language: of the numbers. @settings (nullable): no switch. (transfer floating) */
GtkWidget *lykta_data_box_new (LyktaDataUse *data_use, const char *language, GSettings *settings);

G_END_DECLS
