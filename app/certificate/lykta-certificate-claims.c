/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificate/lykta-certificate-claims.h"

#include <string.h>

#include "certificate/lykta-cbor-private.h"

#define VERSION 1

/* Registered claims of RFC 8392, then ours in the range for private use. */
enum {
  CLAIM_ISSUER = 1,
  CLAIM_EXPIRATION = 4,
  CLAIM_NOT_BEFORE = 5,
  CLAIM_ID = 7,
  CLAIM_CERTIFICATE = -65537,
};

/* Keys of the map under CLAIM_CERTIFICATE. */
enum {
  KEY_VERSION,
  KEY_HOLDER,
  KEY_ACTIVITY,
  KEY_PLACE,
  KEY_PERIOD_FROM,
  KEY_PERIOD_TO,
  KEY_USE,
  KEY_STATUS_INDEX,
};

/* Bytes of UTF-8 that a text may take, so that the code stays readable on poor paper. */
#define MOST_HOLDER_BYTES 96
#define MOST_TEXT_BYTES   48
#define MOST_SERIAL_BYTES 32
#define ELLIPSIS          "…"
/* Days since 1970 that a certificate can have: 2000-01-01 to 2199-12-31. */
#define FIRST_DAY 10957
#define LAST_DAY  84005

struct _LyktaCertificateClaims {
  char *serial;
  char *issuer;
  char *holder_name;
  char *activity;
  char *place; /* (nullable) */
  LyktaDate period_from;
  LyktaDate period_to;
  LyktaDate valid_from;
  LyktaDate valid_to;
  LyktaCertificateUse use;
  gint32 status_index;
};

G_DEFINE_BOXED_TYPE (LyktaCertificateClaims,
                     lykta_certificate_claims,
                     lykta_certificate_claims_ref,
                     lykta_certificate_claims_unref)

LyktaCertificateClaims *
lykta_certificate_claims_ref (LyktaCertificateClaims *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
claims_clear (LyktaCertificateClaims *self)
{
  g_free (self->serial);
  g_free (self->issuer);
  g_free (self->holder_name);
  g_free (self->activity);
  g_free (self->place);
}

void
lykta_certificate_claims_unref (LyktaCertificateClaims *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)claims_clear);
}

/* @text in at most @most_bytes, cut before a character and marked where it had to be. */
static char *
shorten (const char *text, gsize most_bytes)
{
  if (text == NULL || strlen (text) <= most_bytes)
    return g_strdup (text);
  const char *end = g_utf8_find_prev_char (text, text + most_bytes - strlen (ELLIPSIS) + 1);
  g_autofree char *kept = g_strndup (text, end - text);
  return g_strconcat (g_strchomp (kept), ELLIPSIS, NULL);
}

static char *
join_place (LyktaCertificateForm *form)
{
  const char *place = lykta_certificate_form_get_text (form, LYKTA_CERTIFICATE_FIELD_PLACE);
  const char *town = lykta_certificate_form_get_text (form, LYKTA_CERTIFICATE_FIELD_TOWN);
  g_autofree char *line = NULL;

  if (place == NULL || town == NULL)
    return shorten (place != NULL ? place : town, MOST_TEXT_BYTES);
  line = g_strdup_printf ("%s, %s", place, town);
  return shorten (line, MOST_TEXT_BYTES);
}

static gboolean
is_possible_date (LyktaDate date)
{
  const gint32 day = lykta_date_is_set (date) ? lykta_date_to_day_number (date) : 0;

  return day >= FIRST_DAY && day <= LAST_DAY;
}

/* What a certificate must say to be one, whoever signed it. */
static gboolean
is_sound (LyktaCertificateClaims *self, GError **error)
{
  const char *texts[] = {self->serial, self->issuer, self->holder_name, self->activity};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i] == NULL || *texts[i] == '\0') {
      g_set_error (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_INVALID,
                   "text %u of serial, issuer, holder, activity is missing", i + 1);
      return FALSE;
    }
  }
  if (!is_possible_date (self->valid_from) || !is_possible_date (self->valid_to) ||
      !is_possible_date (self->period_from) ||
      (lykta_date_is_set (self->period_to) && !is_possible_date (self->period_to)) ||
      lykta_date_compare (self->valid_to, self->valid_from) < 0 ||
      (lykta_date_is_set (self->period_to) &&
       lykta_date_compare (self->period_to, self->period_from) < 0)) {
    g_set_error_literal (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_INVALID,
                         "the days of the certificate cannot be");
    return FALSE;
  }
  return TRUE;
}

