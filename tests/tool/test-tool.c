/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "base/lykta-civil-time.h"

/* One run of lyktactl in a store of its own. */
typedef struct {
  LyktaTestDir *dir; /* (owned) */
  char *data_dir;    /* (owned) */
  char *output;      /* (owned) (nullable): of the last run */
  char *errors;      /* (owned) (nullable) */
  JsonNode *json;    /* (owned) (nullable): the output of the last run with --json */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->dir = lykta_test_dir_new ();
  fixture->data_dir = lykta_test_dir_child (fixture->dir, "data");
}

static void
forget_run (Fixture *fixture)
{
  g_clear_pointer (&fixture->output, g_free);
  g_clear_pointer (&fixture->errors, g_free);
  g_clear_pointer (&fixture->json, json_node_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  forget_run (fixture);
  g_free (fixture->data_dir);
  lykta_test_dir_free (fixture->dir);
}

/* Runs lyktactl with the words (NULL-terminated) and the store of the fixture; its exit code. */
static int run (Fixture *fixture, const char *command, ...) G_GNUC_NULL_TERMINATED;

static int
run (Fixture *fixture, const char *command, ...)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("LYKTA_BUILD_ROOT"), "app", "lyktactl", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  gboolean is_json = g_str_equal (command, "--json");
  va_list words;
  int code;

  forget_run (fixture);
  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (char *)command);
  va_start (words, command);
  for (char *word = va_arg (words, char *); word != NULL; word = va_arg (words, char *)) {
    g_ptr_array_add (argv, word);
    is_json = is_json || g_str_equal (word, "--json");
  }
  va_end (words);
  if (*command != '-') {
    g_ptr_array_add (argv, (char *)"--data-dir");
    g_ptr_array_add (argv, fixture->data_dir);
  }
  g_ptr_array_add (argv, NULL);
  code =
      lykta_test_run_program ((const char *const *)argv->pdata, &fixture->output, &fixture->errors);
  g_test_message ("%s gave %d: %s", command, code, fixture->errors);
  if (is_json && *fixture->output != '\0') {
    g_autoptr (GError) error = NULL;

    fixture->json = json_from_string (fixture->output, &error);
    g_assert_no_error (error);
  }
  return code;
}

static JsonArray *
rows (Fixture *fixture)
{
  g_assert_nonnull (fixture->json);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (fixture->json));
  return json_node_get_array (fixture->json);
}

static JsonObject *
row (Fixture *fixture, guint index)
{
  return json_array_get_object_element (rows (fixture), index);
}

static JsonObject *
object (Fixture *fixture)
{
  g_assert_nonnull (fixture->json);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (fixture->json));
  return json_node_get_object (fixture->json);
}

/* A calendar whose dates lie a few days ahead: @template with D1, D2 … for YYYYMMDD of the days
 * after today. Returns its path. */
static char *
write_calendar (Fixture *fixture, const char *name, const char *template)
{
  g_autoptr (GString) text = g_string_new (template);
  LyktaDate today = lykta_date_of_moment (g_get_real_time () / G_USEC_PER_SEC);

  for (int day = 9; day >= 1; day--) {
    LyktaDate date = lykta_date_add_days (today, day);
    g_autofree char *mark = g_strdup_printf ("D%d", day);
    g_autofree char *value = g_strdup_printf ("%04d%02d%02d", date.year, date.month, date.day);

    g_string_replace (text, mark, value, 0);
  }
  return lykta_test_dir_write (fixture->dir, name, text->str, -1);
}

#define EVENT(uid, rest) \
  "BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTAMP:20260101T000000Z\r\n" rest "END:VEVENT\r\n"
#define CALENDAR(events) \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lykta//test//EN\r\n" events "END:VCALENDAR\r\n"
#define AT(day, from, to)                                                                       \
  "DTSTART;TZID=Europe/Stockholm:" day "T" from "00\r\nDTEND;TZID=Europe/Stockholm:" day "T" to \
  "00\r\n"

