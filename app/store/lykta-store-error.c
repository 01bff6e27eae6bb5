/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/lykta-store-error.h"

G_DEFINE_QUARK (lykta - store - error - quark, lykta_store_error)
