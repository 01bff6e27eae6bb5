/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-base45.h"

#include <string.h>

#define BASE 45

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

char *
lykta_base45_encode (gconstpointer data, gsize size)
{
  const guint8 *bytes = data;
  g_autoptr (GString) text = g_string_sized_new (size / 2 * 3 + 3);

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  for (gsize i = 0; i < size; i += 2) {
    const gboolean is_pair = i + 1 < size;
    guint value = is_pair ? bytes[i] * 256u + bytes[i + 1] : bytes[i];

    for (guint n = is_pair ? 3 : 2; n > 0; n--) {
      g_string_append_c (text, alphabet[value % BASE]);
      value /= BASE;
    }
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The number that @n characters stand for, the lowest first; G_MAXUINT when one is none of ours. */
static guint
read_group (const char *text, gsize n)
{
  guint value = 0;

  for (gsize i = n; i > 0; i--) {
    const char *place = memchr (alphabet, text[i - 1], BASE);

    if (place == NULL)
      return G_MAXUINT;
    value = value * BASE + (guint)(place - alphabet);
  }
  return value;
}

GBytes *
lykta_base45_decode (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  for (gsize i = 0; i < length; i += 3) {
    const gsize n = MIN (length - i, 3);
    const guint value = n < 2 ? G_MAXUINT : read_group (text + i, n);
    const guint8 pair[] = {(guint8)(value >> 8), (guint8)value};

    if (value > (n == 3 ? 0xffffu : 0xffu))
      return NULL;
    g_byte_array_append (bytes, n == 3 ? pair : pair + 1, n - 1);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
