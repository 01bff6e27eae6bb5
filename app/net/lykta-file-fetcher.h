/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/lykta-fetcher.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_FILE_FETCHER (lykta_file_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (LyktaFileFetcher, lykta_file_fetcher, LYKTA, FILE_FETCHER, GObject)

/* Reads file: addresses. A folder stands for all plain files in it that end in ".ics", ".json",
 * ".jsonld" or ".ndjson" (either case, sub-folders not looked into), one after another in byte
 * order of their names; part_ends tells them apart. Pipes and devices are refused, a file that
 * changes while it is read counts as truncated. There are no validators: compare the hash of the
 * body. */

/* (transfer full) */
LyktaFetcher *lykta_file_fetcher_new (void);

G_END_DECLS
