/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/lykta-certificate-desk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lykta-atomic-file.h"
#include "paper/lykta-certificate-page.h"
#include "text/lykta-language.h"

/* Only who saved it reads it. */
#define FILE_MODE 0600

#define FIELD(suffix) LYKTA_CERTIFICATE_FIELD_##suffix

struct _LyktaCertificateDesk {
  GObject parent_instance;

  LyktaClock *clock;         /* (owned) */
  LyktaGazetteer *gazetteer; /* (owned) (nullable) */
  LyktaPrinter *printer;     /* (owned) */
  char *locale_dir;          /* (owned) */

  LyktaCertificateForm *form; /* (owned) (nullable): none is open */
  LyktaCertificateRules rules;
  gboolean is_unreadable[LYKTA_CERTIFICATE_N_FIELDS]; /* what was written made no sense */
  gboolean is_validity_by_hand;
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (lykta - desk - error - quark, lykta_desk_error)
/* On pages that were made to be filled in by hand. */
static G_DEFINE_QUARK (lykta - desk - blank - quark, lykta_desk_blank)
G_DEFINE_FINAL_TYPE (LyktaCertificateDesk, lykta_certificate_desk, G_TYPE_OBJECT)

static void
lykta_certificate_desk_dispose (GObject *object)
{
  LyktaCertificateDesk *self = LYKTA_CERTIFICATE_DESK (object);

  g_clear_pointer (&self->form, lykta_certificate_form_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->gazetteer);
  g_clear_object (&self->printer);

  G_OBJECT_CLASS (lykta_certificate_desk_parent_class)->dispose (object);
}

static void
lykta_certificate_desk_finalize (GObject *object)
{
  g_free (LYKTA_CERTIFICATE_DESK (object)->locale_dir);

  G_OBJECT_CLASS (lykta_certificate_desk_parent_class)->finalize (object);
}

static void
lykta_certificate_desk_class_init (LyktaCertificateDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lykta_certificate_desk_dispose;
  object_class->finalize = lykta_certificate_desk_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LYKTA_TYPE_CERTIFICATE_DESK, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lykta_certificate_desk_init (LyktaCertificateDesk *self)
{
  self->rules = *lykta_certificate_rules_default ();
}

LyktaCertificateDesk *
lykta_certificate_desk_new (LyktaClock *clock,
                            LyktaGazetteer *gazetteer,
                            LyktaPrinter *printer,
                            const char *locale_dir)
{
  LyktaCertificateDesk *self;

  g_return_val_if_fail (LYKTA_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (gazetteer == NULL || LYKTA_IS_GAZETTEER (gazetteer), NULL);
  g_return_val_if_fail (LYKTA_IS_PRINTER (printer), NULL);
  g_return_val_if_fail (locale_dir != NULL, NULL);

  self = g_object_new (LYKTA_TYPE_CERTIFICATE_DESK, NULL);
  self->clock = g_object_ref (clock);
  self->gazetteer = gazetteer != NULL ? g_object_ref (gazetteer) : NULL;
  self->printer = g_object_ref (printer);
  self->locale_dir = g_strdup (locale_dir);
  return self;
}

LyktaPrinter *
lykta_certificate_desk_get_printer (LyktaCertificateDesk *self)
{
  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);

  return self->printer;
}

/* Takes @form (nullable). */
static void
take_form (LyktaCertificateDesk *self, LyktaCertificateForm *form)
{
  g_clear_pointer (&self->form, lykta_certificate_form_unref);
  self->form = form;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
forget_input (LyktaCertificateDesk *self)
{
  memset (self->is_unreadable, 0, sizeof self->is_unreadable);
  self->is_validity_by_hand = FALSE;
}

void
lykta_certificate_desk_begin (LyktaCertificateDesk *self,
                              LyktaActivity *activity,
                              GArray *occurrences,
                              gboolean open_ended,
                              const char *second_language)
{
  LyktaDate today;

  g_return_if_fail (LYKTA_IS_CERTIFICATE_DESK (self));
  g_return_if_fail (LYKTA_IS_ACTIVITY (activity));

  today = lykta_date_of_moment (lykta_clock_now (self->clock));
  forget_input (self);
  take_form (self, lykta_certificate_form_from_activity (activity, occurrences, open_ended,
                                                         self->gazetteer, today, second_language));
}

void
lykta_certificate_desk_end (LyktaCertificateDesk *self)
{
  g_return_if_fail (LYKTA_IS_CERTIFICATE_DESK (self));

  forget_input (self);
  take_form (self, NULL);
}

LyktaCertificateForm *
lykta_certificate_desk_get_form (LyktaCertificateDesk *self)
{
  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);

  return self->form;
}

void
lykta_certificate_desk_set_rules (LyktaCertificateDesk *self, const LyktaCertificateRules *rules)
{
  g_return_if_fail (LYKTA_IS_CERTIFICATE_DESK (self));
  g_return_if_fail (rules != NULL);

  self->rules = *rules;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Whether the last day of validity depends on @field. */
static gboolean
moves_validity (LyktaCertificateField field)
{
  return field == FIELD (ISSUE_DATE) || field == FIELD (PERIOD_TO) || field == FIELD (BASIS_TO);
}

static void
update_validity (LyktaCertificateDesk *self, LyktaCertificateFormBuilder *builder)
{
  g_autoptr (LyktaCertificateForm) form = lykta_certificate_form_builder_end (builder);
  LyktaDate valid_to = lykta_certificate_default_valid_to (
      lykta_certificate_form_get_date (form, FIELD (ISSUE_DATE)),
      lykta_certificate_form_get_date (form, FIELD (BASIS_TO)),
      lykta_certificate_form_get_date (form, FIELD (PERIOD_TO)), self->rules.validity_months);

  lykta_certificate_form_builder_set_date (builder, FIELD (VALID_TO), valid_to);
}

gboolean
lykta_certificate_desk_set_field (LyktaCertificateDesk *self,
                                  LyktaCertificateField field,
                                  const char *text)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = NULL;
  gboolean was_read;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), FALSE);
  g_return_val_if_fail ((guint)field < LYKTA_CERTIFICATE_N_FIELDS, FALSE);
  g_return_val_if_fail (self->form != NULL, FALSE);

