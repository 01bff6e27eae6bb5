/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/lykta-cups-printer.h"

#include <cairo-pdf.h>
#include <unistd.h>

#include "print/lykta-print-job.h"
#include "print/print-service.h"

#define SENTENCE "Åsa åker till språkcaféet"
#define TITLE    "A page of the test"

static cairo_status_t
append_bytes (gpointer closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
new_pdf (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_select_font_face (cr, "Noto Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
  cairo_move_to (cr, 60, 80);
  cairo_show_text (cr, SENTENCE);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

typedef struct {
  LyktaPrintJob *job; /* (owned) (nullable) */
  GError *error;      /* (owned) (nullable) */
  gboolean is_done;
  LyktaPrintState wanted;
} Answer;

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->job = lykta_print_job_submit_finish (result, &answer->error);
  answer->is_done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Answer *)user_data)->is_done;
}

static gboolean
has_state (gpointer user_data)
{
  Answer *answer = user_data;

  return lykta_print_job_get_state (answer->job) == answer->wanted;
}

static void
submit (LyktaPrinter *printer, const char *queue, Answer *answer)
{
  g_autoptr (GBytes) pdf = new_pdf ();

  *answer = (Answer){0};
  lykta_print_job_submit_async (printer, queue, pdf, TITLE, 1, 20, NULL, on_submitted, answer);
  lykta_test_run_until (is_done, answer, 20);
}

static void
wait_for (Answer *answer, LyktaPrintState state)
{
  g_test_message ("waiting for %s", lykta_print_state_to_token (state));
  answer->wanted = state;
  lykta_test_run_until (has_state, answer, 20);
}

static void
drop (Answer *answer)
{
  lykta_print_job_stop_following (answer->job);
  lykta_test_settle ();
  g_clear_object (&answer->job);
}

static void
assert_arrived (PrintService *service, int job_id)
{
  g_autofree char *path = print_service_find_output (service, job_id);
  g_autofree char *text = NULL;
  g_autofree char *info = NULL;

  g_assert_nonnull (path);
  if (!lykta_test_need_program ("pdftotext"))
    return;
  g_assert_cmpint (
      lykta_test_run_program ((const char *const[]){"pdftotext", path, "-", NULL}, &text, NULL), ==,
      0);
  g_assert_nonnull (strstr (text, SENTENCE));
  g_assert_cmpint (
      lykta_test_run_program ((const char *const[]){"pdfinfo", path, NULL}, &info, NULL), ==, 0);
  g_assert_nonnull (strstr (info, "(A4)"));
}

static void
test_list (void)
{
  g_autoptr (PrintService) service = print_service_new ();
  g_autoptr (LyktaPrinter) printer = NULL;
  g_autoptr (LyktaPrinter) by_port = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) queues = NULL;
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GError) error = NULL;
  LyktaPrintQueue *queue;

  if (service == NULL)
    return;
  printer = lykta_cups_printer_new (print_service_get_socket (service), 0);
  none = lykta_printer_list_queues (printer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  print_service_add_queue (service, "alpha", NULL, NULL);
  print_service_add_queue (service, "beta", "Printer in the reception", "First floor");
  print_service_run (service, "lpadmin", "-d", "beta", NULL);
  print_service_run (service, "cupsdisable", "alpha", NULL);
  queues = lykta_printer_list_queues (printer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (queues->len, ==, 2);
  queue = g_ptr_array_index (queues, 0);
  g_assert_cmpstr (queue->name, ==, "beta");
  g_assert_cmpstr (queue->description, ==, "Printer in the reception");
  g_assert_cmpstr (queue->location, ==, "First floor");
  g_assert_true (queue->is_default && queue->accepts_jobs);
  g_assert_cmpint (queue->state, ==, LYKTA_PRINT_STATE_IDLE);
  queue = g_ptr_array_index (queues, 1);
  g_assert_cmpstr (queue->name, ==, "alpha");
  g_assert_false (queue->is_default);
  g_assert_cmpint (queue->state, ==, LYKTA_PRINT_STATE_STOPPED);

  by_port = lykta_cups_printer_new ("127.0.0.1", print_service_get_port (service));
  same = lykta_printer_list_queues (by_port, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->len, ==, 2);
}

/* A page comes out whole; then the printer has every kind of trouble, one after the other. */
static void
test_jobs (void)
{
  static const struct {
    const char *reason;
    LyktaPrintState state;
  } troubles[] = {
      {"media-empty", LYKTA_PRINT_STATE_OUT_OF_PAPER},
      {"media-jam", LYKTA_PRINT_STATE_JAM},
      {"cover-open", LYKTA_PRINT_STATE_OPEN},
      {"toner-empty", LYKTA_PRINT_STATE_OUT_OF_INK},
  };
  g_autoptr (PrintService) service = print_service_new ();
  g_autoptr (LyktaPrinter) printer = NULL;
  Answer answer;

  if (service == NULL)
    return;
  print_service_add_queue (service, "desk", NULL, NULL);
  printer = lykta_cups_printer_new (print_service_get_socket (service), 0);
  submit (printer, "desk", &answer);
  g_assert_no_error (answer.error);
  wait_for (&answer, LYKTA_PRINT_STATE_COMPLETED);
  assert_arrived (service, lykta_print_job_get_id (answer.job));
  drop (&answer);

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    print_service_set_trouble (service, troubles[i].reason);
    submit (printer, "desk", &answer);
    g_assert_no_error (answer.error);
    wait_for (&answer, troubles[i].state);
    g_assert_null (print_service_find_output (service, lykta_print_job_get_id (answer.job)));
    print_service_set_trouble (service, NULL);
    wait_for (&answer, LYKTA_PRINT_STATE_COMPLETED);
    drop (&answer);
  }
}

