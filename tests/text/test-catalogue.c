/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lykta-catalogue.h"

#include <string.h>

#include "support/lykta-test.h"
#include "text/lykta-gettext.h"
#include "text/lykta-mo-file.h"

/* One message of a catalogue; lengths because plural texts hold NULs. */
typedef struct {
  const char *original;
  gsize original_length;
  const char *translation;
  gsize translation_length;
} Message;

#define MESSAGE(a, b)                    \
  {                                      \
    a, sizeof (a) - 1, b, sizeof (b) - 1 \
  }

#define HEADER_FIELDS                         \
  "Content-Type: text/plain; charset=UTF-8\n" \
  "Plural-Forms: nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;\n"

/* In the order of bytes, as msgfmt writes them. */
static const Message messages[] = {
    MESSAGE ("", HEADER_FIELDS "X-Lykta-Review: machine-drafted\n"),
    MESSAGE ("%d day\0%d days", "en dag\0två dagar\0%d dagar"),
    MESSAGE ("Empty", ""),
    MESSAGE ("May", "Maj"),
    MESSAGE ("Today", "I dag"),
    MESSAGE ("few\0fews", "en"),
    MESSAGE ("verb\004May", "Får"),
    MESSAGE ("verb\004Only here", "Bara här"),
};

static void
put_number (GByteArray *out, guint32 number, gboolean is_big)
{
  guint32 stored = is_big ? GUINT32_TO_BE (number) : GUINT32_TO_LE (number);

  g_byte_array_append (out, (const guint8 *)&stored, sizeof stored);
}

static GByteArray *
make_file (const Message *list, guint32 n, gboolean is_big)
{
  GByteArray *out = g_byte_array_new ();
  guint32 offset = 28 + n * 16;

  put_number (out, 0x950412de, is_big);
  put_number (out, 0, is_big);
  put_number (out, n, is_big);
  put_number (out, 28, is_big);
  put_number (out, 28 + n * 8, is_big);
  put_number (out, 0, is_big);
  put_number (out, 28 + n * 16, is_big);
  for (guint32 i = 0; i < n; i++) {
    put_number (out, (guint32)list[i].original_length, is_big);
    put_number (out, offset, is_big);
    offset += (guint32)list[i].original_length + 1;
  }
  for (guint32 i = 0; i < n; i++) {
    put_number (out, (guint32)list[i].translation_length, is_big);
    put_number (out, offset, is_big);
    offset += (guint32)list[i].translation_length + 1;
  }
  for (guint32 i = 0; i < n; i++)
    g_byte_array_append (out, (const guint8 *)list[i].original, (guint)list[i].original_length + 1);
  for (guint32 i = 0; i < n; i++)
    g_byte_array_append (out, (const guint8 *)list[i].translation,
                         (guint)list[i].translation_length + 1);
  return out;
}

static void
write_catalogue (LyktaTestDir *folder, const char *language, GByteArray *bytes)
{
  g_autofree char *name = g_strconcat (language, "/LC_MESSAGES/lykta.mo", NULL);
  g_autofree char *path =
      lykta_test_dir_write (folder, name, (const char *)bytes->data, (gssize)bytes->len);

  g_assert_nonnull (path);
}

static void
check_messages (LyktaCatalogue *catalogue)
{
  g_assert_true (lykta_catalogue_is_available (catalogue));
  g_assert_true (lykta_catalogue_is_machine_drafted (catalogue));
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "Today"), ==, "I dag");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "May"), ==, "Maj");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, "verb", "May"), ==, "Får");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, "noun", "May"), ==, "May");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "Only here"), ==, "Only here");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "Empty"), ==, "Empty");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, ""), ==, "");
  g_assert_true (lykta_catalogue_has (catalogue, "verb", "Only here"));
  g_assert_false (lykta_catalogue_has (catalogue, NULL, "Only here"));
  g_assert_false (lykta_catalogue_has (catalogue, NULL, "Empty"));
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "%d day", "%d days", 1), ==, "en dag");
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "%d day", "%d days", 2), ==, "två dagar");
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "%d day", "%d days", 0), ==, "%d dagar");
  /* fewer forms than the header says */
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "few", "fews", 5), ==, "en");
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "a", "b", 1), ==, "a");
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "a", "b", 0), ==, "b");
}

