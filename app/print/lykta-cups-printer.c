/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/lykta-cups-printer.h"

#include <cups/cups.h>
#include <string.h>

/* Connecting, and each read or write: the service is on this machine, so this is plenty. */
#define CONNECT_MILLISECONDS 3000
#define ANSWER_SECONDS       5.0

/* Immutable: every call has a connection of its own, as http_t belongs to one thread. */
struct _LyktaCupsPrinter {
  GObject parent_instance;

  char *server; /* (owned) (nullable) */
  int port;
};

static void lykta_cups_printer_iface_init (LyktaPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaCupsPrinter,
                               lykta_cups_printer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_PRINTER,
                                                      lykta_cups_printer_iface_init))

typedef http_t Connection;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, httpClose)
typedef ipp_t Message;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Message, ippDelete)

/* What stands in a printer's "printer-state-reasons", and what it means to a person. The first
 * that is found counts; "-warning", "-error" and "-report" may follow each word. */
static const struct {
  const char *reason;
  LyktaPrintState state;
} reasons[] = {
    {"media-jam", LYKTA_PRINT_STATE_JAM},
    {"media-empty", LYKTA_PRINT_STATE_OUT_OF_PAPER},
    {"media-needed", LYKTA_PRINT_STATE_OUT_OF_PAPER},
    {"input-tray-missing", LYKTA_PRINT_STATE_OUT_OF_PAPER},
    {"cover-open", LYKTA_PRINT_STATE_OPEN},
    {"door-open", LYKTA_PRINT_STATE_OPEN},
    {"interlock-open", LYKTA_PRINT_STATE_OPEN},
    {"toner-empty", LYKTA_PRINT_STATE_OUT_OF_INK},
    {"marker-supply-empty", LYKTA_PRINT_STATE_OUT_OF_INK},
    {"offline", LYKTA_PRINT_STATE_UNREACHABLE},
    {"shutdown", LYKTA_PRINT_STATE_UNREACHABLE},
    {"timed-out", LYKTA_PRINT_STATE_UNREACHABLE},
    {"connecting-to-device", LYKTA_PRINT_STATE_UNREACHABLE},
};

static Connection *
connect_to_service (LyktaCupsPrinter *self, GCancellable *cancellable, GError **error)
{
  const char *server = self->server != NULL ? self->server : cupsServer ();
  int port = self->port > 0 ? self->port : ippPort ();
  Connection *connection;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  connection = httpConnect2 (server, port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_IF_REQUESTED, 1,
                             CONNECT_MILLISECONDS, NULL);
  if (connection == NULL) {
    g_set_error (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_UNAVAILABLE,
                 "No print service answers at %s", server);
    return NULL;
  }
  httpSetTimeout (connection, ANSWER_SECONDS, NULL, NULL);
  return connection;
}

static Message *
new_request (ipp_op_t operation, const char *queue)
{
  Message *request = ippNewRequest (operation);

  if (queue != NULL) {
    char uri[HTTP_MAX_URI];

    httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", ippPort (),
                      "/printers/%s", queue);
    ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  }
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
                cupsUser ());
  return request;
}

/* Puts what CUPS last complained about on this thread into @error. */
static void
take_error (GError **error, const char *what, int missing_code)
{
  ipp_status_t status = cupsLastError ();
  int code = LYKTA_PRINT_ERROR_REFUSED;

  if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE)
    code = missing_code;
  else if (status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE)
    code = LYKTA_PRINT_ERROR_UNAVAILABLE;
  else if (status >= IPP_STATUS_ERROR_INTERNAL && status != IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS)
    code = LYKTA_PRINT_ERROR_FAILED;
  g_set_error (error, LYKTA_PRINT_ERROR, code, "%s: %s", what, cupsLastErrorString ());
}

/* Consumes @request. NULL on error. */
static Message *
ask (Connection *connection, Message *request, const char *what, int missing_code, GError **error)
{
  g_autoptr (Message) answer = cupsDoRequest (connection, request, "/");

  if (answer == NULL || ippGetStatusCode (answer) >= IPP_STATUS_REDIRECTION_OTHER_SITE) {
    take_error (error, what, missing_code);
    return NULL;
  }
  return g_steal_pointer (&answer);
}

