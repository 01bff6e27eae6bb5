/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into a program with LD_PRELOAD, stands between it and the files of one folder: counts each
 * call that changes a file, and at one of them kills the program, tears the write, or tells it that
 * the disk has failed. It can also write down all that was done, so that a power cut can be played.
 *
 * CRASH_DIR    the folder; files elsewhere are none of its business
 * CRASH_AT     number of the call, from 1
 * CRASH_HOW    kill: before the call. half: in its middle (half of a write; else after it).
 *              eio, enospc, eintr: the call fails once. full: this write and all after it fail with
 *              ENOSPC. short: half of a write, which tells so. swallow: says done and does nothing.
 * CRASH_READS  set: count reads instead
 * CRASH_NOTE   file that gets the name and the path of the call that was struck; without CRASH_AT,
 *              how many calls there were
 * CRASH_LOG    file that gets all calls with their data
 * CRASH_NOW    what g_get_real_time() answers, in seconds
 * CRASH_NO_TMPFILE  set: the file system cannot make files without a name
 * CRASH_PLANT  a fault of the program, for proving that it would be found: no-transaction, no-sync,
 *              copy-rename (a file is put in its place by writing it there)
 */

/* Both forms of each function are defined here, so none may stand for the other. */
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT   __attribute__ ((visibility ("default")))
#define MAX_FDS  1024
#define LOG_FD   900
#define NEXT(f)  ((__typeof__ (&f))next (#f))
#define MAX_PATH 1024

typedef enum { NOTHING, KILL, HALF, FAIL, FULL, SHORT, SWALLOW } How;

/* What is to be done with one call. */
typedef enum { GO, GO_HALF_AND_DIE, GO_AND_DIE, GO_HALF, SKIP, REFUSE } Act;

typedef struct {
  char *path; /* (nullable) not watched */
  int id;     /* of the opening, in the log */
} Watched;

static struct {
  bool is_ready;
  const char *dir;
  size_t dir_length;
  long at;
  How how;
  int number; /* errno */
  bool counts_reads;
  const char *plant;
  int log;
  long count;
  int n_opened;
  Watched files[MAX_FDS];
} shim;

static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

/* ---- setting up ---- */

