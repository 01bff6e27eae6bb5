/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lykta-session.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_EMPTY_VIEW (lykta_empty_view_get_type ())
G_DECLARE_FINAL_TYPE (LyktaEmptyView, lykta_empty_view, LYKTA, EMPTY_VIEW, AdwBin)

/* What stands where a list would be empty: which filter leaves nothing over, a button for each that
 * would bring something when lifted, with how many dates, and one to the nearest day that has
 * something. */
GtkWidget *lykta_empty_view_new (void);
/* @facets (nullable: not counted yet). */
void lykta_empty_view_show (LyktaEmptyView *self, LyktaSession *session, const LyktaFacets *facets);

G_END_DECLS