/* TRUE when @reason is @word, with or without a severity behind it. */
static gboolean
is_reason (const char *reason, const char *word)
{
  gsize length = strlen (word);

  if (strncmp (reason, word, length) != 0)
    return FALSE;
  return reason[length] == '\0' || strcmp (reason + length, "-error") == 0 ||
         strcmp (reason + length, "-warning") == 0 || strcmp (reason + length, "-report") == 0;
}

static LyktaPrintState
read_printer_state (ipp_attribute_t *state, ipp_attribute_t *words)
{
  int value = state != NULL ? ippGetInteger (state, 0) : 0;

  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (reasons); i++) {
    for (int j = 0; j < ippGetCount (words); j++) {
      const char *word = ippGetString (words, j, NULL);

      /* While it prints, a printer says that it is connecting: that is no trouble yet. */
      if (word != NULL && is_reason (word, reasons[i].reason) &&
          (value != IPP_PSTATE_PROCESSING || reasons[i].state != LYKTA_PRINT_STATE_UNREACHABLE))
        return reasons[i].state;
    }
  }
  switch (value) {
  case IPP_PSTATE_IDLE:
    return LYKTA_PRINT_STATE_IDLE;
  case IPP_PSTATE_PROCESSING:
    return LYKTA_PRINT_STATE_PRINTING;
  case IPP_PSTATE_STOPPED:
    return LYKTA_PRINT_STATE_STOPPED;
  default:
    return LYKTA_PRINT_STATE_UNKNOWN;
  }
}

static char *
dup_default_queue (Connection *connection)
{
  g_autoptr (Message) answer =
      cupsDoRequest (connection, new_request (IPP_OP_CUPS_GET_DEFAULT, NULL), "/");
  ipp_attribute_t *name = NULL;

  if (answer != NULL)
    name = ippFindAttribute (answer, "printer-name", IPP_TAG_NAME);
  return name != NULL ? g_strdup (ippGetString (name, 0, NULL)) : NULL;
}

/* The attributes of one printer in an answer that holds many. */
typedef struct {
  const char *name;
  const char *info;
  const char *location;
  ipp_attribute_t *state;
  ipp_attribute_t *reasons;
  gboolean accepts_jobs;
} PrinterFields;

static void
take_attribute (PrinterFields *fields, ipp_attribute_t *attribute)
{
  const char *name = ippGetName (attribute);

  if (g_strcmp0 (name, "printer-name") == 0)
    fields->name = ippGetString (attribute, 0, NULL);
  else if (g_strcmp0 (name, "printer-info") == 0)
    fields->info = ippGetString (attribute, 0, NULL);
  else if (g_strcmp0 (name, "printer-location") == 0)
    fields->location = ippGetString (attribute, 0, NULL);
  else if (g_strcmp0 (name, "printer-state") == 0)
    fields->state = attribute;
  else if (g_strcmp0 (name, "printer-state-reasons") == 0)
    fields->reasons = attribute;
  else if (g_strcmp0 (name, "printer-is-accepting-jobs") == 0)
    fields->accepts_jobs = ippGetBoolean (attribute, 0) != 0;
}

static void
add_queue (GPtrArray *queues, const PrinterFields *fields, const char *default_name)
{
  gboolean is_default;
  LyktaPrintQueue *queue;

  if (fields->name == NULL)
    return;
  is_default = g_strcmp0 (fields->name, default_name) == 0;
  queue = lykta_print_queue_new (fields->name, fields->info, fields->location, is_default,
                                 fields->accepts_jobs,
                                 read_printer_state (fields->state, fields->reasons));
  g_ptr_array_insert (queues, is_default ? 0 : -1, queue);
}

static GPtrArray *
cups_printer_list_queues (LyktaPrinter *printer, GCancellable *cancellable, GError **error)
{
  static const char *const wanted[] = {"printer-name",          "printer-info",
                                       "printer-location",      "printer-state",
                                       "printer-state-reasons", "printer-is-accepting-jobs"};
  g_autoptr (GPtrArray) queues =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_print_queue_unref);
  g_autoptr (Connection) connection =
      connect_to_service (LYKTA_CUPS_PRINTER (printer), cancellable, error);
  g_autoptr (Message) answer = NULL;
  g_autofree char *default_name = NULL;
  PrinterFields fields = {0};
  Message *request;

  if (connection == NULL)
    return NULL;
  default_name = dup_default_queue (connection);
  request = new_request (IPP_OP_CUPS_GET_PRINTERS, NULL);
  ippAddStrings (request, IPP_TAG_OPERATION, IPP_CONST_TAG (IPP_TAG_KEYWORD),
                 "requested-attributes", G_N_ELEMENTS (wanted), NULL, wanted);
  answer = cupsDoRequest (connection, request, "/");
  if (answer == NULL) {
    take_error (error, "The queues could not be listed", LYKTA_PRINT_ERROR_NO_QUEUE);
    return NULL;
  }
  /* A service without any queue answers "not found". */
  for (ipp_attribute_t *attribute = ippFirstAttribute (answer); attribute != NULL;
       attribute = ippNextAttribute (answer)) {
    if (ippGetGroupTag (attribute) == IPP_TAG_PRINTER) {
      take_attribute (&fields, attribute);
    } else {
      add_queue (queues, &fields, default_name);
      fields = (PrinterFields){0};
    }
  }
  add_queue (queues, &fields, default_name);
  return g_steal_pointer (&queues);
}

