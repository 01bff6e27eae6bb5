/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-zones.h"

#include <string.h>

#define DAY_SECONDS 86400
/* Zones of the file that are looked into; a calendar needs one or two. */
#define MAX_CUSTOM 50
/* Names of zones in one file, times years; more is no calendar. */
#define MAX_RESOLVED   500
#define MAX_TZID_BYTES 200
/* Every fifth day of three years: no change of clocks lasts less. */
#define N_SAMPLES      220
#define SAMPLE_SECONDS (5 * DAY_SECONDS)

typedef struct {
  LyktaZone *zone; /* (owned) (nullable: by the offset of each date) */
  LyktaIcalZoneMatch match;
  gint64 first;              /* wall-clock second of the first offset */
  gint32 offsets[N_SAMPLES]; /* only without a zone */
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

  g_clear_pointer (&resolved->zone, lykta_zone_unref);
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

/* Borrowed, never NULL: an offset that no clock can have (+77:77) is taken for Stockholm's. */
static LyktaZone *
zone_by_offset (LyktaIcalZones *self, gint32 offset)
{
  g_autofree char *id = NULL;
  LyktaZone *zone;
  gint32 minutes = ABS (offset) / 60;

  if (offset == 0)
    return zone_by_id (self, "UTC");
  id = g_strdup_printf ("%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
  zone = zone_by_id (self, id);
  return zone != NULL ? zone : zone_by_id (self, "Europe/Stockholm");
}

/* The zone whose clocks go like those of the VTIMEZONE around that year. An old description of the
 * United States, say, differs from today's in some weeks: one day in ten is still the same place.
 */
static void
match_offsets (LyktaIcalZones *self, const gint64 *moments, Resolved *resolved)
{
  guint best = N_SAMPLES;

  for (guint k = 0; k < G_N_ELEMENTS (candidates) && best > 0; k++) {
    LyktaZone *zone = zone_by_id (self, candidates[k]);
    guint n_wrong = zone == NULL ? N_SAMPLES : 0;
    for (guint i = 0; n_wrong < best && i < N_SAMPLES; i++)
      n_wrong += lykta_zone_get_offset (zone, moments[i]) != resolved->offsets[i];
    if (n_wrong < best) {
      best = n_wrong;
      g_clear_pointer (&resolved->zone, lykta_zone_unref);
      resolved->zone = lykta_zone_ref (zone);
    }
  }
  resolved->match = best == 0 ? LYKTA_ICAL_ZONE_MATCHED : LYKTA_ICAL_ZONE_ODD;
  if (best > N_SAMPLES / 10)
    g_clear_pointer (&resolved->zone, lykta_zone_unref);
}

/* Looks into the VTIMEZONE; FALSE when there is none that can be used. */
static gboolean
read_custom (LyktaIcalZones *self, const char *tzid, int year, Resolved *resolved)
{
  gint64 moments[N_SAMPLES];
  gboolean is_constant = TRUE;

  if (self->loader == NULL || self->n_custom >= MAX_CUSTOM)
    return FALSE;
  self->n_custom++;
  if (self->component == NULL)
    self->component = lykta_ical_component_new ();
  if (!self->loader (tzid, self->component, self->user_data))
    return FALSE;
  resolved->first =
      lykta_wall_from_date ((LyktaDate){(gint16)CLAMP (year, 1971, 2034), 1, 1}, 12, 0, 0);
  for (guint i = 0; i < N_SAMPLES; i++)
    moments[i] = resolved->first + (gint64)i * SAMPLE_SECONDS;
  if (!lykta_ical_zone_offsets (self->component, moments, N_SAMPLES, resolved->offsets))
    return FALSE;
  for (guint i = 1; i < N_SAMPLES; i++)
    is_constant &= resolved->offsets[i] == resolved->offsets[0];
  match_offsets (self, moments, resolved);
  if (is_constant && resolved->match != LYKTA_ICAL_ZONE_MATCHED) {
    g_clear_pointer (&resolved->zone, lykta_zone_unref);
    resolved->zone = lykta_zone_ref (zone_by_offset (self, resolved->offsets[0]));
    resolved->match = LYKTA_ICAL_ZONE_MATCHED;
  }
  return TRUE;
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

/* By a known name, by the file's own description, by an offset, or not at all. */
static Resolved *
resolve (LyktaIcalZones *self, const char *tzid, int year)
{
  Resolved *resolved = g_new0 (Resolved, 1);
  g_autofree char *iana = lykta_tzid_to_iana (tzid);
  LyktaZone *zone = iana != NULL ? zone_by_id (self, iana) : NULL;

  if (zone == NULL && read_custom (self, tzid, year, resolved))
    return resolved;
  resolved->match = LYKTA_ICAL_ZONE_KNOWN;
  if (zone == NULL) {
    zone = offset_zone (self, tzid);
    resolved->match = LYKTA_ICAL_ZONE_MATCHED;
  }
  if (zone == NULL) {
    zone = zone_by_id (self, "Europe/Stockholm");
    resolved->match = LYKTA_ICAL_ZONE_UNKNOWN;
  }
  resolved->zone = lykta_zone_ref (zone);
  return resolved;
}

LyktaZone *
lykta_ical_zones_get (LyktaIcalZones *self,
                      const char *tzid,
                      gint64 wall,
                      LyktaIcalZoneMatch *match)
{
  const Resolved *resolved;

  g_return_val_if_fail (self != NULL && tzid != NULL && match != NULL, NULL);
  if (strlen (tzid) > MAX_TZID_BYTES) {
    *match = LYKTA_ICAL_ZONE_UNKNOWN;
    return zone_by_id (self, "Europe/Stockholm");
  }
  resolved = g_hash_table_lookup (self->resolved, tzid);
  if (resolved == NULL) {
    int year = lykta_wall_to_date (wall, NULL, NULL, NULL).year;
    /* What a VTIMEZONE says may differ from year to year. */
    g_autofree char *key = g_strdup_printf ("%s\n%d", tzid, year);
    resolved = g_hash_table_lookup (self->resolved, key);
    if (resolved == NULL && g_hash_table_size (self->resolved) >= MAX_RESOLVED) {
      *match = LYKTA_ICAL_ZONE_UNKNOWN;
      return zone_by_id (self, "Europe/Stockholm");
    }
    if (resolved == NULL) {
      Resolved *made = resolve (self, tzid, year);
      g_hash_table_replace (
          self->resolved,
          made->match == LYKTA_ICAL_ZONE_KNOWN ? g_strdup (tzid) : g_steal_pointer (&key), made);
      resolved = made;
    }
  }
  *match = resolved->match;
  if (resolved->zone != NULL)
    return resolved->zone;
  return zone_by_offset (
      self, resolved->offsets[CLAMP ((wall - resolved->first) / SAMPLE_SECONDS, 0, N_SAMPLES - 1)]);
}
