/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-data-box.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-fact.h"
#include "ui/widgets/lykta-wrap-box.h"

/* A photo as messages carry it. */
#define PHOTO_BYTES 400000
#define SPACING     12

struct _LyktaDataBox {
  AdwBin parent_instance;

  /* owned */
  LyktaDataUse *data_use;
  const char *language; /* interned */

  /* borrowed: children */
  GtkLabel *month;
  GtkLevelBar *bar;
  GtkLabel *budget;
  GtkLabel *doing;
  LyktaWrapBox *buttons;

  LyktaDataState shown; /* whose buttons are there */
  gboolean has_buttons;
};

G_DEFINE_FINAL_TYPE (LyktaDataBox, lykta_data_box, ADW_TYPE_BIN)

/* ---- words ---- */

/* (transfer full) */
static char *
month_sentence (LyktaDataBox *self)
{
  guint64 bytes = lykta_data_use_get_month (self->data_use);
  guint photos = (guint)MIN ((bytes + PHOTO_BYTES / 2) / PHOTO_BYTES, G_MAXUINT / 2);
  g_autofree char *amount = lykta_format_bytes (self->language, bytes);
  g_autofree char *count = lykta_format_number (self->language, photos, 0);

  if (bytes == 0)
    return g_strdup (_ ("The calendar has used no mobile data this month."));
  if (photos == 0)
    /* Translators: %s is an amount of data such as “90 kB”. */
    return g_strdup_printf (
        _ ("The calendar has used %s of mobile data this month: less than one photo."), amount);
  /* Translators: %1$s is an amount of data such as “0.4 MB”, %2$s a number of photos. */
  return g_strdup_printf (
      ngettext (
          "The calendar has used %1$s of mobile data this month: about as much as %2$s photo.",
          "The calendar has used %1$s of mobile data this month: about as much as %2$s photos.",
          photos),
      amount, count);
}

/* (transfer full) */
static char *
budget_sentence (LyktaDataBox *self)
{
  gint64 budget = lykta_data_use_get_budget (self->data_use);
  g_autofree char *amount = lykta_format_bytes (self->language, (guint64)MAX (budget, 0));

  /* Translators: %s is an amount of data such as “1.0 MB”. */
  return g_strdup_printf (_ ("Lykta uses at most %s a month by itself. After that, it asks you."),
                          amount);
}

/* What is going on; NULL: nothing to tell. (transfer full) */
static char *
doing_sentence (LyktaDataBox *self)
{
  gint64 price = lykta_data_use_get_price (self->data_use);
  guint64 fetched = lykta_data_use_get_fetched (self->data_use);
  g_autofree char *amount = NULL;

  switch (lykta_data_use_get_state (self->data_use)) {
  case LYKTA_DATA_ASKING:
    if (price <= 0)
      return g_strdup (_ ("It is not known how much mobile data this takes."));
    amount = lykta_format_bytes (self->language, (guint64)price);
    /* Translators: %s is an amount of data such as “12 kB”. */
    return g_strdup_printf (_ ("This takes about %s of mobile data."), amount);
  case LYKTA_DATA_WEIGHING:
  case LYKTA_DATA_FETCHING:
    amount = lykta_format_bytes (self->language, fetched);
    /* Translators: the calendar is being updated; %s is how much of it has come so far (“12 kB”).
     */
    return g_strdup_printf (_ ("Updating … %s"), amount);
  case LYKTA_DATA_IDLE:
  default:
    return NULL;
  }
}

/* ---- buttons ---- */

static void
add_button (LyktaDataBox *self,
            const char *icon,
            const char *text,
            const char *style,
            void (*action) (LyktaDataUse *))
{
  GtkWidget *button = lykta_text_button_new (icon, text, style);

  g_signal_connect_object (button, "clicked", G_CALLBACK (action), self->data_use,
                           G_CONNECT_SWAPPED);
  lykta_wrap_box_append (self->buttons, button);
}

