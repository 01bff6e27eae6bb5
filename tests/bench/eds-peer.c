/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long evolution-data-server needs to take in a calendar from the web: a new webcal source in a
 * fresh profile, from asking for it until all its events can be listed. Prints seconds and the
 * number of events. Run it inside dbus-run-session with HOME and the XDG folders pointing to an
 * empty folder.
 *
 *   eds-peer http://127.0.0.1:PORT/calendar.ics EVENTS */

#define LIBICAL_GLIB_UNSTABLE_API 1

#include <libecal/libecal.h>

#define POLL_MILLISECONDS 50
#define LONGEST_SECONDS   300.0

static ESource *
new_source (ESourceRegistry *registry, const char *address, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, error);
  if (uri == NULL)
    return NULL;
  g_autoptr (ESource) source = e_source_new_with_uid ("lykta-bench", NULL, error);
  if (source == NULL)
    return NULL;
  e_source_set_display_name (source, "bench");
  e_source_set_parent (source, "webcal-stub");
  e_source_backend_set_backend_name (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR),
                                     "webcal");
  e_source_webdav_set_uri (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND), uri);
  ESourceAuthentication *authentication =
      e_source_get_extension (source, E_SOURCE_EXTENSION_AUTHENTICATION);
  e_source_authentication_set_host (authentication, g_uri_get_host (uri));
  e_source_authentication_set_port (authentication, g_uri_get_port (uri));
  e_source_authentication_set_method (authentication, "none");
  e_source_refresh_set_enabled (e_source_get_extension (source, E_SOURCE_EXTENSION_REFRESH), FALSE);
  e_source_offline_set_stay_synchronized (
      e_source_get_extension (source, E_SOURCE_EXTENSION_OFFLINE), TRUE);
  if (!e_source_registry_commit_source_sync (registry, source, NULL, error))
    return NULL;
  for (int i = 0; i < 100; i++) {
    ESource *known = e_source_registry_ref_source (registry, "lykta-bench");
    if (known != NULL)
      return known;
    g_poll (NULL, 0, POLL_MILLISECONDS);
  }
  return NULL;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  if (argc != 3) {
    g_printerr ("usage: eds-peer ADDRESS EVENTS\n");
    return 2;
  }
  guint64 wanted = 0;
  if (!g_ascii_string_to_unsigned (argv[2], 10, 1, G_MAXUINT, &wanted, &error)) {
    g_printerr ("eds-peer: %s\n", error->message);
    return 2;
  }
  g_autoptr (ESourceRegistry) registry = e_source_registry_new_sync (NULL, &error);
  g_autoptr (ESource) source = registry != NULL ? new_source (registry, argv[1], &error) : NULL;
  if (source == NULL) {
    g_printerr ("eds-peer: %s\n", error != NULL ? error->message : "no source");
    return 1;
  }

  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (EClient) client = e_cal_client_connect_sync (source, E_CAL_CLIENT_SOURCE_TYPE_EVENTS,
                                                          (guint32)-1, NULL, &error);
  if (client == NULL || !e_client_refresh_sync (client, NULL, &error)) {
    g_printerr ("eds-peer: %s\n", error->message);
    return 1;
  }
  guint found = 0;
  while (found < wanted && g_timer_elapsed (timer, NULL) < LONGEST_SECONDS) {
    GSList *list = NULL;
    e_cal_client_get_object_list_sync (E_CAL_CLIENT (client), "#t", &list, NULL, NULL);
    found = g_slist_length (list);
    g_slist_free_full (list, g_object_unref);
    if (found < wanted)
      g_poll (NULL, 0, POLL_MILLISECONDS);
  }
  g_print ("%.3f %u\n", g_timer_elapsed (timer, NULL), found);
  return found >= wanted ? 0 : 1;
}
