/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-certificate-sections.h"

#include <math.h>

#include "text/lykta-date-format.h"
#include "text/lykta-language.h"
#include "text/lykta-plain-text.h"

/* The column of headings at the left, and the gap to the right of it. */
#define RAIL_WIDTH 112.0
#define RAIL_GAP   16.0
#define CELL_GAP   16.0
#define ROW_GAP    7.0
/* A longer value is a mistake that the rules refuse; the preview shows its beginning. */
#define MAX_VALUE_CHARS    200
#define SIGNATURE_HEIGHT   24.0
#define MAX_CELLS_IN_A_ROW 3

#define FIELD(suffix) LYKTA_CERTIFICATE_FIELD_##suffix
#define TEXT(suffix)  LYKTA_CERTIFICATE_TEXT_##suffix

/* One section while it is being set. */
typedef struct {
  LyktaSetter *setter;
  LyktaCertificateForm *form;
  gboolean is_blank;
  LyktaBlock *body; /* the rows, in the right-hand column */
  double width;     /* of that column */
  LyktaCell cells[MAX_CELLS_IN_A_ROW];
  guint n_cells;
} Section;

/* Adds to the row that is being made; takes @value and @help. On a filled-in page nothing is shown
 * for what is not known. */
static void
take_cell (
    Section *self, LyktaCertificateText label, double span, double size, char *value, char *help)
{
  if (value == NULL && !self->is_blank) {
    g_free (help);
    return;
  }
  g_assert (self->n_cells < MAX_CELLS_IN_A_ROW);
  self->cells[self->n_cells++] =
      (LyktaCell){.label = label, .value = value, .help = help, .span = span, .size = size};
}

static void
add_choices (Section *self,
             LyktaCertificateText label,
             double span,
             const LyktaCertificateText *choices,
             guint n_choices)
{
  g_assert (self->n_cells < MAX_CELLS_IN_A_ROW);
  self->cells[self->n_cells++] =
      (LyktaCell){.label = label, .span = span, .choices = choices, .n_choices = n_choices};
}

static void
end_row (Section *self)
{
  double x = 0, top = lykta_block_get_height (self->body), gap = CELL_GAP;

  if (self->n_cells == 0)
    return;
  if (self->n_cells == 1)
    self->cells[0].span = 1;
  if (top > 0)
    top += ROW_GAP * self->setter->scale;
  lykta_block_begin_tag (self->body, "TR");
  for (guint i = 0; i < self->n_cells; i++) {
    double cell_width = self->cells[i].span * (self->width + gap) - gap;
    g_autoptr (LyktaBlock) block =
        lykta_setter_make_cell (self->setter, &self->cells[i], cell_width);

    lykta_block_add_block (self->body, block, x, top);
    x += cell_width + gap;
    lykta_cell_clear (&self->cells[i]);
  }
  lykta_block_end_tag (self->body, "TR");
  self->n_cells = 0;
}

static char *
cut (const char *text)
{
  g_autofree char *start = NULL;

  if (text == NULL || g_utf8_strlen (text, -1) <= MAX_VALUE_CHARS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_VALUE_CHARS);
  return g_strconcat (start, "…", NULL);
}

static char *
dup_text (Section *self, LyktaCertificateField field)
{
  return cut (lykta_certificate_form_get_text (self->form, field));
}

static void
add_text (Section *self, LyktaCertificateText label, double span, LyktaCertificateField field)
{
  take_cell (self, label, span, LYKTA_SIZE_VALUE, dup_text (self, field), NULL);
}

static char *
dup_date (Section *self, LyktaCertificateField field)
{
  LyktaDate date = lykta_certificate_form_get_date (self->form, field);

  return lykta_date_is_set (date) ? lykta_date_to_string (date) : NULL;
}

