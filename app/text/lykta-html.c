/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-text"

#include "text/lykta-html-private.h"

#include <stdlib.h>
#include <string.h>

/* Calendar publishers put HTML where text belongs. Only its words are wanted: this is no browser,
 * keeps no tree, follows no link, and goes over its input once. */

/* A tag that is longer is taken for text: nothing is ever searched without end. */
#define MAX_TAG 4096

typedef enum {
  TAG_INLINE,
  TAG_BREAK,     /* one line feed */
  TAG_PARAGRAPH, /* an empty line */
  TAG_ITEM,      /* a line of its own with a dash */
  TAG_CELL,      /* a space */
  TAG_HIDDEN,    /* with everything up to its end tag */
} TagKind;

typedef struct {
  const char *name;
  TagKind kind;
} Tag;

/* Sorted by name. */
static const Tag tags[] = {
    {"a", TAG_INLINE},
    {"abbr", TAG_INLINE},
    {"address", TAG_BREAK},
    {"article", TAG_PARAGRAPH},
    {"b", TAG_INLINE},
    {"big", TAG_INLINE},
    {"blockquote", TAG_PARAGRAPH},
    {"body", TAG_BREAK},
    {"br", TAG_BREAK},
    {"center", TAG_BREAK},
    {"code", TAG_INLINE},
    {"dd", TAG_BREAK},
    {"div", TAG_BREAK},
    {"dl", TAG_PARAGRAPH},
    {"dt", TAG_BREAK},
    {"em", TAG_INLINE},
    {"figure", TAG_PARAGRAPH},
    {"font", TAG_INLINE},
    {"footer", TAG_BREAK},
    {"form", TAG_BREAK},
    {"h1", TAG_PARAGRAPH},
    {"h2", TAG_PARAGRAPH},
    {"h3", TAG_PARAGRAPH},
    {"h4", TAG_PARAGRAPH},
    {"h5", TAG_PARAGRAPH},
    {"h6", TAG_PARAGRAPH},
    {"head", TAG_HIDDEN},
    {"header", TAG_BREAK},
    {"hr", TAG_PARAGRAPH},
    {"html", TAG_BREAK},
    {"i", TAG_INLINE},
    {"iframe", TAG_HIDDEN},
    {"img", TAG_INLINE},
    {"li", TAG_ITEM},
    {"main", TAG_BREAK},
    {"meta", TAG_INLINE},
    {"noscript", TAG_HIDDEN},
    {"object", TAG_HIDDEN},
    {"ol", TAG_PARAGRAPH},
    {"p", TAG_PARAGRAPH},
    {"pre", TAG_PARAGRAPH},
    {"s", TAG_INLINE},
    {"script", TAG_HIDDEN},
    {"section", TAG_PARAGRAPH},
    {"select", TAG_HIDDEN},
    {"small", TAG_INLINE},
    {"span", TAG_INLINE},
    {"strong", TAG_INLINE},
    {"style", TAG_HIDDEN},
    {"sub", TAG_INLINE},
    {"sup", TAG_INLINE},
    {"svg", TAG_HIDDEN},
    {"table", TAG_PARAGRAPH},
    {"tbody", TAG_INLINE},
    {"td", TAG_CELL},
    {"template", TAG_HIDDEN},
    {"textarea", TAG_HIDDEN},
    {"th", TAG_CELL},
    {"title", TAG_HIDDEN},
    {"tr", TAG_BREAK},
    {"u", TAG_INLINE},
    {"ul", TAG_PARAGRAPH},
};

typedef struct {
  const char *name;
  gunichar character;
} Entity;

