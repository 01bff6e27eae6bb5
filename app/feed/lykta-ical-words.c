/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "feed/lykta-ical-event.h"

#define SV LYKTA_PURPOSE_SWEDISH
#define SO LYKTA_PURPOSE_SOCIETY
#define WO LYKTA_PURPOSE_WORK
#define HE LYKTA_PURPOSE_HEALTH

/* CATEGORIES → what we know of. This is the table that ICALENDAR.md documents: change both. Words
 * in lower case, sorted by strcmp; blanks, hyphens and underlines are one and the same. */
static const struct {
  const char *word;
  LyktaIcalWord meaning;
} words[] = {
    {"a1", {.levels = LYKTA_LEVEL_A1}},
    {"a2", {.levels = LYKTA_LEVEL_A2}},
    {"accessible", {.is_step_free = 1}},
    {"all levels", {.levels = LYKTA_LEVEL_ALL}},
    {"alla nivåer", {.levels = LYKTA_LEVEL_ALL}},
    {"arbete", {.purposes = WO}},
    {"arbetsmarknad", {.purposes = WO}},
    {"art", {.purposes = SO}},
    {"b1", {.levels = LYKTA_LEVEL_B1}},
    {"b2", {.levels = LYKTA_LEVEL_B1}},
    {"barn välkomna", {.is_children = 1}},
    {"barnfamiljer", {.is_children = 1}},
    {"barnpassning", {.is_childcare = 1}},
    {"beginner", {.levels = LYKTA_LEVEL_A1}},
    {"beginners", {.levels = LYKTA_LEVEL_A1}},
    {"career", {.purposes = WO}},
    {"childcare", {.is_childcare = 1}},
    {"children", {.audience = LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN}},
    {"children welcome", {.is_children = 1}},
    {"cooking", {.purposes = SO}},
    {"culture", {.purposes = SO}},
    {"culture and entertainment", {.purposes = SO}},
    {"digital", {.attendance = LYKTA_ATTENDANCE_ONLINE}},
    {"digitalt", {.attendance = LYKTA_ATTENDANCE_ONLINE}},
    {"drop in", {.booking = LYKTA_BOOKING_DROP_IN}},
    {"dropin", {.booking = LYKTA_BOOKING_DROP_IN}},
    {"education", {.purposes = SO}},
    {"employment", {.purposes = WO}},
    {"everyone", {.audience = LYKTA_AUDIENCE_EVERYONE}},
    {"familj", {.purposes = SO, .is_children = 1}},
    {"family", {.purposes = SO, .is_children = 1}},
    {"football", {.purposes = HE}},
    {"fotboll", {.purposes = HE}},
    {"free", {.is_free = 1}},
    {"free of charge", {.is_free = 1}},
    {"fritid", {.purposes = HE | SO}},
    {"för alla", {.audience = LYKTA_AUDIENCE_EVERYONE}},
    {"föräldrar", {.purposes = SO, .audience = LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN}},
    {"gratis", {.is_free = 1}},
    {"health", {.purposes = HE}},
    {"homework", {.purposes = SV}},
    {"hälsa", {.purposes = HE}},
    {"idrott", {.purposes = HE}},
    {"idrott och hälsa", {.purposes = HE}},
    {"integration", {.purposes = SO}},
    {"job", {.purposes = WO}},
    {"jobb", {.purposes = WO}},
    {"jobs", {.purposes = WO}},
    {"juridik", {.purposes = SO}},
    {"kostnadsfri", {.is_free = 1}},
    {"kostnadsfritt", {.is_free = 1}},
    {"kultur", {.purposes = SO}},
    {"kultur och nöje", {.purposes = SO}},
    {"kvinnor", {.audience = LYKTA_AUDIENCE_WOMEN}},
    {"language", {.purposes = SV}},
    {"language cafe", {.purposes = SV}},
    {"language café", {.purposes = SV}},
    {"law", {.purposes = SO}},
    {"legal", {.purposes = SO}},
    {"läxhjälp", {.purposes = SV}},
    {"mat", {.purposes = SO}},
    {"men", {.audience = LYKTA_AUDIENCE_MEN}},
    {"men only", {.audience = LYKTA_AUDIENCE_MEN}},
    {"motion", {.purposes = HE}},
    {"music", {.purposes = SO}},
    {"musik", {.purposes = SO}},
    {"män", {.audience = LYKTA_AUDIENCE_MEN}},
    {"natur", {.purposes = HE}},
    {"nature", {.purposes = HE}},
    {"nybörjare", {.levels = LYKTA_LEVEL_A1}},
    {"online", {.attendance = LYKTA_ATTENDANCE_ONLINE}},
    {"parents", {.purposes = SO, .audience = LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN}},
    {"promenad", {.purposes = HE}},
    {"samhälle", {.purposes = SO}},
    {"samhällsinformation", {.purposes = SO}},
    {"samhällsorientering", {.purposes = SO}},
    {"seminarium", {.purposes = SO}},
    {"sfi", {.purposes = SV}},
    {"sim", {.purposes = HE}},
    {"social", {.purposes = SO}},
    {"society", {.purposes = SO}},
    {"sport", {.purposes = HE}},
    {"sports", {.purposes = HE}},
    {"språk", {.purposes = SV}},
    {"språkcafe", {.purposes = SV}},
    {"språkcafé", {.purposes = SV}},
    {"språkkafé", {.purposes = SV}},
    {"studiecirkel", {.purposes = SV}},
    {"svenska", {.purposes = SV}},
    {"svenska språket", {.purposes = SV}},
    {"swedish", {.purposes = SV}},
    {"swedish language", {.purposes = SV}},
    {"theatre", {.purposes = SO}},
    {"tia", {.is_tia = 1}},
    {"tidiga insatser", {.is_tia = 1}},
    {"tillgänglig", {.is_step_free = 1}},
    {"training", {.purposes = HE}},
    {"träning", {.purposes = HE}},
    {"unga", {.audience = LYKTA_AUDIENCE_YOUNG_PEOPLE}},
    {"ungdom", {.audience = LYKTA_AUDIENCE_YOUNG_PEOPLE}},
    {"ungdomar", {.audience = LYKTA_AUDIENCE_YOUNG_PEOPLE}},
    {"walking", {.purposes = HE}},
    {"women", {.audience = LYKTA_AUDIENCE_WOMEN}},
    {"women only", {.audience = LYKTA_AUDIENCE_WOMEN}},
    {"work", {.purposes = WO}},
    {"workshop", {.purposes = SO}},
    {"young people", {.audience = LYKTA_AUDIENCE_YOUNG_PEOPLE}},
    {"youth", {.audience = LYKTA_AUDIENCE_YOUNG_PEOPLE}},
    {"öppen förskola", {.purposes = SO, .audience = LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN}},
};

