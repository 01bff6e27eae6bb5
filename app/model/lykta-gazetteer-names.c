/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-gazetteer.h"

#include <string.h>

#include "text/lykta-search-fold.h"

/* Longer names are none, and would make the table of distances large. */
#define MAX_NAME 64

/* An area and how far its name is from what was written. */
typedef struct {
  const LyktaArea *area; /* (unowned) */
  guint distance;
} Guess;

/* "skane lan" → "skane", "malmo kommun" → "malmo". */
static void
cut_kind (char *folded)
{
  static const char *const kinds[] = {" lan", " kommun", " stad"};

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_str_has_suffix (folded, kinds[i]))
      folded[strlen (folded) - strlen (kinds[i])] = '\0';
  }
}

/* (transfer full) */
static char *
fold_name (const char *name)
{
  char *folded = lykta_search_fold_string (name);

  cut_kind (folded);
  return folded;
}

const LyktaArea *
lykta_gazetteer_find_county_by_name (LyktaGazetteer *self, const char *name)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), NULL);

  if (name == NULL)
    return NULL;
  wanted = fold_name (name);
  for (guint i = 0; i < lykta_gazetteer_get_n_counties (self); i++) {
    const LyktaArea *area = lykta_gazetteer_get_county (self, i);
    g_autofree char *folded = fold_name (area->name);
    gsize length = strlen (folded);

    /* "Stockholms län" is the county of Stockholm. */
    if (g_str_equal (folded, wanted) ||
        (length > 1 && folded[length - 1] == 's' && strlen (wanted) == length - 1 &&
         strncmp (folded, wanted, length - 1) == 0))
      return area;
  }
  return NULL;
}

/* Letters to be put in, taken out or exchanged, two neighbours that changed places counting once.
 * Bytes of folded names: mostly letters of the Latin alphabet. */
static guint
edit_distance (const char *a, const char *b)
{
  guint rows[3][MAX_NAME + 1];
  gsize n_a = MIN (strlen (a), MAX_NAME), n_b = MIN (strlen (b), MAX_NAME);

  for (guint j = 0; j <= n_b; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n_a; i++) {
    guint *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

    row[0] = i;
    for (guint j = 1; j <= n_b; j++) {
      guint change = above[j - 1] + (a[i - 1] != b[j - 1]);

      row[j] = MIN (MIN (above[j], row[j - 1]) + 1, change);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = MIN (row[j], two_above[j - 2] + 1);
    }
  }
  return rows[n_a % 3][n_b];
}

static int
compare_guesses (gconstpointer a, gconstpointer b)
{
  const Guess *one = a, *other = b;

  if (one->distance != other->distance)
    return one->distance < other->distance ? -1 : 1;
  return strcmp (one->area->code, other->area->code);
}

GPtrArray *
lykta_gazetteer_suggest (LyktaGazetteer *self, const char *name, gboolean counties, guint limit)
{
  g_autofree char *wanted = NULL;
  g_autoptr (GArray) guesses = g_array_new (FALSE, FALSE, sizeof (Guess));
  GPtrArray *areas = g_ptr_array_new ();
  guint n, allowed;

  g_return_val_if_fail (LYKTA_IS_GAZETTEER (self), areas);
  g_return_val_if_fail (name != NULL, areas);

  wanted = fold_name (name);
  allowed = MAX (1, (guint)MIN (strlen (wanted), MAX_NAME) / 3);
  n = counties ? lykta_gazetteer_get_n_counties (self)
               : lykta_gazetteer_get_n_municipalities (self);
  for (guint i = 0; i < n && *wanted != '\0'; i++) {
    Guess guess = {.area = counties ? lykta_gazetteer_get_county (self, i)
                                    : lykta_gazetteer_get_municipality (self, i)};
    g_autofree char *folded = fold_name (guess.area->name);

    /* A beginning counts as one letter off. */
    guess.distance =
        wanted[1] != '\0' && g_str_has_prefix (folded, wanted) ? 1 : edit_distance (folded, wanted);
    if (guess.distance <= allowed)
      g_array_append_val (guesses, guess);
  }
  g_array_sort (guesses, compare_guesses);
  for (guint i = 0; i < MIN (guesses->len, limit); i++)
    g_ptr_array_add (areas, (gpointer)g_array_index (guesses, Guess, i).area);
  return areas;
}
