/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "feed/lykta-canonical-json.h"
#include "feed/lykta-feed-catalogue.h"
#include "feed/lykta-feed-columns.h"
#include "feed/lykta-feed-delta.h"
#include "feed/lykta-feed-index.h"
#include "feed/lykta-feed-record.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-gzip.h"
#include "feed/lykta-merge-patch.h"
#include "feed/lykta-zstd.h"
#include "support/lykta-test.h"

/* The cases in tests/feed/vectors, which the second implementation answers alike, and chains of
 * changes by chance. */

#define CHAINS      500
#define CHAINS_LONG 100000

static JsonArray *
load_cases (const char *name, JsonNode **root)
{
  g_autofree char *path = g_strdup_printf ("tests/feed/vectors/%s.json", name);
  g_autoptr (GBytes) bytes = lykta_test_source_bytes (path);
  g_autoptr (GError) error = NULL;

  *root = json_from_string (g_bytes_get_data (bytes, NULL), &error);
  g_assert_no_error (error);
  return json_node_get_array (*root);
}

static const char *
member (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = lykta_canonical_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return node;
}

static GBytes *
unbase64 (const char *text)
{
  gsize n;
  guint8 *data = g_base64_decode (text, &n);

  return g_bytes_new_take (data, n);
}

static void
check_merge (JsonObject *object)
{
  g_autoptr (JsonNode) target = parse (member (object, "target"));
  g_autoptr (JsonNode) patch = parse (member (object, "patch"));
  g_autoptr (JsonNode) result = parse (member (object, "result"));
  g_autoptr (JsonNode) merged = lykta_merge_patch_apply (target, patch);

  g_assert_true (json_node_equal (merged, result));
  if (JSON_NODE_HOLDS_OBJECT (result) && strstr (member (object, "result"), "null") == NULL) {
    g_autoptr (JsonNode) found = lykta_merge_patch_diff (target, result);
    g_autoptr (JsonNode) again = lykta_merge_patch_apply (target, found);

    g_assert_true (json_node_equal (again, result));
  }
}

static void
check_canonical (JsonObject *object)
{
  g_autoptr (JsonNode) node = parse (member (object, "text"));
  g_autofree char *text = lykta_canonical_json_write (node);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_assert_cmpstr (text, ==, member (object, "canonical"));
  g_assert_cmpstr (hash, ==, member (object, "hash"));
}

static void
check_project (JsonObject *object)
{
  g_autoptr (GString) text = g_string_new (member (object, "record"));
  g_autofree char *expected = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) record = NULL;
  g_autoptr (JsonNode) answer = parse (member (object, "answer"));

  /* The cases hold the interesting members alone. */
  g_string_insert (text, 1, "\"identifier\":\"x\",");
  json_object_set_string_member (json_node_get_object (answer), "identifier", "x");
  expected = lykta_canonical_json_write (answer);
  record = lykta_feed_record_make (text->str, -1, member (object, "pack"), &id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "x");
  g_assert_cmpmem (g_bytes_get_data (record, NULL), g_bytes_get_size (record), expected,
                   strlen (expected));
}

static LyktaFeedState *
state_of (JsonObject *records)
{
  LyktaFeedState *state = lykta_feed_state_new (NULL, NULL);
  JsonObjectIter iter;
  const char *id;
  JsonNode *value;

  json_object_iter_init (&iter, records);
  while (json_object_iter_next (&iter, &id, &value)) {
    const char *text = json_node_get_string (value);
    g_autoptr (GBytes) record = g_bytes_new (text, strlen (text));

    lykta_feed_state_set (state, id, record);
  }
  return state;
}

static void
check_state (JsonObject *object)
{
  g_autoptr (LyktaFeedState) state = state_of (json_object_get_object_member (object, "records"));
  g_autofree char *digest = lykta_feed_state_digest (state);

  g_assert_cmpstr (digest, ==, member (object, "state"));
}

