/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/lykta-content-reader.h"

G_BEGIN_DECLS

/* Records of one activity (model/lykta-identity.h): what several sources say of it, or the pieces
 * of a series that was cut. In lists each of its dates stands once, from the record that
 * lykta_identity_choose_dates() prefers; the others are found when their source is named. */
typedef struct {
  gint64 activity_id;
  char *source_id;
  char *source_name;
  char *uid;
  gint64
      missing_since; /* Unix seconds since when its source does not send it, not yet confirmed; 0 */
  gboolean is_withdrawn; /* its source has taken it out; only dates that were cancelled are left */
} LyktaSameRecord;
void lykta_same_record_free (LyktaSameRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyktaSameRecord, lykta_same_record_free)

/* All records of the activity that @activity_id is one of, the one that stands for all first; alone
 * if there are no others, empty if it is gone. Errors as the reader's. (transfer full)
 * (element-type LyktaSameRecord) */
GPtrArray *
lykta_content_reader_list_same (LyktaContentReader *self, gint64 activity_id, GError **error);

/* What makes an activity look like others (LyktaIdentity.key), 0 nothing; and the one activity that
 * looks so: 0 when there is none, or several that are not the same. */
gint64 lykta_content_reader_get_likeness (LyktaContentReader *self, gint64 activity_id);
gint64 lykta_content_reader_find_alike (LyktaContentReader *self, gint64 likeness);

G_END_DECLS
