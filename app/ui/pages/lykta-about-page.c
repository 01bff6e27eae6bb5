/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-about-page.h"

#include "store/lykta-content-reader.h"
#include "text/lykta-catalogue.h"
#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-sentences.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-data-box.h"
#include "ui/widgets/lykta-fact.h"

struct _LyktaAboutPage {
  AdwBin parent_instance;

  /* template */
  GtkWidget *notices;
  AdwBin *data;
  GtkWidget *sources;
  GtkWidget *notes;

  /* owned */
  LyktaSurroundings *surroundings;

  GPtrArray *ids;       /* (element-type utf8) of the sources that are shown */
  GHashTable *progress; /* (element-type utf8 GtkLabel) of sources that are under way */

  /* borrowed */
  LyktaSession *session;
};

G_DEFINE_FINAL_TYPE (LyktaAboutPage, lykta_about_page, ADW_TYPE_BIN)

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* At a kiosk somebody else pays for the line, and nobody stops anything. */
static gboolean
has_data (LyktaAboutPage *self)
{
  return lykta_surroundings_get_data_use (self->surroundings) != NULL &&
         lykta_session_get_mode (self->session) != LYKTA_MODE_KIOSK;
}

static const char *
name_of (LyktaSource *source)
{
  if (lykta_source_is_sample (source))
    return _ ("Built-in examples");
  /* Its name is Swedish in every language. */
  if (g_str_equal (lykta_source_get_id (source), LYKTA_SOURCE_ID_PRESET))
    return "Aktiviteter i Sverige";
  return lykta_source_get_name (source);
}

static void
on_stop_clicked (LyktaAboutPage *self, GtkButton *button)
{
  LyktaDataUse *data_use = lykta_surroundings_get_data_use (self->surroundings);

  lykta_data_use_cancel_source (data_use, g_object_get_data (G_OBJECT (button), "source"));
}

/* (transfer full) */
static char *
progress_sentence (LyktaAboutPage *self, guint64 bytes)
{
  g_autofree char *amount = lykta_format_bytes (lykta_session_get_language (self->session), bytes);

  return g_strdup_printf (_ ("Updating … %s"), amount);
}

/* How far it is, and a way to call it off alone. */
static void
add_progress (LyktaAboutPage *self, const char *id, guint64 bytes)
{
  g_autofree char *text = progress_sentence (self, bytes);
  GtkWidget *label = lykta_paragraph_new (text, NULL);
  GtkWidget *button = lykta_text_button_new ("x", C_ ("data", "Stop"), NULL);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "source", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_stop_clicked), self,
                           G_CONNECT_SWAPPED);
  g_hash_table_insert (self->progress, g_strdup (id), label);
  gtk_box_append (GTK_BOX (self->sources), label);
  gtk_box_append (GTK_BOX (self->sources), button);
}

static void
add_source (LyktaAboutPage *self, LyktaContentReader *reader, LyktaSource *source)
{
  const char *language = lykta_session_get_language (self->session);
  LyktaDate today = lykta_session_get_today (self->session);
  g_autoptr (LyktaSourceState) state =
      lykta_content_reader_get_source_state (reader, lykta_source_get_id (source), NULL);
  g_autofree char *name = lykta_isolate (name_of (source));
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;
  g_autofree char *as_of = NULL;
  guint64 bytes = 0;

  if (state == NULL)
    return;
  g_ptr_array_add (self->ids, g_strdup (lykta_source_get_id (source)));
  count = lykta_format_number (language, state->n_activities, 0);
  /* Translators: how many activities a source has; %s is the number. */
  text = g_strdup_printf (ngettext ("%s activity", "%s activities", state->n_activities), count);
  as_of = lykta_sentence_as_of (language, state->last_confirmed, today);
  gtk_box_append (
      GTK_BOX (self->sources),
      lykta_fact_new ("database", lykta_source_is_sample (source) ? NULL : as_of, name));
  gtk_box_append (GTK_BOX (self->sources), lykta_paragraph_new (text, "soft"));
  if (has_data (self) &&
      lykta_data_use_is_under_way (lykta_surroundings_get_data_use (self->surroundings),
                                   lykta_source_get_id (source), &bytes))
    add_progress (self, lykta_source_get_id (source), bytes);
  if (state->failure != NULL)
    gtk_box_append (
        GTK_BOX (self->sources),
        lykta_note_new ("cloud-off",
                        lykta_sentence_failure_of_source (state->failure, state->last_confirmed),
                        "alert"));
}

static void
show_sources (LyktaAboutPage *self)
{
  LyktaContentStore *store = lykta_surroundings_get_store (self->surroundings);
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_remove_all (self->progress);
  g_ptr_array_set_size (self->ids, 0);
  empty (self->sources);
  if (store != NULL)
    reader = lykta_content_store_new_reader (store, &error);
  if (reader != NULL)
    sources = lykta_content_reader_list_sources (reader, &error);
  if (error != NULL)
    g_warning ("Cannot list the sources: %s", error->message);
  gtk_widget_set_visible (self->sources, sources != NULL && sources->len > 0);
  if (sources == NULL)
    return;
  /* Translators: heading above the list of sources of the calendar. */
  gtk_box_append (GTK_BOX (self->sources),
                  lykta_heading_new (C_ ("heading", "Where it comes from")));
  for (guint i = 0; i < sources->len; i++)
    add_source (self, reader, g_ptr_array_index (sources, i));
}