LyktaCertificateClaims *
lykta_certificate_claims_new (LyktaCertificateForm *form, gint32 status_index, GError **error)
{
  g_return_val_if_fail (form != NULL, NULL);
  g_return_val_if_fail (
      status_index >= LYKTA_STATUS_INDEX_NONE && status_index < LYKTA_STATUS_INDEX_MAX, NULL);

#define TEXT(suffix) lykta_certificate_form_get_text (form, LYKTA_CERTIFICATE_FIELD_##suffix)
#define DATE(suffix) lykta_certificate_form_get_date (form, LYKTA_CERTIFICATE_FIELD_##suffix)
  g_autoptr (LyktaCertificateClaims) self = g_atomic_rc_box_new0 (LyktaCertificateClaims);
  self->serial = shorten (TEXT (SERIAL), MOST_SERIAL_BYTES);
  self->issuer = shorten (TEXT (ORGANISER), MOST_TEXT_BYTES);
  self->holder_name = shorten (TEXT (HOLDER_NAME), MOST_HOLDER_BYTES);
  self->activity = shorten (TEXT (ACTIVITY_NAME), MOST_TEXT_BYTES);
  self->place = join_place (form);
  self->period_from = DATE (PERIOD_FROM);
  self->period_to = DATE (PERIOD_TO);
  self->valid_from = DATE (ISSUE_DATE);
  self->valid_to = DATE (VALID_TO);
  self->use = lykta_certificate_form_get_use (form);
  self->status_index = status_index;
  if (!is_sound (self, error))
    return NULL;
  return g_steal_pointer (&self);
#undef TEXT
#undef DATE
}

#define GETTER(type, name)                                                \
  type lykta_certificate_claims_get_##name (LyktaCertificateClaims *self) \
  {                                                                       \
    g_assert (self != NULL);                                              \
    return self->name;                                                    \
  }
GETTER (const char *, serial)
GETTER (const char *, issuer)
GETTER (const char *, holder_name)
GETTER (const char *, activity)
GETTER (const char *, place)
GETTER (LyktaDate, period_from)
GETTER (LyktaDate, period_to)
GETTER (LyktaDate, valid_from)
GETTER (LyktaDate, valid_to)
GETTER (LyktaCertificateUse, use)
GETTER (gint32, status_index)
#undef GETTER

static void
add_pair_text (GByteArray *out, gint64 key, const char *text)
{
  lykta_cbor_add_int (out, key);
  lykta_cbor_add_text (out, text);
}

static void
add_pair_int (GByteArray *out, gint64 key, gint64 value)
{
  lykta_cbor_add_int (out, key);
  lykta_cbor_add_int (out, value);
}

/* The map under CLAIM_CERTIFICATE. */
static void
add_certificate (LyktaCertificateClaims *self, GByteArray *out)
{
  const gboolean has_end = lykta_date_is_set (self->period_to);
  const gboolean has_status = self->status_index != LYKTA_STATUS_INDEX_NONE;

  lykta_cbor_begin_map (out, 5u + (self->place != NULL) + has_end + has_status);
  add_pair_int (out, KEY_VERSION, VERSION);
  add_pair_text (out, KEY_HOLDER, self->holder_name);
  add_pair_text (out, KEY_ACTIVITY, self->activity);
  if (self->place != NULL)
    add_pair_text (out, KEY_PLACE, self->place);
  add_pair_int (out, KEY_PERIOD_FROM, lykta_date_to_day_number (self->period_from));
  if (has_end)
    add_pair_int (out, KEY_PERIOD_TO, lykta_date_to_day_number (self->period_to));
  add_pair_int (out, KEY_USE, self->use);
  if (has_status)
    add_pair_int (out, KEY_STATUS_INDEX, self->status_index);
}

