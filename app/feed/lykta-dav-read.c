/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-dav.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-xml-guard.h"

#define CALDAV_NS     "urn:ietf:params:xml:ns:caldav"
#define CALSERVER_NS  "http://calendarserver.org/ns/"
#define DAV_NS        "DAV:"
#define MAX_DEPTH     32
#define DOCUMENT_TYPE "the server's list has a document type, which none needs"
/* An href, a token, a name. */
#define MAX_WORD_BYTES (8 * 1024)

typedef enum {
  OTHER,
  MULTISTATUS,
  RESPONSE,
  PROPSTAT,
  PROP,
  STATUS,
  HREF,
  ETAG,
  CALENDAR_DATA,
  SYNC_TOKEN,
  CTAG,
  NAME,
  RESOURCE_TYPE,
  COLLECTION,
  CALENDAR,
  COMPONENTS,
  COMPONENT,
  REPORT,
  SYNC_COLLECTION,
  PRINCIPAL,
  HOME,
  ERROR_ROOT,
  VALID_TOKEN,
} Element;

static const struct {
  const char *ns;
  const char *name;
  Element element;
} names[] = {
    {DAV_NS, "multistatus", MULTISTATUS},
    {DAV_NS, "response", RESPONSE},
    {DAV_NS, "propstat", PROPSTAT},
    {DAV_NS, "prop", PROP},
    {DAV_NS, "status", STATUS},
    {DAV_NS, "href", HREF},
    {DAV_NS, "getetag", ETAG},
    {CALDAV_NS, "calendar-data", CALENDAR_DATA},
    {DAV_NS, "sync-token", SYNC_TOKEN},
    {CALSERVER_NS, "getctag", CTAG},
    {DAV_NS, "displayname", NAME},
    {DAV_NS, "resourcetype", RESOURCE_TYPE},
    {DAV_NS, "collection", COLLECTION},
    {CALDAV_NS, "calendar", CALENDAR},
    {CALDAV_NS, "supported-calendar-component-set", COMPONENTS},
    {CALDAV_NS, "comp", COMPONENT},
    {DAV_NS, "report", REPORT},
    {DAV_NS, "sync-collection", SYNC_COLLECTION},
    {DAV_NS, "current-user-principal", PRINCIPAL},
    {CALDAV_NS, "calendar-home-set", HOME},
    {DAV_NS, "error", ERROR_ROOT},
    {DAV_NS, "valid-sync-token", VALID_TOKEN},
};

/* What a response, or one of its propstats, has said so far. */
typedef struct {
  GString *data; /* (owned) calendar-data */
  char *etag;    /* (owned) (nullable), as all below */
  char *sync_token;
  char *ctag;
  char *name;
  char *principal;
  char *home;
  gboolean has_data;
  gboolean is_data_too_large;
  gboolean is_collection;
  gboolean is_calendar;
  gboolean has_components;
  gboolean has_events;
  gboolean can_sync;
  guint status;
} Facts;

typedef struct {
  GInputStream *stream; /* (unowned) */
  LyktaDavFunc func;
  gpointer user_data;
  LyktaDavAnswer *answer;    /* (unowned) */
  GCancellable *cancellable; /* (unowned) (nullable) */
  LyktaXmlGuard guard;
  xmlParserCtxtPtr context; /* (owned) */
  Element stack[MAX_DEPTH];
  guint depth;
  GString *word;    /* (owned) text of the innermost element */
  GPtrArray *hrefs; /* (owned) (element-type char*) of the response */
  gboolean is_data_refused;
  Facts response;
  Facts propstat;
  GError *error; /* (owned) stops everything */
} Reader;

static void
facts_reset (Facts *facts)
{
  GString *data = facts->data;

  g_free (facts->etag);
  g_free (facts->sync_token);
  g_free (facts->ctag);
  g_free (facts->name);
  g_free (facts->principal);
  g_free (facts->home);
  /* One large event does not keep its memory for all that follow. */
  if (data->allocated_len > LYKTA_LIMIT_COMPONENT_BYTES) {
    g_string_free (data, TRUE);
    data = g_string_new (NULL);
  }
  g_string_truncate (data, 0);
  *facts = (Facts){.data = data};
}

static void
fail (Reader *self, LyktaFeedError code, const char *message)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (LYKTA_FEED_ERROR, (int)code, message);
}

/* Not while the parser is reading bytes: it would lose the buffer that it reads into. */
static void
stop (Reader *self, LyktaFeedError code, const char *message)
{
  fail (self, code, message);
  xmlStopParser (self->context);
}

