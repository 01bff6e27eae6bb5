/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-zones.h"

#include <string.h>

/* Windows' names, as Outlook, Exchange and Teams write them, with the zone of their main town
 * (Unicode CLDR, territory 001); and some that other programs made up. Sorted by nothing: looked up
 * once for each name in a file. */
static const struct {
  const char *name;
  const char *iana;
} windows_zones[] = {
    {"W. Europe Standard Time", "Europe/Berlin"},
    {"Romance Standard Time", "Europe/Paris"},
    {"Central European Standard Time", "Europe/Warsaw"},
    {"Central Europe Standard Time", "Europe/Budapest"},
    {"GMT Standard Time", "Europe/London"},
    {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"FLE Standard Time", "Europe/Kiev"},
    {"GTB Standard Time", "Europe/Bucharest"},
    {"E. Europe Standard Time", "Europe/Chisinau"},
    {"Kaliningrad Standard Time", "Europe/Kaliningrad"},
    {"Russian Standard Time", "Europe/Moscow"},
    {"Belarus Standard Time", "Europe/Minsk"},
    {"Turkey Standard Time", "Europe/Istanbul"},
    {"Russia Time Zone 3", "Europe/Samara"},
    {"Volgograd Standard Time", "Europe/Volgograd"},
    {"UTC", "UTC"},
    {"Coordinated Universal Time", "UTC"},
    {"tzone://Microsoft/Utc", "UTC"},
    {"Morocco Standard Time", "Africa/Casablanca"},
    {"W. Central Africa Standard Time", "Africa/Lagos"},
    {"South Africa Standard Time", "Africa/Johannesburg"},
    {"E. Africa Standard Time", "Africa/Nairobi"},
    {"Egypt Standard Time", "Africa/Cairo"},
    {"Libya Standard Time", "Africa/Tripoli"},
    {"Sudan Standard Time", "Africa/Khartoum"},
    {"Namibia Standard Time", "Africa/Windhoek"},
    {"Middle East Standard Time", "Asia/Beirut"},
    {"Syria Standard Time", "Asia/Damascus"},
    {"West Bank Standard Time", "Asia/Hebron"},
    {"Jordan Standard Time", "Asia/Amman"},
    {"Israel Standard Time", "Asia/Jerusalem"},
    {"Arabic Standard Time", "Asia/Baghdad"},
    {"Arab Standard Time", "Asia/Riyadh"},
    {"Arabian Standard Time", "Asia/Dubai"},
    {"Iran Standard Time", "Asia/Tehran"},
    {"Afghanistan Standard Time", "Asia/Kabul"},
    {"Pakistan Standard Time", "Asia/Karachi"},
    {"West Asia Standard Time", "Asia/Tashkent"},
    {"Georgian Standard Time", "Asia/Tbilisi"},
    {"Caucasus Standard Time", "Asia/Yerevan"},
    {"Azerbaijan Standard Time", "Asia/Baku"},
    {"India Standard Time", "Asia/Kolkata"},
    {"Sri Lanka Standard Time", "Asia/Colombo"},
    {"Nepal Standard Time", "Asia/Kathmandu"},
    {"Bangladesh Standard Time", "Asia/Dhaka"},
    {"Central Asia Standard Time", "Asia/Almaty"},
    {"Ekaterinburg Standard Time", "Asia/Yekaterinburg"},
    {"Myanmar Standard Time", "Asia/Yangon"},
    {"SE Asia Standard Time", "Asia/Bangkok"},
    {"N. Central Asia Standard Time", "Asia/Novosibirsk"},
    {"North Asia Standard Time", "Asia/Krasnoyarsk"},
    {"China Standard Time", "Asia/Shanghai"},
    {"Singapore Standard Time", "Asia/Singapore"},
    {"Taipei Standard Time", "Asia/Taipei"},
    {"Ulaanbaatar Standard Time", "Asia/Ulaanbaatar"},
    {"North Asia East Standard Time", "Asia/Irkutsk"},
    {"Tokyo Standard Time", "Asia/Tokyo"},
    {"Korea Standard Time", "Asia/Seoul"},
    {"Yakutsk Standard Time", "Asia/Yakutsk"},
    {"Vladivostok Standard Time", "Asia/Vladivostok"},
    {"W. Australia Standard Time", "Australia/Perth"},
    {"Cen. Australia Standard Time", "Australia/Adelaide"},
    {"AUS Central Standard Time", "Australia/Darwin"},
    {"AUS Eastern Standard Time", "Australia/Sydney"},
    {"E. Australia Standard Time", "Australia/Brisbane"},
    {"Tasmania Standard Time", "Australia/Hobart"},
    {"New Zealand Standard Time", "Pacific/Auckland"},
    {"Fiji Standard Time", "Pacific/Fiji"},
    {"Tonga Standard Time", "Pacific/Tongatapu"},
    {"Samoa Standard Time", "Pacific/Apia"},
    {"Central Pacific Standard Time", "Pacific/Guadalcanal"},
    {"West Pacific Standard Time", "Pacific/Port_Moresby"},
    {"Hawaiian Standard Time", "Pacific/Honolulu"},
    {"Alaskan Standard Time", "America/Anchorage"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"Pacific Standard Time (Mexico)", "America/Tijuana"},
    {"US Mountain Standard Time", "America/Phoenix"},
    {"Mountain Standard Time", "America/Denver"},
    {"Mountain Standard Time (Mexico)", "America/Chihuahua"},
    {"Central Standard Time", "America/Chicago"},
    {"Central Standard Time (Mexico)", "America/Mexico_City"},
    {"Canada Central Standard Time", "America/Regina"},
    {"Central America Standard Time", "America/Guatemala"},
    {"Eastern Standard Time", "America/New_York"},
    {"Eastern Standard Time (Mexico)", "America/Cancun"},
    {"US Eastern Standard Time", "America/Indianapolis"},
    {"SA Pacific Standard Time", "America/Bogota"},
    {"Cuba Standard Time", "America/Havana"},
    {"Venezuela Standard Time", "America/Caracas"},
    {"Atlantic Standard Time", "America/Halifax"},
    {"SA Western Standard Time", "America/La_Paz"},
    {"Pacific SA Standard Time", "America/Santiago"},
    {"Paraguay Standard Time", "America/Asuncion"},
    {"Newfoundland Standard Time", "America/St_Johns"},
    {"E. South America Standard Time", "America/Sao_Paulo"},
    {"SA Eastern Standard Time", "America/Cayenne"},
    {"Argentina Standard Time", "America/Buenos_Aires"},
    {"Montevideo Standard Time", "America/Montevideo"},
    {"Greenland Standard Time", "America/Godthab"},
    {"Azores Standard Time", "Atlantic/Azores"},
    {"Cape Verde Standard Time", "Atlantic/Cape_Verde"},
    {"Western/Central Europe", "Europe/Berlin"},
    {"Sweden", "Europe/Stockholm"},
    {"CEST", "Europe/Stockholm"},
    {"Stockholm", "Europe/Stockholm"},
};

