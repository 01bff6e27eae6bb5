/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/lykta-test.h"
#include "trust/lykta-digest.h"
#include "trust/lykta-sealer.h"

/* Sealing, opening, locking. */

/* @bytes with one bit turned over. (transfer full) */
static GBytes *
altered (GBytes *bytes, gsize at)
{
  gsize size;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  copy[at] ^= 1;
  return g_bytes_new_take (g_steal_pointer (&copy), size);
}

static void
test_seal (void)
{
  static const char *const texts[] = {"", "a", "Amina Exempelsson, språkcafé, 2026-11-24"};
  g_autoptr (GBytes) public_key = NULL;
  g_autoptr (GBytes) other_public = NULL;
  g_autoptr (LyktaSecretKey) key = lykta_secret_key_generate (&public_key, NULL);
  g_autoptr (LyktaSecretKey) other = lykta_secret_key_generate (&other_public, NULL);

  g_assert_false (g_bytes_equal (public_key, other_public));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) plain = g_bytes_new_static (texts[i], strlen (texts[i]));
    g_autoptr (GBytes) sealed = lykta_seal (public_key, plain, NULL);
    g_autoptr (GBytes) again = lykta_seal (public_key, plain, NULL);
    g_autoptr (GBytes) opened = lykta_secret_key_open (key, sealed, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (opened, plain));
    g_assert_false (g_bytes_equal (sealed, again));
    g_assert_null (lykta_secret_key_open (other, sealed, &error));
    g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
    for (gsize at = 0; at < g_bytes_get_size (sealed); at += 7) {
      g_autoptr (GBytes) wrong = altered (sealed, at);
      g_assert_null (lykta_secret_key_open (key, wrong, NULL));
    }
  }
}

static void
test_refused (void)
{
  g_autoptr (GBytes) public_key = NULL;
  g_autoptr (LyktaSecretKey) key = lykta_secret_key_generate (&public_key, NULL);
  g_autoptr (GBytes) little = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_secret_key_open (key, little, &error));
  g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lykta_seal (little, public_key, &error));
  g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lykta_secret_key_unseal (key, little, &error));
  g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lykta_key_unlock (little, "x", &error));
  g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
}

static void
test_key_for_another (void)
{
  g_autoptr (GBytes) owner_public = NULL;
  g_autoptr (GBytes) month_public = NULL;
  g_autoptr (LyktaSecretKey) owner = lykta_secret_key_generate (&owner_public, NULL);
  g_autoptr (LyktaSecretKey) month = lykta_secret_key_generate (&month_public, NULL);
  g_autoptr (GBytes) sealed_key = lykta_secret_key_seal_for (month, owner_public, NULL);
  g_autoptr (GBytes) plain = g_bytes_new_static ("hej", 3);
  g_autoptr (GBytes) sealed = lykta_seal (month_public, plain, NULL);

  g_clear_pointer (&month, lykta_secret_key_unref);
  month = lykta_secret_key_unseal (owner, sealed_key, NULL);
  g_autoptr (GBytes) opened = lykta_secret_key_open (month, sealed, NULL);
  g_assert_true (g_bytes_equal (opened, plain));
}

static void
test_lock (void)
{
  static const struct {
    const char *passphrase;
    gboolean opens;
  } cases[] = {
      {"Gr\xc3\xb6n k\xc3\xa4lla", TRUE},
      {"Gro\xcc\x88n ka\xcc\x88lla", TRUE}, /* the same letters in two parts */
      {"Gron kalla", FALSE},
      {"", FALSE},
      {"Gr\xf6n k\xe4lla", FALSE}, /* not UTF-8 */
  };
  g_autoptr (GBytes) public_key = NULL;
  g_autoptr (LyktaSecretKey) key = lykta_secret_key_generate (&public_key, NULL);
  g_autoptr (GBytes) locked = lykta_key_lock (key, "Grön källa", LYKTA_KEY_COST_QUICK, NULL);
  g_autoptr (GBytes) plain = g_bytes_new_static ("hej", 3);
  g_autoptr (GBytes) sealed = lykta_seal (public_key, plain, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LyktaSecretKey) opened = lykta_key_unlock (locked, cases[i].passphrase, &error);
    if (!cases[i].opens) {
      g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_WRONG_PASSPHRASE);
      g_assert_null (opened);
      continue;
    }
    g_assert_no_error (error);
    g_autoptr (GBytes) text = lykta_secret_key_open (opened, sealed, NULL);
    g_assert_true (g_bytes_equal (text, plain));
  }
  /* No altered bit gives a key, and none makes us work for minutes. */
  for (gsize at = 0; at < g_bytes_get_size (locked); at++) {
    g_autoptr (GBytes) wrong = altered (locked, at);
    g_assert_null (lykta_key_unlock (wrong, "Grön källa", NULL));
  }
}

static void
test_digest (void)
{
  guint8 one[LYKTA_DIGEST_BYTES], same[LYKTA_DIGEST_BYTES], other[LYKTA_DIGEST_BYTES];

  lykta_digest ("lykta", 5, one);
  lykta_digest ("lykta", 5, same);
  lykta_digest ("lyktb", 5, other);
  g_assert_cmpmem (one, sizeof one, same, sizeof same);
  g_assert_cmpint (memcmp (one, other, sizeof one), !=, 0);
  lykta_digest (NULL, 0, other);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/trust/sealer/seal", test_seal);
  g_test_add_func ("/trust/sealer/refused", test_refused);
  g_test_add_func ("/trust/sealer/key-for-another", test_key_for_another);
  g_test_add_func ("/trust/sealer/lock", test_lock);
  g_test_add_func ("/trust/digest", test_digest);
  return g_test_run ();
}
