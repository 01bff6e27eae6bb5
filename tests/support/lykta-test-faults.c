/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test-faults.h"

/* The system's own, not one of a developer's that may lack modules. */
#define PYTHON "/usr/bin/python3"

LyktaTestServer *
lykta_test_faults_new_tls (const char *calendar_path, const char *certificate, const char *key)
{
  g_autofree char *script = lykta_test_source_path ("tests/support/misbehaving-server.py");
  guint16 port = lykta_test_free_port ();
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  const char *argv[] = {PYTHON, script, port_text, calendar_path, certificate, key, NULL};

  return lykta_test_server_new (argv, port);
}

LyktaTestServer *
lykta_test_faults_new (const char *calendar_path)
{
  return lykta_test_faults_new_tls (calendar_path, NULL, NULL);
}

LyktaTestServer *
lykta_test_faults_new_site (const char *folder, const char *certificates, guint16 port)
{
  g_autofree char *script = lykta_test_source_path ("tests/support/misbehaving-server.py");
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  const char *argv[] = {PYTHON, script, port_text, folder, certificates, NULL};

  return lykta_test_server_new (argv, port);
}

char *
lykta_test_calendar (guint n_events, const char *variant)
{
  GString *text = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lykta//test//EN\r\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (n_events);

  for (guint i = 0; i < n_events; i++)
    g_string_append_printf (text,
                            "BEGIN:VEVENT\r\nUID:%s-%u@test.invalid\r\nDTSTAMP:20261101T000000Z\r\n"
                            "DTSTART:202612%02uT170000Z\r\nDTEND:202612%02uT180000Z\r\n"
                            "SUMMARY:Språkcafé %s %u\r\nDESCRIPTION:%08x%08x%08x%08x\r\n"
                            "END:VEVENT\r\n",
                            variant, i, 1 + i % 28, 1 + i % 28, variant, i, g_rand_int (random),
                            g_rand_int (random), g_rand_int (random), g_rand_int (random));
  g_string_append (text, "END:VCALENDAR\r\n");
  return g_string_free (text, FALSE);
}

static void
run_openssl (LyktaTestDir *dir, const char *command)
{
  g_autofree char *line =
      g_strdup_printf ("cd '%s' && openssl %s", lykta_test_dir_get_path (dir), command);
  const char *argv[] = {"/bin/sh", "-c", line, NULL};
  g_autofree char *complaint = NULL;

  if (lykta_test_run_program (argv, NULL, &complaint) != 0)
    g_error ("%s: %s", line, complaint);
}

char *
lykta_test_make_ca (LyktaTestDir *dir)
{
  run_openssl (dir, "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key "
                    "-out ca.pem -subj '/CN=Lykta test authority' -days 2");
  return lykta_test_dir_child (dir, "ca.pem");
}

void
lykta_test_make_certificate (LyktaTestDir *dir,
                             LyktaTestCertificate kind,
                             char **certificate,
                             char **key)
{
  static const char *const stems[] = {"good", "wrong-name", "expired", "self-signed"};
  const char *stem = stems[kind];
  const char *names = kind == LYKTA_TEST_CERTIFICATE_WRONG_NAME
                          ? "subjectAltName=DNS:elsewhere.invalid\n"
                          : "subjectAltName=DNS:localhost,DNS:calendar.test,IP:127.0.0.1\n";
  int days = kind == LYKTA_TEST_CERTIFICATE_EXPIRED ? -1 : 2;
  g_autofree char *extensions_name = g_strconcat (stem, ".ext", NULL);
  g_autofree char *extensions = lykta_test_dir_write (dir, extensions_name, names, -1);
  g_autofree char *request = g_strdup_printf (
      "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s.key -out %s.csr "
      "-subj /CN=test",
      stem, stem);
  g_autofree char *signer = kind == LYKTA_TEST_CERTIFICATE_SELF_SIGNED
                                ? g_strconcat ("-signkey ", stem, ".key", NULL)
                                : g_strdup ("-CA ca.pem -CAkey ca.key -CAcreateserial");
  g_autofree char *sign =
      g_strdup_printf ("x509 -req -in %s.csr %s -days %d -extfile %s -out %s.pem", stem, signer,
                       days, extensions, stem);
  g_autofree char *certificate_name = g_strconcat (stem, ".pem", NULL);
  g_autofree char *key_name = g_strconcat (stem, ".key", NULL);

  run_openssl (dir, request);
  run_openssl (dir, sign);
  *certificate = lykta_test_dir_child (dir, certificate_name);
  *key = lykta_test_dir_child (dir, key_name);
}