static void
check_delta (JsonObject *object)
{
  g_autoptr (LyktaFeedState) state = state_of (json_object_get_object_member (object, "records"));
  g_autoptr (GBytes) packed = unbase64 (member (object, "packed"));
  guint64 raw = (guint64)json_object_get_int_member (object, "raw");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) lines = lykta_feed_delta_unpack (state, packed, raw, &error);
  gboolean is_ok = lines != NULL && lykta_feed_delta_apply (state, lines, &error);

  if (g_str_equal (member (object, "answer"), "bad")) {
    g_assert_false (is_ok);
    g_assert_true (error->domain == LYKTA_FEED_ERROR);
  } else {
    g_autofree char *digest = NULL;

    g_assert_no_error (error);
    digest = lykta_feed_state_digest (state);
    g_assert_cmpstr (digest, ==, member (object, "state"));
  }
}

static const char *
judge (JsonObject *object)
{
  static const char *const answers[] = {"signature", "too-new", "unreadable", "rollback"};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = unbase64 (member (object, "sealed"));
  g_autoptr (LyktaVerifyingKey) key = lykta_verifying_key_parse (member (object, "key"), &error);
  g_autoptr (LyktaFeedIndex) index = NULL;

  g_assert_no_error (error);
  index = lykta_feed_index_open (sealed, key, NULL, &error);
  if (index == NULL ||
      !lykta_feed_index_check (index, member (object, "pack"),
                               (guint64)json_object_get_int_member (object, "highest"), &error)) {
    g_assert_true (error->domain == LYKTA_FEED_INDEX_ERROR);
    return answers[error->code];
  }
  return lykta_feed_index_is_expired (index, json_object_get_int_member (object, "now")) ? "expired"
                                                                                         : "ok";
}

static void
check_index (JsonObject *object)
{
  g_assert_cmpstr (judge (object), ==, member (object, "answer"));
}

static void
check_part (JsonObject *object)
{
  g_autoptr (GBytes) file = unbase64 (member (object, "file"));
  LyktaFeedPart part = {.hash = (char *)member (object, "hash"),
                        .bytes = (guint64)json_object_get_int_member (object, "bytes")};

  g_assert_cmpint (lykta_feed_part_is (&part, file), ==,
                   g_str_equal (member (object, "answer"), "ok"));
}

/* @texts: hashes of parts, in order. */
static void
check_parts (GPtrArray *parts, JsonArray *hashes)
{
  g_assert_cmpuint (parts->len, ==, json_array_get_length (hashes));
  for (guint i = 0; i < parts->len; i++)
    g_assert_cmpstr (((LyktaFeedPart *)parts->pdata[i])->hash, ==,
                     json_array_get_string_element (hashes, i));
}

static void
check_catalogue (JsonObject *object)
{
  const char *text = member (object, "text");
  g_autoptr (GBytes) json = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (LyktaFeedCatalogue) catalogue =
      lykta_feed_catalogue_parse (json, member (object, "state"), &error);
  g_autoptr (GPtrArray) parts = NULL;
  const LyktaFeedPart *first;
  gboolean has_snapshot;

  if (g_str_equal (member (object, "answer"), "bad")) {
    g_assert_error (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_INVALID);
    return;
  }
  g_assert_no_error (error);
  parts = lykta_feed_catalogue_plan (catalogue, member (object, "state"), member (object, "from"),
                                     &has_snapshot);
  check_parts (parts, json_object_get_array_member (object, "parts"));
  g_assert_cmpint (has_snapshot, ==, json_object_get_boolean_member (object, "snapshot"));
  first = lykta_feed_catalogue_find_first (catalogue, member (object, "county"));
  g_assert_cmpstr (first != NULL ? first->hash : NULL, ==, member (object, "first"));
}

