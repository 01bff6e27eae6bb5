/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-tool-password.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/lykta-source-address.h"
#include "sync/lykta-source-passwords.h"

#define MAX_BYTES 1024
#define OTHERS    0077

/* The first line of @fd. NULL when there is none that could be a password. (transfer full) */
static char *
read_line (int fd)
{
  char text[MAX_BYTES + 1] = "";
  gsize n = 0;

  while (n < MAX_BYTES && memchr (text, '\n', n) == NULL) {
    gssize got = read (fd, text + n, MAX_BYTES - n);

    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      break;
    n += (gsize)got;
  }
  text[strcspn (text, "\r\n")] = '\0';
  return *text != '\0' && n < MAX_BYTES && g_utf8_validate (text, -1, NULL) ? g_strdup (text)
                                                                            : NULL;
}

static char *
read_password (const char *file, int *code)
{
  struct stat status;
  char *password;
  int fd = STDIN_FILENO;

  if (!g_str_equal (file, "-")) {
    fd = open (file, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat (fd, &status) == 0 && (status.st_mode & OTHERS) != 0) {
      close (fd);
      /* Translators: “chmod 600” is a command and stays as it is. */
      *code = lykta_tool_usage (_ ("Others can read %s: run “chmod 600” on it first."), file);
      return NULL;
    }
  }
  password = fd >= 0 ? read_line (fd) : NULL;
  if (fd > STDIN_FILENO)
    close (fd);
  if (password == NULL)
    *code = lykta_tool_usage (_ ("There is no password in %s."), file);
  return password;
}

/* As for fetching; NULL when @address is on no calendar server. (transfer full) */
static char *
server_address (const char *address, LyktaFormat format)
{
  g_autofree char *calendar = NULL;
  char *plain = lykta_source_address_get_dav (address, &calendar);

  return plain != NULL || format != LYKTA_FORMAT_CALDAV ? plain : g_strdup (address);
}

int
lykta_tool_keep_password (LyktaTool *tool,
                          const char *user,
                          const char *file,
                          const char *const *addresses,
                          LyktaFormat format)
{
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;
  int code = LYKTA_TOOL_OK;
  guint n_kept = 0;

  if (user == NULL && file == NULL)
    return LYKTA_TOOL_OK;
  if (user != NULL && file != NULL && *user != '\0') {
    password = read_password (file, &code);
    if (password == NULL)
      return code;
  }
  for (gsize i = 0; password != NULL && addresses[i] != NULL; i++) {
    g_autofree char *server = server_address (addresses[i], format);

    if (server == NULL)
      continue;
    if (!lykta_source_passwords_set (lykta_tool_get_device_path (tool), server, user, password,
                                     &error))
      return lykta_tool_fail_error (error);
    n_kept++;
  }
  if (n_kept > 0)
    return LYKTA_TOOL_OK;
  return lykta_tool_usage (
      /* Translators: words that begin with -- and “caldav+https” are typed and stay as they are. */
      _ ("--user and --password-file go together, with the address of a calendar server "
         "(caldav+https)."));
}

gboolean
lykta_tool_lend_passwords (LyktaTool *tool,
                           const char *device_path,
                           const char *const *addresses,
                           GError **error)
{
  for (gsize i = 0; addresses[i] != NULL; i++) {
    g_autofree char *server = server_address (addresses[i], LYKTA_FORMAT_AUTO);
    g_autofree char *user = NULL;
    g_autofree char *password = NULL;

    if (server == NULL)
      continue;
    if (!lykta_tool_open (tool, error) ||
        !lykta_source_passwords_get (lykta_tool_get_device_path (tool), server, &user, &password,
                                     error) ||
        (user != NULL && !lykta_source_passwords_set (device_path, server, user, password, error)))
      return FALSE;
  }
  return TRUE;
}
