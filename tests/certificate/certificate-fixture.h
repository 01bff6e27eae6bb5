/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate/lykta-certificate-form.h"

/* An invented activity: a language café on Mondays and Wednesdays in Exempelstad, with an agreement
 * for 2026. */
LyktaActivityBuilder *certificate_fixture_activity_builder (void);
LyktaActivity *certificate_fixture_activity (void);
/* @n dates, a week apart, each 18:00-20:00 on Mondays and Wednesdays from 2026-11-23 on.
 * (element-type LyktaOccurrence) */
GArray *certificate_fixture_occurrences (guint n_weeks);
/* A form with everything filled in and nothing against it, issued 2026-11-22. */
LyktaCertificateFormBuilder *certificate_fixture_form_builder (void);
LyktaCertificateForm *certificate_fixture_form (void);
/* Gazetteer with the few areas that the fixture names. */
LyktaGazetteer *certificate_fixture_gazetteer (void);
