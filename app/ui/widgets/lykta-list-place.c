/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widgets/lykta-list-place.h"

#include "ui/widgets/lykta-card-row.h"

/* How many frames to wait for sizes before giving up: a list that is not shown has none. */
#define MAX_FRAMES 30

struct _LyktaListPlace {
  GObject parent_instance;

  /* owned */
  LyktaSession *session;
  LyktaListWindow *window;

  /* borrowed, cleared by weak pointers */
  GtkWidget *list;
  GtkScrolledWindow *scroller;

  guint tick_id; /* 0: nothing to bring back */
  guint move_id; /* 0: the list stands still */
  guint move_frames_left;
  guint frames_left;
  double last_value; /* where the last jump led */
};

G_DEFINE_FINAL_TYPE (LyktaListPlace, lykta_list_place, G_TYPE_OBJECT)

static gboolean
find_top_row (LyktaListPlace *self, guint *position)
{
  GtkWidget *list = self->list;
  double x = gtk_widget_get_width (list) / 2.0;

  /* The very top may lie between two rows. */
  for (int y = 1; y < 64; y += 8) {
    GtkWidget *hit = gtk_widget_pick (list, x, y, GTK_PICK_NON_TARGETABLE | GTK_PICK_INSENSITIVE);
    GtkWidget *row = hit != NULL ? gtk_widget_get_ancestor (hit, LYKTA_TYPE_CARD_ROW) : NULL;
    if (row != NULL) {
      *position = lykta_card_row_get_position (LYKTA_CARD_ROW (row));
      return TRUE;
    }
  }
  return FALSE;
}

/* A row above the view is brought to its top, one below to its foot: so go to the end first. */
static void
jump (LyktaListPlace *self, guint position)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  lykta_list_window_move_to (self->window, position);
  position -= lykta_list_window_get_first (self->window);
  if (position == 0) {
    gtk_adjustment_set_value (adjustment, 0.0);
    return;
  }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) -
                                            gtk_adjustment_get_page_size (adjustment));
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LyktaListPlace *self = user_data;
  guint wanted = lykta_session_get_list_position (self->session);
  guint n = g_list_model_get_n_items (lykta_session_get_cards (self->session));
  guint present;
  double value;

  if (self->frames_left-- == 0 || n == 0) {
    self->tick_id = 0;
    return G_SOURCE_REMOVE;
  }
  if (gtk_widget_get_height (widget) <= 0 || !find_top_row (self, &present))
    return G_SOURCE_CONTINUE;
  value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
  /* Near the end of the list a row cannot stand at the top: then it is where it can be. */
  if (present == MIN (wanted, n - 1) || G_APPROX_VALUE (value, self->last_value, 0.5)) {
    self->tick_id = 0;
    return G_SOURCE_REMOVE;
  }
  self->last_value = value;
  jump (self, MIN (wanted, n - 1));
  return G_SOURCE_CONTINUE;
}

static void
grow (LyktaListPlace *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  const double page = gtk_adjustment_get_page_size (adjustment);
  const double value = gtk_adjustment_get_value (adjustment);

  if (gtk_adjustment_get_upper (adjustment) - value - page < page)
    lykta_list_window_grow_down (self->window);
  if (value < page)
    lykta_list_window_grow_up (self->window);
}

/* The rows stand where they were until the frame after a move, and a list must not change while
 * sizes are being given out, which is when adjustments do. */
static gboolean
on_moved (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LyktaListPlace *self = user_data;

  if (self->move_frames_left-- > 0)
    return G_SOURCE_CONTINUE;
  self->move_id = 0;
  if (self->tick_id == 0 && self->scroller != NULL) {
    lykta_list_place_save (self);
    grow (self);
  }
  return G_SOURCE_REMOVE;
}

static void
on_scrolled (LyktaListPlace *self)
{
  if (self->list == NULL)
    return;
  self->move_frames_left = 1;
  if (self->move_id == 0)
    self->move_id = gtk_widget_add_tick_callback (self->list, on_moved, self, NULL);
}

static void
stop (LyktaListPlace *self)
{
  if (self->tick_id != 0 && self->list != NULL)
    gtk_widget_remove_tick_callback (self->list, self->tick_id);
  if (self->move_id != 0 && self->list != NULL)
    gtk_widget_remove_tick_callback (self->list, self->move_id);
  self->tick_id = 0;
  self->move_id = 0;
}

static void
lykta_list_place_dispose (GObject *object)
{
  LyktaListPlace *self = LYKTA_LIST_PLACE (object);

  stop (self);
  g_clear_weak_pointer (&self->list);
  g_clear_weak_pointer (&self->scroller);
  g_clear_object (&self->session);
  g_clear_object (&self->window);
  G_OBJECT_CLASS (lykta_list_place_parent_class)->dispose (object);
}

static void
lykta_list_place_class_init (LyktaListPlaceClass *class)
{
  G_OBJECT_CLASS (class)->dispose = lykta_list_place_dispose;
}

static void
lykta_list_place_init (LyktaListPlace *self)
{
}

LyktaListPlace *
lykta_list_place_new (GtkWidget *list,
                      GtkScrolledWindow *scroller,
                      LyktaListWindow *window,
                      LyktaSession *session)
{
  LyktaListPlace *self;

  g_return_val_if_fail (GTK_IS_WIDGET (list), NULL);
  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), NULL);
  g_return_val_if_fail (LYKTA_IS_LIST_WINDOW (window), NULL);
  g_return_val_if_fail (LYKTA_IS_SESSION (session), NULL);

  self = g_object_new (LYKTA_TYPE_LIST_PLACE, NULL);
  self->window = g_object_ref (window);
  self->session = g_object_ref (session);
  g_set_weak_pointer (&self->list, list);
  g_set_weak_pointer (&self->scroller, scroller);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "value-changed",
                           G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (scroller), "changed",
                           G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  return self;
}

void
lykta_list_place_save (LyktaListPlace *self)
{
  guint position;

  g_return_if_fail (LYKTA_IS_LIST_PLACE (self));

  if (self->list == NULL || !gtk_widget_get_mapped (self->list))
    return;
  if (lykta_session_get_screen (self->session) == LYKTA_SCREEN_LIST &&
      find_top_row (self, &position))
    lykta_session_set_list_position (self->session, position);
}

void
lykta_list_place_restore (LyktaListPlace *self)
{
  g_return_if_fail (LYKTA_IS_LIST_PLACE (self));

  if (self->list == NULL)
    return;
  self->frames_left = MAX_FRAMES;
  self->last_value = -1.0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (self->list, on_tick, self, NULL);
}
