/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole way: from an activity to paper, through a real print service. */
#include <string.h>

#include "certificate/certificate-fixture.h"
#include "desk/lykta-certificate-desk.h"
#include "print/lykta-cups-printer.h"
#include "print/print-service.h"

typedef struct {
  LyktaPrintJob *job; /* (owned) (nullable) */
  GError *error;      /* (owned) (nullable) */
  gboolean is_done;
} Answer;

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->job =
      lykta_certificate_desk_print_finish (LYKTA_CERTIFICATE_DESK (source), result, &answer->error);
  answer->is_done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Answer *)user_data)->is_done;
}

static gboolean
is_completed (gpointer user_data)
{
  return lykta_print_job_get_state (user_data) == LYKTA_PRINT_STATE_COMPLETED;
}

static LyktaCertificateDesk *
new_desk (PrintService *service)
{
  g_autoptr (LyktaClock) clock = lykta_test_clock_at ("2026-11-22T12:00:00+01:00");
  g_autoptr (LyktaGazetteer) gazetteer = certificate_fixture_gazetteer ();
  g_autoptr (LyktaPrinter) printer = lykta_cups_printer_new (print_service_get_socket (service), 0);
  g_autoptr (LyktaActivity) activity = certificate_fixture_activity ();
  g_autoptr (GArray) occurrences = certificate_fixture_occurrences (30);
  LyktaCertificateDesk *desk =
      lykta_certificate_desk_new (clock, gazetteer, printer, g_getenv ("LYKTA_LOCALE_DIR"));

  lykta_certificate_desk_begin (desk, activity, occurrences, TRUE, "ti");
  lykta_certificate_desk_set_field (desk, LYKTA_CERTIFICATE_FIELD_HOLDER_NAME, "Åsa Exempelsson");
  return desk;
}

/* The job says nothing about a person to whoever looks at the queue. */
static void
assert_impersonal (PrintService *service)
{
  g_autofree char *jobs = NULL;

  g_assert_cmpint (lykta_test_run_program ((const char *const[]){"lpstat", "-h",
                                                                 print_service_get_socket (service),
                                                                 "-W", "all", "-l", "-o", NULL},
                                           &jobs, NULL),
                   ==, 0);
  g_assert_null (strstr (jobs, "Exempelsson"));
}

static void
test_print (void)
{
  static const char *const sentences[] = {
      "Intyg om deltagande",
      "Åsa Exempelsson",
      "Språkcafé på biblioteket",
      "ምስክር ወረቐት ተሳትፎ",
      "Anordnaren meddelar Migrationsverket om deltagandet upphör.",
  };
  g_autoptr (PrintService) service = print_service_new ();
  g_autoptr (LyktaCertificateDesk) desk = NULL;
  g_autoptr (LyktaPage) page = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  Answer answer = {0};
  gint64 started;

  if (service == NULL || !lykta_test_need_program ("pdftotext"))
    return;
  print_service_add_queue (service, "desk", NULL, NULL);
  desk = new_desk (service);
  started = g_get_monotonic_time ();
  page = lykta_certificate_desk_make_page (desk);
  lykta_certificate_desk_print_async (desk, page, "desk", NULL, on_printed, &answer);
  lykta_test_run_until (is_done, &answer, 20);
  g_test_message ("from tap to accepted by CUPS: %.1f ms",
                  (double)(g_get_monotonic_time () - started) / 1000.0);
  g_assert_no_error (answer.error);
  lykta_test_run_until (is_completed, answer.job, 20);
  assert_impersonal (service);
  path = print_service_find_output (service, lykta_print_job_get_id (answer.job));
  g_assert_nonnull (path);
  g_assert_cmpint (lykta_test_run_program (
                       (const char *const[]){"pdftotext", "-raw", path, "-", NULL}, &text, NULL),
                   ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    g_assert_nonnull (strstr (text, sentences[i]));
  g_object_unref (answer.job);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/desk/print/certificate", test_print);
  return g_test_run ();
}