  builder = lykta_certificate_form_builder_new_from (self->form);
  was_read = lykta_certificate_form_builder_set_field (builder, field, text);
  if (!was_read && lykta_certificate_field_get_kind (field) != LYKTA_CERTIFICATE_KIND_NONE)
    lykta_certificate_form_builder_set_field (builder, field, NULL);
  self->is_unreadable[field] = !was_read;
  if (field == FIELD (VALID_TO))
    self->is_validity_by_hand = text != NULL && text[0] != '\0';
  if ((moves_validity (field) || field == FIELD (VALID_TO)) && was_read &&
      !self->is_validity_by_hand)
    update_validity (self, builder);
  take_form (self, lykta_certificate_form_builder_end (builder));
  return was_read;
}

void
lykta_certificate_desk_set_second_language (LyktaCertificateDesk *self, const char *language)
{
  g_autoptr (LyktaCertificateFormBuilder) builder = NULL;

  g_return_if_fail (LYKTA_IS_CERTIFICATE_DESK (self));
  g_return_if_fail (self->form != NULL);

  builder = lykta_certificate_form_builder_new_from (self->form);
  lykta_certificate_form_builder_set_second_language (builder, language);
  take_form (self, lykta_certificate_form_builder_end (builder));
}

const char **
lykta_certificate_desk_list_second_languages (LyktaCertificateDesk *self)
{
  static const char *const tags[] = {"en", "ar", "fa",  "fa-AF", "ps", "so", "ti", "am",
                                     "uk", "ru", "ckb", "ku",    "tr", "fr", "es"};
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    g_autoptr (LyktaCatalogue) catalogue = lykta_catalogue_new (self->locale_dir, tags[i]);

    if (lykta_certificate_page_speaks (catalogue))
      g_ptr_array_add (found, (gpointer)lykta_language_canonical (tags[i]));
  }
  g_ptr_array_add (found, NULL);
  return (const char **)g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const LyktaCertificateProblem *one = a, *other = b;

  return one->field != other->field ? (int)one->field - (int)other->field
                                    : (int)one->code - (int)other->code;
}

/* What could not be read counts as that, not as missing. */
static void
mark_unreadable (LyktaCertificateDesk *self, GArray *problems)
{
  for (guint i = 0; i < LYKTA_CERTIFICATE_N_FIELDS; i++) {
    LyktaCertificateProblem problem = {i, LYKTA_CERTIFICATE_PROBLEM_IMPOSSIBLE};

    if (!self->is_unreadable[i])
      continue;
    for (guint j = problems->len; j > 0; j--) {
      if (g_array_index (problems, LyktaCertificateProblem, j - 1).field == i)
        g_array_remove_index (problems, j - 1);
    }
    g_array_append_val (problems, problem);
  }
}