static void
check_columns (JsonObject *object)
{
  const char *columns = member (object, "columns");
  const char *lines = member (object, "lines");
  g_autoptr (GBytes) text = g_bytes_new_static (columns, strlen (columns));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read = lykta_feed_columns_read (text, &error);
  g_autoptr (GBytes) expected = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) again = NULL;

  if (lines == NULL) {
    g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID);
    return;
  }
  g_assert_no_error (error);
  expected = g_bytes_new_static (lines, strlen (lines));
  g_assert_true (g_bytes_equal (read, expected));
  written = lykta_feed_columns_write (expected);
  again = lykta_feed_columns_read (written, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, expected));
}

static void
check_bundle (JsonObject *object)
{
  g_autoptr (GBytes) bundle = unbase64 (member (object, "bundle"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = lykta_feed_attachment_unbundle (bundle, &error);
  g_autoptr (GBytes) again = NULL;
  JsonArray *expected;

  if (json_object_get_null_member (object, "files")) {
    g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID);
    return;
  }
  g_assert_no_error (error);
  expected = json_object_get_array_member (object, "files");
  g_assert_cmpuint (files->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < files->len; i++) {
    g_autoptr (GBytes) file = unbase64 (json_array_get_string_element (expected, i));

    g_assert_true (g_bytes_equal (files->pdata[i], file));
  }
  again = lykta_feed_attachment_bundle (files);
  g_assert_true (g_bytes_equal (again, bundle));
}

typedef struct {
  const char *name;
  void (*check) (JsonObject *object);
} Kind;

static const Kind kinds[] = {
    {"merge", check_merge},   {"canonical", check_canonical}, {"project", check_project},
    {"state", check_state},   {"delta", check_delta},         {"index", check_index},
    {"part", check_part},     {"catalogue", check_catalogue}, {"columns", check_columns},
    {"bundle", check_bundle},
};

static void
test_vectors (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *cases = load_cases (kind->name, &root);

  g_assert_cmpuint (json_array_get_length (cases), >, 0);
  for (guint i = 0; i < json_array_get_length (cases); i++) {
    JsonObject *object = json_array_get_object_element (cases, i);

    g_test_message ("%s %u %s", kind->name, i,
                    json_object_get_string_member_with_default (object, "name", ""));
    kind->check (object);
  }
}

/* ---- chains by chance ---- */

static GBytes *
random_record (GRand *random, guint number)
{
  static const char *const words[] = {"fika", "språk", "قهوة", "ቋንቋ", "кафе", "\\n", "\\\"", "😀"};
  GString *text = g_string_new (NULL);
  gsize n;

  g_string_append_printf (text, "{\"identifier\":\"id-%u\",\"name\":{", number);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text, "%s\"l%u\":\"%s %d\"", i > 0 ? "," : "", i,
                            words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))],
                            g_rand_int_range (random, 0, 5));
  g_string_append_c (text, '}');
  if (g_rand_boolean (random))
    g_string_append_printf (text, ",\"x\":[%d,{\"y\":%.3f}]", g_rand_int_range (random, 0, 9),
                            g_rand_double (random));
  if (g_rand_boolean (random))
    g_string_append (text, ",\"z\":{\"a\":{\"b\":{}}}");
  g_string_append_c (text, '}');
  n = text->len;
  {
    g_autofree char *own = g_string_free (text, FALSE);
    g_autofree char *id = NULL;
    g_autoptr (GError) error = NULL;
    GBytes *record = lykta_feed_record_make (own, (gssize)n, "all", &id, &error);

    g_assert_no_error (error);
    return record;
  }
}

static LyktaFeedState *
copy_state (LyktaFeedState *state)
{
  LyktaFeedState *copy = lykta_feed_state_new (NULL, NULL);

  for (guint i = 0; i < lykta_feed_state_get_n (state); i++) {
    g_autoptr (GBytes) record = lykta_feed_state_get_record (state, i, NULL);

    g_assert_true (
        lykta_feed_state_append_record (copy, lykta_feed_state_get_id (state, i), record, NULL));
  }
  return copy;
}

