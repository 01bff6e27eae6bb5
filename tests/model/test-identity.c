/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/lykta-identity.h"
#include "support/lykta-test.h"

#define DAY  86400
#define WEEK (7 * DAY)

/* One record; what is left out is as in the language café below, "-" or -1 is not known. Dates:
 * every @every_days from @start on, @n of them. */
typedef struct {
  const char *uid;
  const char *title;
  const char *start; /* RFC 3339 */
  int minutes;
  guint every_days;
  guint n;
  const char *place; /* "name|street|postcode|town|municipality" */
  double latitude;
  double longitude;
  const char *organiser;
  const char *online;
  const char *description;
  LyktaAudience audience;
  const char *language; /* "sv" */
} Row;

#define TUESDAY "2026-11-24T17:00:00+01:00"
#define HOUSE   "Stadsbiblioteket|Stora Torget 1|222 22|Lund|1281"

static const char *
text_of (const char *text, const char *usual)
{
  return text == NULL ? usual : g_str_equal (text, "-") ? NULL : text;
}

/* The language café where @row says nothing. */
static Row
complete (const Row *row)
{
  Row all = *row;

  all.uid = text_of (row->uid, "one@example.org");
  all.title = text_of (row->title, "Språkcafé");
  all.start = text_of (row->start, TUESDAY);
  all.place = text_of (row->place, HOUSE);
  all.minutes = row->minutes == 0 ? 120 : MAX (row->minutes, 0);
  all.every_days = row->every_days != 0 ? row->every_days : 7;
  all.n = row->n != 0 ? row->n : 20;
  return all;
}

static LyktaPlace *
make_place (const Row *row)
{
  g_auto (GStrv) parts = g_strsplit (row->place, "|", 5);
  const char *fields[5] = {NULL};

  for (guint i = 0; parts[i] != NULL; i++)
    fields[i] = parts[i][0] != '\0' ? parts[i] : NULL;
  return lykta_place_new (fields[0], fields[1], fields[2], fields[3], fields[4], NULL,
                          row->latitude != 0 ? row->latitude : NAN,
                          row->latitude != 0 ? row->longitude : NAN);
}

static LyktaActivity *
make_activity (const Row *row)
{
  const gint64 start = lykta_test_moment (row->start);
  LyktaDate date;
  int hour, minute, second;

  lykta_moment_to_wall (start, &date, &hour, &minute, &second);
  g_autoptr (LyktaScheduleBuilder) times =
      lykta_schedule_builder_new (NULL, date, hour, minute, second, FALSE, row->minutes * 60);
  if (row->n > 1)
    lykta_schedule_builder_add_rule (times, "FREQ=WEEKLY");
  g_autoptr (LyktaSchedule) schedule = lykta_schedule_builder_end (g_steal_pointer (&times));
  g_autoptr (LyktaActivityBuilder) builder = lykta_activity_builder_new (row->uid, schedule);
  const char *language = row->language != NULL ? row->language : "sv";
  lykta_activity_builder_set_title (builder, language, row->title);
  lykta_activity_builder_set_description (builder, language, row->description);
  lykta_activity_builder_set_audience (builder, row->audience);
  lykta_activity_builder_set_online_url (builder, row->online);
  if (row->place != NULL) {
    g_autoptr (LyktaPlace) place = make_place (row);
    lykta_activity_builder_set_place (builder, place);
  }
  if (row->organiser != NULL) {
    g_autoptr (LyktaOrganiser) organiser =
        lykta_organiser_new (row->organiser, LYKTA_ORGANISER_UNKNOWN, NULL, NULL, NULL, NULL);
    lykta_activity_builder_set_organiser (builder, organiser);
  }
  return lykta_activity_builder_end (builder);
}

/* A member and what it borrows. */
typedef struct {
  LyktaIdentityMember member;
  LyktaActivity *activity; /* (owned) */
  GArray *starts;          /* (owned) (element-type gint64) */
} Record;