static const char two_events[] = CALENDAR (
    EVENT ("cafe-1",
           "SUMMARY;LANGUAGE=sv:Språkcafé\r\n"
           "SUMMARY;LANGUAGE=ar:مقهى اللغة\r\n"
           "LOCATION:Biblioteket\r\nGEO:59.3300;18.0700\r\n"
           "CATEGORIES:Svenska språket\r\n" AT ("D2", "1800", "2000"))
        EVENT ("walk-2", "SUMMARY:Promenad\r\nSTATUS:CANCELLED\r\n" AT ("D4", "1000", "1100")));

static void
test_usage (Fixture *fixture, gconstpointer user_data)
{
  static const struct {
    const char *words[4];
  } cases[] = {
      {{"list", "--from", "24.11.2026", NULL}},
      {{"list", "--from", "2026-02-30", NULL}},
      {{"list", "--days", "-1", NULL}},
      {{"list", "--days", "many", NULL}},
      {{"list", "--limit", "-5", NULL}},
      {{"list", "--purpose", "fun", NULL}},
      {{"list", "--near", "59.3", NULL}},
      {{"list", "--near", "59.3,18.0x", NULL}},
      {{"list", "--near", "99,18", NULL}},
      {{"list", "--near", "nan,18", NULL}},
      {{"list", "--within", "5", NULL}},
      {{"list", "--lang", "!", NULL}},
      {{"list", "--no-such", NULL}},
      {{"list", "word", NULL}},
      {{"show", NULL}},
      {{"show", "a", "b", NULL}},
      {{"check", NULL}},
      {{"certificate", "a", NULL}},
      {{"certificate", "--output", "x.pdf", NULL}},
      {{"sync", "--source", "ftp://example.org/a.ics", NULL}},
      {{"sync", "--source", "http://example.org/a.ics", NULL}},
      {{"sync", "--source", "", NULL}},
      {{"dance", NULL}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const *words = cases[i].words;

    g_assert_cmpint (run (fixture, words[0], words[1], words[2], words[3], NULL), ==, 2);
    g_assert_cmpstr (fixture->errors, !=, "");
    g_assert_cmpstr (fixture->output, ==, "");
  }
  g_assert_cmpint (run (fixture, "--help", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->output, "certificate"));
  g_assert_cmpint (run (fixture, "--version", NULL), ==, 0);
  g_assert_true (g_str_has_prefix (fixture->output, "lyktactl 0."));
}

/* Every option that the program knows stands in the man page, and the exit codes do. */
static void
test_man_page (Fixture *fixture, gconstpointer user_data)
{
  static const char *const commands[] = {"sync",   "list",  "show",        "note",
                                         "status", "check", "certificate", NULL};
  g_autoptr (GBytes) page = lykta_test_source_bytes ("data/man/lyktactl.1");
  g_autofree char *text = g_strndup (g_bytes_get_data (page, NULL), g_bytes_get_size (page));

  for (guint i = 0; commands[i] != NULL; i++) {
    g_auto (GStrv) lines = NULL;

    g_assert_cmpint (run (fixture, commands[i], "--help", NULL), ==, 0);
    lines = g_strsplit (fixture->output, "\n", -1);
    for (guint j = 0; lines[j] != NULL; j++) {
      const char *option = strstr (lines[j], "  --");
      g_autofree char *name = NULL;
      g_autofree char *wanted = NULL;

      if (option == NULL)
        continue;
      option += strlen ("  --");
      name = g_strndup (option, strcspn (option, "= "));
      wanted = g_strdup_printf ("Fl -%s", name);
      g_test_message ("%s --%s", commands[i], name);
      g_assert_nonnull (strstr (text, wanted));
    }
  }
}

static void
test_sample (Fixture *fixture, gconstpointer user_data)
{
  JsonObject *source;

  g_assert_cmpint (run (fixture, "list", "--json", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 0);

  g_assert_cmpint (run (fixture, "sync", "--json", NULL), ==, 0);
  source =
      json_array_get_object_element (json_object_get_array_member (object (fixture), "sources"), 0);
  g_assert_cmpstr (json_object_get_string_member (source, "id"), ==, "sample");
  g_assert_cmpstr (json_object_get_string_member (source, "outcome"), ==, "updated");
  g_assert_cmpint (json_object_get_int_member (source, "activities"), >=, 400);

  g_assert_cmpint (run (fixture, "list", "--json", "--limit", "2500", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 2500);
  for (guint i = 0; i < 2500; i++) {
    g_assert_true (json_object_get_boolean_member (row (fixture, i), "is_sample"));
    if (i > 0)
      g_assert_cmpstr (json_object_get_string_member (row (fixture, i - 1), "start"), <=,
                       json_object_get_string_member (row (fixture, i), "start"));
  }
  g_assert_cmpint (run (fixture, "status", "--json", NULL), ==, 0);
  g_assert_true (json_object_get_null_member (
      json_object_get_object_member (object (fixture), "preset"), "address"));
  g_assert_cmpint (run (fixture, "list", "--days", "7", NULL), ==, 0);
  g_assert_cmpstr (fixture->output, !=, "");
}

/* What a row of `list --json` holds, word by word as the man page promises. */
static void
test_row (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = write_calendar (fixture, "two.ics", two_events);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GDateTime) start = NULL;
  JsonObject *first;

  g_assert_cmpint (run (fixture, "sync", "--source", path, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "list", "--json", "--lang", "ar", "--near", "59.33,18.17", NULL),
                   ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 2);
  first = row (fixture, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, "cafe-1");
  g_assert_cmpstr (json_object_get_string_member (first, "source"), ==, address);
  g_assert_cmpstr (json_object_get_string_member (first, "title"), ==, "مقهى اللغة");
  g_assert_cmpstr (json_object_get_string_member (first, "title_language"), ==, "ar");
  g_assert_cmpstr (json_object_get_string_member (first, "status"), ==, "scheduled");
  g_assert_cmpstr (json_object_get_string_member (first, "place"), ==, "Biblioteket");
  g_assert_cmpfloat (fabs (json_object_get_double_member (first, "distance_km") - 5.67), <, 0.1);
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (first, "purposes"), 0), ==,
      "swedish");
  g_assert_true (json_object_get_null_member (first, "childcare"));
  g_assert_true (json_object_has_member (first, "municipality_code"));
  start = g_date_time_new_from_iso8601 (json_object_get_string_member (first, "start"), NULL);
  g_assert_nonnull (start);
  g_assert_cmpint (g_date_time_get_hour (start), ==, 18);
  g_assert_cmpstr (json_object_get_string_member (row (fixture, 1), "status"), ==, "cancelled");
  g_assert_true (json_object_get_null_member (row (fixture, 1), "distance_km"));
  g_assert_cmpstr (json_object_get_string_member (row (fixture, 1), "title_language"), ==, "sv");
}

