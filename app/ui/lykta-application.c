/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/lykta-application.h"

#include <errno.h>
#include <string.h>

#include "base/lykta-paths.h"
#include "net/lykta-file-fetcher.h"
#include "net/lykta-network-connectivity.h"
#include "net/lykta-route-fetcher.h"
#include "net/lykta-soup-fetcher.h"
#include "session/lykta-content-watch.h"
#include "session/lykta-data-use.h"
#include "session/lykta-session-pulse.h"
#include "store/lykta-content-store.h"
#include "store/lykta-device-store.h"
#include "sync/lykta-settings.h"
#include "sync/lykta-source-address.h"
#include "sync/lykta-sync-engine.h"
#include "text/lykta-catalogue.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "ui/kiosk/lykta-kiosk-lock.h"
#include "ui/kiosk/lykta-kiosk.h"
#include "ui/lykta-launch.h"
#include "ui/lykta-refresher.h"
#include "ui/lykta-run-options.h"
#include "ui/lykta-sentences.h"
#include "ui/lykta-surroundings.h"
#include "ui/lykta-trouble-window.h"
#include "ui/lykta-window.h"

#define MUNICIPALITIES "/se/lykta/Lykta/data/municipalities.csv"
#define COUNTIES       "/se/lykta/Lykta/data/counties.csv"
/* Without settings, as these are by default. */
#define IDLE_SECONDS      60
#define COUNTDOWN_SECONDS 20
#define REPLACE_MS        250

struct _LyktaApplication {
  AdwApplication parent_instance;

  /* owned, all (nullable) before the first window */
  GSettings *settings; /* NULL when the schema is not installed */
  LyktaClock *clock;
  LyktaPaths *paths;
  LyktaContentStore *content;
  LyktaDeviceStore *device;
  LyktaSession *session;
  LyktaSyncEngine *engine;
  LyktaRefresher *refresher;
  LyktaDataUse *data_use;
  LyktaContentWatch *watch;
  LyktaSessionPulse *pulse;

  LyktaKiosk *kiosk; /* in kiosk mode */
  guint replace_id;

  char **argv; /* (unowned) */
  LyktaRunOptions options;
};

G_DEFINE_FINAL_TYPE (LyktaApplication, lykta_application, ADW_TYPE_APPLICATION)

static LyktaGazetteer *
load_gazetteer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) municipalities =
      g_resources_lookup_data (MUNICIPALITIES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr (GBytes) counties = NULL;
  LyktaGazetteer *gazetteer = NULL;

  if (municipalities != NULL)
    counties = g_resources_lookup_data (COUNTIES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (counties != NULL)
    gazetteer = lykta_gazetteer_new (municipalities, counties, &error);
  if (gazetteer == NULL)
    g_warning ("The table of municipalities cannot be read: %s", error->message);
  return gazetteer;
}

/* Languages that the owner chose, else those that have a catalogue; English is in the program. */
static GStrv
offered_languages (LyktaApplication *self)
{
  g_auto (GStrv) chosen =
      self->settings != NULL ? g_settings_get_strv (self->settings, "languages") : NULL;
  gboolean is_chosen = chosen != NULL && chosen[0] != NULL;
  const char *const *tags =
      is_chosen ? (const char *const *)chosen : lykta_language_interface_tags ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; tags[i] != NULL; i++) {
    const char *tag = lykta_language_canonical (tags[i]);
    g_autoptr (LyktaCatalogue) catalogue =
        tag != NULL ? lykta_catalogue_new (lykta_locale_dir (), tag) : NULL;
    if (catalogue != NULL && (g_str_equal (tag, "en") || lykta_catalogue_is_available (catalogue)))
      g_strv_builder_add (builder, tag);
  }
  return g_strv_builder_end (builder);
}

static void
set_position (LyktaApplication *self, LyktaGazetteer *gazetteer)
{
  double latitude, longitude;
  g_autofree char *code = NULL;
  const LyktaArea *area;

  if (self->settings == NULL)
    return;
  latitude = g_settings_get_double (self->settings, "home-latitude");
  longitude = g_settings_get_double (self->settings, "home-longitude");
  if (latitude != 0.0 || longitude != 0.0) {
    lykta_session_set_position (self->session, latitude, longitude);
    return;
  }
  code = g_settings_get_string (self->settings, "home-municipality");
  area = gazetteer != NULL && *code != '\0' ? lykta_gazetteer_find_municipality (gazetteer, code)
                                            : NULL;
  if (area != NULL)
    lykta_session_set_position (self->session, area->latitude, area->longitude);
}

