/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tool/lykta-commands.h"
#include "tool/lykta-tool-json.h"

#include <stdio.h>
#include <string.h>

#include "certificate/lykta-certificate-judge.h"
#include "certificate/lykta-certificate-token.h"
#include "desk/lykta-verdict.h"
#include "paper/lykta-code-reader.h"

/* `certificate verify`: from a scanner that types, from a picture or PDF, from text. */

typedef struct {
  char *file;          /* (owned) (nullable), as all here */
  char *trust;         /* file of a trust list */
  char *publisher_key; /* minisign public key that must have signed it */
  char **status;       /* files of status lists */
} VerifyOptions;

static void
verify_options_clear (VerifyOptions *options)
{
  g_free (options->file);
  g_free (options->trust);
  g_free (options->publisher_key);
  g_strfreev (options->status);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VerifyOptions, verify_options_clear)

/* What the judgement rests on. */
typedef struct {
  GPtrArray *trust;  /* (owned) (element-type LyktaTrustList) */
  GPtrArray *status; /* (owned) (element-type LyktaStatusList) */
} Lists;

static void
lists_clear (Lists *lists)
{
  g_clear_pointer (&lists->trust, g_ptr_array_unref);
  g_clear_pointer (&lists->status, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lists, lists_clear)

static GBytes *
load (const char *path, GError **error)
{
  char *text;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  return g_bytes_new_take (text, size);
}

static gboolean
load_trust (const VerifyOptions *options, Lists *lists, GError **error)
{
  g_autoptr (LyktaVerifyingKey) key = lykta_verifying_key_parse (options->publisher_key, error);
  g_autoptr (GBytes) data = key != NULL ? load (options->trust, error) : NULL;
  LyktaTrustList *list = data != NULL ? lykta_trust_list_read (data, key, error) : NULL;

  if (list == NULL) {
    g_prefix_error (error, "%s: ", options->trust);
    return FALSE;
  }
  g_ptr_array_add (lists->trust, list);
  return TRUE;
}

static gboolean
load_lists (const VerifyOptions *options, Lists *lists, GError **error)
{
  lists->trust = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_trust_list_unref);
  lists->status = g_ptr_array_new_with_free_func ((GDestroyNotify)lykta_status_list_unref);
  if (options->trust != NULL && !load_trust (options, lists, error))
    return FALSE;
  for (guint i = 0; options->status != NULL && options->status[i] != NULL; i++) {
    g_autoptr (GBytes) data = load (options->status[i], error);
    LyktaStatusList *list = data != NULL ? lykta_status_list_read (data, error) : NULL;

    if (list == NULL) {
      g_prefix_error (error, "%s: ", options->status[i]);
      return FALSE;
    }
    g_ptr_array_add (lists->status, list);
  }
  return TRUE;
}

static void
print_json_date (JsonBuilder *builder, const char *name, LyktaDate date)
{
  g_autofree char *text = lykta_date_is_set (date) ? lykta_date_to_string (date) : NULL;

  lykta_json_string (builder, name, text);
}

static void
print_json_claims (JsonBuilder *builder, LyktaCertificateClaims *claims)
{
  lykta_json_string (builder, "serial", lykta_certificate_claims_get_serial (claims));
  lykta_json_string (builder, "issuer", lykta_certificate_claims_get_issuer (claims));
  lykta_json_string (builder, "holder_name", lykta_certificate_claims_get_holder_name (claims));
  lykta_json_string (builder, "activity", lykta_certificate_claims_get_activity (claims));
  lykta_json_string (builder, "place", lykta_certificate_claims_get_place (claims));
  print_json_date (builder, "period_from", lykta_certificate_claims_get_period_from (claims));
  print_json_date (builder, "period_to", lykta_certificate_claims_get_period_to (claims));
  print_json_date (builder, "valid_from", lykta_certificate_claims_get_valid_from (claims));
  print_json_date (builder, "valid_to", lykta_certificate_claims_get_valid_to (claims));
  lykta_json_string (builder, "use",
                     lykta_certificate_use_to_token (lykta_certificate_claims_get_use (claims)));
}

static void
print_json (LyktaCertificateClaims *claims,
            const LyktaCertificateJudgement *judgement,
            const GError *refusal)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (refusal != NULL) {
    lykta_json_string (builder, "state", "refused");
    lykta_json_string (builder, "reason", lykta_verdict_refusal_token (refusal));
  } else {
    g_autofree char *made_at = judgement->status_made_at >= 0
                                   ? lykta_moment_to_rfc3339_utc (judgement->status_made_at)
                                   : NULL;

    lykta_json_string (builder, "state", lykta_certificate_state_to_token (judgement->state));
    print_json_claims (builder, claims);
    lykta_json_string (builder, "confirmed_by", judgement->confirmed_by);
    lykta_json_string (builder, "desk", judgement->desk != NULL ? judgement->desk->name : NULL);
    lykta_json_string (builder, "revocations_as_of", made_at);
  }
  json_builder_end_object (builder);
  lykta_json_print (builder);
}

