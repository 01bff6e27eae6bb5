/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/lykta-test.h"
#include "trust/lykta-signing-key.h"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_signs_and_verifies (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSigningKey) key = lykta_signing_key_generate (&error);
  g_assert_no_error (error);
  g_autoptr (LyktaVerifyingKey) verifying = lykta_signing_key_get_verifying_key (key);
  g_autoptr (GBytes) message = bytes ("{\"sequence\": 7}");
  g_autofree char *signature = lykta_signing_key_sign (key, message, "sequence 7");
  g_autofree char *comment = NULL;

  g_assert_true (lykta_verifying_key_verify (verifying, message, signature, &comment, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (comment, ==, "sequence 7");
}

static void
assert_refused (LyktaVerifyingKey *key, GBytes *message, const char *signature, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lykta_verifying_key_verify (key, message, signature, NULL, &error));
  g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, reason));
}

/* Every bit of the message and of the signature's two base64 lines matters. */
static void
test_refuses_what_was_altered (void)
{
  g_autoptr (LyktaSigningKey) key = lykta_signing_key_generate (NULL);
  g_autoptr (LyktaSigningKey) other = lykta_signing_key_generate (NULL);
  g_autoptr (LyktaVerifyingKey) verifying = lykta_signing_key_get_verifying_key (key);
  g_autoptr (LyktaVerifyingKey) stranger = lykta_signing_key_get_verifying_key (other);
  g_autoptr (GBytes) message = bytes ("the calendar of today");
  g_autoptr (GBytes) altered = bytes ("the calendar of todaz");
  g_autofree char *signature = lykta_signing_key_sign (key, message, "of today");

  assert_refused (verifying, altered, signature, "was altered");
  assert_refused (stranger, message, signature, "the trusted key is");
  assert_refused (verifying, message, "", "not a minisign signature");
  assert_refused (verifying, message, "a\nb\nc\nd\n", "not a minisign signature");
  g_autofree char *recommented = g_strdup (signature);
  char *today = strstr (recommented, "of today");
  today[0] = 'O';
  assert_refused (verifying, message, recommented, "comment");

  guint n_refused = 0;
  const char *line = strchr (signature, '\n') + 1;
  const gsize first = (gsize)(line - signature);
  for (gsize i = first + 14; i < first + 98; i++) {
    g_autofree char *damaged = g_strdup (signature);
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    n_refused += !lykta_verifying_key_verify (verifying, message, damaged, NULL, NULL);
  }
  g_assert_cmpuint (n_refused, ==, 84);
}

static void
test_keys_survive_their_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSigningKey) key = lykta_signing_key_generate (NULL);
  g_autoptr (LyktaVerifyingKey) verifying = lykta_signing_key_get_verifying_key (key);
  g_autofree char *secret_text = lykta_signing_key_to_file_text (key);
  g_autofree char *public_text = lykta_signing_key_to_public_text (key);
  g_autofree char *line = lykta_verifying_key_to_string (verifying);

  g_autoptr (LyktaSigningKey) again = lykta_signing_key_parse (secret_text, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaVerifyingKey) its = lykta_signing_key_get_verifying_key (again);
  g_assert_true (lykta_verifying_key_equal (verifying, its));
  g_autoptr (LyktaVerifyingKey) from_file = lykta_verifying_key_parse (public_text, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaVerifyingKey) from_line = lykta_verifying_key_parse (line, &error);
  g_assert_no_error (error);
  g_assert_true (lykta_verifying_key_equal (from_file, from_line));
  g_assert_cmpstr (lykta_verifying_key_get_id (from_file), ==,
                   lykta_verifying_key_get_id (verifying));
  g_assert_cmpuint (strlen (lykta_verifying_key_get_id (verifying)), ==, 16);
}

static void
test_damaged_keys_are_refused (void)
{
  static const char *const cases[] = {"", "RWQ", "untrusted comment: x", "RWQ\nRWQ\n",
                                      "untrusted comment: x\n!!!!\n"};
  g_autoptr (LyktaSigningKey) key = lykta_signing_key_generate (NULL);
  g_autofree char *text = lykta_signing_key_to_file_text (key);
  char *line = strchr (text, '\n') + 1;
  line[150] = line[150] == 'A' ? 'B' : 'A';
  g_autoptr (GError) damaged = NULL;

  g_assert_null (lykta_signing_key_parse (text, NULL, &damaged));
  g_assert_error (damaged, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) public_error = NULL;
    g_autoptr (GError) secret_error = NULL;
    g_assert_null (lykta_verifying_key_parse (cases[i], &public_error));
    g_assert_error (public_error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
    g_assert_null (lykta_signing_key_parse (cases[i], NULL, &secret_error));
    g_assert_error (secret_error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_INVALID);
  }
}

/* The tool that Debian has checks what we signed, and we check what it signed. */
static void
test_agrees_with_minisign (void)
{
  if (!lykta_test_need_program ("minisign"))
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaTestDir) dir = lykta_test_dir_new ();
  g_autoptr (LyktaSigningKey) ours = lykta_signing_key_generate (NULL);
  g_autoptr (GBytes) message = bytes ("{\"sequence\": 7}\n");
  g_autofree char *signature = lykta_signing_key_sign (ours, message, "sequence 7");
  g_autofree char *public_text = lykta_signing_key_to_public_text (ours);
  g_autofree char *file = lykta_test_dir_write (dir, "index.json", "{\"sequence\": 7}\n", -1);
  g_autofree char *minisig = lykta_test_dir_write (dir, "index.json.minisig", signature, -1);
  g_autofree char *public_key = lykta_test_dir_write (dir, "ours.pub", public_text, -1);
  const char *const verify[] = {"minisign", "-V", "-p", public_key, "-m", file, NULL};
  g_assert_cmpint (lykta_test_run_program (verify, NULL, NULL), ==, 0);

  g_autofree char *their_public = lykta_test_dir_child (dir, "theirs.pub");
  g_autofree char *their_secret = lykta_test_dir_child (dir, "theirs.key");
  const char *const generate[] = {"minisign",   "-G", "-W",         "-p",
                                  their_public, "-s", their_secret, NULL};
  const char *const sign[] = {"minisign",      "-S", "-s", their_secret, "-t",
                              "from minisign", "-m", file, NULL};
  g_assert_cmpint (lykta_test_run_program (generate, NULL, NULL), ==, 0);
  g_assert_cmpint (lykta_test_run_program (sign, NULL, NULL), ==, 0);
  g_autofree char *their_text = NULL;
  g_autofree char *their_signature = NULL;
  g_autofree char *their_key = NULL;
  g_autofree char *comment = NULL;
  g_file_get_contents (their_public, &their_text, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (minisig, &their_signature, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (their_secret, &their_key, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaVerifyingKey) theirs = lykta_verifying_key_parse (their_text, &error);
  g_assert_no_error (error);
  lykta_verifying_key_verify (theirs, message, their_signature, &comment, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (comment, ==, "from minisign");
  g_autoptr (LyktaSigningKey) read = lykta_signing_key_parse (their_key, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (LyktaVerifyingKey) its = lykta_signing_key_get_verifying_key (read);
  g_assert_true (lykta_verifying_key_equal (theirs, its));
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/trust/signing-key/signs", test_signs_and_verifies);
  g_test_add_func ("/trust/signing-key/altered", test_refuses_what_was_altered);
  g_test_add_func ("/trust/signing-key/files", test_keys_survive_their_files);
  g_test_add_func ("/trust/signing-key/damaged", test_damaged_keys_are_refused);
  g_test_add_func ("/trust/signing-key/minisign", test_agrees_with_minisign);
  return g_test_run ();
}
