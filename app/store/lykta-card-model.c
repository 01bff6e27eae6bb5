/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-store"

#include "store/lykta-card-model.h"

#include <math.h>

#include "store/lykta-content-reader-private.h"

/* Cards read at once. */
#define PAGE_CARDS 50
/* Pages kept: more than any screen shows, with some to spare on both sides. */
#define MAX_PAGES 12
/* Pages shown before there is an index. */
#define FIRST_PAGES 2

typedef struct {
  guint number;
  guint64 last_used;
  GPtrArray *cards; /* (owned) (element-type LyktaCard) */
} Page;

/* A window on what a query finds. What is shown stays one consistent state (a selection of one
 * index, or the first pages) until the next query or reload, whatever is written meanwhile. */
struct _LyktaCardModel {
  GObject parent_instance;

  LyktaContentReader *reader; /* (owned) */
  LyktaQuery *query;          /* (owned) (nullable) */
  LyktaSelection *selection;  /* (owned) (nullable) what is shown; NULL: the first pages alone */
  guint n_items;
  gboolean is_complete;
  gint64 generation; /* of what is shown */

  GArray *pages; /* (owned) (element-type Page) */
  guint64 n_uses;

  GCancellable *cancellable; /* (owned) (nullable) while an index is loading */
  GError *error;             /* (owned) (nullable) */
};

enum { PROP_IS_COMPLETE = 1, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

static void lykta_card_model_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LyktaCardModel,
                               lykta_card_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      lykta_card_model_list_model_init))

/* ---- pages ---- */

static void
on_page_dropped (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->cards, g_ptr_array_unref);
}

static void
note_error (LyktaCardModel *self, GError *error)
{
  if (error == NULL)
    return;
  g_message ("a page of the calendar cannot be read: %s", error->message);
  g_clear_error (&self->error);
  self->error = error;
}

static void
keep_page (LyktaCardModel *self, guint number, GPtrArray *cards)
{
  const Page page = {
      .number = number, .last_used = ++self->n_uses, .cards = g_ptr_array_ref (cards)};

  if (self->pages->len >= MAX_PAGES) {
    guint oldest = 0;
    for (guint i = 1; i < self->pages->len; i++)
      if (g_array_index (self->pages, Page, i).last_used <
          g_array_index (self->pages, Page, oldest).last_used)
        oldest = i;
    g_array_remove_index_fast (self->pages, oldest);
  }
  g_array_append_val (self->pages, page);
}

/* Borrowed, nullable. */
static GPtrArray *
find_page (LyktaCardModel *self, guint number)
{
  for (guint i = 0; i < self->pages->len; i++) {
    Page *page = &g_array_index (self->pages, Page, i);
    if (page->number == number) {
      page->last_used = ++self->n_uses;
      return page->cards;
    }
  }
  return NULL;
}

/* (transfer full); never NULL. */
static GPtrArray *
read_page (LyktaCardModel *self, guint number)
{
  GError *error = NULL;
  const guint offset = number * PAGE_CARDS;
  GPtrArray *cards =
      self->selection != NULL
          ? lykta_content_reader_list_selection (self->reader, self->query, self->selection, offset,
                                                 PAGE_CARDS, &error)
          : lykta_content_reader_list (self->reader, self->query, offset, PAGE_CARDS, &error);

  note_error (self, error);
  return cards != NULL ? cards : g_ptr_array_new_with_free_func (g_object_unref);
}

/* ---- list model ---- */

static GType
lykta_card_model_get_item_type (GListModel *model)
{
  return LYKTA_TYPE_CARD;
}

static guint
lykta_card_model_get_n_items (GListModel *model)
{
  return LYKTA_CARD_MODEL (model)->n_items;
}

static LyktaCard *
new_empty_card (void)
{
  const LyktaCardFields fields = {.distance_km = NAN};

  return lykta_card_new (&fields);
}

