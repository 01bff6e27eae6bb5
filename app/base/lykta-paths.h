/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LYKTA_TYPE_PATHS (lykta_paths_get_type ())
G_DECLARE_FINAL_TYPE (LyktaPaths, lykta_paths, LYKTA, PATHS, GObject)

/* Where this run keeps its files. @data_dir (nullable: the user's data folder + "lykta") is made,
 * with mode 0700, when it is missing. NULL with a GIOErrorEnum error when it can be neither found
 * nor made, or not be read. A folder that cannot be written to is no error: the calendar in it can
 * still be shown; ask lykta_paths_is_writable(). (transfer full) */
LyktaPaths *lykta_paths_new (const char *data_dir, GError **error);
/* Whether files can be made in the data folder just now. */
gboolean lykta_paths_is_writable (LyktaPaths *self);
/* Absolute paths in the file name encoding; borrowed. */
const char *lykta_paths_get_data_dir (LyktaPaths *self);
const char *lykta_paths_get_content_db (LyktaPaths *self);
const char *lykta_paths_get_device_db (LyktaPaths *self);
const char *lykta_paths_get_register_db (LyktaPaths *self);
/* A folder inside the data folder for downloads under way; made on first use. */
const char *lykta_paths_get_spool_dir (LyktaPaths *self);

G_END_DECLS
