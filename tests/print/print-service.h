/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "support/lykta-test.h"

G_BEGIN_DECLS

/* A real CUPS of the test's own: its own configuration, socket, port, spool and backend, away from
 * the one of the machine. The backend is a printer that puts each job into a file and runs out of
 * paper when it is told to. */
typedef struct _PrintService PrintService;

/* NULL, and the case is skipped with a reason, where cupsd cannot run: it must be installed and be
 * started by root. */
PrintService *print_service_new (void);
void print_service_free (PrintService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintService, print_service_free)

const char *print_service_get_socket (PrintService *self);
guint16 print_service_get_port (PrintService *self);
/* Adds a queue for PDF printers that accepts and prints. @description, @location: nullable. */
void print_service_add_queue (PrintService *self,
                              const char *name,
                              const char *description,
                              const char *location);
/* Runs one of CUPS' own commands on this service: print_service_run (s, "cupsdisable", "Q", NULL).
 */
void print_service_run (PrintService *self, const char *program, ...) G_GNUC_NULL_TERMINATED;
/* From now on every job stops with this reason ("media-empty"); NULL: mends it. */
void print_service_set_trouble (PrintService *self, const char *reason);
/* Where the paper of that job comes out, NULL when it has not. (transfer full) */
char *print_service_find_output (PrintService *self, int job_id);
/* Switches the service off. */
void print_service_stop (PrintService *self);

G_END_DECLS