/* Sorted by name, capitals first. */
static const Entity entities[] = {
    {"AElig", 0xC6},    {"Aacute", 0xC1},   {"Acirc", 0xC2},    {"Agrave", 0xC0},
    {"Aring", 0xC5},    {"Atilde", 0xC3},   {"Auml", 0xC4},     {"Ccedil", 0xC7},
    {"ETH", 0xD0},      {"Eacute", 0xC9},   {"Ecirc", 0xCA},    {"Egrave", 0xC8},
    {"Euml", 0xCB},     {"Iacute", 0xCD},   {"Icirc", 0xCE},    {"Igrave", 0xCC},
    {"Iuml", 0xCF},     {"Ntilde", 0xD1},   {"OElig", 0x152},   {"Oacute", 0xD3},
    {"Ocirc", 0xD4},    {"Ograve", 0xD2},   {"Oslash", 0xD8},   {"Otilde", 0xD5},
    {"Ouml", 0xD6},     {"Scaron", 0x160},  {"THORN", 0xDE},    {"Uacute", 0xDA},
    {"Ucirc", 0xDB},    {"Ugrave", 0xD9},   {"Uuml", 0xDC},     {"Yacute", 0xDD},
    {"aacute", 0xE1},   {"acirc", 0xE2},    {"acute", 0xB4},    {"aelig", 0xE6},
    {"agrave", 0xE0},   {"amp", '&'},       {"apos", '\''},     {"aring", 0xE5},
    {"atilde", 0xE3},   {"auml", 0xE4},     {"bdquo", 0x201E},  {"bull", 0x2022},
    {"ccedil", 0xE7},   {"cent", 0xA2},     {"copy", 0xA9},     {"deg", 0xB0},
    {"eacute", 0xE9},   {"ecirc", 0xEA},    {"egrave", 0xE8},   {"emsp", 0x2003},
    {"ensp", 0x2002},   {"eth", 0xF0},      {"euml", 0xEB},     {"euro", 0x20AC},
    {"frac12", 0xBD},   {"frac14", 0xBC},   {"frac34", 0xBE},   {"gt", '>'},
    {"hellip", 0x2026}, {"iacute", 0xED},   {"icirc", 0xEE},    {"iexcl", 0xA1},
    {"igrave", 0xEC},   {"iquest", 0xBF},   {"iuml", 0xEF},     {"laquo", 0xAB},
    {"larr", 0x2190},   {"ldquo", 0x201C},  {"lrm", 0x200E},    {"lsaquo", 0x2039},
    {"lsquo", 0x2018},  {"lt", '<'},        {"mdash", 0x2014},  {"middot", 0xB7},
    {"nbsp", 0xA0},     {"ndash", 0x2013},  {"ntilde", 0xF1},   {"oacute", 0xF3},
    {"ocirc", 0xF4},    {"oelig", 0x153},   {"ograve", 0xF2},   {"ordf", 0xAA},
    {"ordm", 0xBA},     {"oslash", 0xF8},   {"otilde", 0xF5},   {"ouml", 0xF6},
    {"para", 0xB6},     {"plusmn", 0xB1},   {"pound", 0xA3},    {"quot", '"'},
    {"raquo", 0xBB},    {"rarr", 0x2192},   {"rdquo", 0x201D},  {"reg", 0xAE},
    {"rlm", 0x200F},    {"rsaquo", 0x203A}, {"rsquo", 0x2019},  {"sbquo", 0x201A},
    {"scaron", 0x161},  {"sect", 0xA7},     {"shy", 0xAD},      {"sup2", 0xB2},
    {"sup3", 0xB3},     {"szlig", 0xDF},    {"thinsp", 0x2009}, {"thorn", 0xFE},
    {"times", 0xD7},    {"trade", 0x2122},  {"uacute", 0xFA},   {"ucirc", 0xFB},
    {"ugrave", 0xF9},   {"uuml", 0xFC},     {"yacute", 0xFD},   {"yen", 0xA5},
    {"yuml", 0xFF},     {"zwj", 0x200D},    {"zwnj", 0x200C},
};

/* What numbers 128 to 159 mean on the web, where they were never the control characters they are
 * by name. */
