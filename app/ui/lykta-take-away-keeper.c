/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lykta-take-away-keeper.h"

#include "print/lykta-cups-printer.h"
#include "text/lykta-gettext.h"

#define KEY         "lykta-take-away"
#define PRINTER_KEY "lykta-take-away-printer"

static void
set_activity (LyktaTakeAway *takeaway, LyktaSession *session, LyktaActivity *activity)
{
  LyktaCard *card = lykta_session_get_card (session);
  g_autoptr (GArray) dates = NULL;
  const LyktaOccurrence *date;

  if (card != NULL) {
    date = &lykta_card_get_fields (card)->occurrence;
  } else {
    dates = lykta_session_get_dates (session, 1);
    if (dates == NULL || dates->len == 0)
      return;
    date = &g_array_index (dates, LyktaOccurrence, 0);
  }
  lykta_take_away_set_activity (takeaway, activity, date, lykta_session_get_as_of (session));
}

static void
on_session_screen (LyktaTakeAway *takeaway, GParamSpec *pspec, LyktaSession *session)
{
  LyktaActivity *activity = lykta_session_get_activity (session);

  switch (lykta_session_get_screen (session)) {
  case LYKTA_SCREEN_TAKE_AWAY:
    /* Back from the choice of language it is still there. */
    if (lykta_take_away_is_empty (takeaway)) {
      if (activity != NULL)
        set_activity (takeaway, session, activity);
      else
        lykta_take_away_set_list (takeaway, lykta_session_get_query (session));
    }
    break;
  case LYKTA_SCREEN_LANGUAGE:
  case LYKTA_SCREEN_ABOUT:
    if (lykta_session_has_chosen_language (session))
      break;
    lykta_take_away_clear (takeaway);
    break;
  default:
    lykta_take_away_clear (takeaway);
  }
}

static void
on_session_language (LyktaTakeAway *takeaway, GParamSpec *pspec, LyktaSession *session)
{
  lykta_take_away_set_language (takeaway, lykta_session_get_language (session));
}

LyktaTakeAway *
lykta_take_away_keeper_get (LyktaSurroundings *surroundings)
{
  LyktaSession *session = lykta_surroundings_get_session (surroundings);
  LyktaContentStore *store = lykta_surroundings_get_store (surroundings);
  LyktaTakeAway *takeaway = g_object_get_data (G_OBJECT (session), KEY);
  LyktaPrinter *given = g_object_get_data (G_OBJECT (session), PRINTER_KEY);
  const char *locale_dir = lykta_surroundings_get_locale_dir (surroundings);
  GSettings *settings = lykta_surroundings_get_settings (surroundings);
  g_autoptr (LyktaPrinter) printer = NULL;
  g_autofree char *queue = NULL;
  g_autofree char *paper = NULL;
  LyktaTakeAwayPrinting printing = {0};

  if (takeaway != NULL) {
    /* A page may be made before our own handler is called. */
    on_session_language (takeaway, NULL, session);
    on_session_screen (takeaway, NULL, session);
    return takeaway;
  }
  if (store == NULL)
    return NULL;
  printer = given != NULL ? g_object_ref (given) : lykta_cups_printer_new (NULL, 0);
  printing.printer = printer;
  if (settings != NULL) {
    queue = g_settings_get_string (settings, "printer");
    paper = g_settings_get_string (settings, "slip-paper");
  }
  printing.queue = queue;
  printing.paper = lykta_slip_paper_from_token (paper);
  takeaway = lykta_take_away_new (store, lykta_session_get_clock (session),
                                  locale_dir != NULL ? locale_dir : lykta_locale_dir (), &printing);
  g_object_set_data_full (G_OBJECT (session), KEY, takeaway, g_object_unref);
  on_session_language (takeaway, NULL, session);
  on_session_screen (takeaway, NULL, session);
  g_signal_connect_object (session, "notify::screen", G_CALLBACK (on_session_screen), takeaway,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::language", G_CALLBACK (on_session_language), takeaway,
                           G_CONNECT_SWAPPED);
  return takeaway;
}

void
lykta_take_away_keeper_set_printer (LyktaSession *session, LyktaPrinter *printer)
{
  g_object_set_data_full (G_OBJECT (session), PRINTER_KEY, g_object_ref (printer), g_object_unref);
}
