/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/lykta-test.h"

G_BEGIN_DECLS

/* misbehaving-server.py, which answers @calendar wrongly in one way per path. Needs
 * lykta_test_need_program ("python3"). (transfer full) */
LyktaTestServer *lykta_test_faults_new (const char *calendar_path);
/* The same over TLS. */
LyktaTestServer *
lykta_test_faults_new_tls (const char *calendar_path, const char *certificate, const char *key);
/* The same with a folder: a web server over TLS that shows the files in @folder/www, well until
 * @folder/mode holds the name of another way. @certificates: a folder with good.pem and good.key,
 * and others that a mode may name. On @port. (transfer full) */
LyktaTestServer *
lykta_test_faults_new_site (const char *folder, const char *certificates, guint16 port);
/* A small calendar of @n_events single events, far enough in the future, each with text that does
 * not pack well. @variant goes into the uids, so that two variants share none. (transfer full) */
char *lykta_test_calendar (guint n_events, const char *variant);

/* A certificate authority of the test's own, and certificates by it. */
typedef enum {
  LYKTA_TEST_CERTIFICATE_GOOD,       /* for localhost, 127.0.0.1 and calendar.test */
  LYKTA_TEST_CERTIFICATE_WRONG_NAME, /* for another host */
  LYKTA_TEST_CERTIFICATE_EXPIRED,
  LYKTA_TEST_CERTIFICATE_SELF_SIGNED, /* by no authority but itself */
} LyktaTestCertificate;
/* Writes ca.pem into @dir. Needs lykta_test_need_program ("openssl"). (transfer full): its path. */
char *lykta_test_make_ca (LyktaTestDir *dir);
/* Writes a certificate and its key, signed by that authority. (out) (transfer full) */
void lykta_test_make_certificate (LyktaTestDir *dir,
                                  LyktaTestCertificate kind,
                                  char **certificate,
                                  char **key);

G_END_DECLS
