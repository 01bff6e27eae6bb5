/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-filter-panel.h"

#include <math.h>

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/lykta-words.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-wrap-box.h"

/* The chips in the order in which they stand. */
typedef enum {
  FILTER_SWEDISH,
  FILTER_SOCIETY,
  FILTER_WORK,
  FILTER_HEALTH,
  FILTER_NEAR,
  FILTER_CHILDCARE,
  FILTER_WOMEN_ONLY,
  FILTER_ONLINE,
  FILTER_CERTIFICATE,
  N_FILTERS,
} Filter;

struct _LyktaFilterPanel {
  AdwBin parent_instance;

  /* template */
  LyktaWrapBox *purposes;
  LyktaWrapBox *wishes;
  GtkWidget *clear_button;

  /* owned */
  LyktaSurroundings *surroundings; /* (nullable) */

  /* borrowed */
  LyktaSession *session;
  GtkToggleButton *chips[N_FILTERS];

  gboolean is_updating; /* the chips are being set by us, not by a person */
};

G_DEFINE_FINAL_TYPE (LyktaFilterPanel, lykta_filter_panel, ADW_TYPE_BIN)

static gboolean
is_on (LyktaQuery *query, Filter filter)
{
  switch (filter) {
  case FILTER_SWEDISH:
  case FILTER_SOCIETY:
  case FILTER_WORK:
  case FILTER_HEALTH:
    return (lykta_query_get_purposes (query) & (1U << filter)) != 0;
  case FILTER_NEAR:
    return lykta_query_has_position (query) && lykta_query_get_within_km (query) > 0;
  case FILTER_CHILDCARE:
    return lykta_query_get_childcare (query);
  case FILTER_WOMEN_ONLY:
    return lykta_query_get_women_only (query);
  case FILTER_ONLINE:
    return lykta_query_get_online (query);
  case FILTER_CERTIFICATE:
    return lykta_query_get_certificate (query);
  case N_FILTERS:
  default:
    return FALSE;
  }
}

static LyktaQuery *
query_with (LyktaFilterPanel *self, LyktaQuery *query, Filter filter, gboolean on)
{
  LyktaPurposes purposes = lykta_query_get_purposes (query);
  double latitude = NAN;
  double longitude = NAN;

  switch (filter) {
  case FILTER_NEAR:
    lykta_session_get_position (self->session, &latitude, &longitude);
    return lykta_query_with_position (query, latitude, longitude,
                                      on ? lykta_surroundings_get_radius (self->surroundings) : 0);
  case FILTER_CHILDCARE:
    return lykta_query_with_childcare (query, on);
  case FILTER_WOMEN_ONLY:
    return lykta_query_with_women_only (query, on);
  case FILTER_ONLINE:
    return lykta_query_with_online (query, on);
  case FILTER_CERTIFICATE:
    return lykta_query_with_certificate (query, on);
  case FILTER_SWEDISH:
  case FILTER_SOCIETY:
  case FILTER_WORK:
  case FILTER_HEALTH:
  case N_FILTERS:
  default:
    purposes = on ? (purposes | (1U << filter)) : (purposes & ~(1U << filter));
    return lykta_query_with_purposes (query, purposes);
  }
}

static void
on_chip_toggled (LyktaFilterPanel *self, GtkToggleButton *chip)
{
  g_autoptr (LyktaQuery) query = NULL;

  if (self->is_updating)
    return;
  for (int i = 0; i < N_FILTERS; i++) {
    if (self->chips[i] != chip)
      continue;
    query = query_with (self, lykta_session_get_query (self->session), (Filter)i,
                        gtk_toggle_button_get_active (chip));
    lykta_session_set_query (self->session, query);
    return;
  }
}

static void
update (LyktaFilterPanel *self)
{
  LyktaQuery *query = lykta_session_get_query (self->session);

  self->is_updating = TRUE;
  for (int i = 0; i < N_FILTERS; i++)
    gtk_toggle_button_set_active (self->chips[i], is_on (query, (Filter)i));
  self->is_updating = FALSE;
  gtk_widget_set_visible (self->clear_button, lykta_query_is_filtered (query));
}

static void
add_chip (LyktaFilterPanel *self, Filter filter, LyktaLook look)
{
  GtkWidget *chip = lykta_chip_new (look.icon, look.word, look.style);
  LyktaWrapBox *box = filter <= FILTER_HEALTH ? self->purposes : self->wishes;

  self->chips[filter] = GTK_TOGGLE_BUTTON (chip);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip_toggled), self, G_CONNECT_SWAPPED);
  lykta_wrap_box_append (box, chip);
}

static void
add_chips (LyktaFilterPanel *self)
{
  double radius = lykta_surroundings_get_radius (self->surroundings);
  g_autofree char *distance =
      lykta_format_distance (lykta_session_get_language (self->session), radius);
  /* Translators: a chip: only what is at most %s (a distance, “10 km”) away from here. */
  g_autofree char *near = g_strdup_printf (C_ ("chip", "Near here (%s)"), distance);

  for (int i = FILTER_SWEDISH; i <= FILTER_HEALTH; i++)
    add_chip (self, (Filter)i, lykta_look_of_purpose ((LyktaPurposes)(1U << i)));
  add_chip (self, FILTER_NEAR, (LyktaLook){near, "map-pin", NULL});
  /* Translators: a chip: only where small children are looked after. */
  add_chip (self, FILTER_CHILDCARE, (LyktaLook){C_ ("chip", "Childcare"), "baby-carriage", NULL});
  /* Translators: a chip: only activities for women. */
  add_chip (self, FILTER_WOMEN_ONLY, (LyktaLook){C_ ("chip", "Women only"), "woman", NULL});
  /* Translators: a chip: only what one can take part in from home. */
  add_chip (self, FILTER_ONLINE, (LyktaLook){C_ ("chip", "Online"), "device-laptop", NULL});
  /* Translators: a chip: only where a certificate of participation can be had. */
  add_chip (self, FILTER_CERTIFICATE,
            (LyktaLook){C_ ("chip", "Gives certificate"), "certificate", NULL});
  gtk_widget_set_visible (GTK_WIDGET (self->chips[FILTER_NEAR]),
                          lykta_session_get_position (self->session, NULL, NULL));
}

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
lykta_filter_panel_class_init (LyktaFilterPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_filter_panel_dispose;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  g_type_ensure (LYKTA_TYPE_WRAP_BOX);
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/filter-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaFilterPanel, purposes);
  gtk_widget_class_bind_template_child (widget_class, LyktaFilterPanel, wishes);
  gtk_widget_class_bind_template_child (widget_class, LyktaFilterPanel, clear_button);
  gtk_widget_class_install_action (widget_class, "filter.clear", NULL, on_filter_clear);
}

static void
lykta_filter_panel_init (LyktaFilterPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lykta_filter_panel_set_surroundings (LyktaFilterPanel *self, LyktaSurroundings *surroundings)
{
  g_return_if_fail (LYKTA_IS_FILTER_PANEL (self));
  g_return_if_fail (LYKTA_IS_SURROUNDINGS (surroundings));
  g_return_if_fail (self->surroundings == NULL);

  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  add_chips (self);
  update (self);
  g_signal_connect_object (self->session, "notify::query", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

guint
lykta_filter_panel_get_n_active (LyktaFilterPanel *self)
{
  guint n = 0;

  g_return_val_if_fail (LYKTA_IS_FILTER_PANEL (self), 0);

  for (int i = 0; i < N_FILTERS; i++)
    if (is_on (lykta_session_get_query (self->session), (Filter)i))
      n++;
  return n;
}
