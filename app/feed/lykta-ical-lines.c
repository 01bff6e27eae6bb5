/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-ical-lines.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-ical-charset.h"

/* The buffer is cut up in place: lines are unfolded over themselves, names and values end with NUL
 * where a separator stood. Only what needs another length is copied to @strings. */
struct _LyktaIcalComponent {
  char *buffer; /* (owned) */
  gsize size;
  gsize n;
  guint line;
  GArray *properties;    /* (owned) LyktaIcalProperty */
  GArray *parameters;    /* (owned) LyktaIcalParameter */
  GArray *children;      /* (owned) LyktaIcalChild; [0] is the component itself */
  GStringChunk *strings; /* (owned) */
  gboolean has_strings;
  /* While parsing: */
  LyktaFeedReport *report; /* (unowned) */
  gboolean is_valid;       /* the whole buffer is UTF-8 */
  gboolean is_cr_only;     /* lines end with CR alone */
  guint stack[LYKTA_LIMIT_NESTING + 1];
  guint depth;
};

static const char *const names[] = {
    "",
#define LYKTA_ICAL_NAME(id, spelling) spelling,
#include "feed/lykta-ical-names.inc"
#undef LYKTA_ICAL_NAME
};

guint64
lykta_hash_bytes (guint64 hash, const char *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    hash = (hash ^ (guint8)bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

LyktaIcalComponent *
lykta_ical_component_new (void)
{
  LyktaIcalComponent *self = g_new0 (LyktaIcalComponent, 1);

  self->properties = g_array_new (FALSE, FALSE, sizeof (LyktaIcalProperty));
  self->parameters = g_array_new (FALSE, FALSE, sizeof (LyktaIcalParameter));
  self->children = g_array_new (FALSE, FALSE, sizeof (LyktaIcalChild));
  self->strings = g_string_chunk_new (4096);
  return self;
}

void
lykta_ical_component_free (LyktaIcalComponent *self)
{
  if (self == NULL)
    return;
  g_free (self->buffer);
  g_array_unref (self->properties);
  g_array_unref (self->parameters);
  g_array_unref (self->children);
  g_string_chunk_free (self->strings);
  g_free (self);
}

char *
lykta_ical_component_reserve (LyktaIcalComponent *self, gsize n)
{
  g_return_val_if_fail (self != NULL && n <= LYKTA_LIMIT_COMPONENT_BYTES, NULL);
  g_array_set_size (self->properties, 0);
  g_array_set_size (self->parameters, 0);
  g_array_set_size (self->children, 0);
  if (self->has_strings)
    g_string_chunk_clear (self->strings);
  self->has_strings = FALSE;
  self->n = 0;
  if (self->size < n + 1) {
    self->size = MAX (n + 1, 16 * 1024);
    g_free (self->buffer);
    self->buffer = g_malloc (self->size);
  }
  return self->buffer;
}

static LyktaIcalName
find_name (const char *spelling)
{
  int low = 1, high = LYKTA_ICAL_N_NAMES - 1;

  while (low <= high) {
    int middle = (low + high) / 2;
    int order = strcmp (spelling, names[middle]);
    if (order == 0)
      return (LyktaIcalName)middle;
    if (order < 0)
      high = middle - 1;
    else
      low = middle + 1;
  }
  return LYKTA_ICAL_OTHER;
}

static const char *
keep (LyktaIcalComponent *self, const char *text)
{
  self->has_strings = TRUE;
  return g_string_chunk_insert (self->strings, text);
}

/* RFC 6868 in place: ^n, ^', ^^; and some publishers' backslashes. */
static void
resolve_parameter (char *value)
{
  char *to = value;

  if (strchr (value, '^') == NULL)
    return;
  for (const char *from = value; *from != 0; from++) {
    if (*from == '^' && (from[1] == '^' || from[1] == 'n' || from[1] == '\'')) {
      from++;
      *to++ = *from == 'n' ? '\n' : *from == '\'' ? '"' : '^';
    } else
      *to++ = *from;
  }
  *to = 0;
}

/* @p is at the ";" behind a name. Cuts the parameters up and returns where the value begins; NULL
 * when there is none. */
static char *
take_parameters (LyktaIcalComponent *self, char *p, LyktaIcalProperty *property)
{
  char separator = ';';

  while (separator == ';') {
    LyktaIcalParameter parameter;
    gboolean is_quoted = FALSE;
    char *value, *to;
    parameter.name = ++p;
    p += strcspn (p, "=;:");
    separator = *p;
    if (separator != '=') {
      if (separator == 0)
        return NULL;
      continue;
    }
    *p++ = 0;
    value = to = p;
    /* A zone may be named "(UTC+01:00) …" without the quotes that the colon asks for. */
    if (*p == '(' && strchr (p, ')') != NULL && strcspn (p, ")") < strcspn (p, ";"))
      to = p = strchr (p, ')');
    for (; *p != 0 && (is_quoted || (*p != ';' && *p != ':')); p++) {
      if (*p == '"')
        is_quoted = !is_quoted;
      else
        *to++ = *p;
    }
    separator = *p;
    if (separator == 0)
      return NULL;
    *to = 0;
    if (property->n_parameters == LYKTA_LIMIT_PARAMETERS)
      continue;
    for (char *c = (char *)parameter.name; *c != 0; c++)
      *c = g_ascii_toupper (*c);
    resolve_parameter (value);
    parameter.value = value;
    g_array_append_val (self->parameters, parameter);
    property->n_parameters++;
  }
  return p + 1;
}

const char *
lykta_ical_component_get_parameter (LyktaIcalComponent *self,
                                    const LyktaIcalProperty *property,
                                    const char *name)
{
  g_return_val_if_fail (self != NULL && property != NULL && name != NULL, NULL);
  for (guint i = 0; i < property->n_parameters; i++) {
    const LyktaIcalParameter *parameter =
        &g_array_index (self->parameters, LyktaIcalParameter, property->first_parameter + i);
    if (strcmp (parameter->name, name) == 0)
      return parameter->value;
  }
  return NULL;
}

static void
note (LyktaIcalComponent *self, const char *code, guint line, const char *message)
{
  lykta_feed_report_add (self->report, LYKTA_FEED_WARNING, code, line, NULL, message);
}

static LyktaIcalChild
child_kind (const char *name)
{
  static const struct {
    const char *name;
    LyktaIcalChild kind;
  } kinds[] = {
      {"PARTICIPANT", LYKTA_ICAL_CHILD_PARTICIPANT}, {"VLOCATION", LYKTA_ICAL_CHILD_LOCATION},
      {"VRESOURCE", LYKTA_ICAL_CHILD_RESOURCE},      {"STANDARD", LYKTA_ICAL_CHILD_STANDARD},
      {"DAYLIGHT", LYKTA_ICAL_CHILD_DAYLIGHT},
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_ascii_strcasecmp (name, kinds[i].name) == 0)
      return kinds[i].kind;
  }
  return LYKTA_ICAL_CHILD_OTHER;
}

static void
begin_or_end (LyktaIcalComponent *self, gboolean is_begin, const char *name)
{
  if (!is_begin) {
    self->depth -= self->depth > 0;
    return;
  }
  {
    LyktaIcalChild kind = child_kind (name);
    guint index = self->children->len;
    /* The first BEGIN is the component's own; the shape has been checked before (index). */
    g_array_append_val (self->children, kind);
    if (index > 0 && self->depth < LYKTA_LIMIT_NESTING)
      self->stack[++self->depth] = index;
  }
}

/* Values of vCalendar 1.0 in quoted-printable or another character set. */
static const char *
decode_value (LyktaIcalComponent *self, const LyktaIcalProperty *property, const char *value)
{
  const char *encoding = lykta_ical_component_get_parameter (self, property, "ENCODING");
  const char *charset = lykta_ical_component_get_parameter (self, property, "CHARSET");
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "QUOTED-PRINTABLE") != 0)
    return value;
  bytes = lykta_quoted_printable (value);
  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0 && strlen (charset) < 20)
    text = g_convert (bytes, -1, "UTF-8", charset, NULL, NULL, NULL);
  if (text == NULL)
    text = lykta_charset_decode (bytes, strlen (bytes));
  return keep (self, text);
}

