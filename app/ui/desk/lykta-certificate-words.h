/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-rules.h"
#include "print/lykta-printer.h"

G_BEGIN_DECLS

/* What the desk says, in the language of the interface. Main thread, static strings. */

/* Label of a field. */
const char *lykta_certificate_field_label (LyktaCertificateField field);
/* What stands against it, and what to do. */
const char *lykta_certificate_problem_sentence (LyktaCertificateProblemCode code);
const char *lykta_certificate_use_word (LyktaCertificateUse use);
const char *lykta_basis_word (LyktaBasis basis);
const char *lykta_attendance_word (LyktaAttendance attendance);
/* How a job or a queue fares, and what to do. */
const char *lykta_print_state_sentence (LyktaPrintState state);
/* Why nothing was printed or saved; @error of LYKTA_PRINT_ERROR, LYKTA_DESK_ERROR or
 * LYKTA_PAPER_ERROR. */
const char *lykta_desk_failure_sentence (const GError *error);

G_END_DECLS
