/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  LYKTA_CODE_READER_ERROR_NOT_A_PICTURE, /* neither a picture nor a PDF that can be read */
  LYKTA_CODE_READER_ERROR_TOO_LARGE, /* more bytes, pages or points than a photo or letter has */
  LYKTA_CODE_READER_ERROR_IO,        /* the file itself cannot be read */
} LyktaCodeReaderError;
#define LYKTA_CODE_READER_ERROR (lykta_code_reader_error_quark ())
GQuark lykta_code_reader_error_quark (void);

/* The texts of all QR codes in the picture (PNG, JPEG …) or PDF at @path, in the order of the
 * pages; none is no error. At most 32 MiB, 20 pages, 40 million points. Takes a second or so for a
 * large photo: call it on a worker. (transfer full) (element-type utf8) */
GPtrArray *lykta_code_reader_read_file (const char *path, GError **error);

G_END_DECLS
