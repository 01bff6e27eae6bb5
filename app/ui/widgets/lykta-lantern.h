/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_LANTERN (lykta_lantern_get_type ())
G_DECLARE_FINAL_TYPE (LyktaLantern, lykta_lantern, LYKTA, LANTERN, GtkWidget)

/* The lantern itself, lit, as high as the text around it times "scale" (double). It only adorns:
 * nothing for a screen reader. */
GtkWidget *lykta_lantern_new (void);

G_END_DECLS
