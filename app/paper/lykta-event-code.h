/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-programme.h"
#include "paper/lykta-qr-code.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* One date as a telephone takes it into its calendar: by its camera, without a network, or as a
 * file. Any thread.
 *
 * What cameras read is the bare VEVENT of RFC 5545, as ZXing made it a habit: some telephones do
 * not know it when a VCALENDAR stands around it, so there is none; lines are not folded and end
 * in a line feed, as simple readers do not join them again; moments are in UTC, as they do not
 * look at TZID; whole days are dates. The title is in the language of @words and in Swedish. */

/* At most @max_bytes of it. When there is too much, these go in turn: the description, the address
 * of the net, the UID, the Swedish title, then the ends of place and title. (transfer full) */
char *
lykta_event_code_to_text (const LyktaProgrammeEntry *entry, LyktaCatalogue *words, gsize max_bytes);
/* The same as a code of at most LYKTA_QR_MAX_VERSION. Never NULL. (transfer full) */
LyktaQrCode *lykta_event_code_new (const LyktaProgrammeEntry *entry, LyktaCatalogue *words);
/* The address of the net that belongs to the date (to take part, to book, about it) as a code of
 * its own. NULL when there is none or it is too long. (transfer full) */
LyktaQrCode *lykta_event_code_new_link (const LyktaProgrammeEntry *entry);
/* That address; borrowed, NULL when there is none. */
const char *lykta_event_code_get_link (const LyktaProgrammeEntry *entry);
/* The date as a file for calendar programs: all that is public, one date and no series. @now: Unix
 * seconds. (transfer full) */
GBytes *lykta_event_code_to_file (const LyktaProgrammeEntry *entry, gint64 now);

G_END_DECLS
