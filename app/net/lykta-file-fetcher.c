/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-net"

#include "net/lykta-file-fetcher.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lykta-limits.h"

#define BLOCK_BYTES (64 * 1024)
/* Files of one folder that are read at the most. */
#define FOLDER_MAX_FILES 100000

struct _LyktaFileFetcher {
  GObject parent_instance;
};

/* One fetch under way. */
typedef struct {
  const LyktaFetchRequest *request; /* (unowned) */
  GOutputStream *body;              /* (unowned) */
  GCancellable *cancellable;        /* (unowned) (nullable) */
  LyktaFetchResult *result;         /* (unowned) */
  guint64 max_bytes;
} Reading;

static void lykta_file_fetcher_fetcher_init (LyktaFetcherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaFileFetcher,
                               lykta_file_fetcher,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LYKTA_TYPE_FETCHER,
                                                      lykta_file_fetcher_fetcher_init))

static void
set_errno_error (GError **error, const char *path, int saved_errno)
{
  gboolean is_missing = saved_errno == ENOENT || saved_errno == ENOTDIR;

  g_set_error (error, LYKTA_NET_ERROR,
               is_missing ? LYKTA_NET_ERROR_NOT_FOUND : LYKTA_NET_ERROR_UNREACHABLE,
               "%s cannot be read: %s", path, g_strerror (saved_errno));
}

static gboolean
copy_block (Reading *self, const char *path, const guint8 *block, gsize n, GError **error)
{
  if (g_cancellable_is_cancelled (self->cancellable)) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_CANCELLED, "reading %s was cancelled",
                 path);
    return FALSE;
  }
  if (self->result->n_bytes + n > self->max_bytes) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TOO_LARGE,
                 "%s holds more than the allowed %" G_GUINT64_FORMAT " bytes", path,
                 self->max_bytes);
    return FALSE;
  }
  if (!g_output_stream_write_all (self->body, block, n, NULL, NULL, error))
    return FALSE;
  self->result->n_bytes += n;
  if (self->request->progress != NULL)
    self->request->progress (self->result->n_bytes, 0, self->request->user_data);
  return TRUE;
}

static gboolean
copy_open_file (Reading *self, int fd, const char *path, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_BYTES);
  struct stat before;
  struct stat after;

  if (fstat (fd, &before) != 0) {
    set_errno_error (error, path, errno);
    return FALSE;
  }
  if (!S_ISREG (before.st_mode)) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REFUSED_ADDRESS, "%s is not a plain file",
                 path);
    return FALSE;
  }
  for (;;) {
    ssize_t n = read (fd, block, BLOCK_BYTES);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      set_errno_error (error, path, errno);
      return FALSE;
    }
    if (n == 0)
      break;
    if (!copy_block (self, path, block, n, error))
      return FALSE;
  }
  if (fstat (fd, &after) != 0 || after.st_size != before.st_size ||
      after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
      after.st_mtim.tv_nsec != before.st_mtim.tv_nsec) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_TRUNCATED,
                 "%s was being written while it was read", path);
    return FALSE;
  }
  return TRUE;
}

static gboolean
copy_file (Reading *self, const char *path, GError **error)
{
  /* Without O_NONBLOCK a named pipe would hold us until somebody writes to it. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  gboolean is_ok;

  if (fd < 0) {
    set_errno_error (error, path, errno);
    return FALSE;
  }
  is_ok = copy_open_file (self, fd, path, error);
  close (fd);
  return is_ok;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
has_calendar_suffix (const char *name)
{
  static const char *const suffixes[] = {".ics", ".json", ".jsonld", ".ndjson"};
  gsize length = strlen (name);

  for (gsize i = 0; *name != '.' && i < G_N_ELEMENTS (suffixes); i++) {
    gsize n = strlen (suffixes[i]);

    if (length > n && g_ascii_strcasecmp (name + length - n, suffixes[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) foreign = NULL;
  const char *name;

  folder = g_dir_open (path, 0, &foreign);
  if (folder == NULL) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_UNREACHABLE, "%s cannot be listed: %s",
                 path, foreign->message);
    return NULL;
  }
  while ((name = g_dir_read_name (folder)) != NULL && names->len <= FOLDER_MAX_FILES)
    if (has_calendar_suffix (name))
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0 || names->len > FOLDER_MAX_FILES) {
    g_set_error (error, LYKTA_NET_ERROR,
                 names->len == 0 ? LYKTA_NET_ERROR_NOT_FOUND : LYKTA_NET_ERROR_TOO_LARGE,
                 names->len == 0 ? "%s holds no calendar file (.ics, .json, .jsonld, .ndjson)"
                                 : "%s holds too many files",
                 path);
    return NULL;
  }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
copy_folder (Reading *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (path, error);

  if (names == NULL)
    return FALSE;
  self->result->part_ends = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

    if (!copy_file (self, child, error))
      return FALSE;
    g_array_append_val (self->result->part_ends, self->result->n_bytes);
  }
  return TRUE;
}

static gboolean
lykta_file_fetcher_fetch (LyktaFetcher *fetcher,
                          const LyktaFetchRequest *request,
                          GOutputStream *body,
                          GCancellable *cancellable,
                          LyktaFetchResult *result,
                          GError **error)
{
  Reading self = {request, body, cancellable, result, request->max_bytes};
  g_autoptr (GError) foreign = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = g_filename_from_uri (request->address, &host, &foreign);

  if (path == NULL || (host != NULL && g_ascii_strcasecmp (host, "localhost") != 0)) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_REFUSED_ADDRESS,
                 "%s is not the address of a file on this machine", request->address);
    return FALSE;
  }
  if (self.max_bytes == 0)
    self.max_bytes = LYKTA_LIMIT_FEED_BYTES;
  result->final_address = g_strdup (request->address);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return copy_folder (&self, path, error);
  return copy_file (&self, path, error);
}

static void
lykta_file_fetcher_fetcher_init (LyktaFetcherInterface *iface)
{
  iface->fetch = lykta_file_fetcher_fetch;
}

static void
lykta_file_fetcher_class_init (LyktaFileFetcherClass *klass)
{
}

static void
lykta_file_fetcher_init (LyktaFileFetcher *self)
{
}

LyktaFetcher *
lykta_file_fetcher_new (void)
{
  return g_object_new (LYKTA_TYPE_FILE_FETCHER, NULL);
}
