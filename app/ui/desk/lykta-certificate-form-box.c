/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-certificate-form-box.h"

#include <string.h>

#include "text/lykta-gettext.h"
#include "ui/desk/lykta-certificate-words.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-fact.h"
#include "ui/widgets/lykta-wrap-box.h"

#define FIELD(suffix) LYKTA_CERTIFICATE_FIELD_##suffix
#define MAX_FIELDS    14
#define DATE_EXAMPLE  "2026-11-24"

typedef enum {
  SECTION_PARTICIPANT,
  SECTION_VALIDITY,
  SECTION_ACTIVITY,
  SECTION_PLACE,
  SECTION_ORGANISER,
  N_SECTIONS,
} SectionId;

struct _LyktaCertificateFormBox {
  GtkBox parent_instance;

  LyktaCertificateDesk *desk; /* (owned) */

  /* borrowed: children */
  LyktaFormRow *rows[LYKTA_CERTIFICATE_N_FIELDS]; /* (nullable) */
  GtkWidget *chips[4];                            /* purposes, in order of their bits */
  GtkWidget *expanders[N_SECTIONS];               /* (nullable) */
  GtkWidget *refusal;

  gboolean was_touched[LYKTA_CERTIFICATE_N_FIELDS];
  gboolean is_updating; /* the program writes into the controls, not the person */
};

G_DEFINE_FINAL_TYPE (LyktaCertificateFormBox, lykta_certificate_form_box, GTK_TYPE_BOX)

static const LyktaCertificateUse uses[] = {LYKTA_CERTIFICATE_USE_TRAVEL,
                                           LYKTA_CERTIFICATE_USE_PARTICIPATION,
                                           LYKTA_CERTIFICATE_USE_MOBILE_DATA};

/* The fields of each part, in the order of the page; the last is FIELD (ACTIVITY). */
static const struct {
  gboolean is_folded;
  LyktaCertificateField fields[MAX_FIELDS];
} sections[N_SECTIONS] = {
    [SECTION_PARTICIPANT] = {FALSE,
                             {FIELD (HOLDER_NAME), FIELD (LMA_NUMBER), FIELD (BIRTH_DATE),
                              FIELD (USE)}},
    [SECTION_VALIDITY] = {FALSE, {FIELD (ISSUE_DATE), FIELD (VALID_TO), FIELD (SIGNATORY)}},
    [SECTION_ACTIVITY] = {TRUE, {FIELD (ACTIVITY_NAME), FIELD (PURPOSES)}},
    [SECTION_PLACE] = {TRUE,
                       {FIELD (ATTENDANCE), FIELD (PLACE), FIELD (STREET), FIELD (POSTCODE),
                        FIELD (TOWN), FIELD (MUNICIPALITY), FIELD (COUNTY), FIELD (SCHEDULE),
                        FIELD (PERIOD_FROM), FIELD (PERIOD_TO), FIELD (N_OCCASIONS)}},
    [SECTION_ORGANISER] = {TRUE,
                           {FIELD (ORGANISER), FIELD (ORGANISATION_NUMBER), FIELD (BASIS),
                            FIELD (BASIS_REFERENCE), FIELD (BASIS_COUNTY), FIELD (BASIS_FROM),
                            FIELD (BASIS_TO), FIELD (CONTACT_NAME), FIELD (CONTACT_PHONE),
                            FIELD (CONTACT_EMAIL)}},
};

static const char *
get_heading (SectionId section)
{
  switch (section) {
  case SECTION_PARTICIPANT:
    return C_ ("certificate", "Participant");
  case SECTION_VALIDITY:
    return C_ ("certificate", "Validity");
  case SECTION_ACTIVITY:
    return C_ ("certificate", "Activity");
  case SECTION_PLACE:
    return C_ ("certificate", "Place and time");
  case SECTION_ORGANISER:
  default:
    return C_ ("certificate", "Organiser");
  }
}

static LyktaCertificateField
field_of (GtkWidget *control)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (control), "lykta-field"));
}

