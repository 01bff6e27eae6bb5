/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/lykta-register-store.h"
#include "support/lykta-test.h"

/* The sealed register of a desk. All people are invented. */

typedef struct {
  LyktaTestDir *dir;
  char *path;
  LyktaClock *clock;
  LyktaRegisterStore *store;
} Fixture;

static void
fixture_open (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  self->store = lykta_register_store_open (self->path, self->clock, &error);
  g_assert_no_error (error);
}

static void
fixture_set_up (Fixture *self, const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  self->dir = lykta_test_dir_new ();
  self->path = lykta_test_dir_child (self->dir, "register.db");
  self->clock = lykta_test_clock_at ("2026-11-24T12:00:00+01:00");
  fixture_open (self);
  if (passphrase == NULL)
    return;
  lykta_register_store_set_up (self->store, passphrase, LYKTA_KEY_COST_QUICK, &error);
  g_assert_no_error (error);
}

static void
fixture_clear (Fixture *self)
{
  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->clock);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, lykta_test_dir_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gint64
add (Fixture *fixture, const char *when, const char *serial, const char *text, GError **error)
{
  g_autoptr (GBytes) entry = g_bytes_new_static (text, strlen (text));

  return lykta_register_store_add_entry (fixture->store, lykta_test_moment (when), "certificate",
                                         serial, entry, error);
}

static gboolean
collect (gint64 row, const char *kind, const char *serial, GBytes *entry, gpointer user_data)
{
  GString *out = user_data;

  g_string_append_printf (out, "%s=", serial != NULL ? serial : "-");
  g_string_append_len (out, g_bytes_get_data (entry, NULL), (gssize)g_bytes_get_size (entry));
  g_string_append_c (out, ';');
  return TRUE;
}

static char *
read_all (Fixture *fixture, LyktaSecretKey *key, const char *month)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  lykta_register_store_read (fixture->store, key, month, collect, out, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
test_serials (void)
{
  g_auto (Fixture) fixture = {0};
  fixture_set_up (&fixture, NULL);

  for (guint64 i = 1; i <= 3; i++)
    g_assert_cmpuint (lykta_register_store_allocate_serial (fixture.store, "A", NULL), ==, i);
  g_assert_cmpuint (lykta_register_store_allocate_serial (fixture.store, "B", NULL), ==, 1);
  fixture_open (&fixture);
  g_assert_cmpuint (lykta_register_store_allocate_serial (fixture.store, "A", NULL), ==, 4);

  /* Two at one desk never get the same. */
  g_autoptr (LyktaRegisterStore) other =
      lykta_register_store_open (fixture.path, fixture.clock, NULL);
  g_assert_cmpuint (lykta_register_store_allocate_serial (other, "A", NULL), ==, 5);
  g_assert_cmpuint (lykta_register_store_allocate_serial (fixture.store, "A", NULL), ==, 6);
}

static void
test_entries (void)
{
  g_auto (Fixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  fixture_set_up (&fixture, "tre gröna äpplen");

  g_assert_cmpint (add (&fixture, "2026-10-31T23:30:00+01:00", "A-1", "Amina, språkcafé", NULL), >,
                   0);
  g_assert_cmpint (add (&fixture, "2026-11-01T00:30:00+01:00", "A-2", "Yonas, simning", NULL), >,
                   0);
  g_assert_cmpint (add (&fixture, "2026-11-20T12:00:00+01:00", NULL, "Olena, kör", NULL), >, 0);
  g_assert_cmpint (lykta_register_store_count (fixture.store, NULL), ==, 3);
  g_assert_cmpint (add (&fixture, "2026-11-20T12:00:00+01:00", "A-2", "again", &error), ==, 0);
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED);
  fixture_open (&fixture);
  g_autoptr (LyktaSecretKey) key =
      lykta_register_store_unlock (fixture.store, "tre gröna äpplen", NULL);
  g_autofree char *all = read_all (&fixture, key, NULL);
  g_autofree char *november = read_all (&fixture, key, "2026-11");
  g_autofree char *december = read_all (&fixture, key, "2026-12");
  g_assert_cmpstr (all, ==, "A-1=Amina, språkcafé;A-2=Yonas, simning;-=Olena, kör;");
  g_assert_cmpstr (november, ==, "A-2=Yonas, simning;-=Olena, kör;");
  g_assert_cmpstr (december, ==, "");
}

static gboolean
file_contains (const char *path, const char *suffix, const char *text)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  g_autofree char *content = NULL;
  gsize size = 0;

  return g_file_get_contents (name, &content, &size, NULL) &&
         memmem (content, size, text, strlen (text)) != NULL;
}

