/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every parser is fed with damaged input: a program of its own per parser, that
 * - without arguments damages @seeds in a few thousand ways, the same ones each time (a hundred
 * times as many in the long suite), and ends with success unless something crashed or a sanitizer
 * or an assertion spoke. The input that did it lies in the build folder as fuzz-NAME.bin;
 * - with file names as arguments takes each file as it is: to look at one again, or under a fuzzer
 *   that writes files (afl-fuzz -i seeds -o found -- PROGRAM @@). */
typedef struct {
  const char *name;
  /* Takes any bytes; @data is followed by a NUL that @size does not count. */
  void (*feed) (const guint8 *data, gsize size);
  const char *const *seeds; /* sound inputs, NULL-terminated */
  const char *const *words; /* what the format is made of, NULL-terminated; nullable */
} LyktaFuzzTarget;

int lykta_fuzz_run (const LyktaFuzzTarget *target, int argc, char **argv);

G_END_DECLS