/* Another day: some are changed, some come, some go. (transfer full) */
static LyktaFeedState *
another_day (GRand *random, LyktaFeedState *state)
{
  LyktaFeedState *next = copy_state (state);
  guint n = (guint)g_rand_int_range (random, 0, 8);

  for (guint i = 0; i < n; i++) {
    guint number = (guint)g_rand_int_range (random, 0, 40);
    g_autofree char *id = g_strdup_printf ("id-%u", number);
    g_autoptr (GBytes) record =
        g_rand_int_range (random, 0, 4) > 0 ? random_record (random, number) : NULL;

    lykta_feed_state_set (next, id, record);
  }
  return next;
}

static void
run_chain (guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (LyktaFeedState) day = lykta_feed_state_new (NULL, NULL);
  g_autoptr (LyktaFeedState) receiver = lykta_feed_state_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  guint n_days = (guint)g_rand_int_range (random, 1, 5);

  for (guint i = 0; i < n_days; i++) {
    g_autoptr (LyktaFeedState) next = another_day (random, day);
    g_autoptr (GBytes) lines = lykta_feed_delta_write (day, next, &error);
    g_autoptr (GBytes) packed = lykta_feed_delta_pack (day, lines, 3, &error);
    g_autoptr (GBytes) unpacked = NULL;
    g_autofree char *expected = lykta_feed_state_digest (next);
    g_autofree char *digest = NULL;

    g_assert_no_error (error);
    unpacked = lykta_feed_delta_unpack (receiver, packed, g_bytes_get_size (lines), &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (lines, unpacked));
    g_assert_true (lykta_feed_delta_apply (receiver, unpacked, &error));
    digest = lykta_feed_state_digest (receiver);
    g_assert_cmpstr (digest, ==, expected);
    g_clear_pointer (&day, lykta_feed_state_free);
    day = g_steal_pointer (&next);
  }
  {
    g_autoptr (GBytes) a = lykta_feed_state_write (day, &error);
    g_autoptr (GBytes) b = lykta_feed_state_write (receiver, &error);

    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (a, b));
  }
}

static void
test_chains (void)
{
  guint n = lykta_test_is_long () ? CHAINS_LONG : CHAINS;

  for (guint seed = 0; seed < n; seed++)
    run_chain (seed);
}

/* The newest deltas stand in the index; A, B, A, C is a way that passes twice through A. */
static void
test_plan (void)
{
  g_autoptr (LyktaFeedIndex) index = lykta_feed_index_new ();
  static const char *const states[] = {"aaaaaaaaaaaaaaaa0", "bbbbbbbbbbbbbbbb0",
                                       "aaaaaaaaaaaaaaaa0", "cccccccccccccccc0"};
  static const struct {
    const char *from;
    int n_parts;
  } cases[] = {
      {"cccccccccccccccc0", 0},  {"aaaaaaaaaaaaaaaa0", 1},  {"bbbbbbbbbbbbbbbb0", 2},
      {"dddddddddddddddd0", -1}, {"cccccccccccccccc1", -1}, {NULL, -1},
  };

  index->state = g_strdup (states[3]);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (index->steps, lykta_feed_step_new (states[i]));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) parts = lykta_feed_index_plan (index, cases[i].from);

    g_assert_cmpint (parts != NULL ? (int)parts->len : -1, ==, cases[i].n_parts);
    g_clear_pointer (&parts, g_ptr_array_unref);
  }
}

