/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/pages/lykta-places-page.h"

#include <math.h>

#include "model/lykta-place.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-chip.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-pictogram.h"
#include "ui/widgets/lykta-tile.h"

/* Around this machine: as many as one looks through at a glance. */
#define N_NEAREST 12

struct _LyktaPlacesPage {
  AdwBin parent_instance;

  /* template */
  GtkWidget *here_button;
  GtkLabel *near_label;
  GtkWidget *municipalities;
  GtkLabel *counties_label;
  GtkWidget *counties;

  /* owned */
  LyktaSurroundings *surroundings;

  /* borrowed */
  LyktaSession *session;
  LyktaGazetteer *gazetteer;

  const char *county; /* (nullable) code of the one that is open */
};

G_DEFINE_FINAL_TYPE (LyktaPlacesPage, lykta_places_page, ADW_TYPE_BIN)

typedef struct {
  const LyktaArea *area;
  double distance; /* 0 where nothing is known of the place of this machine */
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = a, *other = b;

  if (one->distance != other->distance)
    return one->distance < other->distance ? -1 : 1;
  return g_strcmp0 (one->area->code, other->area->code);
}

static void
add_candidate (LyktaPlacesPage *self, GArray *candidates, const LyktaArea *area)
{
  Candidate candidate = {area, 0.0};
  double latitude, longitude;

  if (lykta_session_get_position (self->session, &latitude, &longitude))
    candidate.distance = lykta_distance_km (latitude, longitude, area->latitude, area->longitude);
  g_array_append_val (candidates, candidate);
}

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
add_button (LyktaPlacesPage *self,
            GtkWidget *box,
            const LyktaArea *area,
            const char *icon,
            const char *action,
            const guint *n)
{
  GtkWidget *button = lykta_chip_new (icon, area->name, "place-button");

  lykta_chip_set_wraps (LYKTA_CHIP (button));
  if (n != NULL)
    lykta_chip_set_count (LYKTA_CHIP (button), lykta_session_get_language (self->session), *n);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", area->code);
  gtk_box_append (GTK_BOX (box), button);
}

/* Those of the open county, or the nearest of all. (transfer full) (element-type Candidate) */
static GArray *
find_municipalities (LyktaPlacesPage *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < lykta_gazetteer_get_n_municipalities (self->gazetteer); i++) {
    const LyktaArea *area = lykta_gazetteer_get_municipality (self->gazetteer, i);
    if (self->county == NULL || g_str_equal (area->county_code, self->county))
      add_candidate (self, found, area);
  }
  g_array_sort (found, compare_candidates);
  if (self->county == NULL)
    g_array_set_size (found, lykta_session_get_position (self->session, NULL, NULL)
                                 ? MIN (found->len, N_NEAREST)
                                 : 0);
  return found;
}

static void
show_municipalities (LyktaPlacesPage *self)
{
  g_autoptr (GArray) found = find_municipalities (self);
  g_autofree LyktaPoint *points = g_new (LyktaPoint, found->len + 1);
  g_autofree guint *counts = g_new0 (guint, found->len + 1);

  for (guint i = 0; i < found->len; i++) {
    const LyktaArea *area = g_array_index (found, Candidate, i).area;
    points[i] = (LyktaPoint){area->latitude, area->longitude};
  }
  const gboolean is_counted = lykta_session_count_near (self->session, points, found->len, counts);
  const LyktaArea *county =
      self->county != NULL ? lykta_gazetteer_find_county (self->gazetteer, self->county) : NULL;
  empty (self->municipalities);
  /* Translators: heading above the municipalities that are nearest to this screen. */
  gtk_label_set_label (self->near_label,
                       county != NULL ? county->name : C_ ("heading", "Near here"));
  gtk_widget_set_visible (GTK_WIDGET (self->near_label), found->len > 0);
  for (guint i = 0; i < found->len; i++)
    add_button (self, self->municipalities, g_array_index (found, Candidate, i).area, "map-pin",
                "places.choose", is_counted ? &counts[i] : NULL);
}

static void
show_counties (LyktaPlacesPage *self)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < lykta_gazetteer_get_n_counties (self->gazetteer); i++)
    add_candidate (self, found, lykta_gazetteer_get_county (self->gazetteer, i));
  g_array_sort (found, compare_candidates);
  for (guint i = 0; i < found->len; i++)
    add_button (self, self->counties, g_array_index (found, Candidate, i).area, "map-2",
                "places.open-county", NULL);
}

static void
on_places_choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (LyktaSession) session = g_object_ref (LYKTA_PLACES_PAGE (widget)->session);
  const char *code = parameter != NULL ? g_variant_get_string (parameter, NULL) : "";
  g_autofree char *kept = g_strdup (code);

  lykta_session_go_back (session);
  lykta_session_set_centre (session, *kept != '\0' ? kept : NULL);
}

static void
on_places_open_county (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaPlacesPage *self = LYKTA_PLACES_PAGE (widget);

  self->county = g_intern_string (g_variant_get_string (parameter, NULL));
  show_municipalities (self);
  gtk_widget_child_focus (self->municipalities, GTK_DIR_TAB_FORWARD);
  for (GtkWidget *button = gtk_widget_get_first_child (self->counties); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
}

static void
lykta_places_page_dispose (GObject *object)
{
  LyktaPlacesPage *self = LYKTA_PLACES_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->surroundings);
  G_OBJECT_CLASS (lykta_places_page_parent_class)->dispose (object);
}

static void
lykta_places_page_class_init (LyktaPlacesPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_places_page_dispose;
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/places-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaPlacesPage, here_button);
  gtk_widget_class_bind_template_child (widget_class, LyktaPlacesPage, near_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaPlacesPage, municipalities);
  gtk_widget_class_bind_template_child (widget_class, LyktaPlacesPage, counties_label);
  gtk_widget_class_bind_template_child (widget_class, LyktaPlacesPage, counties);
  gtk_widget_class_install_action (widget_class, "places.choose", "s", on_places_choose);
  gtk_widget_class_install_action (widget_class, "places.open-county", "s", on_places_open_county);
}

static void
lykta_places_page_init (LyktaPlacesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_places_page_new (LyktaSurroundings *surroundings)
{
  g_return_val_if_fail (LYKTA_IS_SURROUNDINGS (surroundings), NULL);

  LyktaPlacesPage *self = g_object_new (LYKTA_TYPE_PLACES_PAGE, NULL);
  self->surroundings = g_object_ref (surroundings);
  self->session = lykta_surroundings_get_session (surroundings);
  self->gazetteer = lykta_session_get_gazetteer (self->session);
  gtk_widget_set_visible (self->here_button,
                          lykta_session_get_position (self->session, NULL, NULL));
  /* Translators: heading above the counties of Sweden. */
  gtk_label_set_label (self->counties_label, C_ ("heading", "Counties"));
  if (self->gazetteer != NULL) {
    show_municipalities (self);
    show_counties (self);
  }
  return GTK_WIDGET (self);
}
