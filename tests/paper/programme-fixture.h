/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paper/lykta-programme.h"
#include "store/lykta-content-store.h"
#include "support/lykta-test.h"
#include "text/lykta-catalogue.h"

G_BEGIN_DECLS

/* A calendar around Monday 23 November 2026, four in the morning, in a store of its own. */
typedef struct {
  LyktaTestDir *dir;
  LyktaClock *clock;
  LyktaContentStore *store;
  LyktaContentReader *reader;
  LyktaGazetteer *gazetteer;
} ProgrammeFixture;

void programme_fixture_set_up (ProgrammeFixture *self, gconstpointer user_data);
void programme_fixture_tear_down (ProgrammeFixture *self, gconstpointer user_data);
/* @days from @from ("2026-11-23") on, in the area of @code (nullable). (transfer full) */
LyktaProgramme *programme_fixture_read (
    ProgrammeFixture *self, const char *from, int days, const char *code, guint limit);
/* A second source with @n dates on the first morning, far in the north ("Långt borta"). */
void programme_fixture_add_far (ProgrammeFixture *self, guint n);
/* (transfer full) */
LyktaCatalogue *programme_fixture_words (const char *language);

G_END_DECLS
