/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/lykta-network-connectivity.h"
#include "support/lykta-test.h"

/* GIO's own monitor of NetworkManager, on a bus of our own where a stand-in says what it is told.
 */

#define NAME      "org.freedesktop.NetworkManager"
#define PATH      "/org/freedesktop/NetworkManager"
#define MOCK      "org.freedesktop.DBus.Mock"
#define CONNECTED 70 /* NM_STATE_CONNECTED_GLOBAL */
#define PATIENCE  20

static GDBusConnection *bus;

static GVariant *
call (const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, NAME, PATH, MOCK, method, parameters, NULL,
                                                  G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

/* From now on NetworkManager says so, and tells who listens. */
static void
say_metered (guint metered)
{
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", "Metered", g_variant_new_uint32 (metered));
  g_variant_unref (call ("UpdateProperties", g_variant_new ("(sa{sv})", NAME, &properties)));
}

typedef struct {
  LyktaConnectivity *connectivity;
  LyktaConnection expected;
} Wait;

static gboolean
is_as_expected (gpointer user_data)
{
  Wait *wait = user_data;

  return lykta_connectivity_get_connection (wait->connectivity) == wait->expected;
}

static void
wait_for (LyktaConnectivity *connectivity, LyktaConnection expected)
{
  Wait wait = {connectivity, expected};

  lykta_test_run_until (is_as_expected, &wait, PATIENCE);
}

/* What NetworkManager knows or guesses, and what it does not know; also while the program runs. */
static const struct {
  const char *what;
  guint metered;
  LyktaConnection expected;
} cases[] = {
    {"yes", 1, LYKTA_CONNECTION_METERED},       {"no", 2, LYKTA_CONNECTION_UNMETERED},
    {"guess yes", 3, LYKTA_CONNECTION_METERED}, {"guess no", 4, LYKTA_CONNECTION_UNMETERED},
    {"unknown", 0, LYKTA_CONNECTION_UNKNOWN},   {"yes again", 1, LYKTA_CONNECTION_METERED},
};

static void
test_while_it_runs (void)
{
  g_autoptr (LyktaConnectivity) connectivity = lykta_network_connectivity_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].what);
    say_metered (cases[i].metered);
    wait_for (connectivity, cases[i].expected);
  }
}

/* A program that has just been started and waits for nothing, as lyktactl from a timer. */
static void
test_at_once (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LyktaConnectivity) connectivity = NULL;

    say_metered (cases[i].metered);
    g_test_message ("%s", cases[i].what);
    /* The monitor is one for the process, and hears of it in its own time. */
    connectivity = lykta_network_connectivity_new (g_network_monitor_get_default ());
    wait_for (connectivity, cases[i].expected);
  }
}

static gboolean
has_owner (gpointer user_data)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", NAME), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean is_there = FALSE;

  if (answer != NULL)
    g_variant_get (answer, "(b)", &is_there);
  /* Nothing else goes on in this process that would make the loop turn. */
  g_idle_add_once ((GSourceOnceFunc)g_main_context_wakeup, NULL);
  return is_there;
}

static gboolean
has_mock (void)
{
  const char *const argv[] = {"/usr/bin/python3", "-c", "import dbusmock", NULL};

  return lykta_test_need_program ("dbus-daemon") &&
         g_file_test (argv[0], G_FILE_TEST_IS_EXECUTABLE) &&
         lykta_test_run_program (argv, NULL, NULL) == 0;
}

/* NetworkManager, connected, on the bus that this process takes for the system's. (transfer full)
 */
static GSubprocess *
start_mock (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) state = NULL;
  GSubprocess *mock =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "/usr/bin/python3", "-m",
                        "dbusmock", "--system", "--template", "networkmanager", NULL);

  g_assert_no_error (error);
  lykta_test_run_until (has_owner, NULL, PATIENCE);
  g_variant_unref (
      call ("AddProperty", g_variant_new ("(ssv)", NAME, "Metered", g_variant_new_uint32 (0))));
  state = call ("SetGlobalConnectionState", g_variant_new ("(u)", CONNECTED));
  return mock;
}

int
main (int argc, char **argv)
{
  g_autoptr (GTestDBus) daemon = NULL;
  g_autoptr (GSubprocess) mock = NULL;
  int code;

  lykta_test_init (&argc, &argv);
  if (!has_mock ()) {
    g_print ("1..0 # SKIP python3-dbusmock is not installed\n");
    return 77;
  }
  daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (daemon);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (daemon), TRUE);
  g_setenv ("GIO_USE_NETWORK_MONITOR", "networkmanager", TRUE);
  bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_assert_nonnull (bus);
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  mock = start_mock ();
  g_test_add_func ("/net/network-manager/while-it-runs", test_while_it_runs);
  g_test_add_func ("/net/network-manager/at-once", test_at_once);
  code = g_test_run ();
  g_subprocess_force_exit (mock);
  g_subprocess_wait (mock, NULL, NULL);
  g_clear_object (&bus);
  /* Not g_test_dbus_down(): the monitor of the process holds the connection until its end. */
  g_test_dbus_stop (daemon);
  return code;
}
