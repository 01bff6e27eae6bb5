/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "paper/lykta-qr-code.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CODE_VIEW (lykta_code_view_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCodeView, lykta_code_view, LYKTA, CODE_VIEW, GtkWidget)

/* A QR code, black on white whatever the colours of the screen, as large as its modules can be in
 * whole pixels. Property "side" (int, construct-only): how large it wants to be, in pixels. The
 * accessible name is the caller's. Main thread. */
/* @code: nullable, referenced. */
void lykta_code_view_set_code (LyktaCodeView *self, LyktaQrCode *code);

G_END_DECLS
