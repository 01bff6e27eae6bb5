/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-soup-fetcher.h"

#include "base/lykta-limits.h"
#include "net/lykta-net-types-private.h"
#include "net/lykta-soup-transfer-private.h"

/* Holds what is the same for all fetches: how patient to be, whom to trust, and the connections
 * that are still open. The work is done in lykta-soup-transfer.c. Any thread after construction. */
struct _LyktaSoupFetcher {
  GObject parent_instance;

  char *ca_file;          /* (owned) (nullable) */
  GTlsDatabase *database; /* (owned) (nullable) of ca_file, made on first use, under lock */
  GMutex lock;
  LyktaSoupLanes *lanes; /* (owned) */
  guint idle_time;
  guint response_timeout;
  guint deadline;
  guint rate_window;
  guint minimum_rate;
};

static void lykta_soup_fetcher_fetcher_init (LyktaFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaSoupFetcher,
                               lykta_soup_fetcher,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_FETCHER,
                                                      lykta_soup_fetcher_fetcher_init))

typedef enum {
  PROP_CA_FILE = 1,
  PROP_RESPONSE_TIMEOUT,
  PROP_DEADLINE,
  PROP_RATE_WINDOW,
  PROP_MINIMUM_RATE,
  PROP_IDLE_TIME,
  N_PROPS,
} Property;
static GParamSpec *properties[N_PROPS];

/* A file that cannot be read must not quietly fall back on the system's list, nor trust nobody
 * without a word. NULL without error when no file is configured. */
static gboolean
ensure_database (LyktaSoupFetcher *self, GTlsDatabase **database, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GError) foreign = NULL;

  *database = NULL;
  if (self->ca_file == NULL)
    return TRUE;
  if (!g_path_is_absolute (self->ca_file)) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TLS,
                 "the file of trusted certificates must be an absolute path: %s", self->ca_file);
    return FALSE;
  }
  if (self->database == NULL)
    self->database = g_tls_file_database_new (self->ca_file, &foreign);
  if (self->database == NULL) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TLS,
                 "the file of trusted certificates %s cannot be read: %s", self->ca_file,
                 foreign->message);
    return FALSE;
  }
  *database = self->database;
  return TRUE;
}

static gboolean
lykta_soup_fetcher_fetch (LyktaFetcher *fetcher,
                          const LyktaFetchRequest *request,
                          GOutputStream *body,
                          GCancellable *cancellable,
                          LyktaFetchResult *result,
                          GError **error)
{
  LyktaSoupFetcher *self = LYKTA_SOUP_FETCHER (fetcher);
  LyktaSoupPatience patience = {
      .response_timeout = self->response_timeout,
      .deadline = self->deadline,
      .rate_window = self->rate_window,
      .minimum_rate = self->minimum_rate,
      .lanes = self->lanes,
  };

  if (!ensure_database (self, &patience.authorities, error))
    return FALSE;
  return lykta_soup_transfer_run (&patience, request, body, cancellable, result, error);
}

static void
lykta_soup_fetcher_fetcher_init (LyktaFetcherInterface *iface)
{
  iface->fetch = lykta_soup_fetcher_fetch;
}

static void
lykta_soup_fetcher_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LyktaSoupFetcher *self = LYKTA_SOUP_FETCHER (object);

  switch ((Property)id) {
  case PROP_CA_FILE:
    self->ca_file = g_value_dup_string (value);
    break;
  case PROP_RESPONSE_TIMEOUT:
    self->response_timeout = g_value_get_uint (value);
    break;
  case PROP_DEADLINE:
    self->deadline = g_value_get_uint (value);
    break;
  case PROP_RATE_WINDOW:
    self->rate_window = g_value_get_uint (value);
    break;
  case PROP_MINIMUM_RATE:
    self->minimum_rate = g_value_get_uint (value);
    break;
  case PROP_IDLE_TIME:
    self->idle_time = g_value_get_uint (value);
    break;
  case N_PROPS:
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    break;
  }
}

static void
lykta_soup_fetcher_constructed (GObject *object)
{
  LyktaSoupFetcher *self = LYKTA_SOUP_FETCHER (object);

  G_OBJECT_CLASS (lykta_soup_fetcher_parent_class)->constructed (object);
  self->lanes = lykta_soup_lanes_new (self->idle_time);
}

static void
lykta_soup_fetcher_dispose (GObject *object)
{
  LyktaSoupFetcher *self = LYKTA_SOUP_FETCHER (object);

  g_clear_pointer (&self->lanes, lykta_soup_lanes_free);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (lykta_soup_fetcher_parent_class)->dispose (object);
}

static void
lykta_soup_fetcher_finalize (GObject *object)
{
  LyktaSoupFetcher *self = LYKTA_SOUP_FETCHER (object);

  g_free (self->ca_file);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (lykta_soup_fetcher_parent_class)->finalize (object);
}

static void
lykta_soup_fetcher_class_init (LyktaSoupFetcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lykta_soup_fetcher_set_property;
  object_class->constructed = lykta_soup_fetcher_constructed;
  object_class->dispose = lykta_soup_fetcher_dispose;
  object_class->finalize = lykta_soup_fetcher_finalize;
  properties[PROP_CA_FILE] = g_param_spec_string ("ca-file", NULL, NULL, NULL, flags);
  properties[PROP_RESPONSE_TIMEOUT] = g_param_spec_uint (
      "response-timeout", NULL, NULL, 1, G_MAXUINT, LYKTA_LIMIT_RESPONSE_SECONDS * 1000, flags);
  properties[PROP_DEADLINE] = g_param_spec_uint ("deadline", NULL, NULL, 1, G_MAXUINT,
                                                 LYKTA_LIMIT_DOWNLOAD_SECONDS * 1000, flags);
  properties[PROP_RATE_WINDOW] = g_param_spec_uint ("rate-window", NULL, NULL, 1, G_MAXUINT,
                                                    LYKTA_LIMIT_RATE_WINDOW_SECONDS * 1000, flags);
  properties[PROP_MINIMUM_RATE] = g_param_spec_uint ("minimum-rate", NULL, NULL, 1, G_MAXUINT,
                                                     LYKTA_LIMIT_BYTES_PER_SECOND, flags);
  properties[PROP_IDLE_TIME] = g_param_spec_uint (
      "idle-time", NULL, NULL, 0, G_MAXUINT, LYKTA_LIMIT_KEPT_CONNECTION_SECONDS * 1000, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lykta_soup_fetcher_init (LyktaSoupFetcher *self)
{
  g_mutex_init (&self->lock);
}

LyktaFetcher *
lykta_soup_fetcher_new (const char *ca_file)
{
  lykta_net_types_ensure ();
  return g_object_new (LYKTA_TYPE_SOUP_FETCHER, "ca-file", ca_file, NULL);
}
