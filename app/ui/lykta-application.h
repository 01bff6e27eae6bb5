/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_APPLICATION (lykta_application_get_type ())
G_DECLARE_FINAL_TYPE (LyktaApplication, lykta_application, LYKTA, APPLICATION, AdwApplication)

/* The program: reads options and settings, puts store, session and sync together and shows the
 * window. The window comes first, from what is on the disk; the network is asked afterwards.
 * @argv (borrowed for life): how the program was started, for a kiosk that begins anew.
 * (transfer full) */
LyktaApplication *lykta_application_new (char **argv);

G_END_DECLS
