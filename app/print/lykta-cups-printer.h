/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/lykta-printer.h"

G_BEGIN_DECLS

#define LYKTA_TYPE_CUPS_PRINTER (lykta_cups_printer_get_type ())
G_DECLARE_FINAL_TYPE (LyktaCupsPrinter, lykta_cups_printer, LYKTA, CUPS_PRINTER, GObject)

/* The print service of the machine, spoken to directly: no dialog, no toolkit, no display.
 * @server: path of its socket or host name; NULL: as CUPS itself is configured. @port: 0 with a
 * socket or for the usual one. Only queues that the service itself has are listed. Each question
 * is given up after a few seconds. Any thread. (transfer full) */
LyktaPrinter *lykta_cups_printer_new (const char *server, int port);

G_END_DECLS
