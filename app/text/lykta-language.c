/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-language.h"

#include "text/lykta-language-table.h"

#include <string.h>
#include <unicode/uloc.h>

/* Longer than any tag that means something to us. */
#define MAX_TAG_BYTES 64
/* Latin digits in every language: they are the ones on Swedish signs, clocks, tickets and telephone
 * keys, and all our readers know them. A language that should count otherwise gets its own rule
 * here. */
#define ICU_KEYWORDS "@calendar=gregorian;numbers=latn"

/* Interface languages whose catalogue is complete, in the order of the first screen. */
static const char *const complete[] = {
    "sv", "sv-x-easy", "en", "ar",  "fa", "fa-AF", "ps", "so", "ti",
    "am", "uk",        "ru", "ckb", "ku", "tr",    "fr", "es",
};

/* One language with everything worked out; made once, kept for ever. */
typedef struct {
  const char *tag;
  const char *feed_tag;
  const char *gettext_list;
  const char *icu_locale;
  const char *pango_tag;
  const char *endonym;
  const char **chain;
  gboolean is_rtl;
} Language;

static GMutex lock;
/* under the lock; (element-type utf8 Language), keys interned. A tag has at most three letters and
 * a script from the table, so that hostile feeds cannot make this grow without end. */
static GHashTable *languages;
/* under the lock while it is made, then only read; (element-type utf8 utf8), values interned */
static GHashTable *aliases;

static GHashTable *
get_aliases (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready)) {
    gsize n;
    const LyktaLanguageAlias *list = lykta_language_aliases (&n);

    aliases = g_hash_table_new (g_str_hash, g_str_equal);
    for (gsize i = 0; i < n; i++)
      g_hash_table_insert (aliases, (gpointer)list[i].code,
                           (gpointer)g_intern_static_string (list[i].tag));
    g_once_init_leave (&ready, 1);
  }
  return aliases;
}

/* Lower case, '-' between the parts, without the encoding; FALSE when it cannot be a tag. */
static gboolean
normalise (const char *tag, char *out)
{
  gsize n = 0;

  while (g_ascii_isspace (*tag))
    tag++;
  for (; *tag != '\0' && *tag != '.' && !g_ascii_isspace (*tag); tag++) {
    if (n + 1 >= MAX_TAG_BYTES)
      return FALSE;
    if (g_ascii_isalnum (*tag))
      out[n++] = g_ascii_tolower (*tag);
    else if (*tag == '-' || *tag == '_')
      out[n++] = '-';
    else if (*tag == '@')
      out[n++] = '@';
    else
      return FALSE;
  }
  if (g_ascii_isspace (*tag) && tag[strspn (tag, " \t\r\n")] != '\0')
    return FALSE;
  if (*tag == '.') { /* sv_SE.UTF-8@easy */
    const char *modifier = strchr (tag, '@');

    for (; modifier != NULL && *modifier != '\0' && n + 1 < MAX_TAG_BYTES; modifier++)
      out[n++] = g_ascii_tolower (*modifier);
  }
  out[n] = '\0';
  return n > 0;
}

/* Length of the first part if every part of @tag has 1 to 8 letters or digits, else 0. */
static gsize
measure_parts (const char *tag)
{
  gsize first = 0, length = 0;

  for (const char *p = tag;; p++) {
    if (*p == '-' || *p == '@' || *p == '\0') {
      if (length == 0 || length > 8)
        return 0;
      if (first == 0)
        first = length;
      length = 0;
      if (*p == '\0')
        return first;
    } else {
      length++;
    }
  }
}

/* Tries the first part with each later part in turn ("sr-RS" + "@latin", "zh-TW"), because which
 * part makes the difference depends on the language. */
static gboolean
find_alias (GHashTable *table, const char *tag, gsize first, const char **found)
{
  g_auto (GStrv) parts = g_strsplit_set (tag + first, "-@", -1);
  const char *separator = tag + first;

  for (gsize i = 1; parts[0] != NULL && parts[i] != NULL; i++) {
    char key[MAX_TAG_BYTES + 8];

    if (strcmp (parts[i], "x") == 0 && parts[i + 1] != NULL)
      g_snprintf (key, sizeof key, "%.*s-x-%s", (int)first, tag, parts[i + 1]);
    else
      g_snprintf (key, sizeof key, "%.*s%c%s", (int)first, tag, *separator, parts[i]);
    if (g_hash_table_lookup_extended (table, key, NULL, (gpointer *)found))
      return TRUE;
    separator += strlen (parts[i]) + 1;
  }
  return FALSE;
}

const char *
lykta_language_canonical (const char *tag)
{
  char normal[MAX_TAG_BYTES];
  const char *found = NULL;
  GHashTable *table = get_aliases ();
  gsize first;

  g_return_val_if_fail (tag != NULL, NULL);

  if (!normalise (tag, normal))
    return NULL;
  first = measure_parts (normal);
  if (first == 0)
    return NULL;
  if (normal[first] != '\0' && find_alias (table, normal, first, &found))
    return found;
  normal[first] = '\0';
  if (g_hash_table_lookup_extended (table, normal, NULL, (gpointer *)&found))
    return found;
  if (first < 2 || first > 3)
    return NULL;
  for (gsize i = 0; i < first; i++) {
    if (!g_ascii_isalpha (normal[i]))
      return NULL;
  }
  return g_intern_string (normal);
}

