/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"

G_BEGIN_DECLS

/* An activity made of anything the model can hold, from g_test_rand. @index makes its uid one of a
 * kind. (transfer full) */
LyktaActivity *random_activity_new (guint index);

G_END_DECLS
