/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-trust-list.h"

#include <string.h>

#include "certificate/lykta-cbor-private.h"
#include "certificate/lykta-cose.h"

#define PURPOSE            "lykta-trust-1"
#define VERSION            1
#define MOST_MESSAGE_BYTES (2 * 1024 * 1024)
#define DESK_PARTS         5
#define LAST_DAY           84005 /* 2199-12-31 in days since 1970 */

enum {
  CLAIM_ISSUER = 1,
  CLAIM_EXPIRATION = 4,
  CLAIM_ISSUED_AT = 6,
  CLAIM_LIST = -65537,
};

/* Keys of the map under CLAIM_LIST. */
enum { KEY_VERSION, KEY_SEQUENCE, KEY_DESKS };

struct _LyktaTrustList {
  char *publisher;
  GArray *desks;         /* (element-type LyktaTrustedDesk) */
  GStringChunk *strings; /* of the desks */
  gint64 made_at;
  gint64 expires_at;
  guint64 sequence;
};

G_DEFINE_BOXED_TYPE (LyktaTrustList, lykta_trust_list, lykta_trust_list_ref, lykta_trust_list_unref)

LyktaTrustList *
lykta_trust_list_ref (LyktaTrustList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
trust_list_clear (LyktaTrustList *self)
{
  g_free (self->publisher);
  g_array_unref (self->desks);
  g_string_chunk_free (self->strings);
}

void
lykta_trust_list_unref (LyktaTrustList *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)trust_list_clear);
}

static void
add_desk (GByteArray *out, const LyktaTrustedDesk *desk)
{
  lykta_cbor_begin_array (out, DESK_PARTS);
  lykta_cbor_add_bytes (out, desk->key, sizeof desk->key);
  lykta_cbor_add_text (out, desk->name);
  lykta_cbor_add_text (out, desk->county);
  lykta_cbor_add_int (out, lykta_date_to_day_number (desk->from));
  lykta_cbor_add_int (out, lykta_date_to_day_number (desk->to));
}

GBytes *
lykta_trust_list_sign (const LyktaTrustedDesk *desks,
                       gsize n_desks,
                       const char *publisher,
                       gint64 made_at,
                       gint64 expires_at,
                       guint64 sequence,
                       LyktaSigningKey *key)
{
  g_return_val_if_fail (desks != NULL || n_desks == 0, NULL);
  g_return_val_if_fail (n_desks <= LYKTA_TRUST_LIST_MAX_DESKS, NULL);
  g_return_val_if_fail (publisher != NULL && key != NULL, NULL);

  g_autoptr (GByteArray) out = g_byte_array_new ();
  lykta_cbor_begin_map (out, 4);
  lykta_cbor_add_int (out, CLAIM_ISSUER);
  lykta_cbor_add_text (out, publisher);
  lykta_cbor_add_int (out, CLAIM_EXPIRATION);
  lykta_cbor_add_int (out, expires_at);
  lykta_cbor_add_int (out, CLAIM_ISSUED_AT);
  lykta_cbor_add_int (out, made_at);
  lykta_cbor_add_int (out, CLAIM_LIST);
  lykta_cbor_begin_map (out, 3);
  lykta_cbor_add_int (out, KEY_VERSION);
  lykta_cbor_add_int (out, VERSION);
  lykta_cbor_add_int (out, KEY_SEQUENCE);
  lykta_cbor_add_int (out, (gint64)sequence);
  lykta_cbor_add_int (out, KEY_DESKS);
  lykta_cbor_begin_array (out, n_desks);
  for (gsize i = 0; i < n_desks; i++)
    add_desk (out, &desks[i]);
  g_autoptr (GBytes) payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return lykta_cose_sign (payload, PURPOSE, key);
}

static gboolean
refuse (LyktaTokenError code, const char *reason, GError **error)
{
  g_set_error_literal (error, LYKTA_TOKEN_ERROR, code, reason);
  return FALSE;
}

static gboolean
read_day (cbor_item_t *item, LyktaDate *date)
{
  gint64 day;

  if (!lykta_cbor_get_int (item, &day) || day <= 0 || day > LAST_DAY)
    return FALSE;
  *date = lykta_date_from_day_number ((gint32)day);
  return TRUE;
}

static gboolean
read_desk (LyktaTrustList *self, cbor_item_t *item)
{
  LyktaTrustedDesk desk = {0};
  g_autofree char *name = NULL;
  g_autofree char *county = NULL;
  const guint8 *key;
  gsize size;

  if (!cbor_isa_array (item) || cbor_array_size (item) != DESK_PARTS)
    return FALSE;
  cbor_item_t **parts = cbor_array_handle (item);
  if (!lykta_cbor_get_bytes (parts[0], &key, &size) || size != LYKTA_PUBLIC_KEY_BYTES ||
      !lykta_cbor_get_text (parts[1], &name) || *name == '\0' ||
      !lykta_cbor_get_text (parts[2], &county) || !read_day (parts[3], &desk.from) ||
      !read_day (parts[4], &desk.to))
    return FALSE;
  memcpy (desk.key, key, sizeof desk.key);
  desk.name = g_string_chunk_insert_const (self->strings, name);
  desk.county = g_string_chunk_insert_const (self->strings, county);
  g_array_append_val (self->desks, desk);
  return TRUE;
}

