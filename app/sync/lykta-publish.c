/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-publish.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <utime.h>

#include "base/lykta-atomic-file.h"
#include "base/lykta-limits.h"
#include "feed/lykta-feed-delta.h"
#include "feed/lykta-feed-index.h"
#include "feed/lykta-feed-record.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-jsonld.h"
#include "feed/lykta-zstd.h"
#include "text/lykta-language.h"

#define DAY_SECONDS   86400
#define GRACE_SECONDS DAY_SECONDS
#define MAX_STEPS     64
#define FILE_MODE     0644
#define FOLDER_MODE   0755
/* A way of deltas longer than this part of the snapshot, and there is a new snapshot. */
#define SNAPSHOT_SHARE 4

/* One act of publishing. */
typedef struct {
  const LyktaPublishOptions *options; /* (unowned) */
  LyktaPublishResult *result;         /* (unowned) */
  LyktaVerifyingKey *key;             /* (owned) */
  GTree *records;                     /* (owned) (key-type char*) (value-type char*) JSON by id */
  GTree *packs;                       /* (owned) (key-type char*) names */
  GHashTable *named;                  /* (owned) (element-type char*) parts of the new indexes */
  GHashTable *dropped;                /* (owned) (element-type char*) parts of the old indexes */
  gboolean has_written;
  int lock;
} Publishing;

static void
publishing_clear (Publishing *self)
{
  g_clear_pointer (&self->key, lykta_verifying_key_unref);
  g_clear_pointer (&self->records, g_tree_unref);
  g_clear_pointer (&self->packs, g_tree_unref);
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->dropped, g_hash_table_unref);
  if (self->lock >= 0)
    close (self->lock);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Publishing, publishing_clear)

/* ---- files ---- */

static char *
path_of (Publishing *self, const char *name)
{
  return g_build_filename (self->options->folder, name, NULL);
}

/* NULL when there is none that can be read. (transfer full) (nullable) */
static GBytes *
read_file (Publishing *self, const char *name)
{
  g_autofree char *path = path_of (self, name);
  char *text;
  gsize n;

  return g_file_get_contents (path, &text, &n, NULL) ? g_bytes_new_take (text, n) : NULL;
}

static gboolean
write_file (Publishing *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = path_of (self, name);

  self->has_written = TRUE;
  return lykta_atomic_file_write (path, bytes, FILE_MODE, error);
}

static gboolean
make_folders (Publishing *self, GError **error)
{
  static const char *const names[] = {"parts", "packs"};
  g_autofree char *lock = path_of (self, ".lykta-lock");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = path_of (self, names[i]);

    if (!lykta_atomic_file_make_folder (path, FOLDER_MODE, error))
      return FALSE;
  }
  self->lock = open (lock, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR,
               errno == EWOULDBLOCK ? G_IO_ERROR_BUSY : g_io_error_from_errno (errno),
               "%s cannot be had for oneself: %s", self->options->folder, g_strerror (errno));
  return FALSE;
}

/* (transfer full) */
static GBytes *
gzip (GBytes *plain, GError **error)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  if (!g_output_stream_write_all (stream, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain),
                                  NULL, NULL, error) ||
      !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* Writes a part and its plain form, and describes it in @part. */
static gboolean
write_part (Publishing *self, GBytes *packed, GBytes *plain, LyktaFeedPart *part, GError **error)
{
  g_autofree char *path = lykta_feed_part_path (packed);
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".zst"));
  g_autofree char *gzip_path = g_strconcat (stem, ".gz", NULL);
  g_autoptr (GBytes) zipped = gzip (plain, error);

  if (zipped == NULL || !write_file (self, path, packed, error) ||
      !write_file (self, gzip_path, zipped, error))
    return FALSE;
  g_free (part->path);
  part->path = g_steal_pointer (&path);
  part->bytes = g_bytes_get_size (packed);
  part->raw = g_bytes_get_size (plain);
  return TRUE;
}