static gboolean
is_text (LyktaIcalName name)
{
  return name == LYKTA_ICAL_DESCRIPTION || name == LYKTA_ICAL_SUMMARY ||
         name == LYKTA_ICAL_COMMENT || name == LYKTA_ICAL_LOCATION ||
         name == LYKTA_ICAL_X_I18N_DESCRIPTION || name == LYKTA_ICAL_X_I18N_SUMMARY ||
         name == LYKTA_ICAL_X_ALT_DESC;
}

/* A line that is no property: some publishers break their texts without folding. It then belongs to
 * the text before it. */
static void
take_stray_line (LyktaIcalComponent *self, const char *text, gsize n, guint line)
{
  LyktaIcalProperty *last =
      self->properties->len > 0
          ? &g_array_index (self->properties, LyktaIcalProperty, self->properties->len - 1)
          : NULL;
  gsize length = last != NULL ? strlen (last->value) : 0;
  char *end = last != NULL ? (char *)last->value + length : NULL;

  if (last != NULL && is_text (last->name) && last->value >= self->buffer && end < text &&
      text < self->buffer + self->size) {
    *end = '\n';
    memmove (end + 1, text, n);
    end[n + 1] = 0;
    note (
        self, "line-break-in-text", line,
        "A text goes on in a line of its own. It was joined; long lines must be folded with a space (RFC 5545 3.1).");
  } else
    note (self, "unreadable-line", line,
          "This line is neither a property nor the continuation of one and was left out.");
}