static void
record_clear (Record *self)
{
  g_clear_object (&self->activity);
  g_clear_pointer (&self->starts, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, record_clear)

static void
record_init (Record *self, const Row *partial, gint64 source)
{
  const Row whole = complete (partial), *row = &whole;
  gint64 start = lykta_test_moment (row->start);

  self->activity = make_activity (row);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < MAX (row->n, 1); i++, start += (gint64)row->every_days * DAY)
    g_array_append_val (self->starts, start);
  self->member = (LyktaIdentityMember){
      .uid = lykta_activity_get_uid (self->activity),
      .source = source,
      .preference = (guint)source,
      .starts = (const gint64 *)self->starts->data,
      .n_starts = self->starts->len,
  };
  lykta_identity_of (self->activity, &self->member.identity);
}

/* ---- two records ---- */

static const struct {
  const char *what;
  Row a;
  Row b;
  gboolean is_same;
} pairs[] = {
    {"the same uid and the same dates", {0}, {0}, TRUE},
    {"another uid", {0}, {.uid = "two@example.net"}, TRUE},
    {"another way of writing",
     {0},
     {.uid = "two", .title = "SPRÅKCAFÉ!", .place = "Stadsbiblioteket, plan 2||222 22|LUND"},
     TRUE},
    {"the title alone", {0}, {.uid = "two", .place = "-"}, FALSE},
    {"title and time, another house",
     {0},
     {.uid = "two", .place = "Medborgarhuset|Storgatan 2|222 23|Lund|1281"},
     FALSE},
    {"a house of that name in another town",
     {0},
     {.uid = "two", .place = "Stadsbiblioteket|Stora Torget 1||Eslöv|1285"},
     FALSE},
    {"a name of a house and nothing else", {0}, {.uid = "two", .place = "Stadsbiblioteket"}, FALSE},
    {"that, and the organiser",
     {.organiser = "Exempelföreningen"},
     {.uid = "two", .place = "Stadsbiblioteket", .organiser = "exempelföreningen"},
     TRUE},
    {"another organiser in the same room",
     {.organiser = "Exempelföreningen"},
     {.uid = "two", .organiser = "Studieringen"},
     FALSE},
    {"a position near by",
     {.place = "Stadsbiblioteket", .latitude = 55.7047, .longitude = 13.1910},
     {.uid = "two",
      .place = "Stadsbiblioteket|Stora Torget",
      .latitude = 55.7050,
      .longitude = 13.1921},
     TRUE},
    {"a position far off",
     {.latitude = 55.7047, .longitude = 13.1910},
     {.uid = "two", .latitude = 55.8047, .longitude = 13.1910},
     FALSE},
    {"another hour", {0}, {.uid = "two", .start = "2026-11-24T18:00:00+01:00"}, FALSE},
    {"another day of the week", {0}, {.uid = "two", .start = "2026-11-26T17:00:00+01:00"}, FALSE},
    {"another length", {0}, {.uid = "two", .minutes = 90}, FALSE},
    {"a length that one does not know", {0}, {.uid = "two", .minutes = -1}, TRUE},
    {"for women, and for everyone",
     {.audience = LYKTA_AUDIENCE_WOMEN},
     {.uid = "two", .audience = LYKTA_AUDIENCE_EVERYONE},
     FALSE},
    {"one begins later and ends earlier",
     {0},
     {.uid = "two", .start = "2026-12-01T17:00:00+01:00", .n = 4},
     TRUE},
    {"one date of the series", {0}, {.uid = "two", .n = 1}, TRUE},
    {"every other week of the series", {0}, {.uid = "two", .every_days = 14}, TRUE},
    {"meeting now and then by chance", {.every_days = 6}, {.uid = "two", .every_days = 7}, FALSE},
    {"the same link and no place",
     {.place = "-", .online = "https://example.org/room/"},
     {.uid = "two", .place = "-", .online = "http://example.org/room"},
     TRUE},
    {"another link",
     {.place = "-", .online = "https://example.org/room/"},
     {.uid = "two", .place = "-", .online = "https://example.org/other"},
     FALSE},
    {"a uid and a date, the title in another language",
     {0},
     {.title = "Language café", .language = "en", .place = "-"},
     TRUE},
    {"a uid, other dates, the same place",
     {0},
     {.title = "Sykväll", .start = "2026-11-27T18:00:00+01:00"},
     TRUE},
    {"a uid and nothing else",
     {0},
     {.title = "Sykväll", .start = "2026-11-27T18:00:00+01:00", .place = "-"},
     FALSE},
    {"a uid that others may have given too, and a place",
     {.uid = "17"},
     {.uid = "17", .title = "Sykväll", .start = "2026-11-27T18:00:00+01:00"},
     FALSE},
    {"that, a place and a date", {.uid = "17"}, {.uid = "17", .title = "Café"}, TRUE},
    {"no title", {.title = "-"}, {.uid = "two", .title = "-"}, FALSE},
};

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_auto (Record) a = {0}, b = {0};
    record_init (&a, &pairs[i].a, 1);
    record_init (&b, &pairs[i].b, 2);
    if (lykta_identity_is_same (&a.member, &b.member) != pairs[i].is_same ||
        lykta_identity_is_same (&b.member, &a.member) != pairs[i].is_same)
      g_error ("%s", pairs[i].what);
  }
}

