/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "takeaway/lykta-take-away-order.h"

#include "base/lykta-atomic-file.h"
#include "paper/lykta-event-code.h"
#include "paper/lykta-programme-page.h"
#include "text/lykta-catalogue.h"

/* Of a list on paper: nobody carries more than a few sheets. */
#define MAX_DATES 100
#define NEAR_KM   30
/* What stands in the queue for everybody to read. */
#define TITLE "Lykta"

void
lykta_take_away_order_free (LyktaTakeAwayOrder *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->store);
  g_clear_object (&self->printer);
  g_clear_object (&self->single);
  g_clear_pointer (&self->query, lykta_query_unref);
  g_free (self->queue);
  g_free (self->locale_dir);
  g_free (self->path);
  g_free (self->job_queue);
  g_free (self);
}

/* The period of the list; a week when it has no end. (transfer full) */
static LyktaQuery *
get_period (LyktaTakeAwayOrder *self)
{
  gint64 from = lykta_query_get_from (self->query);
  LyktaDate first = lykta_date_of_moment (from);

  if (lykta_query_get_to (self->query) > 0)
    return lykta_query_ref (self->query);
  return lykta_query_with_period (
      self->query, from, lykta_date_start (lykta_date_add_days (first, LYKTA_TAKE_AWAY_LIST_DAYS)));
}

/* A list of the whole country is cut off before noon of its first day: when it is known where this
 * machine stands, what is near is printed instead, and the page says so. (transfer full) */
static LyktaProgramme *
read_programme (LyktaTakeAwayOrder *self, LyktaContentReader *reader, GError **error)
{
  g_autoptr (LyktaQuery) query = get_period (self);
  g_autoptr (LyktaQuery) near = NULL;
  g_autoptr (LyktaProgramme) programme =
      lykta_programme_new (reader, query, NULL, MAX_DATES, error);

  if (programme == NULL || !lykta_programme_is_cut (programme) ||
      !lykta_query_has_position (query) || lykta_query_get_within_km (query) > 0)
    return g_steal_pointer (&programme);
  near = lykta_query_with_position (query, lykta_query_get_latitude (query),
                                    lykta_query_get_longitude (query), NEAR_KM);
  return lykta_programme_new (reader, near, NULL, MAX_DATES, error);
}

/* @media (out, transfer full). */
static LyktaPage *
make_page (LyktaTakeAwayOrder *self, char **media, GError **error)
{
  g_autoptr (LyktaCatalogue) words = lykta_catalogue_new (self->locale_dir, self->language);
  g_autoptr (LyktaCatalogue) swedish = lykta_catalogue_new (self->locale_dir, "sv");
  g_autoptr (LyktaContentReader) reader = NULL;
  g_autoptr (LyktaProgramme) programme = NULL;
  LyktaPage *page;

  if (self->single != NULL) {
    page = lykta_slip_page_new (lykta_programme_get_entry (self->single, 0), words, swedish,
                                self->paper, lykta_programme_get_as_of (self->single), error);
    if (page != NULL)
      *media = lykta_slip_page_dup_media (page, self->paper);
    return page;
  }
  reader = lykta_content_store_new_reader (self->store, error);
  if (reader == NULL)
    return NULL;
  programme = read_programme (self, reader, error);
  return programme != NULL ? lykta_programme_page_new (programme, words, swedish, error) : NULL;
}

/* (transfer full) */
static char *
choose_queue (LyktaTakeAwayOrder *self, GError **error)
{
  g_autoptr (GPtrArray) queues = NULL;
  const LyktaPrintQueue *first;

  if (self->queue != NULL)
    return g_strdup (self->queue);
  queues = lykta_printer_list_queues (self->printer, NULL, error);
  if (queues == NULL)
    return NULL;
  if (queues->len == 0) {
    g_set_error (error, LYKTA_PRINT_ERROR, LYKTA_PRINT_ERROR_NO_QUEUE, "No printer is set up");
    return NULL;
  }
  first = g_ptr_array_index (queues, 0);
  return g_strdup (first->name);
}

int
lykta_take_away_order_print (LyktaTakeAwayOrder *self, GError **error)
{
  g_autofree char *name = choose_queue (self, error);
  g_autofree char *media = NULL;
  g_autoptr (LyktaPage) page = NULL;
  g_autoptr (GBytes) pdf = NULL;
  int id;

  if (name == NULL)
    return 0;
  page = make_page (self, &media, error);
  if (page != NULL)
    pdf = lykta_page_to_pdf (page, self->now, error);
  if (pdf == NULL)
    return 0;
  id = lykta_printer_submit (self->printer, name, pdf, TITLE, 1, media, NULL, error);
  if (id > 0)
    self->job_queue = g_steal_pointer (&name);
  return id;
}

gboolean
lykta_take_away_order_save (LyktaTakeAwayOrder *self, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (LyktaPage) page = NULL;
  g_autofree char *media = NULL;

  if (self->kind == LYKTA_TAKE_AWAY_FILE_CALENDAR) {
    bytes = lykta_event_code_to_file (lykta_programme_get_entry (self->single, 0), self->now);
  } else {
    page = make_page (self, &media, error);
    if (page != NULL)
      bytes = lykta_page_to_pdf (page, self->now, error);
  }
  return bytes != NULL && lykta_atomic_file_write (self->path, bytes, 0644, error);
}
