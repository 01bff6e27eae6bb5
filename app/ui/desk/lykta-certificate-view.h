/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/lykta-surroundings.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CERTIFICATE_VIEW (lykta_certificate_view_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCertificateView, lykta_certificate_view, LYKTA, CERTIFICATE_VIEW, AdwBin)

/* Writing a certificate for the opened activity, in desk mode: the form beside the page that will
 * come out, and print, save and blank form. Made anew on every change of language; what was filled
 * in stays (lykta-desk-keeper.h). (transfer floating) */
GtkWidget *lykta_certificate_view_new (LyktaSurroundings *surroundings);

G_END_DECLS
