/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who has a store open: a lock file beside the database, shared by all, and held alone by who finds
 * nobody else there. Alone means that what lies around was left by a process that died. Freed by
 * closing; a killed process leaves no lock. */
typedef struct {
  int fd; /* -1: there is no lock (read-only folder, full disk) */
  gboolean is_alone;
} LyktaStoreLock;

/* Never fails: without a lock nobody is alone. May wait for another process that is opening. */
void lykta_store_lock_take (LyktaStoreLock *self, const char *database_path);
/* Lets others in. */
void lykta_store_lock_share (LyktaStoreLock *self);
void lykta_store_lock_release (LyktaStoreLock *self);

G_END_DECLS
