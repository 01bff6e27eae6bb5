/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources that are more than one file: a feed for each language, lists of several pages. */
#include "sync/sync-fixture.h"

#define TEMPLATE "https://a.invalid/{lang}/events.json"
#define SV       "https://a.invalid/sv/events.json"
#define EN       "https://a.invalid/en/events.json"
#define AR       "https://a.invalid/ar/events.json"
#define LIST     "https://a.invalid/list"

#define EVENT(id, name)                                             \
  "{\"@type\":\"Event\",\"identifier\":\"" id "\",\"name\":\"" name \
  "\",\"startDate\":\"2026-12-01T18:00\",\"endDate\":\"2026-12-01T19:00\"}"

static LyktaActivity *
get (SyncFixture *self, const char *source_id, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaContentReader) reader = lykta_content_store_new_reader (self->content, &error);
  LyktaActivity *activity;

  g_assert_no_error (error);
  activity = lykta_content_reader_get_activity (reader, source_id, uid, NULL, &error);
  g_assert_no_error (error);
  return activity;
}

static void
serve_languages (SyncFixture *self)
{
  lykta_test_fetcher_set_body (self->network, SV,
                               "[" EVENT ("1", "Språkcafé") "," EVENT ("2", "Yoga") "]", "\"s1\"");
  lykta_test_fetcher_set_body (
      self->network, EN, "[" EVENT ("1", "Language café") "," EVENT ("2", "Yoga") "]", "\"e1\"");
  lykta_test_fetcher_set_body (self->network, AR, "[" EVENT ("1", "مقهى اللغة") "]", "\"a1\"");
  sync_fixture_configure (self, TEMPLATE, NULL);
}

static void
test_languages (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaActivity) first = NULL;
  g_autoptr (LyktaActivity) second = NULL;

  serve_languages (self);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, TEMPLATE), ==, 2);
  first = get (self, TEMPLATE, "1");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (first), "sv"), ==, "Språkcafé");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (first), "en"), ==, "Language café");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (first), "ar"), ==, "مقهى اللغة");
  /* A text that only repeats another one is no translation. */
  second = get (self, TEMPLATE, "2");
  g_assert_cmpuint (lykta_texts_get_n (lykta_activity_get_title (second)), ==, 1);
}

/* Nothing new: one conditional request for each language. Something new in one: everything. */
static void
test_conditional (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaActivity) activity = NULL;

  serve_languages (self);
  sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, SV), ==, 2);
  g_assert_cmpuint (lykta_test_fetcher_get_n_fetches (self->network, AR), ==, 2);
  lykta_test_fetcher_set_body (self->network, EN, "[" EVENT ("1", "Talk café") "]", "\"e2\"");
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  activity = get (self, TEMPLATE, "1");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "sv"), ==, "Språkcafé");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "en"), ==, "Talk café");
  g_assert_cmpint (sync_fixture_count (self, TEMPLATE), ==, 2);
}

/* A language that is not there is no failure; one that cannot be had keeps everything as it was. */
static void
test_missing_language (SyncFixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  serve_languages (self);
  lykta_test_fetcher_set_error (self->network, AR, LYKTA_NET_ERROR_NOT_FOUND);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  before = sync_fixture_dump (self);
  lykta_test_fetcher_set_body (self->network, SV, "[" EVENT ("1", "Nytt") "]", "\"s2\"");
  lykta_test_fetcher_set_error (self->network, EN, LYKTA_NET_ERROR_TIMEOUT);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE), ==,
                   LYKTA_SYNC_OUTCOME_FAILED);
  after = sync_fixture_dump (self);
  g_assert_cmpstr (before, ==, after);
}

static void
test_all_missing (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  sync_fixture_configure (self, TEMPLATE, NULL);
  lykta_test_fetcher_set_error (self->network, SV, LYKTA_NET_ERROR_NOT_FOUND);
  lykta_test_fetcher_set_error (self->network, EN, LYKTA_NET_ERROR_NOT_FOUND);
  lykta_test_fetcher_set_error (self->network, AR, LYKTA_NET_ERROR_NOT_FOUND);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (report, TEMPLATE)->failure, ==, LYKTA_SYNC_FAILURE_NOT_FOUND);
}