/* Titles: parts of words, so that Swedish compounds are found ("Öppet språkcafé"). Only what cannot
 * mean anything else. */
static const struct {
  const char *part;
  LyktaPurposes purposes;
} title_purposes[] = {
    {"språkcafé", SV},
    {"språkkafé", SV},
    {"språkcafe", SV},
    {"språkkafe", SV},
    {"språkträff", SV},
    {"språkträning", SV},
    {"language café", SV},
    {"language cafe", SV},
    {"läxhjälp", SV},
    {"homework help", SV},
    {"svenska för ", SV},
    {"svenska med ", SV},
    {"svenska på nätet", SV},
    {"prata svenska", SV},
    {"lätt svenska", SV},
    {"svenskkurs", SV},
    {"svenskträning", SV},
    {"learn swedish", SV},
    {"practise swedish", SV},
    {"practice swedish", SV},
    {"swedish course", SV},
    {"samhällsorientering", SO},
    {"samhällsinformation", SO},
    {"juridisk rådgivning", SO},
    {"legal advice", SO},
    {"jobbsökar", WO},
    {"cv-verkstad", WO},
    {"cv workshop", WO},
    {"söka jobb", WO},
    {"arbetsmarknad", WO},
    {"job search", WO},
    {"promenad", HE},
    {"walking group", HE},
    {"fotboll", HE},
    {"simskola", HE},
    {"simning", HE},
    {"gymnastik", HE},
    {"friskvård", HE},
    {"cykelkurs", HE},
    {"yoga", HE},
    {"hälsoskola", HE},
    {"badminton", HE},
    {"innebandy", HE},
    {"volleyboll", HE},
};

