/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sync/lykta-source-address.h"

/* Where the "#" before a key stands; NULL when no key follows it. */
static const char *
find_key (const char *address, LyktaVerifyingKey **key)
{
  const char *mark = strrchr (address, '#');

  *key = mark != NULL && mark[1] != '\0' ? lykta_verifying_key_parse (mark + 1, NULL) : NULL;
  return *key != NULL ? mark : NULL;
}

LyktaVerifyingKey *
lykta_source_address_get_key (const char *address)
{
  LyktaVerifyingKey *key;

  g_return_val_if_fail (address != NULL, NULL);

  find_key (address, &key);
  return key;
}

char *
lykta_source_address_without_key (const char *address)
{
  g_autoptr (LyktaVerifyingKey) key = NULL;
  const char *mark;

  g_return_val_if_fail (address != NULL, NULL);

  mark = find_key (address, &key);
  return mark != NULL ? g_strndup (address, (gsize)(mark - address)) : g_strdup (address);
}
