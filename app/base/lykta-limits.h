/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What outside input may cost at the most. Every parser and every download refers to this page;
 * whoever raises a number here reads the tests in tests/feed and tests/sync first. */

/* One download, counted after decoding (a 405-byte brotli answer can hold 256 MB). */
#define LYKTA_LIMIT_DOWNLOAD_BYTES (512 * 1024 * 1024)
/* One whole download, whatever the pace. */
#define LYKTA_LIMIT_DOWNLOAD_SECONDS (10 * 60)
/* Connecting and waiting for the first byte of an answer. */
#define LYKTA_LIMIT_RESPONSE_SECONDS 30
/* Less than this over LYKTA_LIMIT_RATE_WINDOW_SECONDS and a download is given up. */
#define LYKTA_LIMIT_BYTES_PER_SECOND    64
#define LYKTA_LIMIT_RATE_WINDOW_SECONDS 20
#define LYKTA_LIMIT_REDIRECTS           5
/* Connections that nobody uses: so many, and for so long. Routers on the way forget them after some
 * minutes, and web servers close them mostly after one. */
#define LYKTA_LIMIT_KEPT_CONNECTIONS        4
#define LYKTA_LIMIT_KEPT_CONNECTION_SECONDS (2 * 60)

/* One file of a feed on disk or from the network. */
#define LYKTA_LIMIT_FEED_BYTES LYKTA_LIMIT_DOWNLOAD_BYTES
/* One unfolded content line. */
#define LYKTA_LIMIT_LINE_BYTES (256 * 1024)
/* One VEVENT with all that is inside it. */
#define LYKTA_LIMIT_COMPONENT_BYTES (1024 * 1024)
/* BEGIN inside BEGIN. */
#define LYKTA_LIMIT_NESTING 8
/* Braces inside braces, in one JSON event (schema.org nests freely). */
#define LYKTA_LIMIT_JSON_NESTING 32
/* A web page that carries events. */
#define LYKTA_LIMIT_HTML_BYTES (16 * 1024 * 1024)
/* Languages of one text. */
#define LYKTA_LIMIT_LANGUAGES 64
/* Pages of one paged collection. */
#define LYKTA_LIMIT_PAGES 200
/* One tag of XML, with its attributes. */
#define LYKTA_LIMIT_XML_TAG_BYTES (8 * 1024)
/* One resource of a CalDAV calendar: a series with all its changed dates. */
#define LYKTA_LIMIT_DAV_EVENT_BYTES (4 * LYKTA_LIMIT_COMPONENT_BYTES)
/* Resources in all CalDAV calendars of one source. */
#define LYKTA_LIMIT_DAV_ITEMS 200000
/* CalDAV calendars of one source. */
#define LYKTA_LIMIT_DAV_CALENDARS 100
/* One refresh from a CalDAV server: the first one asks a hundred times. */
#define LYKTA_LIMIT_DAV_SECONDS (20 * 60)
/* A CalDAV server that makes a list of ten thousand resources for the first time. */
#define LYKTA_LIMIT_DAV_RESPONSE_SECONDS 180
/* Components in one file. */
#define LYKTA_LIMIT_COMPONENTS 500000
/* Property lines in one component. */
#define LYKTA_LIMIT_PROPERTIES 4000
/* Parameters of one property. */
#define LYKTA_LIMIT_PARAMETERS 64
/* EXDATE, RDATE values and overridden occurrences of one activity. */
#define LYKTA_LIMIT_DATES 1000
/* RRULE lines of one activity. */
#define LYKTA_LIMIT_RULES 8
/* Occurrences of one activity within the horizon. */
#define LYKTA_LIMIT_OCCURRENCES 1000
/* Dates of one refresh: so many, and one for so many bytes of the activities as they are kept, but
 * never more than the most. An activity with texts has hundreds of bytes for each of its dates. */
#define LYKTA_LIMIT_REFRESH_DATES_FREE     200000
#define LYKTA_LIMIT_REFRESH_BYTES_PER_DATE 5
#define LYKTA_LIMIT_REFRESH_DATES          5000000
/* Steps a recurrence may take to produce them. */
#define LYKTA_LIMIT_RECURRENCE_STEPS 20000
/* Characters in one title, and in one description or note (longer text is cut and reported). */
#define LYKTA_LIMIT_TITLE_CHARS 500
#define LYKTA_LIMIT_TEXT_CHARS  20000
/* Quarantined events kept with their reason, per source. */
#define LYKTA_LIMIT_QUARANTINE 1000

/* Days ahead for which occurrences are kept; extended every day. */
#define LYKTA_HORIZON_DAYS 430
/* Days ahead that are there at any moment: a series is extended when it has lost as many days as
 * lie between the two numbers. */
#define LYKTA_KEPT_AHEAD_DAYS 400
/* Days back that stay, so that a course that has begun and a date just cancelled can be seen. */
#define LYKTA_HISTORY_DAYS 31
/* So long a date that was cancelled stays in the calendar as cancelled after its source has taken
 * it out, counted from when the cancellation was first seen; but never past its end. */
#define LYKTA_CANCELLED_DAYS 14
/* What a plain source does not send any more is gone when a later answer, this many seconds on,
 * does not have it either. */
#define LYKTA_GONE_SECONDS (4 * 60 * 60)
