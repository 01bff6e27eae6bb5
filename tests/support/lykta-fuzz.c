/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-fuzz.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "support/lykta-test.h"

#define ROUNDS      10000
#define LONG_ROUNDS (30 * ROUNDS)
#define MAX_BYTES   65536
#define MAX_DAMAGES 6
#define SEED        20261122

/* What the crash handler writes down: plain memory, because nothing else is safe there. */
static const guint8 *volatile current_data;
static volatile gsize current_size;
static char crash_path[1024];

static void
on_crash (int number)
{
  int fd = open (crash_path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

  if (fd >= 0) {
    if (write (fd, current_data, current_size) < 0)
      current_size = 0;
    close (fd);
  }
  signal (number, SIG_DFL);
  raise (number);
}

static void
watch_for_crashes (const LyktaFuzzTarget *target)
{
  const char *build = g_getenv ("LYKTA_BUILD_ROOT");

  g_snprintf (crash_path, sizeof crash_path, "%s/fuzz-%s.bin", build != NULL ? build : ".",
              target->name);
  signal (SIGABRT, on_crash);
  signal (SIGSEGV, on_crash);
  signal (SIGBUS, on_crash);
  signal (SIGFPE, on_crash);
}

static void
feed (const LyktaFuzzTarget *target, const guint8 *data, gsize size)
{
  /* A copy of just that length: reading past it is found by the sanitizer. */
  g_autofree guint8 *copy = g_malloc (size + 1);

  memcpy (copy, data, size);
  copy[size] = '\0';
  current_data = copy;
  current_size = size;
  target->feed (copy, size);
}

static const char *
pick (GRand *random, const char *const *list)
{
  return list[g_rand_int_range (random, 0, (gint32)g_strv_length ((char **)list))];
}

static void
insert (GByteArray *bytes, guint place, const guint8 *data, guint size)
{
  g_autofree guint8 *tail = g_memdup2 (bytes->data + place, bytes->len - place);
  const guint n_tail = bytes->len - place;

  g_byte_array_set_size (bytes, place);
  g_byte_array_append (bytes, data, size);
  if (n_tail > 0)
    g_byte_array_append (bytes, tail, n_tail);
}

static void
damage (const LyktaFuzzTarget *target, GRand *random, GByteArray *bytes)
{
  const guint place = (guint)g_rand_int_range (random, 0, (gint32)bytes->len + 1);
  const guint left = bytes->len - place;
  const guint size = left > 0 ? (guint)g_rand_int_range (random, 0, (gint32)left + 1) : 0;
  const char *word;

  switch (g_rand_int_range (random, 0, 7)) {
  case 0: /* one byte becomes another */
    if (left > 0)
      bytes->data[place] = (guint8)g_rand_int_range (random, 0, 256);
    break;
  case 1: /* one bit */
    if (left > 0)
      bytes->data[place] ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
    break;
  case 2:
    g_byte_array_remove_range (bytes, place, MIN (size, 64));
    break;
  case 3:
    g_byte_array_set_size (bytes, place);
    break;
  case 4: { /* something comes twice */
    g_autofree guint8 *piece = g_memdup2 (bytes->data + place, size);

    insert (bytes, place, piece, size);
    break;
  }
  case 5:
    word = pick (random, target->words != NULL ? target->words : target->seeds);
    insert (bytes, place, (const guint8 *)word, (guint)strlen (word));
    break;
  default: /* the end of another one */
    word = pick (random, target->seeds);
    g_byte_array_set_size (bytes, place);
    word += g_rand_int_range (random, 0, (gint32)strlen (word) + 1);
    g_byte_array_append (bytes, (const guint8 *)word, (guint)strlen (word));
  }
}

static void
run_rounds (const LyktaFuzzTarget *target)
{
  const guint n_rounds = lykta_test_is_long () ? LONG_ROUNDS : ROUNDS;
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  for (guint i = 0; target->seeds[i] != NULL; i++)
    feed (target, (const guint8 *)target->seeds[i], strlen (target->seeds[i]));
  for (guint round = 0; round < n_rounds; round++) {
    const char *seed = pick (random, target->seeds);
    const guint n_damages = (guint)g_rand_int_range (random, 1, MAX_DAMAGES + 1);
    g_autoptr (GByteArray) bytes = g_byte_array_new ();

    g_byte_array_append (bytes, (const guint8 *)seed, (guint)strlen (seed));
    for (guint i = 0; i < n_damages && bytes->len < MAX_BYTES; i++)
      damage (target, random, bytes);
    feed (target, bytes->data, bytes->len);
  }
}

int
lykta_fuzz_run (const LyktaFuzzTarget *target, int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  watch_for_crashes (target);
  if (argc == 1)
    run_rounds (target);
  for (int i = 1; i < argc; i++) {
    g_autofree char *content = NULL;
    g_autoptr (GError) error = NULL;
    gsize size = 0;

    g_file_get_contents (argv[i], &content, &size, &error);
    g_assert_no_error (error);
    feed (target, (const guint8 *)content, size);
  }
  return 0;
}
