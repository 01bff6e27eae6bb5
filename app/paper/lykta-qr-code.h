/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The white that a reader needs on every side, in modules. */
#define LYKTA_QR_QUIET 4
/* The largest version that telephones still read from a small print. */
#define LYKTA_QR_MAX_VERSION 15

/* A QR code (ISO/IEC 18004) of some text in UTF-8. Immutable, reference-counted, any thread. */
typedef struct _LyktaQrCode LyktaQrCode;

/* The smallest version up to @max_version that holds @text with a tenth and a half of it lost
 * (level M), with as much more to lose as there is room for. NULL when it does not fit. (transfer
 * full) */
LyktaQrCode *lykta_qr_code_new (const char *text, int max_version);
LyktaQrCode *lykta_qr_code_ref (LyktaQrCode *self);
void lykta_qr_code_unref (LyktaQrCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaQrCode, lykta_qr_code_unref)
/* Bytes that fit into @version at level M. */
gsize lykta_qr_code_capacity (int version);
int lykta_qr_code_get_version (LyktaQrCode *self);
/* Modules on a side, without the quiet zone. */
int lykta_qr_code_get_width (LyktaQrCode *self);
gboolean lykta_qr_code_is_dark (LyktaQrCode *self, int column, int row);
/* Black on white with its quiet zone, @size square. Never mirrored, in any language. Leaves @cr as
 * it was but for its path. */
void lykta_qr_code_draw (LyktaQrCode *self, cairo_t *cr, double x, double y, double size);

G_END_DECLS
