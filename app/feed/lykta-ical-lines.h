/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "feed/lykta-feed-report.h"

G_BEGIN_DECLS

/* One component of a calendar, taken apart into lines: what feed/lykta-ical-event.h reads values
 * from. One object serves a whole file, event after event, and keeps its memory. */

/* Property names in alphabetical order of their spelling; X- ones included that mean something. */
typedef enum {
  LYKTA_ICAL_OTHER,
#define LYKTA_ICAL_NAME(id, spelling) LYKTA_ICAL_##id,
#include "feed/lykta-ical-names.inc"
#undef LYKTA_ICAL_NAME
  LYKTA_ICAL_N_NAMES,
} LyktaIcalName;

typedef struct {
  const char *name;  /* upper case */
  const char *value; /* without quotes, RFC 6868 resolved; several values as written */
} LyktaIcalParameter;

typedef struct {
  LyktaIcalName name;
  guint line;           /* in the file */
  guint child;          /* 0: the component itself; else which component inside it */
  gboolean is_resolved; /* get_text has been here */
  const char *spelling; /* name in upper case */
  const char *value;    /* valid UTF-8, still escaped */
  guint n_parameters;
  guint first_parameter;
} LyktaIcalProperty;

/* Components inside an event that carry something. */
typedef enum {
  LYKTA_ICAL_CHILD_OTHER, /* VALARM and unknown ones: ignored */
  LYKTA_ICAL_CHILD_PARTICIPANT,
  LYKTA_ICAL_CHILD_LOCATION,
  LYKTA_ICAL_CHILD_RESOURCE,
  LYKTA_ICAL_CHILD_STANDARD,
  LYKTA_ICAL_CHILD_DAYLIGHT,
} LyktaIcalChild;

typedef struct _LyktaIcalComponent LyktaIcalComponent;
LyktaIcalComponent *lykta_ical_component_new (void);
void lykta_ical_component_free (LyktaIcalComponent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaIcalComponent, lykta_ical_component_free)
/* A buffer of @n bytes (plus a NUL) to put the component's bytes into, from its BEGIN line to its
 * END line. Everything read before is gone. */
char *lykta_ical_component_reserve (LyktaIcalComponent *self, gsize n);
/* Takes the buffer apart. @line: of its BEGIN. What is odd goes to @report. */
void
lykta_ical_component_parse (LyktaIcalComponent *self, gsize n, guint line, LyktaFeedReport *report);

guint lykta_ical_component_get_line (LyktaIcalComponent *self);
guint lykta_ical_component_get_n (LyktaIcalComponent *self);
const LyktaIcalProperty *lykta_ical_component_get_nth (LyktaIcalComponent *self, guint index);
/* First property of that name in the component itself; NULL when there is none. */
const LyktaIcalProperty *lykta_ical_component_find (LyktaIcalComponent *self, LyktaIcalName name);
/* Value of @property's parameter; NULL when it has none of that name. */
const char *lykta_ical_component_get_parameter (LyktaIcalComponent *self,
                                                const LyktaIcalProperty *property,
                                                const char *name);
LyktaIcalChild lykta_ical_component_get_child_kind (LyktaIcalComponent *self, guint child);
guint lykta_ical_component_get_n_children (LyktaIcalComponent *self);
/* Value of @property with its escapes resolved, valid as long as the component's content. */
const char *
lykta_ical_component_get_text (LyktaIcalComponent *self, const LyktaIcalProperty *property);
/* Resolves backslashes in place (RFC 5545 3.3.11, and some that others write). */
void lykta_ical_unescape (char *text);
/* Hash of everything that says what the event is, not when the file was made. */
guint64 lykta_ical_component_hash (LyktaIcalComponent *self);

/* 64-bit FNV-1a. Start with LYKTA_HASH_START. */
#define LYKTA_HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
guint64 lykta_hash_bytes (guint64 hash, const char *bytes, gsize n);

G_END_DECLS