/* What a publisher writes, and a reader of our own makes of it. */
static void
test_columns (void)
{
  static const char lines[] =
      "{\"description\":{\"ar\":\"\u0642\",\"sv\":\"a\"},\"identifier\":\"1\","
      "\"name\":{\"@type\":\"x\",\"sv\":\"\\\"q\"}}\n"
      "{\"identifier\":\"2\",\"list\":[\"name\",{\"name\":{\"sv\":\"b\"}}],"
      "\"name\":\"plain\"}\n";
  static const char expected[] =
      "{\"description\":{\"ar\":\x01 ,\"sv\":\x01!},\"identifier\":\x01\","
      "\"name\":{\"@type\":\"x\",\"sv\":\x01#}}\n"
      "{\"identifier\":\x01\",\"list\":[\"name\",{\"name\":{\"sv\":\x01#}}],"
      "\"name\":\"plain\"}\n"
      "\n\"\u0642\"\n"
      "\n\"a\"\n"
      "\n\"1\"\n\"2\"\n"
      "\n\"\\\"q\"\n\"b\"\n";
  g_autoptr (GBytes) plain = g_bytes_new_static (lines, sizeof lines - 1);
  g_autoptr (GBytes) written = lykta_feed_columns_write (plain);

  g_assert_cmpmem (g_bytes_get_data (written, NULL), g_bytes_get_size (written), expected,
                   sizeof expected - 1);
}

static void
test_gzip (void)
{
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (4 << 20), 4 << 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = lykta_gzip_encode (zeros, &error);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 1);
  g_autoptr (GBytes) plain = lykta_gzip_decode (packed, 4 << 20, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, zeros));
  g_assert_null (lykta_gzip_decode (packed, (4 << 20) - 1, &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (lykta_gzip_decode (cut, 4 << 20, &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_TRUNCATED);
  g_clear_error (&error);
  g_assert_null (lykta_gzip_decode (zeros, 4 << 20, &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_INVALID);
}

static void
test_zstd (void)
{
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (4 << 20), 4 << 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) packed = lykta_zstd_encode (zeros, NULL, 19, &error);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 1);
  g_autoptr (GBytes) plain = lykta_zstd_decode (packed, NULL, 4 << 20, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, zeros));
  g_assert_null (lykta_zstd_decode (packed, NULL, (4 << 20) - 1, &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (lykta_zstd_decode (cut, NULL, 4 << 20, &error));
  g_assert_error (error, LYKTA_FEED_ERROR, LYKTA_FEED_ERROR_TRUNCATED);
}

static void
test_bad_json (void)
{
  g_autofree char *deep = g_strnfill (40, '[');
  g_autofree char *long_text = g_strnfill ((1 << 20) + 1, ' ');
  const struct {
    const char *text;
    int code;
  } cases[] = {
      {deep, LYKTA_FEED_ERROR_LIMIT},
      {long_text, LYKTA_FEED_ERROR_LIMIT},
      {"\"\xff\"", LYKTA_FEED_ERROR_INVALID},
      {"", LYKTA_FEED_ERROR_INVALID},
      {"{\"a\":", LYKTA_FEED_ERROR_INVALID},
      /* Two values, of which the last was taken before. */
      {"{\"a\":1}\n{\"a\":2}", LYKTA_FEED_ERROR_INVALID},
      {"\"a\" \"b\"", LYKTA_FEED_ERROR_INVALID},
      {"1 2", LYKTA_FEED_ERROR_INVALID},
      {"{}]", LYKTA_FEED_ERROR_INVALID},
      {"}", LYKTA_FEED_ERROR_INVALID},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (lykta_canonical_json_parse (cases[i].text, -1, &error));
    g_assert_error (error, LYKTA_FEED_ERROR, cases[i].code);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *path = g_strdup_printf ("/lykta-feed/vectors/%s", kinds[i].name);

    g_test_add_data_func (path, &kinds[i], test_vectors);
  }
  g_test_add_func ("/lykta-feed/plan", test_plan);
  g_test_add_func ("/lykta-feed/columns", test_columns);
  g_test_add_func ("/lykta-feed/gzip", test_gzip);
  g_test_add_func ("/lykta-feed/zstd", test_zstd);
  g_test_add_func ("/lykta-feed/bad-json", test_bad_json);
  g_test_add_func ("/lykta-feed/chains", test_chains);
  return g_test_run ();
}