static void
print_words (LyktaCatalogue *catalogue,
             LyktaCertificateClaims *claims,
             const LyktaCertificateJudgement *judgement)
{
  g_autofree char *state = lykta_verdict_state_text (catalogue, claims, judgement->state);
  g_autofree char *name = lykta_tool_one_line (lykta_certificate_claims_get_holder_name (claims));
  g_autofree char *activity = lykta_tool_one_line (lykta_certificate_claims_get_activity (claims));
  g_autofree char *signer = lykta_verdict_signer_text (catalogue, claims, judgement);
  g_autofree char *revocations = lykta_verdict_revocation_text (catalogue, judgement);

  g_print ("%s\n", state);
  g_print ("  %s\n  %s\n  %s\n", name, activity, lykta_certificate_claims_get_serial (claims));
  g_print ("%s\n%s\n", signer, revocations);
}

/* One line from standard input, which a scanner ends as if somebody had pressed Enter. */
static char *
read_line (void)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (int c = getchar (); c != EOF && c != '\n' && line->len <= 2 * LYKTA_TOKEN_MAX_CHARS;
       c = getchar ())
    g_string_append_c (line, (char)c);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* The first text in the file that begins like one of ours, else the first at all; NULL after
 * saying why. */
static char *
read_file (const char *path, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = lykta_code_reader_read_file (path, &error);

  if (texts == NULL) {
    *code = lykta_tool_fail (LYKTA_TOOL_BAD_INPUT, _ ("“%s” cannot be looked at: %s"), path,
                             error->message);
    return NULL;
  }
  for (guint i = 0; i < texts->len; i++) {
    if (g_str_has_prefix (g_ptr_array_index (texts, i), LYKTA_TOKEN_PREFIX))
      return g_strdup (g_ptr_array_index (texts, i));
  }
  if (texts->len == 0) {
    *code = lykta_tool_fail (LYKTA_TOOL_NOT_FOUND, _ ("There is no QR code in “%s”."), path);
    return NULL;
  }
  return g_strdup (g_ptr_array_index (texts, 0));
}

static int
verify (LyktaTool *tool, const char *text, Lists *lists)
{
  g_autoptr (LyktaVerifyingKey) key = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (LyktaCatalogue) catalogue =
      lykta_catalogue_new (lykta_locale_dir (), lykta_tool_get_language (tool));
  LyktaCertificateJudgement judgement = {0};
  g_autoptr (LyktaCertificateClaims) claims = lykta_certificate_token_read (text, &key, &refusal);

  if (claims != NULL)
    judgement = lykta_certificate_judge (claims, key, lists->trust, lists->status,
                                         lykta_clock_now (lykta_tool_get_clock (tool)));
  if (lykta_tool_is_json (tool))
    print_json (claims, &judgement, refusal);
  if (claims == NULL)
    return lykta_tool_is_json (tool)
               ? LYKTA_TOOL_BAD_INPUT
               : lykta_tool_fail (LYKTA_TOOL_BAD_INPUT, "%s",
                                  lykta_verdict_refusal_text (catalogue, refusal));
  if (!lykta_tool_is_json (tool))
    print_words (catalogue, claims, &judgement);
  return judgement.state == LYKTA_CERTIFICATE_STATE_VALID ? LYKTA_TOOL_OK : LYKTA_TOOL_BAD_INPUT;
}

int
lykta_command_certificate_verify (LyktaTool *tool, int argc, char **argv)
{
  g_auto (VerifyOptions) options = {0};
  g_auto (Lists) lists = {0};
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = LYKTA_TOOL_OK;
  const GOptionEntry entries[] = {
      {"file", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("Picture or PDF with the code"),
       "FILE"},
      {"trust", 0, 0, G_OPTION_ARG_FILENAME, &options.trust,
       N_ ("Trust list; needs --publisher-key"), "FILE"},
      {"publisher-key", 0, 0, G_OPTION_ARG_STRING, &options.publisher_key,
       N_ ("Public key of the feed"), "RW…"},
      {"status", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.status,
       N_ ("List of revoked certificates; may be given several times"), "FILE"},
      G_OPTION_ENTRY_NULL,
  };

  if (!lykta_tool_parse (tool, entries, "[TEXT]",
                         _ ("Tells whether the code on a certificate is genuine and valid."), 0, 1,
                         &argc, &argv))
    return LYKTA_TOOL_USAGE;
  if ((options.trust == NULL) != (options.publisher_key == NULL))
    return lykta_tool_usage (_ ("--trust and --publisher-key belong together"));
  if (options.file != NULL && argc > 1)
    return lykta_tool_usage (_ ("--file takes no TEXT"));
  if (!load_lists (&options, &lists, &error))
    return lykta_tool_fail (LYKTA_TOOL_BAD_INPUT, "%s", error->message);
  if (options.file != NULL)
    text = read_file (options.file, &code);
  else
    text = argc > 1 && !g_str_equal (argv[1], "-") ? g_strdup (argv[1]) : read_line ();
  return text != NULL ? verify (tool, text, &lists) : code;
}
