/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-jsonld-event.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

#define MAX_LINE_CHARS 300
#define MAX_URL_BYTES  2000

char *
lykta_jsonld_line (const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL || *text == 0)
    return NULL;
  clean = lykta_plain_text (text, MAX_LINE_CHARS, NULL);
  g_strdelimit (clean, "\n", ' ');
  g_strstrip (clean);
  return *clean != 0 ? g_steal_pointer (&clean) : NULL;
}

char *
lykta_jsonld_get_line (JsonObject *object, const char *name)
{
  return lykta_jsonld_line (lykta_jsonld_get_string (object, name));
}

char *
lykta_jsonld_url (LyktaJsonldEvent *self, const char *text)
{
  g_autofree char *clean = text != NULL ? lykta_plain_text (text, MAX_URL_BYTES, NULL) : NULL;
  g_autoptr (GUri) uri = NULL;
  const char *scheme;

  if (clean == NULL || *g_strstrip (clean) == 0)
    return NULL;
  if (g_ascii_strncasecmp (clean, "www.", 4) == 0) {
    char *whole = g_strconcat ("https://", clean, NULL);

    g_free (clean);
    clean = whole;
  }
  uri = strlen (clean) <= MAX_URL_BYTES && strpbrk (clean, " \n\"<>") == NULL
            ? g_uri_parse (clean, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL)
            : NULL;
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  if (scheme != NULL && (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")) &&
      g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != 0 &&
      g_uri_get_userinfo (uri) == NULL)
    return g_steal_pointer (&clean);
  lykta_jsonld_warn (self, "bad-url",
                     "“%.60s” is no whole address of the web (https://…) and was left out.", clean);
  return NULL;
}

static char *
clean_text (LyktaJsonldEvent *self, const char *text, gsize max_chars)
{
  g_autofree char *clean = NULL;
  gboolean was_cut = FALSE;

  if (!self->is_ours && (strchr (text, '<') != NULL || strchr (text, '&') != NULL) &&
      lykta_plain_text_looks_like_html (text)) {
    clean = lykta_plain_text_from_html (text, max_chars, &was_cut);
    lykta_jsonld_note (self, "html-text", "A text is HTML; it is shown as plain text.");
  } else
    clean = lykta_plain_text (text, max_chars, &was_cut);
  if (was_cut)
    lykta_jsonld_warn (self, "text-cut", "A text is longer than %u characters and was cut.",
                       (guint)max_chars);
  if (!self->is_ours)
    g_strstrip (clean);
  return *clean != 0 ? g_steal_pointer (&clean) : NULL;
}

static void
put_text (LyktaJsonldEvent *self,
          LyktaTexts **texts,
          const char *language,
          const char *text,
          gsize max_chars)
{
  g_autofree char *clean = text != NULL ? clean_text (self, text, max_chars) : NULL;
  const char *before = lykta_texts_get (*texts, language);
  LyktaTexts *changed;

  if (clean == NULL)
    return;
  if (before != NULL) {
    if (strcmp (before, clean) != 0)
      lykta_jsonld_warn (self, "text-twice",
                         "There are two texts in the same language (%s); the first one is shown.",
                         language);
    return;
  }
  if (lykta_texts_get_n (*texts) >= LYKTA_LIMIT_LANGUAGES)
    return;
  changed = lykta_texts_with (*texts, language, clean);
  lykta_texts_unref (*texts);
  *texts = changed;
}

static const char *
language_of (LyktaJsonldEvent *self, const char *tag)
{
  const char *language = tag != NULL ? lykta_language_canonical (tag) : NULL;

  if (language == NULL && tag != NULL && *tag != 0)
    lykta_jsonld_warn (self, "unknown-language",
                       "“%.30s” is no language; the text was taken for %s.", tag, self->language);
  return language != NULL ? language : self->language;
}

/* {"sv": "…", "ar": "…"}; "@none" is the document's language. */
static void
take_map (LyktaJsonldEvent *self, JsonObject *map, LyktaTexts **texts, gsize max_chars)
{
  JsonObjectIter iter;
  const char *tag;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, map);
  while (json_object_iter_next_ordered (&iter, &tag, &value)) {
    const char *text = lykta_jsonld_string (value);

    if (text == NULL)
      continue;
    if (*tag == '@' && !g_str_equal (tag, "@none"))
      continue;
    put_text (self, texts, *tag == '@' ? self->language : language_of (self, tag), text, max_chars);
  }
}

LyktaTexts *
lykta_jsonld_texts (LyktaJsonldEvent *self, JsonNode *node, gsize max_chars)
{
  LyktaTexts *texts = lykta_texts_new_empty ();
  guint n = MIN (lykta_jsonld_count (node), LYKTA_LIMIT_LANGUAGES);

  for (guint i = 0; i < n; i++) {
    JsonNode *item = lykta_jsonld_nth (node, i);
    JsonObject *object;

    if (item == NULL || !JSON_NODE_HOLDS_OBJECT (item)) {
      put_text (self, &texts, self->language, lykta_jsonld_string (item), max_chars);
      continue;
    }
    object = json_node_get_object (item);
    if (json_object_has_member (object, "@value")) {
      const char *tag = lykta_jsonld_get_string (object, "@language");

      put_text (self, &texts, tag != NULL ? language_of (self, tag) : self->language,
                lykta_jsonld_get_string (object, "@value"), max_chars);
    } else
      take_map (self, object, &texts, max_chars);
  }
  return texts;
}

char *
lykta_jsonld_name (LyktaJsonldEvent *self, JsonNode *node)
{
  const char *const chain[] = {"sv", "en", NULL};
  g_autoptr (LyktaTexts) texts = NULL;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node))
    return lykta_jsonld_line (lykta_jsonld_string (node));
  texts = lykta_jsonld_texts (self, node, MAX_LINE_CHARS);
  return lykta_jsonld_line (lykta_texts_choose (texts, chain, NULL));
}
