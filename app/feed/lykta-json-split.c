/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-json-split.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-feed.h"

/* Brackets whose kind is remembered; what is deeper is too deep for an event anyway. */
#define STACK_DEPTH 64
#define KEY_BYTES   32
#define MAX_HOLES   16

typedef enum {
  COMMENT_NONE,
  COMMENT_SLASH, /* one / has been seen */
  COMMENT_LINE,
  COMMENT_BLOCK,
  COMMENT_BLOCK_STAR,
} Comment;

struct _LyktaJsonSplitter {
  LyktaJsonPieceFunc func;
  gpointer user_data;
  gboolean is_lenient;

  guint64 offset; /* behind the byte that is looked at */
  guint line;
  gboolean is_lined;
  gboolean is_skipping; /* to the end of a broken line */
  gboolean has_rest;
  guint n_roots;
  guint n_lists;
  guint64 n_pieces;

  gboolean is_in_string;
  gboolean is_escaped;
  Comment comment;
  guint depth;
  char stack[STACK_DEPTH];

  /* the top-level value under way */
  guint64 root_offset;
  guint root_line;
  guint root_depth; /* greatest, without what is inside lists */
  gboolean is_key_next;
  gboolean is_in_key;
  char key[KEY_BYTES];
  gsize key_length;
  LyktaJsonHole holes[MAX_HOLES];
  guint n_holes;

  /* the list under way whose members are handed on; 0: none */
  guint list_depth;
  gboolean is_in_piece;
  guint64 piece_offset;
  guint piece_line;
  guint piece_depth;
};

/* Members of a top-level object that hold events when they are lists. */
static const char *const list_keys[] = {
    "@graph",
    "@included",
    "itemListElement",
    "dataFeedElement",
    "hydra:member",
    "member",
    "items",
    "events",
    "event",
    "results",
    "data",
    "hasPart",
    "hasCourseInstance",
    "schema:itemListElement",
    "schema:member",
};

LyktaJsonSplitter *
lykta_json_splitter_new (guint64 offset,
                         guint line,
                         gboolean is_lenient,
                         gboolean is_lined,
                         LyktaJsonPieceFunc func,
                         gpointer user_data)
{
  LyktaJsonSplitter *self = g_new0 (LyktaJsonSplitter, 1);

  self->func = func;
  self->user_data = user_data;
  self->offset = offset;
  self->line = line;
  self->is_lenient = is_lenient;
  self->is_lined = is_lined;
  return self;
}

void
lykta_json_splitter_free (LyktaJsonSplitter *self)
{
  g_free (self);
}

static gboolean
is_list_key (const LyktaJsonSplitter *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (list_keys); i++)
    if (strlen (list_keys[i]) == self->key_length &&
        memcmp (list_keys[i], self->key, self->key_length) == 0)
      return TRUE;
  return FALSE;
}

static void
hand_on (LyktaJsonSplitter *self, gboolean is_root, LyktaJsonFlaw flaw)
{
  LyktaJsonPiece piece = {
      .offset = is_root ? self->root_offset : self->piece_offset,
      .line = is_root ? self->root_line : self->piece_line,
      .flaw = flaw,
      .is_root = is_root,
      .holes = self->holes,
      .n_holes = is_root ? self->n_holes : 0,
  };
  guint depth = is_root ? self->root_depth : self->piece_depth;
  guint64 size;

  piece.length = size = self->offset - piece.offset;
  for (guint i = 0; i < piece.n_holes; i++)
    size -= piece.holes[i].length;
  if (flaw == LYKTA_JSON_SOUND && size > LYKTA_LIMIT_COMPONENT_BYTES)
    piece.flaw = LYKTA_JSON_TOO_LARGE;
  else if (flaw == LYKTA_JSON_SOUND && depth > LYKTA_LIMIT_JSON_NESTING)
    piece.flaw = LYKTA_JSON_TOO_DEEP;
  self->n_pieces++;
  self->func (&piece, self->user_data);
}