/* ---- groups ---- */

/* "uid source …" of each member; the groups as "a a c" by the uid that stands for them. */
typedef struct {
  Row row;
  gint64 source;
  gboolean is_gone;
} GroupRow;

#define PIECE_AT(name, day, number)                                              \
  {                                                                              \
    {.uid = name, .start = "2026-" day "T17:00:00+01:00", .n = 1}, number, FALSE \
  }
#define PIECE(name, day)                                                    \
  {                                                                         \
    {.uid = name, .start = "2026-" day "T17:00:00+01:00", .n = 1}, 1, FALSE \
  }
#define PIECE_OF(name, day, number, ...)                                                      \
  {                                                                                           \
    {.uid = name, .start = "2026-" day "T17:00:00+01:00", .n = 1, __VA_ARGS__}, number, FALSE \
  }

static const struct {
  const char *what;
  GroupRow rows[8];
  const char *groups;
} groupings[] = {
    {"alone", {PIECE ("a", "11-24")}, "a"},
    {"two dates are no series", {PIECE ("a", "11-24"), PIECE ("b", "12-01")}, "a b"},
    {"three are", {PIECE ("b", "12-01"), PIECE ("a", "11-24"), PIECE ("c", "12-08")}, "a a a"},
    {"two of three at the same time are no series",
     {PIECE ("a", "11-24"), PIECE ("b", "11-24"), PIECE ("c", "12-08")},
     "a b c"},
    {"one too many at the same time stays apart",
     {PIECE ("a", "11-24"), PIECE ("b", "12-01"), PIECE ("c", "12-08"), PIECE ("d", "12-08")},
     "a a a d"},
    {"a description of its own stays apart",
     {PIECE ("a", "11-24"), PIECE ("b", "12-01"), PIECE ("c", "12-08"),
      PIECE_OF ("d", "12-15", 1, .description = "Med lucia")},
     "a a a d"},
    {"another place stays apart",
     {PIECE ("a", "11-24"), PIECE ("b", "12-01"), PIECE ("c", "12-08"),
      PIECE_OF ("d", "12-15", 1, .place = "Stadsbiblioteket|Lilla Torget||Lund")},
     "a a a d"},
    {"pieces here, a rule there",
     {PIECE ("a", "11-24"),
      PIECE ("b", "12-01"),
      PIECE ("c", "12-08"),
      {{.uid = "series"}, 2, FALSE}},
     "a a a a"},
    {"the rule is preferred",
     {PIECE_AT ("a", "11-24", 3), PIECE_AT ("b", "12-01", 3), {{.uid = "series"}, 2, FALSE}},
     "series series series"},
    {"pieces in both",
     {PIECE ("a", "11-24"), PIECE ("b", "12-01"), PIECE ("c", "12-08"), PIECE_AT ("x", "11-24", 2),
      PIECE_AT ("y", "12-01", 2), PIECE_AT ("z", "12-08", 2)},
     "a a a a a a"},
    {"twice in one source, twice in the other: two and two",
     {PIECE ("a", "11-24"), PIECE ("b", "11-24"), PIECE_AT ("x", "11-24", 2),
      PIECE_AT ("y", "11-24", 2)},
     "a b a b"},
    {"a new uid", {PIECE ("new", "11-24"), {{.uid = "old", .n = 1}, 1, TRUE}}, "new new"},
    {"what is gone stands for nothing",
     {{{.uid = "first"}, 1, TRUE}, {{.uid = "second"}, 2, FALSE}},
     "second second"},
    {"three sources",
     {{{.uid = "c"}, 3, FALSE}, {{.uid = "a"}, 1, FALSE}, {{.uid = "b"}, 2, FALSE}},
     "a a a"},
    {"a uid leads from one language to the other",
     {{{.uid = "sv-and-en@example.org"}, 1, FALSE},
      {{.uid = "sv-and-en@example.org", .title = "Café", .language = "en"}, 2, FALSE}},
     "sv-and-en@example.org sv-and-en@example.org"},
};

