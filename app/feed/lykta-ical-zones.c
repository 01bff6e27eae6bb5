/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-zones.h"

#include <string.h>

#define DAY_SECONDS 86400
/* Zones of the file that are looked into; a calendar needs one or two. */
#define MAX_CUSTOM 50
/* Every fifth day of three years: no change of clocks lasts less. */
#define N_SAMPLES 220

typedef struct {
  LyktaZone *zone; /* (owned) */
  LyktaIcalZoneMatch match;
} Resolved;

struct _LyktaIcalZones {
  LyktaIcalZoneLoader loader;
  gpointer user_data;
  GHashTable *resolved;          /* (owned) TZID, or TZID and year → Resolved */
  GHashTable *zones;             /* (owned) id → LyktaZone */
  LyktaIcalComponent *component; /* (owned) */
  guint n_custom;
};

/* What a VTIMEZONE is compared with, the likeliest first. */
static const char *const candidates[] = {
    "Europe/Stockholm",
    "Europe/London",
    "Europe/Helsinki",
    "UTC",
    "Europe/Istanbul",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Halifax",
    "America/Sao_Paulo",
    "America/Phoenix",
    "Asia/Tehran",
    "Asia/Kabul",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Asia/Baghdad",
    "Asia/Damascus",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Africa/Nairobi",
    "America/Argentina/Buenos_Aires",
    "America/St_Johns",
    "Australia/Adelaide",
    "Asia/Jerusalem",
    "Africa/Cairo",
    "Europe/Chisinau",
};

static void
resolved_free (gpointer data)
{
  Resolved *resolved = data;

  lykta_zone_unref (resolved->zone);
  g_free (resolved);
}

LyktaIcalZones *
lykta_ical_zones_new (LyktaIcalZoneLoader loader, gpointer user_data)
{
  LyktaIcalZones *self = g_new0 (LyktaIcalZones, 1);

  self->loader = loader;
  self->user_data = user_data;
  self->resolved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, resolved_free);
  self->zones =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lykta_zone_unref);
  return self;
}

void
lykta_ical_zones_free (LyktaIcalZones *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->resolved);
  g_hash_table_unref (self->zones);
  g_clear_pointer (&self->component, lykta_ical_component_free);
  g_free (self);
}

/* Borrowed; NULL when there is no such zone. */
static LyktaZone *
zone_by_id (LyktaIcalZones *self, const char *id)
{
  LyktaZone *zone = g_hash_table_lookup (self->zones, id);

  if (zone == NULL && (zone = lykta_zone_new (id)) != NULL)
    g_hash_table_insert (self->zones, (gpointer)lykta_zone_get_id (zone), zone);
  return zone;
}

