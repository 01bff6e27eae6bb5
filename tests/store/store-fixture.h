/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lykta-activity.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-content-writer.h"
#include "store/lykta-occurrence-index.h"
#include "support/lykta-test.h"

/* A store of its own in a folder of its own, at noon on Tuesday 24 November 2026 in Stockholm. */
typedef struct {
  LyktaTestDir *dir;
  LyktaClock *clock;
  char *path;
  LyktaContentStore *store;
} StoreFixture;
#define STORE_FIXTURE_NOW "2026-11-24T12:00:00+01:00"
void store_fixture_set_up (StoreFixture *self);
/* Also asserts that nothing keeps the store. */
void store_fixture_tear_down (StoreFixture *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreFixture, store_fixture_tear_down)
/* Closes the store and opens it again. */
void store_fixture_reopen (StoreFixture *self);
LyktaContentReader *store_fixture_reader (StoreFixture *self);
LyktaContentWriter *store_fixture_writer (StoreFixture *self);

/* A stand-in for the expansion of recurrences: knows FREQ=DAILY and FREQ=WEEKLY without more,
 * exceptions and overrides. A rule that it does not know is a G_IO_ERROR_NOT_SUPPORTED error.
 * Counts its calls in store_test_n_expanded. */
gboolean
store_test_expand (LyktaActivity *activity, gint64 from, gint64 to, GArray *out, GError **error);
extern guint store_test_n_expanded;

/* One line of a table of activities; what is left out is not known. */
typedef struct {
  const char *uid;
  const char *start; /* RFC 3339 */
  int minutes;       /* 0: no length */
  const char *rule;
  const char *sv;
  const char *en;
  const char *ar;
  const char *description;
  LyktaPurposes purposes;
  LyktaAudience audience;
  LyktaAttendance attendance;
  gboolean has_childcare;
  gboolean offers_certificate;
  const char *organiser;
  const char *place;
  const char *town;
  double latitude; /* 0: none */
  double longitude;
} StoreTestActivity;
LyktaActivityBuilder *store_test_builder (const StoreTestActivity *row);
LyktaActivity *store_test_activity (const StoreTestActivity *row);
LyktaSource *store_test_source (const char *id);
/* A whole refresh of @source_id with these activities. */
void store_test_refresh (LyktaContentStore *store,
                         const char *source_id,
                         const StoreTestActivity *rows,
                         guint n,
                         LyktaWriteStats *stats);
/* The uids that a query finds, joined by spaces. */
char *store_test_list (LyktaContentReader *reader, LyktaQuery *query);

#define STORE_TEST_EDITION_ACTIVITIES 60
/* Writes a calendar in which every title says which edition it is. */
void store_test_write_edition (LyktaContentStore *store, guint edition);
/* The one edition that everything in the store is of; 0 when it is empty. */
guint store_test_read_edition (LyktaContentStore *store);