/* The element @steps above the innermost one; OTHER above the root. */
static Element
above (Reader *self, guint steps)
{
  return self->depth > steps ? self->stack[self->depth - 1 - steps] : OTHER;
}

/* ---- what elements mean ---- */

static Element
element_of (const char *ns, const char *name)
{
  if (ns == NULL)
    return OTHER;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, name) == 0 && strcmp (names[i].ns, ns) == 0)
      return names[i].element;
  return OTHER;
}

static gboolean
is_within_prop (Reader *self)
{
  return self->depth >= 4 && self->stack[0] == MULTISTATUS && self->stack[1] == RESPONSE &&
         self->stack[2] == PROPSTAT && self->stack[3] == PROP;
}

/* @attributes: five pointers each, as libxml2 gives them. */
static gboolean
has_event_name (const xmlChar **attributes, int n)
{
  for (int i = 0; i < n; i++) {
    const char *name = (const char *)attributes[5 * i];
    const char *value = (const char *)attributes[5 * i + 3];
    const char *end = (const char *)attributes[5 * i + 4];

    if (strcmp (name, "name") == 0)
      return end - value == 6 && g_ascii_strncasecmp (value, "VEVENT", 6) == 0;
  }
  return FALSE;
}

static void
on_property_begin (Reader *self, Element element, const xmlChar **attributes, int n)
{
  Facts *facts = &self->propstat;

  if (element == CALENDAR_DATA)
    facts->has_data = TRUE;
  else if (element == COMPONENTS)
    facts->has_components = TRUE;
  else if (element == COMPONENT && above (self, 1) == COMPONENTS)
    facts->has_events |= has_event_name (attributes, n);
  else if (element == COLLECTION && above (self, 1) == RESOURCE_TYPE)
    facts->is_collection = TRUE;
  else if (element == CALENDAR && above (self, 1) == RESOURCE_TYPE)
    facts->is_calendar = TRUE;
  else if (element == SYNC_COLLECTION && above (self, 1) == REPORT)
    facts->can_sync = TRUE;
}

static void
on_start_element (void *data,
                  const xmlChar *name,
                  const xmlChar *prefix,
                  const xmlChar *ns,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  Reader *self = data;
  Element element = element_of ((const char *)ns, (const char *)name);

  if (self->error != NULL)
    return;
  if (self->depth == MAX_DEPTH || n_namespaces > MAX_DEPTH || n_attributes > MAX_DEPTH) {
    stop (self, LYKTA_FEED_ERROR_LIMIT, "the server's list is nested more than lists ever are");
    return;
  }
  if (self->depth == 0 && element != MULTISTATUS && element != ERROR_ROOT) {
    stop (self, LYKTA_FEED_ERROR_NOT_A_CALENDAR, "this is XML, but no answer of a calendar server");
    return;
  }
  self->stack[self->depth++] = element;
  g_string_truncate (self->word, 0);
  if (self->depth == 1)
    self->answer->is_error = element == ERROR_ROOT;
  else if (element == VALID_TOKEN && self->answer->is_error)
    self->answer->is_token_not_valid = TRUE;
  else if (is_within_prop (self))
    on_property_begin (self, element, attributes, n_attributes);
}

static void
on_characters (void *data, const xmlChar *text, int length)
{
  Reader *self = data;
  Element element = above (self, 0);

  if (self->error != NULL || element == OTHER)
    return;
  if (element == CALENDAR_DATA) {
    GString *into = self->propstat.data;

    if (into->len + (gsize)length > LYKTA_LIMIT_DAV_EVENT_BYTES)
      self->propstat.is_data_too_large = TRUE;
    else if (is_within_prop (self) && !self->propstat.is_data_too_large)
      g_string_append_len (into, (const char *)text, length);
  } else if (self->word->len + (gsize)length > MAX_WORD_BYTES) {
    stop (self, LYKTA_FEED_ERROR_LIMIT, "an address or a token in the server's list is too long");
  } else {
    g_string_append_len (self->word, (const char *)text, length);
  }
}

/* "HTTP/1.1 404 Not Found" */
static guint
status_of (const char *line)
{
  const char *space = strchr (line, ' ');
  guint64 status = space != NULL ? g_ascii_strtoull (space + 1, NULL, 10) : 0;

  return status >= 100 && status < 1000 ? (guint)status : 0;
}

static void
set (char **field, const char *text)
{
  g_free (*field);
  *field = *text != '\0' ? g_strdup (text) : NULL;
}