static void
on_entry_changed (GtkEditable *entry, LyktaCertificateFormBox *self)
{
  if (!self->is_updating)
    lykta_certificate_desk_set_field (self->desk, field_of (GTK_WIDGET (entry)),
                                      gtk_editable_get_text (entry));
}

static void
on_choice_selected (GtkDropDown *choice, GParamSpec *pspec, LyktaCertificateFormBox *self)
{
  LyktaCertificateField field = field_of (GTK_WIDGET (choice));
  guint selected = gtk_drop_down_get_selected (choice);
  const char *token = NULL;

  if (self->is_updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  self->was_touched[field] = TRUE;
  if (field == FIELD (USE))
    token = lykta_certificate_use_to_token (uses[selected]);
  else if (field == FIELD (BASIS) && selected > 0)
    token = lykta_basis_to_token (selected);
  else if (field == FIELD (ATTENDANCE) && selected > 0)
    token = lykta_attendance_to_token (selected);
  lykta_certificate_desk_set_field (self->desk, field, token);
}

static void
on_chip_toggled (LyktaCertificateFormBox *self)
{
  g_autoptr (GString) tokens = g_string_new (NULL);

  if (self->is_updating)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->chips); i++) {
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->chips[i])))
      g_string_append_printf (tokens, "%s%s", tokens->len > 0 ? "," : "",
                              lykta_purpose_to_token (LYKTA_PURPOSE_SWEDISH << i));
  }
  self->was_touched[FIELD (PURPOSES)] = TRUE;
  lykta_certificate_desk_set_field (self->desk, FIELD (PURPOSES), tokens->str);
}

static gboolean
has_focus (GtkWidget *control)
{
  return (gtk_widget_get_state_flags (control) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
update_choice (LyktaCertificateFormBox *self, LyktaCertificateField field, GtkDropDown *choice)
{
  LyktaCertificateForm *form = lykta_certificate_desk_get_form (self->desk);
  guint selected = 0;

  if (field == FIELD (USE)) {
    for (guint i = 0; i < G_N_ELEMENTS (uses); i++) {
      if (uses[i] == lykta_certificate_form_get_use (form))
        selected = i;
    }
  } else if (field == FIELD (BASIS)) {
    selected = lykta_certificate_form_get_basis (form);
  } else {
    selected = lykta_certificate_form_get_attendance (form);
  }
  gtk_drop_down_set_selected (choice, selected);
}

/* Shows what the form holds; what is being written stays as it is written. */
static void
update_control (LyktaCertificateFormBox *self, LyktaCertificateField field, gboolean has_problem)
{
  LyktaCertificateForm *form = lykta_certificate_desk_get_form (self->desk);
  GtkWidget *control = lykta_form_row_get_control (self->rows[field]);
  g_autofree char *text = NULL;

  if (field == FIELD (PURPOSES)) {
    for (guint i = 0; i < G_N_ELEMENTS (self->chips); i++)
      gtk_toggle_button_set_active (
          GTK_TOGGLE_BUTTON (self->chips[i]),
          (lykta_certificate_form_get_purposes (form) & (LYKTA_PURPOSE_SWEDISH << i)) != 0);
  } else if (GTK_IS_DROP_DOWN (control)) {
    update_choice (self, field, GTK_DROP_DOWN (control));
  } else if (!has_focus (control)) {
    text = lykta_certificate_form_dup_field (form, field);
    /* Nonsense stays in sight, so that it can be mended. */
    if (g_strcmp0 (text != NULL ? text : "", gtk_editable_get_text (GTK_EDITABLE (control))) != 0 &&
        (text != NULL || !has_problem))
      gtk_editable_set_text (GTK_EDITABLE (control), text != NULL ? text : "");
  }
}

static void
update_refusal (LyktaCertificateFormBox *self, GArray *problems)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->refusal)) != NULL)
    gtk_box_remove (GTK_BOX (self->refusal), child);
  for (guint i = 0; i < problems->len; i++) {
    const LyktaCertificateProblem *problem = &g_array_index (problems, LyktaCertificateProblem, i);

    if (problem->field == FIELD (ACTIVITY))
      gtk_box_append (
          GTK_BOX (self->refusal),
          lykta_note_new ("circle-x", lykta_certificate_problem_sentence (problem->code), "alert"));
  }
  gtk_widget_set_visible (self->refusal, gtk_widget_get_first_child (self->refusal) != NULL);
}