static void
forget_root (LyktaJsonSplitter *self)
{
  self->depth = 0;
  self->list_depth = 0;
  self->n_holes = 0;
  self->is_in_piece = self->is_in_string = self->is_escaped = self->is_in_key = FALSE;
  self->comment = COMMENT_NONE;
}

static void
break_line (LyktaJsonSplitter *self, gboolean skips)
{
  if (self->depth == 0)
    self->root_offset = self->offset;
  self->root_line = self->line;
  hand_on (self, TRUE, LYKTA_JSON_BROKEN);
  forget_root (self);
  self->is_skipping = skips;
}

static void
open_root (LyktaJsonSplitter *self, char c)
{
  /* Several values, each on a line of its own: from now on a line's end ends what is broken. */
  if (self->n_roots > 0 && self->line > self->root_line)
    self->is_lined = TRUE;
  self->root_offset = self->offset - 1;
  self->root_line = self->line;
  self->root_depth = 0;
  self->n_holes = 0;
  self->is_key_next = c == '{';
  self->list_depth = c == '[' ? 1 : 0;
  self->n_lists += c == '[';
}

static void
open_bracket (LyktaJsonSplitter *self, char c)
{
  if (self->depth == 0) {
    open_root (self, c);
  } else if (self->list_depth == self->depth && !self->is_in_piece) {
    self->is_in_piece = TRUE;
    self->piece_offset = self->offset - 1;
    self->piece_line = self->line;
    self->piece_depth = 0;
  } else if (self->depth == 1 && self->list_depth == 0 && c == '[' && self->n_holes < MAX_HOLES &&
             is_list_key (self)) {
    self->holes[self->n_holes].offset = self->offset - 1;
    self->list_depth = 2;
    self->n_lists++;
  }
  if (self->depth < STACK_DEPTH)
    self->stack[self->depth] = c;
  self->depth++;
  if (self->is_in_piece)
    self->piece_depth = MAX (self->piece_depth, self->depth - self->list_depth);
  else
    self->root_depth = MAX (self->root_depth, self->depth);
}

/* FALSE when the bracket does not fit. */
static gboolean
close_bracket (LyktaJsonSplitter *self, char c)
{
  if (self->depth == 0)
    return FALSE;
  self->depth--;
  if (self->depth < STACK_DEPTH && self->stack[self->depth] != (c == '}' ? '{' : '['))
    return FALSE;
  if (self->is_in_piece && self->depth == self->list_depth) {
    self->is_in_piece = FALSE;
    hand_on (self, FALSE, LYKTA_JSON_SOUND);
  } else if (self->list_depth == 2 && self->depth == 1) {
    LyktaJsonHole *hole = &self->holes[self->n_holes++];
    hole->length = self->offset - hole->offset;
    self->list_depth = 0;
  }
  if (self->depth == 0) {
    if (c == '}')
      hand_on (self, TRUE, LYKTA_JSON_SOUND);
    forget_root (self);
    self->n_roots++;
  }
  return TRUE;
}

static void
take_in_string (LyktaJsonSplitter *self, char c)
{
  if (self->is_escaped)
    self->is_escaped = FALSE;
  else if (c == '\\')
    self->is_escaped = TRUE;
  else if (c == '"') {
    self->is_in_string = self->is_in_key = FALSE;
    return;
  }
  if (self->is_in_key && self->key_length < KEY_BYTES)
    self->key[self->key_length++] = c;
}

static void
open_string (LyktaJsonSplitter *self)
{
  self->is_in_string = TRUE;
  if (self->depth == 1 && self->is_key_next && self->list_depth == 0) {
    self->is_key_next = FALSE;
    self->is_in_key = TRUE;
    self->key_length = 0;
  }
}