/* ---- what is to be published ---- */

static int
compare_strings (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static void
add_languages (Publishing *self, LyktaTexts *texts)
{
  for (guint i = 0; i < lykta_texts_get_n (texts); i++) {
    const char *tag = lykta_language_feed_tag (lykta_texts_get_nth_language (texts, i));

    if (!g_str_has_prefix (tag, "sv") && lykta_feed_index_is_pack (tag))
      g_tree_replace (self->packs, g_strdup (tag), NULL);
  }
}

static gboolean
on_activity (LyktaActivity *activity, const char *source_id, gpointer user_data)
{
  Publishing *self = user_data;
  const char *uid = lykta_activity_get_uid (activity);
  GString *line;

  if (!lykta_feed_state_is_id (uid) || g_tree_lookup (self->records, uid) != NULL)
    return TRUE;
  line = g_string_new (NULL);
  lykta_jsonld_append (line, activity, LYKTA_JSONLD_WRITE_PUBLIC_ONLY);
  g_tree_insert (self->records, g_strdup (uid), g_string_free (line, FALSE));
  add_languages (self, lykta_activity_get_title (activity));
  add_languages (self, lykta_activity_get_description (activity));
  add_languages (self, lykta_activity_get_notes (activity));
  return TRUE;
}

typedef struct {
  const char *pack;
  LyktaFeedState *state;
  GError **error;
} Building;

static gboolean
build_record (gpointer key, gpointer value, gpointer user_data)
{
  Building *building = user_data;
  g_autofree char *id = NULL;
  g_autoptr (GBytes) record =
      lykta_feed_record_make (value, -1, building->pack, &id, building->error);

  return record == NULL ||
         !lykta_feed_state_append_record (building->state, id, record, building->error);
}

/* (transfer full) */
static LyktaFeedState *
build_state (Publishing *self, const char *pack, GError **error)
{
  g_autoptr (LyktaFeedState) state = lykta_feed_state_new (NULL, NULL);
  g_autoptr (GError) local_error = NULL;
  Building building = {pack, state, &local_error};

  g_tree_foreach (self->records, build_record, &building);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return g_steal_pointer (&state);
}

/* ---- what was published before ---- */

static LyktaFeedIndex *
read_index (Publishing *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".lykta", NULL);
  g_autoptr (GBytes) sealed = read_file (self, file);

  return sealed != NULL ? lykta_feed_index_open (sealed, self->key, NULL, NULL) : NULL;
}

static gboolean
read_lines (LyktaFeedState *state, GBytes *plain)
{
  gsize n;
  const char *text = g_bytes_get_data (plain, &n);
  gsize start = 0;

  while (start < n) {
    const char *end = memchr (text + start, '\n', n - start);
    g_autoptr (GBytes) record =
        end != NULL ? g_bytes_new_from_bytes (plain, start, (gsize)(end - text) - start) : NULL;
    g_autofree char *id = record != NULL ? lykta_feed_record_get_id (record, NULL) : NULL;

    if (id == NULL || !lykta_feed_state_append_record (state, id, record, NULL))
      return FALSE;
    start = (gsize)(end - text) + 1;
  }
  return TRUE;
}

/* The state that an index of ours describes, from the parts beside it; NULL when they are not
 * whole. (transfer full) (nullable) */
static LyktaFeedState *
read_state (Publishing *self, const LyktaFeedIndex *index)
{
  g_autoptr (LyktaFeedState) state = lykta_feed_state_new (NULL, NULL);
  gboolean has_snapshot;
  g_autoptr (GPtrArray) plan = lykta_feed_index_plan (index, NULL, &has_snapshot);
  g_autofree char *digest = NULL;

  for (guint i = 0; i < plan->len; i++) {
    const LyktaFeedPart *part = plan->pdata[i];
    g_autoptr (GBytes) file = read_file (self, part->path);
    g_autoptr (GBytes) plain = NULL;

    if (file == NULL || !lykta_feed_part_is (part, file))
      return NULL;
    plain = i == 0 ? lykta_zstd_decode (file, NULL, part->raw, NULL)
                   : lykta_feed_delta_unpack (state, file, part->raw, NULL);
    if (plain == NULL ||
        (i == 0 ? !read_lines (state, plain) : !lykta_feed_delta_apply (state, plain, NULL)))
      return NULL;
  }
  digest = lykta_feed_state_digest (state);
  return g_str_equal (digest, index->state) ? g_steal_pointer (&state) : NULL;
}