static void
test_lookup (void)
{
  for (int is_big = 0; is_big < 2; is_big++) {
    g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
    g_autoptr (GByteArray) bytes = make_file (messages, G_N_ELEMENTS (messages), is_big);
    LyktaCatalogue *catalogue;

    write_catalogue (folder, "sv", bytes);
    catalogue = lykta_catalogue_new (lykta_test_dir_get_path (folder), "sv_SE");
    g_assert_cmpstr (lykta_catalogue_get_language (catalogue), ==, "sv");
    check_messages (catalogue);
    g_assert_finalize_object (catalogue);
  }
}

static void
test_missing (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  LyktaCatalogue *catalogue = lykta_catalogue_new (lykta_test_dir_get_path (folder), "ti");
  LyktaCatalogue *english = lykta_catalogue_new (lykta_test_dir_get_path (folder), "no language!");

  g_assert_false (lykta_catalogue_is_available (catalogue));
  g_assert_false (lykta_catalogue_is_machine_drafted (catalogue));
  g_assert_cmpstr (lykta_catalogue_get (catalogue, "c", "Today"), ==, "Today");
  g_assert_false (lykta_catalogue_has (catalogue, NULL, "Today"));
  g_assert_cmpstr (lykta_catalogue_get_language (english), ==, "en");
  g_assert_true (lykta_catalogue_is_available (english));
  g_assert_true (lykta_catalogue_has (english, NULL, "Today"));
  g_assert_cmpstr (lykta_catalogue_get (english, NULL, "Today"), ==, "Today");
  g_assert_finalize_object (catalogue);
  g_assert_finalize_object (english);
}

/* Easy Swedish says what it has in its own words and the rest in Swedish. */
static void
test_leaning (void)
{
  static const Message easy[] = {MESSAGE ("", HEADER_FIELDS), MESSAGE ("Today", "Nu i dag")};
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autoptr (GByteArray) swedish_bytes = make_file (messages, G_N_ELEMENTS (messages), FALSE);
  g_autoptr (GByteArray) easy_bytes = make_file (easy, G_N_ELEMENTS (easy), FALSE);
  LyktaCatalogue *catalogue;

  write_catalogue (folder, "sv", swedish_bytes);
  write_catalogue (folder, "sv@easy", easy_bytes);
  catalogue = lykta_catalogue_new (lykta_test_dir_get_path (folder), "sv-x-easy");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "Today"), ==, "Nu i dag");
  g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "May"), ==, "Maj");
  g_assert_cmpstr (lykta_catalogue_get_plural (catalogue, "%d day", "%d days", 1), ==, "en dag");
  g_assert_false (lykta_catalogue_is_machine_drafted (catalogue));
  g_assert_finalize_object (catalogue);
}

