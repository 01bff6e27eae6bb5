/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "certificate-fixture.h"
#include "certificate/lykta-base45.h"
#include "certificate/lykta-certificate-judge.h"
#include "certificate/lykta-certificate-token.h"
#include "support/lykta-test.h"

/* The cases of vectors/tokens.json, which the second reader answers alike, and what a desk signs.
 */

static const char *const error_tokens[] = {
    [LYKTA_TOKEN_ERROR_NOT_A_TOKEN] = "not-a-token",
    [LYKTA_TOKEN_ERROR_DAMAGED] = "damaged",
    [LYKTA_TOKEN_ERROR_TOO_LARGE] = "too-large",
    [LYKTA_TOKEN_ERROR_UNKNOWN_VERSION] = "unknown-version",
    [LYKTA_TOKEN_ERROR_BAD_SIGNATURE] = "bad-signature",
    [LYKTA_TOKEN_ERROR_INVALID] = "invalid",
};

typedef struct {
  JsonNode *root;
  JsonObject *object;
  GHashTable *status; /* name → LyktaStatusList */
  GHashTable *trust;  /* name → LyktaTrustList */
} Vectors;

static const char *
member (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static GBytes *
unhex (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  for (const char *p = text; *p != '\0'; p += 2) {
    const guint8 byte = (guint8)(g_ascii_xdigit_value (p[0]) * 16 + g_ascii_xdigit_value (p[1]));

    g_byte_array_append (bytes, &byte, 1);
  }
  return g_byte_array_free_to_bytes (bytes);
}

static LyktaVerifyingKey *
public_key (Vectors *vectors, const char *name)
{
  JsonObject *keys = json_object_get_object_member (vectors->object, "keys");
  g_autoptr (GBytes) bytes = unhex (member (json_object_get_object_member (keys, name), "public"));

  return lykta_verifying_key_new_from_bytes (g_bytes_get_data (bytes, NULL));
}

static GBytes *
read_data (JsonObject *entry)
{
  const char *text = member (entry, "data");
  gsize size = (gsize)json_object_get_int_member_with_default (entry, "zeros", 0);

  if (text == NULL)
    return g_bytes_new_take (g_malloc0 (size), size);
  guint8 *data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

static void
assert_answer (JsonObject *entry, GError *error)
{
  const char *expected = member (entry, "error");

  g_test_message ("%s: %s", member (entry, "name"), error == NULL ? "read" : error->message);
  if (expected == NULL) {
    g_assert_no_error (error);
    return;
  }
  g_assert_nonnull (error);
  g_assert_true (error->domain == LYKTA_TOKEN_ERROR);
  g_assert_cmpstr (error_tokens[error->code], ==, expected);
}

static void
read_lists (Vectors *vectors)
{
  JsonArray *status = json_object_get_array_member (vectors->object, "status");
  JsonArray *trust = json_object_get_array_member (vectors->object, "trust");

  for (guint i = 0; i < json_array_get_length (status); i++) {
    JsonObject *entry = json_array_get_object_element (status, i);
    g_autoptr (GBytes) data = read_data (entry);
    g_autoptr (GError) error = NULL;
    LyktaStatusList *list = lykta_status_list_read (data, &error);

    assert_answer (entry, error);
    if (list != NULL)
      g_hash_table_insert (vectors->status, (gpointer)member (entry, "name"), list);
  }
  for (guint i = 0; i < json_array_get_length (trust); i++) {
    JsonObject *entry = json_array_get_object_element (trust, i);
    g_autoptr (LyktaVerifyingKey) key = public_key (vectors, member (entry, "publisher"));
    g_autoptr (GBytes) data = read_data (entry);
    g_autoptr (GError) error = NULL;
    LyktaTrustList *list = lykta_trust_list_read (data, key, &error);

    assert_answer (entry, error);
    if (list != NULL)
      g_hash_table_insert (vectors->trust, (gpointer)member (entry, "name"), list);
  }
}

static void
vectors_load (Vectors *vectors)
{
  g_autoptr (GBytes) bytes = lykta_test_source_bytes ("tests/certificate/vectors/tokens.json");
  g_autoptr (GError) error = NULL;

  vectors->root = json_from_string (g_bytes_get_data (bytes, NULL), &error);
  g_assert_no_error (error);
  vectors->object = json_node_get_object (vectors->root);
  vectors->status = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                           (GDestroyNotify)lykta_status_list_unref);
  vectors->trust =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)lykta_trust_list_unref);
  read_lists (vectors);
}

static void
vectors_clear (Vectors *vectors)
{
  g_hash_table_unref (vectors->status);
  g_hash_table_unref (vectors->trust);
  json_node_unref (vectors->root);
}

