/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-plain-text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/lykta-html-private.h"

#define FIRST_STRONG_ISOLATE  "\xE2\x81\xA8"
#define LEFT_TO_RIGHT_ISOLATE "\xE2\x81\xA6"
#define POP_ISOLATE           "\xE2\x81\xA9"
#define ISOLATE_BYTES         3
/* Isolates inside isolates that are still believed. */
#define MAX_ISOLATES 8
/* Marks on one letter: more than any writing system needs, too few to paint over other lines. */
#define MAX_MARKS 6
/* How many characters of input one character of output can be worth (decomposed letters). */
#define MAX_DECOMPOSED 4

/* Builds clean text character by character. */
typedef struct {
  GString *out;
  gsize n_chars;
  guint n_newlines;   /* at the end of out */
  guint n_marks;      /* on the last letter */
  gboolean is_simple; /* nothing that normalisation could change */
} Cleaner;

static gboolean
is_allowed (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_SURROGATE:
    return FALSE;
  case G_UNICODE_FORMAT:
    /* Joiners, direction marks, isolates and the soft hyphen belong to good text. */
    return c == 0x00AD || c == 0x061C || (c >= 0x0600 && c <= 0x0605) || c == 0x06DD ||
           (c >= 0x200C && c <= 0x200F) || c == 0x2060 || (c >= 0x2066 && c <= 0x2069);
  default:
    return (c & 0xFFFE) != 0xFFFE && (c < 0xFDD0 || c > 0xFDEF) && c != 0xFFFC;
  }
}

static void
end_line (Cleaner *self)
{
  while (self->out->len > 0 && self->out->str[self->out->len - 1] == ' ') {
    g_string_truncate (self->out, self->out->len - 1);
    self->n_chars--;
  }
  self->n_marks = 0;
  /* At most one empty line, none at the beginning. */
  if (self->out->len == 0 || self->n_newlines >= 2)
    return;
  g_string_append_c (self->out, '\n');
  self->n_newlines++;
  self->n_chars++;
}