static const LyktaLanguageRow *
find_row (const char *canonical)
{
  gsize n;
  const LyktaLanguageRow *rows = lykta_language_table (&n);

  for (gsize i = 0; i < n; i++) {
    if (strcmp (rows[i].tag, canonical) == 0)
      return &rows[i];
  }
  return NULL;
}

static void
chain_append (GPtrArray *chain, const char *tag)
{
  gpointer interned = (gpointer)g_intern_string (tag);

  if (!g_ptr_array_find (chain, interned, NULL))
    g_ptr_array_add (chain, interned);
}

static const char **
make_chain (const char *canonical, const char *fallback)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();
  g_auto (GStrv) extra = g_strsplit (fallback != NULL ? fallback : "", " ", -1);

  chain_append (chain, canonical);
  for (gsize i = 0; extra[i] != NULL; i++)
    chain_append (chain, extra[i]);
  chain_append (chain, "en");
  chain_append (chain, "sv-x-easy");
  chain_append (chain, "sv");
  g_ptr_array_add (chain, NULL);
  return (const char **)g_ptr_array_steal (chain, NULL);
}

/* A language that has no row: what ICU knows about it, in its own spelling. */
static const char *
icu_endonym (const char *canonical)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar name[64];
  char utf8[64 * 3 + 1];
  gsize n = 0;
  int32_t length =
      uloc_getDisplayName (canonical, canonical, name, (int32_t)G_N_ELEMENTS (name), &status);

  if (status != U_ZERO_ERROR || length <= 0)
    return canonical;
  for (int32_t i = 0; i < length && n + 4 < sizeof utf8; i++)
    n += (gsize)g_unichar_to_utf8 (name[i], utf8 + n);
  utf8[n] = '\0';
  return g_utf8_validate (utf8, -1, NULL) ? g_intern_string (utf8) : canonical;
}

static Language *
make_language (const char *canonical)
{
  static const LyktaLanguageRow unknown = {0};
  const LyktaLanguageRow *row = find_row (canonical);
  Language *language = g_new0 (Language, 1);
  g_autofree char *icu = NULL;
  g_autofree char *pango = g_strdup (canonical);
  const char *dash = strchr (pango, '-');

  if (row == NULL)
    row = &unknown;
  icu = g_strconcat (row->icu != NULL ? row->icu : canonical, ICU_KEYWORDS, NULL);
  /* Fonts and hyphenation go by the language alone, but a script decides about glyphs. */
  if (dash != NULL && strlen (dash) != 5)
    pango[dash - pango] = '\0';
  language->tag = canonical;
  language->feed_tag = g_intern_string (row->feed_tag != NULL ? row->feed_tag : canonical);
  language->gettext_list = g_intern_string (row->gettext != NULL ? row->gettext : canonical);
  language->icu_locale = g_intern_string (icu);
  language->pango_tag = g_intern_string (pango);
  language->endonym =
      row->endonym != NULL ? g_intern_string (row->endonym) : icu_endonym (canonical);
  language->is_rtl = row->tag != NULL ? row->is_rtl : uloc_isRightToLeft (canonical);
  language->chain = make_chain (canonical, row->fallback);
  return language;
}

/* The language behind any spelling; English for what is no tag at all. */
static const Language *
get_language (const char *tag)
{
  const char *canonical = lykta_language_canonical (tag);
  g_autoptr (GMutexLocker) locker = NULL;
  Language *language;

  if (canonical == NULL)
    canonical = g_intern_static_string ("en");
  locker = g_mutex_locker_new (&lock);
  if (languages == NULL)
    languages = g_hash_table_new (g_direct_hash, g_direct_equal);
  language = g_hash_table_lookup (languages, canonical);
  if (language == NULL) {
    language = make_language (canonical);
    g_hash_table_insert (languages, (gpointer)canonical, language);
  }
  return language;
}

const char *
lykta_language_feed_tag (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  return get_language (tag)->feed_tag;
}

const char *
lykta_language_gettext_list (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  return get_language (tag)->gettext_list;
}

const char *
lykta_language_icu_locale (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  return get_language (tag)->icu_locale;
}

const char *
lykta_language_pango_tag (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  return get_language (tag)->pango_tag;
}

const char *
lykta_language_endonym (const char *tag)
{
  g_return_val_if_fail (tag != NULL, "");

  if (lykta_language_canonical (tag) == NULL)
    return tag;
  return get_language (tag)->endonym;
}

gboolean
lykta_language_is_rtl (const char *tag)
{
  g_return_val_if_fail (tag != NULL, FALSE);

  return get_language (tag)->is_rtl;
}

const char *const *
lykta_language_interface_tags (void)
{
  static const char *tags[G_N_ELEMENTS (complete) + 1];
  static gsize ready = 0;

  if (g_once_init_enter (&ready)) {
    for (gsize i = 0; i < G_N_ELEMENTS (complete); i++)
      tags[i] = g_intern_static_string (complete[i]);
    g_once_init_leave (&ready, 1);
  }
  return tags;
}

const char *const *
lykta_language_fallback_chain (const char *tag)
{
  g_return_val_if_fail (tag != NULL, NULL);

  return (const char *const *)get_language (tag)->chain;
}
