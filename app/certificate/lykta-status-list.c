/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-status-list.h"

#include "certificate/lykta-cbor-private.h"
#include "certificate/lykta-cose.h"

#define PURPOSE            "lykta-status-1"
#define VERSION            1
#define MOST_MESSAGE_BYTES (160 * 1024)
#define CLAIM_ISSUED_AT    6
#define CLAIM_LIST         (-65537)

/* Keys of the map under CLAIM_LIST. */
enum { KEY_VERSION, KEY_SEQUENCE, KEY_PLACES, KEY_BITS };

struct _LyktaStatusList {
  LyktaVerifyingKey *key; /* (owned) */
  GBytes *bits;           /* (owned) the highest bit of the first byte is place 0 */
  gint64 made_at;
  guint64 sequence;
  guint32 n_places;
};

G_DEFINE_BOXED_TYPE (LyktaStatusList,
                     lykta_status_list,
                     lykta_status_list_ref,
                     lykta_status_list_unref)

LyktaStatusList *
lykta_status_list_ref (LyktaStatusList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
status_list_clear (LyktaStatusList *self)
{
  g_clear_pointer (&self->key, lykta_verifying_key_unref);
  g_clear_pointer (&self->bits, g_bytes_unref);
}

void
lykta_status_list_unref (LyktaStatusList *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)status_list_clear);
}

GBytes *
lykta_status_list_sign (const gint32 *revoked,
                        gsize n_revoked,
                        guint32 n_places,
                        gint64 made_at,
                        guint64 sequence,
                        LyktaSigningKey *key)
{
  g_return_val_if_fail (revoked != NULL || n_revoked == 0, NULL);
  g_return_val_if_fail (n_places <= LYKTA_STATUS_INDEX_MAX && key != NULL, NULL);

  const gsize n_bytes = (n_places + 7) / 8;
  g_autofree guint8 *bits = g_malloc0 (n_bytes + 1);
  for (gsize i = 0; i < n_revoked; i++) {
    if (revoked[i] >= 0 && (guint32)revoked[i] < n_places)
      bits[revoked[i] / 8] |= (guint8)(0x80u >> (revoked[i] % 8));
  }
  gsize size;
  g_autoptr (GBytes) deflated = lykta_deflate (bits, n_bytes);
  const guint8 *data = g_bytes_get_data (deflated, &size);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  lykta_cbor_begin_map (out, 2);
  lykta_cbor_add_int (out, CLAIM_ISSUED_AT);
  lykta_cbor_add_int (out, made_at);
  lykta_cbor_add_int (out, CLAIM_LIST);
  lykta_cbor_begin_map (out, 4);
  lykta_cbor_add_int (out, KEY_VERSION);
  lykta_cbor_add_int (out, VERSION);
  lykta_cbor_add_int (out, KEY_SEQUENCE);
  lykta_cbor_add_int (out, (gint64)sequence);
  lykta_cbor_add_int (out, KEY_PLACES);
  lykta_cbor_add_int (out, n_places);
  lykta_cbor_add_int (out, KEY_BITS);
  lykta_cbor_add_bytes (out, data, size);
  g_autoptr (GBytes) payload = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return lykta_cose_sign (payload, PURPOSE, key);
}

static gboolean
refuse (LyktaTokenError code, GError **error)
{
  g_set_error_literal (error, LYKTA_TOKEN_ERROR, code,
                       code == LYKTA_TOKEN_ERROR_UNKNOWN_VERSION
                           ? "a later version of the status list"
                           : "the status list lacks something or says what cannot be");
  return FALSE;
}

/* Fills @self from the signed @item. */
static gboolean
read_list (LyktaStatusList *self, cbor_item_t *item, GError **error)
{
  cbor_item_t *list = lykta_cbor_lookup (item, CLAIM_LIST);
  gint64 version, sequence, n_places;
  const guint8 *data;
  gsize size;

  if (!lykta_cbor_get_int (lykta_cbor_lookup (list, KEY_VERSION), &version) || version < 1)
    return refuse (LYKTA_TOKEN_ERROR_INVALID, error);
  if (version > VERSION)
    return refuse (LYKTA_TOKEN_ERROR_UNKNOWN_VERSION, error);
  if (!lykta_cbor_get_int (lykta_cbor_lookup (item, CLAIM_ISSUED_AT), &self->made_at) ||
      !lykta_cbor_get_int (lykta_cbor_lookup (list, KEY_SEQUENCE), &sequence) || sequence < 0 ||
      !lykta_cbor_get_int (lykta_cbor_lookup (list, KEY_PLACES), &n_places) || n_places < 0 ||
      n_places > LYKTA_STATUS_INDEX_MAX ||
      !lykta_cbor_get_bytes (lykta_cbor_lookup (list, KEY_BITS), &data, &size))
    return refuse (LYKTA_TOKEN_ERROR_INVALID, error);
  g_autoptr (GBytes) deflated = g_bytes_new (data, size);
  self->bits = lykta_inflate (deflated, ((gsize)n_places + 7) / 8, error);
  if (self->bits == NULL)
    return FALSE;
  if (g_bytes_get_size (self->bits) != ((gsize)n_places + 7) / 8)
    return refuse (LYKTA_TOKEN_ERROR_INVALID, error);
  self->sequence = (guint64)sequence;
  self->n_places = (guint32)n_places;
  return TRUE;
}

LyktaStatusList *
lykta_status_list_read (GBytes *data, GError **error)
{
  g_return_val_if_fail (data != NULL, NULL);

  g_autoptr (LyktaStatusList) self = g_atomic_rc_box_new0 (LyktaStatusList);
  if (g_bytes_get_size (data) > MOST_MESSAGE_BYTES) {
    g_set_error_literal (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_TOO_LARGE,
                         "too large for a status list");
    return NULL;
  }
  g_autoptr (GBytes) payload = lykta_cose_open (data, PURPOSE, &self->key, error);
  if (payload == NULL)
    return NULL;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (payload, &size);
  g_autoptr (cbor_item_t) item = lykta_cbor_parse (bytes, size, error);
  if (item == NULL || !read_list (self, item, error))
    return NULL;
  return g_steal_pointer (&self);
}

LyktaVerifyingKey *
lykta_status_list_get_key (LyktaStatusList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key;
}

gint64
lykta_status_list_get_made_at (LyktaStatusList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->made_at;
}

guint64
lykta_status_list_get_sequence (LyktaStatusList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->sequence;
}

guint32
lykta_status_list_get_n_places (LyktaStatusList *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_places;
}

gboolean
lykta_status_list_is_revoked (LyktaStatusList *self, gint32 index)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const guint8 *bits = g_bytes_get_data (self->bits, NULL);
  return index >= 0 && (guint32)index < self->n_places &&
         (bits[index / 8] & (0x80u >> (index % 8))) != 0;
}
