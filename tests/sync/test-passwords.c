/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "net/lykta-net-error.h"
#include "support/lykta-test.h"
#include "sync/lykta-source-passwords.h"

#define ADDRESS "https://cal.example.org/[a]"
#define OTHER   "https://cal.example.org/b"

typedef struct {
  LyktaTestDir *dir; /* (owned) */
  char *device;      /* (owned) */
  char *path;        /* (owned) of the passwords */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = lykta_test_dir_new ();
  self->device = lykta_test_dir_child (self->dir, "device.db");
  self->path = lykta_test_dir_child (self->dir, "passwords");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->device);
  g_free (self->path);
  lykta_test_dir_free (self->dir);
}

static void
assert_kept (Fixture *self, const char *address, const char *user, const char *password)
{
  g_autofree char *got_user = NULL;
  g_autofree char *got_password = NULL;
  g_autoptr (GError) error = NULL;

  lykta_source_passwords_get (self->device, address, &got_user, &got_password, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got_user, ==, user);
  g_assert_cmpstr (got_password, ==, password);
}

static void
test_keep (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  assert_kept (self, ADDRESS, NULL, NULL);
  g_assert_true (lykta_source_passwords_set (self->device, ADDRESS, "sara", " l\\ö=;#v ", &error));
  g_assert_no_error (error);
  g_assert_true (lykta_source_passwords_set (self->device, OTHER, "åsa", "b", &error));
  assert_kept (self, ADDRESS, "sara", " l\\ö=;#v ");
  assert_kept (self, OTHER, "åsa", "b");
  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (lykta_source_passwords_set (self->device, ADDRESS, NULL, NULL, &error));
  assert_kept (self, ADDRESS, NULL, NULL);
  assert_kept (self, OTHER, "åsa", "b");
}

static void
test_refuse (Fixture *self, gconstpointer data)
{
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;

  lykta_source_passwords_set (self->device, ADDRESS, "sara", "secret", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (self->path, 0640), ==, 0);
  g_assert_false (lykta_source_passwords_get (self->device, ADDRESS, &user, &password, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN);
  g_clear_error (&error);
  g_assert_false (lykta_source_passwords_set (self->device, ADDRESS, "sara", "new", &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN);
  g_clear_error (&error);
  /* Nothing of a damaged file is told. */
  g_assert_true (
      g_file_set_contents_full (self->path, "secret", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_cmpint (g_chmod (self->path, 0600), ==, 0);
  g_assert_false (lykta_source_passwords_get (self->device, ADDRESS, &user, &password, &error));
  g_assert_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_null (user);
  g_assert_null (password);
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add ("/sync/passwords/keep", Fixture, NULL, set_up, test_keep, tear_down);
  g_test_add ("/sync/passwords/refuse", Fixture, NULL, set_up, test_refuse, tear_down);
  return g_test_run ();
}
