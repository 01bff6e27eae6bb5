/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CONTRAST (lykta_contrast_get_type ())
G_DECLARE_FINAL_TYPE (LyktaContrast, lykta_contrast, LYKTA, CONTRAST, GObject)

/* Draws everything in high contrast while the session asks for it, as the desktop's own setting
 * does. Lives as long as the window; main thread. (transfer full) */
LyktaContrast *lykta_contrast_new (LyktaSession *session);

G_END_DECLS