GArray *
lykta_certificate_desk_validate (LyktaCertificateDesk *self)
{
  LyktaCertificateProblem unprintable = {.code = LYKTA_CERTIFICATE_PROBLEM_UNPRINTABLE};
  GArray *problems;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);
  g_return_val_if_fail (self->form != NULL, NULL);

  problems = lykta_certificate_form_validate (self->form, &self->rules);
  mark_unreadable (self, problems);
  if (lykta_certificate_find_unprintable (self->form, &unprintable.field, NULL))
    g_array_append_val (problems, unprintable);
  g_array_sort (problems, compare_problems);
  return problems;
}

gboolean
lykta_certificate_desk_get_problem (LyktaCertificateDesk *self,
                                    LyktaCertificateField field,
                                    LyktaCertificateProblemCode *code)
{
  g_autoptr (GArray) problems = NULL;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  problems = lykta_certificate_desk_validate (self);
  for (guint i = 0; problems != NULL && i < problems->len; i++) {
    const LyktaCertificateProblem *problem = &g_array_index (problems, LyktaCertificateProblem, i);

    if (problem->field == field) {
      *code = problem->code;
      return TRUE;
    }
  }
  return FALSE;
}

/* (transfer full) (nullable) */
static LyktaCatalogue *
open_catalogue (LyktaCertificateDesk *self, const char *language)
{
  return language != NULL ? lykta_catalogue_new (self->locale_dir, language) : NULL;
}

LyktaPage *
lykta_certificate_desk_make_page (LyktaCertificateDesk *self)
{
  g_autoptr (LyktaCatalogue) second = NULL;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);
  g_return_val_if_fail (self->form != NULL, NULL);

  second = open_catalogue (self, lykta_certificate_form_get_second_language (self->form));
  return lykta_certificate_page_new (self->form, second, LYKTA_CERTIFICATE_PAGE_DRAFT);
}

/* Activity and organiser of the open form; nothing about a person or a day. */
static LyktaCertificateForm *
make_impersonal (LyktaCertificateDesk *self)
{
  static const LyktaCertificateField personal[] = {
      FIELD (HOLDER_NAME), FIELD (LMA_NUMBER), FIELD (BIRTH_DATE), FIELD (ISSUE_DATE),
      FIELD (VALID_TO),    FIELD (SIGNATORY),  FIELD (SERIAL),     FIELD (N_OCCASIONS),
  };
  g_autoptr (LyktaCertificateFormBuilder) builder =
      lykta_certificate_form_builder_new_from (self->form);

  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    lykta_certificate_form_builder_set_field (builder, personal[i], NULL);
  return lykta_certificate_form_builder_end (builder);
}

LyktaPage *
lykta_certificate_desk_make_blank (LyktaCertificateDesk *self,
                                   const char *second_language,
                                   gboolean with_activity)
{
  g_autoptr (LyktaCertificateForm) form = NULL;
  g_autoptr (LyktaCatalogue) second = NULL;
  LyktaPage *page;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);
  g_return_val_if_fail (!with_activity || self->form != NULL, NULL);

  form = with_activity ? make_impersonal (self) : lykta_certificate_form_new_empty ();
  second = open_catalogue (self, second_language);
  page = lykta_certificate_page_new (form, second, LYKTA_CERTIFICATE_PAGE_BLANK);
  g_object_set_qdata (G_OBJECT (page), lykta_desk_blank_quark (), GINT_TO_POINTER (TRUE));
  return page;
}

static gboolean
is_blank (LyktaPage *page)
{
  return g_object_get_qdata (G_OBJECT (page), lykta_desk_blank_quark ()) != NULL;
}

char *
lykta_certificate_desk_suggest_file_name (LyktaCertificateDesk *self, gboolean blank)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);

  if (blank)
    return g_strdup ("intyg-blankett.pdf");
  date = lykta_date_to_string (lykta_date_of_moment (lykta_clock_now (self->clock)));
  return g_strdup_printf ("intyg-utkast-%s.pdf", date);
}

