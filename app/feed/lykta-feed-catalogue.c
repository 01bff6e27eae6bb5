/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/lykta-feed-catalogue.h"

#include <string.h>

#include "base/lykta-limits.h"
#include "feed/lykta-canonical-json.h"
#include "feed/lykta-feed-index.h"

#define MAX_FIRSTS 100
/* What another question costs beside the bytes of the answer. */
#define REQUEST_BYTES 300

static void
first_free (gpointer data)
{
  LyktaFeedFirst *first = data;

  g_free (first->county);
  lykta_feed_part_clear (&first->part);
  g_free (first);
}

LyktaFeedCatalogue *
lykta_feed_catalogue_new (void)
{
  LyktaFeedCatalogue *self = g_new0 (LyktaFeedCatalogue, 1);

  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_feed_step_free);
  self->firsts = g_ptr_array_new_with_free_func (first_free);
  return self;
}

void
lykta_feed_catalogue_free (LyktaFeedCatalogue *self)
{
  g_free (self->snapshot_state);
  lykta_feed_part_clear (&self->snapshot);
  lykta_feed_part_clear (&self->snapshot_plain);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->firsts);
  g_free (self);
}

LyktaFeedFirst *
lykta_feed_catalogue_add_first (LyktaFeedCatalogue *self, const char *county)
{
  LyktaFeedFirst *first = g_new0 (LyktaFeedFirst, 1);

  first->county = g_strdup (county);
  g_ptr_array_add (self->firsts, first);
  return first;
}

/* ---- as JSON ---- */

GBytes *
lykta_feed_catalogue_write (const LyktaFeedCatalogue *self)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), root);
  JsonObject *snapshot = lykta_feed_json_new_part (&self->snapshot);
  JsonObject *firsts = json_object_new ();
  char *text;

  json_object_set_string_member (snapshot, "state", self->snapshot_state);
  if (self->snapshot_plain.hash != NULL)
    json_object_set_object_member (snapshot, "gzip",
                                   lykta_feed_json_new_part (&self->snapshot_plain));
  json_object_set_object_member (root, "snapshot", snapshot);
  json_object_set_array_member (root, "deltas", lykta_feed_json_new_steps (self->steps, 0, FALSE));
  for (guint i = 0; i < self->firsts->len; i++) {
    const LyktaFeedFirst *first = self->firsts->pdata[i];

    json_object_set_object_member (firsts, first->county, lykta_feed_json_new_part (&first->part));
  }
  json_object_set_object_member (root, "first", firsts);
  text = lykta_canonical_json_write (node);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_county (const char *text)
{
  return *text == '\0' ||
         (strlen (text) == 2 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]));
}

static gboolean
take_firsts (JsonObject *root, LyktaFeedCatalogue *self)
{
  JsonNode *node = json_object_get_member (root, "first");
  JsonObjectIter iter;
  const char *county;
  JsonNode *part;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      json_object_get_size (json_node_get_object (node)) > MAX_FIRSTS)
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &county, &part))
    if (!is_county (county) || !JSON_NODE_HOLDS_OBJECT (part) ||
        !lykta_feed_json_take_part (json_node_get_object (part),
                                    &lykta_feed_catalogue_add_first (self, county)->part))
      return FALSE;
  return TRUE;
}

static gboolean
take_snapshot (JsonObject *root, LyktaFeedCatalogue *self)
{
  JsonNode *node = json_object_get_member (root, "snapshot");
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  return lykta_feed_json_take_hash (object, "state", LYKTA_FEED_HASH_DIGITS,
                                    &self->snapshot_state) &&
         lykta_feed_json_take_part (object, &self->snapshot) &&
         (!json_object_has_member (object, "gzip") ||
          lykta_feed_json_take_part_member (object, "gzip", LYKTA_LIMIT_FEED_BYTES,
                                            &self->snapshot_plain));
}

/* Where deltas lead on from @from; @self->steps->len when it is @state itself; G_MAXUINT: none. */
static guint
find_step (const LyktaFeedCatalogue *self, const char *state, const char *from)
{
  if (g_strcmp0 (from, state) == 0)
    return self->steps->len;
  for (guint i = self->steps->len; i > 0; i--)
    if (lykta_feed_step_is_from (self->steps->pdata[i - 1], from))
      return i - 1;
  return G_MAXUINT;
}

LyktaFeedCatalogue *
lykta_feed_catalogue_parse (GBytes *json, const char *state, GError **error)
{
  g_autoptr (LyktaFeedCatalogue) self = lykta_feed_catalogue_new ();
  gsize n;
  const char *text = g_bytes_get_data (json, &n);
  g_autoptr (JsonNode) node = lykta_canonical_json_parse (text, (gssize)n, NULL);
  JsonObject *root =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  g_return_val_if_fail (state != NULL, NULL);

  if (root != NULL && take_snapshot (root, self) &&
      lykta_feed_json_take_steps (root, "deltas", LYKTA_FEED_CATALOGUE_MAX_STEPS, self->steps) &&
      take_firsts (root, self) && find_step (self, state, self->snapshot_state) != G_MAXUINT)
    return g_steal_pointer (&self);
  g_set_error_literal (error, LYKTA_FEED_INDEX_ERROR, LYKTA_FEED_INDEX_ERROR_INVALID,
                       "the catalogue of the feed does not say all it must");
  return NULL;
}

/* ---- which way ---- */

static guint64
cost_from (const LyktaFeedCatalogue *self, guint first)
{
  guint64 bytes = 0;

  for (guint i = first; i < self->steps->len; i++)
    bytes += ((const LyktaFeedStep *)self->steps->pdata[i])->part.bytes + REQUEST_BYTES;
  return bytes;
}

GPtrArray *
lykta_feed_catalogue_plan (const LyktaFeedCatalogue *self,
                           const char *state,
                           const char *from,
                           gboolean *has_snapshot)
{
  GPtrArray *parts = g_ptr_array_new ();
  guint first = from != NULL ? find_step (self, state, from) : G_MAXUINT;
  guint after = find_step (self, state, self->snapshot_state);

  *has_snapshot =
      first == G_MAXUINT ||
      cost_from (self, first) > self->snapshot.bytes + REQUEST_BYTES + cost_from (self, after);
  if (*has_snapshot) {
    g_ptr_array_add (parts, (gpointer)&self->snapshot);
    first = after;
  }
  for (guint i = first; i < self->steps->len; i++)
    g_ptr_array_add (parts, &((LyktaFeedStep *)self->steps->pdata[i])->part);
  return parts;
}

const LyktaFeedPart *
lykta_feed_catalogue_find_first (const LyktaFeedCatalogue *self, const char *county)
{
  const LyktaFeedPart *anywhere = NULL;

  for (guint i = 0; i < self->firsts->len; i++) {
    const LyktaFeedFirst *first = self->firsts->pdata[i];

    if (county != NULL && g_str_equal (first->county, county))
      return &first->part;
    if (*first->county == '\0')
      anywhere = &first->part;
  }
  return anywhere;
}