/* ---- one pack ---- */

static LyktaFeedStep *
copy_step (const LyktaFeedStep *step)
{
  LyktaFeedStep *copy = lykta_feed_step_new (step->from, step->to);

  copy->created = step->created;
  copy->part.path = g_strdup (step->part.path);
  copy->part.bytes = step->part.bytes;
  copy->part.raw = step->part.raw;
  return copy;
}

/* Steps that somebody may still need. */
static void
keep_steps (Publishing *self, LyktaFeedIndex *index, const LyktaFeedIndex *old)
{
  const LyktaPublishOptions *options = self->options;
  gint64 oldest = options->now - (gint64)options->keep_days * DAY_SECONDS;

  for (guint i = 0; i < old->steps->len; i++) {
    const LyktaFeedStep *step = old->steps->pdata[i];

    if (step->created >= oldest && old->steps->len - i < MAX_STEPS)
      g_ptr_array_add (index->steps, copy_step (step));
  }
}

/* Adds the step from @before to @after; without it when it is not worth its bytes. */
static gboolean
add_step (Publishing *self,
          LyktaFeedIndex *index,
          const LyktaFeedIndex *old,
          LyktaFeedState *before,
          LyktaFeedState *after,
          GError **error)
{
  g_autoptr (LyktaFeedStep) step = lykta_feed_step_new (old->state, index->state);
  g_autoptr (GBytes) lines = lykta_feed_delta_write (before, after, error);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GError) local_error = NULL;

  if (lines == NULL)
    return FALSE;
  packed = lykta_feed_delta_pack (before, lines, self->options->level, &local_error);
  if (packed == NULL || g_bytes_get_size (packed) > old->snapshot.bytes) {
    g_ptr_array_set_size (index->steps, 0);
    return TRUE;
  }
  if (!write_part (self, packed, lines, &step->part, error))
    return FALSE;
  step->created = self->options->now;
  self->result->n_deltas += step->part.bytes;
  g_ptr_array_add (index->steps, g_steal_pointer (&step));
  return TRUE;
}

/* Whether the old snapshot and the deltas after it still serve. */
static gboolean
snapshot_serves (const LyktaFeedIndex *index, const LyktaFeedIndex *old)
{
  guint64 bytes = 0;

  if (g_str_equal (old->snapshot_state, index->state))
    return TRUE;
  for (guint i = index->steps->len; i > 0; i--) {
    const LyktaFeedStep *step = index->steps->pdata[i - 1];

    bytes += step->part.bytes;
    if (g_str_equal (step->from, old->snapshot_state))
      return bytes * SNAPSHOT_SHARE <= old->snapshot.bytes;
  }
  return FALSE;
}

static gboolean
set_snapshot (Publishing *self,
              LyktaFeedIndex *index,
              const LyktaFeedIndex *old,
              LyktaFeedState *state,
              GError **error)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) packed = NULL;

  if (old != NULL && snapshot_serves (index, old)) {
    index->snapshot_state = g_strdup (old->snapshot_state);
    index->snapshot = old->snapshot;
    index->snapshot.path = g_strdup (old->snapshot.path);
    return TRUE;
  }
  plain = lykta_feed_state_write (state, error);
  if (plain == NULL)
    return FALSE;
  packed = lykta_zstd_encode (plain, NULL, self->options->level, error);
  if (packed == NULL || !write_part (self, packed, plain, &index->snapshot, error))
    return FALSE;
  index->snapshot_state = g_strdup (index->state);
  self->result->n_snapshots += index->snapshot.bytes;
  return TRUE;
}

