/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-handout-setter.h"

#include "text/lykta-language.h"

/* Between a drawing and its word, and between two facts. */
#define ICON_GAP 3.0
#define FACT_GAP 11.0

LyktaHandoutSetter
lykta_handout_setter (LyktaType *type, LyktaCatalogue *words, LyktaCatalogue *second)
{
  LyktaHandoutSetter self = {.type = type, .words = words, .second = second};
  const char *language = lykta_catalogue_get_language (words);

  if (second != NULL && lykta_catalogue_get_language (second) == language)
    self.second = NULL;
  self.scale = 1;
  self.is_rtl = lykta_language_is_rtl (language);
  return self;
}

/* Arabic and Ethiopic letters are smaller on their body than Latin ones: even that out. */
static double
get_factor (const char *language)
{
  if (lykta_language_is_rtl (language))
    return 1.12;
  if (g_strcmp0 (language, "ti") == 0 || g_strcmp0 (language, "am") == 0)
    return 1.06;
  return 1.0;
}

/* Pictures and what joins them: they carry no word. */
static gboolean
is_picture (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_OTHER_SYMBOL:
  case G_UNICODE_MODIFIER_SYMBOL:
  case G_UNICODE_UNASSIGNED:
  case G_UNICODE_PRIVATE_USE:
    return TRUE;
  default:
    return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x20E3;
  }
}

/* (transfer full) */
static char *
without_pictures (const char *text)
{
  GString *kept = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!is_picture (c) && !(c == ' ' && g_str_has_suffix (kept->str, " ")))
      g_string_append_unichar (kept, c);
  }
  return g_strstrip (g_string_free (kept, FALSE));
}

PangoLayout *
lykta_handout_set (const LyktaHandoutSetter *self,
                   const char *language,
                   const char *text,
                   const LyktaHandoutLook *look,
                   double width)
{
  const LyktaTypeStyle style = {
      .size = look->size * get_factor (language) * self->scale,
      .is_bold = look->is_bold,
      .language = language,
      .width = width,
      .side = self->is_rtl ? LYKTA_SIDE_RIGHT : LYKTA_SIDE_LEFT,
  };
  PangoLayout *layout = lykta_type_set (self->type, text, &style);

  if (pango_layout_get_unknown_glyphs_count (layout) > 0) {
    g_autofree char *kept = without_pictures (text);

    g_object_unref (layout);
    layout = lykta_type_set (self->type, kept, &style);
  }
  return layout;
}

void
lykta_handout_add (const LyktaHandoutSetter *self,
                   LyktaBlock *block,
                   double x,
                   double width,
                   const char *language,
                   const char *text,
                   const LyktaHandoutLook *look)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (text == NULL)
    return;
  layout = lykta_handout_set (self, language, text, look, width);
  lykta_block_add_text (block, layout, x, lykta_block_get_height (block), look->ink);
}

void
lykta_handout_add_pair (const LyktaHandoutSetter *self,
                        LyktaBlock *block,
                        double x,
                        double width,
                        char *first,
                        char *second,
                        const LyktaHandoutLook *look,
                        const LyktaHandoutLook *second_look)
{
  lykta_handout_add (self, block, x, width, lykta_catalogue_get_language (self->words), first,
                     look);
  if (second != NULL && g_strcmp0 (first, second) != 0) {
    /* Large Arabic letters reach below their line. */
    if (first != NULL && look->size >= 12)
      lykta_block_set_height (block,
                              lykta_block_get_height (block) + look->size * self->scale * 0.12);
    lykta_handout_add (self, block, x, width, lykta_catalogue_get_language (self->second), second,
                       second_look);
  }
  g_free (first);
  g_free (second);
}

void
lykta_handout_add_facts (const LyktaHandoutSetter *self,
                         LyktaBlock *block,
                         double x,
                         double width,
                         GArray *facts,
                         const LyktaHandoutLook *look)
{
  const char *language = lykta_catalogue_get_language (self->words);
  double top = lykta_block_get_height (block), used = 0, line = 0;
  double icon = look->size * 1.25 * self->scale;

  for (guint i = 0; i < facts->len; i++) {
    const LyktaHandoutFact *fact = &g_array_index (facts, LyktaHandoutFact, i);
    g_autoptr (PangoLayout) word = lykta_handout_set (self, language, fact->word, look, 0);
    double word_width, word_height, whole;

    lykta_type_get_size (word, &word_width, &word_height);
    whole = icon + ICON_GAP + word_width;
    if (used > 0 && used + whole > width) {
      top += line;
      used = line = 0;
    }
    lykta_block_add_pictogram (block, fact->icon, self->is_rtl ? x + width - used - icon : x + used,
                               top + (word_height - icon) / 2, icon, look->ink);
    lykta_block_add_text (block, word,
                          self->is_rtl ? x + width - used - whole : x + used + icon + ICON_GAP, top,
                          look->ink);
    used += whole + FACT_GAP;
    line = MAX (line, word_height);
  }
}
