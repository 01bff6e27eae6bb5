/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "desk/lykta-certificate-desk.h"
#include "ui/desk/lykta-form-row.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CERTIFICATE_FORM_BOX (lykta_certificate_form_box_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaCertificateFormBox, lykta_certificate_form_box, LYKTA, CERTIFICATE_FORM_BOX, GtkBox)

/* The form of @desk, which must be open: what is asked about the participant first, what came from
 * the calendar folded away below as long as nothing is wrong with it. What is wrong is said at a
 * field once somebody has been there. (transfer floating) */
GtkWidget *lykta_certificate_form_box_new (LyktaCertificateDesk *desk);
/* Says everything that is wrong and goes to the first of it. FALSE: nothing is. */
gboolean lykta_certificate_form_box_show_problems (LyktaCertificateFormBox *self);
/* NULL for a field that has no row (ACTIVITY, SERIAL). */
LyktaFormRow *
lykta_certificate_form_box_get_row (LyktaCertificateFormBox *self, LyktaCertificateField field);

G_END_DECLS
