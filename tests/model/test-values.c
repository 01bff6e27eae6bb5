/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/lykta-card.h"
#include "model/lykta-enums.h"
#include "model/lykta-organiser.h"
#include "model/lykta-place.h"
#include "model/lykta-source.h"
#include "model/lykta-texts.h"
#include "support/lykta-test.h"

static void
test_tokens_survive_the_round_trip (void)
{
  for (int i = LYKTA_TRISTATE_UNKNOWN; i <= LYKTA_TRISTATE_YES; i++)
    g_assert_cmpint (lykta_tristate_from_token (lykta_tristate_to_token (i)), ==, i);
  for (int i = LYKTA_AUDIENCE_UNKNOWN; i <= LYKTA_AUDIENCE_YOUNG_PEOPLE; i++)
    g_assert_cmpint (lykta_audience_from_token (lykta_audience_to_token (i)), ==, i);
  for (int i = LYKTA_STATUS_SCHEDULED; i <= LYKTA_STATUS_TENTATIVE; i++)
    g_assert_cmpint (lykta_status_from_token (lykta_status_to_token (i)), ==, i);
  for (int i = LYKTA_ATTENDANCE_UNKNOWN; i <= LYKTA_ATTENDANCE_MIXED; i++)
    g_assert_cmpint (lykta_attendance_from_token (lykta_attendance_to_token (i)), ==, i);
  for (int i = LYKTA_BOOKING_UNKNOWN; i <= LYKTA_BOOKING_REQUIRED; i++)
    g_assert_cmpint (lykta_booking_from_token (lykta_booking_to_token (i)), ==, i);
  for (int i = LYKTA_ORGANISER_UNKNOWN; i <= LYKTA_ORGANISER_PRIVATE_PERSON; i++)
    g_assert_cmpint (lykta_organiser_kind_from_token (lykta_organiser_kind_to_token (i)), ==, i);
  for (int i = LYKTA_BASIS_UNKNOWN; i <= LYKTA_BASIS_JOBSKILLS; i++)
    g_assert_cmpint (lykta_basis_from_token (lykta_basis_to_token (i)), ==, i);
  for (int bit = 0; bit < 4; bit++)
    g_assert_cmpint (lykta_purpose_from_token (lykta_purpose_to_token (1 << bit)), ==, 1 << bit);
}

static void
test_unknown_tokens_are_the_zero_value (void)
{
  g_assert_cmpint (lykta_status_from_token ("postponed"), ==, LYKTA_STATUS_SCHEDULED);
  g_assert_cmpint (lykta_audience_from_token (NULL), ==, LYKTA_AUDIENCE_UNKNOWN);
  g_assert_cmpint (lykta_audience_from_token ("WOMEN"), ==, LYKTA_AUDIENCE_WOMEN);
  g_assert_cmpint (lykta_purpose_from_token ("sports"), ==, LYKTA_PURPOSE_NONE);
}

static void
test_texts_are_sorted_replaced_and_taken_out (void)
{
  g_autoptr (LyktaTexts) empty = lykta_texts_new_empty ();
  g_autoptr (LyktaTexts) one = lykta_texts_with (empty, "sv", "Hej");
  g_autoptr (LyktaTexts) two = lykta_texts_with (one, "ar", "أهلا");
  g_autoptr (LyktaTexts) other = lykta_texts_with (two, "sv", "Välkommen");
  g_autoptr (LyktaTexts) less = lykta_texts_with (other, "ar", NULL);
  g_autoptr (LyktaTexts) same = lykta_texts_new_single ("sv", "Välkommen");

  g_assert_cmpuint (lykta_texts_get_n (empty), ==, 0);
  g_assert_cmpuint (lykta_texts_get_n (two), ==, 2);
  g_assert_cmpstr (lykta_texts_get_nth_language (two, 0), ==, "ar");
  g_assert_cmpstr (lykta_texts_get (one, "sv"), ==, "Hej");
  g_assert_cmpstr (lykta_texts_get (other, "sv"), ==, "Välkommen");
  g_assert_null (lykta_texts_get (less, "ar"));
  g_assert_true (lykta_texts_equal (less, same));
  g_assert_false (lykta_texts_equal (less, other));
}

