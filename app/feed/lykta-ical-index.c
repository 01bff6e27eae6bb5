/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-index.h"

#include <stdlib.h>
#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-ical-charset.h"
#include "feed/lykta-ical-lines.h"

#define BLOCK_BYTES (2 * LYKTA_LIMIT_LINE_BYTES)
/* As much of a line as is looked at: structure, identifiers, numbers. */
#define HEAD_BYTES 1024
/* So much without the beginning of a calendar, and the file is something else. */
#define PATIENCE_BYTES (64 * 1024)
#define MAX_ZONES      500
#define MAX_DEPTH      64

typedef enum { KIND_OTHER, KIND_CALENDAR, KIND_EVENT, KIND_ZONE } Kind;

typedef struct {
  Kind kind;
  guint64 name; /* hash */
} Level;

typedef struct {
  LyktaIcalIndex *index;
  LyktaFeedReport *report;
  /* Place */
  guint64 offset; /* of the buffer's first byte */
  guint line;
  gboolean is_cr_only;
  /* The logical line under way */
  char head[HEAD_BYTES];
  gsize head_length;
  gboolean is_interesting; /* its head is being collected */
  gboolean has_line;
  gsize line_length;
  guint64 line_offset;
  guint line_number;
  /* Shape */
  Level stack[MAX_DEPTH];
  guint depth;
  gboolean is_calendar_open;
  gboolean is_cancelled; /* METHOD:CANCEL */
  gboolean has_calendar;
  guint n_components;
  /* The event or zone under way */
  Kind kind;  /* OTHER: none */
  guint base; /* depth in which it began */
  guint n_properties;
  LyktaIcalEntry entry;
  gboolean has_modified;
  char *zone_id; /* (owned) */
  GError *error; /* (owned) */
} Scan;

void
lykta_ical_index_free (LyktaIcalIndex *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->events);
  g_hash_table_unref (self->zones);
  g_free (self->language);
  g_free (self);
}

static void
fatal (Scan *scan, LyktaFeedError code, const char *token, guint line, const char *message)
{
  if (scan->error != NULL)
    return;
  lykta_feed_report_add (scan->report, LYKTA_FEED_FATAL, token, line, NULL, message);
  scan->error = g_error_new_literal (LYKTA_FEED_ERROR, code, message);
}

static Kind
kind_of (const char *name)
{
  if (g_str_equal (name, "VEVENT"))
    return KIND_EVENT;
  if (g_str_equal (name, "VCALENDAR"))
    return KIND_CALENDAR;
  return g_str_equal (name, "VTIMEZONE") ? KIND_ZONE : KIND_OTHER;
}

/* The event or zone under way ends before @end. */
static void
finish_component (Scan *scan, guint64 end, LyktaIcalFlaw flaw)
{
  guint64 length = end - scan->entry.offset;

  if (scan->kind == KIND_EVENT) {
    if (flaw != LYKTA_ICAL_SOUND && scan->entry.flaw == LYKTA_ICAL_SOUND)
      scan->entry.flaw = (guint8)flaw;
    if (length > LYKTA_LIMIT_COMPONENT_BYTES && scan->entry.flaw == LYKTA_ICAL_SOUND)
      scan->entry.flaw = LYKTA_ICAL_TOO_LARGE;
    scan->entry.length = (guint32)MIN (length, G_MAXUINT32);
    scan->entry.order = scan->index->events->len;
    g_array_append_val (scan->index->events, scan->entry);
  } else if (scan->zone_id != NULL && flaw == LYKTA_ICAL_SOUND &&
             length <= LYKTA_LIMIT_LINE_BYTES &&
             g_hash_table_size (scan->index->zones) < MAX_ZONES) {
    LyktaIcalZoneEntry zone = {scan->entry.offset, (guint32)length, scan->entry.line};
    g_hash_table_replace (scan->index->zones, g_steal_pointer (&scan->zone_id),
                          g_memdup2 (&zone, sizeof zone));
  }
  g_clear_pointer (&scan->zone_id, g_free);
  scan->kind = KIND_OTHER;
}

static void
start_component (Scan *scan, Kind kind)
{
  memset (&scan->entry, 0, sizeof scan->entry);
  scan->entry.offset = scan->line_offset;
  scan->entry.line = scan->line_number;
  scan->entry.is_cancelled = scan->is_cancelled;
  scan->entry.is_outside = !scan->is_calendar_open;
  scan->kind = kind;
  scan->base = scan->depth;
  scan->n_properties = 0;
  scan->has_modified = FALSE;
  if (scan->entry.is_outside && kind == KIND_EVENT)
    lykta_feed_report_add (
        scan->report, LYKTA_FEED_WARNING, "event-outside-calendar", scan->line_number, NULL,
        "An event stands outside BEGIN:VCALENDAR … END:VCALENDAR; it was read all the same.");
}

