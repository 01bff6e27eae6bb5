/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lykta-clock.h"

G_BEGIN_DECLS

/* What every test program begins with: warnings of any kind abort, folders for settings, data and
 * caches are private to the program and removed at its end. Then g_test_add_func and g_test_run. */
void lykta_test_init (int *argc, char ***argv);

/* Ends the case with a clear line that says why ("no such command: nginx"). Use as
 *   if (!lykta_test_need_program ("nginx")) return; */
gboolean lykta_test_need_program (const char *program);
/* The same for a folder or file outside the repository. @path NULL: the thing was not named. */
gboolean lykta_test_need_path (const char *path, const char *what);
/* TRUE in the long suite (./dev test --long). */
gboolean lykta_test_is_long (void);

/* A path inside the repository, "tests/feed/fixtures/x.ics". (transfer full) */
char *lykta_test_source_path (const char *relative) G_GNUC_WARN_UNUSED_RESULT;
/* Its whole content; a file that is missing fails the test. (transfer full) */
GBytes *lykta_test_source_bytes (const char *relative) G_GNUC_WARN_UNUSED_RESULT;

/* A path inside the collection of real feeds and tables that is no part of the repository: it is in
 * $LYKTA_TEST_DATA, or in ../shared/data beside the repository. Ask lykta_test_need_path() whether
 * it is there. (transfer full) */
char *lykta_test_data_path (const char *relative) G_GNUC_WARN_UNUSED_RESULT;

/* A folder of the test's own, removed with everything in it when freed. */
typedef struct _LyktaTestDir LyktaTestDir;
LyktaTestDir *lykta_test_dir_new (void);
void lykta_test_dir_free (LyktaTestDir *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaTestDir, lykta_test_dir_free)
const char *lykta_test_dir_get_path (LyktaTestDir *self);
/* Path of @name in it. (transfer full) */
char *lykta_test_dir_child (LyktaTestDir *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Writes @name and makes the folders above it; @length -1: @content ends with NUL.
 * (transfer full): its path. */
char *
lykta_test_dir_write (LyktaTestDir *self, const char *name, const char *content, gssize length);

/* A clock that stands at an RFC 3339 moment, "2026-11-24T12:00:00+01:00". (transfer full) */
LyktaClock *lykta_test_clock_at (const char *rfc3339);
/* The same as Unix seconds. */
gint64 lykta_test_moment (const char *rfc3339);

/* Runs the default main context until @is_done says so; fails the test after @seconds. */
typedef gboolean (*LyktaTestFunc) (gpointer user_data);
void lykta_test_run_until (LyktaTestFunc is_done, gpointer user_data, guint seconds);
/* Does what the default main context has to do right now. */
void lykta_test_settle (void);

/* A TCP port on 127.0.0.1 that nobody listened on a moment ago. */
guint16 lykta_test_free_port (void);
/* A port that refuses connections for as long as the socket is kept: bound, never listening.
 * Close @fd with close(2). */
guint16 lykta_test_refused_port (int *fd);

/* A server program of the test's own; it stops when freed, and when the test dies. */
typedef struct _LyktaTestServer LyktaTestServer;
/* Starts @argv (NULL-terminated) and waits until 127.0.0.1:@port accepts; fails the test when it
 * does not within ten seconds. Output goes to the test log. */
LyktaTestServer *lykta_test_server_new (const char *const *argv, guint16 port);
/* nginx that serves @root on a free port of the loopback. @server_config (nullable) goes into its
 * server block as it is: locations, headers, compression. Needs lykta_test_need_program ("nginx").
 */
LyktaTestServer *lykta_test_server_new_nginx (const char *root, const char *server_config);
void lykta_test_server_free (LyktaTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaTestServer, lykta_test_server_free)
guint16 lykta_test_server_get_port (LyktaTestServer *self);
/* "http://127.0.0.1:PORT/NAME". (transfer full) */
char *lykta_test_server_url (LyktaTestServer *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Runs a program to its end. Out pointers may be NULL; -1 when it was killed by a signal.
 * @argv NULL-terminated; environment is the test's own. */
int lykta_test_run_program (const char *const *argv, char **standard_output, char **standard_error);

G_END_DECLS