static LyktaZone *
zone_by_offset (LyktaIcalZones *self, gint32 offset)
{
  g_autofree char *id = NULL;
  gint32 minutes = ABS (offset) / 60;

  if (offset == 0)
    return zone_by_id (self, "UTC");
  id = g_strdup_printf ("%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  return zone_by_id (self, id);
}

/* The zone whose clocks go like those of the VTIMEZONE around @year. */
static LyktaZone *
match_offsets (LyktaIcalZones *self,
               const gint64 *moments,
               const gint32 *offsets,
               LyktaIcalZoneMatch *match)
{
  gboolean is_constant = TRUE;

  for (guint i = 1; i < N_SAMPLES; i++)
    is_constant &= offsets[i] == offsets[0];
  for (guint k = 0; k < G_N_ELEMENTS (candidates); k++) {
    LyktaZone *zone = zone_by_id (self, candidates[k]);
    guint i = 0;
    while (zone != NULL && i < N_SAMPLES && lykta_zone_get_offset (zone, moments[i]) == offsets[i])
      i++;
    if (i == N_SAMPLES) {
      *match = LYKTA_ICAL_ZONE_MATCHED;
      return zone;
    }
  }
  *match = is_constant ? LYKTA_ICAL_ZONE_MATCHED : LYKTA_ICAL_ZONE_ODD;
  return zone_by_offset (self, offsets[0]);
}

static LyktaZone *
custom_zone (LyktaIcalZones *self, const char *tzid, int year, LyktaIcalZoneMatch *match)
{
  gint64 moments[N_SAMPLES];
  gint32 offsets[N_SAMPLES];
  gint64 start =
      lykta_wall_from_date ((LyktaDate){(gint16)CLAMP (year, 1971, 2034), 1, 1}, 12, 0, 0);

  if (self->loader == NULL || self->n_custom >= MAX_CUSTOM)
    return NULL;
  self->n_custom++;
  if (self->component == NULL)
    self->component = lykta_ical_component_new ();
  if (!self->loader (tzid, self->component, self->user_data))
    return NULL;
  for (guint i = 0; i < N_SAMPLES; i++)
    moments[i] = start + (gint64)i * 5 * DAY_SECONDS;
  if (!lykta_ical_zone_offsets (self->component, moments, N_SAMPLES, offsets))
    return NULL;
  return match_offsets (self, moments, offsets, match);
}

/* "UTC+11", "GMT -0530", "+01:00" */
static LyktaZone *
offset_zone (LyktaIcalZones *self, const char *tzid)
{
  const char *p =
      g_str_has_prefix (tzid, "UTC") || g_str_has_prefix (tzid, "GMT") ? tzid + 3 : tzid;
  int sign, number = 0, n_digits = 0, seconds;

  p += *p == ' ';
  if (*p != '+' && *p != '-')
    return NULL;
  sign = *p++ == '-' ? -1 : 1;
  for (; *p != 0; p++) {
    if (g_ascii_isdigit (*p) && ++n_digits <= 4)
      number = number * 10 + (*p - '0');
    else if (*p != ':')
      return NULL;
  }
  seconds = n_digits > 2 ? number / 100 * 3600 + number % 100 * 60 : number * 3600;
  return n_digits > 0 && seconds <= 14 * 3600 ? zone_by_offset (self, sign * seconds) : NULL;
}

static const Resolved *
remember (LyktaIcalZones *self, const char *key, LyktaZone *zone, LyktaIcalZoneMatch match)
{
  Resolved *resolved = g_new (Resolved, 1);

  resolved->zone = lykta_zone_ref (zone);
  resolved->match = match;
  g_hash_table_replace (self->resolved, g_strdup (key), resolved);
  return resolved;
}

LyktaZone *
lykta_ical_zones_get (LyktaIcalZones *self, const char *tzid, int year, LyktaIcalZoneMatch *match)
{
  const Resolved *resolved;
  g_autofree char *key = NULL;
  g_autofree char *iana = NULL;
  LyktaIcalZoneMatch found = LYKTA_ICAL_ZONE_KNOWN;
  LyktaZone *zone;

  g_return_val_if_fail (self != NULL && tzid != NULL && match != NULL, NULL);
  resolved = g_hash_table_lookup (self->resolved, tzid);
  if (resolved == NULL) {
    iana = lykta_tzid_to_iana (tzid);
    zone = iana != NULL ? zone_by_id (self, iana) : NULL;
    if (zone != NULL)
      resolved = remember (self, tzid, zone, LYKTA_ICAL_ZONE_KNOWN);
  }
  if (resolved == NULL) {
    /* What a VTIMEZONE says may differ from year to year. */
    key = g_strdup_printf ("%s\n%d", tzid, year);
    resolved = g_hash_table_lookup (self->resolved, key);
  }
  if (resolved == NULL) {
    zone = custom_zone (self, tzid, year, &found);
    if (zone == NULL) {
      zone = offset_zone (self, tzid);
      found = LYKTA_ICAL_ZONE_MATCHED;
    }
    if (zone == NULL) {
      zone = zone_by_id (self, "Europe/Stockholm");
      found = LYKTA_ICAL_ZONE_UNKNOWN;
    }
    resolved = remember (self, key, zone, found);
  }
  *match = resolved->match;
  return resolved->zone;
}