static void
test_filters (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = write_calendar (fixture, "two.ics", two_events);
  g_autofree char *from = NULL;
  LyktaDate today = lykta_date_of_moment (g_get_real_time () / G_USEC_PER_SEC);
  static const struct {
    const char *option;
    const char *value;
    guint n;
  } cases[] = {
      {"--purpose", "swedish", 1},  {"--purpose", "work", 0},   {"--search", "sprakcafe", 1},
      {"--search", "prom", 1},      {"--search", "nothing", 0}, {"--days", "3", 1},
      {"--days", "5", 2},           {"--limit", "1", 1},        {"--limit", "0", 0},
      {"--childcare", "--json", 0}, {"--online", "--json", 0},  {"--source", "sample", 0},
  };

  g_assert_cmpint (run (fixture, "sync", "--source", path, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpint (run (fixture, "list", "--json", cases[i].option, cases[i].value, NULL), ==, 0);
    g_test_message ("%s %s", cases[i].option, cases[i].value);
    g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, cases[i].n);
  }
  from = lykta_date_to_string (lykta_date_add_days (today, 4));
  g_assert_cmpint (run (fixture, "list", "--json", "--from", from, "--days", "1", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 1);
  g_assert_cmpint (run (fixture, "list", "--json", "--near", "59.33,18.17", "--within", "10", NULL),
                   ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 1);
  g_assert_cmpint (
      run (fixture, "list", "--json", "--purpose", "work", "--purpose", "swedish", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 1);
}

/* A set of sources is remembered; one that fails leaves what it had and does not touch the rest. */
static void
test_sources (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *first = write_calendar (fixture, "first.ics", two_events);
  g_autofree char *second =
      write_calendar (fixture, "second.ics",
                      CALENDAR (EVENT ("third-3", "SUMMARY:Kör\r\n" AT ("D3", "1200", "1300"))));
  JsonObject *status;

  g_assert_cmpint (run (fixture, "sync", "--source", first, "--source", second, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "list", "--json", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 3);

  g_free (write_calendar (fixture, "second.ics", "<html>Hello</html>"));
  g_assert_cmpint (run (fixture, "sync", "--json", NULL), ==, 1);
  g_assert_false (json_object_get_boolean_member (object (fixture), "ok"));
  g_assert_cmpint (run (fixture, "list", "--json", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 3);

  g_assert_cmpint (run (fixture, "status", "--json", NULL), ==, 0);
  status =
      json_array_get_object_element (json_object_get_array_member (object (fixture), "sources"), 1);
  g_assert_cmpstr (json_object_get_string_member (status, "failure"), ==, "not-a-calendar");
  g_assert_cmpint (json_object_get_int_member (status, "failures"), ==, 1);
  g_assert_cmpint (run (fixture, "status", NULL), ==, 0);

  g_assert_cmpint (run (fixture, "sync", "--source", first, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "list", "--json", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 2);
}

/* What every command takes may stand before its name. */
static void
test_order (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpint (run (fixture, "--json", "--data-dir", fixture->data_dir, "sync", NULL), ==, 0);
  g_assert_nonnull (fixture->json);
  g_assert_cmpint (
      run (fixture, "--data-dir", fixture->data_dir, "list", "--json", "--limit", "1", NULL), ==,
      0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 1);
  g_assert_cmpint (run (fixture, "--data-dir", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "--json", NULL), ==, 2);
}

static void
test_show (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = write_calendar (fixture, "two.ics", two_events);
  JsonObject *activity;

  g_assert_cmpint (run (fixture, "sync", "--source", path, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "show", "cafe-1", "--json", "--lang", "en", NULL), ==, 0);
  activity = object (fixture);
  g_assert_cmpstr (json_object_get_string_member (activity, "id"), ==, "cafe-1");
  g_assert_cmpstr (json_object_get_string_member (activity, "title_language"), ==, "sv");
  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (activity, "title_texts")),
                    ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (activity, "dates")), ==,
                    1);
  g_assert_cmpint (run (fixture, "show", "cafe-1", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->output, "Biblioteket"));
  g_assert_cmpint (run (fixture, "show", "nobody", NULL), ==, 3);
  g_assert_cmpint (run (fixture, "show", "cafe-1", "--source", "sample", NULL), ==, 3);
}

static void
test_note (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = write_calendar (fixture, "two.ics", two_events);

  g_assert_cmpint (run (fixture, "sync", "--source", path, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "note", "show", "cafe-1", NULL), ==, 3);
  g_assert_cmpint (run (fixture, "note", "set", "nobody", "x", NULL), ==, 3);
  g_assert_cmpint (run (fixture, "note", "set", "cafe-1", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "note", "set", "cafe-1", "Nyckeln", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "note", "show", "cafe-1", NULL), ==, 0);
  g_assert_cmpstr (fixture->output, ==, "Nyckeln\n");
  g_assert_cmpint (run (fixture, "note", "list", "--json", NULL), ==, 0);
  g_assert_cmpuint (json_array_get_length (rows (fixture)), ==, 1);
  g_assert_cmpint (run (fixture, "note", "clear", "cafe-1", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "note", "list", NULL), ==, 0);
  g_assert_cmpstr (fixture->output, ==, "");
}

static void
test_check (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *good = write_calendar (fixture, "good.ics", two_events);
  g_autofree char *bad =
      write_calendar (fixture, "bad.ics",
                      CALENDAR (EVENT ("ok-1", "SUMMARY:Kör\r\n" AT ("D3", "1200", "1300"))
                                    EVENT ("bad-2", "SUMMARY:Utan tid\r\n")));
  g_autofree char *html = lykta_test_dir_write (fixture->dir, "page.ics", "<html></html>", -1);
  g_autofree char *missing = lykta_test_dir_child (fixture->dir, "missing.ics");
  JsonObject *finding = NULL;
  JsonArray *findings;

  g_assert_cmpint (run (fixture, "check", good, NULL), ==, 0);
  g_assert_cmpint (run (fixture, "check", bad, "--json", NULL), ==, 4);
  g_assert_cmpint (json_object_get_int_member (object (fixture), "events"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object (fixture), "activities"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (object (fixture), "quarantined"), ==, 1);
  findings = json_object_get_array_member (object (fixture), "findings");
  for (guint i = 0; i < json_array_get_length (findings); i++) {
    JsonObject *candidate = json_array_get_object_element (findings, i);

    if (g_str_equal (json_object_get_string_member (candidate, "severity"), "quarantined"))
      finding = candidate;
  }
  g_assert_nonnull (finding);
  g_assert_cmpstr (json_object_get_string_member (finding, "uid"), ==, "bad-2");
  g_assert_cmpint (json_object_get_int_member (finding, "line"), >, 0);
  g_assert_cmpint (run (fixture, "check", html, "--json", NULL), ==, 4);
  g_assert_false (json_object_get_boolean_member (object (fixture), "readable"));
  g_assert_cmpint (run (fixture, "check", missing, NULL), ==, 3);
}

static void
test_certificate (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = lykta_test_dir_child (fixture->dir, "certificate.pdf");
  g_autofree char *blank = lykta_test_dir_child (fixture->dir, "blank.pdf");
  g_autofree char *content = NULL;
  gboolean is_made = FALSE;
  GStatBuf info;

  g_assert_cmpint (run (fixture, "certificate", "--blank", "--output", blank, "--lang", "ti", NULL),
                   ==, 0);
  g_assert_cmpint (run (fixture, "certificate", "nobody", "--name", "A B", "--output", path, NULL),
                   ==, 3);

  g_assert_cmpint (run (fixture, "sync", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "list", "--certificate", "--json", "--limit", "200", NULL), ==, 0);
  {
    g_autoptr (JsonNode) listed = json_node_ref (fixture->json);
    JsonArray *all = json_node_get_array (listed);

    g_assert_cmpuint (json_array_get_length (all), >, 0);
    for (guint i = 0; !is_made && i < json_array_get_length (all); i++) {
      const char *uid =
          json_object_get_string_member (json_array_get_object_element (all, i), "id");
      int code = run (fixture, "certificate", uid, "--output", path, "--json", NULL);

      g_assert_cmpint (code, ==, 4);
      g_assert_cmpuint (
          json_array_get_length (json_object_get_array_member (object (fixture), "problems")), >,
          0);
      is_made = run (fixture, "certificate", uid, "--name", "Exempel Exempelsson", "--lang", "ar",
                     "--output", path, NULL) == 0;
      if (is_made)
        g_assert_cmpint (run (fixture, "certificate", uid, "--name", "Exempel Exempelsson",
                              "--output", path, NULL),
                         ==, 1);
    }
  }
  g_assert_true (is_made);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* What is set is told with who set it, is refused in one sentence when it cannot be, and counts. */
/* Who one is at a calendar server: never on the command line, never where others can read it. */
static void
test_password (Fixture *fixture, gconstpointer user_data)
{
  static const char address[] = "caldav+http://127.0.0.1:9/";
  g_autofree char *file = lykta_test_dir_write (fixture->dir, "password", "löv-ord\nno more\n", -1);
  g_autofree char *empty = lykta_test_dir_write (fixture->dir, "empty", "\n", -1);
  g_autofree char *kept = lykta_test_dir_child (fixture->dir, "data/passwords");
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_cmpint (g_chmod (file, 0644), ==, 0);
  g_assert_cmpint (g_chmod (empty, 0600), ==, 0);
  g_assert_cmpint (
      run (fixture, "sync", "--source", address, "--user", "sara", "--password-file", file, NULL),
      ==, 2);
  g_assert_nonnull (strstr (fixture->errors, "chmod 600"));
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_assert_cmpint (run (fixture, "sync", "--source", address, "--user", "sara", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "sync", "--user", "sara", "--password-file", file, NULL), ==, 2);
  g_assert_cmpint (
      run (fixture, "sync", "--source", address, "--user", "sara", "--password-file", empty, NULL),
      ==, 2);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  /* Nobody answers there, but the password is kept. */
  g_assert_cmpint (
      run (fixture, "sync", "--source", address, "--user", "sara", "--password-file", file, NULL),
      ==, 1);
  g_assert_null (strstr (fixture->output, "löv-ord"));
  g_assert_null (strstr (fixture->errors, "löv-ord"));
  g_assert_cmpint (g_stat (kept, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "löv-ord"));
  g_assert_null (strstr (text, "no more"));
  g_assert_cmpint (run (fixture, "--data-dir", fixture->data_dir, "--json", "status", NULL), ==, 0);
  g_assert_null (strstr (fixture->output, "löv-ord"));
}

static void
test_settings (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpint (run (fixture, "settings", "month-budget", "500", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "settings", "month-budget", NULL), ==, 0);
  g_assert_nonnull (strstr (fixture->output, "500"));
  g_assert_nonnull (strstr (fixture->output, "folder"));
  g_assert_cmpint (run (fixture, "settings", "month-budget", "-9", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "settings", "no-such-key", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "status", "--json", NULL), ==, 0);
  {
    JsonObject *status = json_node_get_object (fixture->json);
    JsonObject *month = json_object_get_object_member (status, "this_month");

    g_assert_cmpint (json_object_get_int_member (month, "budget"), ==, 500000);
  }
  g_assert_cmpint (run (fixture, "settings", "--reset", "month-budget", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "settings", "--json", "month-budget", NULL), ==, 0);
  {
    JsonArray *all = json_node_get_array (fixture->json);
    JsonObject *one = json_array_get_object_element (all, 0);

    g_assert_cmpstr (json_object_get_string_member (one, "set_by"), ==, "default");
  }
}

/* "Only when asked" is kept by what runs in the background, and by nothing else. */
static void
test_background (Fixture *fixture, gconstpointer user_data)
{
  const char *address = "https://127.0.0.2:1/a.ics";

  g_assert_cmpint (run (fixture, "settings", "ask-only", "true", NULL), ==, 0);
  g_assert_cmpint (
      run (fixture, "sync", "--background", "--source", "https://a.invalid/a.ics", NULL), ==, 0);
  g_assert_cmpint (run (fixture, "sync", "--background", "--force", NULL), ==, 2);
  g_assert_cmpint (run (fixture, "sync", "--cost", "--json", "--source", address, NULL), ==, 0);
  {
    JsonObject *cost = json_node_get_object (fixture->json);

    g_assert_cmpint (json_object_get_int_member (cost, "bytes"), ==, 0);
  }
  /* Nobody is there, but it was asked. */
  g_assert_cmpint (run (fixture, "sync", NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/tool/usage", test_usage);
  ADD ("/tool/man-page", test_man_page);
  ADD ("/tool/sample", test_sample);
  ADD ("/tool/row", test_row);
  ADD ("/tool/filters", test_filters);
  ADD ("/tool/sources", test_sources);
  ADD ("/tool/order", test_order);
  ADD ("/tool/show", test_show);
  ADD ("/tool/note", test_note);
  ADD ("/tool/check", test_check);
  ADD ("/tool/certificate", test_certificate);
  ADD ("/tool/password", test_password);
  ADD ("/tool/settings", test_settings);
  ADD ("/tool/background", test_background);
  return g_test_run ();
}
