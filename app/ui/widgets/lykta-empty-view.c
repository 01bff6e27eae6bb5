/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-empty-view.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "text/lykta-plain-text.h"
#include "ui/lykta-choice.h"
#include "ui/widgets/lykta-columns-layout.h"
#include "ui/widgets/lykta-fact.h"
#include "ui/widgets/lykta-pictogram.h"

/* More ways on than these are a new riddle. */
#define MOST_WAYS 3

struct _LyktaEmptyView {
  AdwBin parent_instance;

  /* template */
  GtkLabel *title;
  GtkLabel *hint;
  GtkWidget *ways;

  /* borrowed */
  LyktaSession *session; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LyktaEmptyView, lykta_empty_view, ADW_TYPE_BIN)

static void
add_way (LyktaEmptyView *self, const char *icon, const char *text, const char *action, int target)
{
  const gboolean is_first = gtk_widget_get_first_child (self->ways) == NULL;
  GtkWidget *button = lykta_text_button_new (icon, text, is_first ? "primary" : NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (target >= 0)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", target);
  gtk_box_append (GTK_BOX (self->ways), button);
}

/* The filter that would bring the fewest when lifted asks for the least change: it comes first. */
static int
next_kind (LyktaQuery *query, const LyktaFacets *facets, guint seen)
{
  int best = -1;

  for (int kind = 0; kind < LYKTA_N_FILTERS; kind++) {
    if ((seen & 1u << kind) != 0 || facets->n_lifted[kind] == 0 || kind == LYKTA_FILTER_PERIOD ||
        !lykta_query_has_filter (query, (LyktaFilterKind)kind))
      continue;
    if (best < 0 || facets->n_lifted[kind] < facets->n_lifted[best])
      best = kind;
  }
  return best;
}

static void
add_liftings (LyktaEmptyView *self, const LyktaFacets *facets)
{
  LyktaQuery *query = lykta_session_get_query (self->session);
  guint seen = 0;
  int kind;

  for (int i = 0; i < MOST_WAYS && (kind = next_kind (query, facets, seen)) >= 0; i++) {
    g_autofree char *buffer = NULL;
    const LyktaLook look = lykta_filter_look ((LyktaFilterKind)kind, self->session, &buffer);
    const guint n = facets->n_lifted[kind];
    g_autofree char *number =
        lykta_format_number (lykta_session_get_language (self->session), n, 0);
    /* Translators: a button: lifts one filter. %1$s is its name (“Childcare”), %2$s how many dates
     * there are without it. */
    g_autofree char *text = g_strdup_printf (
        ngettext ("Without “%1$s”: %2$s date", "Without “%1$s”: %2$s dates", n), look.word, number);
    add_way (self, "x", text, "empty.lift", kind);
    seen |= 1u << kind;
  }
}

static void
add_next_day (LyktaEmptyView *self)
{
  const LyktaDate next = lykta_session_find_next_day (self->session);

  if (!lykta_date_is_set (next))
    return;
  g_autofree char *day = lykta_format_long_date (lykta_session_get_language (self->session), next,
                                                 lykta_session_get_today (self->session));
  g_autofree char *isolated = lykta_isolate (day);
  /* Translators: a button: goes to the nearest day with activities; %s is that day. */
  g_autofree char *text = g_strdup_printf (_ ("Next: %s"), isolated);
  add_way (self, "calendar-event", text, "empty.next-day", -1);
}

/* The one that leaves nothing over is named; where several do together, that is said. */
static void
show_hint (LyktaEmptyView *self, const LyktaFacets *facets)
{
  LyktaQuery *query = lykta_session_get_query (self->session);
  const int kind = facets != NULL ? next_kind (query, facets, 0) : -1;
  g_autofree char *buffer = NULL;

  if (!lykta_query_is_filtered (query)) {
    gtk_label_set_label (self->hint, _ ("New activities come in all the time."));
    return;
  }
  if (kind < 0) {
    gtk_label_set_label (self->hint,
                         _ ("Your choices leave nothing over. Take some of them away."));
    return;
  }
  const LyktaLook look = lykta_filter_look ((LyktaFilterKind)kind, self->session, &buffer);
  /* Translators: %s is the name of a filter (“Childcare”). */
  g_autofree char *text = g_strdup_printf (_ ("“%s” leaves nothing over."), look.word);
  gtk_label_set_label (self->hint, text);
}

static void
on_empty_lift (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const int kind = g_variant_get_int32 (parameter);

  if (kind >= 0 && kind < LYKTA_N_FILTERS)
    lykta_session_lift (LYKTA_EMPTY_VIEW (widget)->session, (LyktaFilterKind)kind);
}

static void
on_empty_lift_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lykta_session_clear_filters (LYKTA_EMPTY_VIEW (widget)->session);
}

static void
on_empty_next_day (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LyktaSession *session = LYKTA_EMPTY_VIEW (widget)->session;
  const LyktaDate next = lykta_session_find_next_day (session);

  if (lykta_date_is_set (next))
    lykta_session_set_day (session, next);
}

static void
lykta_empty_view_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (lykta_empty_view_parent_class)->dispose (object);
}

static void
lykta_empty_view_class_init (LyktaEmptyViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_empty_view_dispose;
  g_type_ensure (LYKTA_TYPE_PICTOGRAM);
  g_type_ensure (LYKTA_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/empty-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaEmptyView, title);
  gtk_widget_class_bind_template_child (widget_class, LyktaEmptyView, hint);
  gtk_widget_class_bind_template_child (widget_class, LyktaEmptyView, ways);
  gtk_widget_class_install_action (widget_class, "empty.lift", "i", on_empty_lift);
  gtk_widget_class_install_action (widget_class, "empty.lift-all", NULL, on_empty_lift_all);
  gtk_widget_class_install_action (widget_class, "empty.next-day", NULL, on_empty_next_day);
}

static void
lykta_empty_view_init (LyktaEmptyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lykta_empty_view_new (void)
{
  return g_object_new (LYKTA_TYPE_EMPTY_VIEW, NULL);
}

void
lykta_empty_view_show (LyktaEmptyView *self, LyktaSession *session, const LyktaFacets *facets)
{
  GtkWidget *child;

  g_return_if_fail (LYKTA_IS_EMPTY_VIEW (self));
  g_return_if_fail (LYKTA_IS_SESSION (session));

  self->session = session;
  while ((child = gtk_widget_get_first_child (self->ways)) != NULL)
    gtk_box_remove (GTK_BOX (self->ways), child);
  gtk_label_set_label (self->title, lykta_date_is_set (lykta_session_get_day (session))
                                        ? _ ("Nothing on this day")
                                        : _ ("Nothing found"));
  show_hint (self, facets);
  add_next_day (self);
  if (facets != NULL)
    add_liftings (self, facets);
  if (lykta_query_is_filtered (lykta_session_get_query (session)))
    add_way (self, NULL, _ ("Lift all filters"), "empty.lift-all", -1);
}