/* FALSE, and why, when @page must not leave the desk. */
static gboolean
check_page (LyktaCertificateDesk *self, LyktaPage *page, GError **error)
{
  g_autoptr (GArray) problems = NULL;

  if (!lykta_paper_check_fonts (error))
    return FALSE;
  if (is_blank (page))
    return TRUE;
  if (self->form == NULL) {
    g_set_error_literal (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_NOT_BEGUN, "No form is open");
    return FALSE;
  }
  if (lykta_certificate_find_unprintable (self->form, NULL, NULL)) {
    g_set_error_literal (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_UNPRINTABLE,
                         "The form holds characters that no font can show");
    return FALSE;
  }
  problems = lykta_certificate_desk_validate (self);
  if (problems->len > 0) {
    const LyktaCertificateProblem *first = &g_array_index (problems, LyktaCertificateProblem, 0);

    g_set_error (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_PROBLEMS,
                 "The rules refuse the form (%s: %s, and %u more)",
                 lykta_certificate_field_to_token (first->field),
                 lykta_certificate_problem_to_token (first->code), problems->len - 1);
    return FALSE;
  }
  return TRUE;
}

GBytes *
lykta_certificate_desk_make_pdf (LyktaCertificateDesk *self, LyktaPage *page, GError **error)
{
  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), NULL);
  g_return_val_if_fail (LYKTA_IS_PAGE (page), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_page (self, page, error))
    return NULL;
  return lykta_page_to_pdf (page, lykta_clock_now (self->clock), error);
}

/* The name of the file stays out of the message: people put names of people into it. */
static gboolean
set_write_error (GError **error, int saved_errno)
{
  if (saved_errno == EEXIST)
    g_set_error_literal (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_EXISTS,
                         "There is a file of that name already");
  else
    g_set_error (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_WRITE,
                 "The file could not be written: %s", g_strerror (saved_errno));
  return FALSE;
}

/* Gives the file that is written its name unless the name is taken, in one step. */
static gboolean
move_without_replacing (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (link (from, to) != 0)
    return FALSE;
  unlink (from);
  return TRUE;
}

static gboolean
write_new (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *part = g_strdup_printf ("%s.part-%d", path, (int)getpid ());
  g_autoptr (GError) local_error = NULL;
  int saved_errno;

  if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return set_write_error (error, EEXIST);
  if (!lykta_atomic_file_write (part, bytes, FILE_MODE, &local_error)) {
    g_set_error (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_WRITE,
                 "The file could not be written (%s %d)", g_quark_to_string (local_error->domain),
                 local_error->code);
    return FALSE;
  }
  if (move_without_replacing (part, path))
    return TRUE;
  saved_errno = errno;
  unlink (part);
  return set_write_error (error, saved_errno);
}

gboolean
lykta_certificate_desk_save (LyktaCertificateDesk *self,
                             LyktaPage *page,
                             const char *path,
                             gboolean may_replace,
                             GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (LYKTA_IS_CERTIFICATE_DESK (self), FALSE);
  g_return_val_if_fail (LYKTA_IS_PAGE (page), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  pdf = lykta_certificate_desk_make_pdf (self, page, error);
  if (pdf == NULL)
    return FALSE;
  if (!may_replace)
    return write_new (path, pdf, error);
  if (lykta_atomic_file_write (path, pdf, FILE_MODE, &local_error))
    return TRUE;
  g_set_error (error, LYKTA_DESK_ERROR, LYKTA_DESK_ERROR_WRITE,
               "The file could not be written (%s %d)", g_quark_to_string (local_error->domain),
               local_error->code);
  return FALSE;
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LyktaPrintJob *job = lykta_print_job_submit_finish (result, &error);

  if (job != NULL)
    g_task_return_pointer (task, job, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
lykta_certificate_desk_print_async (LyktaCertificateDesk *self,
                                    LyktaPage *page,
                                    const char *queue,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) pdf = NULL;
  GError *error = NULL;

  g_return_if_fail (LYKTA_IS_CERTIFICATE_DESK (self));
  g_return_if_fail (LYKTA_IS_PAGE (page));
  g_return_if_fail (queue != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lykta_certificate_desk_print_async);
  g_task_set_check_cancellable (task, FALSE);
  pdf = lykta_certificate_desk_make_pdf (self, page, &error);
  if (pdf == NULL) {
    g_task_return_error (task, error);
    return;
  }
  lykta_print_job_submit_async (self->printer, queue, pdf, lykta_page_get_title (page), 1, 0,
                                cancellable, on_submitted, g_steal_pointer (&task));
}

LyktaPrintJob *
lykta_certificate_desk_print_finish (LyktaCertificateDesk *self,
                                     GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
