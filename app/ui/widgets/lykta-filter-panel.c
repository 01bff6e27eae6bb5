/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-filter-panel.h"

#include <math.h>

#include "text/lykta-gettext.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-choice.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-fact.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-wrap-box.h"

/* Of the languages spoken, as many as people look through. */
#define MOST_SPOKEN 8

static const double RADII[] = {2, 5, 10, 30};

/* One chip and what it stands for. */
typedef struct {
  LyktaChoice choice;
  LyktaChip *chip; /* (unowned) */
} Entry;

struct _LyktaFilterPanel {
  AdwBin parent_instance;

  /* template */
  GtkWidget *sections;
  GtkWidget *clear_button;

  /* owned */
  LyktaSurroundings *surroundings; /* (nullable) */
  GArray *entries;                 /* (element-type Entry) */
  GArray *radii;                   /* (element-type double) */

  /* borrowed */
  LyktaSession *session;
  LyktaWrapBox *where;
  LyktaWrapBox *spoken;
  GtkWidget *spoken_heading;
  LyktaChip *place; /* opens the choice of a place */

  gboolean is_updating; /* the chips are being set by us, not by a person */
};

G_DEFINE_FINAL_TYPE (LyktaFilterPanel, lykta_filter_panel, ADW_TYPE_BIN)

static void
on_chip_toggled (LyktaFilterPanel *self, GtkToggleButton *chip)
{
  if (self->is_updating)
    return;
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry entry = g_array_index (self->entries, Entry, i);
    if (GTK_TOGGLE_BUTTON (entry.chip) != chip)
      continue;
    lykta_choice_apply (&entry.choice, self->session, gtk_toggle_button_get_active (chip));
    return;
  }
}

static void
show_place (LyktaFilterPanel *self)
{
  const LyktaArea *centre = lykta_session_get_centre (self->session);

  if (centre != NULL) {
    g_autofree char *name = lykta_isolate (centre->name);
    /* Translators: a chip: distances are measured from %s, a municipality. */
    g_autofree char *text = g_strdup_printf (C_ ("chip", "From %s"), name);
    lykta_chip_set_label (self->place, text);
  } else {
    /* Translators: a chip: opens a list of municipalities, to look for activities there. */
    lykta_chip_set_label (self->place, C_ ("chip", "Another place"));
  }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->place), centre != NULL);
}

static void
update (LyktaFilterPanel *self)
{
  LyktaQuery *query = lykta_session_get_query (self->session);

  if (lykta_session_get_screen (self->session) != LYKTA_SCREEN_LIST)
    return;
  self->is_updating = TRUE;
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (entry->chip),
                                  lykta_choice_is_on (&entry->choice, query));
    /* Without a place to measure from there are no distances. */
    if (entry->choice.kind == LYKTA_FILTER_WHERE && entry->choice.tag == NULL)
      gtk_widget_set_visible (GTK_WIDGET (entry->chip), lykta_query_has_position (query));
  }
  show_place (self);
  self->is_updating = FALSE;
  gtk_widget_set_visible (self->clear_button, lykta_query_is_filtered (query));
}

/* ---- building ---- */

static void
add_chip (LyktaFilterPanel *self, LyktaWrapBox *box, const LyktaChoice *choice)
{
  g_autofree char *buffer = NULL;
  const LyktaLook look = lykta_choice_look (choice, self->session, &buffer);
  GtkWidget *chip = lykta_chip_new (look.icon, look.word, look.style);
  const Entry entry = {*choice, LYKTA_CHIP (chip)};

  lykta_chip_set_wraps (LYKTA_CHIP (chip));
  g_array_append_val (self->entries, entry);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip_toggled), self, G_CONNECT_SWAPPED);
  lykta_wrap_box_append (box, chip);
}

static void
add_kind (LyktaFilterPanel *self, LyktaWrapBox *box, LyktaFilterKind kind)
{
  guint n;
  const LyktaChoice *choices = lykta_choices_of (kind, &n);

  for (guint i = 0; i < n; i++)
    add_chip (self, box, &choices[i]);
}