/* A value that is one of the texts, with its help. */
static void
add_named (Section *self, LyktaCertificateText label, double span, LyktaCertificateText value)
{
  take_cell (self, label, span, LYKTA_SIZE_VALUE, g_strdup (lykta_certificate_text_swedish (value)),
             g_strdup (lykta_certificate_text_help (value, self->setter->second)));
}

static void
add_holder (Section *self)
{
  take_cell (self, TEXT (NAME), 1, LYKTA_SIZE_NAME, dup_text (self, FIELD (HOLDER_NAME)), NULL);
  if (self->n_cells > 0 && self->cells[0].value == NULL)
    self->cells[0].writing_height = SIGNATURE_HEIGHT * 0.85;
  end_row (self);
  add_text (self, TEXT (LMA_NUMBER), 0.6, FIELD (LMA_NUMBER));
  take_cell (self, TEXT (BIRTH_DATE), 0.4, LYKTA_SIZE_VALUE, dup_date (self, FIELD (BIRTH_DATE)),
             NULL);
  end_row (self);
}

static void
add_purposes (Section *self)
{
  static const LyktaCertificateText choices[] = {TEXT (PURPOSE_SWEDISH), TEXT (PURPOSE_SOCIETY),
                                                 TEXT (PURPOSE_WORK), TEXT (PURPOSE_HEALTH)};
  LyktaPurposes purposes = lykta_certificate_form_get_purposes (self->form);
  g_autoptr (GString) swedish = g_string_new (NULL);
  g_autoptr (GString) help = g_string_new (NULL);

  if (purposes == LYKTA_PURPOSE_NONE) {
    if (self->is_blank)
      add_choices (self, TEXT (PURPOSE), 1, choices, G_N_ELEMENTS (choices));
    return;
  }
  for (guint bit = LYKTA_PURPOSE_SWEDISH; bit <= LYKTA_PURPOSE_HEALTH; bit <<= 1) {
    LyktaCertificateText text = lykta_certificate_text_of_purpose (bit);
    const char *translated = lykta_certificate_text_help (text, self->setter->second);

    if (!(purposes & bit))
      continue;
    g_string_append_printf (swedish, "%s%s", swedish->len > 0 ? " · " : "",
                            lykta_certificate_text_swedish (text));
    if (translated != NULL)
      g_string_append_printf (help, "%s%s", help->len > 0 ? " · " : "", translated);
  }
  take_cell (self, TEXT (PURPOSE), 1, LYKTA_SIZE_VALUE,
             g_string_free (g_steal_pointer (&swedish), FALSE),
             help->len > 0 ? g_string_free (g_steal_pointer (&help), FALSE) : NULL);
}

static void
add_activity (Section *self)
{
  add_text (self, TEXT (ACTIVITY_NAME), 1, FIELD (ACTIVITY_NAME));
  end_row (self);
  add_purposes (self);
  end_row (self);
}

/* "Name, Street, 123 45 Town, municipality, county" of what is known. */
static char *
dup_address (Section *self)
{
  g_autofree char *postcode = dup_text (self, FIELD (POSTCODE));
  g_autofree char *town = dup_text (self, FIELD (TOWN));
  g_autofree char *municipality = dup_text (self, FIELD (MUNICIPALITY));
  g_autofree char *place = dup_text (self, FIELD (PLACE));
  g_autofree char *street = dup_text (self, FIELD (STREET));
  g_autofree char *county = dup_text (self, FIELD (COUNTY));
  g_autofree char *postal = postcode != NULL && town != NULL
                                ? g_strdup_printf ("%s %s", postcode, town)
                                : g_strdup (town);
  g_autofree char *commune =
      municipality != NULL ? g_strdup_printf ("%s kommun", municipality) : NULL;
  const char *parts[] = {place, street, postal, commune, county};
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i] != NULL)
      g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", parts[i]);
  }
  return line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

