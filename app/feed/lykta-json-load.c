/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "feed/lykta-ical-lines.h"
#include "feed/lykta-json-index.h"

/* Makes JSON of what pages hold: comments and control characters become blanks. */
static void
wash (char *json, gsize n)
{
  gboolean is_in_string = FALSE;

  for (gsize i = 0; i < n; i++) {
    char c = json[i];

    if (is_in_string) {
      if ((guint8)c < 0x20 || c == 0x7f)
        json[i] = ' ';
      else if (c == '\\' && i + 1 < n)
        i++;
      else if (c == '"')
        is_in_string = FALSE;
    } else if (c == '"') {
      is_in_string = TRUE;
    } else if (c == '/' && i + 1 < n && (json[i + 1] == '/' || json[i + 1] == '*')) {
      gboolean is_line = json[i + 1] == '/';
      gsize k = i + 2;

      while (k < n &&
             !(is_line ? json[k] == '\n' : json[k] == '/' && json[k - 1] == '*' && k > i + 2))
        k++;
      memset (json + i, ' ', MIN (k + 1, n) - i);
      i = k;
    } else if (c == 0) {
      json[i] = ' ';
    }
  }
}

static gboolean
append_bytes (LyktaJsonIndex *self,
              guint64 from,
              guint64 to,
              GString *json,
              GCancellable *cancellable,
              GError **error)
{
  gsize before = json->len;

  if (to <= from)
    return TRUE;
  g_string_set_size (json, before + (gsize)(to - from));
  return lykta_ical_source_read (self->source, from, json->str + before, (gsize)(to - from),
                                 cancellable, error);
}

gboolean
lykta_json_index_load (LyktaJsonIndex *self,
                       const LyktaJsonEntry *entry,
                       GString *json,
                       GCancellable *cancellable,
                       GError **error)
{
  guint64 from = entry->offset;

  g_return_val_if_fail (self != NULL && entry != NULL && json != NULL, FALSE);
  g_string_truncate (json, 0);
  for (guint i = 0; i < entry->n_holes; i++) {
    const LyktaJsonHole *hole = &g_array_index (self->holes, LyktaJsonHole, entry->first_hole + i);

    if (!append_bytes (self, from, hole->offset, json, cancellable, error))
      return FALSE;
    g_string_append (json, "[]");
    from = hole->offset + hole->length;
  }
  if (!append_bytes (self, from, entry->offset + entry->length, json, cancellable, error))
    return FALSE;
  wash (json->str, json->len);
  if (!g_utf8_validate_len (json->str, json->len, NULL)) {
    g_autofree char *valid = g_utf8_make_valid (json->str, (gssize)json->len);
    g_string_assign (json, valid);
  }
  return TRUE;
}

/* Behind the text that begins at @p ("). */
static const char *
skip_string (const char *p, const char *end)
{
  const char *start = p + 1;

  for (p = start; p < end; p++) {
    const char *quote = memchr (p, '"', (gsize)(end - p));
    const char *slash = quote;

    if (quote == NULL)
      return end;
    while (slash > start && slash[-1] == '\\')
      slash--;
    if ((quote - slash) % 2 == 0)
      return quote + 1;
    p = quote;
  }
  return end;
}

/* Behind the value that begins at @p. */
static const char *
skip_value (const char *p, const char *end)
{
  guint depth = 0;

  if (p < end && *p == '"')
    return skip_string (p, end);
  while (p < end) {
    if (*p == '"') {
      p = skip_string (p, end);
      continue;
    }
    if (*p == '{' || *p == '[')
      depth++;
    else if ((*p == '}' || *p == ']') && (depth == 0 || --depth == 0))
      return depth == 0 && p < end ? p + 1 : p;
    else if (depth == 0 && (*p == ',' || g_ascii_isspace (*p)))
      return p;
    p++;
  }
  return end;
}

static const char *
skip_blanks (const char *p, const char *end)
{
  while (p < end && (g_ascii_isspace (*p) || *p == ',' || *p == ':'))
    p++;
  return p;
}

static void
take_member (const char *key,
             gsize length,
             const char *value,
             const char *end,
             const char *const *names,
             LyktaJsonSlice *slices)
{
  gboolean is_bare = *value != '"' && *value != '{' && *value != '[';
  gsize size = (gsize)(end - value) - (is_bare && end[-1] == '}');

  if (size == 4 && memcmp (value, "null", 4) == 0)
    return;
  for (guint i = 0; names[i] != NULL; i++)
    if (slices[i].start == NULL && strlen (names[i]) == length &&
        memcmp (key, names[i], length) == 0)
      slices[i] = (LyktaJsonSlice){value, size};
}

void
lykta_json_peek (const char *json, gsize n, const char *const *names, LyktaJsonSlice *slices)
{
  const char *end = json + n;
  const char *p = json;

  for (guint i = 0; names[i] != NULL; i++)
    slices[i] = (LyktaJsonSlice){NULL, 0};
  if (n == 0 || *p != '{')
    return;
  p = skip_blanks (p + 1, end);
  while (p < end && *p == '"') {
    const char *key = p + 1;
    const char *key_end = skip_string (p, end);
    const char *value = skip_blanks (key_end, end);

    p = skip_value (value, end);
    if (p == value)
      return;
    take_member (key, (gsize)(key_end - key) - 1, value, p, names, slices);
    p = skip_blanks (p, end);
  }
}

guint64
lykta_json_slice_hash (guint64 hash, LyktaJsonSlice slice)
{
  return slice.start != NULL ? lykta_hash_bytes (hash, slice.start, slice.length) : hash;
}
