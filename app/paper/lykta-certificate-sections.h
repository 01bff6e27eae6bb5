/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-form.h"
#include "paper/lykta-certificate-cells.h"
#include "paper/lykta-certificate-page.h"

G_BEGIN_DECLS

/* The body of a certificate as blocks of the full text width, from top to bottom: one for each
 * heading with its rows. (transfer full) (element-type LyktaBlock) */
GPtrArray *lykta_certificate_make_sections (LyktaSetter *setter,
                                            LyktaCertificateForm *form,
                                            LyktaCertificatePageFlags flags,
                                            double width);

G_END_DECLS