static void
add_place (Section *self)
{
  LyktaAttendance attendance = lykta_certificate_form_get_attendance (self->form);
  g_autofree char *address = dup_address (self);
  LyktaCertificateText how = attendance == LYKTA_ATTENDANCE_ONLINE ? TEXT (ONLINE) : TEXT (MIXED);

  if (attendance == LYKTA_ATTENDANCE_UNKNOWN && address == NULL) {
    take_cell (self, TEXT (PLACE), 1, LYKTA_SIZE_VALUE, NULL, NULL);
    end_row (self);
    return;
  }
  if (attendance == LYKTA_ATTENDANCE_ONLINE || address == NULL) {
    add_named (self, TEXT (PLACE), 1, how);
  } else if (attendance == LYKTA_ATTENDANCE_MIXED) {
    take_cell (self, TEXT (PLACE), 1, LYKTA_SIZE_VALUE,
               g_strdup_printf ("%s: %s", lykta_certificate_text_swedish (how), address),
               g_strdup (lykta_certificate_text_help (how, self->setter->second)));
  } else {
    take_cell (self, TEXT (PLACE), 1, LYKTA_SIZE_VALUE, g_steal_pointer (&address), NULL);
  }
  end_row (self);
}

/* Whether an earlier slot has the hours of the one at @index. */
static gboolean
has_same_hours_before (const LyktaCertificateSlot *slots, guint index)
{
  for (guint i = 0; i < index; i++) {
    if (slots[i].start_minute == slots[index].start_minute &&
        slots[i].end_minute == slots[index].end_minute)
      return TRUE;
  }
  return FALSE;
}

/* Between the weekdays of a list. */
static const char *
get_comma (const char *language)
{
  if (lykta_language_is_rtl (language))
    return "، ";
  if (g_str_equal (language, "ti") || g_str_equal (language, "am"))
    return "፣ ";
  return ", ";
}

/* "Monday, Wednesday 18:00–20:00 · Friday 09:00–12:00" in the second language. */
static char *
dup_schedule_help (Section *self)
{
  guint n_slots;
  const LyktaCertificateSlot *slots = lykta_certificate_form_get_slots (self->form, &n_slots);
  const char *language = self->setter->language;
  g_autoptr (GString) help = g_string_new (NULL);

  if (self->setter->second == NULL || n_slots == 0)
    return NULL;
  for (guint i = 0; i < n_slots; i++) {
    const LyktaCertificateSlot *slot = &slots[i];
    g_autofree char *hours =
        g_strdup_printf ("%02d:%02d–%02d:%02d", slot->start_minute / 60, slot->start_minute % 60,
                         slot->end_minute / 60, slot->end_minute % 60);
    g_autofree char *isolated = lykta_isolate_ltr (hours);
    guint n_days = 0;

    if (has_same_hours_before (slots, i))
      continue;
    g_string_append (help, help->len > 0 ? " · " : "");
    for (guint j = i; j < n_slots; j++) {
      g_autofree char *weekday = lykta_format_weekday (language, slots[j].weekday);

      if (slots[j].start_minute == slot->start_minute && slots[j].end_minute == slot->end_minute)
        g_string_append_printf (help, "%s%s", n_days++ > 0 ? get_comma (language) : "", weekday);
    }
    if (slot->start_minute != slot->end_minute)
      g_string_append_printf (help, " %s", isolated);
  }
  return g_string_free (g_steal_pointer (&help), FALSE);
}

static void
add_period (Section *self)
{
  g_autofree char *from = dup_date (self, FIELD (PERIOD_FROM));
  g_autofree char *to = dup_date (self, FIELD (PERIOD_TO));
  const char *open_ended = lykta_certificate_text_swedish (TEXT (OPEN_ENDED));
  char *value = NULL, *help = NULL;

  if (from != NULL && to != NULL) {
    value = g_strdup_printf ("%s – %s", from, to);
  } else if (from != NULL) {
    value = g_strdup_printf ("%s – %s", from, open_ended);
    help = g_strdup (lykta_certificate_text_help (TEXT (OPEN_ENDED), self->setter->second));
  }
  take_cell (self, TEXT (PERIOD), 0.5, LYKTA_SIZE_VALUE, value, help);
}

