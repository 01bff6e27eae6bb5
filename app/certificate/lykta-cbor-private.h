/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cbor.h>
#include <gio/gio.h>

#include "certificate/lykta-token-error.h"

G_BEGIN_DECLS

/* The little of CBOR (RFC 8949) that signed data of a certificate needs, on libcbor. Writing keeps
 * to the deterministic encoding of section 4.2.1 as long as the caller adds the keys of a map in
 * order. Reading takes only definite lengths, small depths and integer keys that come once. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cbor_item_t, cbor_intermediate_decref)

void lykta_cbor_add_int (GByteArray *out, gint64 value);
void lykta_cbor_add_text (GByteArray *out, const char *text);
void lykta_cbor_add_bytes (GByteArray *out, gconstpointer data, gsize size);
void lykta_cbor_add_tag (GByteArray *out, guint64 tag);
void lykta_cbor_begin_array (GByteArray *out, gsize n_items);
void lykta_cbor_begin_map (GByteArray *out, gsize n_pairs);

/* The one item that @data is, nothing after it; NULL and DAMAGED otherwise. (transfer full) */
cbor_item_t *lykta_cbor_parse (gconstpointer data, gsize size, GError **error);
/* What @map has under @key; NULL when nothing, or when it is no map. Borrowed. */
cbor_item_t *lykta_cbor_lookup (cbor_item_t *map, gint64 key);
/* FALSE when @item is NULL, of another kind, or out of range; @value is then untouched. */
gboolean lykta_cbor_get_int (cbor_item_t *item, gint64 *value);
/* UTF-8 without NUL and control characters. (out) (transfer full) */
gboolean lykta_cbor_get_text (cbor_item_t *item, char **text);
/* Borrowed from @item. */
gboolean lykta_cbor_get_bytes (cbor_item_t *item, const guint8 **data, gsize *size);

/* @data in zlib's format (RFC 1950) and back. @limit: bytes that may come out. (transfer full) */
GBytes *lykta_deflate (gconstpointer data, gsize size);
GBytes *lykta_inflate (GBytes *deflated, gsize limit, GError **error);

G_END_DECLS
