/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desk/lykta-desk-keeper.h"

#include "base/lykta-limits.h"
#include "print/lykta-cups-printer.h"
#include "text/lykta-gettext.h"

#define DESK_KEY    "lykta-certificate-desk"
#define PRINTER_KEY "lykta-desk-printer"

/* Whoever looks at the calendar again is done with the person before. */
static void
on_session_screen (LyktaCertificateDesk *desk, GParamSpec *pspec, LyktaSession *session)
{
  LyktaScreen screen = lykta_session_get_screen (session);

  if (screen != LYKTA_SCREEN_CERTIFICATE && screen != LYKTA_SCREEN_LANGUAGE &&
      screen != LYKTA_SCREEN_ABOUT && lykta_certificate_desk_get_form (desk) != NULL)
    lykta_certificate_desk_end (desk);
}

static LyktaCertificateDesk *
new_desk (LyktaSurroundings *surroundings)
{
  LyktaSession *session = lykta_surroundings_get_session (surroundings);
  LyktaPrinter *given = g_object_get_data (G_OBJECT (session), PRINTER_KEY);
  g_autoptr (LyktaPrinter) printer =
      given != NULL ? g_object_ref (given) : lykta_cups_printer_new (NULL, 0);
  const char *locale_dir = lykta_surroundings_get_locale_dir (surroundings);
  LyktaCertificateDesk *desk = lykta_certificate_desk_new (
      lykta_session_get_clock (session), lykta_session_get_gazetteer (session), printer,
      locale_dir != NULL ? locale_dir : lykta_locale_dir ());

  g_object_set_data_full (G_OBJECT (session), DESK_KEY, desk, g_object_unref);
  g_signal_connect_object (session, "notify::screen", G_CALLBACK (on_session_screen), desk,
                           G_CONNECT_SWAPPED);
  return desk;
}

static void
begin (LyktaCertificateDesk *desk, LyktaSession *session, LyktaActivity *activity)
{
  g_autoptr (GArray) dates = lykta_session_get_dates (session, LYKTA_LIMIT_OCCURRENCES);
  gint64 horizon = lykta_clock_now (lykta_session_get_clock (session)) +
                   (gint64)(LYKTA_HORIZON_DAYS - 31) * 86400;
  /* What reaches the horizon of stored dates may well go on behind it. */
  gboolean open_ended =
      dates->len > 0 && g_array_index (dates, LyktaOccurrence, dates->len - 1).start > horizon;

  lykta_certificate_desk_begin (desk, activity, dates, open_ended,
                                lykta_session_get_language (session));
}

LyktaCertificateDesk *
lykta_desk_keeper_get (LyktaSurroundings *surroundings)
{
  LyktaSession *session = lykta_surroundings_get_session (surroundings);
  LyktaActivity *activity = lykta_session_get_activity (session);
  LyktaCertificateDesk *desk = g_object_get_data (G_OBJECT (session), DESK_KEY);

  if (activity == NULL)
    return NULL;
  if (desk == NULL)
    desk = new_desk (surroundings);
  if (lykta_certificate_desk_get_form (desk) == NULL)
    begin (desk, session, activity);
  return desk;
}

void
lykta_desk_keeper_set_printer (LyktaSession *session, LyktaPrinter *printer)
{
  g_object_set_data_full (G_OBJECT (session), PRINTER_KEY, g_object_ref (printer), g_object_unref);
}