static void
update (LyktaCertificateFormBox *self)
{
  g_autoptr (GArray) problems = NULL;
  const char *sentences[LYKTA_CERTIFICATE_N_FIELDS] = {NULL};

  if (lykta_certificate_desk_get_form (self->desk) == NULL)
    return;
  problems = lykta_certificate_desk_validate (self->desk);
  for (guint i = problems->len; i > 0; i--) {
    const LyktaCertificateProblem *problem =
        &g_array_index (problems, LyktaCertificateProblem, i - 1);

    sentences[problem->field] = lykta_certificate_problem_sentence (problem->code);
  }
  self->is_updating = TRUE;
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++) {
    if (self->rows[i] == NULL)
      continue;
    update_control (self, i, sentences[i] != NULL);
    lykta_form_row_set_problem (self->rows[i], self->was_touched[i] ? sentences[i] : NULL);
  }
  self->is_updating = FALSE;
  update_refusal (self, problems);
}

static void
on_focus_leave (GtkEventControllerFocus *controller, LyktaCertificateFormBox *self)
{
  GtkWidget *control = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  self->was_touched[field_of (control)] = TRUE;
  update (self);
}

static GtkWidget *
new_choice (LyktaCertificateField field)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (field == FIELD (USE)) {
    for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
      g_ptr_array_add (words, (gpointer)lykta_certificate_use_word (uses[i]));
  } else if (field == FIELD (BASIS)) {
    for (guint i = 0; i <= LYKTA_BASIS_JOBSKILLS; i++)
      g_ptr_array_add (words, (gpointer)lykta_basis_word (i));
  } else {
    for (guint i = 0; i <= LYKTA_ATTENDANCE_MIXED; i++)
      g_ptr_array_add (words, (gpointer)lykta_attendance_word (i));
  }
  g_ptr_array_add (words, NULL);
  return lykta_form_choice_new ((const char *const *)words->pdata);
}

static GtkWidget *
new_purposes (LyktaCertificateFormBox *self)
{
  GtkWidget *box = lykta_wrap_box_new ();

  for (guint i = 0; i < G_N_ELEMENTS (self->chips); i++) {
    LyktaLook look = lykta_look_of_purpose (LYKTA_PURPOSE_SWEDISH << i);

    self->chips[i] = lykta_chip_new (look.icon, look.word, look.style);
    lykta_wrap_box_append (LYKTA_WRAP_BOX (box), self->chips[i]);
    g_signal_connect_object (self->chips[i], "toggled", G_CALLBACK (on_chip_toggled), self,
                             G_CONNECT_SWAPPED);
  }
  return box;
}

static GtkWidget *
new_row (LyktaCertificateFormBox *self, LyktaCertificateField field)
{
  const char *label = lykta_certificate_field_label (field);
  LyktaCertificateKind kind = lykta_certificate_field_get_kind (field);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *row, *control;

  if (field == FIELD (PURPOSES)) {
    row = lykta_form_row_new (label, new_purposes (self));
  } else if (kind == LYKTA_CERTIFICATE_KIND_CHOICE) {
    row = lykta_form_row_new (label, new_choice (field));
  } else {
    row =
        lykta_form_row_new_entry (label, kind == LYKTA_CERTIFICATE_KIND_DATE
                                             ? DATE_EXAMPLE
                                             : (field == FIELD (LMA_NUMBER) ? "12-345678" : NULL));
  }
  control = lykta_form_row_get_control (LYKTA_FORM_ROW (row));
  g_object_set_data (G_OBJECT (control), "lykta-field", GUINT_TO_POINTER (field));
  if (GTK_IS_EDITABLE (control))
    g_signal_connect_object (control, "changed", G_CALLBACK (on_entry_changed), self, 0);
  else if (GTK_IS_DROP_DOWN (control))
    g_signal_connect_object (control, "notify::selected", G_CALLBACK (on_choice_selected), self, 0);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_leave), self, 0);
  gtk_widget_add_controller (control, focus);
  self->rows[field] = LYKTA_FORM_ROW (row);
  return row;
}