static void
assert_day (LyktaDate date, const char *expected)
{
  g_autofree char *text = lykta_date_is_set (date) ? lykta_date_to_string (date) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_claims (LyktaCertificateClaims *claims, JsonObject *expected)
{
  g_assert_cmpstr (lykta_certificate_claims_get_issuer (claims), ==, member (expected, "issuer"));
  g_assert_cmpstr (lykta_certificate_claims_get_serial (claims), ==, member (expected, "serial"));
  g_assert_cmpstr (lykta_certificate_claims_get_holder_name (claims), ==,
                   member (expected, "holder"));
  g_assert_cmpstr (lykta_certificate_claims_get_activity (claims), ==,
                   member (expected, "activity"));
  g_assert_cmpstr (lykta_certificate_claims_get_place (claims), ==, member (expected, "place"));
  assert_day (lykta_certificate_claims_get_valid_from (claims), member (expected, "valid-from"));
  assert_day (lykta_certificate_claims_get_valid_to (claims), member (expected, "valid-to"));
  assert_day (lykta_certificate_claims_get_period_from (claims), member (expected, "period-from"));
  assert_day (lykta_certificate_claims_get_period_to (claims), member (expected, "period-to"));
  g_assert_cmpint (lykta_certificate_claims_get_use (claims), ==,
                   json_object_get_int_member (expected, "use"));
  g_assert_cmpint (
      lykta_certificate_claims_get_status_index (claims), ==,
      json_object_get_int_member_with_default (expected, "status-index", LYKTA_STATUS_INDEX_NONE));
}

/* The lists that @entry names under @kind. */
static GPtrArray *
choose_lists (JsonObject *entry, const char *kind, GHashTable *lists)
{
  GPtrArray *chosen = g_ptr_array_new ();
  JsonArray *names =
      json_object_has_member (entry, kind) ? json_object_get_array_member (entry, kind) : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    gpointer list = g_hash_table_lookup (lists, json_array_get_string_element (names, i));

    g_assert_nonnull (list);
    g_ptr_array_add (chosen, list);
  }
  return chosen;
}

static void
assert_judgement (Vectors *vectors,
                  JsonObject *entry,
                  LyktaCertificateClaims *claims,
                  LyktaVerifyingKey *key)
{
  JsonObject *expected = json_object_get_object_member (entry, "judgement");
  g_autoptr (GPtrArray) trust = choose_lists (entry, "trust", vectors->trust);
  g_autoptr (GPtrArray) status = choose_lists (entry, "status", vectors->status);
  const LyktaCertificateJudgement judgement = lykta_certificate_judge (
      claims, key, trust, status, json_object_get_int_member (entry, "now"));

  g_assert_cmpstr (lykta_certificate_state_to_token (judgement.state), ==,
                   member (expected, "state"));
  g_assert_cmpstr (judgement.desk != NULL ? judgement.desk->name : NULL, ==,
                   member (expected, "desk"));
  g_assert_cmpstr (judgement.confirmed_by, ==, member (expected, "confirmed-by"));
  g_assert_cmpint (judgement.status_made_at, ==,
                   json_object_get_int_member (expected, "status-made-at"));
}

static void
test_vectors (void)
{
  Vectors vectors;
  JsonArray *tokens;

  vectors_load (&vectors);
  tokens = json_object_get_array_member (vectors.object, "tokens");
  g_assert_cmpuint (json_array_get_length (tokens), >=, 300);
  for (guint i = 0; i < json_array_get_length (tokens); i++) {
    JsonObject *entry = json_array_get_object_element (tokens, i);
    g_autoptr (LyktaVerifyingKey) key = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (LyktaCertificateClaims) claims =
        lykta_certificate_token_read (member (entry, "text"), &key, &error);

    assert_answer (entry, error);
    g_assert_true ((claims == NULL) == (error != NULL) && (key == NULL) == (claims == NULL));
    if (claims == NULL)
      continue;
    assert_claims (claims, json_object_get_object_member (entry, "claims"));
    assert_judgement (&vectors, entry, claims, key);
  }
  vectors_clear (&vectors);
}

static LyktaCertificateForm *
make_form (const char *name, const char *serial)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = certificate_fixture_form_builder ();

  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_HOLDER_NAME, name);
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_SERIAL, serial);
  lykta_certificate_form_builder_set_text (builder, LYKTA_CERTIFICATE_FIELD_LMA_NUMBER,
                                           "12-345678");
  return lykta_certificate_form_builder_end (builder);
}

