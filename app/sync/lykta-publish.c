/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-publish-private.h"

#include <string.h>
#include <unistd.h>

#include "feed/lykta-feed-columns.h"
#include "feed/lykta-feed-delta.h"
#include "feed/lykta-feed-record.h"
#include "feed/lykta-feed.h"
#include "feed/lykta-gzip.h"
#include "feed/lykta-jsonld.h"
#include "feed/lykta-zstd.h"
#include "text/lykta-language.h"

#define DAY_SECONDS 86400
/* Kept in the catalogue at the most, and named in the index itself. */
#define MAX_STEPS    128
#define NEWEST_STEPS 3
/* A way of deltas longer than this part of the snapshot, and there is a new snapshot. */
#define SNAPSHOT_SHARE 4

static void
publishing_clear (LyktaPublishing *self)
{
  g_clear_pointer (&self->key, lykta_verifying_key_unref);
  g_clear_pointer (&self->attached, g_ptr_array_unref);
  g_clear_pointer (&self->soonest, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_tree_unref);
  g_clear_pointer (&self->packs, g_tree_unref);
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->dropped, g_hash_table_unref);
  if (self->lock >= 0)
    close (self->lock);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LyktaPublishing, publishing_clear)

static void
record_free (gpointer data)
{
  LyktaPublishRecord *record = data;

  g_free (record->json);
  g_free (record);
}

/* ---- what is to be published ---- */

static int
compare_strings (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (a, b);
}

static void
add_languages (LyktaPublishing *self, LyktaTexts *texts)
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
  LyktaPublishing *self = user_data;
  const char *uid = lykta_activity_get_uid (activity);
  LyktaPublishRecord *record;
  GString *line;

  if (!lykta_feed_state_is_id (uid) || g_tree_lookup (self->records, uid) != NULL)
    return TRUE;
  line = g_string_new (NULL);
  lykta_jsonld_append (line, activity, LYKTA_JSONLD_WRITE_PUBLIC_ONLY);
  record = g_new0 (LyktaPublishRecord, 1);
  record->json = g_string_free (line, FALSE);
  lykta_publishing_look_at (self, activity, record);
  g_tree_insert (self->records, g_strdup (uid), record);
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
  const LyktaPublishRecord *published = value;
  Building *building = user_data;
  g_autofree char *id = NULL;
  g_autoptr (GBytes) record =
      lykta_feed_record_make (published->json, -1, building->pack, &id, building->error);

  return record == NULL ||
         !lykta_feed_state_append_record (building->state, id, record, building->error);
}

/* (transfer full) */
static LyktaFeedState *
build_state (LyktaPublishing *self, const char *pack, GError **error)
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
read_index (LyktaPublishing *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".lykta", NULL);
  g_autoptr (GBytes) sealed = lykta_publishing_read (self, file);

  return sealed != NULL ? lykta_feed_index_open (sealed, self->key, NULL, NULL) : NULL;
}

/* The same when it was signed with the key before ours, which announced ours: the feed goes on. */
static LyktaFeedIndex *
read_index_or_before (LyktaPublishing *self, const char *name)
{
  LyktaFeedIndex *signed_index = read_index (self, name);
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *own = lykta_verifying_key_to_string (self->key);
  g_autoptr (GBytes) json = signed_index == NULL ? lykta_publishing_read (self, file) : NULL;
  g_autoptr (LyktaFeedIndex) index = json != NULL ? lykta_feed_index_parse (json, NULL) : NULL;

  if (signed_index != NULL)
    return signed_index;
  return index != NULL && g_strcmp0 (index->next_key, own) == 0 ? g_steal_pointer (&index) : NULL;
}

