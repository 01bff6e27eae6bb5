/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-charset.h"

#include <string.h>

/* Windows-1252 between 0x80 and 0x9f; the five that it leaves free are dropped. */
static const gunichar windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

char *
lykta_charset_decode (const char *bytes, gsize n)
{
  g_autoptr (GString) out = g_string_sized_new (n + n / 2);
  guint n_good = 0, n_bad = 0;

  for (int is_writing = 0; is_writing < 2; is_writing++) {
    for (gsize i = 0; i < n;) {
      guint8 byte = (guint8)bytes[i];
      gunichar c = byte < 0x80 ? byte : g_utf8_get_char_validated (bytes + i, (gssize)(n - i));
      gboolean is_good = byte >= 0x80 && c != (gunichar)-1 && c != (gunichar)-2;
      gsize step = 1;
      if (byte >= 0x80 && !is_writing) {
        n_good += is_good;
        n_bad += !is_good;
        step = is_good ? (gsize)g_unichar_to_utf8 (c, NULL) : 1;
      } else if (is_writing && byte < 0x80)
        g_string_append_c (out, bytes[i]);
      else if (is_writing && is_good && n_good > n_bad) {
        g_string_append_unichar (out, c);
        step = (gsize)g_unichar_to_utf8 (c, NULL);
      } else if (is_writing && n_good <= n_bad) {
        c = byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
        if (c != 0)
          g_string_append_unichar (out, c);
      }
      i += step;
    }
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
lykta_quoted_printable (const char *value)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = value; *p != 0; p++) {
    if (*p == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2])) {
      char c = (char)(g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]));
      p += 2;
      /* Line ends stand for themselves in a value that is unescaped afterwards. */
      if (c != 0 && c != '\r')
        g_string_append_c (out, c);
    } else if (*p != '=' || p[1] != 0)
      g_string_append_c (out, *p);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

const char *
lykta_charset_detect_utf16 (const guint8 *head, gsize n)
{
  guint zero[2] = {0, 0};

  if (n >= 2 && head[0] == 0xff && head[1] == 0xfe)
    return "UTF-16LE";
  if (n >= 2 && head[0] == 0xfe && head[1] == 0xff)
    return "UTF-16BE";
  n = MIN (n, 64) & ~(gsize)1;
  for (gsize i = 0; i < n; i++)
    zero[i % 2] += head[i] == 0;
  /* Mostly ASCII, as every calendar begins: each second byte is zero. */
  if (n >= 16 && zero[1] > n / 3 && zero[0] == 0)
    return "UTF-16LE";
  if (n >= 16 && zero[0] > n / 3 && zero[1] == 0)
    return "UTF-16BE";
  return NULL;
}
