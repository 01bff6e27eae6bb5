/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/lykta-printer.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_TEST_PRINTER (lykta_test_printer_get_type ())
G_DECLARE_FINAL_TYPE (LyktaTestPrinter, lykta_test_printer, LYKTA, TEST_PRINTER, GObject)

/* A print service in memory: two queues, "front" (the default) and "back"; jobs stay in the state
 * that the test gives them. Any thread. */
LyktaTestPrinter *lykta_test_printer_new (void);
/* Of every job from now on, also those that are there; QUEUED at first. */
void lykta_test_printer_set_state (LyktaTestPrinter *self, LyktaPrintState state);
/* Every call fails with this code of LYKTA_PRINT_ERROR; -1: none. */
void lykta_test_printer_set_failure (LyktaTestPrinter *self, int code);
guint lykta_test_printer_get_n_jobs (LyktaTestPrinter *self);
/* What the last job was: borrowed until the next. */
GBytes *lykta_test_printer_get_pdf (LyktaTestPrinter *self);
const char *lykta_test_printer_get_title (LyktaTestPrinter *self);
const char *lykta_test_printer_get_queue (LyktaTestPrinter *self);
const char *lykta_test_printer_get_media (LyktaTestPrinter *self);
/* How many jobs were cancelled by whoever handed them over. */
guint lykta_test_printer_get_n_cancelled (LyktaTestPrinter *self);

G_END_DECLS