static void *
next (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

static void
read_how (const char *how)
{
  static const struct {
    const char *name;
    How how;
    int number;
  } ways[] = {
      {"kill", KILL, 0},      {"half", HALF, 0},      {"eio", FAIL, EIO},  {"enospc", FAIL, ENOSPC},
      {"eintr", FAIL, EINTR}, {"full", FULL, ENOSPC}, {"short", SHORT, 0}, {"swallow", SWALLOW, 0},
  };

  for (size_t i = 0; how != NULL && i < sizeof ways / sizeof *ways; i++)
    if (strcmp (how, ways[i].name) == 0) {
      shim.how = ways[i].how;
      shim.number = ways[i].number;
    }
}

static void
set_up (void)
{
  const char *at = getenv ("CRASH_AT");
  const char *log = getenv ("CRASH_LOG");

  if (shim.is_ready)
    return;
  shim.is_ready = true;
  shim.dir = getenv ("CRASH_DIR");
  shim.dir_length = shim.dir != NULL ? strlen (shim.dir) : 0;
  shim.at = at != NULL ? strtol (at, NULL, 10) : 0;
  read_how (getenv ("CRASH_HOW"));
  shim.counts_reads = getenv ("CRASH_READS") != NULL;
  shim.plant = getenv ("CRASH_PLANT");
  shim.log = -1;
  if (log != NULL) {
    int fd = (int)syscall (SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);

    shim.log = (int)syscall (SYS_fcntl, fd, F_DUPFD_CLOEXEC, LOG_FD);
    syscall (SYS_close, fd);
  }
}

static bool
has_plant (const char *name)
{
  return shim.plant != NULL && strcmp (shim.plant, name) == 0;
}

static bool
is_inside (const char *path)
{
  return shim.dir != NULL && path != NULL && strncmp (path, shim.dir, shim.dir_length) == 0 &&
         (path[shim.dir_length] == '/' || path[shim.dir_length] == '\0');
}

static Watched *
file_of (int fd)
{
  return fd >= 0 && fd < MAX_FDS && shim.files[fd].path != NULL ? &shim.files[fd] : NULL;
}

/* ---- the log ---- */

/* One line of facts, then the path and the data as they are. */
static void
put_down (char op, int id, long long offset, const char *path, const void *data, size_t size)
{
  char line[128];
  size_t path_length = path != NULL ? strlen (path) : 0;
  struct iovec parts[3] = {{line, 0}, {(void *)path, path_length}, {(void *)data, size}};

  if (shim.log < 0)
    return;
  parts[0].iov_len = (size_t)snprintf (line, sizeof line, "%c %d %d %lld %zu %zu\n", op,
                                       (int)getpid (), id, offset, path_length, size);
  syscall (SYS_writev, shim.log, parts, 3);
}

/* ---- striking ---- */

static void
note (const char *call, const char *path)
{
  const char *file = getenv ("CRASH_NOTE");
  char line[MAX_PATH + 64];
  int n = snprintf (line, sizeof line, "%ld %s %s\n", shim.count, call, path);
  int fd;

  if (file == NULL)
    return;
  fd = (int)syscall (SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall (SYS_write, fd, line, n);
  syscall (SYS_close, fd);
}

static void
die (void)
{
  for (;;)
    syscall (SYS_kill, getpid (), SIGKILL);
}

/* How many calls there are to be struck, for whoever asks by giving no number. */
static void __attribute__ ((destructor)) tell_count (void)
{
  if (shim.is_ready && shim.at == 0)
    note ("end", "");
}

/* The half that is done before dying. */
static void
die_after (Act act)
{
  if (act == GO_AND_DIE || act == GO_HALF_AND_DIE)
    die ();
}

static Act
strike (const char *call, const char *path, bool is_data)
{
  shim.count++;
  if (shim.at == 0 || shim.how == NOTHING || shim.count < shim.at ||
      (shim.count > shim.at && shim.how != FULL))
    return GO;
  if (shim.count == shim.at)
    note (call, path);
  switch (shim.how) {
  case KILL:
    die ();
    return GO;
  case HALF:
    return is_data ? GO_HALF_AND_DIE : GO_AND_DIE;
  case SHORT:
    return is_data ? GO_HALF : GO;
  case SWALLOW:
    return SKIP;
  case FULL:
    if (!is_data && strcmp (call, "open-new") != 0)
      return GO;
    errno = shim.number;
    return REFUSE;
  case FAIL:
    errno = shim.number;
    return REFUSE;
  case NOTHING:
  default:
    return GO;
  }
}

static Act
on_change (const char *call, const char *path, bool is_data)
{
  return path == NULL || shim.counts_reads ? GO : strike (call, path, is_data);
}

static bool
is_half (Act act)
{
  return act == GO_HALF || act == GO_HALF_AND_DIE;
}

/* ---- opening and closing ---- */

static int
open_watched (const char *path, int flags, mode_t mode)
{
  bool changes = (flags & (O_CREAT | O_TRUNC)) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  bool is_nameless = (flags & O_TMPFILE) == O_TMPFILE;
  bool was_there;
  Act act;
  int fd;

  if (is_nameless && getenv ("CRASH_NO_TMPFILE") != NULL) {
    errno = EOPNOTSUPP;
    return -1;
  }
  was_there = syscall (SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  act = on_change (was_there ? "open" : "open-new", changes ? path : NULL, false);
  if (act == REFUSE)
    return -1;
  fd = (int)syscall (SYS_openat, AT_FDCWD, path, flags, mode);
  if (fd >= 0 && fd < MAX_FDS) {
    free (shim.files[fd].path);
    shim.files[fd].path = strdup (path);
    shim.files[fd].id = is_nameless ? -1 : ++shim.n_opened;
    if (!is_nameless)
      put_down ('O', shim.files[fd].id, (flags & O_TRUNC) != 0, path, NULL, 0);
  }
  die_after (act);
  return fd;
}

static int
open_any (const char *path, int flags, mode_t mode)
{
  int fd;

  pthread_mutex_lock (&mutex);
  set_up ();
  fd = is_inside (path) ? open_watched (path, flags, mode)
                        : (int)syscall (SYS_openat, AT_FDCWD, path, flags, mode);
  pthread_mutex_unlock (&mutex);
  return fd;
}

#define DEFINE_OPEN(name)                            \
  EXPORT int name (const char *path, int flags, ...) \
  {                                                  \
    va_list arguments;                               \
    mode_t mode;                                     \
                                                     \
    va_start (arguments, flags);                     \
    mode = va_arg (arguments, mode_t);               \
    va_end (arguments);                              \
    return open_any (path, flags, mode);             \
  }
DEFINE_OPEN (open)
DEFINE_OPEN (open64)

EXPORT int
close (int fd)
{
  pthread_mutex_lock (&mutex);
  if (file_of (fd) != NULL) {
    free (shim.files[fd].path);
    shim.files[fd].path = NULL;
  }
  pthread_mutex_unlock (&mutex);
  return (int)syscall (SYS_close, fd);
}

/* ---- writing ---- */

static ssize_t
write_watched (
    const Watched *file, int fd, const void *data, size_t size, off64_t offset, bool is_positioned)
{
  Act act = on_change ("write", file->path, true);
  size_t n = is_half (act) ? size / 2 : size;
  ssize_t written;

  if (act == SKIP)
    return (ssize_t)size;
  if (act == REFUSE)
    return -1;
  if (act == GO_HALF && n == 0)
    n = size;
  if (!is_positioned)
    offset = lseek64 (fd, 0, SEEK_CUR);
  written = is_positioned ? syscall (SYS_pwrite64, fd, data, n, offset)
                          : syscall (SYS_write, fd, data, n);
  if (written > 0 && file->id >= 0)
    put_down ('W', file->id, offset, NULL, data, (size_t)written);
  die_after (act);
  return written;
}

EXPORT ssize_t
write (int fd, const void *data, size_t size)
{
  const Watched *file;
  ssize_t n;

  pthread_mutex_lock (&mutex);
  file = file_of (fd);
  n = file != NULL ? write_watched (file, fd, data, size, 0, false)
                   : syscall (SYS_write, fd, data, size);
  pthread_mutex_unlock (&mutex);
  return n;
}

EXPORT ssize_t
writev (int fd, const struct iovec *parts, int n_parts)
{
  ssize_t total = 0;

  if (file_of (fd) == NULL)
    return syscall (SYS_writev, fd, parts, n_parts);
  for (int i = 0; i < n_parts; i++) {
    ssize_t n = write (fd, parts[i].iov_base, parts[i].iov_len);

    if (n < 0)
      return total > 0 ? total : n;
    total += n;
    if ((size_t)n < parts[i].iov_len)
      break;
  }
  return total;
}

#define DEFINE_PWRITE(name, type)                                          \
  EXPORT ssize_t name (int fd, const void *data, size_t size, type offset) \
  {                                                                        \
    const Watched *file;                                                   \
    ssize_t n;                                                             \
                                                                           \
    pthread_mutex_lock (&mutex);                                           \
    file = file_of (fd);                                                   \
    n = file != NULL ? write_watched (file, fd, data, size, offset, true)  \
                     : syscall (SYS_pwrite64, fd, data, size, offset);     \
    pthread_mutex_unlock (&mutex);                                         \
    return n;                                                              \
  }
DEFINE_PWRITE (pwrite, off_t)
DEFINE_PWRITE (pwrite64, off64_t)

static int
truncate_any (int fd, off64_t size)
{
  Watched *file;
  Act act;
  int result = 0;

  pthread_mutex_lock (&mutex);
  file = file_of (fd);
  act = on_change ("truncate", file != NULL ? file->path : NULL, false);
  if (act == REFUSE)
    result = -1;
  else if (act != SKIP)
    result = (int)syscall (SYS_ftruncate, fd, size);
  if (result == 0 && file != NULL && file->id >= 0 && act != SKIP)
    put_down ('T', file->id, size, NULL, NULL, 0);
  die_after (act);
  pthread_mutex_unlock (&mutex);
  return result;
}

EXPORT int
ftruncate (int fd, off_t size)
{
  return truncate_any (fd, size);
}

EXPORT int
ftruncate64 (int fd, off64_t size)
{
  return truncate_any (fd, size);
}

static int
sync_any (int fd, long number)
{
  Watched *file;
  Act act;
  int result = 0;

  pthread_mutex_lock (&mutex);
  file = file_of (fd);
  act = on_change ("sync", file != NULL ? file->path : NULL, false);
  if (act == REFUSE)
    result = -1;
  else if (act != SKIP && file == NULL)
    result = (int)syscall (number, fd);
  /* What counts is that it was asked for: whether it is on the disk is played later. */
  if (result == 0 && file != NULL && act != SKIP && !has_plant ("no-sync"))
    put_down ('S', file->id, 0, NULL, NULL, 0);
  die_after (act);
  pthread_mutex_unlock (&mutex);
  return result;
}

EXPORT int
fsync (int fd)
{
  return sync_any (fd, SYS_fsync);
}

EXPORT int
fdatasync (int fd)
{
  return sync_any (fd, SYS_fdatasync);
}

/* ---- names ---- */

/* Whether the call shall be made; the lock is held until end_names(). */
static bool
begin_names (const char *call, const char *path, Act *act)
{
  pthread_mutex_lock (&mutex);
  set_up ();
  *act = on_change (call, is_inside (path) ? path : NULL, false);
  return *act != REFUSE && *act != SKIP;
}

/* @second (nullable): the new name. */
static int
end_names (Act act, long result, char op, const char *path, const char *second)
{
  if (act == REFUSE)
    result = -1;
  if (act == SKIP)
    result = 0;
  if (result == 0 && act != SKIP && is_inside (path))
    put_down (op, 0, 0, path, second, second != NULL ? strlen (second) : 0);
  die_after (act);
  pthread_mutex_unlock (&mutex);
  return (int)result;
}

EXPORT int
unlink (const char *path)
{
  Act act;
  long result = begin_names ("unlink", path, &act) ? syscall (SYS_unlink, path) : 0;

  return end_names (act, result, 'U', path, NULL);
}

EXPORT int
rmdir (const char *path)
{
  Act act;
  long result = begin_names ("rmdir", path, &act) ? syscall (SYS_rmdir, path) : 0;

  return end_names (act, result, 'U', path, NULL);
}

EXPORT int
mkdir (const char *path, mode_t mode)
{
  Act act;
  long result = begin_names ("mkdir", path, &act) ? syscall (SYS_mkdir, path, mode) : 0;

  return end_names (act, result, 'M', path, NULL);
}

static int
copy_instead (const char *from, const char *to)
{
  int in = open64 (from, O_RDONLY | O_CLOEXEC);
  int out = open64 (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  char block[512];
  ssize_t n;

  while ((n = syscall (SYS_read, in, block, sizeof block)) > 0)
    if (write (out, block, (size_t)n) < 0)
      break;
  close (in);
  close (out);
  return unlink (from);
}

EXPORT int
rename (const char *from, const char *to)
{
  Act act;
  long result = 0;

  if (is_inside (to) && has_plant ("copy-rename"))
    return copy_instead (from, to);
  if (begin_names ("rename", from, &act))
    result = syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  return end_names (act, result, 'R', from, to);
}

EXPORT int
renameat2 (int from_fd, const char *from, int to_fd, const char *to, unsigned int flags)
{
  Act act;
  long result = 0;

  if (begin_names ("rename", from, &act))
    result = syscall (SYS_renameat2, from_fd, from, to_fd, to, flags);
  return end_names (act, result, 'R', from, to);
}

EXPORT int
link (const char *from, const char *to)
{
  Act act;
  long result = 0;

  if (begin_names ("link", from, &act))
    result = syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
  return end_names (act, result, 'L', from, to);
}

/* ---- reading ---- */

static ssize_t
read_any (int fd, void *data, size_t size, off64_t offset, bool is_positioned)
{
  Watched *file;
  Act act = GO;
  ssize_t n;

  pthread_mutex_lock (&mutex);
  file = shim.counts_reads ? file_of (fd) : NULL;
  if (file != NULL)
    act = strike ("read", file->path, true);
  pthread_mutex_unlock (&mutex);
  if (act == REFUSE)
    return -1;
  if (act == GO_HALF && size > 1)
    size /= 2;
  n = is_positioned ? syscall (SYS_pread64, fd, data, size, offset)
                    : syscall (SYS_read, fd, data, size);
  return n;
}

EXPORT ssize_t
read (int fd, void *data, size_t size)
{
  return read_any (fd, data, size, 0, false);
}

EXPORT ssize_t
pread (int fd, void *data, size_t size, off_t offset)
{
  return read_any (fd, data, size, offset, true);
}

EXPORT ssize_t
pread64 (int fd, void *data, size_t size, off64_t offset)
{
  return read_any (fd, data, size, offset, true);
}

/* ---- the clock ---- */

/* GLib's, which the program's own clock asks. */
EXPORT int64_t g_get_real_time (void);
EXPORT int64_t
g_get_real_time (void)
{
  const char *now = getenv ("CRASH_NOW");

  return now != NULL ? strtoll (now, NULL, 10) * 1000000
                     : ((int64_t (*) (void))next ("g_get_real_time")) ();
}

/* ---- planted: every statement is a transaction of its own ---- */

static const char *
without_transaction (const char *sql)
{
  static const char *const words[] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};

  for (size_t i = 0; has_plant ("no-transaction") && i < sizeof words / sizeof *words; i++)
    if (sql != NULL && strcmp (sql, words[i]) == 0)
      return "SELECT 1";
  return sql;
}

EXPORT int sqlite3_exec (void *database,
                         const char *sql,
                         int (*callback) (void *, int, char **, char **),
                         void *user_data,
                         char **error);
EXPORT int
sqlite3_exec (void *database,
              const char *sql,
              int (*callback) (void *, int, char **, char **),
              void *user_data,
              char **error)
{
  return NEXT (sqlite3_exec) (database, without_transaction (sql), callback, user_data, error);
}

EXPORT int sqlite3_prepare_v3 (void *database,
                               const char *sql,
                               int size,
                               unsigned int flags,
                               void **statement,
                               const char **rest);
EXPORT int
sqlite3_prepare_v3 (void *database,
                    const char *sql,
                    int size,
                    unsigned int flags,
                    void **statement,
                    const char **rest)
{
  return NEXT (sqlite3_prepare_v3) (database, without_transaction (sql), size, flags, statement,
                                    rest);
}
