/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lykta-source.h"

struct _LyktaSource {
  char *id;
  char *name;
  char *address;
  LyktaFormat format;
  const char *language; /* interned */
};

G_DEFINE_BOXED_TYPE (LyktaSource, lykta_source, lykta_source_ref, lykta_source_unref)

static const char *const format_tokens[] = {
    [LYKTA_FORMAT_AUTO] = "auto",           [LYKTA_FORMAT_ICALENDAR] = "icalendar",
    [LYKTA_FORMAT_SAMPLE] = "sample",       [LYKTA_FORMAT_JSONLD] = "jsonld",
    [LYKTA_FORMAT_INTEGREAT] = "integreat", [LYKTA_FORMAT_CALDAV] = "caldav",
};

LyktaSource *
lykta_source_new (
    const char *id, const char *name, const char *address, LyktaFormat format, const char *language)
{
  g_return_val_if_fail (id != NULL && address != NULL, NULL);

  LyktaSource *self = g_atomic_rc_box_new0 (LyktaSource);
  self->id = g_strdup (id);
  self->name = g_strdup (name != NULL && *name != '\0' ? name : address);
  self->address = g_strdup (address);
  self->format = format;
  self->language = g_intern_string (language != NULL ? language : "sv");
  return self;
}

static void
source_clear (LyktaSource *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->address);
}

LyktaSource *
lykta_source_ref (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
lykta_source_unref (LyktaSource *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)source_clear);
}

const char *
lykta_source_get_id (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
lykta_source_get_name (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
lykta_source_get_address (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

LyktaFormat
lykta_source_get_format (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, LYKTA_FORMAT_AUTO);

  return self->format;
}

const char *
lykta_source_get_language (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->language;
}

gboolean
lykta_source_is_sample (LyktaSource *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_equal (self->id, LYKTA_SOURCE_ID_SAMPLE);
}

const char *
lykta_format_to_token (LyktaFormat format)
{
  g_return_val_if_fail ((guint)format < G_N_ELEMENTS (format_tokens), NULL);

  return format_tokens[format];
}

LyktaFormat
lykta_format_from_token (const char *token)
{
  for (guint i = 0; token != NULL && i < G_N_ELEMENTS (format_tokens); i++)
    if (g_ascii_strcasecmp (format_tokens[i], token) == 0)
      return (LyktaFormat)i;
  return LYKTA_FORMAT_AUTO;
}

LyktaSourceState *
lykta_source_state_new (void)
{
  return g_new0 (LyktaSourceState, 1);
}

LyktaSourceState *
lykta_source_state_copy (const LyktaSourceState *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  LyktaSourceState *copy = g_memdup2 (self, sizeof *self);
  copy->failure = g_strdup (self->failure);
  copy->failure_detail = g_strdup (self->failure_detail);
  copy->etag = g_strdup (self->etag);
  copy->last_modified = g_strdup (self->last_modified);
  copy->content_hash = g_strdup (self->content_hash);
  return copy;
}

void
lykta_source_state_free (LyktaSourceState *self)
{
  if (self == NULL)
    return;
  g_free (self->failure);
  g_free (self->failure_detail);
  g_free (self->etag);
  g_free (self->last_modified);
  g_free (self->content_hash);
  g_free (self);
}
