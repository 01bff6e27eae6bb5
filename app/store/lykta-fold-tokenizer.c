/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-fold-tokenizer-private.h"

#include "text/lykta-search-fold.h"

/* A word longer than this is no word; what it begins with is enough to find it. */
#define MAX_WORD_BYTES 96

typedef int (*TokenFunc) (void *, int, const char *, int, int, int);

typedef struct {
  TokenFunc emit;
  void *context; /* (unowned) of SQLite */
  int code;
} Sink;

static int
clip (const char *word, gsize length)
{
  if (length <= MAX_WORD_BYTES)
    return (int)length;
  const char *end = g_utf8_find_prev_char (word, word + MAX_WORD_BYTES + 1);
  return end != NULL ? (int)(end - word) : 0;
}

static gboolean
on_word (
    const char *word, gsize length, gsize start, gsize end, gboolean is_variant, gpointer user_data)
{
  Sink *sink = user_data;

  sink->code = sink->emit (sink->context, is_variant ? FTS5_TOKEN_COLOCATED : 0, word,
                           clip (word, length), (int)start, (int)end);
  return sink->code == SQLITE_OK;
}

static int
tokenizer_create (void *context, const char **arguments, int n, Fts5Tokenizer **out)
{
  static int nothing;

  *out = (Fts5Tokenizer *)&nothing;
  return SQLITE_OK;
}

static void
tokenizer_delete (Fts5Tokenizer *self)
{
}

static int
tokenizer_tokenize (
    Fts5Tokenizer *self, void *context, int flags, const char *text, int length, TokenFunc emit)
{
  Sink sink = {.emit = emit, .context = context, .code = SQLITE_OK};

  if (text == NULL || length <= 0)
    return SQLITE_OK;
  if ((flags & FTS5_TOKENIZE_QUERY) != 0)
    return emit (context, 0, text, clip (text, (gsize)length), 0, length);
  lykta_search_fold (text, (gsize)length, TRUE, on_word, &sink);
  return sink.code;
}

static fts5_api *
find_fts5 (sqlite3 *handle)
{
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
    sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step (statement);
  }
  sqlite3_finalize (statement);
  return api;
}

gboolean
lykta_fold_tokenizer_register (LyktaDatabase *database, GError **error)
{
  static fts5_tokenizer tokenizer = {
      .xCreate = tokenizer_create,
      .xDelete = tokenizer_delete,
      .xTokenize = tokenizer_tokenize,
  };
  fts5_api *api = find_fts5 (lykta_database_get_handle (database));

  if (api == NULL || api->xCreateTokenizer (api, "lykta", NULL, &tokenizer, NULL) != SQLITE_OK) {
    g_set_error_literal (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED,
                         "this SQLite has no full-text search (FTS5)");
    return FALSE;
  }
  return TRUE;
}
