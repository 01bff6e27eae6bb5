/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-list-window.h"

/* Cards to begin with: the first frame should have no more to do than it can show. */
#define START 8
/* What one more screenful brings. */
#define STEP 16

struct _LyktaListWindow {
  GObject parent_instance;

  LyktaSession *session; /* (owned) */
  GListModel *cards;     /* (unowned) the session's, as long as the session */
  guint first;
  guint n;
};

static guint
lykta_list_window_get_n_items (GListModel *list)
{
  return LYKTA_LIST_WINDOW (list)->n;
}

static gpointer
lykta_list_window_get_item (GListModel *list, guint position)
{
  LyktaListWindow *self = LYKTA_LIST_WINDOW (list);

  return position < self->n ? g_list_model_get_item (self->cards, self->first + position) : NULL;
}

static GType
lykta_list_window_get_item_type (GListModel *list)
{
  return LYKTA_TYPE_CARD;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_n_items = lykta_list_window_get_n_items;
  iface->get_item = lykta_list_window_get_item;
  iface->get_item_type = lykta_list_window_get_item_type;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaListWindow,
                               lykta_list_window,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* The window is [@first, @first + START) as far as there are cards; one items-changed for all. */
static void
begin_at (LyktaListWindow *self, guint first)
{
  const guint total = g_list_model_get_n_items (self->cards);
  const guint before = self->n;

  /* Near the end as many as fit stand before it, so that the last screen is full. */
  self->first = MIN (first, total > START ? total - START : 0);
  self->n = MIN (START, total - self->first);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n);
}

/* Cards far below may come and go unseen; anything else that changes begins the window anew at the
 * place that the session remembers, which is where the person is. */
static void
on_cards_changed (LyktaListWindow *self, guint position, guint removed, guint added)
{
  const guint end = self->first + self->n;

  if (position >= end && self->n >= START)
    return;
  if (position >= end && removed == 0) {
    lykta_list_window_grow_down (self);
    return;
  }
  begin_at (self, lykta_session_get_list_position (self->session));
}

static void
lykta_list_window_dispose (GObject *object)
{
  LyktaListWindow *self = LYKTA_LIST_WINDOW (object);

  self->cards = NULL;
  self->n = 0;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lykta_list_window_parent_class)->dispose (object);
}

static void
lykta_list_window_class_init (LyktaListWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lykta_list_window_dispose;
}

static void
lykta_list_window_init (LyktaListWindow *self)
{
}

LyktaListWindow *
lykta_list_window_new (LyktaSession *session)
{
  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);

  LyktaListWindow *self = g_object_new (LYKTA_TYPE_LIST_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->cards = lykta_session_get_cards (session);
  begin_at (self, lykta_session_get_list_position (session));
  g_signal_connect_object (self->cards, "items-changed", G_CALLBACK (on_cards_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

guint
lykta_list_window_get_first (LyktaListWindow *self)
{
  g_return_val_if_fail (LYKTA_IS_LIST_WINDOW (self), 0);

  return self->first;
}

void
lykta_list_window_move_to (LyktaListWindow *self, guint position)
{
  g_return_if_fail (LYKTA_IS_LIST_WINDOW (self));

  if (position < self->first || position >= self->first + self->n)
    begin_at (self, position);
}

gboolean
lykta_list_window_grow_down (LyktaListWindow *self)
{
  g_return_val_if_fail (LYKTA_IS_LIST_WINDOW (self), FALSE);

  const guint total = g_list_model_get_n_items (self->cards);
  const guint end = self->first + self->n;
  if (end >= total)
    return FALSE;
  const guint added = MIN (STEP, total - end);
  const guint before = self->n;
  self->n += added;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, added);
  return TRUE;
}

gboolean
lykta_list_window_grow_up (LyktaListWindow *self)
{
  g_return_val_if_fail (LYKTA_IS_LIST_WINDOW (self), FALSE);

  const guint added = MIN (STEP, self->first);
  if (added == 0)
    return FALSE;
  self->first -= added;
  self->n += added;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, added);
  return TRUE;
}
