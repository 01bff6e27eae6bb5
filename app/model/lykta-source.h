/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What an address holds. AUTO looks at the bytes. */
typedef enum {
  LYKTA_FORMAT_AUTO,
  LYKTA_FORMAT_ICALENDAR,
  LYKTA_FORMAT_SAMPLE,
  LYKTA_FORMAT_JSONLD,    /* schema.org events, app/feed/JSONLD.md */
  LYKTA_FORMAT_INTEGREAT, /* events as the Integreat CMS gives them */
  LYKTA_FORMAT_CALDAV,    /* a calendar server, app/sync/CALDAV.md */
} LyktaFormat;

/* Where activities come from: one address and what is known of it beforehand. The id is "sample"
 * for the built-in one, "aktiviteter-i-sverige" for the preset, else the address itself. Immutable,
 * reference-counted, any thread. */
typedef struct _LyktaSource LyktaSource;
#define LYKTA_TYPE_SOURCE (lykta_source_get_type ())
GType lykta_source_get_type (void);
#define LYKTA_SOURCE_ID_SAMPLE "sample"
#define LYKTA_SOURCE_ID_PRESET "aktiviteter-i-sverige"
/* @name: for people, NULL takes the address. @language: canonical tag of texts that do not say
 * their own, NULL is "sv". */
LyktaSource *lykta_source_new (const char *id,
                               const char *name,
                               const char *address,
                               LyktaFormat format,
                               const char *language);
LyktaSource *lykta_source_ref (LyktaSource *self);
void lykta_source_unref (LyktaSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSource, lykta_source_unref)
const char *lykta_source_get_id (LyktaSource *self);
const char *lykta_source_get_name (LyktaSource *self);
/* https:, http: (loopback only), "caldav+" and one of these, file: or "sample:". */
const char *lykta_source_get_address (LyktaSource *self);
LyktaFormat lykta_source_get_format (LyktaSource *self);
const char *lykta_source_get_language (LyktaSource *self);
gboolean lykta_source_is_sample (LyktaSource *self);

const char *lykta_format_to_token (LyktaFormat format);
LyktaFormat lykta_format_from_token (const char *token);

/* How the last tries to refresh a source went. Plain value, freed with lykta_source_state_free. */
typedef struct {
  gint64 last_attempt;   /* Unix seconds, 0 never */
  gint64 last_confirmed; /* when the publisher last answered and all was well, 0 never */
  gint64 last_changed;   /* when the content last became another one, 0 never */
  guint failures;        /* in a row, 0 when the last try went well */
  char *failure; /* (owned) (nullable) token of what went wrong: "unreachable", "http-status" … */
  char *failure_detail; /* (owned) (nullable) English sentence for the operator */
  char *etag;           /* (owned) (nullable) */
  char *last_modified;  /* (owned) (nullable) HTTP date as received */
  char *content_hash;   /* (owned) (nullable) SHA-256 of the decoded body, hex */
  guint n_activities;
  guint n_quarantined;
  guint64 bytes_received; /* all time */
} LyktaSourceState;
LyktaSourceState *lykta_source_state_new (void);
LyktaSourceState *lykta_source_state_copy (const LyktaSourceState *self);
void lykta_source_state_free (LyktaSourceState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSourceState, lykta_source_state_free)

G_END_DECLS