static void
take_line (LyktaIcalComponent *self, char *text, gsize n, guint line)
{
  LyktaIcalProperty property = {.line = line, .child = self->stack[self->depth]};
  gsize length = 0;
  char *value, separator;

  if (!self->is_valid && !g_utf8_validate_len (text, n, NULL)) {
    g_autofree char *decoded = lykta_charset_decode (text, n);
    note (self, "not-utf8", line,
          "A line is not UTF-8 and was read as Windows-1252; publish calendars in UTF-8.");
    text = (char *)keep (self, decoded);
    n = strlen (text);
  }
  while (g_ascii_isalnum (text[length]) || text[length] == '-')
    length++;
  separator = text[length];
  if (length == 0 || (separator != ':' && separator != ';')) {
    take_stray_line (self, text, n, line);
    return;
  }
  for (gsize i = 0; i < length; i++)
    text[i] = g_ascii_toupper (text[i]);
  text[length] = 0;
  property.spelling = text;
  property.name = find_name (text);
  property.first_parameter = self->parameters->len;
  value = separator == ':' ? text + length + 1 : take_parameters (self, text + length, &property);
  if (value == NULL) {
    note (self, "unreadable-line", line, "A property has no value and was left out.");
    return;
  }
  if (strcmp (text, "BEGIN") == 0 || strcmp (text, "END") == 0) {
    begin_or_end (self, *text == 'B', g_strstrip (value));
    return;
  }
  property.value = property.n_parameters > 0 ? decode_value (self, &property, value) : value;
  g_array_append_val (self->properties, property);
}

/* End of the physical line at @p; *@next is where the one after it begins. */
static char *
end_of_line (LyktaIcalComponent *self, char *p, char *end, char **next)
{
  char *stop = memchr (p, self->is_cr_only ? '\r' : '\n', (gsize)(end - p));

  *next = stop != NULL ? stop + 1 : end;
  stop = stop != NULL ? stop : end;
  while (stop > p && stop[-1] == '\r')
    stop--;
  return stop;
}

static gboolean
is_soft_break (const char *start, const char *to)
{
  gsize n = MIN ((gsize)(to - start), 200);
  g_autofree char *head = NULL;

  if (to == start || to[-1] != '=')
    return FALSE;
  head = g_ascii_strup (start, (gssize)n);
  return strstr (head, "QUOTED-PRINTABLE") != NULL;
}

/* Where the line at @p goes on: past empty lines, when something indented follows them. */
static char *
skip_empty_lines (char *p, char *end, guint *line)
{
  char *to = p;
  guint n = 0;

  for (; to < end && (*to == '\r' || *to == '\n'); to++)
    n += *to == '\n';
  if (to == p || to == end || (*to != ' ' && *to != '\t'))
    return p;
  *line += n;
  return to;
}