static LyktaWrapBox *
add_section (LyktaFilterPanel *self, const char *heading, GtkWidget **heading_widget)
{
  GtkWidget *box = lykta_wrap_box_new ();
  GtkWidget *label = lykta_heading_new (heading);

  gtk_box_append (GTK_BOX (self->sections), label);
  gtk_box_append (GTK_BOX (self->sections), box);
  if (heading_widget != NULL)
    *heading_widget = label;
  return LYKTA_WRAP_BOX (box);
}

static void
on_place_toggled (LyktaFilterPanel *self)
{
  if (self->is_updating)
    return;
  lykta_session_open_places (self->session);
  update (self);
}

static void
add_where (LyktaFilterPanel *self)
{
  const char *county = lykta_session_get_county (self->session);
  const double own = lykta_surroundings_get_radius (self->surroundings);
  gboolean is_own_there = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (RADII); i++) {
    g_array_append_val (self->radii, RADII[i]);
    is_own_there |= fabs (RADII[i] - own) < 0.01;
  }
  if (!is_own_there)
    g_array_append_val (self->radii, own);
  for (guint i = 0; i < self->radii->len; i++) {
    const LyktaChoice choice = {LYKTA_FILTER_WHERE, 0, g_array_index (self->radii, double, i),
                                NULL};
    add_chip (self, self->where, &choice);
  }
  if (county != NULL) {
    const LyktaChoice choice = {LYKTA_FILTER_WHERE, 0, 0, g_intern_string (county)};
    add_chip (self, self->where, &choice);
  }
  self->place =
      LYKTA_CHIP (lykta_chip_new ("current-location", C_ ("chip", "Another place"), NULL));
  lykta_chip_set_wraps (self->place);
  g_signal_connect_object (self->place, "toggled", G_CALLBACK (on_place_toggled), self,
                           G_CONNECT_SWAPPED);
  lykta_wrap_box_append (self->where, GTK_WIDGET (self->place));
  gtk_widget_set_visible (GTK_WIDGET (self->place),
                          lykta_session_get_gazetteer (self->session) != NULL);
}

static void
add_sections (LyktaFilterPanel *self)
{
  LyktaWrapBox *box;

  /* Translators: heading above morning, afternoon and evening to choose from. */
  box = add_section (self, C_ ("heading", "Time of day"), NULL);
  add_kind (self, box, LYKTA_FILTER_PARTS);
  /* Translators: heading above the purposes to choose from: Swedish, society, work, health. */
  box = add_section (self, _ ("What it is about"), NULL);
  add_kind (self, box, LYKTA_FILTER_PURPOSES);
  /* Translators: heading above distances to choose from. */
  self->where = add_section (self, C_ ("heading", "Where"), NULL);
  add_where (self);
  box = add_section (self, C_ ("fact", "For whom"), NULL);
  add_kind (self, box, LYKTA_FILTER_AUDIENCE);
  add_kind (self, box, LYKTA_FILTER_CHILDREN);
  add_kind (self, box, LYKTA_FILTER_CHILDCARE);
  /* Translators: heading above levels of Swedish to choose from. */
  box = add_section (self, C_ ("heading", "How much Swedish"), NULL);
  add_kind (self, box, LYKTA_FILTER_LEVELS);
  self->spoken = add_section (self, C_ ("fact", "Languages spoken"), &self->spoken_heading);
  gtk_widget_set_visible (self->spoken_heading, FALSE);
  /* Translators: heading above further choices: online, no booking, certificates. */
  box = add_section (self, _ ("What matters to you"), NULL);
  add_kind (self, box, LYKTA_FILTER_ONLINE);
  add_kind (self, box, LYKTA_FILTER_DROP_IN);
  add_kind (self, box, LYKTA_FILTER_CERTIFICATE);
  gtk_box_append (
      GTK_BOX (self->sections),
      lykta_paragraph_new (_ ("The number tells how many dates say so. Others may not have told."),
                           "soft"));
}

