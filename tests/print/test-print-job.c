/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/lykta-print-job.h"

#include "support/lykta-test-printer.h"
#include "support/lykta-test.h"

typedef struct {
  LyktaPrintJob *job; /* (owned) (nullable) */
  GError *error;      /* (owned) (nullable) */
  gboolean is_done;
  GPtrArray *queues; /* (owned) (nullable) */
  LyktaPrintState wanted;
  guint n_notified;
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
on_state_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ((Answer *)user_data)->n_notified++;
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

/* Gives up the last reference of the test; a worker may hold another for a moment after its answer.
 */
static void
assert_goes_away (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  lykta_test_run_until (is_gone, &weak, 5);
}

static void
wait_for (Answer *answer, LyktaPrintState state)
{
  answer->wanted = state;
  lykta_test_run_until (has_state, answer, 5);
}

static void
submit (LyktaTestPrinter *printer, Answer *answer)
{
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);

  lykta_print_job_submit_async (LYKTA_PRINTER (printer), "front", pdf, "Title", 1, 1, NULL,
                                on_submitted, answer);
  lykta_test_run_until (is_done, answer, 5);
}

/* The job tells every turn of its fate, and nothing after the end. */
static void
test_follow (void)
{
  LyktaTestPrinter *printer = lykta_test_printer_new ();
  Answer answer = {0};
  int state;

  submit (printer, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (lykta_print_job_get_id (answer.job), ==, 1);
  g_assert_cmpstr (lykta_print_job_get_queue (answer.job), ==, "front");
  g_assert_cmpint (lykta_print_job_get_state (answer.job), ==, LYKTA_PRINT_STATE_QUEUED);
  g_signal_connect (answer.job, "notify::state", G_CALLBACK (on_state_notify), &answer);
  lykta_test_printer_set_state (printer, LYKTA_PRINT_STATE_OUT_OF_PAPER);
  wait_for (&answer, LYKTA_PRINT_STATE_OUT_OF_PAPER);
  lykta_test_printer_set_failure (printer, LYKTA_PRINT_ERROR_UNAVAILABLE);
  wait_for (&answer, LYKTA_PRINT_STATE_UNKNOWN);
  lykta_test_printer_set_failure (printer, -1);
  lykta_test_printer_set_state (printer, LYKTA_PRINT_STATE_COMPLETED);
  wait_for (&answer, LYKTA_PRINT_STATE_COMPLETED);
  g_assert_cmpuint (answer.n_notified, ==, 3);
  g_object_get (answer.job, "state", &state, NULL);
  g_assert_cmpint (state, ==, LYKTA_PRINT_STATE_COMPLETED);
  lykta_test_settle ();
  assert_goes_away (answer.job);
  assert_goes_away (printer);
}

static void
test_lost (void)
{
  static const struct {
    int code;
    LyktaPrintState state;
  } cases[] = {
      {LYKTA_PRINT_ERROR_NO_QUEUE, LYKTA_PRINT_STATE_GONE},
      {LYKTA_PRINT_ERROR_NO_JOB, LYKTA_PRINT_STATE_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LyktaTestPrinter *printer = lykta_test_printer_new ();
    Answer answer = {0};

    submit (printer, &answer);
    lykta_test_printer_set_failure (printer, cases[i].code);
    wait_for (&answer, cases[i].state);
    lykta_test_settle ();
    assert_goes_away (answer.job);
    assert_goes_away (printer);
  }
}

static void
test_refused (void)
{
  LyktaTestPrinter *printer = lykta_test_printer_new ();
  Answer answer = {0};

  lykta_test_printer_set_failure (printer, LYKTA_PRINT_ERROR_REFUSED);
  submit (printer, &answer);
  g_assert_error (answer.error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_REFUSED);
  g_assert_null (answer.job);
  g_clear_error (&answer.error);
  assert_goes_away (printer);
}

static void
test_cancel (void)
{
  LyktaTestPrinter *printer = lykta_test_printer_new ();
  Answer answer = {0};

  submit (printer, &answer);
  lykta_print_job_cancel (answer.job);
  wait_for (&answer, LYKTA_PRINT_STATE_CANCELLED);
  lykta_print_job_cancel (answer.job);
  lykta_test_settle ();
  assert_goes_away (answer.job);
  assert_goes_away (printer);
}

/* A job that nobody follows any more goes away. */
static void
test_stop_following (void)
{
  LyktaTestPrinter *printer = lykta_test_printer_new ();
  Answer answer = {0};

  submit (printer, &answer);
  lykta_print_job_stop_following (answer.job);
  lykta_test_printer_set_state (printer, LYKTA_PRINT_STATE_COMPLETED);
  lykta_test_settle ();
  g_assert_cmpint (lykta_print_job_get_state (answer.job), ==, LYKTA_PRINT_STATE_QUEUED);
  assert_goes_away (answer.job);
  assert_goes_away (printer);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->queues =
      lykta_printer_list_queues_finish (LYKTA_PRINTER (source), result, &answer->error);
  answer->is_done = TRUE;
}

static void
test_list (void)
{
  LyktaTestPrinter *printer = lykta_test_printer_new ();
  Answer answer = {0};
  LyktaPrintQueue *queue;

  lykta_printer_list_queues_async (LYKTA_PRINTER (printer), NULL, on_listed, &answer);
  lykta_test_run_until (is_done, &answer, 5);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.queues->len, ==, 2);
  queue = g_ptr_array_index (answer.queues, 1);
  g_assert_cmpstr (queue->description, ==, "back");
  g_assert_null (queue->location);
  g_ptr_array_unref (answer.queues);

  answer = (Answer){0};
  lykta_test_printer_set_failure (printer, LYKTA_PRINT_ERROR_UNAVAILABLE);
  lykta_printer_list_queues_async (LYKTA_PRINTER (printer), NULL, on_listed, &answer);
  lykta_test_run_until (is_done, &answer, 5);
  g_assert_error (answer.error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE);
  g_clear_error (&answer.error);
  assert_goes_away (printer);
}

static void
test_tokens (void)
{
  for (guint i = 0; i <= LYKTA_PRINT_STATE_COMPLETED; i++)
    g_assert_nonnull (lykta_print_state_to_token (i));
  g_assert_false (lykta_print_state_is_final (LYKTA_PRINT_STATE_STOPPED));
  g_assert_true (lykta_print_state_is_final (LYKTA_PRINT_STATE_FAILED));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/print/job/follow", test_follow);
  g_test_add_func ("/print/job/lost", test_lost);
  g_test_add_func ("/print/job/refused", test_refused);
  g_test_add_func ("/print/job/cancel", test_cancel);
  g_test_add_func ("/print/job/stop-following", test_stop_following);
  g_test_add_func ("/print/job/list", test_list);
  g_test_add_func ("/print/job/tokens", test_tokens);
  return g_test_run ();
}
