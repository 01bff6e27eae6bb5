/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-texts.h"

#include <string.h>

typedef struct {
  const char *language; /* interned */
  char *text;           /* (owned) */
} Entry;

/* Few languages (one to fifteen): a sorted array is smaller and faster than any table. */
struct _LyktaTexts {
  guint n;
  Entry *entries; /* (owned) sorted by tag */
};

G_DEFINE_BOXED_TYPE (LyktaTexts, lykta_texts, lykta_texts_ref, lykta_texts_unref)

static LyktaTexts *
texts_alloc (guint n)
{
  LyktaTexts *self = g_atomic_rc_box_new0 (LyktaTexts);

  self->n = n;
  self->entries = n > 0 ? g_new0 (Entry, n) : NULL;
  return self;
}

static void
texts_clear (LyktaTexts *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->entries[i].text);
  g_free (self->entries);
}

LyktaTexts *
lykta_texts_ref (LyktaTexts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
lykta_texts_unref (LyktaTexts *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)texts_clear);
}

LyktaTexts *
lykta_texts_new_empty (void)
{
  static LyktaTexts *empty = NULL;

  if (g_once_init_enter (&empty))
    g_once_init_leave (&empty, texts_alloc (0));
  return lykta_texts_ref (empty);
}

LyktaTexts *
lykta_texts_new_single (const char *language, const char *text)
{
  g_return_val_if_fail (language != NULL, NULL);

  if (text == NULL || *text == '\0')
    return lykta_texts_new_empty ();
  LyktaTexts *self = texts_alloc (1);
  self->entries[0].language = g_intern_string (language);
  self->entries[0].text = g_strdup (text);
  return self;
}

LyktaTexts *
lykta_texts_with (LyktaTexts *self, const char *language, const char *text)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  const gboolean has_text = text != NULL && *text != '\0';
  const gboolean had_text = lykta_texts_get (self, language) != NULL;
  LyktaTexts *changed = texts_alloc (self->n + (has_text ? 1 : 0) - (had_text ? 1 : 0));
  gboolean is_placed = !has_text;
  guint to = 0;
  for (guint i = 0; i < self->n; i++) {
    const int order = strcmp (self->entries[i].language, language);
    if (!is_placed && order >= 0) {
      changed->entries[to++] = (Entry){g_intern_string (language), g_strdup (text)};
      is_placed = TRUE;
    }
    if (order != 0)
      changed->entries[to++] = (Entry){self->entries[i].language, g_strdup (self->entries[i].text)};
  }
  if (!is_placed)
    changed->entries[to++] = (Entry){g_intern_string (language), g_strdup (text)};
  g_assert (to == changed->n);
  return changed;
}

guint
lykta_texts_get_n (LyktaTexts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

const char *
lykta_texts_get_nth_language (LyktaTexts *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n, NULL);

  return self->entries[index].language;
}

const char *
lykta_texts_get_nth_text (LyktaTexts *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n, NULL);

  return self->entries[index].text;
}

const char *
lykta_texts_get (LyktaTexts *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  for (guint i = 0; i < self->n; i++)
    if (self->entries[i].language == language || strcmp (self->entries[i].language, language) == 0)
      return self->entries[i].text;
  return NULL;
}

const char *
lykta_texts_choose (LyktaTexts *self, const char *const *chain, const char **language)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; chain != NULL && chain[i] != NULL; i++) {
    const char *text = lykta_texts_get (self, chain[i]);
    if (text != NULL) {
      if (language != NULL)
        *language = g_intern_string (chain[i]);
      return text;
    }
  }
  if (language != NULL)
    *language = self->n > 0 ? self->entries[0].language : NULL;
  return self->n > 0 ? self->entries[0].text : NULL;
}

gboolean
lykta_texts_equal (LyktaTexts *a, LyktaTexts *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (strcmp (a->entries[i].language, b->entries[i].language) != 0 ||
        strcmp (a->entries[i].text, b->entries[i].text) != 0)
      return FALSE;
  return TRUE;
}
