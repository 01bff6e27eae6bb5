/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/lykta-svg-path.h"

#include <math.h>

/* Where the pen is, and what the smooth curve commands remember. */
typedef struct {
  double x, y;
  double start_x, start_y;
  double control_x, control_y;
  char last_command;
} Pen;

static void
skip_separators (const char **cursor)
{
  while (g_ascii_isspace (**cursor) || **cursor == ',')
    (*cursor)++;
}

/* Arc flags may be written without anything between them ("a6 6 0 014 4"). */
static gboolean
read_flag (const char **cursor, double *value)
{
  skip_separators (cursor);
  if (**cursor != '0' && **cursor != '1')
    return FALSE;
  *value = **cursor - '0';
  (*cursor)++;
  return TRUE;
}

static gboolean
read_number (const char **cursor, double *value)
{
  char *end = NULL;

  skip_separators (cursor);
  *value = g_ascii_strtod (*cursor, &end);
  if (end == *cursor)
    return FALSE;
  *cursor = end;
  return TRUE;
}

static gboolean
read_arguments (const char **cursor, char command, double *values, guint n)
{
  gboolean is_arc = g_ascii_toupper (command) == 'A';

  for (guint i = 0; i < n; i++) {
    gboolean is_flag = is_arc && (i == 3 || i == 4);
    gboolean is_read = is_flag ? read_flag (cursor, &values[i]) : read_number (cursor, &values[i]);
    if (!is_read)
      return FALSE;
  }
  return TRUE;
}

/* SVG 1.1, appendix F.6: from end points to centre and angles. */
static void
append_arc (cairo_t *cr, Pen *pen, const double *v, double x, double y)
{
  double rx = fabs (v[0]);
  double ry = fabs (v[1]);
  double phi = v[2] * G_PI / 180.0;
  double dx = (pen->x - x) / 2.0;
  double dy = (pen->y - y) / 2.0;
  double px = cos (phi) * dx + sin (phi) * dy;
  double py = -sin (phi) * dx + cos (phi) * dy;
  double scale, factor, cx, cy, from, to;

  if (rx < 1e-9 || ry < 1e-9 || (fabs (dx) < 1e-12 && fabs (dy) < 1e-12)) {
    cairo_line_to (cr, x, y);
    return;
  }
  scale = px * px / (rx * rx) + py * py / (ry * ry);
  if (scale > 1.0) {
    rx *= sqrt (scale);
    ry *= sqrt (scale);
  }
  factor = (rx * rx * ry * ry - rx * rx * py * py - ry * ry * px * px) /
           (rx * rx * py * py + ry * ry * px * px);
  factor = sqrt (MAX (factor, 0.0)) * ((v[3] != 0) == (v[4] != 0) ? -1.0 : 1.0);
  cx = factor * rx * py / ry;
  cy = -factor * ry * px / rx;
  from = atan2 ((py - cy) / ry, (px - cx) / rx);
  to = atan2 ((-py - cy) / ry, (-px - cx) / rx);

  cairo_save (cr);
  cairo_translate (cr, cos (phi) * cx - sin (phi) * cy + (pen->x + x) / 2.0,
                   sin (phi) * cx + cos (phi) * cy + (pen->y + y) / 2.0);
  cairo_rotate (cr, phi);
  cairo_scale (cr, rx, ry);
  if (v[4] != 0)
    cairo_arc (cr, 0, 0, 1, from, to);
  else
    cairo_arc_negative (cr, 0, 0, 1, from, to);
  cairo_restore (cr);
}

static void
append_cubic (cairo_t *cr, Pen *pen, const double *v, double ox, double oy, gboolean is_smooth)
{
  gboolean follows = strchr ("CcSs", pen->last_command) != NULL;
  double x1 = is_smooth ? (follows ? 2 * pen->x - pen->control_x : pen->x) : ox + v[0];
  double y1 = is_smooth ? (follows ? 2 * pen->y - pen->control_y : pen->y) : oy + v[1];
  const double *rest = is_smooth ? v : v + 2;

  cairo_curve_to (cr, x1, y1, ox + rest[0], oy + rest[1], ox + rest[2], oy + rest[3]);
  pen->control_x = ox + rest[0];
  pen->control_y = oy + rest[1];
}

static void
append_quadratic (cairo_t *cr, Pen *pen, const double *v, double ox, double oy, gboolean is_smooth)
{
  gboolean follows = strchr ("QqTt", pen->last_command) != NULL;
  double qx = is_smooth ? (follows ? 2 * pen->x - pen->control_x : pen->x) : ox + v[0];
  double qy = is_smooth ? (follows ? 2 * pen->y - pen->control_y : pen->y) : oy + v[1];
  const double *end = is_smooth ? v : v + 2;
  double x = ox + end[0];
  double y = oy + end[1];

  cairo_curve_to (cr, pen->x + 2.0 / 3.0 * (qx - pen->x), pen->y + 2.0 / 3.0 * (qy - pen->y),
                  x + 2.0 / 3.0 * (qx - x), y + 2.0 / 3.0 * (qy - y), x, y);
  pen->control_x = qx;
  pen->control_y = qy;
}

static int
n_arguments_of (char command)
{
  static const struct {
    char command;
    int n;
  } table[] = {
      {'M', 2}, {'L', 2}, {'H', 1}, {'V', 1}, {'C', 6},
      {'S', 4}, {'Q', 4}, {'T', 2}, {'A', 7}, {'Z', 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].command == g_ascii_toupper (command))
      return table[i].n;
  return -1;
}

static void
apply (cairo_t *cr, Pen *pen, char command, const double *v)
{
  gboolean is_relative = g_ascii_islower (command);
  double ox = is_relative ? pen->x : 0.0;
  double oy = is_relative ? pen->y : 0.0;

  switch (g_ascii_toupper (command)) {
  case 'M':
    cairo_move_to (cr, ox + v[0], oy + v[1]);
    pen->start_x = ox + v[0];
    pen->start_y = oy + v[1];
    break;
  case 'L':
    cairo_line_to (cr, ox + v[0], oy + v[1]);
    break;
  case 'H':
    cairo_line_to (cr, ox + v[0], pen->y);
    break;
  case 'V':
    cairo_line_to (cr, pen->x, oy + v[0]);
    break;
  case 'C':
  case 'S':
    append_cubic (cr, pen, v, ox, oy, g_ascii_toupper (command) == 'S');
    break;
  case 'Q':
  case 'T':
    append_quadratic (cr, pen, v, ox, oy, g_ascii_toupper (command) == 'T');
    break;
  case 'A':
    append_arc (cr, pen, v, ox + v[5], oy + v[6]);
    break;
  default:
    cairo_close_path (cr);
    break;
  }
  cairo_get_current_point (cr, &pen->x, &pen->y);
  pen->last_command = command;
}

gboolean
lykta_svg_path_append (cairo_t *cr, const char *data)
{
  Pen pen = {.last_command = 'M'};
  const char *cursor = data;
  char command = 0;

  g_return_val_if_fail (cr != NULL, FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  for (;;) {
    double values[7] = {0};
    int n;

    skip_separators (&cursor);
    if (*cursor == '\0')
      return TRUE;
    if (g_ascii_isalpha (*cursor))
      command = *cursor++;
    else if (g_ascii_toupper (command) == 'M') /* further pairs after a move are lines */
      command = command == 'm' ? 'l' : 'L';
    else if (g_ascii_toupper (command) == 'Z')
      return FALSE;
    n = n_arguments_of (command);
    if (n < 0 || !read_arguments (&cursor, command, values, (guint)n))
      return FALSE;
    apply (cr, &pen, command, values);
  }
}
