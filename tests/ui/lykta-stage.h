/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lykta-window.h"

G_BEGIN_DECLS

/* A whole Lykta for tests and pictures: a store filled with the sample calendar, a session on a
 * clock that stands still, and the real window. Main thread. */
typedef struct {
  AdwApplication *application;
  LyktaClock *clock;
  LyktaContentStore *store;
  LyktaSession *session;
  LyktaDataUse *data_use;
  GSettings *settings; /* kept in memory */
  LyktaSurroundings *surroundings;
  GtkWidget *window; /* (nullable) until it is shown */
  int margin_x;      /* what the toolkit keeps around the content, known once it is shown */
  int margin_y;
} LyktaStage;

/* The moment at which the clock stands: a Tuesday morning in November. */
#define LYKTA_STAGE_NOW "2026-11-24T08:30:00+01:00"

/* Once per process, first of all. FALSE: there is no display. */
gboolean lykta_stage_init (void);
/* What the stages made from now on offer; NULL: what the program offers. Borrowed. */
void lykta_stage_set_languages (const char *const *tags);
/* Opens DATA_DIR/content.db and fills it with the sample if it is empty. */
LyktaStage *lykta_stage_new (LyktaMode mode, const char *data_dir);
/* Shows a calendar that is there already as it is: at the time of day it is, from nowhere. */
LyktaStage *lykta_stage_new_visit (LyktaMode mode, const char *data_dir);
void lykta_stage_free (LyktaStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaStage, lykta_stage_free)

/* Shows the window without a frame at this size, or changes its size. */
void lykta_stage_show (LyktaStage *self, int width, int height);
/* Waits until some frames have been painted and nothing more is to be laid out. */
void lykta_stage_settle (LyktaStage *self);
/* Paints the window into a PNG file. */
void lykta_stage_shoot (LyktaStage *self, const char *path);
/* The first widget of this type below @root in the order of the tree, or NULL. */
GtkWidget *lykta_stage_find (GtkWidget *root, GType type);

G_END_DECLS
