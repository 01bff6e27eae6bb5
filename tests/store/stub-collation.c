/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-collation.h"
#include <string.h>
GBytes *
lykta_collation_key (const char *language, const char *text)
{
  g_autofree char *k = g_utf8_casefold (text, -1);
  for (char *p = k; *p; p++)
    if (g_str_has_prefix (p, "å"))
      p[0] = 'z';
  return g_bytes_new (k, strlen (k));
}