static gpointer
lykta_card_model_get_item (GListModel *model, guint position)
{
  LyktaCardModel *self = LYKTA_CARD_MODEL (model);

  if (position >= self->n_items)
    return NULL;
  const guint number = position / PAGE_CARDS;
  GPtrArray *cards = find_page (self, number);
  if (cards == NULL) {
    g_autoptr (GPtrArray) read = read_page (self, number);
    keep_page (self, number, read);
    cards = read; /* kept by the page */
  }
  g_assert (cards != NULL);
  const guint index = position % PAGE_CARDS;
  while (cards->len <= index)
    g_ptr_array_add (cards, new_empty_card ());
  return g_object_ref (g_ptr_array_index (cards, index));
}

static void
lykta_card_model_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lykta_card_model_get_item_type;
  iface->get_n_items = lykta_card_model_get_n_items;
  iface->get_item = lykta_card_model_get_item;
}

/* ---- changing what is shown ---- */

/* What to show next. */
typedef struct {
  LyktaSelection *selection; /* (owned) (nullable) */
  GPtrArray *first;          /* (owned) (nullable) the first cards, when there is no selection */
  guint n_items;
  gboolean is_complete;
  gint64 generation;
} State;

static void
state_clear (State *self)
{
  g_clear_pointer (&self->selection, lykta_selection_unref);
  g_clear_pointer (&self->first, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

/* Bounded: a millisecond or two with an index, two pages without. FALSE when it could not be read;
 * then @state shows nothing. */
static gboolean
look (LyktaCardModel *self, State *state)
{
  GError *error = NULL;

  *state = (State){.is_complete = TRUE};
  if (self->query == NULL)
    return TRUE;
  if (lykta_content_reader_enter (self->reader, &error)) {
    state->generation = lykta_content_reader_get_generation (self->reader);
    state->selection = lykta_content_reader_select (self->reader, self->query, &error);
    lykta_content_reader_leave (self->reader, error);
  }
  if (state->selection != NULL) {
    state->n_items = state->selection->n;
  } else if (error == NULL) {
    const guint most = FIRST_PAGES * PAGE_CARDS;
    state->first = lykta_content_reader_list (self->reader, self->query, 0, most + 1, &error);
    if (state->first != NULL) {
      state->is_complete = state->first->len <= most;
      g_ptr_array_set_size (state->first, (int)MIN (state->first->len, most));
      state->n_items = state->first->len;
    }
  }
  if (error == NULL)
    return TRUE;
  note_error (self, error);
  return FALSE;
}

static void
keep_first_cards (LyktaCardModel *self, GPtrArray *cards)
{
  for (guint offset = 0; offset < cards->len; offset += PAGE_CARDS) {
    g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = offset; i < MIN (offset + PAGE_CARDS, cards->len); i++)
      g_ptr_array_add (page, g_object_ref (cards->pdata[i]));
    keep_page (self, offset / PAGE_CARDS, page);
  }
}

/* Drops pages but those that lie whole before @prefix. */
static void
drop_pages (LyktaCardModel *self, guint prefix)
{
  for (guint i = self->pages->len; i > 0; i--)
    if ((g_array_index (self->pages, Page, i - 1).number + 1) * PAGE_CARDS > prefix)
      g_array_remove_index_fast (self->pages, i - 1);
}

/* Takes over @state and tells what is different: all but the first @prefix and the last @suffix. */
static void
show (LyktaCardModel *self, State *state, guint prefix, guint suffix)
{
  const guint n_before = self->n_items;
  const gboolean was_complete = self->is_complete;

  drop_pages (self, prefix);
  g_clear_pointer (&self->selection, lykta_selection_unref);
  self->selection = g_steal_pointer (&state->selection);
  self->n_items = state->n_items;
  self->is_complete = state->is_complete;
  self->generation = state->generation;
  if (state->first != NULL && prefix == 0)
    keep_first_cards (self, state->first);
  const guint n_removed = n_before - prefix - suffix;
  const guint n_added = self->n_items - prefix - suffix;
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, n_removed, n_added);
  if (was_complete != self->is_complete)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_COMPLETE]);
}