/* FALSE when the job was begun but did not arrive whole. */
static gboolean
send_document (Connection *connection, const char *queue, int id, GBytes *pdf, const char *title)
{
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);

  if (cupsStartDocument (connection, queue, id, title, CUPS_FORMAT_PDF, 1) != HTTP_STATUS_CONTINUE)
    return FALSE;
  if (cupsWriteRequestData (connection, data, length) != HTTP_STATUS_CONTINUE)
    return FALSE;
  return cupsFinishDocument (connection, queue) <= IPP_STATUS_OK_EVENTS_COMPLETE;
}

static gboolean
get_queue_state (Connection *connection, const char *queue, LyktaPrintState *state, GError **error)
{
  g_autoptr (Message) answer =
      ask (connection, new_request (IPP_OP_GET_PRINTER_ATTRIBUTES, queue),
           "The queue could not be asked", LYKTA_PRINT_ERROR_NO_QUEUE, error);

  if (answer == NULL)
    return FALSE;
  *state = read_printer_state (ippFindAttribute (answer, "printer-state", IPP_TAG_ENUM),
                               ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD));
  return TRUE;
}

/* After the answer to a document was lost: half of one must not wait in the queue, and a whole one
 * must not be sent twice. @error is there already and becomes what is known now. Returns the id of
 * a job that is over, because it was whole and quick, else 0. */
static int
settle_broken (LyktaCupsPrinter *self, const char *queue, int id, GError **error)
{
  g_autoptr (Connection) connection = connect_to_service (self, NULL, NULL);
  ipp_status_t status = connection != NULL ? cupsCancelJob2 (connection, queue, id, 0)
                                           : IPP_STATUS_ERROR_SERVICE_UNAVAILABLE;
  gboolean is_cancelled = status <= IPP_STATUS_OK_EVENTS_COMPLETE;

  if (connection != NULL && status == IPP_STATUS_ERROR_NOT_POSSIBLE) {
    g_clear_error (error);
    return id;
  }
  if (error != NULL && *error != NULL)
    (*error)->code = is_cancelled ? LYKTA_PRINT_ERROR_REFUSED : LYKTA_PRINT_ERROR_FAILED;
  return 0;
}

static int
cups_printer_submit (LyktaPrinter *printer,
                     const char *queue,
                     GBytes *pdf,
                     const char *title,
                     int copies,
                     const char *media,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (Connection) connection =
      connect_to_service (LYKTA_CUPS_PRINTER (printer), cancellable, error);
  g_autofree char *n_copies = g_strdup_printf ("%d", copies);
  cups_option_t *options = NULL;
  LyktaPrintState state;
  int n_options = 0, id;

  /* Asked first, because a job for a queue that is not there fails without telling why. */
  if (connection == NULL || !get_queue_state (connection, queue, &state, error))
    return 0;
  n_options = cupsAddOption (CUPS_COPIES, n_copies, n_options, &options);
  n_options =
      cupsAddOption (CUPS_MEDIA, media != NULL ? media : CUPS_MEDIA_A4, n_options, &options);
  id = cupsCreateJob (connection, queue, title, n_options, options);
  cupsFreeOptions (n_options, options);
  if (id <= 0) {
    take_error (error, "The print service did not take the job", LYKTA_PRINT_ERROR_NO_QUEUE);
    return 0;
  }
  if (!send_document (connection, queue, id, pdf, title)) {
    take_error (error, "The page did not arrive at the print service", LYKTA_PRINT_ERROR_NO_QUEUE);
    return settle_broken (LYKTA_CUPS_PRINTER (printer), queue, id, error);
  }
  return id;
}

