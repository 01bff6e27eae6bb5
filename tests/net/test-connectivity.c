/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/lykta-network-connectivity.h"
#include "support/lykta-test.h"

/* A network monitor that says what it is told to. */
#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

struct _TestMonitor {
  GObject parent_instance;

  gboolean is_available;
  gboolean is_metered;
};

typedef enum {
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY,
} Property;

static gboolean
test_monitor_initable_init (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
test_monitor_initable_iface_init (GInitableIface *iface)
{
  iface->init = test_monitor_initable_init;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor,
                               test_monitor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE,
                                                      test_monitor_initable_iface_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, NULL))

static void
test_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestMonitor *self = TEST_MONITOR (object);

  switch ((Property)id) {
  case PROP_AVAILABLE:
    g_value_set_boolean (value, self->is_available);
    break;
  case PROP_METERED:
    g_value_set_boolean (value, self->is_metered);
    break;
  case PROP_CONNECTIVITY:
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
test_monitor_class_init (TestMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
}

static void
count_signal (LyktaConnectivity *connectivity, guint *n)
{
  *n += 1;
}

static void
test_follows (void)
{
  TestMonitor *monitor = g_object_new (TEST_TYPE_MONITOR, NULL);
  LyktaConnectivity *connectivity = lykta_network_connectivity_new (G_NETWORK_MONITOR (monitor));
  guint n = 0;

  g_signal_connect (connectivity, "changed", G_CALLBACK (count_signal), &n);
  g_assert_cmpint (lykta_connectivity_get_connection (connectivity), ==, LYKTA_CONNECTION_NONE);
  monitor->is_available = TRUE;
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpint (lykta_connectivity_get_connection (connectivity), ==,
                   LYKTA_CONNECTION_UNMETERED);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  g_assert_cmpuint (n, ==, 1);
  monitor->is_metered = TRUE;
  g_object_notify (G_OBJECT (monitor), "network-metered");
  g_assert_cmpint (lykta_connectivity_get_connection (connectivity), ==, LYKTA_CONNECTION_METERED);
  g_assert_cmpuint (n, ==, 2);
  g_assert_finalize_object (connectivity);
  g_assert_finalize_object (monitor);
}

/* Looking the system's monitor up takes a thread; going away meanwhile is no harm. */
static void
test_dropped_early (void)
{
  LyktaConnectivity *connectivity = lykta_network_connectivity_new (NULL);
  GObject *weak = NULL;

  g_assert_cmpint (lykta_connectivity_get_connection (connectivity), ==, LYKTA_CONNECTION_UNKNOWN);
  g_set_weak_pointer (&weak, G_OBJECT (connectivity));
  g_object_run_dispose (G_OBJECT (connectivity));
  g_object_unref (connectivity);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/net/connectivity/follows", test_follows);
  g_test_add_func ("/net/connectivity/dropped-early", test_dropped_early);
  return g_test_run ();
}
