/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-collation.h"

#include <string.h>

#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "text/lykta-language.h"

/* Keys longer than this come from titles that nobody reads to their end. */
#define KEY_BYTES  512
#define TEXT_UNITS 256

G_LOCK_DEFINE_STATIC (collators);
/* Interned language → UCollator; opened once, kept, and from then on only read, which ICU allows
 * from any thread. */
static GHashTable *collators = NULL;

static const UCollator *
find_collator (const char *language)
{
  const char *canonical = lykta_language_canonical (language);
  UErrorCode status = U_ZERO_ERROR;

  canonical = canonical != NULL ? canonical : g_intern_static_string ("sv");
  G_LOCK (collators);
  if (collators == NULL)
    collators = g_hash_table_new (g_direct_hash, g_direct_equal);
  UCollator *collator = g_hash_table_lookup (collators, canonical);
  if (collator == NULL) {
    collator = ucol_open (lykta_language_icu_locale (canonical), &status);
    /* "Grupp 2" before "Grupp 10" */
    ucol_setAttribute (collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    if (U_SUCCESS (status))
      g_hash_table_insert (collators, (gpointer)canonical, collator);
    else
      collator = NULL;
  }
  G_UNLOCK (collators);
  return collator;
}

GBytes *
lykta_collation_key (const char *language, const char *text)
{
  g_return_val_if_fail (language != NULL && text != NULL, NULL);

  UChar units[TEXT_UNITS];
  guint8 key[KEY_BYTES];
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  const UCollator *collator = find_collator (language);
  u_strFromUTF8WithSub (units, TEXT_UNITS, &length, text, -1, 0xFFFD, NULL, &status);
  if (collator == NULL || (U_FAILURE (status) && status != U_BUFFER_OVERFLOW_ERROR))
    return g_bytes_new (text, strlen (text)); /* ICU without data: the order of the code points */
  const int32_t size = ucol_getSortKey (collator, units, MIN (length, TEXT_UNITS), key, sizeof key);
  /* The key ends with a NUL, which says nothing. */
  return g_bytes_new (key, CLAMP (size - 1, 0, (int32_t)sizeof key));
}
