/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lykta-scenes.h"

static void
show_attract (LyktaStage *stage)
{
  lykta_session_reset (stage->session);
}

static void
show_language (LyktaStage *stage)
{
  lykta_session_set_language (stage->session, "ar");
  lykta_session_go_home (stage->session);
  lykta_session_open_language (stage->session);
}

static void
show_home (LyktaStage *stage)
{
  lykta_session_go_home (stage->session);
}

static void
show_list (LyktaStage *stage)
{
  g_autoptr (LyktaQuery) query = lykta_session_new_query (stage->session);

  lykta_session_go_home (stage->session);
  lykta_session_open_list (stage->session, query);
}

static void
show_nothing (LyktaStage *stage)
{
  show_list (stage);
  g_autoptr (LyktaQuery) query =
      lykta_query_with_search (lykta_session_get_query (stage->session), "xyzzy");
  lykta_session_set_query (stage->session, query);
}

static void
show_days (LyktaStage *stage)
{
  show_list (stage);
  lykta_session_open_days (stage->session);
}

static void
show_places (LyktaStage *stage)
{
  show_list (stage);
  lykta_session_open_places (stage->session);
}

static void
show_activity (LyktaStage *stage)
{
  show_list (stage);
  g_autoptr (LyktaCard) card = g_list_model_get_item (lykta_session_get_cards (stage->session), 0);
  lykta_session_open_card (stage->session, card);
}

static void
show_take_away (LyktaStage *stage)
{
  show_activity (stage);
  lykta_session_open_take_away (stage->session);
}

static void
show_about (LyktaStage *stage)
{
  lykta_session_go_home (stage->session);
  lykta_session_open_about (stage->session);
}

const LyktaScene lykta_scenes[LYKTA_N_SCENES] = {
    {"attract", show_attract}, {"language", show_language}, {"home", show_home},
    {"list", show_list},       {"nothing", show_nothing},   {"days", show_days},
    {"places", show_places},   {"activity", show_activity}, {"take-away", show_take_away},
    {"about", show_about},
};