/* TRUE when @c belongs to a comment, which JSON knows nothing of and pages are full of. */
static gboolean
take_in_comment (LyktaJsonSplitter *self, char c)
{
  switch (self->comment) {
  case COMMENT_SLASH:
    self->comment = c == '/' ? COMMENT_LINE : c == '*' ? COMMENT_BLOCK : COMMENT_NONE;
    return self->comment != COMMENT_NONE;
  case COMMENT_LINE:
    if (c == '\n')
      self->comment = COMMENT_NONE;
    return TRUE;
  case COMMENT_BLOCK:
    if (c == '*')
      self->comment = COMMENT_BLOCK_STAR;
    return TRUE;
  case COMMENT_BLOCK_STAR:
    self->comment = c == '/' ? COMMENT_NONE : c == '*' ? COMMENT_BLOCK_STAR : COMMENT_BLOCK;
    return TRUE;
  case COMMENT_NONE:
  default:
    if (c == '/')
      self->comment = COMMENT_SLASH;
    return c == '/';
  }
}

/* Something at top level that begins no object or list. */
static gboolean
take_rest (LyktaJsonSplitter *self, GError **error)
{
  if (self->is_lined) {
    break_line (self, TRUE);
    return TRUE;
  }
  if (self->n_roots == 0 && !self->is_lenient) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                 "the file is no JSON (line %u)", self->line);
    return FALSE;
  }
  self->has_rest = TRUE;
  return TRUE;
}

static gboolean
take_structure (LyktaJsonSplitter *self, char c, GError **error)
{
  switch (c) {
  case '{':
  case '[':
    open_bracket (self, c);
    return TRUE;
  case '}':
  case ']':
    if (close_bracket (self, c))
      return TRUE;
    if (self->is_lined) {
      break_line (self, TRUE);
      return TRUE;
    }
    if (self->is_lenient && self->depth == 0)
      return TRUE;
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID,
                 "line %u: “%c” closes nothing that is open", self->line, c);
    return FALSE;
  case '"':
    if (self->depth > 0)
      open_string (self);
    break;
  case ',':
    self->is_key_next |= self->depth == 1;
    break;
  default:
    break;
  }
  return self->depth > 0 || take_rest (self, error);
}

static gboolean
take_byte (LyktaJsonSplitter *self, char c, GError **error)
{
  self->offset++;
  if (c == '\n') {
    if (self->is_lined && self->depth > 0)
      break_line (self, FALSE);
    self->is_skipping = FALSE;
    self->line++;
  }
  if (self->is_skipping)
    return TRUE;
  if (self->is_in_string) {
    take_in_string (self, c);
    return TRUE;
  }
  return take_in_comment (self, c) || g_ascii_isspace (c) || take_structure (self, c, error);
}

/* How many of @n bytes inside a text need no looking at. */
static gsize
skip_text (LyktaJsonSplitter *self, const char *bytes, gsize n)
{
  gsize i = 0;

  if (!self->is_in_string || self->is_escaped || self->is_in_key || self->is_skipping)
    return 0;
  while (i < n && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != '\n')
    i++;
  self->offset += i;
  return i;
}

gboolean
lykta_json_splitter_take (LyktaJsonSplitter *self, const char *bytes, gsize n, GError **error)
{
  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  for (gsize i = 0; i < n; i++) {
    i += skip_text (self, bytes + i, n - i);
    if (i < n && !take_byte (self, bytes[i], error))
      return FALSE;
  }
  if (self->n_pieces <= LYKTA_LIMIT_COMPONENTS)
    return TRUE;
  g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT,
               "the file holds more than %d objects", LYKTA_LIMIT_COMPONENTS);
  return FALSE;
}

gboolean
lykta_json_splitter_end (LyktaJsonSplitter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->depth > 0) {
    g_set_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_TRUNCATED,
                 "the file ends in the middle of the value that begins in line %u",
                 self->root_line);
    return FALSE;
  }
  if (self->n_roots == 0 && !self->is_lenient) {
    g_set_error_literal (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                         "the file holds no JSON");
    return FALSE;
  }
  return TRUE;
}

guint
lykta_json_splitter_get_n_lists (LyktaJsonSplitter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_lists;
}

gboolean
lykta_json_splitter_has_rest (LyktaJsonSplitter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->has_rest;
}

gboolean
lykta_json_splitter_is_lined (LyktaJsonSplitter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->is_lined;
}
