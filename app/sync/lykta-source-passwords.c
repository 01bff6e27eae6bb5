/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-source-passwords.h"

#include <glib/gstdio.h>

#include "base/lykta-atomic-file.h"
#include "net/lykta-net-error.h"

#define FILE_NAME "passwords"
#define OTHERS    0077

static char *
path_of (const char *device_path)
{
  g_autofree char *folder = g_path_get_dirname (device_path);

  return g_build_filename (folder, FILE_NAME, NULL);
}

/* Addresses may hold what names of groups may not. */
static char *
group_of (const char *address)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);
}

/* (transfer full): empty when there is no file yet. */
static GKeyFile *
load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return g_steal_pointer (&file);
  if ((status.st_mode & OTHERS) != 0) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN,
                 "others may read %s: take that away (chmod 600) and change the passwords", path);
    return NULL;
  }
  /* What the key file says could quote a line. */
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL)) {
    g_set_error (error, LYKTA_NET_ERROR, LYKTA_NET_ERROR_LOGIN, "%s cannot be read", path);
    return NULL;
  }
  return g_steal_pointer (&file);
}

gboolean
lykta_source_passwords_set (const char *device_path,
                            const char *address,
                            const char *user,
                            const char *password,
                            GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *group = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize n;

  g_return_val_if_fail (device_path != NULL && address != NULL, FALSE);
  g_return_val_if_fail (user == NULL || password != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  path = path_of (device_path);
  group = group_of (address);
  file = load (path, error);
  if (file == NULL)
    return FALSE;
  g_key_file_remove_group (file, group, NULL);
  if (user != NULL) {
    g_key_file_set_string (file, group, "address", address);
    g_key_file_set_string (file, group, "user", user);
    g_key_file_set_string (file, group, "password", password);
  }
  text = g_key_file_to_data (file, &n, NULL);
  bytes = g_bytes_new_take (text, n);
  return lykta_atomic_file_write (path, bytes, 0600, error);
}

gboolean
lykta_source_passwords_get (
    const char *device_path, const char *address, char **user, char **password, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *group = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (device_path != NULL && address != NULL, FALSE);
  g_return_val_if_fail (user != NULL && password != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  *user = *password = NULL;
  path = path_of (device_path);
  group = group_of (address);
  file = load (path, error);
  if (file == NULL)
    return FALSE;
  *user = g_key_file_get_string (file, group, "user", NULL);
  if (*user != NULL)
    *password = g_key_file_get_string (file, group, "password", NULL);
  if (*password == NULL)
    g_clear_pointer (user, g_free);
  return TRUE;
}