static void
on_begin (Scan *scan, const char *name)
{
  Kind kind = kind_of (name);

  if (++scan->n_components > LYKTA_LIMIT_COMPONENTS * 2u) {
    fatal (scan, LYKTA_FEED_ERROR_LIMIT, "too-many-components", scan->line_number,
           "The file has more components than a calendar may have (500,000); split it.");
    return;
  }
  /* Whatever begins anew shows that the one before was never closed. */
  if (scan->kind != KIND_OTHER && kind != KIND_OTHER) {
    finish_component (scan, scan->line_offset, LYKTA_ICAL_NOT_CLOSED);
    scan->depth = scan->base;
  }
  if (kind == KIND_CALENDAR) {
    if (scan->is_calendar_open)
      lykta_feed_report_add (
          scan->report, LYKTA_FEED_WARNING, "calendar-not-closed", scan->line_number, NULL,
          "A calendar begins within another; the one before has no END:VCALENDAR.");
    scan->is_calendar_open = scan->has_calendar = TRUE;
    scan->is_cancelled = FALSE;
    scan->depth = 0;
  } else if (scan->kind == KIND_OTHER && kind != KIND_OTHER)
    start_component (scan, kind);
  else if (scan->kind == KIND_OTHER &&
           (g_str_equal (name, "VTODO") || g_str_equal (name, "VJOURNAL") ||
            g_str_equal (name, "VFREEBUSY") || g_str_equal (name, "VAVAILABILITY")))
    scan->index->n_other++;
  if (scan->depth < MAX_DEPTH) {
    scan->stack[scan->depth].kind = kind;
    scan->stack[scan->depth].name = lykta_hash_bytes (LYKTA_HASH_START, name, strlen (name));
    scan->depth++;
  }
  if (scan->kind == KIND_EVENT && scan->depth - scan->base > LYKTA_LIMIT_NESTING)
    scan->entry.flaw = LYKTA_ICAL_TOO_DEEP;
}

/* @end: offset behind the END line. */
static void
on_end (Scan *scan, const char *name, guint64 end)
{
  guint64 hash = lykta_hash_bytes (LYKTA_HASH_START, name, strlen (name));
  Kind kind = kind_of (name);
  guint at = scan->depth;

  if (kind == KIND_CALENDAR) {
    if (scan->kind != KIND_OTHER)
      finish_component (scan, scan->line_offset, LYKTA_ICAL_NOT_CLOSED);
    if (!scan->is_calendar_open)
      lykta_feed_report_add (scan->report, LYKTA_FEED_WARNING, "stray-end", scan->line_number, NULL,
                             "END:VCALENDAR without its beginning was left out.");
    scan->is_calendar_open = FALSE;
    scan->depth = 0;
    return;
  }
  while (at > 0 && scan->stack[at - 1].name != hash)
    at--;
  if (at == 0 || (scan->kind != KIND_OTHER && at <= scan->base)) {
    lykta_feed_report_add (scan->report, LYKTA_FEED_WARNING, "stray-end", scan->line_number, NULL,
                           "An END line without its BEGIN was left out.");
    return;
  }
  if (at < scan->depth)
    lykta_feed_report_add (
        scan->report, LYKTA_FEED_WARNING, "not-closed-inside", scan->line_number, NULL,
        "Something inside this component is never closed; it was taken to end here.");
  scan->depth = at - 1;
  if (scan->kind != KIND_OTHER && scan->depth == scan->base)
    finish_component (scan, end, LYKTA_ICAL_SOUND);
}

/* "20261124T180000Z" as 20261124180000: sorts, and needs no calendar. */
static gint64
stamp_of (const char *value)
{
  gint64 number = 0;

  for (guint n = 0; *value != 0 && n < 14; value++) {
    if (g_ascii_isdigit (*value)) {
      number = number * 10 + (*value - '0');
      n++;
    }
  }
  return number;
}

/* Value of the collected line when its name is @name. */
static const char *
value_of (Scan *scan, const char *name)
{
  gsize n = strlen (name);
  const char *p = scan->head + n;
  gboolean is_quoted = FALSE;

  if (g_ascii_strncasecmp (scan->head, name, n) != 0 || (*p != ':' && *p != ';'))
    return NULL;
  for (; *p != 0 && (is_quoted || *p != ':'); p++)
    is_quoted ^= *p == '"';
  return *p == ':' ? p + 1 : NULL;
}