static GtkWidget *
new_section (LyktaCertificateFormBox *self, SectionId id)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = lykta_heading_new (get_heading (id));

  gtk_widget_add_css_class (frame, "surface");
  for (guint i = 0; i < MAX_FIELDS && sections[id].fields[i] != FIELD (ACTIVITY); i++)
    gtk_box_append (GTK_BOX (rows), new_row (self, sections[id].fields[i]));
  if (sections[id].is_folded) {
    GtkWidget *expander = gtk_expander_new (NULL);

    gtk_expander_set_label_widget (GTK_EXPANDER (expander), heading);
    gtk_widget_set_margin_top (rows, 12);
    gtk_expander_set_child (GTK_EXPANDER (expander), rows);
    gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    get_heading (id), -1);
    gtk_box_append (GTK_BOX (frame), expander);
    self->expanders[id] = expander;
  } else {
    gtk_box_append (GTK_BOX (frame), heading);
    gtk_box_append (GTK_BOX (frame), rows);
  }
  return frame;
}

/* Unfolds what has something wrong in it. */
static void
unfold_problems (LyktaCertificateFormBox *self, GArray *problems)
{
  for (guint id = 0; id < N_SECTIONS; id++) {
    for (guint i = 0; self->expanders[id] != NULL && i < MAX_FIELDS; i++) {
      for (guint j = 0; j < problems->len; j++) {
        LyktaCertificateField field = g_array_index (problems, LyktaCertificateProblem, j).field;

        if (field != FIELD (ACTIVITY) && sections[id].fields[i] == field)
          gtk_expander_set_expanded (GTK_EXPANDER (self->expanders[id]), TRUE);
      }
    }
  }
}

static void
lykta_certificate_form_box_dispose (GObject *object)
{
  LyktaCertificateFormBox *self = LYKTA_CERTIFICATE_FORM_BOX (object);
  GtkWidget *child;

  /* Leaving the screen moves the focus; that is nobody's doing. */
  self->is_updating = TRUE;
  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  memset (self->rows, 0, sizeof self->rows);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (lykta_certificate_form_box_parent_class)->dispose (object);
}

static void
lykta_certificate_form_box_class_init (LyktaCertificateFormBoxClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_certificate_form_box_dispose;
}

static void
lykta_certificate_form_box_init (LyktaCertificateFormBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 16);
}

GtkWidget *
lykta_certificate_form_box_new (LyktaCertificateDesk *desk)
{
  LyktaCertificateFormBox *self;
  g_autoptr (GArray) problems = NULL;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (desk), NULL);
  g_return_val_if_fail (lykta_certificate_desk_get_form (desk) != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_CERTIFICATE_FORM_BOX, NULL);
  self->desk = g_object_ref (desk);
  self->refusal = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (self), self->refusal);
  for (guint id = 0; id < N_SECTIONS; id++)
    gtk_box_append (GTK_BOX (self), new_section (self, id));
  problems = lykta_certificate_desk_validate (desk);
  unfold_problems (self, problems);
  update (self);
  g_signal_connect_object (desk, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

gboolean
lykta_certificate_form_box_show_problems (LyktaCertificateFormBox *self)
{
  g_autoptr (GArray) problems = NULL;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_FORM_BOX (self), FALSE);

  problems = lykta_certificate_desk_validate (self->desk);
  memset (self->was_touched, TRUE, sizeof self->was_touched);
  unfold_problems (self, problems);
  update (self);
  for (guint i = 0; i < problems->len; i++) {
    LyktaFormRow *row = self->rows[g_array_index (problems, LyktaCertificateProblem, i).field];

    if (row != NULL) {
      gtk_widget_grab_focus (lykta_form_row_get_control (row));
      break;
    }
  }
  return problems->len > 0;
}

LyktaFormRow *
lykta_certificate_form_box_get_row (LyktaCertificateFormBox *self, LyktaCertificateField field)
{
  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_FORM_BOX (self), NULL);
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, NULL);

  return self->rows[field];
}
