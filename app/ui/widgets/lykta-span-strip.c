/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/widgets/lykta-span-strip.h"

#include "text/lykta-date-format.h"
#include "text/lykta-gettext.h"
#include "ui/widgets/lykta-chip.h"

struct _LyktaSpanStrip {
  AdwBin parent_instance;

  /* template */
  GtkWidget *days;

  /* borrowed */
  LyktaSession *session;           /* (nullable) */
  LyktaChip *chips[LYKTA_N_SPANS]; /* (nullable) */
  LyktaChip *other;                /* (nullable) opens the month */

  gboolean is_updating; /* the chips are being set by us, not by a person */
};

G_DEFINE_FINAL_TYPE (LyktaSpanStrip, lykta_span_strip, ADW_TYPE_BIN)

static const char *
word_of (LyktaSpan span)
{
  switch (span) {
  case LYKTA_SPAN_TODAY:
    /* Translators: a chip: the activities of today. */
    return C_ ("chip", "Today");
  case LYKTA_SPAN_TOMORROW:
    /* Translators: a chip: the activities of tomorrow. */
    return C_ ("chip", "Tomorrow");
  case LYKTA_SPAN_WEEK:
    /* Translators: a chip: the activities from today to Sunday. */
    return C_ ("chip", "This week");
  case LYKTA_SPAN_WEEKEND:
    /* Translators: a chip: the activities of Saturday and Sunday. */
    return C_ ("chip", "The weekend");
  case LYKTA_SPAN_ALL:
  case LYKTA_N_SPANS:
  default:
    /* Translators: a chip: activities of every day, not of one. */
    return C_ ("chip", "All days");
  }
}

static const char *
icon_of (LyktaSpan span)
{
  static const char *const icons[LYKTA_N_SPANS] = {"calendar", "calendar-event", "calendar-event",
                                                   "calendar-week", "sofa"};

  return icons[span];
}

/* The chip for other days says which day it is when one is chosen. */
static void
show_other (LyktaSpanStrip *self)
{
  const char *language = lykta_session_get_language (self->session);
  const LyktaDate day = lykta_session_get_day (self->session);
  const gboolean is_other = lykta_session_get_present_span (self->session) == LYKTA_N_SPANS;
  g_autofree char *date = is_other ? lykta_format_short_date (language, day) : NULL;

  /* Translators: a chip: opens a month, to choose a day of it. */
  lykta_chip_set_label (self->other, date != NULL ? date : C_ ("chip", "Choose a day"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->other), is_other);
}

static void
update (LyktaSpanStrip *self)
{
  const LyktaScreen screen = lykta_session_get_screen (self->session);

  if (screen != LYKTA_SCREEN_LIST)
    return;
  self->is_updating = TRUE;
  for (int span = 0; span < LYKTA_N_SPANS; span++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chips[span]),
                                  lykta_session_get_present_span (self->session) ==
                                      (LyktaSpan)span);
  show_other (self);
  self->is_updating = FALSE;
}

static void
on_chip_toggled (LyktaSpanStrip *self, GtkToggleButton *chip)
{
  if (self->is_updating)
    return;
  if (LYKTA_CHIP (chip) == self->other) {
    lykta_session_open_days (self->session);
    update (self);
    return;
  }
  for (int span = 0; span < LYKTA_N_SPANS; span++) {
    LyktaDate day, last;
    if (LYKTA_CHIP (chip) != self->chips[span])
      continue;
    /* A second tap takes the choice back. */
    lykta_session_get_span (self->session,
                            gtk_toggle_button_get_active (chip) ? (LyktaSpan)span : LYKTA_SPAN_ALL,
                            &day, &last);
    lykta_session_set_days (self->session, day, last);
  }
  update (self);
}

static LyktaChip *
add_chip (LyktaSpanStrip *self, const char *icon, const char *word)
{
  GtkWidget *chip = lykta_chip_new (icon, word, "day");

  g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip_toggled), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->days), chip);
  return LYKTA_CHIP (chip);
}

static void
lykta_span_strip_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (lykta_span_strip_parent_class)->dispose (object);
}

static void
lykta_span_strip_class_init (LyktaSpanStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = lykta_span_strip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/se/lykta/Lykta/ui/span-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LyktaSpanStrip, days);
}

static void
lykta_span_strip_init (LyktaSpanStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lykta_span_strip_set_session (LyktaSpanStrip *self, LyktaSession *session)
{
  g_return_if_fail (LYKTA_IS_SPAN_STRIP (self));
  g_return_if_fail (LYKTA_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = session;
  for (int span = 0; span < LYKTA_N_SPANS; span++)
    self->chips[span] = add_chip (self, icon_of ((LyktaSpan)span), word_of ((LyktaSpan)span));
  self->other = add_chip (self, "calendar-plus", C_ ("chip", "Choose a day"));
  update (self);
  g_signal_connect_object (session, "notify::query", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::screen", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
lykta_span_strip_set_counts (LyktaSpanStrip *self, const LyktaFacets *facets)
{
  g_return_if_fail (LYKTA_IS_SPAN_STRIP (self));
  g_return_if_fail (facets != NULL);

  for (int span = 0; span < LYKTA_N_SPANS; span++)
    lykta_chip_set_count (self->chips[span], lykta_session_get_language (self->session),
                          facets->n_period[span]);
}
