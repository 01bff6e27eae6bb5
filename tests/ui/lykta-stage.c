/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lykta-stage.h"

#include "base/lykta-data.h"
#include "base/lykta-random.h"
#include "net/lykta-file-fetcher.h"
#include "store/lykta-content-reader.h"
#include "store/lykta-device-store.h"
#include "sync/lykta-settings.h"
#include "sync/lykta-sync-engine.h"
#include "text/lykta-gettext.h"
#include "text/lykta-language.h"
#include "ui/lykta-resources.h"

#define UMEA_LATITUDE   63.8258
#define UMEA_LONGITUDE  20.2630
#define RESIZE_PATIENCE 20
#define FRAMES          3

static const char *const *offered;

gboolean
lykta_stage_init (void)
{
  /* A second application of one process cannot be put on the same bus. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  lykta_gettext_init (lykta_locale_dir ());
  gtk_disable_setlocale ();
  g_resources_register (lykta_data_get_resource ());
  g_resources_register (lykta_resources_get_resource ());
  if (!gtk_init_check ())
    return FALSE;
  adw_init ();
  return TRUE;
}

void
lykta_stage_set_languages (const char *const *tags)
{
  offered = tags;
}

static void
fill (LyktaStage *self, const char *data_dir)
{
  g_autoptr (LyktaFetcher) fetcher = lykta_file_fetcher_new ();
  g_autoptr (LyktaConnectivity) connectivity = lykta_fixed_connectivity_new (LYKTA_CONNECTION_NONE);
  g_autoptr (LyktaRandom) random = lykta_seeded_random_new (1);
  g_autoptr (LyktaSyncEngine) engine = lykta_sync_engine_new (self->store, NULL, data_dir, fetcher,
                                                              connectivity, self->clock, random);
  g_autoptr (LyktaSyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = lykta_sync_engine_run (engine, LYKTA_SYNC_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_empty (LyktaContentStore *store)
{
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (store, NULL);

  g_assert_nonnull (reader);
  return lykta_content_reader_count_activities (reader, NULL, NULL) <= 0;
}

static gint64
now_of_stage (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (LYKTA_STAGE_NOW, NULL);

  return g_date_time_to_unix (now);
}

static LyktaGazetteer *
load_gazetteer (void)
{
  g_autoptr (GBytes) municipalities = g_resources_lookup_data (
      "/se/lykta/Lykta/data/municipalities.csv", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GBytes) counties = g_resources_lookup_data ("/se/lykta/Lykta/data/counties.csv",
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert_nonnull (municipalities);
  g_assert_nonnull (counties);
  return lykta_gazetteer_new (municipalities, counties, NULL);
}

/* A month on a telephone, three weeks into it. */
static void
fill_meter (LyktaStage *self, const char *path)
{
  g_autoptr (LyktaDeviceStore) device = lykta_device_store_open (path, self->clock, NULL);

  g_assert_nonnull (device);
  lykta_device_store_add_bytes (device, "sample", LYKTA_TRAFFIC_METERED, 330000, 60000, NULL);
}

static LyktaStage *
set_up (LyktaMode mode, const char *data_dir, gboolean is_visit)
{
  LyktaStage *self = g_new0 (LyktaStage, 1);
  g_autofree char *path = g_build_filename (data_dir, "content.db", NULL);
  g_autofree char *device_path = g_build_filename (data_dir, "device.db", NULL);
  g_autoptr (LyktaGazetteer) gazetteer = load_gazetteer ();
  g_autoptr (GError) error = NULL;

  self->application =
      ADW_APPLICATION (adw_application_new ("se.lykta.Lykta", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (self->application), NULL, &error);
  g_assert_no_error (error);
  self->clock =
      lykta_fixed_clock_new (is_visit ? g_get_real_time () / G_USEC_PER_SEC : now_of_stage ());
  self->store = lykta_content_store_open (path, self->clock, &error);
  g_assert_no_error (error);
  if (!is_visit && is_empty (self->store)) {
    fill (self, data_dir);
    fill_meter (self, device_path);
  }
  self->session = lykta_session_new (mode, self->store, self->clock, gazetteer, &error);
  g_assert_no_error (error);
  lykta_session_set_near_km (self->session, 30.0);
  if (!is_visit)
    lykta_session_set_position (self->session, UMEA_LATITUDE, UMEA_LONGITUDE);
  self->data_use = lykta_data_use_new (device_path, self->clock);
  self->settings = lykta_settings_find_gsettings ();
  self->surroundings = g_object_new (
      LYKTA_TYPE_SURROUNDINGS, "session", self->session, "store", self->store, "languages",
      offered != NULL ? offered : lykta_language_interface_tags (), "radius", 30.0, "locale-dir",
      lykta_locale_dir (), "data-use", self->data_use, "settings", self->settings, NULL);
  return self;
}

LyktaStage *
lykta_stage_new (LyktaMode mode, const char *data_dir)
{
  return set_up (mode, data_dir, FALSE);
}

LyktaStage *
lykta_stage_new_visit (LyktaMode mode, const char *data_dir)
{
  return set_up (mode, data_dir, TRUE);
}

void
lykta_stage_free (LyktaStage *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->surroundings);
  g_clear_object (&self->data_use);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->application);
  g_free (self);
}

