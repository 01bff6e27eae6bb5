/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/power-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

typedef enum { WRITE, TRUNCATE, SYNC, DELETE, MARK } Kind;

typedef struct {
  Kind kind;
  char *name; /* (owned) (nullable) last part of the path */
  sqlite3_int64 offset;
  GBytes *data; /* (owned) (nullable) */
} Operation;

typedef struct {
  sqlite3_file base;
  char *name;         /* (owned) */
  sqlite3_file *real; /* behind this struct */
} File;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs own_vfs;
static sqlite3_io_methods methods;
static GArray *operations; /* (element-type Operation) */
static int n_until_failure = -1;
static gboolean has_failed;

/* ---- the layer ---- */

static void
on_operation_dropped (gpointer data)
{
  Operation *operation = data;

  g_free (operation->name);
  g_clear_pointer (&operation->data, g_bytes_unref);
}

static void
note (Kind kind, const char *name, sqlite3_int64 offset, const void *data, gsize size)
{
  const Operation operation = {.kind = kind,
                               .name = g_strdup (name),
                               .offset = offset,
                               .data = data != NULL ? g_bytes_new (data, size) : NULL};

  g_array_append_val (operations, operation);
}

static gboolean
fails (void)
{
  if (n_until_failure < 0)
    return FALSE;
  if (n_until_failure > 0) {
    n_until_failure--;
    return FALSE;
  }
  has_failed = TRUE;
  return TRUE;
}

#define FILE_OF(file) ((File *)(file))
#define REAL(file)    (FILE_OF (file)->real)

static int
file_close (sqlite3_file *file)
{
  const int code = REAL (file)->pMethods->xClose (REAL (file));

  g_free (FILE_OF (file)->name);
  return code;
}

static int
file_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  return REAL (file)->pMethods->xRead (REAL (file), data, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  if (fails ())
    return SQLITE_FULL;
  note (WRITE, FILE_OF (file)->name, offset, data, (gsize)size);
  return REAL (file)->pMethods->xWrite (REAL (file), data, size, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  note (TRUNCATE, FILE_OF (file)->name, size, NULL, 0);
  return REAL (file)->pMethods->xTruncate (REAL (file), size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  if (fails ())
    return SQLITE_FULL;
  note (SYNC, FILE_OF (file)->name, 0, NULL, 0);
  return REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

static int
file_check_lock (sqlite3_file *file, int *is_reserved)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), is_reserved);
}

static int
file_control (sqlite3_file *file, int what, void *argument)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), what, argument);
}

static int
file_sector (sqlite3_file *file)
{
  return SECTOR;
}

static int
file_device (sqlite3_file *file)
{
  return 0; /* promises nothing */
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
  return REAL (file)->pMethods->xShmMap (REAL (file), page, size, extend, out);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
file_shm_unmap (sqlite3_file *file, int remove)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), remove);
}

static int
vfs_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  File *self = FILE_OF (file);

  self->real = (sqlite3_file *)(self + 1);
  const int code = real_vfs->xOpen (real_vfs, path, self->real, flags, out_flags);
  self->base.pMethods = code == SQLITE_OK ? &methods : NULL;
  if (code == SQLITE_OK)
    self->name = path != NULL ? g_path_get_basename (path) : g_strdup ("");
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  g_autofree char *name = g_path_get_basename (path);

  note (DELETE, name, 0, NULL, 0);
  return real_vfs->xDelete (real_vfs, path, sync_folder);
}

void
power_vfs_start (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  operations = g_array_new (FALSE, FALSE, sizeof (Operation));
  g_array_set_clear_func (operations, on_operation_dropped);
  methods = (sqlite3_io_methods){
      2,           file_close,   file_read,     file_write,       file_truncate,  file_sync,
      file_size,   file_lock,    file_unlock,   file_check_lock,  file_control,   file_sector,
      file_device, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, NULL,
      NULL};
  own_vfs = *real_vfs;
  own_vfs.zName = "lykta-test-power";
  own_vfs.pNext = NULL;
  own_vfs.szOsFile = (int)sizeof (File) + real_vfs->szOsFile;
  own_vfs.xOpen = vfs_open;
  own_vfs.xDelete = vfs_delete;
  n_until_failure = -1;
  has_failed = FALSE;
  sqlite3_vfs_register (&own_vfs, 1);
}

void
power_vfs_stop (void)
{
  sqlite3_vfs_unregister (&own_vfs);
  sqlite3_vfs_register (real_vfs, 1);
  g_clear_pointer (&operations, g_array_unref);
}

