/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-cose.h"

#include <string.h>

#include "certificate/lykta-cbor-private.h"

#define TAG_SIGN1        18
#define SIGN1_BYTE       0xd2 /* the head of an item with that tag */
#define HEADER_ALGORITHM 1
#define HEADER_KEY_ID    4
#define ALGORITHM_EDDSA  (-8)
#define CONTEXT          "Signature1"

/* What is signed: RFC 9052 4.4. (transfer full) */
static GBytes *
make_to_be_signed (const guint8 *header,
                   gsize header_size,
                   const char *purpose,
                   const guint8 *payload,
                   gsize payload_size)
{
  GByteArray *out = g_byte_array_new ();

  lykta_cbor_begin_array (out, 4);
  lykta_cbor_add_text (out, CONTEXT);
  lykta_cbor_add_bytes (out, header, header_size);
  lykta_cbor_add_bytes (out, purpose, strlen (purpose));
  lykta_cbor_add_bytes (out, payload, payload_size);
  return g_byte_array_free_to_bytes (out);
}

static GByteArray *
make_header (LyktaVerifyingKey *key)
{
  GByteArray *out = g_byte_array_new ();

  lykta_cbor_begin_map (out, 2);
  lykta_cbor_add_int (out, HEADER_ALGORITHM);
  lykta_cbor_add_int (out, ALGORITHM_EDDSA);
  lykta_cbor_add_int (out, HEADER_KEY_ID);
  lykta_cbor_add_bytes (out, lykta_verifying_key_get_bytes (key), LYKTA_PUBLIC_KEY_BYTES);
  return out;
}

GBytes *
lykta_cose_sign (GBytes *payload, const char *purpose, LyktaSigningKey *key)
{
  g_return_val_if_fail (payload != NULL && purpose != NULL && key != NULL, NULL);

  gsize size;
  const guint8 *data = g_bytes_get_data (payload, &size);
  guint8 signature[LYKTA_SIGNATURE_BYTES];
  g_autoptr (LyktaVerifyingKey) public_key = lykta_signing_key_get_verifying_key (key);
  g_autoptr (GByteArray) header = make_header (public_key);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) to_be_signed =
      make_to_be_signed (header->data, header->len, purpose, data, size);

  lykta_signing_key_sign_bytes (key, to_be_signed, signature);
  lykta_cbor_add_tag (out, TAG_SIGN1);
  lykta_cbor_begin_array (out, 4);
  lykta_cbor_add_bytes (out, header->data, header->len);
  lykta_cbor_begin_map (out, 0);
  lykta_cbor_add_bytes (out, data, size);
  lykta_cbor_add_bytes (out, signature, sizeof signature);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
refuse (LyktaTokenError code, const char *reason, GError **error)
{
  g_set_error_literal (error, LYKTA_TOKEN_ERROR, code, reason);
  return NULL;
}

/* The four parts of a COSE_Sign1. Borrowed from the item they came from. */
typedef struct {
  const guint8 *header, *payload, *signature;
  gsize header_size, payload_size, signature_size;
} Parts;

static gboolean
take_apart (cbor_item_t *array, Parts *parts)
{
  if (!cbor_isa_array (array) || cbor_array_size (array) != 4)
    return FALSE;
  cbor_item_t **items = cbor_array_handle (array);
  return lykta_cbor_get_bytes (items[0], &parts->header, &parts->header_size) &&
         cbor_isa_map (items[1]) && cbor_map_size (items[1]) == 0 &&
         lykta_cbor_get_bytes (items[2], &parts->payload, &parts->payload_size) &&
         lykta_cbor_get_bytes (items[3], &parts->signature, &parts->signature_size);
}

/* The key that the protected header names. (transfer full) */
static LyktaVerifyingKey *
read_header (const Parts *parts, GError **error)
{
  g_autoptr (cbor_item_t) header = lykta_cbor_parse (parts->header, parts->header_size, error);
  const guint8 *key;
  gsize size;
  gint64 algorithm = 0;

  if (header == NULL)
    return NULL;
  if (!cbor_isa_map (header) || cbor_map_size (header) != 2 ||
      !lykta_cbor_get_int (lykta_cbor_lookup (header, HEADER_ALGORITHM), &algorithm) ||
      algorithm != ALGORITHM_EDDSA) {
    refuse (LYKTA_TOKEN_ERROR_UNKNOWN_VERSION, "signed in a way that version 1 does not know",
            error);
    return NULL;
  }
  if (!lykta_cbor_get_bytes (lykta_cbor_lookup (header, HEADER_KEY_ID), &key, &size) ||
      size != LYKTA_PUBLIC_KEY_BYTES || parts->signature_size != LYKTA_SIGNATURE_BYTES) {
    refuse (LYKTA_TOKEN_ERROR_DAMAGED, "the key or the signature does not have its length", error);
    return NULL;
  }
  return lykta_verifying_key_new_from_bytes (key);
}

GBytes *
lykta_cose_open (GBytes *message, const char *purpose, LyktaVerifyingKey **key, GError **error)
{
  g_return_val_if_fail (message != NULL && purpose != NULL && key != NULL, NULL);

  Parts parts;
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  /* libcbor 0.8 takes tag 18 for an error, so that the tag is read here. */
  if (size == 0 || data[0] != SIGN1_BYTE)
    return refuse (LYKTA_TOKEN_ERROR_NOT_A_TOKEN, "not a COSE_Sign1 message", error);
  g_autoptr (cbor_item_t) item = lykta_cbor_parse (data + 1, size - 1, error);
  if (item == NULL)
    return NULL;
  if (!take_apart (item, &parts))
    return refuse (LYKTA_TOKEN_ERROR_NOT_A_TOKEN, "not a COSE_Sign1 message", error);
  g_autoptr (LyktaVerifyingKey) signer = read_header (&parts, error);
  if (signer == NULL)
    return NULL;
  g_autoptr (GBytes) to_be_signed = make_to_be_signed (parts.header, parts.header_size, purpose,
                                                       parts.payload, parts.payload_size);
  if (!lykta_verifying_key_verify_bytes (signer, to_be_signed, parts.signature))
    return refuse (LYKTA_TOKEN_ERROR_BAD_SIGNATURE, "the signature does not fit", error);
  *key = g_steal_pointer (&signer);
  return g_bytes_new (parts.payload, parts.payload_size);
}
