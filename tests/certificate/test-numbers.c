/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-rules.h"

#include "support/lykta-test.h"

typedef struct {
  const char *text;
  const char *expected; /* NULL: refused */
} NumberCase;

static const NumberCase lma_cases[] = {
    {"12-345678", "12-345678"},
    {"12345678", "12-345678"},
    {" 12-345678 ", "12-345678"},
    {"12 345678", "12-345678"},
    {"12–345678", "12-345678"},
    {"12-345678/1", "12-345678/1"},
    {"12345678/12", "12-345678/12"},
    {"١٢-٣٤٥٦٧٨", "12-345678"},
    {"12-345678/", NULL},
    {"12-345678/0", NULL},
    {"12-345678/123", NULL},
    {"12-34567", NULL},
    {"12-3456789", NULL},
    {"123-45678", NULL},
    {"850101-1234", NULL},
    {"1A-345678", NULL},
    {"12--345678", NULL},
    {"", NULL},
    {NULL, NULL},
};

static const NumberCase organisation_cases[] = {
    {"802002-1234", "802002-1234"},
    {"8020021234", "802002-1234"},
    {"000000-0161", "000000-0161"},
    {"001000-0161", NULL},
    {"5560000-123", NULL},
    {"850101-1234", NULL},
    {"801002-123", NULL},
    {"org", NULL},
    {"", NULL},
    {NULL, NULL},
};

static void
test_lma (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lma_cases); i++) {
    g_autofree char *normal = lykta_certificate_normalise_lma_number (lma_cases[i].text);

    g_test_message ("“%s”", lma_cases[i].text);
    g_assert_cmpstr (normal, ==, lma_cases[i].expected);
  }
}

static void
test_organisation (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (organisation_cases); i++) {
    g_autofree char *normal =
        lykta_certificate_normalise_organisation_number (organisation_cases[i].text);

    g_test_message ("“%s”", organisation_cases[i].text);
    g_assert_cmpstr (normal, ==, organisation_cases[i].expected);
  }
}

/* Invented numbers: the check digits of the first ones fit, as they must to be found when they are
 * written in an odd way. */
static const struct {
  const char *text;
  gboolean is_phone;
  gboolean expected;
} identity_cases[] = {
    {"850101-1234", FALSE, TRUE},
    {"8501011234", FALSE, TRUE},
    {"850101+1234", FALSE, TRUE},
    {"850101 1234", FALSE, TRUE},
    {"850101 - 1234", FALSE, TRUE},
    {"850101–1234", FALSE, TRUE},
    {"19850101-1234", FALSE, TRUE},
    {"198501011234", FALSE, TRUE},
    {"20050161-1234", FALSE, TRUE},
    {"850161-1234", FALSE, TRUE},
    {"850191-1234", FALSE, TRUE},
    {"85 01 01-1236", FALSE, TRUE},
    {"1985-01-01-1236", FALSE, TRUE},
    {"٨٥٠١٠١-١٢٣٤", FALSE, TRUE},
    {"Amal 850101-1234", FALSE, TRUE},
    {"Storgatan 12, 850101-1234", FALSE, TRUE},
    {"rum 12 850101-1234", FALSE, TRUE},
    {"850101-1236", TRUE, TRUE},
    {"19850101-1236", TRUE, TRUE},

    {"", FALSE, FALSE},
    {"12-345678", FALSE, FALSE},
    {"12-345678/1", FALSE, FALSE},
    {"851301-1234", FALSE, FALSE},
    {"850132-1234", FALSE, FALSE},
    {"850192-1234", FALSE, FALSE},
    {"802002-1234", FALSE, FALSE},
    {"1401-2018", FALSE, FALSE},
    {"851-1234-2026", FALSE, FALSE},
    {"2026-11-24 – 2027-02-24", FALSE, FALSE},
    {"tisdagar 18:00–20:00", FALSE, FALSE},
    {"123 45 Exempelstad", FALSE, FALSE},
    {"8501011234567", FALSE, FALSE},
    {"070-123 45 67", TRUE, FALSE},
    {"0701234567", TRUE, FALSE},
    {"070123-4567", TRUE, FALSE},
    {"+46 70 123 45 67", TRUE, FALSE},
    {"08-123 456 78", TRUE, FALSE},
};

static void
test_identity (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (identity_cases); i++) {
    g_test_message ("“%s”", identity_cases[i].text);
    g_assert_cmpint (
        lykta_certificate_has_identity_number (identity_cases[i].text, identity_cases[i].is_phone),
        ==, identity_cases[i].expected);
  }
  g_assert_false (lykta_certificate_has_identity_number (NULL, FALSE));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/certificate/numbers/lma", test_lma);
  g_test_add_func ("/certificate/numbers/organisation", test_organisation);
  g_test_add_func ("/certificate/numbers/identity", test_identity);
  return g_test_run ();
}