static const guint16 windows_characters[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static int
compare_tag (const void *key, const void *member)
{
  return strcmp (key, ((const Tag *)member)->name);
}

static int
compare_entity (const void *key, const void *member)
{
  return strcmp (key, ((const Entity *)member)->name);
}

/* Reads letters and digits from @p into @name (@size bytes); 0 when there are none or too many. */
static gsize
read_name (const char *p, char *name, gsize size, gboolean lower)
{
  gsize n = 0;

  while (g_ascii_isalnum (p[n])) {
    if (n + 1 >= size)
      return 0;
    name[n] = lower ? g_ascii_tolower (p[n]) : p[n];
    n++;
  }
  name[n] = '\0';
  return n;
}

static gsize
read_number (const char *p, gunichar *character)
{
  const gboolean is_hex = p[2] == 'x' || p[2] == 'X';
  const char *digits = p + (is_hex ? 3 : 2);
  const char *q = digits;
  guint64 value = 0;

  for (; is_hex ? g_ascii_isxdigit (*q) : g_ascii_isdigit (*q); q++)
    value = MIN (value * (is_hex ? 16 : 10) + (guint64)g_ascii_xdigit_value (*q), 0x110000);
  if (q == digits)
    return 0;
  if (value >= 128 && value < 160)
    value = windows_characters[value - 128];
  *character = value > 0 && value < 0x110000 && g_unichar_validate ((gunichar)value)
                   ? (gunichar)value
                   : 0xFFFD;
  return (gsize)(q - p) + (*q == ';' ? 1 : 0);
}

/* Length of the entity at @p ("&…"), 0 when it is none. */
static gsize
read_entity (const char *p, gunichar *character)
{
  char name[10];
  const Entity *entity;
  gsize n;

  if (p[1] == '#')
    return read_number (p, character);
  n = read_name (p + 1, name, sizeof name, FALSE);
  if (n == 0 || p[1 + n] != ';')
    return 0;
  entity = bsearch (name, entities, G_N_ELEMENTS (entities), sizeof entities[0], compare_entity);
  if (entity == NULL)
    return 0;
  *character = entity->character;
  return n + 2;
}

/* Length of the tag at @p ("<…"), 0 when it is no tag. A '>' inside quotes does not end it.
 * @next_end: the nearest '>' after an earlier place, or the end of the text; kept up to date, so
 * that a row of "<" without any '>' costs nothing. */
static gsize
measure_tag (const char *p, const char **next_end)
{
  char quote = '\0';

  if (*next_end == NULL || *next_end < p) {
    const char *end = strchr (p, '>');

    *next_end = end != NULL ? end : p + strlen (p);
  }
  if (**next_end == '\0' || *next_end - p >= MAX_TAG)
    return 0;
  for (gsize i = 1; i < MAX_TAG && p[i] != '\0'; i++) {
    if (quote != '\0') {
      if (p[i] == quote)
        quote = '\0';
    } else if (p[i] == '>') {
      return i + 1;
    } else if ((p[i] == '"' || p[i] == '\'') && p[i - 1] == '=') {
      quote = p[i];
    }
  }
  return (gsize)(*next_end - p) + 1; /* a quote that is never closed */
}

static const Tag *
find_tag (const char *p)
{
  char name[12];

  if (*p == '/')
    p++;
  if (read_name (p, name, sizeof name, TRUE) == 0)
    return NULL;
  return bsearch (name, tags, G_N_ELEMENTS (tags), sizeof tags[0], compare_tag);
}

/* Where reading goes on after a hidden element whose start tag ends at @p. */
static const char *
skip_hidden (const char *p, const char *name)
{
  gsize length = strlen (name);

  for (const char *q = strstr (p, "</"); q != NULL; q = strstr (q + 2, "</")) {
    if (g_ascii_strncasecmp (q + 2, name, length) == 0 && !g_ascii_isalnum (q[2 + length])) {
      const char *end = strchr (q, '>');

      return end != NULL ? end + 1 : q + strlen (q);
    }
  }
  return p + strlen (p);
}

static void
break_line (GString *out, guint n_wanted)
{
  guint n = 0;

  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  while (n < out->len && out->str[out->len - 1 - n] == '\n')
    n++;
  if (out->len == 0)
    return;
  for (; n < n_wanted; n++)
    g_string_append_c (out, '\n');
}

static void
add_space (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ' && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ' ');
}

static void
add_tag (GString *out, const Tag *tag, gboolean is_end)
{
  switch (tag->kind) {
  case TAG_BREAK:
    /* <br><br> makes an empty line, </div></div> does not. */
    if (strcmp (tag->name, "br") == 0 && out->len > 0)
      g_string_append_c (out, '\n');
    else
      break_line (out, 1);
    break;
  case TAG_PARAGRAPH:
    break_line (out, 2);
    break;
  case TAG_ITEM:
    break_line (out, 1);
    if (!is_end)
      g_string_append (out, "– ");
    break;
  case TAG_CELL:
    add_space (out);
    break;
  case TAG_INLINE:
  case TAG_HIDDEN:
    break;
  }
}

/* Takes the markup at @p ("<…") and gives where reading goes on; @p itself when it is a "<". */
static const char *
take_markup (GString *out, const char *p, const char **next_end)
{
  const Tag *tag;
  gsize length;

  if (g_str_has_prefix (p, "<!--")) {
    const char *end = strstr (p + 4, "-->");

    return end != NULL ? end + 3 : p + strlen (p);
  }
  if (!g_ascii_isalpha (p[1]) && p[1] != '/' && p[1] != '!' && p[1] != '?')
    return p;
  length = measure_tag (p, next_end);
  if (length == 0)
    return p;
  tag = find_tag (p + 1);
  if (tag != NULL) {
    if (tag->kind == TAG_HIDDEN && p[1] != '/' && p[length - 2] != '/')
      return skip_hidden (p + length, tag->name);
    add_tag (out, tag, p[1] == '/');
  }
  return p + length;
}

char *
lykta_html_to_text (const char *html)
{
  GString *out = g_string_sized_new (256);
  const char *next_end = NULL;

  for (const char *p = html; *p != '\0';) {
    gunichar character = 0;
    gsize length = 0;

    if (*p == '<') {
      const char *next = take_markup (out, p, &next_end);

      if (next != p) {
        p = next;
        continue;
      }
    } else if (*p == '&') {
      length = read_entity (p, &character);
    } else if (g_ascii_isspace (*p)) {
      add_space (out);
      p++;
      continue;
    }
    if (length > 0) {
      g_string_append_unichar (out, character);
      p += length;
    } else {
      g_string_append_c (out, *p++);
    }
  }
  return g_string_free (out, FALSE);
}

gboolean
lykta_html_is_likely (const char *text)
{
  const char *next_end = NULL;

  for (const char *p = strpbrk (text, "<&"); p != NULL; p = strpbrk (p + 1, "<&")) {
    gunichar character;

    if (*p == '&') {
      if (p[1] != '#' && read_entity (p, &character) > 0)
        return TRUE;
      continue;
    }
    if (g_str_has_prefix (p, "<!--") || g_ascii_strncasecmp (p, "<!doctype html", 14) == 0)
      return TRUE;
    if (find_tag (p + 1) != NULL && measure_tag (p, &next_end) > 0)
      return TRUE;
  }
  return FALSE;
}