static void
note_part (GHashTable *set, const char *path)
{
  g_hash_table_add (set, g_path_get_basename (path));
}

static void
note_parts (GHashTable *set, const LyktaFeedIndex *index)
{
  note_part (set, index->snapshot.path);
  for (guint i = 0; i < index->steps->len; i++)
    note_part (set, ((LyktaFeedStep *)index->steps->pdata[i])->part.path);
}

/* What every index says. (transfer full) */
static LyktaFeedIndex *
new_index (Publishing *self, const LyktaFeedIndex *old)
{
  const LyktaPublishOptions *options = self->options;
  LyktaFeedIndex *index = lykta_feed_index_new ();

  index->feed = options->feed != NULL
                    ? g_strdup (options->feed)
                    : g_ascii_strdown (lykta_verifying_key_get_id (self->key), -1);
  index->name = g_strdup (options->name);
  index->created = options->now;
  index->expires = options->now + (gint64)options->valid_days * DAY_SECONDS;
  index->sequence = MAX ((guint64)MAX (options->now, 1), old != NULL ? old->sequence + 1 : 1);
  if (options->mirrors != NULL) {
    g_strfreev (index->mirrors);
    index->mirrors = g_strdupv ((char **)options->mirrors);
  }
  return index;
}

/* Nothing to say but the time, and that is not needed yet. */
static gboolean
is_current (Publishing *self, const LyktaFeedIndex *index, const LyktaFeedIndex *old)
{
  gint64 half = (gint64)self->options->valid_days * DAY_SECONDS / 2;

  return old != NULL && g_strcmp0 (old->state, index->state) == 0 &&
         g_str_equal (old->feed, index->feed) && g_str_equal (old->name, index->name) &&
         g_strv_equal ((const char *const *)old->mirrors, (const char *const *)index->mirrors) &&
         g_strv_equal ((const char *const *)old->packs, (const char *const *)index->packs) &&
         old->expires - self->options->now > half;
}

static gboolean
write_index (Publishing *self, const char *name, const LyktaFeedIndex *index, GError **error)
{
  g_autoptr (GBytes) json = lykta_feed_index_write (index);
  g_autofree char *comment =
      g_strdup_printf ("lykta feed=%s pack=%s sequence=%" G_GUINT64_FORMAT, index->feed,
                       index->pack != NULL ? index->pack : "-", index->sequence);
  g_autofree char *signature = lykta_signing_key_sign (self->options->key, json, comment);
  g_autoptr (GBytes) signature_bytes = g_bytes_new (signature, strlen (signature));
  g_autoptr (GBytes) sealed = lykta_feed_index_seal (json, signature);
  g_autofree char *signature_name = g_strconcat (name, ".json.minisig", NULL);
  g_autofree char *sealed_name = g_strconcat (name, ".lykta", NULL);
  g_autofree char *json_name = g_strconcat (name, ".json", NULL);

  return write_file (self, signature_name, signature_bytes, error) &&
         write_file (self, sealed_name, sealed, error) && write_file (self, json_name, json, error);
}

