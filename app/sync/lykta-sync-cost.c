/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lykta-sync"

#include "sync/lykta-sync-cost.h"

#include "sync/lykta-sync-policy.h"

#define KEY     "cost."
#define N_PARTS 4
/* Beyond this, days add up to nothing that anybody would wait for. */
#define DAYS_MAX 400

LyktaSyncCost
lykta_sync_cost_load (LyktaDeviceStore *device, const char *source_id)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  g_auto (GStrv) words = NULL;
  gint64 parts[N_PARTS] = {0};

  g_return_val_if_fail (device == NULL || LYKTA_IS_DEVICE_STORE (device), ((LyktaSyncCost){0}));
  g_return_val_if_fail (source_id != NULL, ((LyktaSyncCost){0}));

  if (device == NULL)
    return (LyktaSyncCost){0};
  key = g_strconcat (KEY, source_id, NULL);
  value = lykta_device_store_get_setting (device, key, NULL);
  words = g_strsplit (value != NULL ? value : "", " ", N_PARTS);
  for (gsize i = 0; i < N_PARTS && words[i] != NULL; i++)
    if (!g_ascii_string_to_signed (words[i], 10, 0, G_MAXINT64 / DAYS_MAX / 2, &parts[i], NULL))
      return (LyktaSyncCost){0};
  return (LyktaSyncCost){parts[0], parts[1], parts[2], parts[3]};
}

gboolean
lykta_sync_cost_save (const LyktaSyncCost *self,
                      LyktaDeviceStore *device,
                      const char *source_id,
                      GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (LYKTA_IS_DEVICE_STORE (device), FALSE);
  g_return_val_if_fail (source_id != NULL, FALSE);

  key = g_strconcat (KEY, source_id, NULL);
  value = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                           " %" G_GINT64_FORMAT,
                           self->check, self->update, self->full, self->pending);
  return lykta_device_store_set_setting (device, key, value, error);
}

gint64
lykta_sync_cost_estimate (const LyktaSyncCost *self, gint64 days)
{
  gint64 check;
  gint64 changes;

  g_return_val_if_fail (self != NULL, 0);

  if (self->pending > 0)
    return self->pending;
  if (self->update == 0)
    return self->full;
  /* One connection, and the changes of each day. */
  check = self->check > 0 ? self->check : MIN (LYKTA_SYNC_CHECK_BYTES, self->update);
  changes = MAX (self->update - check, 0) * CLAMP (days, 1, DAYS_MAX);
  return self->full > 0 ? MIN (check + changes, MAX (self->full, self->update)) : check + changes;
}