/* A person at their own machine is not asked for the language that the machine speaks already. */
static void
begin_session (LyktaApplication *self)
{
  gboolean is_kiosk = lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK;
  const char *language =
      lykta_language_canonical (self->options.language != NULL ? self->options.language : "");
  g_autofree char *remembered = NULL;

  if (!is_kiosk && self->settings != NULL) {
    remembered = g_settings_get_string (self->settings, "language");
    lykta_session_set_text_size (self->session, g_settings_get_int (self->settings, "text-size"));
    if (language == NULL && *remembered != '\0')
      language = lykta_language_canonical (remembered);
  }
  if (language == NULL)
    return;
  lykta_session_set_language (self->session, language);
  lykta_session_go_home (self->session);
}

static void
on_session_language (LyktaApplication *self)
{
  if (self->settings != NULL && lykta_session_get_mode (self->session) != LYKTA_MODE_KIOSK)
    g_settings_set_string (self->settings, "language", lykta_session_get_language (self->session));
}

static void
on_session_text_size (LyktaApplication *self)
{
  if (self->settings != NULL && lykta_session_get_mode (self->session) != LYKTA_MODE_KIOSK)
    g_settings_set_int (self->settings, "text-size", lykta_session_get_text_size (self->session));
}

/* Addresses from the command line replace those of earlier runs. FALSE: one of them is no address.
 */
static gboolean
configure_sources (LyktaApplication *self, LyktaSourceList *list, GError **error)
{
  g_autofree char *cwd = g_get_current_dir ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) addresses = NULL;

  if (self->options.sources == NULL)
    return TRUE;
  for (gsize i = 0; self->options.sources[i] != NULL; i++) {
    g_autofree char *address =
        lykta_source_address_normalise (self->options.sources[i], cwd, g_get_home_dir (), error);
    if (address == NULL)
      return FALSE;
    g_strv_builder_add (builder, address);
  }
  addresses = g_strv_builder_end (builder);
  return lykta_source_list_set_addresses (list, (const char *const *)addresses, error);
}

static gboolean
open_stores (LyktaApplication *self, GError **error)
{
  g_autoptr (GError) device_error = NULL;

  self->clock = lykta_system_clock_new ();
  self->paths = lykta_paths_new (self->options.data_dir, error);
  if (self->paths == NULL)
    return FALSE;
  self->content =
      lykta_content_store_open (lykta_paths_get_content_db (self->paths), self->clock, error);
  if (self->content == NULL)
    return FALSE;
  self->device =
      lykta_device_store_open (lykta_paths_get_device_db (self->paths), self->clock, &device_error);
  if (self->device == NULL)
    g_warning ("Settings of this machine cannot be read: %s", device_error->message);
  return TRUE;
}

static void
update_rules (LyktaApplication *self)
{
  g_autoptr (LyktaSettings) settings = lykta_settings_new (self->settings, self->device);
  LyktaSyncRules rules = lykta_settings_get_rules (
      settings, lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK);

  lykta_data_use_set_rules (self->data_use, &rules);
}

