/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-route-fetcher.h"

/* Chooses by the scheme of the address who fetches. Any thread after construction. */
struct _LyktaRouteFetcher {
  GObject parent_instance;

  LyktaFetcher *local;  /* (owned) */
  LyktaFetcher *remote; /* (owned) */
};

static void lykta_route_fetcher_fetcher_init (LyktaFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaRouteFetcher,
                               lykta_route_fetcher,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_FETCHER,
                                                      lykta_route_fetcher_fetcher_init))

typedef enum {
  PROP_LOCAL = 1,
  PROP_REMOTE,
  N_PROPS,
} Property;
static GParamSpec *properties[N_PROPS];

static gboolean
lykta_route_fetcher_fetch (LyktaFetcher *fetcher,
                           const LyktaFetchRequest *request,
                           GOutputStream *body,
                           GCancellable *cancellable,
                           LyktaFetchResult *result,
                           GError **error)
{
  LyktaRouteFetcher *self = LYKTA_ROUTE_FETCHER (fetcher);
  gboolean is_file = g_ascii_strncasecmp (request->address, "file:", strlen ("file:")) == 0;

  return lykta_fetcher_fetch (is_file ? self->local : self->remote, request, body, cancellable,
                              result, error);
}

static void
lykta_route_fetcher_fetcher_init (LyktaFetcherInterface *iface)
{
  iface->fetch = lykta_route_fetcher_fetch;
}

static void
lykta_route_fetcher_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaRouteFetcher *self = LYKTA_ROUTE_FETCHER (object);

  switch ((Property)id) {
  case PROP_LOCAL:
    self->local = g_value_dup_object (value);
    break;
  case PROP_REMOTE:
    self->remote = g_value_dup_object (value);
    break;
  case N_PROPS:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
lykta_route_fetcher_dispose (GObject *object)
{
  LyktaRouteFetcher *self = LYKTA_ROUTE_FETCHER (object);

  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  G_OBJECT_CLASS (lykta_route_fetcher_parent_class)->dispose (object);
}

static void
lykta_route_fetcher_class_init (LyktaRouteFetcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lykta_route_fetcher_set_property;
  object_class->dispose = lykta_route_fetcher_dispose;
  properties[PROP_LOCAL] = g_param_spec_object ("local", NULL, NULL, LYKTA_TYPE_FETCHER, flags);
  properties[PROP_REMOTE] = g_param_spec_object ("remote", NULL, NULL, LYKTA_TYPE_FETCHER, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lykta_route_fetcher_init (LyktaRouteFetcher *self)
{
}

LyktaFetcher *
lykta_route_fetcher_new (LyktaFetcher *local, LyktaFetcher *remote)
{
  g_return_val_if_fail (LYKTA_IS_FETCHER (local), NULL);
  g_return_val_if_fail (LYKTA_IS_FETCHER (remote), NULL);

  return g_object_new (LYKTA_TYPE_ROUTE_FETCHER, "local", local, "remote", remote, NULL);
}