static void
check_grouping (guint number, gboolean is_reversed)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (LyktaIdentityMember));
  g_autoptr (GString) found = g_string_new (NULL);
  Record records[8] = {0};
  guint groups[8];
  guint n = 0;

  while (n < 8 && groupings[number].rows[n].source != 0)
    n++;
  for (guint i = 0; i < n; i++) {
    const GroupRow *row = &groupings[number].rows[is_reversed ? n - 1 - i : i];
    record_init (&records[i], &row->row, row->source);
    records[i].member.is_gone = row->is_gone;
    g_array_append_val (members, records[i].member);
  }
  lykta_identity_group ((const LyktaIdentityMember *)members->data, n, groups);
  for (guint i = 0; i < n; i++) {
    const guint group = groups[is_reversed ? n - 1 - i : i];
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "", records[group].member.uid);
  }
  if (!g_str_equal (found->str, groupings[number].groups))
    g_error ("%s: %s", groupings[number].what, found->str);
  for (guint i = 0; i < n; i++)
    record_clear (&records[i]);
}

static void
test_groups (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++) {
    check_grouping (i, FALSE);
    check_grouping (i, TRUE);
  }
}

/* Many records that look the same cost little, and none is lost. */
static void
test_many (void)
{
  const guint n = 6000;
  g_autofree LyktaIdentityMember *members = g_new0 (LyktaIdentityMember, n);
  g_autofree gint64 *starts = g_new (gint64, n);
  g_autofree guint *groups = g_new (guint, n);
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++) {
    g_ptr_array_add (uids, g_strdup_printf ("%06u", i));
    starts[i] = (gint64)i * DAY;
    members[i] = (LyktaIdentityMember){
        .identity = {.key = 1, .copy = 1, .is_single = TRUE, .place = 1, .town = 1},
        .uid = uids->pdata[i],
        .source = 1,
        .starts = &starts[i],
        .n_starts = 1,
    };
  }
  lykta_identity_group (members, n, groups);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (groups[i], ==, 0);
  for (guint i = 0; i < n; i++) {
    members[i].identity.copy = i + 1;
    members[i].source = i % 2;
  }
  lykta_identity_group (members, n, groups);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (groups[i], ==, i);
}

/* ---- dates ---- */

static const struct {
  const char *what;
  LyktaIdentityDate dates[3];
  guint shown;
} choices[] = {
    {"the preferred source", {{10, 1, 2}, {10, 2, 1}, {10, 3, 3}}, 1},
    {"the first of equals", {{10, 1, 1}, {10, 2, 1}, {10, 3, 1}}, 0},
    {"a cancellation", {{10, 1, 1}, {10, 2, 2, FALSE, TRUE}, {10, 3, 3}}, 1},
    {"not what is gone", {{10, 1, 1, TRUE}, {10, 2, 2}, {10, 3, 3}}, 1},
    {"not a cancellation that is gone", {{10, 1, 1, TRUE, TRUE}, {10, 2, 2}, {10, 3, 3}}, 1},
    {"what is gone, when there is nothing else",
     {{10, 1, 3, TRUE}, {10, 2, 1, TRUE}, {10, 3, 2, TRUE}},
     1},
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    LyktaIdentityDate dates[4];
    memcpy (dates, choices[i].dates, sizeof choices[i].dates);
    dates[3] = (LyktaIdentityDate){.start = 11};
    lykta_identity_choose_dates (dates, 4);
    for (guint k = 0; k < 3; k++)
      if (dates[k].is_hidden != (k != choices[i].shown))
        g_error ("%s", choices[i].what);
    g_assert_false (dates[3].is_hidden);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/pairs", test_pairs);
  g_test_add_func ("/identity/groups", test_groups);
  g_test_add_func ("/identity/many", test_many);
  g_test_add_func ("/identity/dates", test_dates);
  return g_test_run ();
}