static gboolean
is_same_card (LyktaCard *a, LyktaCard *b)
{
  const LyktaCardFields *one = lykta_card_get_fields (a), *other = lykta_card_get_fields (b);

  return one->activity_id == other->activity_id &&
         one->occurrence.start == other->occurrence.start &&
         one->occurrence.end == other->occurrence.end &&
         one->occurrence.status == other->occurrence.status &&
         one->occurrence.audience == other->occurrence.audience &&
         one->occurrence.attendance == other->occurrence.attendance &&
         one->is_first_of_day == other->is_first_of_day && one->purposes == other->purposes &&
         one->childcare == other->childcare &&
         one->offers_certificate == other->offers_certificate &&
         one->title_language == other->title_language &&
         g_strcmp0 (one->title, other->title) == 0 && g_strcmp0 (one->place, other->place) == 0 &&
         g_strcmp0 (one->town, other->town) == 0 &&
         g_strcmp0 (one->organiser, other->organiser) == 0;
}

/* How many of the first cards that were read are still as they were. */
static guint
compare_first_cards (LyktaCardModel *self, State *state)
{
  g_autoptr (GPtrArray) read = NULL;
  GPtrArray *cards = state->first;
  guint n = 0;

  if (cards == NULL && self->query != NULL) {
    GError *error = NULL;
    read =
        lykta_content_reader_list_selection (self->reader, self->query, state->selection, 0,
                                             MIN (self->n_items, FIRST_PAGES * PAGE_CARDS), &error);
    note_error (self, error);
    cards = read;
  }
  while (cards != NULL && n < MIN (cards->len, self->n_items)) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (G_LIST_MODEL (self), n);
    if (!is_same_card (card, cards->pdata[n]))
      break;
    n++;
  }
  return n;
}

static void
show_difference (LyktaCardModel *self, State *state)
{
  guint prefix = 0, suffix = 0;

  if (self->selection != NULL && state->selection != NULL) {
    lykta_selection_compare (self->selection, state->selection, &prefix, &suffix);
    if (suffix > 0 && prefix + suffix < MAX (self->n_items, state->n_items))
      suffix--; /* the first of the rest may begin its day now, or no longer */
  } else {
    prefix = compare_first_cards (self, state);
  }
  show (self, state, prefix, suffix);
}

static void on_load_index_ready (GObject *source, GAsyncResult *result, gpointer user_data);

static void
load_index (LyktaCardModel *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  lykta_content_store_load_index_async (lykta_content_reader_get_store (self->reader),
                                        self->cancellable, on_load_index_ready,
                                        g_object_ref (self));
}

static void
on_load_index_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LyktaCardModel) self = user_data;
  g_autoptr (GError) error = NULL;
  const gboolean is_loaded =
      lykta_content_store_load_index_finish (LYKTA_CONTENT_STORE (source), result, &error);
  const gboolean is_cancelled = g_cancellable_is_cancelled (self->cancellable);

  g_clear_object (&self->cancellable);
  if (is_cancelled || self->reader == NULL)
    return;
  if (!is_loaded) {
    note_error (self, g_steal_pointer (&error));
    return;
  }
  g_auto (State) state = {0};
  if (!look (self, &state))
    return;
  if (state.selection == NULL && !state.is_complete) {
    load_index (self); /* written to once more meanwhile: a long list stays as it is */
    return;
  }
  show_difference (self, &state);
}

/* ---- object ---- */

static void
lykta_card_model_dispose (GObject *object)
{
  LyktaCardModel *self = LYKTA_CARD_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->selection, lykta_selection_unref);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (lykta_card_model_parent_class)->dispose (object);
}