static LyktaFeedCatalogue *
read_catalogue (LyktaPublishing *self, const LyktaFeedIndex *index)
{
  g_autoptr (GBytes) file =
      lykta_publishing_read_part (self, &index->catalogue, LYKTA_FEED_PART_GZIP);
  g_autoptr (GBytes) json =
      file != NULL ? lykta_gzip_decode (file, index->catalogue.raw, NULL) : NULL;

  return json != NULL ? lykta_feed_catalogue_parse (json, index->state, NULL) : NULL;
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

/* The state that the old catalogue leads to, from the parts beside it; NULL when they are not
 * whole. (transfer full) (nullable) */
static LyktaFeedState *
read_state (LyktaPublishing *self, const char *wanted, const LyktaFeedCatalogue *catalogue)
{
  g_autoptr (LyktaFeedState) state = lykta_feed_state_new (NULL, NULL);
  gboolean has_snapshot;
  g_autoptr (GPtrArray) plan = lykta_feed_catalogue_plan (catalogue, wanted, NULL, &has_snapshot);
  g_autofree char *digest = NULL;

  for (guint i = 0; i < plan->len; i++) {
    const LyktaFeedPart *part = plan->pdata[i];
    g_autoptr (GBytes) file = lykta_publishing_read_part (self, part, LYKTA_FEED_PART_ZSTD);
    g_autoptr (GBytes) plain = NULL;
    g_autoptr (GBytes) lines = NULL;

    if (file == NULL)
      return NULL;
    plain = i == 0 ? lykta_zstd_decode (file, NULL, part->raw, NULL)
                   : lykta_feed_delta_unpack (state, file, part->raw, NULL);
    if (plain == NULL)
      return NULL;
    lines = i == 0 ? lykta_feed_columns_read (plain, NULL) : g_bytes_ref (plain);
    if (lines == NULL ||
        (i == 0 ? !read_lines (state, lines) : !lykta_feed_delta_apply (state, lines, NULL)))
      return NULL;
  }
  digest = lykta_feed_state_digest (state);
  return g_str_equal (digest, wanted) ? g_steal_pointer (&state) : NULL;
}

/* ---- one pack ---- */

/* What is known of a pack, and what becomes of it. */
typedef struct {
  const char *name;           /* (unowned) */
  LyktaFeedIndex *old;        /* (owned) (nullable) NULL: begin anew */
  LyktaFeedCatalogue *before; /* (owned) (nullable) of the old index */
  LyktaFeedState *from;       /* (owned) (nullable) what it leads to */
  LyktaFeedState *to;         /* (owned) */
  LyktaFeedIndex *index;      /* (owned) */
  LyktaFeedCatalogue *after;  /* (owned) */
} Pack;

static void
pack_clear (Pack *self)
{
  g_clear_pointer (&self->old, lykta_feed_index_free);
  g_clear_pointer (&self->before, lykta_feed_catalogue_free);
  g_clear_pointer (&self->from, lykta_feed_state_free);
  g_clear_pointer (&self->to, lykta_feed_state_free);
  g_clear_pointer (&self->index, lykta_feed_index_free);
  g_clear_pointer (&self->after, lykta_feed_catalogue_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pack, pack_clear)

/* Steps that somebody may still need. */
static void
keep_steps (LyktaPublishing *self, Pack *pack)
{
  const LyktaPublishOptions *options = self->options;
  gint64 oldest = options->now - (gint64)options->keep_days * DAY_SECONDS;
  GPtrArray *steps = pack->before->steps;

  for (guint i = 0; i < steps->len; i++) {
    const LyktaFeedStep *step = steps->pdata[i];

    if (step->created >= oldest && steps->len - i < MAX_STEPS)
      g_ptr_array_add (pack->after->steps, lykta_feed_step_copy (step));
  }
}

/* Adds the step from the old state to the new one; none at all when it is not worth its bytes. */
static gboolean
add_step (LyktaPublishing *self, Pack *pack, GError **error)
{
  g_autoptr (LyktaFeedStep) step = lykta_feed_step_new (pack->old->state);
  g_autoptr (GBytes) lines = lykta_feed_delta_write (pack->from, pack->to, error);
  g_autoptr (GBytes) packed = NULL;

  if (lines == NULL)
    return FALSE;
  packed = lykta_feed_delta_pack (pack->from, lines, self->options->level, NULL);
  if (packed == NULL || g_bytes_get_size (packed) > pack->before->snapshot.bytes) {
    g_ptr_array_set_size (pack->after->steps, 0);
    return TRUE;
  }
  if (!lykta_publishing_write_part (self, packed, g_bytes_get_size (lines), LYKTA_FEED_PART_ZSTD,
                                    &step->part, error) ||
      !lykta_publishing_write_plain (self, lines, &step->plain, error))
    return FALSE;
  step->created = self->options->now;
  self->result->n_deltas += step->part.bytes;
  g_ptr_array_add (pack->after->steps, g_steal_pointer (&step));
  return TRUE;
}

/* Whether the old snapshot and the deltas after it still serve. */
static gboolean
snapshot_serves (const Pack *pack)
{
  const LyktaFeedCatalogue *before = pack->before;
  GPtrArray *steps = pack->after->steps;
  guint64 bytes = 0;

  if (g_str_equal (before->snapshot_state, pack->index->state))
    return TRUE;
  for (guint i = steps->len; i > 0; i--) {
    const LyktaFeedStep *step = steps->pdata[i - 1];

    bytes += step->part.bytes;
    if (lykta_feed_step_is_from (step, before->snapshot_state))
      return bytes * SNAPSHOT_SHARE <= before->snapshot.bytes;
  }
  return FALSE;
}

static gboolean
set_snapshot (LyktaPublishing *self, Pack *pack, GError **error)
{
  LyktaFeedCatalogue *after = pack->after;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) columns = NULL;
  g_autoptr (GBytes) packed = NULL;

  if (pack->old != NULL && snapshot_serves (pack)) {
    after->snapshot_state = g_strdup (pack->before->snapshot_state);
    lykta_feed_part_copy (&after->snapshot, &pack->before->snapshot);
    lykta_feed_part_copy (&after->snapshot_plain, &pack->before->snapshot_plain);
    return TRUE;
  }
  plain = lykta_feed_state_write (pack->to, error);
  if (plain == NULL)
    return FALSE;
  columns = lykta_feed_columns_write (plain);
  packed = lykta_zstd_encode (columns, NULL, self->options->level, error);
  if (packed == NULL ||
      !lykta_publishing_write_part (self, packed, g_bytes_get_size (columns), LYKTA_FEED_PART_ZSTD,
                                    &after->snapshot, error) ||
      !lykta_publishing_write_plain (self, plain, &after->snapshot_plain, error))
    return FALSE;
  after->snapshot_state = g_strdup (pack->index->state);
  self->result->n_snapshots += after->snapshot.bytes;
  return TRUE;
}

static void
note_part (GHashTable *set, const LyktaFeedPart *part)
{
  if (part->hash != NULL)
    g_hash_table_add (set, g_strdup (part->hash));
}

static void
note_parts (GHashTable *set, const LyktaFeedIndex *index, const LyktaFeedCatalogue *catalogue)
{
  note_part (set, &index->catalogue);
  for (guint i = 0; i < index->attachments->len; i++)
    note_part (set, &((LyktaFeedAttachment *)index->attachments->pdata[i])->part);
  if (catalogue == NULL)
    return;
  note_part (set, &catalogue->snapshot);
  note_part (set, &catalogue->snapshot_plain);
  for (guint i = 0; i < catalogue->steps->len; i++) {
    const LyktaFeedStep *step = catalogue->steps->pdata[i];

    note_part (set, &step->part);
    note_part (set, &step->plain);
  }
  for (guint i = 0; i < catalogue->firsts->len; i++)
    note_part (set, &((LyktaFeedFirst *)catalogue->firsts->pdata[i])->part);
}

/* What every index says. (transfer full) */
static LyktaFeedIndex *
new_index (LyktaPublishing *self, const LyktaFeedIndex *old)
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
  for (guint i = 0; i < self->attached->len; i++) {
    const LyktaFeedAttachment *attachment = self->attached->pdata[i];

    g_ptr_array_add (index->attachments,
                     lykta_feed_attachment_new (attachment->kind, &attachment->part));
  }
  index->next_key =
      options->next_key != NULL ? lykta_verifying_key_to_string (options->next_key) : NULL;
  return index;
}

