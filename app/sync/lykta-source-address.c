/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-source-address.h"

#include <gio/gio.h>
#include <string.h>

#include "net/lykta-fetcher.h"
#include "text/lykta-language.h"

#define SAMPLE_ADDRESS "sample:"
#define LANGUAGE       "{lang}"

#define LYKTA_SOURCE_DAV_PREFIX "caldav+"

G_DEFINE_QUARK (lykta - address - error - quark, lykta_address_error)

/* Braces are escaped by everything that makes addresses; ours must be found again. */
static char *
keep_language (char *address)
{
  g_autoptr (GString) text = NULL;

  if (address == NULL)
    return NULL;
  text = g_string_new (address);
  g_free (address);
  g_string_replace (text, "%7Blang%7D", LANGUAGE, 0);
  g_string_replace (text, "%7blang%7d", LANGUAGE, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
address_of_path (const char *path, const char *cwd, const char *home, GError **error)
{
  g_autofree char *from_home = NULL;
  g_autofree char *absolute = NULL;

  if (g_str_equal (path, "~"))
    path = home;
  else if (g_str_has_prefix (path, "~/"))
    path = from_home = g_build_filename (home, path + 2, NULL);
  absolute = g_canonicalize_filename (path, cwd);
  return keep_language (g_filename_to_uri (absolute, NULL, error));
}

static char *
address_of_file_uri (const char *text, GError **error)
{
  g_autofree char *host = NULL;
  g_autofree char *path = g_filename_from_uri (text, &host, NULL);
  g_autofree char *absolute = NULL;

  if (path == NULL || (host != NULL && g_ascii_strcasecmp (host, "localhost") != 0)) {
    g_set_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_INVALID,
                 "%s is not the address of a file here: write file:///folder/name.ics", text);
    return NULL;
  }
  absolute = g_canonicalize_filename (path, "/");
  return keep_language (g_filename_to_uri (absolute, NULL, error));
}

static gboolean
check_web_address (GUri *uri, gboolean is_safe, const char *text, GError **error)
{
  if (g_uri_get_userinfo (uri) != NULL) {
    g_set_error_literal (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_CREDENTIALS,
                         "leave the user name and password out of the address");
    return FALSE;
  }
  if (!is_safe && !lykta_fetcher_is_loopback (g_uri_get_host (uri))) {
    g_set_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_NOT_SECURE,
                 "%s is not secure: write https:// instead of http://", text);
    return FALSE;
  }
  return TRUE;
}

static char *
address_of_web_uri (const char *text, gboolean is_secure, gboolean is_signed, GError **error)
{
  GUriFlags flags = G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD;
  g_autoptr (GUri) uri =
      strpbrk (text, " \t\"<>\\") == NULL ? g_uri_parse (text, flags, NULL) : NULL;
  g_autofree char *host = NULL;
  const char *path;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0') {
    g_set_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_INVALID,
                 "%s is not an address: write https://host/path", text);
    return NULL;
  }
  if (!check_web_address (uri, is_secure || is_signed, text, error))
    return NULL;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  path = *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/";
  return keep_language (g_uri_join (flags, is_secure ? "https" : "http", NULL, host,
                                    g_uri_get_port (uri), path, g_uri_get_query (uri), NULL));
}

/* "caldav+https://host/path#name": its one form keeps what says which of the calendars. */
static char *
address_of_dav_uri (const char *text, gboolean is_secure, GError **error)
{
  const char *inner = text + strlen (LYKTA_SOURCE_DAV_PREFIX);
  const char *name = strchr (inner, '#');
  g_autofree char *address = address_of_web_uri (inner, is_secure, FALSE, error);

  if (address == NULL)
    return NULL;
  if (lykta_source_address_has_language (address)) {
    g_set_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_INVALID,
                 "%s: a calendar server has no {lang}; name each calendar", text);
    return NULL;
  }
  return g_strconcat (LYKTA_SOURCE_DAV_PREFIX, address, name, NULL);
}

