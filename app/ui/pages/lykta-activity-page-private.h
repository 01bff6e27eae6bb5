/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/pages/lykta-activity-page.h"
#include "ui/widgets/lykta-wrap-box.h"

G_BEGIN_DECLS

struct _LyktaActivityPage {
  AdwBin parent_instance;

  /* template */
  GtkScrolledWindow *scroller;
  LyktaWrapBox *badges;
  GtkLabel *title_label;
  GtkLabel *second_label; /* the title in Swedish, where both are shown */
  LyktaWrapBox *language_row;
  GtkWidget *alerts;
  GtkWidget *actions;
  GtkWidget *when_box;
  GtkWidget *where_box;
  GtkWidget *about_box;
  GtkWidget *facts_box;
  GtkWidget *organiser_box;

  /* owned */
  LyktaSurroundings *surroundings;

  /* borrowed */
  LyktaSession *session;

  gboolean is_original; /* the Swedish original is shown */
};

/* The text in the language of the person, or the original when that is asked for; NULL when there
 * is none. @language (out, nullable). */
const char *
lykta_activity_page_choose (LyktaActivityPage *self, LyktaTexts *texts, const char **language);
/* Each fills one box of the page (lykta-activity-page-facts.c). */
void lykta_activity_page_show_when (LyktaActivityPage *self);
void lykta_activity_page_show_where (LyktaActivityPage *self, LyktaActivity *activity);
void lykta_activity_page_show_facts (LyktaActivityPage *self, LyktaActivity *activity);
void lykta_activity_page_show_organisers (LyktaActivityPage *self, LyktaActivity *activity);

G_END_DECLS