/* Hash of the identifier that @value will be taken for; 0 for none. */
static guint64
series_of (const char *value)
{
  g_autofree char *uid = g_utf8_validate (value, -1, NULL)
                             ? g_strdup (value)
                             : lykta_charset_decode (value, strlen (value));

  lykta_ical_unescape (g_strstrip (uid));
  return *uid != 0 ? lykta_hash_bytes (LYKTA_HASH_START, uid, strlen (uid)) | 1 : 0;
}

static void
on_property (Scan *scan)
{
  const char *value;
  gboolean is_own = scan->depth == scan->base + 1;

  if (scan->kind == KIND_OTHER) {
    if (scan->is_calendar_open && (value = value_of (scan, "METHOD")) != NULL)
      scan->is_cancelled = g_ascii_strcasecmp (value, "CANCEL") == 0;
    else if (scan->is_calendar_open && (value = value_of (scan, "X-LYKTA-LANGUAGE")) != NULL)
      g_free (g_steal_pointer (&scan->index->language)), scan->index->language = g_strdup (value);
    return;
  }
  if (!is_own)
    return;
  if (scan->kind == KIND_ZONE) {
    if ((value = value_of (scan, "TZID")) != NULL && scan->zone_id == NULL)
      scan->zone_id = g_utf8_make_valid (value, -1);
  } else if ((value = value_of (scan, "UID")) != NULL) {
    scan->entry.series = series_of (value);
  } else if (value_of (scan, "RECURRENCE-ID") != NULL)
    scan->entry.is_override = TRUE;
  else if ((value = value_of (scan, "SEQUENCE")) != NULL)
    scan->entry.sequence = (gint32)CLAMP (g_ascii_strtoll (value, NULL, 10), 0, G_MAXINT32);
  else if ((value = value_of (scan, "LAST-MODIFIED")) != NULL) {
    scan->entry.modified = stamp_of (value);
    scan->has_modified = TRUE;
  } else if ((value = value_of (scan, "DTSTAMP")) != NULL && !scan->has_modified)
    scan->entry.modified = stamp_of (value);
}

/* The logical line under way is complete; @end: offset behind it. */
static void
finish_line (Scan *scan, guint64 end)
{
  const char *value;

  if (!scan->has_line)
    return;
  scan->has_line = FALSE;
  if (scan->kind == KIND_EVENT) {
    if (scan->line_length > LYKTA_LIMIT_LINE_BYTES)
      scan->entry.flaw = LYKTA_ICAL_LINE_TOO_LONG;
    if (++scan->n_properties > LYKTA_LIMIT_PROPERTIES && scan->entry.flaw == LYKTA_ICAL_SOUND)
      scan->entry.flaw = LYKTA_ICAL_TOO_MANY_PROPERTIES;
  }
  if (!scan->is_interesting)
    return;
  for (gsize i = 0; i < scan->head_length; i++)
    scan->head[i] = scan->head[i] != 0 ? scan->head[i] : ' ';
  scan->head[scan->head_length] = 0;
  while (scan->head_length > 0 && g_ascii_isspace (scan->head[scan->head_length - 1]))
    scan->head[--scan->head_length] = 0;
  if ((value = value_of (scan, "BEGIN")) != NULL || (value = value_of (scan, "END")) != NULL) {
    gboolean is_begin = g_ascii_toupper (*scan->head) == 'B';
    g_autofree char *name = g_ascii_strup (value, -1);
    g_strstrip (name);
    if (is_begin)
      on_begin (scan, name);
    else
      on_end (scan, name, end);
  } else
    on_property (scan);
}

/* Only lines that begin like one of these are collected: BEgin, ENd, UId, REcurrence-id, SEquence,
 * LAst-modified, DTStamp, TZid, MEthod, X-Lykta-language. */
static gboolean
looks_interesting (const char *p, gsize n)
{
  char a, b;

  /* Real files break the line before its colon: "UID" alone. */
  if (n < 3)
    return FALSE;
  a = g_ascii_toupper (p[0]);
  b = g_ascii_toupper (p[1]);
  switch (a) {
  case 'B':
  case 'S':
  case 'R':
  case 'M':
    return b == 'E';
  case 'E':
    return b == 'N';
  case 'U':
    return b == 'I';
  case 'L':
    return b == 'A';
  case 'D':
    return n > 3 && b == 'T' && (p[3] == 'T' || p[3] == 't' || p[3] == 'A' || p[3] == 'a');
  case 'T':
    return b == 'Z';
  case 'X':
    return n > 12 && g_ascii_strncasecmp (p, "X-LYKTA-LAN", 11) == 0;
  default:
    return FALSE;
  }
}

