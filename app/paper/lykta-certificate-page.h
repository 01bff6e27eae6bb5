/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-form.h"
#include "paper/lykta-page.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

typedef enum {
  LYKTA_CERTIFICATE_PAGE_NONE = 0,
  /* Marked all over as not valid, serial "UTKAST". */
  LYKTA_CERTIFICATE_PAGE_DRAFT = 1 << 0,
  /* Ruled lines instead of values: to be filled in by hand. */
  LYKTA_CERTIFICATE_PAGE_BLANK = 1 << 1,
} LyktaCertificatePageFlags;

#define LYKTA_TYPE_CERTIFICATE_PAGE (lykta_certificate_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LyktaCertificatePage, lykta_certificate_page, LYKTA, CERTIFICATE_PAGE, GObject)

/* The certificate on A4. The Swedish text is fixed here and binding; @second (nullable) gives the
 * same labels and explanations in the holder's language as help, in smaller type. A text that
 * @second lacks is left out rather than shown in English. A very full form is set smaller, and
 * goes on to a second page before it gets too small to read. With BLANK, what @form holds is still
 * printed (an organiser's own blanks) and only empty fields become lines. (transfer full) */
LyktaPage *lykta_certificate_page_new (LyktaCertificateForm *form,
                                       LyktaCatalogue *second,
                                       LyktaCertificatePageFlags flags);
/* Whether @second has the texts of the page in its language. */
gboolean lykta_certificate_page_speaks (LyktaCatalogue *second);
/* Field of @form with characters that cannot be shown, and these (transfer full); FALSE when all
 * can be shown. Out pointers may be NULL. */
gboolean lykta_certificate_find_unprintable (LyktaCertificateForm *form,
                                             LyktaCertificateField *field,
                                             char **characters);
/* How much the type was set smaller to fit: 1 is full size, 0.8 the smallest. */
double lykta_certificate_page_get_scale (LyktaCertificatePage *self);

G_END_DECLS
