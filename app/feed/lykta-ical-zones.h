/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "feed/lykta-ical-lines.h"
#include "feed/lykta-zone.h"

G_BEGIN_DECLS

/* Which zone a TZID means: an IANA name in any of the spellings that programs write, a Windows
 * name, or the VTIMEZONE of the file. One thread, one file. */
typedef struct _LyktaIcalZones LyktaIcalZones;

/* Loads the VTIMEZONE of @tzid into @component; FALSE when the file has none. */
typedef gboolean (*LyktaIcalZoneLoader) (const char *tzid,
                                         LyktaIcalComponent *component,
                                         gpointer user_data);

/* @loader is called when a TZID is no known name; NULL: never. */
LyktaIcalZones *lykta_ical_zones_new (LyktaIcalZoneLoader loader, gpointer user_data);
void lykta_ical_zones_free (LyktaIcalZones *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaIcalZones, lykta_ical_zones_free)

/* How sure the answer is. */
typedef enum {
  LYKTA_ICAL_ZONE_KNOWN,   /* by its name */
  LYKTA_ICAL_ZONE_MATCHED, /* by its VTIMEZONE, which is like a known zone */
  LYKTA_ICAL_ZONE_ODD, /* by its VTIMEZONE, which is like no zone: the nearest one, or the offset */
  LYKTA_ICAL_ZONE_UNKNOWN, /* Europe/Stockholm was taken */
} LyktaIcalZoneMatch;

/* @wall: the date that is in question. Never NULL; borrowed as long as @self. */
LyktaZone *lykta_ical_zones_get (LyktaIcalZones *self,
                                 const char *tzid,
                                 gint64 wall,
                                 LyktaIcalZoneMatch *match);

/* IANA name of a Windows or Outlook zone name; NULL when unknown. Static. */
const char *lykta_windows_zone_to_iana (const char *name);
/* IANA name hidden in @tzid ("/mozilla.org/20070129_1/Europe/Berlin", "europe/stockholm",
 * "(UTC+01:00) Amsterdam, Stockholm"); NULL when there is none. (transfer full) */
char *lykta_tzid_to_iana (const char *tzid);
/* UTC offsets of a VTIMEZONE at @n moments, through libical; FALSE when it may not be given to
 * libical or is broken. */
gboolean lykta_ical_zone_offsets (LyktaIcalComponent *component,
                                  const gint64 *moments,
                                  guint n,
                                  gint32 *offsets);

G_END_DECLS
