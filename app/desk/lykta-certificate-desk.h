/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-clock.h"
#include "certificate/lykta-certificate-form.h"
#include "certificate/lykta-certificate-rules.h"
#include "paper/lykta-page.h"
#include "print/lykta-print-job.h"

G_BEGIN_DECLS

typedef enum {
  LYKTA_DESK_ERROR_NOT_BEGUN,   /* no form is open */
  LYKTA_DESK_ERROR_PROBLEMS,    /* the rules refuse the form: ask for the problems */
  LYKTA_DESK_ERROR_UNPRINTABLE, /* characters that the fonts cannot show */
  LYKTA_DESK_ERROR_EXISTS,      /* a file of that name is there already */
  LYKTA_DESK_ERROR_WRITE,       /* the file could not be written */
} LyktaDeskError;
#define LYKTA_DESK_ERROR (lykta_desk_error_quark ())
GQuark lykta_desk_error_quark (void);

#define LYKTA_TYPE_CERTIFICATE_DESK (lykta_certificate_desk_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaCertificateDesk, lykta_certificate_desk, LYKTA, CERTIFICATE_DESK, GObject)

/* One certificate after the other, without a screen: fill in, look at, save or print. Nothing that
 * is written in a form leaves this object but on the page that was asked for: not in errors, logs,
 * job titles or files on the way. Main thread.
 * Signals: "changed" (no arguments) after every change of the form.
 * Until signing exists, every filled-in certificate is a draft and marked so. */

/* @gazetteer: nullable. @locale_dir: where the catalogues are (lykta-catalogue.h).
 * (transfer full) */
LyktaCertificateDesk *lykta_certificate_desk_new (LyktaClock *clock,
                                                  LyktaGazetteer *gazetteer,
                                                  LyktaPrinter *printer,
                                                  const char *locale_dir);

/* The service that pages are handed to; borrowed. */
LyktaPrinter *lykta_certificate_desk_get_printer (LyktaCertificateDesk *self);

/* Opens a form with what is known of @activity; see lykta_certificate_form_from_activity. */
void lykta_certificate_desk_begin (LyktaCertificateDesk *self,
                                   LyktaActivity *activity,
                                   GArray *occurrences,
                                   gboolean open_ended,
                                   const char *second_language);
/* Forgets everything that was written; overwrites it in memory. */
void lykta_certificate_desk_end (LyktaCertificateDesk *self);
/* The form as it is; NULL when none is open. Borrowed until the next change. */
LyktaCertificateForm *lykta_certificate_desk_get_form (LyktaCertificateDesk *self);
void
lykta_certificate_desk_set_rules (LyktaCertificateDesk *self, const LyktaCertificateRules *rules);
/* Sets a field from text (lykta_certificate_form_builder_set_field). What cannot be read empties
 * the field and is remembered as a problem of it. A change of issue date, period or basis moves
 * the validity along until somebody has set it by hand. FALSE when it could not be read. */
gboolean lykta_certificate_desk_set_field (LyktaCertificateDesk *self,
                                           LyktaCertificateField field,
                                           const char *text);
/* NULL: Swedish alone. */
void lykta_certificate_desk_set_second_language (LyktaCertificateDesk *self, const char *language);
/* The languages that have texts for the page, in the order of the first screen. NULL-terminated;
 * the tags are interned. (transfer container: free with g_free) */
const char **lykta_certificate_desk_list_second_languages (LyktaCertificateDesk *self);
/* All that stands against issuing, by field; also characters that cannot be shown.
 * (transfer full) (element-type LyktaCertificateProblem) */
GArray *lykta_certificate_desk_validate (LyktaCertificateDesk *self);
/* TRUE when there is a problem with that field: the first of its codes. */
gboolean lykta_certificate_desk_get_problem (LyktaCertificateDesk *self,
                                             LyktaCertificateField field,
                                             LyktaCertificateProblemCode *code);

/* The page as it stands, for looking at; problems do not hinder it. (transfer full) */
LyktaPage *lykta_certificate_desk_make_page (LyktaCertificateDesk *self);
/* A page to be filled in by hand: an empty one, or with activity and organiser of the open form
 * and nothing about a person. (transfer full) */
LyktaPage *lykta_certificate_desk_make_blank (LyktaCertificateDesk *self,
                                              const char *second_language,
                                              gboolean with_activity);

/* A file name to offer that says nothing about a person. (transfer full) */
char *lykta_certificate_desk_suggest_file_name (LyktaCertificateDesk *self, gboolean blank);
/* @page as PDF. Refuses an open form with problems unless @page is a blank; never replaces a file
 * unless @may_replace; whole or not at all, and only readable by its owner (0600). */
gboolean lykta_certificate_desk_save (LyktaCertificateDesk *self,
                                      LyktaPage *page,
                                      const char *path,
                                      gboolean may_replace,
                                      GError **error);
/* The PDF itself under the same rules. (transfer full) */
GBytes *
lykta_certificate_desk_make_pdf (LyktaCertificateDesk *self, LyktaPage *page, GError **error);
/* Prints under the same rules; LYKTA_DESK_ERROR or LYKTA_PRINT_ERROR. (transfer full on finish) */
void lykta_certificate_desk_print_async (LyktaCertificateDesk *self,
                                         LyktaPage *page,
                                         const char *queue,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
LyktaPrintJob *lykta_certificate_desk_print_finish (LyktaCertificateDesk *self,
                                                    GAsyncResult *result,
                                                    GError **error);

G_END_DECLS
