/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "feed/lykta-dav.h"
#include "store/lykta-content-records.h"
#include "sync/lykta-sync-job-private.h"

G_BEGIN_DECLS

/* The refresh of a source on a CalDAV server (app/sync/CALDAV.md): what to ask in which order, and
 * what to make of the answers. Addresses within the server are paths in one spelling ("key", for
 * comparing) beside the one that the server uses ("href", for asking). */

/* One calendar of the server. */
typedef struct {
  char *key;   /* (owned) ends in "/" */
  char *href;  /* (owned) */
  char *token; /* (owned) (nullable) of WebDAV-Sync */
  char *ctag;  /* (owned) (nullable) of servers that have none */
  char *name;  /* (owned) (nullable) for people */
  gboolean can_sync;
} LyktaDavCalendar;

/* What the next refresh wants to know of this one; kept as text where other sources keep the ETag,
 * so that it changes in the same transaction as the content. */
typedef struct {
  gboolean is_basic;    /* the server takes Basic: it need not ask first */
  gboolean has_no_data; /* it gives no events together with what changed */
  char *home;           /* (owned) (nullable) where the calendars are; NULL: the address is one */
  GPtrArray *calendars; /* (owned) (element-type LyktaDavCalendar) */
} LyktaDavState;

/* What cannot be read is nothing known. @text nullable. (transfer full) */
LyktaDavState *lykta_dav_state_parse (const char *text);
/* (transfer full) */
char *lykta_dav_state_print (const LyktaDavState *self);
/* By which two ETags are compared. */
void lykta_dav_hash_etag (const char *etag, guint8 hash[LYKTA_RECORD_HASH_BYTES]);
void lykta_dav_state_free (LyktaDavState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaDavState, lykta_dav_state_free)
LyktaDavCalendar *lykta_dav_calendar_new (const char *key, const char *href);
void lykta_dav_calendar_free (gpointer data);
/* The calendar with this key, or in which the resource with this key lies. NULL when none. */
LyktaDavCalendar *lykta_dav_state_find (const LyktaDavState *self, const char *key);

/* One resource that has changed. */
typedef struct {
  char *key;     /* (owned) */
  char *href;    /* (owned) */
  char *etag;    /* (owned) (nullable) */
  guint64 start; /* of its events, in the job's spool */
  guint64 end;
  gboolean is_there;     /* its events came */
  gboolean is_too_large; /* and are beyond all limits */
  gboolean has_gone;     /* meanwhile */
} LyktaDavItem;

struct _LyktaSyncDav {
  char *address;          /* (owned) without "caldav+" and name */
  char *wanted;           /* (owned) (nullable) name of the only calendar that is wanted */
  LyktaFetchLogin *login; /* (owned) (nullable) */
  LyktaDavState *before;  /* (owned) */
  LyktaDavState *state;   /* (owned) as it is to be remembered */
  gboolean is_whole;      /* nothing that is stored counts */
  guint64 n_spooled;
  GHashTable *items; /* (owned) key → LyktaDavItem: what changed */
  GPtrArray *order;  /* (owned) (element-type LyktaDavItem, borrowed) in which they came */
  GHashTable *gone;  /* (owned) set of keys that the server no longer has */
  GHashTable *known; /* (owned) (nullable) key → its hash; until somebody needs it */
};

/* NULL when @source is on no CalDAV server. (transfer full) (nullable) */
LyktaSyncDav *lykta_sync_dav_new (LyktaSource *source);
void lykta_sync_dav_free (LyktaSyncDav *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSyncDav, lykta_sync_dav_free)
/* The key of @href at this server; NULL when it is somewhere else or none. (transfer full)
 * (nullable) */
char *lykta_sync_dav_key (LyktaSyncDav *self, const char *href);

/* ---- while fetching; errors go into @job->error ---- */

/* One question and its answer. */
typedef struct {
  const char *method;
  const char *href;
  guint depth;
  gboolean is_slow; /* the server may have to look at everything that it has */
  GBytes *content;
  LyktaDavFunc func;
  gpointer user_data;
} LyktaDavQuestion;
/* The HTTP status; what is 207 has been read to its end. 0 after an error. @final_key (out,
 * nullable) (transfer full): where redirects led to. */
guint lykta_sync_dav_ask (LyktaSyncJob *job,
                          const LyktaDavQuestion *question,
                          LyktaDavAnswer *answer,
                          char **final_key);
/* Sets the error for a status that is none of those expected. Always FALSE. */
gboolean lykta_sync_dav_refuse (LyktaSyncJob *job, const char *href, guint status);
/* Finds the calendars of the source and fills @job->dav->state with them, tokens and all. */
gboolean lykta_sync_dav_discover (LyktaSyncJob *job);
/* Looks again at what is known from the last refresh. *@is_lost: it is not there any more. */
gboolean lykta_sync_dav_revisit (LyktaSyncJob *job, gboolean *is_lost);
/* What has changed in one calendar since @before (nullable), without events unless the server gives
 * them at once. */
gboolean
lykta_sync_dav_list (LyktaSyncJob *job, LyktaDavCalendar *calendar, const LyktaDavCalendar *before);
/* Puts a resource of a list among the changed ones. */
gboolean lykta_sync_dav_take (LyktaSyncJob *job, const LyktaDavResponse *response, GError **error);

/* Everything: fills @job->dav, fetched and error. Any thread. */
void lykta_sync_dav_fetch (LyktaSyncJob *job);
/* Takes it into the calendar. */
void lykta_sync_dav_apply (LyktaSyncJob *job, LyktaContentWriter *writer);

G_END_DECLS