void
power_vfs_mark (guint number)
{
  note (MARK, NULL, number, NULL, 0);
}

guint
power_vfs_get_n_operations (void)
{
  return operations->len;
}

void
power_vfs_fail_after (int n)
{
  n_until_failure = n;
  if (n >= 0)
    has_failed = FALSE;
}

gboolean
power_vfs_has_failed (void)
{
  return has_failed;
}

/* ---- cutting the power ---- */

/* A file as the disk has it, and what was not brought there yet. */
typedef struct {
  GByteArray *content;
  GPtrArray *pending; /* (element-type Operation) */
  gboolean exists;
} Image;

static void
image_free (gpointer data)
{
  Image *self = data;

  g_byte_array_unref (self->content);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

static Image *
image_of (GHashTable *images, const char *name)
{
  Image *image = g_hash_table_lookup (images, name);

  if (image == NULL) {
    image = g_new0 (Image, 1);
    image->content = g_byte_array_new ();
    image->pending = g_ptr_array_new ();
    g_hash_table_insert (images, g_strdup (name), image);
  }
  return image;
}

static void
grow (GByteArray *content, gsize size)
{
  const gsize before = content->len;

  if (size <= before)
    return;
  g_byte_array_set_size (content, (guint)size);
  memset (content->data + before, 0, size - before);
}

static void
apply (Image *image, const Operation *operation)
{
  gsize size;

  if (operation->kind == TRUNCATE) {
    grow (image->content, (gsize)operation->offset);
    g_byte_array_set_size (image->content, (guint)operation->offset);
    return;
  }
  const void *data = g_bytes_get_data (operation->data, &size);
  grow (image->content, (gsize)operation->offset + size);
  memcpy (image->content->data + operation->offset, data, size);
}

/* Some sectors of a write arrive, some do not. */
static void
apply_torn (Image *image, const Operation *operation)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (operation->data, &size);

  for (gsize at = 0; at < size; at += SECTOR) {
    const gsize n = MIN (SECTOR, size - at);
    if (g_test_rand_int_range (0, 2) == 0)
      continue;
    grow (image->content, (gsize)operation->offset + at + n);
    memcpy (image->content->data + operation->offset + at, data + at, n);
  }
}

static void
sync_image (Image *image)
{
  for (guint i = 0; i < image->pending->len; i++)
    apply (image, image->pending->pdata[i]);
  g_ptr_array_set_size (image->pending, 0);
}

static void
lose_power (Image *image)
{
  for (guint i = 0; i < image->pending->len; i++) {
    const Operation *operation = image->pending->pdata[i];
    const gint chance = g_test_rand_int_range (0, 10);
    if (chance < 4)
      apply (image, operation);
    else if (chance < 7 && operation->kind == WRITE)
      apply_torn (image, operation);
  }
}

static void
replay (GHashTable *images, const Operation *operation)
{
  Image *image = image_of (images, operation->name);

  switch (operation->kind) {
  case SYNC:
    sync_image (image);
    break;
  case DELETE:
    g_byte_array_set_size (image->content, 0);
    g_ptr_array_set_size (image->pending, 0);
    image->exists = FALSE;
    break;
  case WRITE:
  case TRUNCATE:
    image->exists = TRUE;
    g_ptr_array_add (image->pending, (gpointer)operation);
    break;
  case MARK:
  default:
    g_assert_not_reached ();
  }
}

static void
write_images (GHashTable *images, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, images);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    const Image *image = value;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    lose_power (value);
    if (image->exists)
      g_assert_true (g_file_set_contents (path, (const char *)image->content->data,
                                          (gssize)image->content->len, NULL));
  }
}

guint
power_vfs_cut (const char *origin, const char *target, guint n)
{
  g_autoptr (GHashTable) images =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, image_free);
  g_autofree char *name = g_path_get_basename (target);
  g_autofree char *content = NULL;
  gsize size;
  guint mark = 0;

  g_assert_true (g_file_get_contents (origin, &content, &size, NULL));
  g_byte_array_append (image_of (images, name)->content, (const guint8 *)content, (guint)size);
  image_of (images, name)->exists = TRUE;
  for (guint i = 0; i < n; i++) {
    const Operation *operation = &g_array_index (operations, Operation, i);
    if (operation->kind == MARK)
      mark = (guint)operation->offset;
    else
      replay (images, operation);
  }
  write_images (images, target);
  return mark;
}
