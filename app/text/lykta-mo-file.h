/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One compiled catalogue of gettext, mapped into memory. Everything in it has been looked at once
 * before it is used: offsets, ends of strings, order and encoding. Immutable, any thread. */
typedef struct _LyktaMoFile LyktaMoFile;

/* NULL without error when the file does not exist; G_FILE_ERROR when it cannot be read,
 * G_FILE_ERROR_INVAL when it is no sound catalogue in UTF-8. (transfer full) */
LyktaMoFile *lykta_mo_file_open (const char *path, GError **error);
void lykta_mo_file_free (LyktaMoFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaMoFile, lykta_mo_file_free)
/* Borrowed; NULL when there is no translation. @context nullable. */
const char *lykta_mo_file_get (const LyktaMoFile *self, const char *context, const char *message);
const char *lykta_mo_file_get_plural (const LyktaMoFile *self, const char *singular, gulong n);
/* Value of a header line ("Language"), NULL when it is not there. (transfer full) */
char *lykta_mo_file_dup_header (const LyktaMoFile *self, const char *name);

G_END_DECLS
