/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/lykta-publish.h"
#include "sync/sync-fixture.h"

G_BEGIN_DECLS

/* A publisher of a Lykta feed and a reader of it, in one folder. */
typedef struct {
  SyncFixture base;
  const char *folder; /* (unowned) */
  char *address;      /* (owned) of the feed in "feed", with its key */
  gint64 now;
} FeedFixture;

#define FEED_LEVEL  3
#define FEED_DAY    86400
#define FEED_EVENTS 60

void feed_set_up (FeedFixture *self, gconstpointer data);
void feed_tear_down (FeedFixture *self, gconstpointer data);
/* A calendar of which every @step-th activity has another title. (transfer full) */
char *feed_calendar (guint n, guint step, const char *title);
/* The publisher's key, made when there is none. (transfer full) */
LyktaSigningKey *feed_key (const char *folder);
LyktaPublishResult
feed_publish_with (const char *folder, const char *calendar, const LyktaPublishOptions *options);
/* Publishes @calendar into @folder/@name at @now. */
LyktaPublishResult feed_publish (const char *folder,
                                 const char *name,
                                 const char *calendar,
                                 gint64 now,
                                 const char *const *mirrors);
/* Some hours later. @step: which titles differ. */
LyktaPublishResult feed_publish_day (FeedFixture *self, guint n, guint step);
/* Files and the network. (transfer full) */
LyktaFetcher *feed_fetcher (void);
/* @address with the publisher's key, as a reader configures it. (transfer full) */
char *feed_address (const char *folder, const char *address);
/* From now on, the reader's calendar is the file @name. */
void feed_use_content (FeedFixture *self, const char *name);
/* A refresh, and how it went. @token (nullable) of the failure. */
void feed_assert_outcome (FeedFixture *self, LyktaSyncOutcome outcome, const char *token);
/* What somebody sees who begins now, without any past. (transfer full) */
char *feed_dump_of_newcomer (FeedFixture *self);
void feed_copy_folder (FeedFixture *self, const char *from, const char *to);
void feed_remove_parts (FeedFixture *self, const char *name);

G_END_DECLS
