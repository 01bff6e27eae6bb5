/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-certificate-furniture.h"

#include "text/lykta-language.h"

/* Swedish is set a little larger than its help and gets a little more room. */
#define COLUMN_GAP    20.0
#define SWEDISH_WIDTH 266.0
#define HELP_WIDTH    (TEXT_WIDTH - COLUMN_GAP - SWEDISH_WIDTH)
#define BAND_HEIGHT   25.0
#define BAND_PADDING  10.0
/* Of the line for a number by hand, and between its label and it. */
#define SERIAL_WIDTH     90.0
#define SERIAL_GAP       6.0
#define MAX_SERIAL_CHARS 24
#define LYKTA_SIZE_FOOT  8.0

#define TEXT(suffix) LYKTA_CERTIFICATE_TEXT_##suffix

static gboolean
is_draft (LyktaCertificateMaker *self)
{
  return (self->flags & LYKTA_CERTIFICATE_PAGE_DRAFT) != 0;
}

/* Swedish on the left half, help on the right half. */
static LyktaBlock *
make_columns (LyktaCertificateMaker *self,
              LyktaCertificateText text,
              double size,
              gboolean is_bold,
              LyktaInk ink)
{
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  const char *help = lykta_certificate_text_help (text, self->setter.second);
  double width = help != NULL ? SWEDISH_WIDTH : TEXT_WIDTH;
  g_autoptr (PangoLayout) swedish =
      lykta_setter_set (&self->setter, lykta_certificate_text_swedish (text), size, is_bold, width);

  lykta_block_begin_tag (block, "P");
  lykta_block_add_text (block, swedish, 0, 0, ink);
  if (help != NULL) {
    g_autoptr (PangoLayout) layout =
        lykta_setter_set_help (&self->setter, help, size - 1, HELP_WIDTH);
    double drop = lykta_type_get_baseline (swedish) - lykta_type_get_baseline (layout);

    lykta_block_add_text (block, layout, SWEDISH_WIDTH + COLUMN_GAP, drop, LYKTA_INK_SOFT);
  }
  lykta_block_end_tag (block, "P");
  return g_steal_pointer (&block);
}

static double
get_help_x (LyktaCertificateMaker *self, double help_width)
{
  return lykta_language_is_rtl (self->setter.language) ? TEXT_WIDTH - help_width : 0;
}

/* "UTKAST – gäller inte", and what else must be known before anything else. */
static LyktaBlock *
make_band (LyktaCertificateMaker *self)
{
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  g_autoptr (GString) swedish = g_string_new (NULL);
  g_autoptr (GString) help = g_string_new (NULL);
  const LyktaCertificateText texts[] = {TEXT (DRAFT), TEXT (SAMPLE)};
  const gboolean shown[] = {is_draft (self), lykta_certificate_form_is_sample (self->form)};
  g_autoptr (PangoLayout) layout = NULL;
  double height;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *translated = lykta_certificate_text_help (texts[i], self->setter.second);

    if (!shown[i])
      continue;
    g_string_append_printf (swedish, "%s%s", swedish->len > 0 ? "   ·   " : "",
                            lykta_certificate_text_swedish (texts[i]));
    if (translated != NULL)
      g_string_append_printf (help, "%s%s", help->len > 0 ? "  ·  " : "", translated);
  }
  if (swedish->len == 0)
    return NULL;
  layout = lykta_setter_set (&self->setter, swedish->str, LYKTA_SIZE_HEADING, TRUE, 0);
  lykta_type_get_size (layout, NULL, &height);
  lykta_block_add_box (block, 0, 0, TEXT_WIDTH, BAND_HEIGHT, LYKTA_INK_WARNING);
  lykta_block_begin_tag (block, "P");
  lykta_block_add_text (block, layout, 10, (BAND_HEIGHT - height) / 2, LYKTA_INK_WHITE);
  if (help->len > 0) {
    g_autoptr (PangoLayout) beside =
        lykta_setter_set_help (&self->setter, help->str, LYKTA_SIZE_TEXT, 0);
    double width;

    lykta_type_get_size (beside, &width, &height);
    lykta_block_add_text (block, beside, TEXT_WIDTH - 10 - width, (BAND_HEIGHT - height) / 2,
                          LYKTA_INK_WHITE);
  }
  lykta_block_end_tag (block, "P");
  lykta_block_set_height (block, BAND_HEIGHT);
  return g_steal_pointer (&block);
}

