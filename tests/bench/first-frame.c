/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts a program on the X display and tells, as one JSON line, how many milliseconds after the
 * start its first window was mapped, first showed more than one colour, and was complete (the last
 * change before a quiet time), and how much memory the process then took (PSS). It sees only what
 * the display sees, so it measures any program in the same way.
 *
 *   first-frame [--quiet MS] -- PROGRAM [ARGUMENT …] */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <X11/extensions/Xdamage.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#define LEAST_WIDTH  200
#define LEAST_HEIGHT 200
#define TIMEOUT_MS   60000.0

typedef struct {
  Display *display;
  Window window;
  int damage_event;
  double mapped;
  double content;
  double last_damage;
} Watch;

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* More than one colour in the window? Looks at every eighth pixel of every eighth row. */
static Bool
has_content (Watch *watch)
{
  XWindowAttributes attributes;
  if (XGetWindowAttributes (watch->display, watch->window, &attributes) == 0)
    return False;
  XImage *image = XGetImage (watch->display, watch->window, 0, 0, attributes.width,
                             attributes.height, AllPlanes, ZPixmap);
  if (image == NULL)
    return False;
  unsigned long first = XGetPixel (image, image->width / 2, image->height / 2);
  int n_other = 0;
  for (int y = 0; y < image->height; y += 8)
    for (int x = 0; x < image->width; x += 8)
      n_other += XGetPixel (image, x, y) != first;
  XDestroyImage (image);
  return n_other > 8;
}

static void
on_event (Watch *watch, double start)
{
  XEvent event;

  XNextEvent (watch->display, &event);
  if (event.type == MapNotify && watch->window == None) {
    XWindowAttributes attributes;
    if (XGetWindowAttributes (watch->display, event.xmap.window, &attributes) != 0 &&
        attributes.width >= LEAST_WIDTH && attributes.height >= LEAST_HEIGHT) {
      watch->window = event.xmap.window;
      watch->mapped = now_ms () - start;
      XDamageCreate (watch->display, watch->window, XDamageReportNonEmpty);
    }
  } else if (event.type == watch->damage_event + XDamageNotify) {
    const double when = now_ms () - start;
    XDamageSubtract (watch->display, ((XDamageNotifyEvent *)&event)->damage, None, None);
    watch->last_damage = when;
    if (watch->content == 0 && has_content (watch))
      watch->content = when;
  }
}

/* Proportional set size of the process, in kB; 0 when it cannot be read. */
static long
read_pss (pid_t pid)
{
  char path[64];
  char line[256];
  long kilobytes = 0;

  snprintf (path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
  FILE *file = fopen (path, "re");
  if (file == NULL)
    return 0;
  while (fgets (line, sizeof line, file) != NULL)
    if (sscanf (line, "Pss: %ld", &kilobytes) == 1)
      break;
  fclose (file);
  return kilobytes;
}

static int
ignore_x_error (Display *display, XErrorEvent *event)
{
  return 0;
}

int
main (int argc, char *argv[])
{
  double quiet = 500.0;
  int first = 1;
  if (argc > 2 && strcmp (argv[1], "--quiet") == 0) {
    quiet = strtod (argv[2], NULL);
    first = 3;
  }
  if (first < argc && strcmp (argv[first], "--") == 0)
    first++;
  if (first >= argc) {
    fprintf (stderr, "usage: first-frame [--quiet MS] -- PROGRAM [ARGUMENT …]\n");
    return 2;
  }
  Watch watch = {.display = XOpenDisplay (NULL)};
  int error_base;
  if (watch.display == NULL ||
      !XDamageQueryExtension (watch.display, &watch.damage_event, &error_base)) {
    fprintf (stderr, "first-frame: no display with the DAMAGE extension\n");
    return 2;
  }
  XSetErrorHandler (ignore_x_error);
  XSelectInput (watch.display, DefaultRootWindow (watch.display), SubstructureNotifyMask);
  XSync (watch.display, False);

  const double start = now_ms ();
  const pid_t pid = fork ();
  if (pid == 0) {
    execvp (argv[first], argv + first);
    fprintf (stderr, "first-frame: cannot start %s: %s\n", argv[first], strerror (errno));
    _exit (127);
  }
  int status = 0;
  Bool is_running = True;
  for (;;) {
    const double elapsed = now_ms () - start;
    is_running = waitpid (pid, &status, WNOHANG) == 0;
    if (!is_running || elapsed > TIMEOUT_MS ||
        (watch.content > 0 && elapsed - watch.last_damage > quiet))
      break;
    if (XPending (watch.display) == 0) {
      struct pollfd descriptor = {ConnectionNumber (watch.display), POLLIN, 0};
      poll (&descriptor, 1, 20);
      continue;
    }
    on_event (&watch, start);
  }
  printf ("{\"mapped\": %.1f, \"content\": %.1f, \"complete\": %.1f, \"pss_kb\": %ld}\n",
          watch.mapped, watch.content, watch.last_damage, is_running ? read_pss (pid) : 0L);
  if (is_running) {
    kill (pid, SIGTERM);
    waitpid (pid, &status, 0);
  }
  XCloseDisplay (watch.display);
  return watch.content > 0 ? 0 : 1;
}
