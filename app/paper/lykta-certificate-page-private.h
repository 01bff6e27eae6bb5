/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-block.h"
#include "paper/lykta-certificate-page.h"

G_BEGIN_DECLS

/* What stands on a page, for tests. Borrowed. */
LyktaBlock *lykta_certificate_page_get_block (LyktaCertificatePage *self, guint index);

G_END_DECLS