static char *
dup_serial (LyktaCertificateMaker *self)
{
  const char *serial = lykta_certificate_form_get_text (self->form, LYKTA_CERTIFICATE_FIELD_SERIAL);

  if (is_draft (self))
    return g_strdup ("UTKAST");
  return serial != NULL
             ? g_utf8_substring (serial, 0, MIN (g_utf8_strlen (serial, -1), MAX_SERIAL_CHARS))
             : NULL;
}

/* Label, help and number at the right end of a line; a ruled line on blanks. */
static void
add_serial (LyktaCertificateMaker *self, LyktaBlock *block, double top)
{
  g_autofree char *serial = dup_serial (self);
  const char *help = lykta_certificate_text_help (TEXT (SERIAL), self->setter.second);
  g_autoptr (PangoLayout) label = lykta_setter_set (
      &self->setter, lykta_certificate_text_swedish (TEXT (SERIAL)), LYKTA_SIZE_LABEL, TRUE, 0);
  g_autoptr (PangoLayout) value =
      lykta_setter_set (&self->setter, serial != NULL ? serial : "", LYKTA_SIZE_LABEL, FALSE, 0);
  double baseline = top + lykta_type_get_baseline (label), width = SERIAL_WIDTH, x = TEXT_WIDTH;

  if (serial != NULL)
    lykta_type_get_size (value, &width, NULL);
  x -= width;
  if (serial != NULL)
    lykta_block_add_text (block, value, x, top, LYKTA_INK_TEXT);
  else
    lykta_block_add_rule (block, x, baseline + 1, width, 0.6, LYKTA_INK_SOFT);
  if (help != NULL) {
    g_autoptr (PangoLayout) layout =
        lykta_setter_set_help (&self->setter, help, LYKTA_SIZE_LABEL, 0);

    lykta_type_get_size (layout, &width, NULL);
    x -= width + SERIAL_GAP;
    lykta_block_add_text (block, layout, x, baseline - lykta_type_get_baseline (layout),
                          LYKTA_INK_SOFT);
  }
  lykta_type_get_size (label, &width, NULL);
  lykta_block_add_text (block, label, x - width - SERIAL_GAP, top, LYKTA_INK_SOFT);
}

static void
add_title (LyktaCertificateMaker *self, LyktaBlock *block)
{
  g_autoptr (PangoLayout) title =
      lykta_setter_set (&self->setter, lykta_certificate_text_swedish (TEXT (TITLE)),
                        LYKTA_SIZE_TITLE, TRUE, TEXT_WIDTH);
  const char *help = lykta_certificate_text_help (TEXT (TITLE), self->setter.second);
  double top = lykta_block_get_height (block), title_width;

  lykta_type_get_size (title, &title_width, NULL);
  lykta_block_begin_tag (block, "H1");
  lykta_block_add_text (block, title, -1, top, LYKTA_INK_ACCENT);
  if (help != NULL) {
    g_autoptr (PangoLayout) layout =
        lykta_setter_set_help (&self->setter, help, LYKTA_SIZE_NAME, 0);
    double width, drop;

    lykta_type_get_size (layout, &width, NULL);
    drop = lykta_type_get_baseline (title) - lykta_type_get_baseline (layout);
    if (title_width + COLUMN_GAP + width <= TEXT_WIDTH)
      lykta_block_add_text (block, layout, TEXT_WIDTH - width, top + drop, LYKTA_INK_SOFT);
    else
      lykta_block_add_text (block, layout, get_help_x (self, width), lykta_block_get_height (block),
                            LYKTA_INK_SOFT);
  }
  lykta_block_end_tag (block, "H1");
}

