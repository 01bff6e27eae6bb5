/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The files that a Lykta feed consists of, named after their own SHA-256 (LYKTA-FEED.md, "Parts"),
 * and what the pages that name them have in common. Any thread. */

#define LYKTA_FEED_HASH_DIGITS 64
/* As many digits of a state are enough to find one's own among those that deltas begin with. */
#define LYKTA_FEED_FROM_DIGITS 16
/* What is in the file: its ending. */
#define LYKTA_FEED_PART_ZSTD "zst"
#define LYKTA_FEED_PART_GZIP "gz"

/* Part of a page; @hash NULL: none. */
typedef struct {
  char *hash;    /* (owned) of the file, lower-case hex */
  guint64 bytes; /* of the file */
  guint64 raw;   /* of what is packed in it */
} LyktaFeedPart;
void lykta_feed_part_clear (LyktaFeedPart *part);
/* @to becomes what @from is. */
void lykta_feed_part_copy (LyktaFeedPart *to, const LyktaFeedPart *from);
/* Describes @file, which holds @raw bytes. */
void lykta_feed_part_set (LyktaFeedPart *part, GBytes *file, guint64 raw);
/* Whether @file is what @part says: length and SHA-256. */
gboolean lykta_feed_part_is (const LyktaFeedPart *part, GBytes *file);
/* "parts/HASH.SUFFIX". (transfer full) */
char *lykta_feed_part_get_path (const LyktaFeedPart *part, const char *suffix);

/* A part that leads from one state to the next. */
typedef struct {
  char *from;     /* (owned) the first digits of that state */
  gint64 created; /* Unix seconds; 0 not told */
  LyktaFeedPart part;
  LyktaFeedPart plain; /* the same lines as gzip; maybe none */
} LyktaFeedStep;
LyktaFeedStep *lykta_feed_step_new (const char *from);
LyktaFeedStep *lykta_feed_step_copy (const LyktaFeedStep *step);
void lykta_feed_step_free (LyktaFeedStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaFeedStep, lykta_feed_step_free)
/* TRUE when @step begins with @state. */
gboolean lykta_feed_step_is_from (const LyktaFeedStep *step, const char *state);

/* ---- members of pages: FALSE when missing or nonsense ---- */

/* Borrowed; NULL when it is no string. */
const char *lykta_feed_json_get_string (JsonObject *object, const char *name);
gboolean lykta_feed_json_take_number (JsonObject *object, const char *name, guint64 *number);
/* @digits of a hash in lower-case hex. @hash (out, transfer full) */
gboolean
lykta_feed_json_take_hash (JsonObject *object, const char *name, guint digits, char **hash);
/* The object itself is the part. */
gboolean lykta_feed_json_take_part (JsonObject *object, LyktaFeedPart *part);
/* A member that is a part and must not be larger than @max_bytes, packed or not. */
gboolean lykta_feed_json_take_part_member (JsonObject *object,
                                           const char *name,
                                           guint64 max_bytes,
                                           LyktaFeedPart *part);
/* A list of steps, at most @max_steps. */
gboolean lykta_feed_json_take_steps (JsonObject *object,
                                     const char *name,
                                     guint max_steps,
                                     GPtrArray *steps);
/* (transfer full) */
JsonObject *lykta_feed_json_new_part (const LyktaFeedPart *part);
/* @is_short: only what a client needs. @first: the place of the first one that is wanted.
 * (transfer full) */
JsonArray *lykta_feed_json_new_steps (GPtrArray *steps, guint first, gboolean is_short);

G_END_DECLS
