/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-network-connectivity.h"

#include "net/lykta-net-types-private.h"

#define MANAGER_NAME "org.freedesktop.NetworkManager"
#define MANAGER_PATH "/org/freedesktop/NetworkManager"
/* Of its NMMetered: unknown, yes, no, guess yes, guess no. */
#define METERED_UNKNOWN 0

/* Shows GNetworkMonitor as a LyktaConnectivity. Main thread. */
struct _LyktaNetworkConnectivity {
  GObject parent_instance;

  GNetworkMonitor *monitor;   /* (owned) (nullable) not known yet */
  GDBusProxy *manager;        /* (owned) (nullable) NetworkManager, when the monitor is its own */
  GCancellable *cancellable;  /* (owned) of the search for the monitor */
  LyktaConnection connection; /* as last told */
};

static void lykta_network_connectivity_connectivity_init (LyktaConnectivityInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaNetworkConnectivity,
                               lykta_network_connectivity,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_CONNECTIVITY,
                                                      lykta_network_connectivity_connectivity_init))

typedef enum {
  PROP_MONITOR = 1,
  N_PROPS,
} Property;
static GParamSpec *properties[N_PROPS];

/* GIO's fallback on the kernel's routing messages says "not metered" about everything. */
static gboolean
knows_about_metering (GNetworkMonitor *monitor)
{
  const char *type = G_OBJECT_TYPE_NAME (monitor);

  return !g_str_equal (type, "GNetworkMonitorBase") &&
         !g_str_equal (type, "GNetworkMonitorNetlink");
}

/* Blocks until NetworkManager has answered. (transfer full) (nullable) */
static GDBusProxy *
find_manager (GNetworkMonitor *monitor, GCancellable *cancellable)
{
  if (!g_str_equal (G_OBJECT_TYPE_NAME (monitor), "GNetworkMonitorNM"))
    return NULL;
  return g_dbus_proxy_new_for_bus_sync (G_BUS_TYPE_SYSTEM, G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START,
                                        NULL, MANAGER_NAME, MANAGER_PATH, MANAGER_NAME, cancellable,
                                        NULL);
}

/* NetworkManager says so itself; the monitor makes "no" of it. */
static gboolean
manager_does_not_know (GDBusProxy *manager)
{
  g_autoptr (GVariant) metered =
      manager != NULL ? g_dbus_proxy_get_cached_property (manager, "Metered") : NULL;

  return metered != NULL && g_variant_is_of_type (metered, G_VARIANT_TYPE_UINT32) &&
         g_variant_get_uint32 (metered) == METERED_UNKNOWN;
}

static LyktaConnection
connection_of (GNetworkMonitor *monitor, GDBusProxy *manager)
{
  if (monitor == NULL)
    return LYKTA_CONNECTION_UNKNOWN;
  if (!g_network_monitor_get_network_available (monitor))
    return LYKTA_CONNECTION_NONE;
  if (g_network_monitor_get_network_metered (monitor))
    return LYKTA_CONNECTION_METERED;
  return knows_about_metering (monitor) && !manager_does_not_know (manager)
             ? LYKTA_CONNECTION_UNMETERED
             : LYKTA_CONNECTION_UNKNOWN;
}

static void
on_monitor_notify (LyktaNetworkConnectivity *self)
{
  LyktaConnection connection = connection_of (self->monitor, self->manager);

  if (connection == self->connection)
    return;
  self->connection = connection;
  g_signal_emit_by_name (self, "changed");
}

static void
take_monitor (LyktaNetworkConnectivity *self, GNetworkMonitor *monitor, GDBusProxy *manager)
{
  if (manager != NULL) {
    g_set_object (&self->manager, manager);
    g_signal_connect_object (manager, "g-properties-changed", G_CALLBACK (on_monitor_notify), self,
                             G_CONNECT_SWAPPED);
  }
  g_set_object (&self->monitor, monitor);
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_monitor_notify), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (monitor, "notify::network-metered", G_CALLBACK (on_monitor_notify), self,
                           G_CONNECT_SWAPPED);
}

/* What the worker brings. */
typedef struct {
  GNetworkMonitor *monitor; /* (owned) */
  GDBusProxy *manager;      /* (owned) (nullable) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_object (&found->monitor);
  g_clear_object (&found->manager);
  g_free (found);
}

/* Worker thread: nothing is pushed as its default context, so the monitor reports to the main one.
 */
static void
find_monitor (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Found *found = g_new0 (Found, 1);

  found->monitor = g_object_ref (g_network_monitor_get_default ());
  found->manager = find_manager (found->monitor, cancellable);
  g_task_return_pointer (task, found, found_free);
}

static void
on_find_monitor_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Found *found = g_task_propagate_pointer (G_TASK (result), NULL);
  LyktaNetworkConnectivity *self = user_data;

  /* Cancelled: self is gone. */
  if (found == NULL)
    return;
  take_monitor (self, found->monitor, found->manager);
  found_free (found);
  on_monitor_notify (self);
}

static LyktaConnection
lykta_network_connectivity_get_connection (LyktaConnectivity *connectivity)
{
  return LYKTA_NETWORK_CONNECTIVITY (connectivity)->connection;
}

static void
lykta_network_connectivity_connectivity_init (LyktaConnectivityInterface *iface)
{
  iface->get_connection = lykta_network_connectivity_get_connection;
}

static void
lykta_network_connectivity_set_property (GObject *object,
                                         guint id,
                                         const GValue *value,
                                         GParamSpec *pspec)
{
  LyktaNetworkConnectivity *self = LYKTA_NETWORK_CONNECTIVITY (object);

  switch ((Property)id) {
  case PROP_MONITOR:
    if (g_value_get_object (value) != NULL) {
      g_autoptr (GDBusProxy) manager = find_manager (g_value_get_object (value), NULL);

      take_monitor (self, g_value_get_object (value), manager);
    }
    break;
  case N_PROPS:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
lykta_network_connectivity_constructed (GObject *object)
{
  LyktaNetworkConnectivity *self = LYKTA_NETWORK_CONNECTIVITY (object);

  G_OBJECT_CLASS (lykta_network_connectivity_parent_class)->constructed (object);
  self->connection = connection_of (self->monitor, self->manager);
  if (self->monitor == NULL) {
    /* Not a reference to self: the thread could be the last to drop it. */
    g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_find_monitor_ready, self);

    g_task_set_source_tag (task, lykta_network_connectivity_constructed);
    g_task_run_in_thread (task, find_monitor);
  }
}

static void
lykta_network_connectivity_dispose (GObject *object)
{
  LyktaNetworkConnectivity *self = LYKTA_NETWORK_CONNECTIVITY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->manager);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (lykta_network_connectivity_parent_class)->dispose (object);
}

static void
lykta_network_connectivity_class_init (LyktaNetworkConnectivityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = lykta_network_connectivity_set_property;
  object_class->constructed = lykta_network_connectivity_constructed;
  object_class->dispose = lykta_network_connectivity_dispose;
  properties[PROP_MONITOR] =
      g_param_spec_object ("monitor", NULL, NULL, G_TYPE_NETWORK_MONITOR,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lykta_network_connectivity_init (LyktaNetworkConnectivity *self)
{
  self->cancellable = g_cancellable_new ();
}

LyktaConnectivity *
lykta_network_connectivity_new (GNetworkMonitor *monitor)
{
  g_return_val_if_fail (monitor == NULL || G_IS_NETWORK_MONITOR (monitor), NULL);

  lykta_net_types_ensure ();
  return g_object_new (LYKTA_TYPE_NETWORK_CONNECTIVITY, "monitor", monitor, NULL);
}