static void
test_nothing_in_the_open (void)
{
  g_auto (Fixture) fixture = {0};
  fixture_set_up (&fixture, "tre gröna äpplen");

  add (&fixture, "2026-11-20T12:00:00+01:00", "A-1", "Amina Exempelsson", NULL);
  g_assert_true (file_contains (fixture.path, "-wal", "A-1"));
  for (guint closed = 0; closed < 2; closed++) {
    g_assert_false (file_contains (fixture.path, "", "Exempelsson"));
    g_assert_false (file_contains (fixture.path, "-wal", "Exempelsson"));
    g_assert_false (file_contains (fixture.path, "", "äpplen"));
    fixture_open (&fixture);
  }
}

static void
test_passphrases (void)
{
  g_auto (Fixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  fixture_set_up (&fixture, NULL);

  g_assert_false (lykta_register_store_is_set_up (fixture.store));
  g_assert_null (lykta_register_store_unlock (fixture.store, "x", &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (add (&fixture, "2026-11-20T12:00:00+01:00", NULL, "x", &error), ==, 0);
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (lykta_register_store_set_up (fixture.store, "ett", LYKTA_KEY_COST_QUICK, &error));
  g_assert_true (lykta_register_store_is_set_up (fixture.store));
  g_assert_false (lykta_register_store_set_up (fixture.store, "två", LYKTA_KEY_COST_QUICK, &error));
  g_assert_error (error, LYKTA_STORE_ERROR, LYKTA_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (lykta_register_store_unlock (fixture.store, "två", &error));
  g_assert_error (error, LYKTA_TRUST_ERROR, LYKTA_TRUST_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);

  add (&fixture, "2026-11-20T12:00:00+01:00", "A-1", "Amina", NULL);
  g_autoptr (LyktaSecretKey) key = lykta_register_store_unlock (fixture.store, "ett", NULL);
  g_assert_true (lykta_register_store_change_passphrase (fixture.store, key, "tre",
                                                         LYKTA_KEY_COST_QUICK, NULL));
  g_assert_null (lykta_register_store_unlock (fixture.store, "ett", NULL));
  g_autoptr (LyktaSecretKey) same = lykta_register_store_unlock (fixture.store, "tre", NULL);
  g_autofree char *all = read_all (&fixture, same, NULL);
  g_assert_cmpstr (all, ==, "A-1=Amina;");
}

static void
test_forgetting (void)
{
  g_auto (Fixture) fixture = {0};
  guint n = 0;
  fixture_set_up (&fixture, "ett");

  add (&fixture, "2026-09-20T12:00:00+02:00", "A-1", "Amina", NULL);
  add (&fixture, "2026-10-20T12:00:00+02:00", "A-2", "Yonas", NULL);
  add (&fixture, "2026-11-20T12:00:00+01:00", "A-3", "Olena", NULL);
  g_assert_true (lykta_register_store_forget_before (
      fixture.store, lykta_test_moment ("2026-11-30T12:00:00+01:00"), &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  g_autoptr (LyktaSecretKey) key = lykta_register_store_unlock (fixture.store, "ett", NULL);
  g_autofree char *all = read_all (&fixture, key, NULL);
  g_assert_cmpstr (all, ==, "A-3=Olena;");
  g_assert_false (file_contains (fixture.path, "", "A-1"));
  g_assert_false (file_contains (fixture.path, "-wal", "A-1"));
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/store/register/serials", test_serials);
  g_test_add_func ("/store/register/entries", test_entries);
  g_test_add_func ("/store/register/nothing-in-the-open", test_nothing_in_the_open);
  g_test_add_func ("/store/register/passphrases", test_passphrases);
  g_test_add_func ("/store/register/forgetting", test_forgetting);
  return g_test_run ();
}