static void
collect (Scan *scan, const char *p, gsize n)
{
  gsize take = MIN (n, HEAD_BYTES - 1 - scan->head_length);

  memcpy (scan->head + scan->head_length, p, take);
  scan->head_length += take;
}

/* One physical line at @offset, without its line end. */
static void
take_line (Scan *scan, const char *p, gsize n, guint64 offset)
{
  scan->line++;
  while (n > 0 && p[n - 1] == '\r')
    n--;
  if (n == 0)
    return;
  if ((*p == ' ' || *p == '\t') && scan->has_line) {
    scan->line_length += n - 1;
    if (scan->is_interesting)
      collect (scan, p + 1, n - 1);
    return;
  }
  finish_line (scan, offset);
  if (offset == 0 && n >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0) {
    p += 3;
    n -= 3;
    offset += 3;
  }
  scan->has_line = TRUE;
  scan->line_length = n;
  scan->line_offset = offset;
  scan->line_number = scan->line;
  scan->head_length = 0;
  scan->is_interesting = looks_interesting (p, n);
  if (scan->is_interesting)
    collect (scan, p, n);
}

/* Says what the file is instead of a calendar. */
static void
fatal_not_a_calendar (Scan *scan, const char *head, gsize n)
{
  gsize i = 0;
  const char *message =
      "The file is no calendar: BEGIN:VCALENDAR is missing. Check that the address leads to the calendar itself.";

  while (i < n && (g_ascii_isspace (head[i]) || (guint8)head[i] >= 0xbb))
    i++;
  if (i == n)
    message = "The file is empty; the publisher's server gave no calendar.";
  else if (head[i] == '<')
    message =
        "The address gives a web page (HTML or XML) and not a calendar. Look for an address that ends in "
        ".ics, or for “subscribe” on that page.";
  else if (head[i] == '{' || head[i] == '[')
    message =
        "The address gives JSON and not an iCalendar file. Look for an address that ends in .ics.";
  else if (n > 4 && memcmp (head, "%PDF", 4) == 0)
    message = "The address gives a PDF document and not a calendar.";
  else if (n > 2 && (memcmp (head, "PK", 2) == 0 || memcmp (head, "\x1f\x8b", 2) == 0))
    message = "The file is packed (zip or gzip); give the unpacked .ics file.";
  fatal (scan, LYKTA_FEED_ERROR_NOT_A_CALENDAR, "not-a-calendar", 1, message);
}