static void
show_buttons (LyktaDataBox *self, LyktaDataState state)
{
  if (self->has_buttons && self->shown == state)
    return;
  self->has_buttons = TRUE;
  self->shown = state;
  lykta_wrap_box_clear (self->buttons);
  switch (state) {
  case LYKTA_DATA_ASKING:
    /* Translators: button: fetch the newest calendar. */
    add_button (self, "calendar-repeat", C_ ("data", "Update now"), "primary",
                lykta_data_use_agree);
    /* Translators: button: do not update the calendar at this moment. */
    add_button (self, "x", C_ ("data", "Not now"), NULL, lykta_data_use_decline);
    break;
  case LYKTA_DATA_WEIGHING:
  case LYKTA_DATA_FETCHING:
    /* Translators: button: end the update that is under way. */
    add_button (self, "x", C_ ("data", "Stop"), NULL, lykta_data_use_cancel);
    break;
  case LYKTA_DATA_IDLE:
  default:
    add_button (self, "calendar-repeat", C_ ("data", "Update now"), NULL, lykta_data_use_update);
  }
}

static void
put (GtkLabel *label, char *text)
{
  g_autofree char *owned = text;

  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  if (text != NULL && g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
update (LyktaDataBox *self)
{
  gint64 budget = lykta_data_use_get_budget (self->data_use);
  gboolean has_budget = budget != LYKTA_SYNC_NO_LIMIT;
  double used = (double)lykta_data_use_get_used (self->data_use);

  put (self->month, month_sentence (self));
  put (self->budget, has_budget ? budget_sentence (self) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), has_budget);
  gtk_level_bar_set_value (self->bar,
                           has_budget && budget > 0 ? MIN (used / (double)budget, 1) : 1);
  put (self->doing, doing_sentence (self));
  show_buttons (self, lykta_data_use_get_state (self->data_use));
}

/* ---- the object ---- */

static void
lykta_data_box_dispose (GObject *object)
{
  LyktaDataBox *self = LYKTA_DATA_BOX (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->data_use);
  G_OBJECT_CLASS (lykta_data_box_parent_class)->dispose (object);
}

static void
lykta_data_box_class_init (LyktaDataBoxClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_data_box_dispose;
}

static void
lykta_data_box_init (LyktaDataBox *self)
{
}

/* The bar has no colours that warn: a budget is there to be used. */
static GtkWidget *
new_bar (void)
{
  GtkWidget *bar = gtk_level_bar_new_for_interval (0, 1);

  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_add_css_class (bar, "data-bar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("heading", "Mobile data"), -1);
  return bar;
}

static GtkWidget *
new_switch (GSettings *settings)
{
  GtkWidget *check = gtk_check_button_new ();
  /* Translators: a switch: nothing is fetched over the network by itself. */
  const char *text = _ ("Only fetch when I ask");

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), lykta_paragraph_new (text, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_settings_bind (settings, "ask-only", check, "active", G_SETTINGS_BIND_DEFAULT);
  return check;
}

GtkWidget *
lykta_data_box_new (LyktaDataUse *data_use, const char *language, GSettings *settings)
{
  LyktaDataBox *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_val_if_fail (LYKTA_IS_DATA_USE (data_use), NULL);
  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (LYKTA_TYPE_DATA_BOX, NULL);
  self->data_use = g_object_ref (data_use);
  self->language = g_intern_string (language);
  self->month = GTK_LABEL (lykta_paragraph_new ("", NULL));
  self->bar = GTK_LEVEL_BAR (new_bar ());
  self->budget = GTK_LABEL (lykta_paragraph_new ("", "soft"));
  self->doing = GTK_LABEL (lykta_paragraph_new ("", NULL));
  self->buttons = LYKTA_WRAP_BOX (lykta_wrap_box_new ());
  gtk_widget_set_layout_manager (box, lykta_columns_layout_new (1, 1, SPACING));
  gtk_widget_add_css_class (box, "surface");
  /* Translators: heading above what the calendar costs of the data that people pay for. */
  gtk_box_append (GTK_BOX (box), lykta_heading_new (C_ ("heading", "Mobile data")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->month));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->budget));
  if (settings != NULL)
    gtk_box_append (GTK_BOX (box), new_switch (settings));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->doing));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (data_use, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
