/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-feed-report.h"

#include "base/lykta-limits.h"

#define MESSAGE_CHARS 400
#define N_SEVERITIES  (LYKTA_FEED_FATAL + 1)

struct _LyktaFeedReport {
  GObject parent_instance;

  GArray *findings;      /* (owned) (element-type LyktaFeedFinding) */
  GStringChunk *strings; /* (owned) */
  GHashTable *codes;     /* (owned) interned code → count */
  guint totals[N_SEVERITIES];
  guint kept[N_SEVERITIES];
  guint n_events_seen;
  guint n_activities;
};

G_DEFINE_FINAL_TYPE (LyktaFeedReport, lykta_feed_report, G_TYPE_OBJECT)

const char *
lykta_feed_severity_to_token (LyktaFeedSeverity severity)
{
  static const char *const tokens[N_SEVERITIES] = {"note", "warning", "quarantined", "fatal"};

  g_return_val_if_fail (severity < N_SEVERITIES, "note");
  return tokens[severity];
}

/* @text may hold anything that stood in the file: what is kept is one valid line of UTF-8. */
static const char *
keep (LyktaFeedReport *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != 0 && n < MESSAGE_CHARS; p = g_utf8_next_char (p), n++) {
    gunichar c = g_utf8_get_char (p);
    GUnicodeType type = g_unichar_type (c);
    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
        type == G_UNICODE_PARAGRAPH_SEPARATOR)
      c = ' ';
    g_string_append_unichar (clean, c);
  }
  if (n == MESSAGE_CHARS)
    g_string_append (clean, "…");
  return g_string_chunk_insert (self->strings, clean->str);
}

static void
lykta_feed_report_finalize (GObject *object)
{
  LyktaFeedReport *self = LYKTA_FEED_REPORT (object);

  g_array_unref (self->findings);
  g_string_chunk_free (self->strings);
  g_hash_table_unref (self->codes);
  G_OBJECT_CLASS (lykta_feed_report_parent_class)->finalize (object);
}

static void
lykta_feed_report_class_init (LyktaFeedReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_feed_report_finalize;
}

static void
lykta_feed_report_init (LyktaFeedReport *self)
{
  self->findings = g_array_new (FALSE, TRUE, sizeof (LyktaFeedFinding));
  self->strings = g_string_chunk_new (1024);
  self->codes = g_hash_table_new (g_str_hash, g_str_equal);
}

LyktaFeedReport *
lykta_feed_report_new (void)
{
  return g_object_new (LYKTA_TYPE_FEED_REPORT, NULL);
}

/* Counts, and tells whether the finding is to be kept as well. */
static gboolean
count (LyktaFeedReport *self, LyktaFeedSeverity severity, const char *code)
{
  guint same = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes, code)) + 1;
  gboolean is_kept = self->kept[severity] < LYKTA_LIMIT_QUARANTINE;

  g_hash_table_insert (self->codes, (gpointer)code, GUINT_TO_POINTER (same));
  self->totals[severity]++;
  if (severity < LYKTA_FEED_QUARANTINED && same > LYKTA_FEED_REPORT_SAME)
    is_kept = FALSE;
  if (is_kept)
    self->kept[severity]++;
  return is_kept;
}

static void
add (LyktaFeedReport *self,
     LyktaFeedSeverity severity,
     const char *code,
     guint line,
     const char *uid,
     const char *message)
{
  LyktaFeedFinding finding = {severity, code, line, NULL, NULL};

  finding.uid = uid != NULL ? keep (self, uid) : NULL;
  finding.message = keep (self, message);
  g_array_append_val (self->findings, finding);
}

void
lykta_feed_report_add (LyktaFeedReport *self,
                       LyktaFeedSeverity severity,
                       const char *code,
                       guint line,
                       const char *uid,
                       const char *message)
{
  const char *interned;

  g_return_if_fail (LYKTA_IS_FEED_REPORT (self));
  g_return_if_fail (severity < N_SEVERITIES);
  g_return_if_fail (code != NULL && message != NULL);

  interned = g_intern_string (code);
  if (count (self, severity, interned))
    add (self, severity, interned, line, uid, message);
}

void
lykta_feed_report_add_printf (LyktaFeedReport *self,
                              LyktaFeedSeverity severity,
                              const char *code,
                              guint line,
                              const char *uid,
                              const char *format,
                              ...)
{
  const char *interned;
  va_list arguments;

  g_return_if_fail (LYKTA_IS_FEED_REPORT (self));
  g_return_if_fail (severity < N_SEVERITIES);
  g_return_if_fail (code != NULL && format != NULL);

  interned = g_intern_string (code);
  if (!count (self, severity, interned))
    return;
  va_start (arguments, format);
  {
    g_autofree char *message = g_strdup_vprintf (format, arguments);
    add (self, severity, interned, line, uid, message);
  }
  va_end (arguments);
}

guint
lykta_feed_report_get_n (LyktaFeedReport *self)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), 0);
  return self->findings->len;
}

const LyktaFeedFinding *
lykta_feed_report_get_nth (LyktaFeedReport *self, guint index)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), NULL);
  g_return_val_if_fail (index < self->findings->len, NULL);
  return &g_array_index (self->findings, LyktaFeedFinding, index);
}

guint
lykta_feed_report_count (LyktaFeedReport *self, LyktaFeedSeverity severity)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), 0);
  g_return_val_if_fail (severity < N_SEVERITIES, 0);
  return self->totals[severity];
}

guint
lykta_feed_report_count_code (LyktaFeedReport *self, const char *code)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), 0);
  g_return_val_if_fail (code != NULL, 0);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->codes, code));
}

guint
lykta_feed_report_get_n_events_seen (LyktaFeedReport *self)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), 0);
  return self->n_events_seen;
}

guint
lykta_feed_report_get_n_activities (LyktaFeedReport *self)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), 0);
  return self->n_activities;
}

guint
lykta_feed_report_get_n_quarantined (LyktaFeedReport *self)
{
  g_return_val_if_fail (LYKTA_IS_FEED_REPORT (self), 0);
  return self->totals[LYKTA_FEED_QUARANTINED];
}

void
lykta_feed_report_set_counts (LyktaFeedReport *self, guint events_seen, guint activities)
{
  g_return_if_fail (LYKTA_IS_FEED_REPORT (self));
  self->n_events_seen = events_seen;
  self->n_activities = activities;
}