static const struct {
  const char *part;
  LyktaAudience audience;
} title_audiences[] = {
    {"för kvinnor", LYKTA_AUDIENCE_WOMEN},
    {"kvinnogrupp", LYKTA_AUDIENCE_WOMEN},
    {"kvinnocafé", LYKTA_AUDIENCE_WOMEN},
    {"for women", LYKTA_AUDIENCE_WOMEN},
    {"women only", LYKTA_AUDIENCE_WOMEN},
    {"endast kvinnor", LYKTA_AUDIENCE_WOMEN},
    {"bara kvinnor", LYKTA_AUDIENCE_WOMEN},
    {"för män", LYKTA_AUDIENCE_MEN},
    {"for men", LYKTA_AUDIENCE_MEN},
    {"för föräldrar", LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN},
    {"med baby", LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN},
    {"öppen förskola", LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN},
    {"open preschool", LYKTA_AUDIENCE_PARENTS_WITH_CHILDREN},
    {"för ungdomar", LYKTA_AUDIENCE_YOUNG_PEOPLE},
    {"för unga", LYKTA_AUDIENCE_YOUNG_PEOPLE},
    {"for young people", LYKTA_AUDIENCE_YOUNG_PEOPLE},
};

/* Lower case for Swedish: ASCII and the Latin-1 letters, whose two bytes keep their length. */
static void
lower (char *to, const char *from, gsize size)
{
  gsize n = 0;

  for (; *from != 0 && n + 1 < size; from++) {
    guint8 c = (guint8)*from;
    gboolean is_second = n > 0 && (guint8)to[n - 1] == 0xc3;
    if (c >= 'A' && c <= 'Z')
      c = (guint8)(c + 32);
    else if (is_second && c >= 0x80 && c <= 0x9e && c != 0x97)
      c = (guint8)(c + 0x20);
    to[n++] = (char)c;
  }
  to[n] = 0;
}

const LyktaIcalWord *
lykta_ical_word_find (const char *category)
{
  char word[64];
  int low = 0, high = (int)G_N_ELEMENTS (words) - 1;

  g_return_val_if_fail (category != NULL, NULL);
  lower (word, category, sizeof word);
  g_strdelimit (word, "-_", ' ');
  while (low <= high) {
    int middle = (low + high) / 2;
    int order = strcmp (word, words[middle].word);
    if (order == 0)
      return &words[middle].meaning;
    if (order < 0)
      high = middle - 1;
    else
      low = middle + 1;
  }
  return NULL;
}

/* "för män" is in "för mänskliga rättigheter": what is found must end there. */
static gboolean
is_found (const char *title, const char *part, gboolean is_whole)
{
  for (const char *p = strstr (title, part); p != NULL; p = strstr (p + 1, part)) {
    guint8 next = (guint8)p[strlen (part)];
    gboolean is_inside = p > title && (g_ascii_isalpha (p[-1]) || (guint8)p[-1] >= 0x80);
    if (!is_whole || (!is_inside && !g_ascii_isalpha (next) && next < 0x80))
      return TRUE;
  }
  return FALSE;
}

LyktaPurposes
lykta_ical_words_purposes (const char *title)
{
  char text[256];

  g_return_val_if_fail (title != NULL, LYKTA_PURPOSE_NONE);
  lower (text, title, sizeof text);
  for (guint i = 0; i < G_N_ELEMENTS (title_purposes); i++) {
    if (is_found (text, title_purposes[i].part, FALSE))
      return title_purposes[i].purposes;
  }
  return LYKTA_PURPOSE_NONE;
}

LyktaAudience
lykta_ical_words_audience (const char *title)
{
  char text[256];

  g_return_val_if_fail (title != NULL, LYKTA_AUDIENCE_UNKNOWN);
  lower (text, title, sizeof text);
  for (guint i = 0; i < G_N_ELEMENTS (title_audiences); i++) {
    if (is_found (text, title_audiences[i].part, TRUE))
      return title_audiences[i].audience;
  }
  return LYKTA_AUDIENCE_UNKNOWN;
}
