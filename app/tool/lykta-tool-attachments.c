/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-tool-attachments.h"

#include <gio/gio.h>
#include <string.h>

#include "certificate/lykta-status-list.h"
#include "certificate/lykta-trust-list.h"
#include "feed/lykta-feed-attachment.h"
#include "sync/lykta-publish.h"

static void
attachment_free (gpointer data)
{
  LyktaPublishAttachment *attachment = data;

  g_free (attachment->kind);
  g_bytes_unref (attachment->bundle);
  g_free (attachment);
}

static gboolean
is_sound (const char *kind, GBytes *file, LyktaVerifyingKey *key, GError **error)
{
  g_autoptr (LyktaTrustList) trust = NULL;
  g_autoptr (LyktaStatusList) status = NULL;

  if (g_str_equal (kind, LYKTA_FEED_ATTACHMENT_TRUST))
    trust = lykta_trust_list_read (file, key, error);
  else
    status = lykta_status_list_read (file, error);
  return trust != NULL || status != NULL;
}

static gboolean
read_file (
    GPtrArray *files, const char *kind, const char *path, LyktaVerifyingKey *key, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  char *text;
  gsize n;

  if (!g_file_get_contents (path, &text, &n, error))
    return FALSE;
  file = g_bytes_new_take (text, n);
  if (!is_sound (kind, file, key, error)) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  g_ptr_array_add (files, g_steal_pointer (&file));
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* A file, or all files of a folder in order of their names. */
static gboolean
read_path (
    GPtrArray *files, const char *kind, const char *path, LyktaVerifyingKey *key, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return read_file (files, kind, path, key, error);
  dir = g_dir_open (path, 0, error);
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (!read_file (files, kind, names->pdata[i], key, error))
      return FALSE;
  return TRUE;
}

/* All that the words say of @kind. */
static gboolean
read_kind (GPtrArray *out, const char *kind, char **words, LyktaVerifyingKey *key, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gsize n = strlen (kind);

  for (gsize i = 0; words[i] != NULL; i++)
    if (strncmp (words[i], kind, n) == 0 && words[i][n] == '=' &&
        !read_path (files, kind, words[i] + n + 1, key, error))
      return FALSE;
  if (files->len > 0) {
    LyktaPublishAttachment *attachment = g_new0 (LyktaPublishAttachment, 1);

    attachment->kind = g_strdup (kind);
    attachment->bundle = lykta_feed_attachment_bundle (files);
    g_ptr_array_add (out, attachment);
  }
  return TRUE;
}

GPtrArray *
lykta_tool_read_attachments (char **words, LyktaVerifyingKey *key, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (attachment_free);

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (!g_str_has_prefix (words[i], LYKTA_FEED_ATTACHMENT_TRUST "=") &&
        !g_str_has_prefix (words[i], LYKTA_FEED_ATTACHMENT_STATUS "=")) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "--attach %s: expected trust=FILE or status=FILE", words[i]);
      return NULL;
    }
  if (words != NULL && (!read_kind (out, LYKTA_FEED_ATTACHMENT_STATUS, words, key, error) ||
                        !read_kind (out, LYKTA_FEED_ATTACHMENT_TRUST, words, key, error)))
    return NULL;
  return g_steal_pointer (&out);
}