GBytes *
lykta_certificate_claims_to_cbor (LyktaCertificateClaims *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GByteArray *out = g_byte_array_new ();
  lykta_cbor_begin_map (out, 5);
  add_pair_text (out, CLAIM_ISSUER, self->issuer);
  /* The first moment after the last day, in Stockholm: RFC 8392 3.1.4 is "on or after". */
  add_pair_int (out, CLAIM_EXPIRATION, lykta_date_start (lykta_date_add_days (self->valid_to, 1)));
  add_pair_int (out, CLAIM_NOT_BEFORE, lykta_date_start (self->valid_from));
  lykta_cbor_add_int (out, CLAIM_ID);
  lykta_cbor_add_bytes (out, self->serial, strlen (self->serial));
  lykta_cbor_add_int (out, CLAIM_CERTIFICATE);
  add_certificate (self, out);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
read_day (cbor_item_t *item, LyktaDate *date)
{
  gint64 day;

  if (!lykta_cbor_get_int (item, &day) || day < FIRST_DAY || day > LAST_DAY)
    return FALSE;
  *date = lykta_date_from_day_number ((gint32)day);
  return TRUE;
}

/* @moment counted @before seconds back, as a day in Stockholm. */
static gboolean
read_moment (cbor_item_t *item, gint64 before, LyktaDate *date)
{
  gint64 moment;

  if (!lykta_cbor_get_int (item, &moment) || moment < FIRST_DAY * G_GINT64_CONSTANT (86400) ||
      moment > LAST_DAY * G_GINT64_CONSTANT (86400))
    return FALSE;
  *date = lykta_date_of_moment (moment - before);
  return TRUE;
}

static gboolean
read_serial (cbor_item_t *item, char **serial)
{
  const guint8 *data;
  gsize size;

  if (!lykta_cbor_get_bytes (item, &data, &size) || size == 0 || size > MOST_SERIAL_BYTES)
    return FALSE;
  for (gsize i = 0; i < size; i++) {
    if (!g_ascii_isgraph (data[i]))
      return FALSE;
  }
  *serial = g_strndup ((const char *)data, size);
  return TRUE;
}

/* A key may be absent only where its reader says so. */
static gboolean
read_certificate (LyktaCertificateClaims *self, cbor_item_t *map)
{
  cbor_item_t *place = lykta_cbor_lookup (map, KEY_PLACE);
  cbor_item_t *period_to = lykta_cbor_lookup (map, KEY_PERIOD_TO);
  cbor_item_t *status = lykta_cbor_lookup (map, KEY_STATUS_INDEX);
  gint64 use, index = LYKTA_STATUS_INDEX_NONE;

  if (!lykta_cbor_get_text (lykta_cbor_lookup (map, KEY_HOLDER), &self->holder_name) ||
      !lykta_cbor_get_text (lykta_cbor_lookup (map, KEY_ACTIVITY), &self->activity) ||
      (place != NULL && !lykta_cbor_get_text (place, &self->place)) ||
      !read_day (lykta_cbor_lookup (map, KEY_PERIOD_FROM), &self->period_from) ||
      (period_to != NULL && !read_day (period_to, &self->period_to)) ||
      !lykta_cbor_get_int (lykta_cbor_lookup (map, KEY_USE), &use) || use < 0 ||
      use > LYKTA_CERTIFICATE_USE_MOBILE_DATA)
    return FALSE;
  if (status != NULL &&
      (!lykta_cbor_get_int (status, &index) || index < 0 || index >= LYKTA_STATUS_INDEX_MAX))
    return FALSE;
  self->use = (LyktaCertificateUse)use;
  self->status_index = (gint32)index;
  return TRUE;
}

LyktaCertificateClaims *
lykta_certificate_claims_from_cbor (GBytes *cbor, GError **error)
{
  g_return_val_if_fail (cbor != NULL, NULL);

  gsize size;
  const guint8 *data = g_bytes_get_data (cbor, &size);
  gint64 version;
  g_autoptr (cbor_item_t) item = lykta_cbor_parse (data, size, error);
  if (item == NULL)
    return NULL;
  cbor_item_t *certificate = lykta_cbor_lookup (item, CLAIM_CERTIFICATE);
  if (lykta_cbor_get_int (lykta_cbor_lookup (certificate, KEY_VERSION), &version) &&
      version > VERSION) {
    g_set_error (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_UNKNOWN_VERSION,
                 "version %" G_GINT64_FORMAT " of the certificate's data", version);
    return NULL;
  }
  g_autoptr (LyktaCertificateClaims) self = g_atomic_rc_box_new0 (LyktaCertificateClaims);
  if (!lykta_cbor_get_int (lykta_cbor_lookup (certificate, KEY_VERSION), &version) ||
      version != VERSION ||
      !lykta_cbor_get_text (lykta_cbor_lookup (item, CLAIM_ISSUER), &self->issuer) ||
      !read_moment (lykta_cbor_lookup (item, CLAIM_EXPIRATION), 1, &self->valid_to) ||
      !read_moment (lykta_cbor_lookup (item, CLAIM_NOT_BEFORE), 0, &self->valid_from) ||
      !read_serial (lykta_cbor_lookup (item, CLAIM_ID), &self->serial) ||
      !read_certificate (self, certificate)) {
    g_set_error_literal (error, LYKTA_TOKEN_ERROR, LYKTA_TOKEN_ERROR_INVALID,
                         "something that every certificate says is missing or cannot be");
    return NULL;
  }
  if (!is_sound (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
