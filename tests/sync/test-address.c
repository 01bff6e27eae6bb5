/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"
#include "sync/lykta-source-address.h"

static const struct {
  const char *text;
  const char *expected;
} good[] = {
    {"https://example.org/a.ics", "https://example.org/a.ics"},
    {"  https://example.org/a.ics\n", "https://example.org/a.ics"},
    {"HTTPS://Example.ORG/A.ics?key=B#part", "https://example.org/A.ics?key=B"},
    {"https://example.org", "https://example.org/"},
    {"https://example.org:8443/a%20b", "https://example.org:8443/a%20b"},
    {"https://[2001:db8::1]/a", "https://[2001:db8::1]/a"},
    {"webcal://example.org/a.ics", "https://example.org/a.ics"},
    {"webcals://example.org/a.ics", "https://example.org/a.ics"},
    {"http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"},
    {"http://localhost/a", "http://localhost/a"},
    {"http://[::1]:81/a", "http://[::1]:81/a"},
    {"/srv/cal/a.ics", "file:///srv/cal/a.ics"},
    {"/srv/cal/", "file:///srv/cal"},
    {"a.ics", "file:///srv/here/a.ics"},
    {"./a b.ics", "file:///srv/here/a%20b.ics"},
    {"../a.ics", "file:///srv/a.ics"},
    {"./x:y.ics", "file:///srv/here/x:y.ics"},
    {"~/å.ics", "file:///home/sara/%C3%A5.ics"},
    {"~", "file:///home/sara"},
    {"file:///srv/../srv/a.ics", "file:///srv/a.ics"},
    {"file://localhost/srv/a.ics", "file:///srv/a.ics"},
    {"sample:", "sample:"},
    {"caldav+https://Example.org", "caldav+https://example.org/"},
    {"CalDAV+https://example.org/c/#Spr%C3%A5k", "caldav+https://example.org/c/#Spr%C3%A5k"},
    {"caldav+http://127.0.0.1:5232/s/", "caldav+http://127.0.0.1:5232/s/"},
};

static const struct {
  const char *text;
  LyktaAddressError code;
} bad[] = {
    {"", LYKTA_ADDRESS_ERROR_EMPTY},
    {" \t\n", LYKTA_ADDRESS_ERROR_EMPTY},
    {"http://example.org/a.ics", LYKTA_ADDRESS_ERROR_NOT_SECURE},
    {"http://127.0.0.1.example.org/", LYKTA_ADDRESS_ERROR_NOT_SECURE},
    {"http://localhost.example.org/", LYKTA_ADDRESS_ERROR_NOT_SECURE},
    {"caldav+http://example.org/", LYKTA_ADDRESS_ERROR_NOT_SECURE},
    {"caldav+https://sara@example.org/", LYKTA_ADDRESS_ERROR_CREDENTIALS},
    {"caldav+https://example.org/{lang}/", LYKTA_ADDRESS_ERROR_INVALID},
    {"caldav+https:", LYKTA_ADDRESS_ERROR_INVALID},
    {"caldav+file:///c", LYKTA_ADDRESS_ERROR_SCHEME},
    {"ftp://example.org/a.ics", LYKTA_ADDRESS_ERROR_SCHEME},
    {"mailto:a@example.org", LYKTA_ADDRESS_ERROR_SCHEME},
    {"javascript:alert(1)", LYKTA_ADDRESS_ERROR_SCHEME},
    {"https:", LYKTA_ADDRESS_ERROR_INVALID},
    {"https:///a.ics", LYKTA_ADDRESS_ERROR_INVALID},
    {"https://exa mple.org/", LYKTA_ADDRESS_ERROR_INVALID},
    {"https://example.org:port/", LYKTA_ADDRESS_ERROR_INVALID},
    {"https://example.org/\001", LYKTA_ADDRESS_ERROR_INVALID},
    {"https://sara:secret@example.org/", LYKTA_ADDRESS_ERROR_CREDENTIALS},
    {"https://sara@example.org/", LYKTA_ADDRESS_ERROR_CREDENTIALS},
    {"file://server/share/a.ics", LYKTA_ADDRESS_ERROR_INVALID},
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *address =
        lykta_source_address_normalise (good[i].text, "/srv/here", "/home/sara", &error);
    g_autofree char *again = NULL;

    g_assert_no_error (error);
    g_assert_cmpstr (address, ==, good[i].expected);
    again = lykta_source_address_normalise (address, "/other", "/other", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (again, ==, address);
  }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", bad[i].text);
    g_assert_null (lykta_source_address_normalise (bad[i].text, "/srv", "/home", &error));
    g_assert_error (error, LYKTA_ADDRESS_ERROR, (int)bad[i].code);
    g_assert_null (strstr (error->message, "secret"));
  }
}

static void
test_kinds (void)
{
  static const struct {
    const char *address;
    gboolean is_local;
    gboolean is_offline;
  } cases[] = {
      {"file:///a", TRUE, TRUE},           {"sample:", TRUE, TRUE},
      {"http://127.0.0.1/a", FALSE, TRUE}, {"https://localhost:8/a", FALSE, TRUE},
      {"https://[::1]:8/a", FALSE, TRUE},  {"https://example.org/a", FALSE, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (lykta_source_address_is_local (cases[i].address), ==, cases[i].is_local);
    g_assert_cmpint (lykta_source_address_is_offline (cases[i].address), ==, cases[i].is_offline);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/sync/address/good", test_good);
  g_test_add_func ("/sync/address/bad", test_bad);
  g_test_add_func ("/sync/address/kinds", test_kinds);
  return g_test_run ();
}