/* The languages come with the counts; once there, a chip stays where it is. */
static void
add_spoken (LyktaFilterPanel *self, const LyktaFacets *facets)
{
  const char *present = lykta_query_get_spoken (lykta_session_get_query (self->session));
  const char *own = g_intern_string (lykta_session_get_language (self->session));
  guint n_shown = 0;

  if (gtk_widget_get_first_child (GTK_WIDGET (self->spoken)) != NULL)
    return;
  for (guint i = 0; i < facets->n_spoken; i++) {
    const char *tag = facets->spoken[i].tag;
    const LyktaChoice choice = {LYKTA_FILTER_SPOKEN, 0, 0, tag};
    if (n_shown >= MOST_SPOKEN && tag != own && tag != present)
      continue;
    add_chip (self, self->spoken, &choice);
    n_shown++;
  }
  gtk_widget_set_visible (self->spoken_heading, n_shown > 0);
  update (self);
}

/* ---- class ---- */

static void
on_filter_clear (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_session_clear_filters (LYKTA_FILTER_PANEL (widget)->session);
}

static void
lykta_filter_panel_dispose (GObject *object)
{
  LyktaFilterPanel *self = LYKTA_FILTER_PANEL (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_filter_panel_parent_class)->dispose (object);
}

static void
lykta_filter_panel_finalize (GObject *object)
{
  LyktaFilterPanel *self = LYKTA_FILTER_PANEL (object);

  g_array_unref (self->entries);
  g_array_unref (self->radii);
  G_OBJECT_CLASS (lykta_filter_panel_parent_class)->finalize (object);
}

static void
lykta_filter_panel_class_init (LyktaFilterPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_filter_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = lykta_filter_panel_finalize;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/filter-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaFilterPanel, sections);
  gtk_widget_class_bind_template_child (widget_class, LyktaFilterPanel, clear_button);
  gtk_widget_class_install_action (widget_class, "filter.clear", NULL, on_filter_clear);
}

static void
lykta_filter_panel_init (LyktaFilterPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->radii = g_array_new (FALSE, FALSE, sizeof (double));
}

void
lykta_filter_panel_set_surroundings (LyktaFilterPanel *self, LyktaSurroundings *surroundings)
{
  g_return_if_fail (LYKTA_IS_FILTER_PANEL (self));
  g_return_if_fail (LYKTA_IS_SURROUNDINGS (surroundings));
  g_return_if_fail (self->surroundings == NULL);

  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  add_sections (self);
  update (self);
  g_signal_connect_object (self->session, "notify::query", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::screen", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

guint
lykta_filter_panel_get_n_active (LyktaFilterPanel *self)
{
  guint n = 0;

  g_return_val_if_fail (LYKTA_IS_FILTER_PANEL (self), 0);

  for (guint i = 0; i < self->entries->len; i++)
    if (lykta_choice_is_on (&g_array_index (self->entries, Entry, i).choice,
                            lykta_session_get_query (self->session)))
      n++;
  return n;
}

const double *
lykta_filter_panel_get_radii (LyktaFilterPanel *self, guint *n)
{
  g_return_val_if_fail (LYKTA_IS_FILTER_PANEL (self), NULL);

  *n = self->radii->len;
  return (const double *)(gpointer)self->radii->data;
}

void
lykta_filter_panel_set_counts (LyktaFilterPanel *self, const LyktaFacets *facets)
{
  g_return_if_fail (LYKTA_IS_FILTER_PANEL (self));
  g_return_if_fail (facets != NULL);

  add_spoken (self, facets);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    lykta_chip_set_count (entry->chip, lykta_session_get_language (self->session),
                          lykta_choice_count (&entry->choice, facets,
                                              (const double *)(gpointer)self->radii->data,
                                              self->radii->len));
  }
}
