/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-mo-file.h"

#include <string.h>

#include "text/lykta-plural-rule.h"

#define MAGIC         0x950412de
#define HEADER_BYTES  28
#define MAX_BYTES     (64 * 1024 * 1024)
#define MAX_MESSAGES  200000
#define CONTEXT_GLUE  '\004'
#define POSITION_SIZE 8 /* length and offset of one string */

struct _LyktaMoFile {
  GMappedFile *mapped; /* (owned) */
  const guint8 *data;
  gsize size;
  gboolean is_swapped;
  guint32 n_messages;
  guint32 originals; /* where the positions of the originals begin */
  guint32 translations;
  LyktaPluralRule *rule; /* (owned) */
};

/* A string of the file, with what follows its first NUL. */
typedef struct {
  const char *text;
  guint32 length;
} Text;

static guint32
read_number (const LyktaMoFile *self, gsize offset)
{
  guint32 number;

  memcpy (&number, self->data + offset, sizeof number);
  return self->is_swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

static Text
read_text (const LyktaMoFile *self, guint32 positions, guint32 index)
{
  gsize offset = (gsize)positions + (gsize)index * POSITION_SIZE;

  return (Text){.text = (const char *)self->data + read_number (self, offset + 4),
                .length = read_number (self, offset)};
}

static gboolean
check_positions (const LyktaMoFile *self, guint32 positions)
{
  return positions <= self->size &&
         (gsize)self->n_messages * POSITION_SIZE <= self->size - positions;
}

static gboolean
check_text (const LyktaMoFile *self, guint32 positions, guint32 index)
{
  gsize place = (gsize)positions + (gsize)index * POSITION_SIZE;
  gsize length = read_number (self, place);
  gsize offset = read_number (self, place + 4);

  return offset < self->size && length < self->size - offset && self->data[offset + length] == '\0';
}

/* Every part between the NULs must be good text: it goes to Pango as it is. */
static gboolean
check_encoding (Text text)
{
  for (gsize i = 0; i <= text.length;) {
    gsize length = strlen (text.text + i);

    if (!g_utf8_validate (text.text + i, (gssize)length, NULL))
      return FALSE;
    i += length + 1;
  }
  return TRUE;
}

static const char *
check (LyktaMoFile *self)
{
  guint32 magic;

  if (self->size < HEADER_BYTES || self->size > MAX_BYTES)
    return "wrong size";
  memcpy (&magic, self->data, sizeof magic);
  self->is_swapped = magic == GUINT32_SWAP_LE_BE (MAGIC);
  if (magic != MAGIC && !self->is_swapped)
    return "no catalogue";
  if (read_number (self, 4) >> 16 > 1)
    return "unknown revision";
  self->n_messages = read_number (self, 8);
  self->originals = read_number (self, 12);
  self->translations = read_number (self, 16);
  if (self->n_messages > MAX_MESSAGES || !check_positions (self, self->originals) ||
      !check_positions (self, self->translations))
    return "too short";
  for (guint32 i = 0; i < self->n_messages; i++) {
    if (!check_text (self, self->originals, i) || !check_text (self, self->translations, i))
      return "a text lies outside";
    if (!check_encoding (read_text (self, self->originals, i)) ||
        !check_encoding (read_text (self, self->translations, i)))
      return "not in UTF-8";
    if (i > 0 && strcmp (read_text (self, self->originals, i - 1).text,
                         read_text (self, self->originals, i).text) >= 0)
      return "not in order";
  }
  return NULL;
}

/* Compares the text @original with @context, the glue and @message as if they were one string. */
static int
compare (const char *original, const char *context, const char *message)
{
  for (; context != NULL && *context != '\0'; context++, original++) {
    if (*original != *context)
      return (guchar)*original - (guchar)*context;
  }
  if (context != NULL && *original++ != CONTEXT_GLUE)
    return (guchar)original[-1] - CONTEXT_GLUE;
  return strcmp (original, message);
}

static gboolean
find (const LyktaMoFile *self, const char *context, const char *message, Text *translation)
{
  guint32 low = 0, high = self->n_messages;

  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    int order = compare (read_text (self, self->originals, middle).text, context, message);

    if (order == 0) {
      *translation = read_text (self, self->translations, middle);
      return translation->length > 0;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return FALSE;
}

LyktaMoFile *
lykta_mo_file_open (const char *path, GError **error)
{
  g_autoptr (LyktaMoFile) self = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *forms = NULL;
  const char *problem;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_new0 (LyktaMoFile, 1);
  self->mapped = g_mapped_file_new (path, FALSE, &local_error);
  if (self->mapped == NULL) {
    if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  self->data = (const guint8 *)g_mapped_file_get_contents (self->mapped);
  self->size = g_mapped_file_get_length (self->mapped);
  problem = check (self);
  if (problem != NULL) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "Catalogue %s: %s", path, problem);
    return NULL;
  }
  forms = lykta_mo_file_dup_header (self, "Plural-Forms");
  self->rule = forms != NULL ? lykta_plural_rule_parse (forms) : NULL;
  if (self->rule == NULL)
    self->rule = lykta_plural_rule_new_english ();
  return g_steal_pointer (&self);
}

void
lykta_mo_file_free (LyktaMoFile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->mapped, g_mapped_file_unref);
  g_clear_pointer (&self->rule, lykta_plural_rule_free);
  g_free (self);
}

const char *
lykta_mo_file_get (const LyktaMoFile *self, const char *context, const char *message)
{
  Text translation;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  /* The empty message is the header, no text for people. */
  if (*message == '\0' && context == NULL)
    return NULL;
  return find (self, context, message, &translation) ? translation.text : NULL;
}

const char *
lykta_mo_file_get_plural (const LyktaMoFile *self, const char *singular, gulong n)
{
  Text translation;
  const char *form, *end;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (singular != NULL, NULL);

  if (*singular == '\0' || !find (self, NULL, singular, &translation))
    return NULL;
  form = translation.text;
  end = translation.text + translation.length;
  for (guint wanted = lykta_plural_rule_select (self->rule, n); wanted > 0; wanted--) {
    const char *next = form + strlen (form) + 1;

    /* Fewer forms than the rule asks for: better the last one than none. */
    if (next > end)
      break;
    form = next;
  }
  return *form != '\0' ? form : NULL;
}

char *
lykta_mo_file_dup_header (const LyktaMoFile *self, const char *name)
{
  Text header;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!find (self, NULL, "", &header))
    return NULL;
  length = strlen (name);
  for (const char *line = header.text; line != NULL && *line != '\0';) {
    const char *end = strchr (line, '\n');

    if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':') {
      const char *value = line + length + 1;
      g_autofree char *copy =
          end != NULL ? g_strndup (value, (gsize)(end - value)) : g_strdup (value);

      return g_strdup (g_strstrip (copy));
    }
    line = end != NULL ? end + 1 : NULL;
  }
  return NULL;
}
