/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-ical-event.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

#define MAX_LINE_CHARS 300
#define MAX_URL_BYTES  2000

char *
lykta_ical_clean_line (const char *text)
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
lykta_ical_event_clean (LyktaIcalEvent *self, const LyktaIcalProperty *property, gsize max_chars)
{
  const char *text = lykta_ical_component_get_text (self->component, property);
  g_autofree char *clean = NULL;
  gboolean was_cut = FALSE;

  if (!self->is_ours && strchr (text, '<') != NULL && lykta_plain_text_looks_like_html (text)) {
    clean = lykta_plain_text_from_html (text, max_chars, &was_cut);
    lykta_ical_event_note (self, property, "html-text",
                           "A text is HTML; it is shown as plain text.");
  } else
    clean = lykta_plain_text (text, max_chars, &was_cut);
  if (was_cut)
    lykta_ical_event_warn (self, property, "text-cut",
                           "A text is longer than %u characters and was cut.", (guint)max_chars);
  g_strstrip (clean);
  return *clean != 0 ? g_steal_pointer (&clean) : NULL;
}

/* Canonical language of @property's text. */
static const char *
language_of (LyktaIcalEvent *self, const LyktaIcalProperty *property)
{
  const char *tag;
  const char *canonical;

  if (property->n_parameters == 0)
    return self->language;
  tag = lykta_ical_component_get_parameter (self->component, property, "LANGUAGE");
  if (tag == NULL || *tag == 0)
    return self->language;
  canonical = lykta_language_canonical (tag);
  if (canonical == NULL) {
    lykta_ical_event_warn (self, property, "unknown-language",
                           "“%.30s” is no language; the text was taken for %s.", tag,
                           self->language);
    return self->language;
  }
  return canonical;
}

LyktaTexts *
lykta_ical_event_read_texts (LyktaIcalEvent *self,
                             LyktaIcalName name,
                             LyktaIcalName other,
                             gsize max_chars)
{
  guint n = lykta_ical_component_get_n (self->component);
  LyktaTexts *texts = NULL;

  for (guint i = 0; i < n; i++) {
    const LyktaIcalProperty *property = lykta_ical_component_get_nth (self->component, i);
    const char *language;
    const char *before;
    g_autofree char *text = NULL;
    if ((property->name != name && (other == LYKTA_ICAL_OTHER || property->name != other)) ||
        property->child != 0)
      continue;
    text = lykta_ical_event_clean (self, property, max_chars);
    if (text == NULL)
      continue;
    language = language_of (self, property);
    before = texts != NULL ? lykta_texts_get (texts, language) : NULL;
    if (texts == NULL)
      texts = lykta_texts_new_single (language, text);
    else if (before == NULL || name == LYKTA_ICAL_COMMENT) {
      g_autoptr (LyktaTexts) old = texts;
      g_autofree char *joined = before != NULL ? g_strconcat (before, "\n\n", text, NULL) : NULL;
      texts = lykta_texts_with (old, language, joined != NULL ? joined : text);
    } else if (strcmp (before, text) != 0)
      lykta_ical_event_warn (
          self, property, "text-twice",
          "There are two texts in the same language (%s); the first one is shown. Mark texts with "
          ";LANGUAGE=.",
          language);
  }
  return texts != NULL ? texts : lykta_texts_new_empty ();
}

char *
lykta_ical_event_read_url (LyktaIcalEvent *self,
                           const LyktaIcalProperty *property,
                           const char *text)
{
  g_autofree char *clean = lykta_plain_text (text, MAX_URL_BYTES, NULL);
  g_autoptr (GUri) uri = NULL;

  g_strstrip (clean);
  if (*clean == 0)
    return NULL;
  if (g_ascii_strncasecmp (clean, "http://", 7) != 0 &&
      g_ascii_strncasecmp (clean, "https://", 8) != 0) {
    /* "www.example.se" can be meant only one way. */
    if (g_ascii_strncasecmp (clean, "www.", 4) == 0) {
      char *whole = g_strconcat ("https://", clean, NULL);
      g_free (clean);
      clean = whole;
    } else {
      lykta_ical_event_warn (self, property, "bad-url",
                             "“%.60s” is no address of the web (http or https) and was left "
                             "out.",
                             clean);
      return NULL;
    }
  }
  uri = strlen (clean) <= MAX_URL_BYTES && strpbrk (clean, " \n\"<>") == NULL
            ? g_uri_parse (clean, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL)
            : NULL;
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == 0 ||
      g_uri_get_userinfo (uri) != NULL) {
    lykta_ical_event_warn (self, property, "bad-url",
                           "The address “%.60s” cannot be used and was left out.", clean);
    return NULL;
  }
  return g_steal_pointer (&clean);
}