static void
lykta_card_model_finalize (GObject *object)
{
  LyktaCardModel *self = LYKTA_CARD_MODEL (object);

  g_clear_pointer (&self->query, lykta_query_unref);
  g_clear_pointer (&self->pages, g_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lykta_card_model_parent_class)->finalize (object);
}

static void
lykta_card_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LyktaCardModel *self = LYKTA_CARD_MODEL (object);

  switch (id) {
  case PROP_IS_COMPLETE:
    g_value_set_boolean (value, self->is_complete);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
lykta_card_model_class_init (LyktaCardModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lykta_card_model_dispose;
  object_class->finalize = lykta_card_model_finalize;
  object_class->get_property = lykta_card_model_get_property;

  properties[PROP_IS_COMPLETE] =
      g_param_spec_boolean ("is-complete", NULL, NULL, TRUE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lykta_card_model_init (LyktaCardModel *self)
{
  self->is_complete = TRUE;
  self->pages = g_array_new (FALSE, FALSE, sizeof (Page));
  g_array_set_clear_func (self->pages, on_page_dropped);
}

LyktaCardModel *
lykta_card_model_new (LyktaContentReader *reader, LyktaQuery *query)
{
  g_return_val_if_fail (LYKTA_IS_CONTENT_READER (reader), NULL);

  LyktaCardModel *self = g_object_new (LYKTA_TYPE_CARD_MODEL, NULL);
  self->reader = g_object_ref (reader);
  if (query != NULL)
    lykta_card_model_set_query (self, query);
  return self;
}

void
lykta_card_model_set_query (LyktaCardModel *self, LyktaQuery *query)
{
  g_return_if_fail (LYKTA_IS_CARD_MODEL (self));
  g_return_if_fail (query != NULL);

  if (self->query != NULL && lykta_query_equal (self->query, query))
    return;
  g_clear_pointer (&self->query, lykta_query_unref);
  self->query = lykta_query_ref (query);
  g_auto (State) state = {0};
  look (self, &state);
  show (self, &state, 0, 0);
  if (self->selection == NULL && !self->is_complete)
    load_index (self);
}

LyktaQuery *
lykta_card_model_get_query (LyktaCardModel *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD_MODEL (self), NULL);

  return self->query;
}

void
lykta_card_model_reload (LyktaCardModel *self)
{
  g_return_if_fail (LYKTA_IS_CARD_MODEL (self));

  if (self->query == NULL || self->generation == lykta_content_reader_get_generation (self->reader))
    return;
  if (self->n_items > FIRST_PAGES * PAGE_CARDS) {
    load_index (self);
    return;
  }
  g_auto (State) state = {0};
  if (!look (self, &state))
    return; /* what is shown stays */
  show_difference (self, &state);
  if (self->selection == NULL && !self->is_complete)
    load_index (self);
}

gboolean
lykta_card_model_is_complete (LyktaCardModel *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD_MODEL (self), FALSE);

  return self->is_complete;
}

gboolean
lykta_card_model_find (LyktaCardModel *self, gint64 activity_id, gint64 start, guint *position)
{
  g_return_val_if_fail (LYKTA_IS_CARD_MODEL (self), FALSE);
  g_return_val_if_fail (position != NULL, FALSE);

  if (self->selection != NULL)
    return lykta_selection_find (self->selection, activity_id, start, position);
  for (guint i = 0; i < self->n_items; i++) {
    g_autoptr (LyktaCard) card = g_list_model_get_item (G_LIST_MODEL (self), i);
    const LyktaCardFields *fields = lykta_card_get_fields (card);
    if (fields->activity_id == activity_id && fields->occurrence.start == start) {
      *position = i;
      return TRUE;
    }
  }
  return FALSE;
}

const GError *
lykta_card_model_get_error (LyktaCardModel *self)
{
  g_return_val_if_fail (LYKTA_IS_CARD_MODEL (self), NULL);

  return self->error;
}