static void
test_languages_of_icalendar (SyncFixture *self, gconstpointer data)
{
#define ICAL(name)                                                                       \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:" name \
  "\r\nDTSTART:20261201T180000\r\nDTSTAMP:20261101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
  g_autoptr (LyktaActivity) activity = NULL;

  lykta_test_fetcher_set_body (self->network, SV, ICAL ("Läxhjälp"), NULL);
  lykta_test_fetcher_set_body (self->network, EN, ICAL ("Homework help"), NULL);
  lykta_test_fetcher_set_error (self->network, AR, LYKTA_NET_ERROR_NOT_FOUND);
  sync_fixture_configure (self, TEMPLATE, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, TEMPLATE), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  activity = get (self, TEMPLATE, "1");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "sv"), ==, "Läxhjälp");
  g_assert_cmpstr (lykta_texts_get (lykta_activity_get_title (activity), "en"), ==,
                   "Homework help");
}

#define PAGE(event, next)                                                                        \
  "{\"@context\":\"https://schema.org\",\"@type\":\"hydra:Collection\",\"hydra:member\":[" event \
  "],\"hydra:view\":{\"@id\":\"x\"" next "}}"

static void
test_pages (SyncFixture *self, gconstpointer data)
{
  lykta_test_fetcher_set_body (
      self->network, LIST, PAGE (EVENT ("1", "A"), ",\"hydra:next\":\"/list?page=2\""), "\"1\"");
  lykta_test_fetcher_set_body (
      self->network, "https://a.invalid/list?page=2",
      PAGE (EVENT ("2", "B") "," EVENT ("1", "A"), ",\"hydra:next\":\"?page=3\""), NULL);
  /* The last page calls itself the next. */
  lykta_test_fetcher_set_body (self->network, "https://a.invalid/list?page=3",
                               PAGE (EVENT ("3", "C"), ",\"hydra:next\":\"?page=3\""), NULL);
  sync_fixture_configure (self, LIST, NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, LIST), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, LIST), ==, 3);
  /* The first page may stay as it is while others change: it is never asked for alone. */
  lykta_test_fetcher_set_body (self->network, "https://a.invalid/list?page=3",
                               PAGE (EVENT ("4", "D"), ""), NULL);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, LIST), ==,
                   LYKTA_SYNC_OUTCOME_UPDATED);
  g_assert_cmpint (sync_fixture_count (self, LIST), ==, 3);
  g_assert_cmpint (sync_fixture_run_one (self, LYKTA_SYNC_MANUAL, LIST), ==,
                   LYKTA_SYNC_OUTCOME_UNCHANGED);
}

#define OFTEN(text) text text text text text text text text text text text text text

static void
test_bad_pages (SyncFixture *self, gconstpointer data)
{
  static const char *const nexts[] = {
      ",\"hydra:next\":\"https://b.invalid/list\"",
      ",\"hydra:next\":\"http://a.invalid/list\"",
      ",\"hydra:next\":\"https://a.invalid:8443/list\"",
      ",\"hydra:next\":\"file:///etc/passwd\"",
      ",\"hydra:next\":\"//b.invalid/x\"",
      ",\"hydra:next\":\"//b.invalid/" OFTEN (OFTEN ("ö")) "\"",
      ",\"hydra:next\":\"//b.invalid/x" OFTEN (OFTEN ("ö")) "\"",
  };

  sync_fixture_configure (self, LIST, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (nexts); i++) {
    g_autoptr (LyktaSyncReport) report = NULL;
    g_autofree char *page =
        g_strconcat ("{\"hydra:member\":[" EVENT ("1", "A") "],\"hydra:view\":{\"@id\":\"x\"",
                     nexts[i], "}}", NULL);

    lykta_test_fetcher_set_body (self->network, LIST, page, NULL);
    report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
    g_assert_cmpint (sync_find_result (report, LIST)->failure, ==, LYKTA_SYNC_FAILURE_REDIRECT);
    g_assert_true (g_utf8_validate (sync_find_result (report, LIST)->detail, -1, NULL));
    g_assert_cmpint (sync_fixture_count (self, LIST), ==, 0);
  }
}

