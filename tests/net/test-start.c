/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/lykta-network-connectivity.h"
#include "net/lykta-soup-fetcher.h"
#include "support/lykta-test.h"

/* A program that has just started looks at the network and fetches at the same moment. GLib's types
 * are met for the first time then, and two threads may do so at once: nobody may hang. Each try is
 * a process of its own, because it only happens once in a life. */

#define CHILD          "--child"
#define N_ROUNDS       100
#define N_ROUNDS_LONG  2000
#define PATIENCE       20
#define N_THREADS      2
#define REFUSED_TARGET "http://127.0.0.1:%s/calendar.ics"

/* (unowned) of the program, to run it again as the child */
static const char *program;

typedef struct {
  LyktaFetcher *fetcher; /* (unowned) */
  const char *address;   /* (unowned) */
} Errand;

static gpointer
fetch (gpointer data)
{
  const Errand *errand = data;
  g_autoptr (GOutputStream) body = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  LyktaFetchRequest request = {.address = errand->address};
  g_auto (LyktaFetchResult) result = {0};

  g_assert_false (lykta_fetcher_fetch (errand->fetcher, &request, body, NULL, &result, &error));
  g_assert_nonnull (error);
  return NULL;
}

static void
run_child (const char *port)
{
  g_autofree char *address = g_strdup_printf (REFUSED_TARGET, port);
  g_autoptr (LyktaFetcher) fetcher = lykta_soup_fetcher_new (NULL);
  g_autoptr (LyktaConnectivity) connectivity = lykta_network_connectivity_new (NULL);
  Errand errand = {fetcher, address};
  GThread *threads[N_THREADS];

  /* A hang ends by itself, and is told from all else. */
  alarm (PATIENCE);
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("fetch", fetch, &errand);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

static void
test_start (void)
{
  int fd;
  g_autofree char *port = g_strdup_printf ("%u", lykta_test_refused_port (&fd));
  const guint n = lykta_test_is_long () ? N_ROUNDS_LONG : N_ROUNDS;

  for (guint i = 0; i < n; i++) {
    const char *argv[] = {program, CHILD, port, NULL};

    g_assert_cmpint (lykta_test_run_program (argv, NULL, NULL), ==, 0);
  }
  close (fd);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], CHILD)) {
    run_child (argv[2]);
    return 0;
  }
  program = argv[0];
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/net/start/nobody-hangs", test_start);
  return g_test_run ();
}