static char *
address_with_scheme (const char *text, const char *scheme, gboolean is_signed, GError **error)
{
  if (g_str_equal (scheme, "https") || g_str_equal (scheme, "webcal") ||
      g_str_equal (scheme, "webcals"))
    return address_of_web_uri (text, TRUE, is_signed, error);
  if (g_str_equal (scheme, "http"))
    return address_of_web_uri (text, FALSE, is_signed, error);
  if (g_str_equal (scheme, LYKTA_SOURCE_DAV_PREFIX "https") ||
      g_str_equal (scheme, LYKTA_SOURCE_DAV_PREFIX "http"))
    return address_of_dav_uri (text, g_str_has_suffix (scheme, "s"), error);
  if (g_str_equal (scheme, "file"))
    return address_of_file_uri (text, error);
  if (g_ascii_strcasecmp (text, SAMPLE_ADDRESS) == 0)
    return g_strdup (SAMPLE_ADDRESS);
  g_set_error (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_SCHEME,
               "%s: addresses cannot be read: write https://…, or ./%s for a file of that name",
               scheme, text);
  return NULL;
}

static gboolean
has_control_characters (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return TRUE;
  return FALSE;
}

char *
lykta_source_address_normalise (const char *text, const char *cwd, const char *home, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *normal = NULL;
  g_autofree char *scheme = NULL;
  const char *peeked;
  const char *key;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (cwd != NULL && g_path_is_absolute (cwd), NULL);
  g_return_val_if_fail (home != NULL && g_path_is_absolute (home), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  trimmed = g_strstrip (g_strdup (text));
  if (*trimmed == '\0') {
    g_set_error_literal (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_EMPTY,
                         "no address: write https://…, or the path of a file or folder");
    return NULL;
  }
  if (has_control_characters (trimmed)) {
    g_set_error_literal (error, LYKTA_ADDRESS_ERROR, LYKTA_ADDRESS_ERROR_INVALID,
                         "the address holds characters that cannot be printed");
    return NULL;
  }
  plain = lykta_source_address_without_key (trimmed);
  key = trimmed + strlen (plain);
  peeked = g_uri_peek_scheme (plain);
  if (peeked != NULL)
    scheme = g_ascii_strdown (peeked, -1);
  normal = scheme == NULL ? address_of_path (plain, cwd, home, error)
                          : address_with_scheme (plain, scheme, *key != '\0', error);
  /* The key as it was written, or nothing. */
  return normal != NULL ? g_strconcat (normal, key, NULL) : NULL;
}

gboolean
lykta_source_address_has_language (const char *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  return strstr (address, LANGUAGE) != NULL;
}

char *
lykta_source_address_for_language (const char *address, const char *language)
{
  GString *text;

  g_return_val_if_fail (address != NULL && language != NULL, NULL);

  text = g_string_new (address);
  g_string_replace (text, LANGUAGE, lykta_language_feed_tag (language), 0);
  return g_string_free (text, FALSE);
}

char *
lykta_source_address_get_dav (const char *address, char **calendar)
{
  const char *inner;
  const char *name;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (calendar != NULL, NULL);

  *calendar = NULL;
  if (!g_str_has_prefix (address, LYKTA_SOURCE_DAV_PREFIX))
    return NULL;
  inner = address + strlen (LYKTA_SOURCE_DAV_PREFIX);
  name = strchr (inner, '#');
  if (name == NULL)
    return g_strdup (inner);
  if (name[1] != '\0')
    *calendar = g_uri_unescape_string (name + 1, NULL);
  return g_strndup (inner, (gsize)(name - inner));
}

gboolean
lykta_source_address_is_local (const char *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  return g_str_has_prefix (address, "file:") || g_str_has_prefix (address, SAMPLE_ADDRESS);
}

gboolean
lykta_source_address_is_offline (const char *address)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  if (lykta_source_address_is_local (address))
    return TRUE;
  uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  return uri != NULL && lykta_fetcher_is_loopback (g_uri_get_host (uri));
}