static gboolean
publish_pack (Publishing *self, const char *pack, GError **error)
{
  g_autofree char *name = g_strconcat ("packs/", pack, NULL);
  g_autoptr (LyktaFeedState) state = build_state (self, pack, error);
  g_autoptr (LyktaFeedIndex) old = read_index (self, name);
  g_autoptr (LyktaFeedState) before =
      old != NULL && old->state != NULL ? read_state (self, old) : NULL;
  g_autoptr (LyktaFeedIndex) index = new_index (self, old);

  if (state == NULL)
    return FALSE;
  if (old != NULL && old->state != NULL)
    note_parts (self->dropped, old);
  if (before == NULL)
    g_clear_pointer (&old, lykta_feed_index_free);
  index->pack = g_strdup (pack);
  index->state = lykta_feed_state_digest (state);
  index->n_records = lykta_feed_state_get_n (state);
  if (is_current (self, index, old)) {
    note_parts (self->named, old);
    return TRUE;
  }
  if (!g_str_equal (pack, LYKTA_FEED_PACK_ALL)) {
    const char *const both[] = {"sv", g_str_equal (pack, "sv") ? NULL : pack, NULL};

    g_strfreev (index->languages);
    index->languages = g_strdupv ((char **)both);
  }
  if (old != NULL)
    keep_steps (self, index, old);
  if (old != NULL && !g_str_equal (old->state, index->state) &&
      !add_step (self, index, old, before, state, error))
    return FALSE;
  if (!set_snapshot (self, index, old, state, error))
    return FALSE;
  note_parts (self->named, index);
  if (old != NULL && g_str_equal (old->state, index->state))
    self->result->n_renewed++;
  else
    self->result->n_changed++;
  return write_index (self, name, index, error);
}

/* ---- the whole ---- */

static gboolean
collect_pack (gpointer key, gpointer value, gpointer user_data)
{
  g_ptr_array_add (user_data, key);
  return FALSE;
}

static gboolean
publish_root (Publishing *self, GPtrArray *packs, GError **error)
{
  g_autoptr (LyktaFeedIndex) old = read_index (self, "index");
  g_autoptr (LyktaFeedIndex) index = new_index (self, old);

  g_strfreev (index->packs);
  index->packs = g_strdupv ((char **)packs->pdata);
  return is_current (self, index, old) || write_index (self, "index", index, error);
}

/* Takes away what no index has named for a day. */
static void
clean_up (Publishing *self)
{
  g_autofree char *folder = path_of (self, "parts");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *stem = g_strndup (name, strcspn (name, "."));
    g_autofree char *packed = g_strconcat (stem, ".zst", NULL);
    struct utimbuf now = {self->options->now, self->options->now};
    GStatBuf info;

    if (g_hash_table_contains (self->named, packed) || g_stat (path, &info) != 0)
      continue;
    if (g_hash_table_contains (self->dropped, packed))
      g_utime (path, &now);
    else if (info.st_mtime < self->options->now - GRACE_SECONDS)
      g_unlink (path);
  }
}

gboolean
lykta_publish (LyktaContentReader *reader,
               const LyktaPublishOptions *options,
               LyktaPublishResult *result,
               GError **error)
{
  g_auto (Publishing) self = {.options = options, .result = result, .lock = -1};
  g_autoptr (GPtrArray) packs = g_ptr_array_new ();

  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), FALSE);
  g_return_val_if_fail (options != NULL && result != NULL, FALSE);

  *result = (LyktaPublishResult){0};
  self.key = lykta_signing_key_get_verifying_key (options->key);
  self.records = g_tree_new_full (compare_strings, NULL, g_free, g_free);
  self.packs = g_tree_new_full (compare_strings, NULL, g_free, NULL);
  self.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.dropped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_tree_insert (self.packs, g_strdup (LYKTA_FEED_PACK_ALL), NULL);
  g_tree_insert (self.packs, g_strdup ("sv"), NULL);
  if (!make_folders (&self, error) ||
      !lykta_content_reader_foreach_activity (reader, NULL, on_activity, &self, error))
    return FALSE;
  g_tree_foreach (self.packs, collect_pack, packs);
  result->n_records = (guint)g_tree_nnodes (self.records);
  result->n_packs = packs->len;
  for (guint i = 0; i < packs->len; i++)
    if (!publish_pack (&self, packs->pdata[i], error))
      return FALSE;
  g_ptr_array_add (packs, NULL);
  if (!publish_root (&self, packs, error))
    return FALSE;
  clean_up (&self);
  return TRUE;
}