static gboolean
equal_attachments (const LyktaFeedIndex *a, const LyktaFeedIndex *b)
{
  if (a->attachments->len != b->attachments->len)
    return FALSE;
  for (guint i = 0; i < a->attachments->len; i++) {
    const LyktaFeedAttachment *x = a->attachments->pdata[i];
    const LyktaFeedAttachment *y = b->attachments->pdata[i];

    if (!g_str_equal (x->kind, y->kind) || !g_str_equal (x->part.hash, y->part.hash))
      return FALSE;
  }
  return TRUE;
}

/* Nothing to say but the time, and that is not needed yet. */
static gboolean
is_current (LyktaPublishing *self, const LyktaFeedIndex *index, const LyktaFeedIndex *old)
{
  gint64 half = (gint64)self->options->valid_days * DAY_SECONDS / 2;

  return old != NULL && g_strcmp0 (old->state, index->state) == 0 &&
         g_str_equal (old->feed, index->feed) && g_str_equal (old->name, index->name) &&
         g_strcmp0 (old->next_key, index->next_key) == 0 &&
         (index->pack == NULL || equal_attachments (old, index)) &&
         g_strv_equal ((const char *const *)old->mirrors, (const char *const *)index->mirrors) &&
         g_strv_equal ((const char *const *)old->packs, (const char *const *)index->packs) &&
         old->expires - self->options->now > half;
}

static gboolean
write_index (LyktaPublishing *self, const char *name, const LyktaFeedIndex *index, GError **error)
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

  return lykta_publishing_write (self, signature_name, signature_bytes, error) &&
         lykta_publishing_write (self, sealed_name, sealed, error) &&
         lykta_publishing_write (self, json_name, json, error);
}