static gint
by_series (gconstpointer a, gconstpointer b)
{
  const LyktaIcalEntry *x = a, *y = b;

  if (x->series != y->series)
    return x->series < y->series ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static gint
by_first (gconstpointer a, gconstpointer b)
{
  const LyktaIcalEntry *x = a, *y = b;

  if (x->first != y->first)
    return x->first < y->first ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

/* Brings the events of each series together, series in the order in which they first appear. */
static void
group (GArray *events)
{
  LyktaIcalEntry *all = (LyktaIcalEntry *)events->data;
  gboolean is_grouped = TRUE;

  if (events->len == 0)
    return;
  qsort (all, events->len, sizeof *all, by_series);
  for (guint i = 0; i < events->len; i++) {
    gboolean is_same = i > 0 && all[i].series != 0 && all[i].series == all[i - 1].series;
    all[i].first = is_same ? all[i - 1].first : all[i].order;
    is_grouped &= i == 0 || all[i - 1].first <= all[i].first;
  }
  if (!is_grouped)
    qsort (all, events->len, sizeof *all, by_first);
}

static void
finish_file (Scan *scan, guint64 size)
{
  finish_line (scan, size);
  if (scan->error != NULL)
    return;
  /* One endless line gets here without having been looked at. */
  if (!scan->has_calendar && scan->index->events->len == 0 && scan->kind == KIND_OTHER)
    fatal_not_a_calendar (scan, "?", 1);
  else if (scan->is_calendar_open || scan->kind == KIND_EVENT)
    fatal (
        scan, LYKTA_FEED_ERROR_TRUNCATED, "truncated", scan->line,
        "The file ends before END:VCALENDAR: the download or the export was cut off. Nothing of it is used.");
}

/* Goes through the lines of @buffer; returns how many bytes are done. */
static gsize
take_block (Scan *scan, const char *buffer, gsize n, gboolean is_last)
{
  const char *p = buffer, *end = buffer + n;
  char separator = scan->is_cr_only ? '\r' : '\n';

  while (p < end && scan->error == NULL) {
    const char *stop = memchr (p, separator, (gsize)(end - p));
    if (stop == NULL && !is_last)
      break;
    stop = stop != NULL ? stop : end;
    take_line (scan, p, (gsize)(stop - p), scan->offset + (guint64)(p - buffer));
    p = MIN (stop + 1, end);
  }
  return (gsize)(p - buffer);
}

/* A line longer than the buffer: its beginning counts as a line of full length, the rest is thrown
 * away up to the next line end. */
static gboolean
skip_long_line (Scan *scan, char *buffer, gsize *kept, gboolean *is_skipping)
{
  const char *stop = NULL;
  gsize done = *kept;

  if (*is_skipping)
    stop = memchr (buffer, scan->is_cr_only ? '\r' : '\n', *kept);
  else
    take_line (scan, buffer, *kept, scan->offset);
  *is_skipping = stop == NULL;
  if (stop != NULL)
    done = (gsize)(stop + 1 - buffer);
  scan->line_length += done;
  scan->offset += done;
  *kept -= done;
  memmove (buffer, buffer + done, *kept);
  return *is_skipping;
}

static void
scan_stream (Scan *scan, GInputStream *stream, GCancellable *cancellable)
{
  g_autofree char *buffer = g_malloc (BLOCK_BYTES);
  gsize kept = 0;
  gboolean is_skipping = FALSE;

  for (gboolean is_last = FALSE; !is_last && scan->error == NULL;) {
    gsize got = 0, done;
    GError *error = NULL;
    if (!g_input_stream_read_all (stream, buffer + kept, BLOCK_BYTES - kept, &got, cancellable,
                                  &error)) {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (&scan->error, g_steal_pointer (&error));
      else
        fatal (scan, LYKTA_FEED_ERROR_IO, "read-error", scan->line, error->message);
      g_clear_error (&error);
      return;
    }
    is_last = kept + got < BLOCK_BYTES;
    kept += got;
    if (scan->offset == 0) {
      gsize n = MIN (kept, 4096);
      scan->is_cr_only = memchr (buffer, '\n', n) == NULL && memchr (buffer, '\r', n) != NULL;
    }
    if (is_skipping && skip_long_line (scan, buffer, &kept, &is_skipping))
      continue;
    if (scan->offset > LYKTA_LIMIT_FEED_BYTES)
      fatal (scan, LYKTA_FEED_ERROR_LIMIT, "too-large", 0, "The file is larger than 512 MB.");
    done = take_block (scan, buffer, kept, is_last);
    if (!scan->has_calendar && scan->index->events->len == 0 && scan->kind == KIND_OTHER &&
        (is_last || scan->offset + (done > 0 ? done : kept) > PATIENCE_BYTES)) {
      finish_line (scan, scan->offset + done);
      if (!scan->has_calendar && scan->index->events->len == 0 && scan->kind == KIND_OTHER) {
        fatal_not_a_calendar (scan, buffer, kept);
        return;
      }
    }
    if (done == 0 && !is_last && kept == BLOCK_BYTES) {
      skip_long_line (scan, buffer, &kept, &is_skipping);
      continue;
    }
    scan->offset += done;
    kept -= done;
    memmove (buffer, buffer + done, kept);
  }
  finish_file (scan, scan->offset + kept);
}

LyktaIcalIndex *
lykta_ical_index_new (GInputStream *stream,
                      LyktaFeedReport *report,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LyktaIcalIndex) index = g_new0 (LyktaIcalIndex, 1);
  g_autofree Scan *scan = g_new0 (Scan, 1);

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && LYKTA_IS_FEED_REPORT (report), NULL);
  index->events = g_array_new (FALSE, FALSE, sizeof (LyktaIcalEntry));
  index->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  scan->index = index;
  scan->report = report;
  scan_stream (scan, stream, cancellable);
  g_free (scan->zone_id);
  if (scan->error != NULL) {
    g_propagate_error (error, scan->error);
    return NULL;
  }
  if (index->n_other > 0)
    lykta_feed_report_add_printf (
        report, LYKTA_FEED_NOTE, "other-components", 0, NULL,
        "%u to-dos, journals or free-busy times are no activities and were left out.",
        index->n_other);
  group (index->events);
  return g_steal_pointer (&index);
}
