/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks at XML before the parser does, block by block: a tag of a megabyte costs that one minutes,
 * and a document type lets a document name other files and grow without bound. Zeroed to begin. */
typedef struct {
  int state;
  char quote;     /* that an attribute's value is in */
  char begin[9];  /* of a tag, after "<" */
  gsize n_tag;    /* bytes of it so far */
  guint n_ending; /* how much of "-->", "]]>" or "?>" has just been seen */
} LyktaXmlGuard;

typedef enum {
  LYKTA_XML_SOUND,
  LYKTA_XML_TAG_TOO_LONG,  /* beyond LYKTA_LIMIT_XML_TAG_BYTES */
  LYKTA_XML_DOCUMENT_TYPE, /* <!DOCTYPE, or anything else that only stands inside one */
} LyktaXmlFlaw;

LyktaXmlFlaw lykta_xml_guard_look (LyktaXmlGuard *self, const char *block, gsize n);

G_END_DECLS