static void
test_too_many_pages (SyncFixture *self, gconstpointer data)
{
  g_autoptr (LyktaSyncReport) report = NULL;

  for (guint i = 0; i < 250; i++) {
    g_autofree char *address =
        i == 0 ? g_strdup (LIST) : g_strdup_printf ("https://a.invalid/list?page=%u", i);
    g_autofree char *page =
        g_strdup_printf ("{\"@graph\":[],\"next\":\"https://a.invalid/list?page=%u\"}", i + 1);

    lykta_test_fetcher_set_body (self->network, address, page, NULL);
  }
  sync_fixture_configure (self, LIST, NULL);
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (report, LIST)->failure, ==, LYKTA_SYNC_FAILURE_TOO_LARGE);
}

/* A network on which every answer takes a minute. */
#define TYPE_SLOW_NETWORK (slow_network_get_type ())
G_DECLARE_FINAL_TYPE (SlowNetwork, slow_network, SLOW, NETWORK, GObject)

struct _SlowNetwork {
  GObject parent_instance;

  SyncFixture *fixture; /* (unowned) */
};

static void slow_network_fetcher_init (LyktaFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SlowNetwork,
                               slow_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_FETCHER,
                                                      slow_network_fetcher_init))

static gboolean
slow_network_fetch (LyktaFetcher *fetcher,
                    const LyktaFetchRequest *request,
                    GOutputStream *body,
                    GCancellable *cancellable,
                    LyktaFetchResult *result,
                    GError **error)
{
  SyncFixture *fixture = SLOW_NETWORK (fetcher)->fixture;

  lykta_fixed_clock_advance (LYKTA_FIXED_CLOCK (fixture->clock), 60);
  return lykta_fetcher_fetch (LYKTA_FETCHER (fixture->network), request, body, cancellable, result,
                              error);
}

static void
slow_network_fetcher_init (LyktaFetcherInterface *iface)
{
  iface->fetch = slow_network_fetch;
}

static void
slow_network_class_init (SlowNetworkClass *klass)
{
}

static void
slow_network_init (SlowNetwork *self)
{
}

/* The limit on time is one for all pages together. */
static void
test_slow_pages (SyncFixture *self, gconstpointer data)
{
  g_autoptr (SlowNetwork) slow = g_object_new (TYPE_SLOW_NETWORK, NULL);
  g_autoptr (LyktaSyncReport) report = NULL;

  slow->fixture = self;
  for (guint i = 0; i < 20; i++) {
    g_autofree char *address =
        i == 0 ? g_strdup (LIST) : g_strdup_printf ("https://a.invalid/list?page=%u", i);
    g_autofree char *page =
        g_strdup_printf ("{\"@graph\":[],\"next\":\"https://a.invalid/list?page=%u\"}", i + 1);

    lykta_test_fetcher_set_body (self->network, address, page, NULL);
  }
  sync_fixture_configure (self, LIST, NULL);
  g_object_unref (self->engine);
  self->engine = sync_fixture_new_engine (self, LYKTA_FETCHER (slow));
  report = sync_fixture_run (self, LYKTA_SYNC_MANUAL);
  g_assert_cmpint (sync_find_result (report, LIST)->failure, ==, LYKTA_SYNC_FAILURE_TIMEOUT);
  g_assert_cmpuint (
      lykta_test_fetcher_get_n_fetches (self->network, "https://a.invalid/list?page=11"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (SyncFixture *, gconstpointer);
  } tests[] = {
      {"/sync/variants/languages", test_languages},
      {"/sync/variants/conditional", test_conditional},
      {"/sync/variants/missing-language", test_missing_language},
      {"/sync/variants/all-missing", test_all_missing},
      {"/sync/variants/icalendar", test_languages_of_icalendar},
      {"/sync/variants/pages", test_pages},
      {"/sync/variants/bad-pages", test_bad_pages},
      {"/sync/variants/too-many-pages", test_too_many_pages},
      {"/sync/variants/slow-pages", test_slow_pages},
  };

  lykta_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, SyncFixture, NULL, sync_fixture_set_up, tests[i].test,
                sync_fixture_tear_down);
  return g_test_run ();
}