static void
test_texts_choose_along_the_chain (void)
{
  static const char *const chain[] = {"ti", "am", "en", "sv", NULL};
  static const char *const foreign[] = {"so", NULL};
  g_autoptr (LyktaTexts) empty = lykta_texts_new_empty ();
  g_autoptr (LyktaTexts) swedish = lykta_texts_new_single ("sv", "Språkcafé");
  g_autoptr (LyktaTexts) both = lykta_texts_with (swedish, "en", "Language café");
  const char *language = "unset";

  g_assert_cmpstr (lykta_texts_choose (both, chain, &language), ==, "Language café");
  g_assert_cmpstr (language, ==, "en");
  g_assert_cmpstr (lykta_texts_choose (swedish, foreign, &language), ==, "Språkcafé");
  g_assert_cmpstr (language, ==, "sv");
  g_assert_null (lykta_texts_choose (empty, chain, &language));
  g_assert_null (language);
}

static void
test_place_knows_its_county_and_line (void)
{
  g_autoptr (LyktaPlace) place = lykta_place_new ("Lunds bibliotek", "Lunds bibliotek, Torget 1",
                                                  "222 22", "Lund", "1281", NULL, 55.7, 13.19);
  g_autoptr (LyktaPlace) nowhere = lykta_place_new (NULL, NULL, NULL, NULL, NULL, NULL, 91.0, 13.0);
  g_autofree char *line = lykta_place_to_line (place);

  g_assert_cmpstr (lykta_place_get_county_code (place), ==, "12");
  g_assert_cmpstr (line, ==, "Lunds bibliotek, Torget 1, Lund");
  g_assert_true (lykta_place_has_position (place));
  g_assert_false (lykta_place_has_position (nowhere));
  g_assert_null (lykta_place_to_line (nowhere));
}

static void
test_distances (void)
{
  static const struct {
    double from[2];
    double to[2];
    double km;
  } cases[] = {
      {{59.3293, 18.0686}, {59.3293, 18.0686}, 0.0},
      {{59.3293, 18.0686}, {57.7089, 11.9746}, 397.8},  /* Stockholm–Göteborg */
      {{55.6050, 13.0038}, {67.8558, 20.2253}, 1412.0}, /* Malmö–Kiruna */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const double km =
        lykta_distance_km (cases[i].from[0], cases[i].from[1], cases[i].to[0], cases[i].to[1]);
    g_assert_cmpfloat_with_epsilon (km, cases[i].km, cases[i].km * 0.005 + 1e-9);
  }
}

static void
test_source_names_and_states (void)
{
  g_autoptr (LyktaSource) source =
      lykta_source_new ("https://example.org/a.ics", NULL, "https://example.org/a.ics",
                        lykta_format_from_token ("ICalendar"), NULL);
  g_autoptr (LyktaSourceState) state = lykta_source_state_new ();
  state->failure = g_strdup ("unreachable");
  state->failures = 3;
  g_autoptr (LyktaSourceState) copy = lykta_source_state_copy (state);

  g_assert_cmpstr (lykta_source_get_name (source), ==, "https://example.org/a.ics");
  g_assert_cmpint (lykta_source_get_format (source), ==, LYKTA_FORMAT_ICALENDAR);
  g_assert_cmpstr (lykta_source_get_language (source), ==, "sv");
  g_assert_false (lykta_source_is_sample (source));
  g_assert_cmpstr (copy->failure, ==, "unreachable");
  g_assert_cmpuint (copy->failures, ==, 3);
}

static void
test_card_copies_its_fields (void)
{
  g_autofree char *title = g_strdup ("Promenadgrupp");
  const LyktaCardFields fields = {.uid = "a", .title = title, .title_language = "sv"};
  LyktaCard *card = lykta_card_new (&fields);
  title[0] = 'X';

  g_assert_cmpstr (lykta_card_get_fields (card)->title, ==, "Promenadgrupp");
  g_assert_null (lykta_card_get_fields (card)->place);
  g_assert_finalize_object (card);
}

int
main (int argc, char *argv[])
{
  lykta_test_init (&argc, &argv);
  g_test_add_func ("/model/tokens/round-trip", test_tokens_survive_the_round_trip);
  g_test_add_func ("/model/tokens/unknown", test_unknown_tokens_are_the_zero_value);
  g_test_add_func ("/model/texts/with", test_texts_are_sorted_replaced_and_taken_out);
  g_test_add_func ("/model/texts/choose", test_texts_choose_along_the_chain);
  g_test_add_func ("/model/place/line", test_place_knows_its_county_and_line);
  g_test_add_func ("/model/place/distance", test_distances);
  g_test_add_func ("/model/source", test_source_names_and_states);
  g_test_add_func ("/model/card", test_card_copies_its_fields);
  return g_test_run ();
}
