/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-days-page.h"

#include "base/lykta-limits.h"
#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-pictogram.h"

#define DAYS_OF_WEEK 7
#define MOST_DAYS    31
/* From so many dates on a day has two and three dots. */
#define SEVERAL 4
#define MANY    13

struct _LyktaDaysPage {
  AdwBin parent_instance;

  /* template */
  GtkLabel *month_label;
  GtkWidget *grid;

  /* owned */
  LyktaSurroundings *surroundings;

  /* borrowed */
  LyktaSession *session;

  LyktaDate month; /* its first day */
};

G_DEFINE_FINAL_TYPE (LyktaDaysPage, lykta_days_page, ADW_TYPE_BIN)

static LyktaDate
first_of_month (LyktaDate date)
{
  date.day = 1;
  return date;
}

static const char *
dots_of (guint n)
{
  if (n == 0)
    return "";
  return n < SEVERAL ? "•" : n < MANY ? "••" : "•••";
}

static GtkWidget *
new_day (LyktaDaysPage *self, LyktaDate date, const guint *n)
{
  const char *language = lykta_session_get_language (self->session);
  const LyktaDate today = lykta_session_get_today (self->session);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = lykta_format_number (language, date.day, 0);
  g_autofree char *name = lykta_format_long_date (language, date, today);
  g_autofree char *full = NULL;
  GtkWidget *dots = gtk_label_new (n != NULL ? dots_of (*n) : "");

  gtk_box_append (GTK_BOX (box), gtk_label_new (number));
  gtk_widget_add_css_class (dots, "dots");
  gtk_box_append (GTK_BOX (box), dots);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "day-button");
  if (n != NULL) {
    g_autofree char *count = lykta_format_number (language, *n, 0);
    full = g_strdup_printf (ngettext ("%1$s, %2$s date", "%1$s, %2$s dates", *n), name, count);
  }
  if (n != NULL && *n == 0)
    gtk_widget_add_css_class (button, "finds-nothing");
  if (lykta_date_compare (date, today) == 0)
    gtk_widget_add_css_class (button, "is-today");
  if (lykta_date_compare (date, lykta_session_get_day (self->session)) == 0)
    gtk_widget_add_css_class (button, "chosen");
  gtk_widget_set_sensitive (button, lykta_date_compare (date, today) >= 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "days.choose");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", lykta_date_to_day_number (date));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  full != NULL ? full : name, -1);
  return button;
}

static void
add_heads (LyktaDaysPage *self)
{
  for (int weekday = 1; weekday <= DAYS_OF_WEEK; weekday++) {
    g_autofree char *text =
        lykta_format_weekday_narrow (lykta_session_get_language (self->session), weekday);
    GtkWidget *label = gtk_label_new (text);
    gtk_widget_add_css_class (label, "soft");
    gtk_grid_attach (GTK_GRID (self->grid), label, weekday - 1, 0, 1, 1);
  }
}

static void
show (LyktaDaysPage *self)
{
  const LyktaDate today = lykta_session_get_today (self->session);
  const LyktaDate next = lykta_date_add_months (self->month, 1);
  const LyktaDate last_known = lykta_date_add_days (today, LYKTA_HORIZON_DAYS);
  const int offset = lykta_date_weekday (self->month) - 1;
  const int n_days = lykta_date_to_day_number (next) - lykta_date_to_day_number (self->month);
  guint counts[MOST_DAYS] = {0};
  const gboolean is_counted =
      lykta_session_count_days (self->session, self->month, (guint)n_days, counts);
  g_autofree char *name =
      lykta_format_month (lykta_session_get_language (self->session), self->month);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  gtk_label_set_label (self->month_label, name);
  add_heads (self);
  for (int i = 0; i < n_days; i++)
    gtk_grid_attach (
        GTK_GRID (self->grid),
        new_day (self, lykta_date_add_days (self->month, i), is_counted ? &counts[i] : NULL),
        (offset + i) % DAYS_OF_WEEK, 1 + (offset + i) / DAYS_OF_WEEK, 1, 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "days.earlier",
                                 lykta_date_compare (self->month, today) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "days.later",
                                 lykta_date_compare (next, last_known) <= 0);
}

static void
on_days_choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (LyktaSession) session = g_object_ref (LYKTA_DAYS_PAGE (widget)->session);
  const LyktaDate day = lykta_date_from_day_number (g_variant_get_int32 (parameter));

  lykta_session_go_back (session);
  lykta_session_set_day (session, day);
}

static void
on_days_turn (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaDaysPage *self = LYKTA_DAYS_PAGE (widget);

  self->month = lykta_date_add_months (self->month, g_str_equal (name, "days.later") ? 1 : -1);
  show (self);
}

static void
lykta_days_page_dispose (GObject *object)
{
  LyktaDaysPage *self = LYKTA_DAYS_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_days_page_parent_class)->dispose (object);
}

static void
lykta_days_page_class_init (LyktaDaysPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_days_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/days-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaDaysPage, month_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaDaysPage, grid);
  gtk_widget_class_install_action (widget_class, "days.choose", "i", on_days_choose);
  gtk_widget_class_install_action (widget_class, "days.earlier", NULL, on_days_turn);
  gtk_widget_class_install_action (widget_class, "days.later", NULL, on_days_turn);
}

static void
lykta_days_page_init (LyktaDaysPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_days_page_new (LyktaSurroundings *surroundings)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  LyktaDaysPage *self = g_object_new (LYKTA_TYPE_DAYS_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  const LyktaDate today = lykta_session_get_today (self->session);
  const LyktaDate day = lykta_session_get_day (self->session);
  self->month =
      first_of_month (lykta_date_is_set (day) && lykta_date_compare (day, today) > 0 ? day : today);
  show (self);
  g_signal_connect_object (lykta_session_get_cards (self->session), "notify::is-complete",
                           G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