/* An element with text in it ends; it is still on the stack. */
static void
on_word (Reader *self, Element element)
{
  const char *text = g_strstrip (self->word->str);
  Element parent = above (self, 1);
  Facts *facts = &self->propstat;

  if (element == STATUS && parent == PROPSTAT)
    facts->status = status_of (text);
  else if (element == STATUS && parent == RESPONSE)
    self->response.status = status_of (text);
  else if (element == HREF && parent == RESPONSE && *text != '\0')
    g_ptr_array_add (self->hrefs, g_strdup (text));
  else if (element == HREF && parent == PRINCIPAL)
    set (&facts->principal, text);
  else if (element == HREF && parent == HOME && facts->home == NULL)
    set (&facts->home, text);
  else if (element == SYNC_TOKEN && parent == MULTISTATUS)
    set (&self->answer->sync_token, text);
  else if (parent != PROP || !is_within_prop (self))
    return;
  else if (element == ETAG)
    set (&facts->etag, text);
  else if (element == SYNC_TOKEN)
    set (&facts->sync_token, text);
  else if (element == CTAG)
    set (&facts->ctag, text);
  else if (element == NAME)
    set (&facts->name, text);
}

static void
take (char **into, char **from)
{
  if (*from == NULL)
    return;
  g_free (*into);
  *into = g_steal_pointer (from);
}

/* Only what was found counts; a status that is missing is a good one. */
static void
finish_propstat (Reader *self)
{
  Facts *from = &self->propstat;
  Facts *into = &self->response;

  if (from->status != 0 && from->status / 100 != 2) {
    self->is_data_refused |= from->has_data;
    facts_reset (from);
    return;
  }
  take (&into->etag, &from->etag);
  take (&into->sync_token, &from->sync_token);
  take (&into->ctag, &from->ctag);
  take (&into->name, &from->name);
  take (&into->principal, &from->principal);
  take (&into->home, &from->home);
  if (from->has_data) {
    GString *data = into->data;

    into->data = from->data;
    from->data = data;
    into->has_data = TRUE;
  }
  into->is_data_too_large |= from->is_data_too_large;
  into->is_collection |= from->is_collection;
  into->is_calendar |= from->is_calendar;
  into->has_components |= from->has_components;
  into->has_events |= from->has_events;
  into->can_sync |= from->can_sync;
  facts_reset (from);
}

static void
hand_on (Reader *self, const char *href)
{
  const Facts *facts = &self->response;
  gboolean has_data = facts->has_data && !facts->is_data_too_large && facts->data->len > 0;
  const LyktaDavResponse response = {
      .href = href,
      .status = facts->status,
      .etag = facts->etag,
      .calendar_data = has_data ? facts->data->str : NULL,
      .calendar_data_length = has_data ? facts->data->len : 0,
      .is_data_refused = self->is_data_refused,
      .is_data_too_large = facts->is_data_too_large,
      .sync_token = facts->sync_token,
      .ctag = facts->ctag,
      .name = facts->name,
      .principal = facts->principal,
      .home = facts->home,
      .is_collection = facts->is_collection,
      .is_calendar = facts->is_calendar,
      .holds_no_events = facts->has_components && !facts->has_events,
      .can_sync = facts->can_sync,
  };

  if (!self->func (&response, self->user_data, &self->error))
    xmlStopParser (self->context);
}

static void
finish_response (Reader *self)
{
  if (++self->answer->n_responses > LYKTA_LIMIT_DAV_ITEMS)
    stop (self, LYKTA_FEED_ERROR_LIMIT, "the server's list is longer than any calendar");
  else if (self->response.status == 507)
    self->answer->is_truncated = TRUE;
  /* Several addresses share one status (RFC 4918, 14.24), never properties. */
  for (guint i = 0; i < self->hrefs->len && self->error == NULL && self->response.status != 507;
       i++)
    if (i == 0 || self->response.status != 0)
      hand_on (self, self->hrefs->pdata[i]);
  g_ptr_array_set_size (self->hrefs, 0);
  self->is_data_refused = FALSE;
  facts_reset (&self->response);
  facts_reset (&self->propstat);
}

static void
on_end_element (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
  Reader *self = data;
  Element element = above (self, 0);

  if (self->error != NULL || self->depth == 0)
    return;
  on_word (self, element);
  if (element == PROPSTAT && self->depth == 3)
    finish_propstat (self);
  else if (element == RESPONSE && self->depth == 2)
    finish_response (self);
  self->depth--;
  /* Text behind an inner element belongs to nobody. */
  g_string_truncate (self->word, 0);
}

static void
on_document_type (void *data, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
  stop (data, LYKTA_FEED_ERROR_INVALID, DOCUMENT_TYPE);
}

