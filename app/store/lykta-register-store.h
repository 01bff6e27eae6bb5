/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-clock.h"
#include "store/lykta-store-error.h"
#include "trust/lykta-sealer.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_REGISTER_STORE (lykta_register_store_get_type ())
G_DECLARE_FINAL_TYPE (LyktaRegisterStore, lykta_register_store, LYKTA, REGISTER_STORE, GObject)

/* register.db: certificates and attendance of a desk, sealed. Anyone at the desk may add; only who
 * knows the staff passphrase may read. Every month has a key of its own, so that forgetting a month
 * is forgetting one key. Serial numbers are never given twice. Every change is on the disk when the
 * function returns. It belongs to the thread that opened it.
 * Errors: DAMAGED (the file is never set aside), NEWER, FULL, READ_ONLY, BUSY, NOT_FOUND, FAILED,
 * and those of LYKTA_TRUST_ERROR where a key or passphrase is used. */

/* (transfer full) */
LyktaRegisterStore *lykta_register_store_open (const char *path, LyktaClock *clock, GError **error);

/* FALSE until set_up() has been done once. */
gboolean lykta_register_store_is_set_up (LyktaRegisterStore *self);
/* Makes the register's key pair; the secret half is kept under @passphrase. Refused when there is
 * one already. Takes about a second (@cost as in lykta_key_lock()). */
gboolean lykta_register_store_set_up (LyktaRegisterStore *self,
                                      const char *passphrase,
                                      LyktaKeyCost cost,
                                      GError **error);
/* The key that reads the register. (transfer full) */
LyktaSecretKey *
lykta_register_store_unlock (LyktaRegisterStore *self, const char *passphrase, GError **error);
/* Locks @key under another passphrase. */
gboolean lykta_register_store_change_passphrase (LyktaRegisterStore *self,
                                                 LyktaSecretKey *key,
                                                 const char *passphrase,
                                                 LyktaKeyCost cost,
                                                 GError **error);

/* The next number of @desk (a short prefix, "A"), from 1. Durable before it returns: a number once
 * given is never given again, used or not. 0 on error. */
guint64
lykta_register_store_allocate_serial (LyktaRegisterStore *self, const char *desk, GError **error);

/* Seals @entry into the register under the month of @when. @kind is a plain token ("certificate",
 * "attendance") and @serial (nullable) a serial number, unique in the register. Returns the row, 0
 * on error. Needs no passphrase. */
gint64 lykta_register_store_add_entry (LyktaRegisterStore *self,
                                       gint64 when,
                                       const char *kind,
                                       const char *serial,
                                       GBytes *entry,
                                       GError **error);

typedef gboolean (*LyktaRegisterFunc) (
    gint64 row, const char *kind, const char *serial, GBytes *entry, gpointer user_data);
/* Opens every entry of @month ("YYYY-MM"; NULL: all) in order. FALSE from @func stops without
 * error.
 */
gboolean lykta_register_store_read (LyktaRegisterStore *self,
                                    LyktaSecretKey *key,
                                    const char *month,
                                    LyktaRegisterFunc func,
                                    gpointer user_data,
                                    GError **error);
/* Entries in the register; -1 on error. */
gint64 lykta_register_store_count (LyktaRegisterStore *self, GError **error);
/* Forgets all months before that of @when, with their keys. @n_removed (out, nullable). */
gboolean lykta_register_store_forget_before (LyktaRegisterStore *self,
                                             gint64 when,
                                             guint *n_removed,
                                             GError **error);

G_END_DECLS
