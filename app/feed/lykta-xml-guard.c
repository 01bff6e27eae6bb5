/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "feed/lykta-xml-guard.h"

#include <string.h>

#include "base/lykta-limits.h"

enum { TEXT, TAG, COMMENT, CDATA, INSTRUCTION };

#define CDATA_BEGIN "![CDATA["

static LyktaXmlFlaw
enter (LyktaXmlGuard *self, int state)
{
  self->state = state;
  self->n_ending = 0;
  return LYKTA_XML_SOUND;
}

static LyktaXmlFlaw
look_at_tag (LyktaXmlGuard *self, char c)
{
  if (self->n_tag < sizeof self->begin - 1)
    self->begin[self->n_tag] = c;
  if (++self->n_tag > LYKTA_LIMIT_XML_TAG_BYTES)
    return LYKTA_XML_TAG_TOO_LONG;
  if (self->begin[0] == '?')
    return enter (self, INSTRUCTION);
  if (self->begin[0] == '!') {
    gsize n = MIN (self->n_tag, strlen (CDATA_BEGIN));

    if (self->n_tag == 3 && strncmp (self->begin, "!--", 3) == 0)
      return enter (self, COMMENT);
    if (self->n_tag == strlen (CDATA_BEGIN) && strncmp (self->begin, CDATA_BEGIN, n) == 0)
      return enter (self, CDATA);
    if (strncmp (self->begin, CDATA_BEGIN, n) != 0 &&
        strncmp (self->begin, "!--", MIN (self->n_tag, 3)) != 0)
      return LYKTA_XML_DOCUMENT_TYPE;
    return LYKTA_XML_SOUND;
  }
  if (self->quote != 0)
    self->quote = c == self->quote ? 0 : self->quote;
  else if (c == '"' || c == '\'')
    self->quote = c;
  else if (c == '>')
    return enter (self, TEXT);
  return LYKTA_XML_SOUND;
}

/* Inside of something that ends with @ending, whose first two bytes are equal. */
static void
look_for_ending (LyktaXmlGuard *self, char c, const char *ending)
{
  const gsize n = strlen (ending);

  if (c == ending[self->n_ending])
    self->n_ending++;
  else if (!(self->n_ending == n - 1 && c == ending[0] && n == 3))
    self->n_ending = c == ending[0] ? 1 : 0;
  if (self->n_ending == n)
    enter (self, TEXT);
}

LyktaXmlFlaw
lykta_xml_guard_look (LyktaXmlGuard *self, const char *block, gsize n)
{
  LyktaXmlFlaw flaw = LYKTA_XML_SOUND;

  g_return_val_if_fail (self != NULL && (block != NULL || n == 0), LYKTA_XML_SOUND);

  for (gsize i = 0; i < n && flaw == LYKTA_XML_SOUND; i++) {
    switch (self->state) {
    case TAG:
      flaw = look_at_tag (self, block[i]);
      break;
    case COMMENT:
      look_for_ending (self, block[i], "-->");
      break;
    case CDATA:
      look_for_ending (self, block[i], "]]>");
      break;
    case INSTRUCTION:
      look_for_ending (self, block[i], "?>");
      break;
    case TEXT:
    default:
      if (block[i] == '<') {
        self->state = TAG;
        self->n_tag = 0;
        self->quote = 0;
        memset (self->begin, 0, sizeof self->begin);
      }
      break;
    }
  }
  return flaw;
}
