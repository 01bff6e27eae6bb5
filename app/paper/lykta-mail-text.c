/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-mail-text.h"

#include <string.h>

#include "text/lykta-language.h"

#define RLM          "\342\200\217"
#define LRI          "\342\201\246"
#define RLI          "\342\201\247"
#define PDI          "\342\201\251"
#define MAX_ISOLATES 16
/* Of a piece without a blank; longer ones are cut, as mail allows no line above 998 bytes. */
#define MAX_PIECE 600

struct _LyktaMailText {
  GString *out; /* (owned) */
  gboolean is_rtl;
};

/* A paragraph while it is broken into lines. */
typedef struct {
  LyktaMailText *letter; /* (unowned) */
  gboolean is_rtl;
  gboolean keeps_marks;
  guint indent;
  GString *line; /* (owned): what stands on the line so far */
  guint columns; /* of it */
  gunichar open[MAX_ISOLATES];
  guint n_open;
} Paragraph;

LyktaMailText *
lykta_mail_text_new (const char *language)
{
  LyktaMailText *self = g_new0 (LyktaMailText, 1);

  self->out = g_string_new (NULL);
  self->is_rtl = lykta_language_is_rtl (language);
  return self;
}

void
lykta_mail_text_free (LyktaMailText *self)
{
  if (self == NULL)
    return;
  g_string_free (self->out, TRUE);
  g_free (self);
}

char *
lykta_mail_text_end (LyktaMailText *self)
{
  char *text = g_string_free (g_steal_pointer (&self->out), FALSE);

  g_free (self);
  return text;
}

static gboolean
is_mark (gunichar c)
{
  return c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_rtl_letter (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE70 && c <= 0xFEFE) || (c >= 0x10800 && c <= 0x10FFF) ||
         (c >= 0x1E800 && c <= 0x1EFFF);
}

static gboolean
has_rtl (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (is_rtl_letter (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

static guint
columns_of (gunichar c)
{
  if (is_mark (c) || g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
lykta_mail_text_columns (const char *text)
{
  guint columns = 0;

  g_return_val_if_fail (text != NULL, 0);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += columns_of (g_utf8_get_char (p));
  return columns;
}

static void
append_without_marks (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!is_mark (c))
      g_string_append_unichar (out, c);
  }
}

/* Writes one line. The blanks of the indent come before the isolate, so that they belong to the
 * line and not to its language. */
static void
write_line (LyktaMailText *self, guint indent, const char *lead, const char *text, gboolean is_rtl)
{
  guint used = lead != NULL ? lykta_mail_text_columns (lead) : 0;
  gsize start;

  if (self->is_rtl)
    g_string_append (self->out, RLM);
  start = self->out->len;
  if (self->is_rtl && lead != NULL)
    g_string_append_printf (self->out, RLI "%s" PDI, lead);
  else if (lead != NULL)
    append_without_marks (self->out, lead);
  for (; used < indent; used++)
    g_string_append_c (self->out, ' ');
  if (*text != '\0' && (self->is_rtl || is_rtl))
    g_string_append_printf (self->out, "%s%s" PDI, is_rtl ? RLI : LRI, text);
  else
    g_string_append (self->out, text);
  while (self->out->len > start && self->out->str[self->out->len - 1] == ' ')
    g_string_truncate (self->out, self->out->len - 1);
  g_string_append_c (self->out, '\n');
}

/* A dot that parts two things has nothing to part at the end of a line. */
static void
drop_last_dot (GString *line)
{
  if (g_str_has_suffix (line->str, " ·"))
    g_string_truncate (line, line->len - strlen (" ·"));
}

/* Isolates that are open at the end of a line are closed there and opened again on the next. */
static void
break_line (Paragraph *self, const char **lead)
{
  drop_last_dot (self->line);
  for (guint i = 0; i < self->n_open && self->keeps_marks; i++)
    g_string_append (self->line, PDI);
  write_line (self->letter, self->indent, *lead, self->line->str, self->is_rtl);
  *lead = NULL;
  g_string_truncate (self->line, 0);
  self->columns = 0;
  for (guint i = 0; i < self->n_open && self->keeps_marks; i++)
    g_string_append_unichar (self->line, self->open[i]);
}

static void
append_piece (Paragraph *self, const char *piece, gsize length)
{
  for (const char *p = piece; p < piece + length; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (is_mark (c) && !self->keeps_marks)
      continue;
    g_string_append_unichar (self->line, c);
    self->columns += columns_of (c);
    if (c >= 0x2066 && c <= 0x2068 && self->n_open < MAX_ISOLATES)
      self->open[self->n_open++] = c;
    else if (c == 0x2069 && self->n_open > 0)
      self->n_open--;
  }
}

static guint
columns_of_piece (const char *piece, gsize length)
{
  guint columns = 0;

  for (const char *p = piece; p < piece + length; p = g_utf8_next_char (p))
    columns += columns_of (g_utf8_get_char (p));
  return columns;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The bytes of @text up to the next blank; never more than a line may hold. */
static gsize
piece_length (const char *text)
{
  const char *p = text;

  while (*p != '\0' && !is_blank (*p) && p - text < MAX_PIECE)
    p = g_utf8_next_char (p);
  return (gsize)(p - text);
}

static void
wrap (Paragraph *self, const char *lead, const char *text)
{
  gboolean is_glued = FALSE;

  while (*text != '\0') {
    gsize length;
    guint columns;

    if (is_blank (*text)) {
      text++;
      is_glued = FALSE;
      continue;
    }
    length = piece_length (text);
    columns = columns_of_piece (text, length);
    if (self->columns > 0 &&
        (is_glued || self->indent + self->columns + 1 + columns > LYKTA_MAIL_COLUMNS))
      break_line (self, &lead);
    else if (self->columns > 0) {
      g_string_append_c (self->line, ' ');
      self->columns++;
    }
    append_piece (self, text, length);
    text += length;
    is_glued = TRUE;
  }
  if (self->columns > 0 || lead != NULL)
    break_line (self, &lead);
}

void
lykta_mail_text_add (
    LyktaMailText *self, const char *language, guint indent, const char *lead, const char *text)
{
  Paragraph paragraph = {.letter = self, .indent = indent};

  g_return_if_fail (self != NULL);
  g_return_if_fail (indent < LYKTA_MAIL_COLUMNS / 2);

  if (text == NULL)
    return;
  paragraph.is_rtl = lykta_language_is_rtl (language);
  paragraph.keeps_marks = self->is_rtl || paragraph.is_rtl || has_rtl (text);
  if (lead != NULL && lykta_mail_text_columns (lead) + 1 > indent) {
    write_line (self, 0, NULL, lead, self->is_rtl);
    lead = NULL;
  }
  paragraph.line = g_string_new (NULL);
  wrap (&paragraph, lead, text);
  g_string_free (paragraph.line, TRUE);
}

void
lykta_mail_text_add_rule (LyktaMailText *self, char character)
{
  char rule[LYKTA_MAIL_COLUMNS + 1];

  g_return_if_fail (self != NULL);

  memset (rule, character, LYKTA_MAIL_COLUMNS);
  rule[LYKTA_MAIL_COLUMNS] = '\0';
  g_string_append_printf (self->out, "%s%s\n", self->is_rtl ? RLM : "", rule);
}

void
lykta_mail_text_add_blank (LyktaMailText *self)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (self->out, '\n');
}
