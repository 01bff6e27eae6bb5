/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "trust/lykta-signing-key.h"

G_BEGIN_DECLS

/* What `publish --attach KIND=FILE|FOLDER` names (nullable), read and checked: a trust list must be
 * signed with @key, status lists with whatever key they name. NULL with @error naming the file.
 * (transfer full) (element-type LyktaPublishAttachment) */
GPtrArray *lykta_tool_read_attachments (char **words, LyktaVerifyingKey *key, GError **error);

G_END_DECLS