static void
assert_refused (GByteArray *bytes)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autofree char *path =
      lykta_test_dir_write (folder, "x.mo", (const char *)bytes->data, (gssize)bytes->len);
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_mo_file_open (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

static void
test_refused (void)
{
  static const Message unordered[] = {MESSAGE ("b", "x"), MESSAGE ("a", "x")};
  static const Message twice[] = {MESSAGE ("a", "x"), MESSAGE ("a", "x")};
  static const Message invalid[] = {MESSAGE ("a", "x\0\xFF")};
  static const struct {
    gsize place;
    guint32 number;
  } damages[] = {
      {0, 0x12345678},  {4, 0x00020000},  {8, 0xFFFFFFFF}, {8, 200001},
      {12, 0xFFFFFFFF}, {16, 0xFFFFFFF0}, {16, 100000},    {28, 0xFFFFFFFF},
      {32, 0xFFFFFFFF}, {28, 1},          {36, 100},       {96, 0x7FFFFFFF},
  };
  g_autoptr (GByteArray) a = make_file (unordered, 2, FALSE);
  g_autoptr (GByteArray) b = make_file (twice, 2, FALSE);
  g_autoptr (GByteArray) c = make_file (invalid, 1, FALSE);

  assert_refused (a);
  assert_refused (b);
  assert_refused (c);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autoptr (GByteArray) bytes = make_file (messages, G_N_ELEMENTS (messages), FALSE);
    guint32 number = GUINT32_TO_LE (damages[i].number);

    memcpy (bytes->data + damages[i].place, &number, sizeof number);
    assert_refused (bytes);
  }
  for (guint length = 0; length < 28; length++) {
    g_autoptr (GByteArray) bytes = make_file (messages, G_N_ELEMENTS (messages), FALSE);

    g_byte_array_set_size (bytes, length);
    assert_refused (bytes);
  }
}

static void
test_folder_in_the_way (void)
{
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lykta_mo_file_open (lykta_test_dir_get_path (folder), &error));
  g_assert_nonnull (error);
}

/* Random damage is either refused or harmless. */
static void
test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (LyktaTestDir) folder = lykta_test_dir_new ();

  for (guint round = 0; round < 3000; round++) {
    g_autoptr (GByteArray) bytes =
        make_file (messages, G_N_ELEMENTS (messages), (gboolean)round % 2);
    g_autofree char *path = NULL;
    g_autoptr (LyktaMoFile) file = NULL;
    g_autofree char *header = NULL;
    guint n_damages = (guint)g_rand_int_range (random, 1, 4);

    for (guint i = 0; i < n_damages; i++) {
      guint limit = g_rand_boolean (random) ? 160 : bytes->len;

      bytes->data[g_rand_int_range (random, 0, (gint32)limit)] =
          (guint8)g_rand_int_range (random, 0, 256);
    }
    if (g_rand_boolean (random))
      g_byte_array_set_size (bytes, (guint)g_rand_int_range (random, 0, (gint32)bytes->len + 1));
    path = lykta_test_dir_child (folder, "x.mo");
    /* Nothing has to be on disk here: that would be most of the time. */
    g_assert_true (g_file_set_contents_full (path, (const char *)bytes->data, (gssize)bytes->len,
                                             G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    file = lykta_mo_file_open (path, NULL);
    if (file == NULL)
      continue;
    header = lykta_mo_file_dup_header (file, "X-Lykta-Review");
    lykta_mo_file_get (file, "verb", "May");
    for (gulong n = 0; n < 4; n++)
      lykta_mo_file_get_plural (file, "%d day", n);
  }
}

/* The catalogues of this build: what gettext itself says is what we say. */
static void
test_real (void)
{
  static const char *const languages[] = {"sv", "ar", "ti"};

  lykta_gettext_init (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    LyktaCatalogue *catalogue = lykta_catalogue_new (lykta_locale_dir (), languages[i]);

    lykta_gettext_set_language (languages[i]);
    g_assert_true (lykta_catalogue_is_available (catalogue));
    g_assert_true (lykta_catalogue_is_machine_drafted (catalogue));
    g_assert_cmpstr (lykta_catalogue_get (catalogue, NULL, "Today"), ==, _ ("Today"));
    g_assert_finalize_object (catalogue);
  }
}

int
main (int argc, char **argv)
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/text/catalogue/lookup", test_lookup);
  g_test_add_func ("/text/catalogue/missing", test_missing);
  g_test_add_func ("/text/catalogue/leaning", test_leaning);
  g_test_add_func ("/text/catalogue/refused", test_refused);
  g_test_add_func ("/text/catalogue/folder-in-the-way", test_folder_in_the_way);
  g_test_add_func ("/text/catalogue/noise", test_noise);
  g_test_add_func ("/text/catalogue/real", test_real);
  return g_test_run ();
}