/* Fills @self from the signed @item. */
static gboolean
read_list (LyktaTrustList *self, cbor_item_t *item, GError **error)
{
  cbor_item_t *list = lykta_cbor_lookup (item, CLAIM_LIST);
  cbor_item_t *desks = lykta_cbor_lookup (list, KEY_DESKS);
  gint64 version, sequence;

  if (!lykta_cbor_get_int (lykta_cbor_lookup (list, KEY_VERSION), &version) || version < 1)
    return refuse (LYKTA_TOKEN_ERROR_INVALID, "the trust list has no version", error);
  if (version > VERSION)
    return refuse (LYKTA_TOKEN_ERROR_UNKNOWN_VERSION, "a later version of the trust list", error);
  if (!lykta_cbor_get_text (lykta_cbor_lookup (item, CLAIM_ISSUER), &self->publisher) ||
      *self->publisher == '\0' ||
      !lykta_cbor_get_int (lykta_cbor_lookup (item, CLAIM_EXPIRATION), &self->expires_at) ||
      !lykta_cbor_get_int (lykta_cbor_lookup (item, CLAIM_ISSUED_AT), &self->made_at) ||
      !lykta_cbor_get_int (lykta_cbor_lookup (list, KEY_SEQUENCE), &sequence) || sequence < 0 ||
      desks == NULL || !cbor_isa_array (desks) ||
      cbor_array_size (desks) > LYKTA_TRUST_LIST_MAX_DESKS)
    return refuse (LYKTA_TOKEN_ERROR_INVALID, "the trust list lacks something", error);
  self->sequence = (guint64)sequence;
  for (gsize i = 0; i < cbor_array_size (desks); i++) {
    if (!read_desk (self, cbor_array_handle (desks)[i]))
      return refuse (LYKTA_TOKEN_ERROR_INVALID, "a desk of the trust list cannot be read", error);
  }
  return TRUE;
}

static gboolean
is_same_key (LyktaVerifyingKey *a, LyktaVerifyingKey *b)
{
  return memcmp (lykta_verifying_key_get_bytes (a), lykta_verifying_key_get_bytes (b),
                 LYKTA_PUBLIC_KEY_BYTES) == 0;
}

LyktaTrustList *
lykta_trust_list_read (GBytes *data, LyktaVerifyingKey *publisher_key, GError **error)
{
  g_return_val_if_fail (data != NULL && publisher_key != NULL, NULL);

  g_autoptr (LyktaVerifyingKey) signer = NULL;
  if (g_bytes_get_size (data) > MOST_MESSAGE_BYTES) {
    refuse (LYKTA_TOKEN_ERROR_TOO_LARGE, "too large for a trust list", error);
    return NULL;
  }
  g_autoptr (GBytes) payload = lykta_cose_open (data, PURPOSE, &signer, error);
  if (payload == NULL)
    return NULL;
  if (!is_same_key (signer, publisher_key)) {
    refuse (LYKTA_TOKEN_ERROR_BAD_SIGNATURE, "signed with another key than the feed's", error);
    return NULL;
  }
  gsize size;
  const guint8 *bytes = g_bytes_get_data (payload, &size);
  g_autoptr (cbor_item_t) item = lykta_cbor_parse (bytes, size, error);
  if (item == NULL)
    return NULL;
  g_autoptr (LyktaTrustList) self = g_atomic_rc_box_new0 (LyktaTrustList);
  self->desks = g_array_new (FALSE, FALSE, sizeof (LyktaTrustedDesk));
  self->strings = g_string_chunk_new (1024);
  if (!read_list (self, item, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
lykta_trust_list_get_publisher (LyktaTrustList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->publisher;
}

gint64
lykta_trust_list_get_made_at (LyktaTrustList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->made_at;
}

gint64
lykta_trust_list_get_expires_at (LyktaTrustList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires_at;
}

guint64
lykta_trust_list_get_sequence (LyktaTrustList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sequence;
}

gsize
lykta_trust_list_get_n_desks (LyktaTrustList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->desks->len;
}

const LyktaTrustedDesk *
lykta_trust_list_get_desk (LyktaTrustList *self, gsize index)
{
  g_return_val_if_fail (self != NULL && index < self->desks->len, NULL);

  return &g_array_index (self->desks, LyktaTrustedDesk, index);
}

const LyktaTrustedDesk *
lykta_trust_list_find (LyktaTrustList *self, LyktaVerifyingKey *key, LyktaDate day)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  for (guint i = 0; i < self->desks->len; i++) {
    const LyktaTrustedDesk *desk = &g_array_index (self->desks, LyktaTrustedDesk, i);

    if (memcmp (desk->key, lykta_verifying_key_get_bytes (key), sizeof desk->key) == 0 &&
        lykta_date_compare (desk->from, day) <= 0 && lykta_date_compare (day, desk->to) <= 0)
      return desk;
  }
  return NULL;
}
