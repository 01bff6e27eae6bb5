/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-certificate-cells.h"
#include "paper/lykta-certificate-page.h"

G_BEGIN_DECLS

/* Where things stand on the page, in points. */
#define MARGIN      48.0
#define TOP_MARGIN  38.0
#define FOOT_MARGIN 32.0
#define TEXT_WIDTH  (LYKTA_PAPER_A4_WIDTH - 2 * MARGIN)

/* A certificate while it is being made. */
typedef struct {
  LyktaSetter setter;
  LyktaCertificateForm *form; /* (unowned) */
  LyktaCertificatePageFlags flags;
} LyktaCertificateMaker;

/* What stands around the body, each of the full text width. (transfer full) */
LyktaBlock *lykta_certificate_make_header (LyktaCertificateMaker *self);
/* The head of every page but the first. */
LyktaBlock *lykta_certificate_make_running_header (LyktaCertificateMaker *self);
LyktaBlock *lykta_certificate_make_footer (LyktaCertificateMaker *self, guint index, guint n_pages);

G_END_DECLS
