/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "feed/lykta-zone.h"

G_BEGIN_DECLS

/* Content lines of RFC 5545 on their way out: escaped, folded at 75 octets between characters. */
typedef struct {
  GString *out;  /* (unowned) */
  GString *line; /* (owned) the line under way */
} LyktaIcalWriter;

void lykta_ical_writer_init (LyktaIcalWriter *self, GString *out);
void lykta_ical_writer_clear (LyktaIcalWriter *self);
/* Begins "NAME". */
void lykta_ical_writer_begin (LyktaIcalWriter *self, const char *name);
/* ";NAME=value", quoted and RFC 6868 encoded where needed; nothing when @value is NULL. */
void lykta_ical_writer_parameter (LyktaIcalWriter *self, const char *name, const char *value);
/* Ends the line with ":value" as it is, or with TEXT escapes. */
void lykta_ical_writer_raw (LyktaIcalWriter *self, const char *value);
void lykta_ical_writer_text (LyktaIcalWriter *self, const char *value);
/* One whole line without parameters; nothing when @value is NULL. */
void lykta_ical_writer_property (LyktaIcalWriter *self, const char *name, const char *value);
void lykta_ical_writer_escape (GString *into, const char *text);

/* Ends a line begun by begin with the moment: as a date when @is_date and the moment is a midnight
 * of
 * @zone, as local time with TZID where that says it exactly, else in UTC. FALSE: UTC was taken. */
gboolean
lykta_ical_writer_moment (LyktaIcalWriter *self, LyktaZone *zone, gint64 moment, gboolean is_date);
/* Could all of @moments be written in one of the first two ways? */
gboolean lykta_ical_writer_is_local (LyktaZone *zone, gint64 moment, gboolean is_date);
/* "20261124" or "20261124T180000". (transfer full) */
char *lykta_ical_writer_wall (gint64 wall, gboolean is_date);

G_END_DECLS
