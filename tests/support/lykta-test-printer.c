/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test-printer.h"

struct _LyktaTestPrinter {
  GObject parent_instance;

  GMutex mutex; /* of all that follows */
  LyktaPrintState state;
  int failure; /* -1: none */
  guint n_jobs;
  GBytes *pdf; /* (owned) (nullable) */
  char *title; /* (owned) (nullable) */
  char *queue; /* (owned) (nullable) */
  char *media; /* (owned) (nullable) */
  guint n_cancelled;
};

static void lykta_test_printer_iface_init (LyktaPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaTestPrinter,
                               lykta_test_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_PRINTER,
                                                      lykta_test_printer_iface_init))

/* TRUE when this call is to fail. */
static gboolean
fails (LyktaTestPrinter *self, GError **error)
{
  if (self->failure < 0)
    return FALSE;
  g_set_error (error, LYKTA_PRINT_ERROR, self->failure, "The test wants failure %d", self->failure);
  return TRUE;
}

static GPtrArray *
test_printer_list_queues (LyktaPrinter *printer, GCancellable *cancellable, GError **error)
{
  LyktaTestPrinter *self = LYKTA_TEST_PRINTER (printer);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *queues;

  if (fails (self, error))
    return NULL;
  queues = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_print_queue_unref);
  g_ptr_array_add (queues, lykta_print_queue_new ("front", "Front desk", "Reception", TRUE, TRUE,
                                                  LYKTA_PRINT_STATE_IDLE));
  g_ptr_array_add (queues, lykta_print_queue_new ("back", NULL, NULL, FALSE, TRUE,
                                                  LYKTA_PRINT_STATE_OUT_OF_PAPER));
  return queues;
}

static int
test_printer_submit (LyktaPrinter *printer,
                     const char *queue,
                     GBytes *pdf,
                     const char *title,
                     int copies,
                     const char *media,
                     GCancellable *cancellable,
                     GError **error)
{
  LyktaTestPrinter *self = LYKTA_TEST_PRINTER (printer);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (fails (self, error))
    return 0;
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->title);
  g_free (self->queue);
  g_free (self->media);
  self->media = g_strdup (media);
  self->pdf = g_bytes_ref (pdf);
  self->title = g_strdup (title);
  self->queue = g_strdup (queue);
  return (int)++self->n_jobs;
}

static gboolean
test_printer_get_job_state (LyktaPrinter *printer,
                            const char *queue,
                            int job_id,
                            LyktaPrintState *state,
                            GCancellable *cancellable,
                            GError **error)
{
  LyktaTestPrinter *self = LYKTA_TEST_PRINTER (printer);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (fails (self, error))
    return FALSE;
  *state = self->state;
  return TRUE;
}

static gboolean
test_printer_cancel_job (
    LyktaPrinter *printer, const char *queue, int job_id, GCancellable *cancellable, GError **error)
{
  LyktaTestPrinter *self = LYKTA_TEST_PRINTER (printer);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (fails (self, error))
    return FALSE;
  self->state = LYKTA_PRINT_STATE_CANCELLED;
  self->n_cancelled++;
  return TRUE;
}

static void
lykta_test_printer_iface_init (LyktaPrinterInterface *iface)
{
  iface->list_queues = test_printer_list_queues;
  iface->submit = test_printer_submit;
  iface->get_job_state = test_printer_get_job_state;
  iface->cancel_job = test_printer_cancel_job;
}

static void
lykta_test_printer_finalize (GObject *object)
{
  LyktaTestPrinter *self = LYKTA_TEST_PRINTER (object);

  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->title);
  g_free (self->queue);
  g_free (self->media);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (lykta_test_printer_parent_class)->finalize (object);
}

static void
lykta_test_printer_class_init (LyktaTestPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lykta_test_printer_finalize;
}

static void
lykta_test_printer_init (LyktaTestPrinter *self)
{
  g_mutex_init (&self->mutex);
  self->state = LYKTA_PRINT_STATE_QUEUED;
  self->failure = -1;
}

LyktaTestPrinter *
lykta_test_printer_new (void)
{
  return g_object_new (LYKTA_TYPE_TEST_PRINTER, NULL);
}

void
lykta_test_printer_set_state (LyktaTestPrinter *self, LyktaPrintState state)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->state = state;
}

void
lykta_test_printer_set_failure (LyktaTestPrinter *self, int code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->failure = code;
}

guint
lykta_test_printer_get_n_jobs (LyktaTestPrinter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_jobs;
}

GBytes *
lykta_test_printer_get_pdf (LyktaTestPrinter *self)
{
  return self->pdf;
}

const char *
lykta_test_printer_get_title (LyktaTestPrinter *self)
{
  return self->title;
}

const char *
lykta_test_printer_get_queue (LyktaTestPrinter *self)
{
  return self->queue;
}

const char *
lykta_test_printer_get_media (LyktaTestPrinter *self)
{
  return self->media;
}

guint
lykta_test_printer_get_n_cancelled (LyktaTestPrinter *self)
{
  return self->n_cancelled;
}