/* ---- bytes ---- */

/* The stream's own trouble. */
static void
translate_error (Reader *self)
{
  g_autoptr (GError) foreign = NULL;

  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  foreign = g_steal_pointer (&self->error);
  self->error = g_error_new (LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_IO,
                             "the server's list cannot be read: %s", foreign->message);
}

static int
on_read (void *data, char *buffer, int length)
{
  Reader *self = data;
  gssize n;

  if (self->error != NULL || g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return -1;
  n = g_input_stream_read (self->stream, buffer, (gsize)length, self->cancellable, &self->error);
  if (n < 0) {
    translate_error (self);
    return -1;
  }
  switch (lykta_xml_guard_look (&self->guard, buffer, (gsize)n)) {
  case LYKTA_XML_TAG_TOO_LONG:
    fail (self, LYKTA_FEED_ERROR_LIMIT, "a tag in the server's list is too long");
    return -1;
  case LYKTA_XML_DOCUMENT_TYPE:
    fail (self, LYKTA_FEED_ERROR_INVALID, DOCUMENT_TYPE);
    return -1;
  case LYKTA_XML_SOUND:
  default:
    return (int)n;
  }
}

/* What libxml2 says, in our words. */
static void
take_parser_error (Reader *self)
{
  const xmlError *foreign = xmlCtxtGetLastError (self->context);
  g_autofree char *message = g_strchomp (g_utf8_make_valid (
      foreign != NULL && foreign->message != NULL ? foreign->message : "no XML", -1));
  gboolean is_cut =
      self->depth > 0 && foreign != NULL &&
      (foreign->code == XML_ERR_TAG_NOT_FINISHED || foreign->code == XML_ERR_DOCUMENT_END ||
       foreign->code == XML_ERR_GT_REQUIRED || foreign->code == XML_ERR_CDATA_NOT_FINISHED ||
       foreign->code == XML_ERR_LTSLASH_REQUIRED);

  if (self->error != NULL)
    return;
  if (self->depth == 0 && self->answer->n_responses == 0)
    self->error = g_error_new (LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                               "this is no answer of a calendar server: %s", message);
  else
    self->error = g_error_new (
        LYKTA_FEED_ERROR, is_cut ? LYKTA_FEED_ERROR_TRUNCATED : LYKTA_FEED_ERROR_INVALID,
        "the server's list is %s: %s", is_cut ? "cut off" : "not sound", message);
}

static void
parse (Reader *self)
{
  xmlSAXHandler handler = {
      .initialized = XML_SAX2_MAGIC,
      .internalSubset = on_document_type,
      .startElementNs = on_start_element,
      .endElementNs = on_end_element,
      .characters = on_characters,
      .ignorableWhitespace = on_characters,
      .cdataBlock = on_characters,
  };

  self->context =
      xmlCreateIOParserCtxt (&handler, self, on_read, NULL, self, XML_CHAR_ENCODING_UTF8);
  if (self->context == NULL) {
    self->error = g_error_new_literal (LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_NOT_A_CALENDAR,
                                       "this is no answer of a calendar server");
    return;
  }
  xmlCtxtUseOptions (self->context, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                        XML_PARSE_IGNORE_ENC);
  xmlParseDocument (self->context);
  if (!self->context->wellFormed || self->error != NULL)
    take_parser_error (self);
  if (self->context->myDoc != NULL)
    xmlFreeDoc (self->context->myDoc);
  xmlFreeParserCtxt (self->context);
}

gboolean
lykta_dav_read (GInputStream *stream,
                LyktaDavFunc func,
                gpointer user_data,
                LyktaDavAnswer *answer,
                GCancellable *cancellable,
                GError **error)
{
  Reader self = {
      .stream = stream,
      .func = func,
      .user_data = user_data,
      .answer = answer,
      .cancellable = cancellable,
      .word = g_string_new (NULL),
      .hrefs = g_ptr_array_new_with_free_func (g_free),
      .response.data = g_string_new (NULL),
      .propstat.data = g_string_new (NULL),
  };

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && func != NULL && answer != NULL, FALSE);

  parse (&self);
  facts_reset (&self.response);
  facts_reset (&self.propstat);
  g_string_free (self.response.data, TRUE);
  g_string_free (self.propstat.data, TRUE);
  g_string_free (self.word, TRUE);
  g_ptr_array_unref (self.hrefs);
  if (self.error == NULL)
    return TRUE;
  g_propagate_error (error, self.error);
  return FALSE;
}

void
lykta_dav_answer_clear (LyktaDavAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->sync_token, g_free);
}