void
lykta_ical_component_parse (LyktaIcalComponent *self, gsize n, guint line, LyktaFeedReport *report)
{
  char *p, *end;
  guint at = line;

  g_return_if_fail (self != NULL && n < self->size);
  self->n = n;
  self->line = line;
  self->report = report;
  self->depth = 0;
  self->stack[0] = 0;
  self->buffer[n] = 0;
  for (char *zero = memchr (self->buffer, 0, n); zero != NULL;
       zero = memchr (zero, 0, n - (gsize)(zero - self->buffer)))
    *zero = ' ';
  self->is_valid = g_utf8_validate_len (self->buffer, n, NULL);
  self->is_cr_only = memchr (self->buffer, '\n', n) == NULL;

  for (p = self->buffer, end = p + n; p < end;) {
    char *start = p;
    guint first = at++;
    char *to = end_of_line (self, p, end, &p);
    p = to > start ? skip_empty_lines (p, end, &at) : p;
    while (p < end && (*p == ' ' || *p == '\t' || is_soft_break (start, to))) {
      char *from = *p == ' ' || *p == '\t' ? p + 1 : p;
      char *stop;
      to -= is_soft_break (start, to);
      stop = end_of_line (self, p, end, &p);
      at++;
      if (stop > from) {
        memmove (to, from, (gsize)(stop - from));
        to += stop - from;
      }
      p = skip_empty_lines (p, end, &at);
    }
    *to = 0;
    if (to > start)
      take_line (self, start, (gsize)(to - start), first);
  }
}

guint
lykta_ical_component_get_line (LyktaIcalComponent *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->line;
}

guint
lykta_ical_component_get_n (LyktaIcalComponent *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->properties->len;
}

const LyktaIcalProperty *
lykta_ical_component_get_nth (LyktaIcalComponent *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->properties->len, NULL);
  return &g_array_index (self->properties, LyktaIcalProperty, index);
}

const LyktaIcalProperty *
lykta_ical_component_find (LyktaIcalComponent *self, LyktaIcalName name)
{
  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; i < self->properties->len; i++) {
    const LyktaIcalProperty *property = &g_array_index (self->properties, LyktaIcalProperty, i);
    if (property->name == name && property->child == 0)
      return property;
  }
  return NULL;
}

LyktaIcalChild
lykta_ical_component_get_child_kind (LyktaIcalComponent *self, guint child)
{
  g_return_val_if_fail (self != NULL && child < self->children->len, LYKTA_ICAL_CHILD_OTHER);
  return g_array_index (self->children, LyktaIcalChild, child);
}

guint
lykta_ical_component_get_n_children (LyktaIcalComponent *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->children->len;
}

const char *
lykta_ical_component_get_text (LyktaIcalComponent *self, const LyktaIcalProperty *property)
{
  LyktaIcalProperty *own = (LyktaIcalProperty *)property;

  g_return_val_if_fail (self != NULL && property != NULL, NULL);
  if (!own->is_resolved) {
    lykta_ical_unescape ((char *)own->value);
    own->is_resolved = TRUE;
  }
  return own->value;
}

void
lykta_ical_unescape (char *text)
{
  char *to = strchr (text, '\\');

  if (to == NULL)
    return;
  for (const char *from = to; *from != 0; from++) {
    if (*from != '\\') {
      *to++ = *from;
    } else if (from[1] == 'n' || from[1] == 'N') {
      *to++ = '\n';
      from++;
    } else if (from[1] != 0 && strchr ("\\;,:\"", from[1]) != NULL)
      *to++ = *++from;
    else
      *to++ = '\\';
  }
  *to = 0;
}

guint64
lykta_ical_component_hash (LyktaIcalComponent *self)
{
  guint64 hash = LYKTA_HASH_START;

  g_return_val_if_fail (self != NULL, 0);
  for (guint i = 0; i < self->properties->len; i++) {
    const LyktaIcalProperty *property = &g_array_index (self->properties, LyktaIcalProperty, i);
    if (property->name == LYKTA_ICAL_DTSTAMP || property->name == LYKTA_ICAL_LAST_MODIFIED ||
        property->name == LYKTA_ICAL_CREATED || property->name == LYKTA_ICAL_SEQUENCE)
      continue;
    hash = lykta_hash_bytes (hash, property->spelling, strlen (property->spelling) + 1);
    hash = lykta_hash_bytes (hash, property->value, strlen (property->value) + 1);
  }
  return hash;
}