/* What is set while the program runs counts from now on. */
static void
watch_rules (LyktaApplication *self)
{
  static const char *const signals[] = {"changed::ask-only", "changed::month-budget",
                                        "changed::day-budget"};

  update_rules (self);
  for (gsize i = 0; self->settings != NULL && i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (self->settings, signals[i], G_CALLBACK (update_rules), self,
                             G_CONNECT_SWAPPED);
}

/* What a feed sends first is what happens in this county. */
static void
set_county (LyktaApplication *self, LyktaSourceList *list)
{
  g_autofree char *municipality =
      self->settings != NULL ? g_settings_get_string (self->settings, "home-municipality") : NULL;
  g_autoptr (GError) error = NULL;

  if (municipality == NULL || strlen (municipality) != 4)
    return;
  municipality[2] = '\0';
  if (!lykta_source_list_set_county (list, municipality, &error))
    g_warning ("The county of this machine is not kept: %s", error->message);
}

static gboolean
start_sync (gpointer user_data)
{
  LyktaApplication *self = user_data;
  g_autoptr (LyktaSourceList) list = lykta_source_list_new (self->device);
  g_autoptr (LyktaSettings) settings = lykta_settings_new (self->settings, self->device);
  g_autofree char *cwd = g_get_current_dir ();
  g_autoptr (LyktaFetcher) local = lykta_file_fetcher_new ();
  g_autoptr (LyktaFetcher) remote = lykta_soup_fetcher_new (NULL);
  g_autoptr (LyktaFetcher) fetcher = lykta_route_fetcher_new (local, remote);
  g_autoptr (LyktaConnectivity) connectivity = lykta_network_connectivity_new (NULL);
  g_autoptr (LyktaRandom) random = lykta_system_random_new ();
  g_autoptr (GError) error = NULL;

  if (!configure_sources (self, list, &error) ||
      !lykta_settings_apply_preset (settings, list, cwd, g_get_home_dir (), &error)) {
    g_warning ("The sources stay as they were: %s", error->message);
    lykta_session_set_notice (self->session, "refused-address");
  }
  set_county (self, list);
  self->engine = lykta_sync_engine_new (self->content, lykta_paths_get_device_db (self->paths),
                                        lykta_paths_get_spool_dir (self->paths), fetcher,
                                        connectivity, self->clock, random);
  self->refresher = lykta_refresher_new (self->session, self->engine);
  lykta_data_use_attach (self->data_use, self->engine, connectivity);
  lykta_sync_engine_start (self->engine);
  self->watch = lykta_content_watch_new (self->session, lykta_paths_get_content_db (self->paths));
  self->pulse = lykta_session_pulse_new (self->session);
  return G_SOURCE_REMOVE;
}

static LyktaSurroundings *
make_surroundings (LyktaApplication *self)
{
  g_auto (GStrv) languages = offered_languages (self);
  g_autofree char *site_name =
      self->settings != NULL ? g_settings_get_string (self->settings, "site-name") : NULL;
  double radius =
      self->settings != NULL ? (double)g_settings_get_uint (self->settings, "radius-km") : 30.0;

  return g_object_new (LYKTA_TYPE_SURROUNDINGS, "session", self->session, "store", self->content,
                       "languages", languages, "radius", radius, "site-name", site_name,
                       "locale-dir", lykta_locale_dir (), "data-use", self->data_use, "device",
                       self->device, "settings", self->settings, NULL);
}

static gboolean
open_session (LyktaApplication *self, GError **error)
{
  g_autoptr (LyktaGazetteer) gazetteer = NULL;

  if (!open_stores (self, error))
    return FALSE;
  gazetteer = load_gazetteer ();
  self->session = lykta_session_new (lykta_run_options_get_mode (&self->options, self->settings),
                                     self->content, self->clock, gazetteer, error);
  if (self->session == NULL)
    return FALSE;
  if (self->settings != NULL)
    lykta_session_set_near_km (self->session,
                               (double)g_settings_get_uint (self->settings, "radius-km"));
  set_position (self, gazetteer);
  begin_session (self);
  g_signal_connect_object (self->session, "notify::language", G_CALLBACK (on_session_language),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::text-size", G_CALLBACK (on_session_text_size),
                           self, G_CONNECT_SWAPPED);
  self->data_use = lykta_data_use_new (lykta_paths_get_device_db (self->paths), self->clock);
  watch_rules (self);
  if (lykta_content_store_was_rebuilt (self->content))
    lykta_session_set_notice (self->session, LYKTA_NOTICE_REBUILT);
  return TRUE;
}

/* Nothing that was opened halfway is kept: the next attempt begins from the start. */
static void
show_trouble (LyktaApplication *self)
{
  const char *language =
      lykta_language_canonical (self->options.language != NULL ? self->options.language : "");
  g_autofree char *remembered =
      self->settings != NULL ? g_settings_get_string (self->settings, "language") : NULL;
  GtkWidget *window;

  g_clear_object (&self->data_use);
  g_clear_object (&self->session);
  g_clear_object (&self->device);
  g_clear_object (&self->content);
  g_clear_object (&self->paths);
  g_clear_object (&self->clock);
  if (language == NULL && remembered != NULL && *remembered != '\0')
    language = lykta_language_canonical (remembered);
  window = lykta_trouble_window_new (GTK_APPLICATION (self), language);
  if (lykta_run_options_get_mode (&self->options, self->settings) == LYKTA_MODE_KIOSK)
    gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

static gboolean
on_replace (gpointer user_data)
{
  LyktaApplication *self = user_data;

  self->replace_id = 0;
  lykta_launch_replace (self->argv);
  g_warning ("The program could not be replaced: %s", g_strerror (errno));
  return G_SOURCE_REMOVE;
}

/* The visitor has left. Nothing that they did may be found by the next one, in memory neither. A
 * sheet that still waits for paper is taken back from the printer first. */
static void
on_expired (LyktaApplication *self)
{
  lykta_session_reset (self->session);
  if (self->replace_id == 0)
    self->replace_id = g_timeout_add (REPLACE_MS, on_replace, self);
}

static void
become_kiosk (LyktaApplication *self, LyktaWindow *window)
{
  guint idle = IDLE_SECONDS, countdown = COUNTDOWN_SECONDS;

  if (self->settings != NULL) {
    idle = g_settings_get_uint (self->settings, "idle-seconds");
    countdown = g_settings_get_uint (self->settings, "countdown-seconds");
  }
  lykta_kiosk_forbid_dumps ();
  self->kiosk = lykta_kiosk_new (window, self->session, idle, countdown);
  g_signal_connect_object (self->kiosk, "expired", G_CALLBACK (on_expired), self,
                           G_CONNECT_SWAPPED);
  gtk_window_fullscreen (GTK_WINDOW (window));
}

static void
lykta_application_activate (GApplication *application)
{
  LyktaApplication *self = LYKTA_APPLICATION (application);
  GtkWindow *present = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (LyktaSurroundings) surroundings = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window;

  if (present != NULL) {
    gtk_window_present (present);
    return;
  }
  if (!open_session (self, &error)) {
    g_printerr ("lykta: %s\n", error->message);
    show_trouble (self);
    return;
  }
  surroundings = make_surroundings (self);
  window = lykta_window_new (GTK_APPLICATION (self), surroundings);
  if (lykta_session_get_mode (self->session) == LYKTA_MODE_KIOSK)
    become_kiosk (self, LYKTA_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  /* After the first frame: GTK draws with a higher priority than this. */
  g_idle_add_full (G_PRIORITY_LOW, start_sync, g_object_ref (self), g_object_unref);
}

static void
lykta_application_startup (GApplication *application)
{
  LyktaApplication *self = LYKTA_APPLICATION (application);

  G_APPLICATION_CLASS (lykta_application_parent_class)->startup (application);
  self->settings = lykta_settings_find_gsettings ();
}

static void
lykta_application_shutdown (GApplication *application)
{
  LyktaApplication *self = LYKTA_APPLICATION (application);

  g_clear_handle_id (&self->replace_id, g_source_remove);
  g_clear_object (&self->kiosk);
  g_clear_object (&self->pulse);
  g_clear_object (&self->watch);
  g_clear_object (&self->refresher);
  g_clear_object (&self->engine);
  G_APPLICATION_CLASS (lykta_application_parent_class)->shutdown (application);
}

static int
lykta_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  LyktaApplication *self = LYKTA_APPLICATION (application);

  if (self->options.wants_version) {
    g_print ("Lykta %s\n", LYKTA_VERSION);
    return 0;
  }
  if (self->options.is_kiosk && self->options.is_desk) {
    g_printerr ("lykta: %s\n", _ ("--kiosk and --desk exclude each other"));
    return 2;
  }
  if (self->options.language != NULL && lykta_language_canonical (self->options.language) == NULL) {
    /* Translators: %s is what was written on the command line. */
    g_printerr (_ ("lykta: “%s” is no language\n"), self->options.language);
    return 2;
  }
  /* What was asked for here must not end in a window that runs with other data already. */
  if (self->options.data_dir != NULL || self->options.sources != NULL || self->options.is_desk ||
      self->options.is_kiosk)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
lykta_application_dispose (GObject *object)
{
  LyktaApplication *self = LYKTA_APPLICATION (object);

  g_clear_handle_id (&self->replace_id, g_source_remove);
  g_clear_object (&self->kiosk);
  g_clear_object (&self->pulse);
  g_clear_object (&self->watch);
  g_clear_object (&self->refresher);
  g_clear_object (&self->engine);
  g_clear_object (&self->data_use);
  g_clear_object (&self->session);
  g_clear_object (&self->device);
  g_clear_object (&self->content);
  g_clear_object (&self->paths);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lykta_application_parent_class)->dispose (object);
}

static void
lykta_application_finalize (GObject *object)
{
  lykta_run_options_clear (&LYKTA_APPLICATION (object)->options);
  G_OBJECT_CLASS (lykta_application_parent_class)->finalize (object);
}

static void
lykta_application_class_init (LyktaApplicationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  object_class->dispose = lykta_application_dispose;
  object_class->finalize = lykta_application_finalize;
  application_class->activate = lykta_application_activate;
  application_class->startup = lykta_application_startup;
  application_class->shutdown = lykta_application_shutdown;
  application_class->handle_local_options = lykta_application_handle_local_options;
}

static void
lykta_application_init (LyktaApplication *self)
{
  lykta_run_options_install (&self->options, G_APPLICATION (self));
}

LyktaApplication *
lykta_application_new (char **argv)
{
  LyktaApplication *self =
      g_object_new (LYKTA_TYPE_APPLICATION, "application-id", LYKTA_APPLICATION_ID, NULL);

  self->argv = argv;
  return self;
}
