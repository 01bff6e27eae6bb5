/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-base"

#include "base/lykta-connectivity.h"

/* A network that is what it is told to be. Main thread. */
struct _LyktaFixedConnectivity {
  GObject parent_instance;

  LyktaConnection connection;
};

static void lykta_fixed_connectivity_iface_init (LyktaConnectivityInterface *iface);

G_DEFINE_INTERFACE (LyktaConnectivity, lykta_connectivity, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaFixedConnectivity,
                               lykta_fixed_connectivity,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_CONNECTIVITY,
                                                      lykta_fixed_connectivity_iface_init))

static void
lykta_connectivity_default_init (LyktaConnectivityInterface *iface)
{
  g_signal_new ("changed", LYKTA_TYPE_CONNECTIVITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static LyktaConnection
lykta_fixed_connectivity_get_connection (LyktaConnectivity *connectivity)
{
  return LYKTA_FIXED_CONNECTIVITY (connectivity)->connection;
}

static void
lykta_fixed_connectivity_iface_init (LyktaConnectivityInterface *iface)
{
  iface->get_connection = lykta_fixed_connectivity_get_connection;
}

static void
lykta_fixed_connectivity_class_init (LyktaFixedConnectivityClass *klass)
{
}

static void
lykta_fixed_connectivity_init (LyktaFixedConnectivity *self)
{
}

LyktaConnection
lykta_connectivity_get_connection (LyktaConnectivity *self)
{
  g_return_val_if_fail (LYKTA_IS_CONNECTIVITY (self), LYKTA_CONNECTION_UNKNOWN);

  return LYKTA_CONNECTIVITY_GET_IFACE (self)->get_connection (self);
}

LyktaConnectivity *
lykta_fixed_connectivity_new (LyktaConnection connection)
{
  LyktaFixedConnectivity *self = g_object_new (LYKTA_TYPE_FIXED_CONNECTIVITY, NULL);

  self->connection = connection;
  return LYKTA_CONNECTIVITY (self);
}

void
lykta_fixed_connectivity_set (LyktaFixedConnectivity *self, LyktaConnection connection)
{
  g_return_if_fail (LYKTA_IS_FIXED_CONNECTIVITY (self));

  if (self->connection == connection)
    return;
  self->connection = connection;
  g_signal_emit_by_name (self, "changed");
}