static void
add_place_and_time (Section *self)
{
  int n = lykta_certificate_form_get_n_occasions (self->form);

  add_place (self);
  take_cell (self, TEXT (SCHEDULE), 1, LYKTA_SIZE_VALUE, dup_text (self, FIELD (SCHEDULE)),
             dup_schedule_help (self));
  end_row (self);
  add_period (self);
  take_cell (self, TEXT (OCCASIONS), 0.5, LYKTA_SIZE_VALUE,
             n >= 0 ? g_strdup_printf ("%d", n) : NULL, NULL);
  end_row (self);
}

/* "2026-03-01 – 2027-02-28"; NULL unless both are known. */
static char *
dup_basis_period (Section *self)
{
  g_autofree char *from = dup_date (self, FIELD (BASIS_FROM));
  g_autofree char *to = dup_date (self, FIELD (BASIS_TO));

  return from != NULL && to != NULL ? g_strdup_printf ("%s – %s", from, to) : NULL;
}

static void
add_basis (Section *self)
{
  static const LyktaCertificateText choices[] = {TEXT (BASIS_AGREEMENT), TEXT (BASIS_GRANT),
                                                 TEXT (BASIS_JOBSKILLS)};
  LyktaBasis basis = lykta_certificate_form_get_basis (self->form);

  if (basis != LYKTA_BASIS_UNKNOWN)
    add_named (self, TEXT (BASIS), 1, lykta_certificate_text_of_basis (basis));
  else if (self->is_blank)
    add_choices (self, TEXT (BASIS), 1, choices, G_N_ELEMENTS (choices));
  end_row (self);
  add_text (self, TEXT (REFERENCE), 0.5, FIELD (BASIS_REFERENCE));
  add_text (self, TEXT (COUNTY), 0.5, FIELD (BASIS_COUNTY));
  end_row (self);
  take_cell (self, TEXT (AGREEMENT_PERIOD), 0.5, LYKTA_SIZE_VALUE, dup_basis_period (self), NULL);
}

/* Name, telephone and e-mail in one line. */
static char *
dup_contact (Section *self)
{
  static const LyktaCertificateField fields[] = {FIELD (CONTACT_NAME), FIELD (CONTACT_PHONE),
                                                 FIELD (CONTACT_EMAIL)};
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *text = dup_text (self, fields[i]);

    if (text != NULL)
      g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", text);
  }
  return line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}

static void
add_organiser (Section *self)
{
  add_text (self, TEXT (ORGANISER_NAME), 0.6, FIELD (ORGANISER));
  add_text (self, TEXT (ORGANISATION_NUMBER), 0.4, FIELD (ORGANISATION_NUMBER));
  end_row (self);
  add_basis (self);
  end_row (self);
  take_cell (self, TEXT (CONTACT), 1, LYKTA_SIZE_VALUE, dup_contact (self), NULL);
  end_row (self);
}

static void
add_validity (Section *self)
{
  static const LyktaCertificateText choices[] = {TEXT (USE_TRAVEL), TEXT (USE_PARTICIPATION)};
  char *issued = dup_date (self, FIELD (ISSUE_DATE)), *valid_to = dup_date (self, FIELD (VALID_TO));

  /* Nobody has chosen a use on an empty form. */
  if (self->is_blank)
    add_choices (self, TEXT (USE), 1, choices, G_N_ELEMENTS (choices));
  else
    add_named (self, TEXT (USE), 1,
               lykta_certificate_text_of_use (lykta_certificate_form_get_use (self->form)));
  end_row (self);
  take_cell (self, TEXT (ISSUED), 0.5, LYKTA_SIZE_NAME, issued, NULL);
  take_cell (self, TEXT (VALID_TO), 0.5, LYKTA_SIZE_NAME, valid_to, NULL);
  end_row (self);
}