/* What a desk signs, everybody reads; and the LMA number is nowhere in it. */
static void
test_sign (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSigningKey) signing_key = lykta_signing_key_generate (&error);
  g_autoptr (LyktaVerifyingKey) own = lykta_signing_key_get_verifying_key (signing_key);
  g_autoptr (LyktaCertificateForm) form = make_form ("زهرا نمونه", "A-2026-000001");
  g_autoptr (LyktaCertificateClaims) claims = lykta_certificate_claims_new (form, 4711, &error);
  g_autoptr (LyktaVerifyingKey) key = NULL;

  g_assert_no_error (error);
  g_autofree char *text = lykta_certificate_token_sign (claims, signing_key);
  g_autofree char *again = lykta_certificate_token_sign (claims, signing_key);
  g_assert_cmpstr (text, ==, again);
  g_autoptr (LyktaCertificateClaims) read = lykta_certificate_token_read (text, &key, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (lykta_verifying_key_get_bytes (key), LYKTA_PUBLIC_KEY_BYTES,
                   lykta_verifying_key_get_bytes (own), LYKTA_PUBLIC_KEY_BYTES);
  g_autoptr (GBytes) before = lykta_certificate_claims_to_cbor (claims);
  g_autoptr (GBytes) after = lykta_certificate_claims_to_cbor (read);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpstr (lykta_certificate_claims_get_holder_name (read), ==, "زهرا نمونه");
  gsize size;
  const char *bytes = g_bytes_get_data (before, &size);
  g_assert_null (g_strstr_len (bytes, size, "345678"));
}

static void
test_shortening (void)
{
  g_autoptr (GString) long_name = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append (long_name, "ኣ");
  g_autoptr (LyktaCertificateForm) form = make_form (long_name->str, "A-1");
  g_autoptr (LyktaCertificateClaims) claims =
      lykta_certificate_claims_new (form, LYKTA_STATUS_INDEX_NONE, &error);
  g_assert_no_error (error);
  const char *name = lykta_certificate_claims_get_holder_name (claims);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpuint (strlen (name), <=, 96);
  g_assert_cmpuint (strlen (name), >, 90);
  g_assert_true (g_str_has_suffix (name, "…"));
}

static void
test_without_serial (void)
{
  g_autoptr (LyktaCertificateForm) form = make_form ("Exempel Exempelsson", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_certificate_claims_new (form, 0, &error));
  g_assert_error (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_INVALID);
}

/* RFC 9285, section 4.3 and 4.4, and what it forbids. */
static void
test_base45 (void)
{
  static const struct {
    const char *plain, *text;
  } cases[] = {{"", ""},
               {"AB", "BB8"},
               {"Hello!!", "%69 VD92EX0"},
               {"base-45", "UJCLQE7W581"},
               {"ietf!", "QED8WEX0"}};
  static const char *const bad[] = {"0", "0000", ":::", "::", "bb8", "BB8Å", "GGW", "U5"};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = lykta_base45_encode (cases[i].plain, strlen (cases[i].plain));
    g_autoptr (GBytes) plain = lykta_base45_decode (cases[i].text);
    gsize size;
    const char *data = g_bytes_get_data (plain, &size);

    g_assert_cmpstr (text, ==, cases[i].text);
    g_assert_cmpmem (data, size, cases[i].plain, strlen (cases[i].plain));
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad) - 1; i++)
    g_assert_null (lykta_base45_decode (bad[i]));
  g_autoptr (GBytes) last = lykta_base45_decode (bad[G_N_ELEMENTS (bad) - 1]);
  g_assert_cmpuint (g_bytes_get_size (last), ==, 1);
}

/* The worst list: every other of 100,000 at random cannot be pressed much, and need not be. */
static void
test_status_size (void)
{
  enum { N_PLACES = 100000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaSigningKey) key = lykta_signing_key_generate (&error);
  g_autoptr (GRand) dice = g_rand_new_with_seed (9);
  g_autofree gint32 *revoked = g_new (gint32, N_PLACES);
  gsize n = 0;

  for (gint32 i = 0; i < N_PLACES; i++) {
    if (g_rand_boolean (dice))
      revoked[n++] = i;
  }
  g_autoptr (GBytes) data = lykta_status_list_sign (revoked, n, N_PLACES, 1000, 1, key);
  g_assert_cmpuint (g_bytes_get_size (data), <=, 20000);
  g_autoptr (LyktaStatusList) list = lykta_status_list_read (data, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lykta_status_list_get_n_places (list), ==, N_PLACES);
  for (gsize i = 0, next = 0; i < N_PLACES; i++) {
    const gboolean is_revoked = next < n && revoked[next] == (gint32)i;

    g_assert_true (lykta_status_list_is_revoked (list, (gint32)i) == is_revoked);
    next += is_revoked;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certificate/token/vectors", test_vectors);
  g_test_add_func ("/certificate/token/sign", test_sign);
  g_test_add_func ("/certificate/token/shortening", test_shortening);
  g_test_add_func ("/certificate/token/without-serial", test_without_serial);
  g_test_add_func ("/certificate/token/base45", test_base45);
  g_test_add_func ("/certificate/token/status-size", test_status_size);
  return g_test_run ();
}