static void
test_stopped_queue (void)
{
  g_autoptr (PrintService) service = print_service_new ();
  g_autoptr (LyktaPrinter) printer = NULL;
  Answer answer;

  if (service == NULL)
    return;
  print_service_add_queue (service, "desk", NULL, NULL);
  printer = lykta_cups_printer_new (print_service_get_socket (service), 0);
  print_service_run (service, "cupsdisable", "desk", NULL);
  submit (printer, "desk", &answer);
  wait_for (&answer, LYKTA_PRINT_STATE_STOPPED);
  print_service_run (service, "cupsenable", "desk", NULL);
  wait_for (&answer, LYKTA_PRINT_STATE_COMPLETED);
  drop (&answer);

  print_service_run (service, "cupsdisable", "desk", NULL);
  submit (printer, "desk", &answer);
  wait_for (&answer, LYKTA_PRINT_STATE_STOPPED);
  lykta_print_job_cancel (answer.job);
  wait_for (&answer, LYKTA_PRINT_STATE_CANCELLED);
  drop (&answer);

  submit (printer, "desk", &answer);
  wait_for (&answer, LYKTA_PRINT_STATE_STOPPED);
  print_service_run (service, "lpadmin", "-x", "desk", NULL);
  wait_for (&answer, LYKTA_PRINT_STATE_GONE);
  drop (&answer);
}

static void
test_refusals (void)
{
  g_autoptr (PrintService) service = print_service_new ();
  g_autoptr (LyktaPrinter) printer = NULL;
  g_autoptr (GPtrArray) queues = NULL;
  g_autoptr (GError) error = NULL;
  LyktaPrintState state;
  Answer answer;

  if (service == NULL)
    return;
  print_service_add_queue (service, "desk", NULL, NULL);
  printer = lykta_cups_printer_new (print_service_get_socket (service), 0);
  submit (printer, "nobody", &answer);
  g_assert_error (answer.error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_NO_QUEUE);
  g_clear_error (&answer.error);
  print_service_run (service, "cupsreject", "desk", NULL);
  submit (printer, "desk", &answer);
  g_assert_error (answer.error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_REFUSED);
  g_clear_error (&answer.error);
  g_assert_false (lykta_printer_get_job_state (printer, "desk", 4711, &state, NULL, &error));
  g_assert_error (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_NO_JOB);
  g_clear_error (&error);

  print_service_stop (service);
  queues = lykta_printer_list_queues (printer, NULL, &error);
  g_assert_null (queues);
  g_assert_error (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE);
}

/* Needs no service: there is none. */
static void
test_no_service (void)
{
  int fd;
  guint16 port = lykta_test_refused_port (&fd);
  g_autoptr (LyktaPrinter) printer = lykta_cups_printer_new ("127.0.0.1", port);
  g_autoptr (LyktaPrinter) nowhere = lykta_cups_printer_new ("/nonexistent/cups.sock", 0);
  g_autoptr (GPtrArray) queues = NULL;
  g_autoptr (GError) error = NULL;

  queues = lykta_printer_list_queues (printer, NULL, &error);
  g_assert_null (queues);
  g_assert_error (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  queues = lykta_printer_list_queues (nowhere, NULL, &error);
  g_assert_null (queues);
  g_assert_error (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE);
  close (fd);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/print/cups/no-service", test_no_service);
  g_test_add_func ("/print/cups/list", test_list);
  g_test_add_func ("/print/cups/jobs", test_jobs);
  g_test_add_func ("/print/cups/stopped-queue", test_stopped_queue);
  g_test_add_func ("/print/cups/refusals", test_refusals);
  return g_test_run ();
}