/* Always by hand, but for the name of who signs. */
static void
add_signature (Section *self)
{
  gboolean is_blank = self->is_blank;

  self->is_blank = TRUE;
  take_cell (self, TEXT (SIGNATURE_LINE), 1, LYKTA_SIZE_VALUE, NULL, NULL);
  self->cells[0].writing_height = SIGNATURE_HEIGHT;
  end_row (self);
  take_cell (self, TEXT (BLOCK_LETTERS), 0.5, LYKTA_SIZE_VALUE, dup_text (self, FIELD (SIGNATORY)),
             NULL);
  take_cell (self, TEXT (PLACE_AND_DATE), 0.5, LYKTA_SIZE_VALUE, NULL, NULL);
  end_row (self);
  self->is_blank = is_blank;
}

/* Heading in the rail, rows beside it, a thin rule above both. NULL when there are no rows. */
static LyktaBlock *
make_section (LyktaSetter *setter, Section *rows, LyktaCertificateText heading, double width)
{
  g_autoptr (LyktaBlock) block = NULL;
  g_autoptr (PangoLayout) swedish = NULL;
  const char *help = lykta_certificate_text_help (heading, setter->second);
  double top = 6 * setter->scale;

  if (lykta_block_get_height (rows->body) <= 0)
    return NULL;
  block = lykta_block_new ();
  swedish = lykta_setter_set (setter, lykta_certificate_text_swedish (heading), LYKTA_SIZE_HEADING,
                              TRUE, RAIL_WIDTH);
  lykta_block_add_rule (block, 0, 0, width, 0.5, LYKTA_INK_HAIR);
  lykta_block_begin_tag (block, "Sect");
  lykta_block_begin_tag (block, "H2");
  lykta_block_add_text (block, swedish, 0, top - 2, LYKTA_INK_ACCENT);
  if (help != NULL) {
    g_autoptr (PangoLayout) layout =
        lykta_setter_set_help (setter, help, LYKTA_SIZE_TEXT, RAIL_WIDTH);

    /* At the left in every script: it belongs to the heading above it. */
    pango_layout_set_width (layout, -1);
    lykta_block_add_text (block, layout, 0, lykta_block_get_height (block), LYKTA_INK_SOFT);
  }
  lykta_block_end_tag (block, "H2");
  lykta_block_begin_tag (block, "Table");
  lykta_block_add_block (block, rows->body, RAIL_WIDTH + RAIL_GAP, top);
  lykta_block_end_tag (block, "Table");
  lykta_block_end_tag (block, "Sect");
  return g_steal_pointer (&block);
}

GPtrArray *
lykta_certificate_make_sections (LyktaSetter *setter,
                                 LyktaCertificateForm *form,
                                 LyktaCertificatePageFlags flags,
                                 double width)
{
  static const struct {
    LyktaCertificateText heading;
    void (*add) (Section *section);
  } kinds[] = {
      {TEXT (HOLDER), add_holder},
      {TEXT (ACTIVITY), add_activity},
      {TEXT (PLACE_AND_TIME), add_place_and_time},
      {TEXT (ORGANISER), add_organiser},
      {TEXT (CERTIFICATE), add_validity},
      {TEXT (SIGNATURE), add_signature},
  };
  GPtrArray *sections = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_block_free);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (LyktaBlock) body = lykta_block_new ();
    Section section = {
        .setter = setter,
        .form = form,
        .is_blank = (flags & LYKTA_CERTIFICATE_PAGE_BLANK) != 0,
        .body = body,
        .width = width - RAIL_WIDTH - RAIL_GAP,
    };
    LyktaBlock *block;

    kinds[i].add (&section);
    end_row (&section);
    block = make_section (setter, &section, kinds[i].heading, width);
    if (block != NULL)
      g_ptr_array_add (sections, block);
  }
  return sections;
}