static void
add_character (Cleaner *self, gunichar c)
{
  if (c == '\t')
    c = ' ';
  if (c < 0x80) {
    if (c < 0x20 || c == 0x7F)
      return;
    if (c == ' ' && (self->out->len == 0 || self->n_newlines > 0))
      return;
    g_string_append_c (self->out, (char)c);
    self->n_marks = 0;
  } else {
    if (!is_allowed (c))
      return;
    if (c >= 0x0300 && u_getCombiningClass ((UChar32)c) != 0) {
      if (++self->n_marks > MAX_MARKS)
        return;
    } else {
      self->n_marks = 0;
    }
    if (self->is_simple && c >= 0x0300)
      self->is_simple = u_getIntPropertyValue ((UChar32)c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES &&
                        self->n_marks < 2;
    g_string_append_unichar (self->out, c);
  }
  self->n_newlines = 0;
  self->n_chars++;
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Takes one character of input in whatever it means; @previous tells CR LF from two line ends. */
static void
take_character (Cleaner *self, gunichar c, gunichar previous)
{
  if (c == '\r' || (is_line_end (c) && !(c == '\n' && previous == '\r')))
    end_line (self);
  else if (!is_line_end (c))
    add_character (self, c);
}

/* What no cleaned text holds: stands for a byte to be taken out. */
#define REMOVED '\x01'

static void
remove_isolate (char *p)
{
  memset (p, REMOVED, ISOLATE_BYTES);
}

/* Removes isolates that are not closed within their line, and closings of nothing. TRUE when there
 * were any. */
static gboolean
balance_isolates (GString *text)
{
  char *open[MAX_ISOLATES];
  guint n_open = 0;
  gsize n = 0;

  if (strstr (text->str, "\xE2\x81") == NULL)
    return FALSE;
  for (char *p = text->str;; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\n' || c == '\0') {
      while (n_open > 0)
        remove_isolate (open[--n_open]);
      if (c == '\0')
        break;
    } else if (c >= 0x2066 && c <= 0x2068 && n_open < MAX_ISOLATES) {
      open[n_open++] = p;
    } else if (c == 0x2069 && n_open > 0) {
      n_open--;
    } else if (c >= 0x2066 && c <= 0x2069) {
      remove_isolate (p);
      p += ISOLATE_BYTES - 1;
    }
  }
  for (gsize i = 0; i < text->len; i++) {
    if (text->str[i] != REMOVED)
      text->str[n++] = text->str[i];
  }
  if (n == text->len)
    return FALSE;
  g_string_truncate (text, n);
  return TRUE;
}

/* Cuts to @max_chars characters, and does not leave a letter without its marks. */
static gboolean
cut (GString *text, gsize max_chars)
{
  char *end = text->str;
  char *begin = text->str;

  for (gsize i = 0; i < max_chars; i++) {
    if (end >= text->str + text->len)
      return FALSE;
    end = g_utf8_next_char (end);
  }
  if (end >= text->str + text->len)
    return FALSE;
  while (end > begin && g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_prev_char (end);
  g_string_truncate (text, (gsize)(end - begin));
  return TRUE;
}

static void
trim_end (GString *text)
{
  while (text->len > 0 && strchr (" \n", text->str[text->len - 1]) != NULL)
    g_string_truncate (text, text->len - 1);
}

/* Gives the finished text and lets go of what @self holds. */
static char *
finish (Cleaner *self, gsize max_chars, gboolean is_cut, gboolean *was_cut)
{
  trim_end (self->out);
  if (!self->is_simple) {
    g_autofree char *normal =
        g_utf8_normalize (self->out->str, (gssize)self->out->len, G_NORMALIZE_NFC);

    if (normal != NULL)
      g_string_assign (self->out, normal);
  }
  if (self->n_chars > max_chars && cut (self->out, max_chars))
    is_cut = TRUE;
  if (was_cut != NULL)
    *was_cut = is_cut;
  if (balance_isolates (self->out)) {
    /* What stood on both sides of it has met now: an empty line, a letter and its mark. */
    g_autofree char *text = g_string_free (g_steal_pointer (&self->out), FALSE);

    return lykta_plain_text (text, max_chars, NULL);
  }
  trim_end (self->out);
  return g_string_free (g_steal_pointer (&self->out), FALSE);
}

static void
cleaner_init (Cleaner *self, gsize size)
{
  *self = (Cleaner){.out = g_string_sized_new (size), .is_simple = TRUE};
}

/* How much may be collected before it is certain that the rest will be cut. */
static gsize
most_characters (gsize max_chars)
{
  return max_chars < G_MAXSIZE / MAX_DECOMPOSED ? max_chars * MAX_DECOMPOSED : G_MAXSIZE;
}

/* Letters that nothing can be wrong with: allowed, no marks, nothing for normalisation to do. Not
 * all of them, but those that most texts consist of. */
static gboolean
is_ordinary (gunichar c)
{
  static const struct {
    gunichar first, last;
  } ranges[] = {
      {0x00C0, 0x024F}, {0x0400, 0x0481}, {0x048A, 0x052F}, {0x0620, 0x064A}, {0x0660, 0x066D},
      {0x0671, 0x06D3}, {0x06F0, 0x06F9}, {0x060C, 0x060C}, {0x061B, 0x061B}, {0x061F, 0x061F},
      {0x1200, 0x135A}, {0x1360, 0x137C}, {0x2010, 0x2027}, {0x200C, 0x200C}, {0x20AC, 0x20AC},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++) {
    if (c >= ranges[i].first && c <= ranges[i].last)
      return TRUE;
  }
  return FALSE;
}

/* Is valid UTF-8 @text already what cleaning would make of it? FALSE when it takes a closer look to
 * know. Calendars of a hundred thousand texts are nearly all like this. */
static gboolean
is_plain_already (const char *text, gsize max_chars)
{
  gsize n_chars = 0;
  guint n_newlines = 0;
  gunichar previous = '\n';

  for (const char *p = text; *p != '\0'; n_chars++) {
    gunichar c = (guchar)*p;

    if (c < 0x80) {
      if (c == '\n' ? previous == ' ' || p == text || ++n_newlines > 2
                    : c < ' ' || c == 0x7F || (c == ' ' && previous == '\n'))
        return FALSE;
      p++;
    } else {
      c = g_utf8_get_char (p);
      if (!is_ordinary (c))
        return FALSE;
      p = g_utf8_next_char (p);
    }
    if (c != '\n')
      n_newlines = 0;
    previous = c;
  }
  return n_chars > 0 && n_chars <= max_chars && previous != ' ' && previous != '\n';
}

char *
lykta_plain_text (const char *text, gsize max_chars, gboolean *was_cut)
{
  g_autofree char *valid = NULL;
  gsize most = most_characters (max_chars);
  gunichar previous = 0;
  const char *p;
  Cleaner cleaner;

  g_return_val_if_fail (text != NULL, g_strdup (""));

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  if (is_plain_already (text, max_chars)) {
    if (was_cut != NULL)
      *was_cut = FALSE;
    return valid != NULL ? g_steal_pointer (&valid) : g_strdup (text);
  }
  cleaner_init (&cleaner, MIN (strlen (text), 4096) + 1);
  for (p = text; *p != '\0' && cleaner.n_chars <= most; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    take_character (&cleaner, c, previous);
    previous = c;
  }
  return finish (&cleaner, max_chars, *p != '\0', was_cut);
}

char *
lykta_plain_text_from_html (const char *html, gsize max_chars, gboolean *was_cut)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (html != NULL, g_strdup (""));

  text = lykta_html_to_text (html);
  return lykta_plain_text (text, max_chars, was_cut);
}

gboolean
lykta_plain_text_looks_like_html (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return lykta_html_is_likely (text);
}

static char *
wrap (const char *text, const char *before)
{
  if (*text == '\0')
    return g_strdup ("");
  return g_strconcat (before, text, POP_ISOLATE, NULL);
}

char *
lykta_isolate (const char *text)
{
  g_return_val_if_fail (text != NULL, g_strdup (""));

  return wrap (text, FIRST_STRONG_ISOLATE);
}

char *
lykta_isolate_ltr (const char *text)
{
  g_return_val_if_fail (text != NULL, g_strdup (""));

  return wrap (text, LEFT_TO_RIGHT_ISOLATE);
}
