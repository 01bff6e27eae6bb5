/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Cuts a stream of JSON into the objects that may be events, one at a time, without taking them
 * apart: the members of a top-level array, of "@graph" and its relatives, or one object a line.
 * Nothing is kept of what passes but where it is. One thread. */
typedef struct _LyktaJsonSplitter LyktaJsonSplitter;

typedef enum {
  LYKTA_JSON_SOUND,
  LYKTA_JSON_TOO_LARGE,
  LYKTA_JSON_TOO_DEEP,
  LYKTA_JSON_BROKEN, /* a line that is no JSON among lines that are */
} LyktaJsonFlaw;

/* A piece that stands inside another one and was handed on by itself. */
typedef struct {
  guint64 offset;
  guint64 length;
} LyktaJsonHole;

typedef struct {
  guint64 offset;
  guint64 length; /* with its holes */
  guint line;     /* from 1 */
  LyktaJsonFlaw flaw;
  gboolean is_root;           /* a top-level object, not a member of a list */
  const LyktaJsonHole *holes; /* lists whose members were handed on before, ascending */
  guint n_holes;
} LyktaJsonPiece;

typedef void (*LyktaJsonPieceFunc) (const LyktaJsonPiece *piece, gpointer user_data);

/* @offset and @line: where in the file the first byte is that will be given.
 * @is_lenient: JSON out of a web page, where comments and other things stand around it.
 * @is_lined: known to be one value a line. */
LyktaJsonSplitter *lykta_json_splitter_new (guint64 offset,
                                            guint line,
                                            gboolean is_lenient,
                                            gboolean is_lined,
                                            LyktaJsonPieceFunc func,
                                            gpointer user_data);
void lykta_json_splitter_free (LyktaJsonSplitter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaJsonSplitter, lykta_json_splitter_free)
/* FALSE with LYKTA_FEED_ERROR when this is no JSON. */
gboolean
lykta_json_splitter_take (LyktaJsonSplitter *self, const char *bytes, gsize n, GError **error);
/* After the last byte: FALSE with LYKTA_FEED_ERROR_TRUNCATED or _NOT_A_CALENDAR. */
gboolean lykta_json_splitter_end (LyktaJsonSplitter *self, GError **error);
/* Lists that were gone through, empty ones too. */
guint lykta_json_splitter_get_n_lists (LyktaJsonSplitter *self);
/* TRUE when something stood behind the JSON and was left out. */
gboolean lykta_json_splitter_has_rest (LyktaJsonSplitter *self);
/* TRUE when what was taken is one value a line. */
gboolean lykta_json_splitter_is_lined (LyktaJsonSplitter *self);

G_END_DECLS