static void
on_after_paint (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

void
lykta_stage_settle (LyktaStage *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->window);
  guint n_frames = 0;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &n_frames);

  for (guint wanted = 1; wanted <= FRAMES; wanted++) {
    gtk_widget_queue_draw (self->window);
    while (n_frames < wanted)
      g_main_context_iteration (NULL, TRUE);
    while (g_main_context_iteration (NULL, FALSE))
      ;
  }
  g_signal_handler_disconnect (clock, handler);
}

void
lykta_stage_show (LyktaStage *self, int width, int height)
{
  gboolean is_new = self->window == NULL;

  if (is_new) {
    self->window = lykta_window_new (GTK_APPLICATION (self->application), self->surroundings);
    gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  }
  /* What the toolkit keeps for shadows is added, so that the content has the size asked for. */
  gtk_window_set_default_size (GTK_WINDOW (self->window), width + self->margin_x,
                               height + self->margin_y);
  gtk_window_present (GTK_WINDOW (self->window));
  while (!gtk_widget_get_mapped (self->window))
    g_main_context_iteration (NULL, TRUE);
  lykta_stage_settle (self);
  if (is_new) {
    self->margin_x = width - gtk_widget_get_width (self->window);
    self->margin_y = height - gtk_widget_get_height (self->window);
  }
  for (int i = 0; i < RESIZE_PATIENCE && (gtk_widget_get_width (self->window) != width ||
                                          gtk_widget_get_height (self->window) != height);
       i++) {
    /* A page may have needed more until it had arranged itself for less: ask again. */
    gtk_window_set_default_size (GTK_WINDOW (self->window), width + self->margin_x + 1,
                                 height + self->margin_y);
    gtk_window_set_default_size (GTK_WINDOW (self->window), width + self->margin_x,
                                 height + self->margin_y);
    lykta_stage_settle (self);
  }
  lykta_stage_settle (self);
}

void
lykta_stage_shoot (LyktaStage *self, const char *path)
{
  int width = gtk_widget_get_width (self->window);
  int height = gtk_widget_get_height (self->window);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (self->window));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->window);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  /* A change that came between the last frame and now leaves nothing to take a picture of. */
  for (guint tries = 0; node == NULL && tries < FRAMES; tries++) {
    GtkSnapshot *snapshot = gtk_snapshot_new ();

    gdk_paintable_snapshot (paintable, snapshot, width, height);
    node = gtk_snapshot_free_to_node (snapshot);
    if (node == NULL)
      lykta_stage_settle (self);
  }
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

GtkWidget *
lykta_stage_find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = lykta_stage_find (child, type);
    if (found != NULL)
      return found;
  }
  return NULL;
}