LyktaBlock *
lykta_certificate_make_header (LyktaCertificateMaker *self)
{
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  g_autoptr (LyktaBlock) band = make_band (self);
  g_autoptr (LyktaBlock) statement =
      make_columns (self, TEXT (STATEMENT), LYKTA_SIZE_VALUE, FALSE, LYKTA_INK_TEXT);
  g_autoptr (PangoLayout) kicker = lykta_setter_set (
      &self->setter, "Tidiga insatser för asylsökande", LYKTA_SIZE_LABEL, TRUE, 0);
  double scale = self->setter.scale, top;

  if (band != NULL)
    lykta_block_add_block (block, band, 0, 0);
  else
    lykta_block_add_rule (block, 0, 0, TEXT_WIDTH, 3, LYKTA_INK_ACCENT);
  top = lykta_block_get_height (block) + 6 * scale;
  lykta_block_begin_tag (block, "P");
  lykta_block_add_text (block, kicker, 0, top, LYKTA_INK_SOFT);
  add_serial (self, block, top);
  lykta_block_end_tag (block, "P");
  lykta_block_set_height (block, lykta_block_get_height (block) + 8 * scale);
  add_title (self, block);
  lykta_block_add_block (block, statement, 0, lykta_block_get_height (block) + 5 * scale);
  return g_steal_pointer (&block);
}

/* The head of a second page. */
LyktaBlock *
lykta_certificate_make_running_header (LyktaCertificateMaker *self)
{
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  g_autoptr (LyktaBlock) band = make_band (self);
  g_autoptr (PangoLayout) title = lykta_setter_set (
      &self->setter, lykta_certificate_text_swedish (TEXT (TITLE)), LYKTA_SIZE_LABEL, TRUE, 0);
  double top;

  if (band != NULL)
    lykta_block_add_block (block, band, 0, 0);
  else
    lykta_block_add_rule (block, 0, 0, TEXT_WIDTH, 3, LYKTA_INK_ACCENT);
  top = lykta_block_get_height (block);
  lykta_block_begin_tag (block, "P");
  lykta_block_add_text (block, title, 0, top + 8, LYKTA_INK_SOFT);
  add_serial (self, block, top + 8);
  lykta_block_end_tag (block, "P");
  return g_steal_pointer (&block);
}

static void
add_page_number (LyktaCertificateMaker *self, LyktaBlock *block, guint index, guint n_pages)
{
  g_autofree char *number = g_strdup_printf ("Sida %u av %u", index + 1, n_pages);
  g_autoptr (PangoLayout) layout =
      lykta_setter_set (&self->setter, number, LYKTA_SIZE_LABEL, FALSE, 0);
  double width;

  lykta_type_get_size (layout, &width, NULL);
  lykta_block_begin_tag (block, "P");
  lykta_block_add_text (block, layout, TEXT_WIDTH - width, lykta_block_get_height (block) + 1,
                        LYKTA_INK_SOFT);
  lykta_block_end_tag (block, "P");
}

/* What everybody must know who holds this page. */
LyktaBlock *
lykta_certificate_make_footer (LyktaCertificateMaker *self, guint index, guint n_pages)
{
  g_autoptr (LyktaBlock) block = lykta_block_new ();
  gboolean is_for_money =
      lykta_certificate_form_get_use (self->form) != LYKTA_CERTIFICATE_USE_PARTICIPATION ||
      (self->flags & LYKTA_CERTIFICATE_PAGE_BLANK) != 0;
  const LyktaCertificateText texts[] = {TEXT (DUTY), TEXT (DECISION), TEXT (HOW_TO_APPLY),
                                        TEXT (BINDING)};

  lykta_block_add_rule (block, 0, 0, TEXT_WIDTH, 1.2, LYKTA_INK_ACCENT);
  lykta_block_set_height (block, 7);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (LyktaBlock) paragraph = NULL;

    if (texts[i] == TEXT (HOW_TO_APPLY) && !is_for_money)
      continue;
    if (texts[i] == TEXT (BINDING) && self->setter.second == NULL)
      continue;
    paragraph = make_columns (self, texts[i], LYKTA_SIZE_FOOT, i == 0,
                              i == 0 ? LYKTA_INK_TEXT : LYKTA_INK_SOFT);
    lykta_block_add_block (block, paragraph, 0, lykta_block_get_height (block));
    lykta_block_set_height (block, lykta_block_get_height (block) + 1.5 * self->setter.scale);
  }
  if (n_pages > 1)
    add_page_number (self, block, index, n_pages);
  return g_steal_pointer (&block);
}