static gboolean
is_machine_drafted (LyktaAboutPage *self)
{
  const char *locale_dir = lykta_surroundings_get_locale_dir (self->surroundings);
  g_autoptr (LyktaCatalogue) catalogue = NULL;

  if (locale_dir == NULL)
    return FALSE;
  catalogue = lykta_catalogue_new (locale_dir, lykta_session_get_language (self->session));
  return lykta_catalogue_is_machine_drafted (catalogue);
}

static void
show_notices (LyktaAboutPage *self)
{
  const char *notice = lykta_session_get_notice (self->session);
  gboolean has_sample = lykta_session_has_sample (self->session);

  empty (self->notices);
  if (notice != NULL)
    gtk_box_append (
        GTK_BOX (self->notices),
        lykta_note_new ("cloud-off",
                        lykta_sentence_failure_of_source (
                            notice, has_sample ? 0 : lykta_session_get_as_of (self->session)),
                        "alert"));
  if (has_sample)
    gtk_box_append (GTK_BOX (self->notices),
                    lykta_note_new ("info-circle", lykta_sentence_sample (), "sample-card"));
  gtk_widget_set_visible (self->notices, gtk_widget_get_first_child (self->notices) != NULL);
}

static void
show_notes (LyktaAboutPage *self)
{
  /* Translators: heading above what one should know about the data and the program. */
  gtk_box_append (GTK_BOX (self->notes), lykta_heading_new (C_ ("heading", "Good to know")));
  gtk_box_append (GTK_BOX (self->notes),
                  lykta_fact_new ("info-circle", NULL, lykta_sentence_preset ()));
  gtk_box_append (
      GTK_BOX (self->notes),
      lykta_fact_new ("lock", NULL,
                      _ ("Lykta works without a network and keeps nothing about you.")));
  if (is_machine_drafted (self))
    gtk_box_append (GTK_BOX (self->notes),
                    lykta_fact_new ("language", NULL,
                                    _ ("The words of this language were drafted by a machine and "
                                       "have not yet been checked by a person.")));
  gtk_box_append (
      GTK_BOX (self->notes),
      lykta_fact_new ("license", NULL,
                      _ ("Lykta is free software under the GNU General Public License, "
                         "version 3 or later. Drawings: Tabler Icons, MIT licence. "
                         "Letters: Noto, SIL Open Font License. Names of municipalities "
                         "and counties: Statistics Sweden. Points on the map: GeoNames "
                         "(geonames.org), CC BY 4.0.")));
  gtk_box_append (GTK_BOX (self->notes), lykta_paragraph_new ("Lykta " LYKTA_VERSION, "soft"));
}

static void
show_data (LyktaAboutPage *self)
{
  LyktaDataUse *data_use = lykta_surroundings_get_data_use (self->surroundings);

  if (!has_data (self))
    return;
  adw_bin_set_child (self->data,
                     lykta_data_box_new (data_use, lykta_session_get_language (self->session),
                                         lykta_surroundings_get_settings (self->surroundings)));
  gtk_widget_set_visible (GTK_WIDGET (self->data), TRUE);
}

static void
update (LyktaAboutPage *self)
{
  if (lykta_session_get_screen (self->session) != LYKTA_SCREEN_ABOUT)
    return;
  show_notices (self);
  show_sources (self);
}

/* Numbers change in place; the list is made anew when a source begins or ends. */
static void
on_data_changed (LyktaAboutPage *self, LyktaDataUse *data_use)
{
  for (guint i = 0; i < self->ids->len; i++) {
    const char *id = g_ptr_array_index (self->ids, i);
    GtkLabel *label = g_hash_table_lookup (self->progress, id);
    guint64 bytes;

    if (lykta_data_use_is_under_way (data_use, id, &bytes) != (label != NULL)) {
      update (self);
      return;
    }
    if (label != NULL) {
      g_autofree char *text = progress_sentence (self, bytes);

      gtk_label_set_label (label, text);
    }
  }
}

static void
lykta_about_page_dispose (GObject *object)
{
  LyktaAboutPage *self = LYKTA_ABOUT_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  g_clear_pointer (&self->progress, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  G_OBJECT_CLASS (lykta_about_page_parent_class)->dispose (object);
}

static void
lykta_about_page_class_init (LyktaAboutPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_about_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/about-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaAboutPage, notices);
  gtk_widget_class_bind_template_child (widget_class, LyktaAboutPage, data);
  gtk_widget_class_bind_template_child (widget_class, LyktaAboutPage, sources);
  gtk_widget_class_bind_template_child (widget_class, LyktaAboutPage, notes);
}

static void
lykta_about_page_init (LyktaAboutPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GtkWidget *
lykta_about_page_new (LyktaSurroundings *surroundings)
{
  LyktaAboutPage *self;

  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  self = g_object_new (LYKTA_TYPE_ABOUT_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  show_notes (self);
  show_data (self);
  if (has_data (self))
    g_signal_connect_object (lykta_surroundings_get_data_use (surroundings), "changed",
                             G_CALLBACK (on_data_changed), self, G_CONNECT_SWAPPED);
  update (self);
  g_signal_connect_object (self->session, "notify::notice", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::as-of", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
