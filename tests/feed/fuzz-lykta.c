/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes, nothing that reads a part of a Lykta feed crashes, takes long, or makes more
 * of it than it may: index, catalogue, columns, delta lines, packed delta. Built as it is, it
 * damages seeds (support/lykta-fuzz.h); fuzz.sh builds it for libFuzzer, which finds its own way.
 */
#include "config.h"

#include <string.h>

#include "feed/lykta-feed-catalogue.h"
#include "feed/lykta-feed-columns.h"
#include "feed/lykta-feed-delta.h"
#include "feed/lykta-feed-index.h"
#include "feed/lykta-feed-record.h"
#include "feed/lykta-gzip.h"
#include "feed/lykta-zstd.h"

#define MAX_RAW (1 << 20)
#define STATE   "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* A receiver with three records. (transfer full) */
static LyktaFeedState *
new_receiver (void)
{
  LyktaFeedState *state = lykta_feed_state_new (NULL, NULL);

  for (guint i = 1; i <= 3; i++) {
    g_autofree char *text =
        g_strdup_printf ("{\"identifier\":\"id-%u\",\"name\":{\"sv\":\"Fika\"}}", i);
    g_autofree char *id = NULL;
    g_autoptr (GBytes) record = lykta_feed_record_make (text, -1, "all", &id, NULL);

    g_assert_true (lykta_feed_state_append_record (state, id, record, NULL));
  }
  return state;
}

static void
feed_index (GBytes *bytes)
{
  g_autoptr (LyktaFeedIndex) index = lykta_feed_index_parse (bytes, NULL);
  g_autoptr (GBytes) written = NULL;
  g_autoptr (LyktaFeedIndex) again = NULL;
  g_autoptr (GPtrArray) plan = NULL;

  if (index == NULL)
    return;
  if (index->state != NULL)
    plan = lykta_feed_index_plan (index, index->steps->len > 0 ? STATE : index->state);
  written = lykta_feed_index_write (index);
  again = lykta_feed_index_parse (written, NULL);
  g_assert_true (again != NULL || index->created > G_MAXINT32 || index->expires > G_MAXINT32 ||
                 index->created < 0 || index->expires < 0);
}

static void
feed_catalogue (GBytes *bytes)
{
  g_autoptr (LyktaFeedCatalogue) catalogue = lykta_feed_catalogue_parse (bytes, STATE, NULL);
  g_autoptr (GBytes) written = NULL;
  g_autoptr (LyktaFeedCatalogue) again = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  gboolean has_snapshot;

  if (catalogue == NULL)
    return;
  plan = lykta_feed_catalogue_plan (catalogue, STATE, NULL, &has_snapshot);
  g_assert_true (has_snapshot && plan->len > 0);
  lykta_feed_catalogue_find_first (catalogue, "03");
  written = lykta_feed_catalogue_write (catalogue);
  again = lykta_feed_catalogue_parse (written, STATE, NULL);
  g_assert_nonnull (again);
}

static void
feed_columns (GBytes *bytes)
{
  g_autoptr (GBytes) lines = lykta_feed_columns_read (bytes, NULL);
  g_autoptr (GBytes) written = lykta_feed_columns_write (bytes);

  if (lines != NULL)
    g_assert_cmpuint (g_bytes_get_size (lines), <=, g_bytes_get_size (bytes));
}

static void
feed_delta (GBytes *bytes)
{
  g_autoptr (LyktaFeedState) by_lines = new_receiver ();
  g_autoptr (LyktaFeedState) by_packed = new_receiver ();
  g_autoptr (GBytes) lines = NULL;
  g_autofree char *digest = NULL;

  lykta_feed_delta_apply (by_lines, bytes, NULL);
  digest = lykta_feed_state_digest (by_lines);
  lines = lykta_feed_delta_unpack (by_packed, bytes, MAX_RAW, NULL);
  if (lines != NULL)
    lykta_feed_delta_apply (by_packed, lines, NULL);
}

static void
feed (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) unzipped = lykta_gzip_decode (bytes, MAX_RAW, NULL);
  g_autoptr (GBytes) plain = lykta_zstd_decode (bytes, NULL, MAX_RAW, NULL);

  feed_index (bytes);
  feed_catalogue (bytes);
  feed_columns (bytes);
  feed_delta (bytes);
}

#ifdef LYKTA_LIBFUZZER
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  feed (data, size);
  return 0;
}
#else
#include "support/lykta-fuzz.h"

#define HASH "\"hash\":\"" STATE "\""

static const char *const seeds[] = {
    "{\"format\":\"lykta-feed\",\"version\":1,\"catalogue\":{\"bytes\":10," HASH ",\"raw\":20},"
    "\"created\":\"2026-11-24T12:00:00Z\",\"deltas\":[{\"bytes\":1,\"from\":\"aaaaaaaaaaaaaaaa\"," HASH
    ",\"raw\":2}],\"expires\":\"2026-12-24T12:00:00Z\",\"feed\":\"prov\",\"mirrors\":"
    "[\"https://b.example/\"],\"name\":\"Prov\",\"pack\":\"sv\",\"records\":3,\"sequence\":100,"
    "\"state\":\"" STATE "\"}\n",
    "{\"deltas\":[{\"at\":7,\"bytes\":1,\"from\":\"aaaaaaaaaaaaaaaa\",\"gzip\":{\"bytes\":1," HASH
    ",\"raw\":2}," HASH ",\"raw\":2}],\"first\":{\"\":{\"bytes\":1," HASH ",\"raw\":2},\"03\":"
    "{\"bytes\":1," HASH ",\"raw\":2}},\"snapshot\":{\"bytes\":1," HASH
    ",\"raw\":2,\"state\":\"" STATE "\"}}",
    "{\"identifier\":\x01 ,\"name\":{\"sv\":\x01!}}\n{\"identifier\":\x01 }\n\n\"a\"\n\"b\"\n\n\"c\"\n",
    "{\"id\":\"id-1\",\"patch\":{\"name\":{\"sv\":null,\"ar\":\"x\"}}}\n{\"gone\":true,\"id\":\"id-2\"}\n"
    "{\"id\":\"id-9\",\"patch\":{\"identifier\":\"id-9\"}}\n",
    "\x5c\x2a\x4d\x18\x02\x01\x01\x01\x01\x01\x28\xb5\x2f\xfd\x20\x05\x29\x01\x01\x01hello",
    NULL,
};

static const char *const words[] = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\n",
    "\n\n",
    "\x01",
    "\x01 ",
    "\x01~",
    "null",
    "-1",
    "9007199254740993",
    "1e999",
    "\"gone\"",
    "\"patch\":{",
    "\"id\":",
    "\"\"",
    "\"first\":",
    "\x5c\x2a\x4d\x18",
    "\x28\xb5\x2f\xfd",
    "\xff\xff\xff\x7f",
    "../",
    "\"raw\":536870912",
    NULL,
};

int
main (int argc, char **argv)
{
  const LyktaFuzzTarget target = {"lykta", feed, seeds, words};

  return lykta_fuzz_run (&target, argc, argv);
}
#endif
