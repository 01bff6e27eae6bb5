/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/lykta-test-resolver.h"

struct _LyktaTestResolver {
  GResolver parent_instance;

  gint hangs; /* atomic */
};

G_DEFINE_FINAL_TYPE (LyktaTestResolver, lykta_test_resolver, G_TYPE_RESOLVER)

/* (transfer full) (nullable) */
static GList *
resolve (const char *name, GResolverNameLookupFlags flags, GError **error)
{
  gboolean is_ours = g_str_has_suffix (name, ".test") || g_str_equal (name, "localhost");

  if (!is_ours || (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0) {
    g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name: %s", name);
    return NULL;
  }
  return g_list_append (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
}

static gboolean
on_called_off (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);
  return G_SOURCE_REMOVE;
}

static void
lykta_test_resolver_lookup_with_flags_async (GResolver *resolver,
                                             const char *name,
                                             GResolverNameLookupFlags flags,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  LyktaTestResolver *self = LYKTA_TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GSource) source = NULL;
  GError *error = NULL;
  GList *list;

  g_task_set_source_tag (task, lykta_test_resolver_lookup_with_flags_async);
  if (g_atomic_int_get (&self->hangs)) {
    g_assert_nonnull (cancellable);
    source = g_cancellable_source_new (cancellable);
    g_task_attach_source (task, source, G_SOURCE_FUNC (on_called_off));
    return;
  }
  list = resolve (name, flags, &error);
  if (list == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list, (GDestroyNotify)g_resolver_free_addresses);
}

static void
lykta_test_resolver_lookup_async (GResolver *resolver,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  lykta_test_resolver_lookup_with_flags_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT,
                                               cancellable, callback, user_data);
}

static GList *
lykta_test_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lykta_test_resolver_class_init (LyktaTestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = lykta_test_resolver_lookup_async;
  resolver_class->lookup_by_name_finish = lykta_test_resolver_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = lykta_test_resolver_lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lykta_test_resolver_lookup_finish;
}

static void
lykta_test_resolver_init (LyktaTestResolver *self)
{
}

LyktaTestResolver *
lykta_test_resolver_new (void)
{
  return g_object_new (LYKTA_TYPE_TEST_RESOLVER, NULL);
}

void
lykta_test_resolver_set_hangs (LyktaTestResolver *self, gboolean hangs)
{
  g_return_if_fail (LYKTA_IS_TEST_RESOLVER (self));

  g_atomic_int_set (&self->hangs, hangs);
}
