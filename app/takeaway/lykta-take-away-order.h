/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-page.h"
#include "paper/lykta-programme.h"
#include "takeaway/lykta-take-away.h"

G_BEGIN_DECLS

/* One wish, with all that a worker needs to fulfil it. Made on the main thread, then the worker's
 * until it has answered. */
typedef struct {
  LyktaContentStore *store; /* (owned) */
  LyktaPrinter *printer;    /* (owned) (nullable) */
  char *queue;              /* (owned) (nullable): the default one */
  LyktaSlipPaper paper;
  char *locale_dir;       /* (owned) */
  const char *language;   /* interned */
  LyktaProgramme *single; /* (owned) (nullable): one date */
  LyktaQuery *query;      /* (owned) (nullable): or a list */
  gint64 now;
  LyktaTakeAwayFile kind;
  char *path;      /* (owned) (nullable): of the file */
  char *job_queue; /* (owned) (nullable): where the job waits; set by the worker */
} LyktaTakeAwayOrder;
void lykta_take_away_order_free (LyktaTakeAwayOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaTakeAwayOrder, lykta_take_away_order_free)

/* Sets the page and hands it to the printer: the number of the job, 0 with an error. */
int lykta_take_away_order_print (LyktaTakeAwayOrder *self, GError **error);
gboolean lykta_take_away_order_save (LyktaTakeAwayOrder *self, GError **error);

G_END_DECLS