/* A waiting job is where its queue is. */
static LyktaPrintState
combine_states (ipp_jstate_t job, LyktaPrintState queue)
{
  switch (job) {
  case IPP_JSTATE_CANCELED:
    return LYKTA_PRINT_STATE_CANCELLED;
  case IPP_JSTATE_ABORTED:
    return LYKTA_PRINT_STATE_FAILED;
  case IPP_JSTATE_COMPLETED:
    return LYKTA_PRINT_STATE_COMPLETED;
  case IPP_JSTATE_HELD:
    return LYKTA_PRINT_STATE_STOPPED;
  case IPP_JSTATE_PENDING:
  case IPP_JSTATE_PROCESSING:
  case IPP_JSTATE_STOPPED:
    break;
  default:
    return LYKTA_PRINT_STATE_UNKNOWN;
  }
  if (queue != LYKTA_PRINT_STATE_IDLE && queue != LYKTA_PRINT_STATE_PRINTING &&
      queue != LYKTA_PRINT_STATE_UNKNOWN)
    return queue;
  if (job == IPP_JSTATE_STOPPED)
    return LYKTA_PRINT_STATE_STOPPED;
  return job == IPP_JSTATE_PENDING ? LYKTA_PRINT_STATE_QUEUED : LYKTA_PRINT_STATE_PRINTING;
}

static gboolean
cups_printer_get_job_state (LyktaPrinter *printer,
                            const char *queue,
                            int job_id,
                            LyktaPrintState *state,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (Connection) connection =
      connect_to_service (LYKTA_CUPS_PRINTER (printer), cancellable, error);
  g_autoptr (Message) answer = NULL;
  ipp_attribute_t *job_state;
  LyktaPrintState queue_state = LYKTA_PRINT_STATE_UNKNOWN;
  Message *request;

  if (connection == NULL || !get_queue_state (connection, queue, &queue_state, error))
    return FALSE;
  request = new_request (IPP_OP_GET_JOB_ATTRIBUTES, queue);
  ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  answer =
      ask (connection, request, "The job could not be asked for", LYKTA_PRINT_ERROR_NO_JOB, error);
  if (answer == NULL)
    return FALSE;
  job_state = ippFindAttribute (answer, "job-state", IPP_TAG_ENUM);
  *state = job_state != NULL
               ? combine_states ((ipp_jstate_t)ippGetInteger (job_state, 0), queue_state)
               : LYKTA_PRINT_STATE_UNKNOWN;
  return TRUE;
}

static gboolean
cups_printer_cancel_job (
    LyktaPrinter *printer, const char *queue, int job_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (Connection) connection =
      connect_to_service (LYKTA_CUPS_PRINTER (printer), cancellable, error);
  ipp_status_t status;

  if (connection == NULL)
    return FALSE;
  status = cupsCancelJob2 (connection, queue, job_id, 0);
  /* "Not possible": it is over already. */
  if (status <= IPP_STATUS_OK_EVENTS_COMPLETE || status == IPP_STATUS_ERROR_NOT_POSSIBLE)
    return TRUE;
  take_error (error, "The job could not be cancelled", LYKTA_PRINT_ERROR_NO_JOB);
  return FALSE;
}

static void
lykta_cups_printer_iface_init (LyktaPrinterInterface *iface)
{
  iface->list_queues = cups_printer_list_queues;
  iface->submit = cups_printer_submit;
  iface->get_job_state = cups_printer_get_job_state;
  iface->cancel_job = cups_printer_cancel_job;
}

static void
lykta_cups_printer_finalize (GObject *object)
{
  g_free (LYKTA_CUPS_PRINTER (object)->server);

  G_OBJECT_CLASS (lykta_cups_printer_parent_class)->finalize (object);
}

static void
lykta_cups_printer_class_init (LyktaCupsPrinterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lykta_cups_printer_finalize;
}

static void
lykta_cups_printer_init (LyktaCupsPrinter *self)
{
}

LyktaPrinter *
lykta_cups_printer_new (const char *server, int port)
{
  LyktaCupsPrinter *self;

  g_return_val_if_fail (port >= 0 && port < 65536, NULL);

  self = g_object_new (LYKTA_TYPE_CUPS_PRINTER, NULL);
  self->server = g_strdup (server);
  self->port = port;
  return LYKTA_PRINTER (self);
}