/* Deltas, snapshot and first parts of a pack that has changed, or shall be told anew. */
static gboolean
write_pack (LyktaPublishing *self, Pack *pack, GError **error)
{
  LyktaFeedIndex *index = pack->index;
  gboolean has_changed = pack->old == NULL || !g_str_equal (pack->old->state, index->state);
  g_autofree char *name = g_strconcat ("packs/", pack->name, NULL);
  g_autoptr (GBytes) catalogue = NULL;
  GPtrArray *steps;

  pack->after = lykta_feed_catalogue_new ();
  if (pack->old != NULL)
    keep_steps (self, pack);
  if ((pack->old != NULL && has_changed && !add_step (self, pack, error)) ||
      !set_snapshot (self, pack, error) ||
      !lykta_publishing_add_firsts (self, pack->to, pack->after, error))
    return FALSE;
  catalogue = lykta_feed_catalogue_write (pack->after);
  if (!lykta_publishing_write_plain (self, catalogue, &index->catalogue, error))
    return FALSE;
  steps = pack->after->steps;
  for (guint i = steps->len - MIN (steps->len, NEWEST_STEPS); i < steps->len; i++)
    g_ptr_array_add (index->steps, lykta_feed_step_copy (steps->pdata[i]));
  note_parts (self->named, index, pack->after);
  if (has_changed)
    self->result->n_changed++;
  else
    self->result->n_renewed++;
  return write_index (self, name, index, error);
}

static gboolean
publish_pack (LyktaPublishing *self, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat ("packs/", name, NULL);
  g_auto (Pack) pack = {.name = name};

  pack.to = build_state (self, name, error);
  if (pack.to == NULL)
    return FALSE;
  pack.old = read_index_or_before (self, path);
  if (pack.old != NULL && pack.old->state != NULL) {
    pack.before = read_catalogue (self, pack.old);
    note_parts (self->dropped, pack.old, pack.before);
    pack.from = pack.before != NULL ? read_state (self, pack.old->state, pack.before) : NULL;
  }
  pack.index = new_index (self, pack.old);
  if (pack.from == NULL)
    g_clear_pointer (&pack.old, lykta_feed_index_free);
  pack.index->pack = g_strdup (name);
  pack.index->state = lykta_feed_state_digest (pack.to);
  pack.index->n_records = lykta_feed_state_get_n (pack.to);
  if (!is_current (self, pack.index, pack.old))
    return write_pack (self, &pack, error);
  note_parts (self->named, pack.old, pack.before);
  return TRUE;
}

/* ---- the whole ---- */

static gboolean
collect_pack (gpointer key, gpointer value, gpointer user_data)
{
  g_ptr_array_add (user_data, key);
  return FALSE;
}

static gboolean
write_attachments (LyktaPublishing *self, GError **error)
{
  GPtrArray *attachments = self->options->attachments;

  self->attached = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_feed_attachment_free);
  for (guint i = 0; attachments != NULL && i < attachments->len; i++) {
    const LyktaPublishAttachment *attachment = attachments->pdata[i];
    LyktaFeedPart part = {0};
    gboolean is_written = lykta_publishing_write_plain (self, attachment->bundle, &part, error);

    if (is_written)
      g_ptr_array_add (self->attached, lykta_feed_attachment_new (attachment->kind, &part));
    lykta_feed_part_clear (&part);
    if (!is_written)
      return FALSE;
  }
  return TRUE;
}

static gboolean
publish_root (LyktaPublishing *self, GPtrArray *packs, GError **error)
{
  g_autoptr (LyktaFeedIndex) old = read_index_or_before (self, "index");
  g_autoptr (LyktaFeedIndex) index = new_index (self, old);

  g_strfreev (index->packs);
  index->packs = g_strdupv ((char **)packs->pdata);
  return is_current (self, index, old) || write_index (self, "index", index, error);
}

gboolean
lykta_publish (LyktaContentReader *reader,
               const LyktaPublishOptions *options,
               LyktaPublishResult *result,
               GError **error)
{
  g_auto (LyktaPublishing) self = {.options = options, .result = result, .lock = -1};
  g_autoptr (GPtrArray) packs = g_ptr_array_new ();

  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), FALSE);
  g_return_val_if_fail (options != NULL && result != NULL, FALSE);

  *result = (LyktaPublishResult){0};
  self.key = lykta_signing_key_get_verifying_key (options->key);
  self.records = g_tree_new_full (compare_strings, NULL, g_free, record_free);
  self.packs = g_tree_new_full (compare_strings, NULL, g_free, NULL);
  self.named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.dropped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_tree_insert (self.packs, g_strdup (LYKTA_FEED_PACK_ALL), NULL);
  g_tree_insert (self.packs, g_strdup ("sv"), NULL);
  if (!lykta_publishing_open_folder (&self, error) || !write_attachments (&self, error) ||
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
  lykta_publishing_clean_up (&self);
  return TRUE;
}