/* Names without a stroke that the zone database knows. */
static const char *const short_names[] = {
    "UTC",     "GMT",       "CET",       "MET",      "EET",     "WET",     "Zulu",
    "UCT",     "Universal", "Greenwich", "Turkey",   "Iran",    "Israel",  "Egypt",
    "Japan",   "Singapore", "Poland",    "Portugal", "Iceland", "EST5EDT", "CST6CDT",
    "MST7MDT", "PST8PDT",   "EST",       "MST",      "HST",
};

static const char *const areas[] = {"Europe",    "Africa",  "Asia",    "America",
                                    "Australia", "Pacific", "Atlantic"};

const char *
lykta_windows_zone_to_iana (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (windows_zones); i++) {
    if (g_ascii_strcasecmp (name, windows_zones[i].name) == 0)
      return windows_zones[i].iana;
  }
  return NULL;
}

/* Is @id the name of a zone? Only what can be a name is asked for: no path may leave the folder. */
static gboolean
is_zone (const char *id)
{
  g_autoptr (GTimeZone) zone = NULL;
  gsize n = strlen (id);

  if (n < 3 || n > 60 || strstr (id, "..") != NULL || !g_ascii_isalpha (*id) ||
      strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") != n)
    return FALSE;
  if (strchr (id, '/') == NULL)
    return FALSE;
  zone = g_time_zone_new_identifier (id);
  return zone != NULL;
}

/* "europe/stockholm" → "Europe/Stockholm" */
static char *
with_capitals (const char *id)
{
  char *out = g_ascii_strdown (id, -1);
  gboolean is_first = TRUE;

  for (char *p = out; *p != 0; p++) {
    if (is_first)
      *p = g_ascii_toupper (*p);
    is_first = *p == '/' || *p == '_' || *p == '-';
  }
  return out;
}

static char *
short_name (const char *tzid)
{
  for (guint i = 0; i < G_N_ELEMENTS (short_names); i++) {
    if (g_ascii_strcasecmp (tzid, short_names[i]) == 0)
      return g_strdup (short_names[i]);
  }
  return NULL;
}

/* "/mozilla.org/20070129_1/Europe/Berlin",
 * "/freeassociation.sourceforge.net/Tzfile/America/Indiana/Knox", "posix/Europe/Vaduz": the longest
 * tail that is a zone. */
static char *
tail_name (const char *tzid)
{
  for (const char *p = tzid; p != NULL; p = strchr (p, '/')) {
    p += *p == '/';
    if (!g_str_has_prefix (p, "posix/") && !g_str_has_prefix (p, "right/") &&
        strchr (p, '/') != NULL && is_zone (p))
      return g_strdup (p);
  }
  return NULL;
}

/* "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": Stockholm if it is among them,
 * else the first town that the zone database knows. */
static char *
town_name (const char *tzid)
{
  const char *p = *tzid == '(' ? strchr (tzid, ')') : NULL;
  g_auto (GStrv) towns = NULL;

  if (p == NULL)
    return NULL;
  if (strstr (p, "Stockholm") != NULL)
    return g_strdup ("Europe/Stockholm");
  towns = g_strsplit_set (p + 1, ",/&", 12);
  for (guint i = 0; towns[i] != NULL; i++) {
    g_strstrip (towns[i]);
    g_strdelimit (towns[i], " ", '_');
    for (guint k = 0; *towns[i] != 0 && k < G_N_ELEMENTS (areas); k++) {
      g_autofree char *id = g_strdup_printf ("%s/%s", areas[k], towns[i]);
      if (is_zone (id))
        return g_steal_pointer (&id);
    }
  }
  return NULL;
}

char *
lykta_tzid_to_iana (const char *tzid)
{
  g_autofree char *name = NULL;
  g_autofree char *capital = NULL;
  const char *windows;
  char *found;

  g_return_val_if_fail (tzid != NULL, NULL);
  if (strlen (tzid) > 200)
    return NULL;
  name = g_strstrip (g_strdup (tzid));
  if (strchr (name, '/') != NULL && is_zone (name) && !g_str_has_prefix (name, "posix/"))
    return g_steal_pointer (&name);
  windows = lykta_windows_zone_to_iana (name);
  if (windows != NULL)
    return g_strdup (windows);
  found = short_name (name);
  if (found == NULL)
    found = tail_name (name);
  if (found == NULL)
    found = town_name (name);
  if (found != NULL)
    return found;
  capital = with_capitals (name);
  return strchr (capital, '/') != NULL && is_zone (capital) ? g_steal_pointer (&capital) : NULL;
}
