#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds tests/feed/fuzz-FORMAT.c with clang and lets it run for some seconds (FUZZ_SECONDS, 20).
# Skipped, with a line that says so, where clang or its fuzzer is missing.
#   fuzz.sh dav|ical|jsonld|lykta
set -eu
format=${1:-ical}
root=${LYKTA_SOURCE_ROOT:?}
build=${LYKTA_BUILD_ROOT:?}
seconds=${FUZZ_SECONDS:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
skip () { echo "skipped: $1"; exit 77; }
command -v clang >/dev/null || skip "clang is missing"
printf 'int LLVMFuzzerTestOneInput (const char *d, unsigned long n) { return d && n > 9; }\n' >"$work/probe.c"
clang -fsanitize=fuzzer,address "$work/probe.c" -o "$work/probe" 2>/dev/null || skip "clang has no fuzzer (libclang-rt-14-dev)"
packages="libxml-2.0 gio-unix-2.0 gobject-2.0 libical json-glib-1.0 icu-i18n icu-uc"
feed=$root/app/feed
sources="$feed/lykta-feed.c $feed/lykta-feed-report.c $feed/lykta-zone.c"
for file in "$feed"/lykta-ical*.c "$feed"/lykta-libical.c "$feed"/lykta-occurrences.c "$feed"/lykta-recurrence*.c; do sources="$sources $file"; done
for file in "$feed"/lykta-dav*.c "$feed"/lykta-xml-guard.c; do sources="$sources $file"; done
if [ "$format" = jsonld ]; then
  for file in "$feed"/lykta-json*.c "$feed"/lykta-integreat.c "$feed"/lykta-activity-merge.c; do sources="$sources $file"; done
fi
if [ "$format" = lykta ]; then
  packages="$packages libzstd libsodium"
  for part in attachment catalogue columns delta index part record state; do sources="$sources $feed/lykta-feed-$part.c"; done
  sources="$sources $feed/lykta-canonical-json.c $feed/lykta-merge-patch.c $feed/lykta-zstd.c $feed/lykta-gzip.c"
  for file in "$root"/app/trust/*.c; do sources="$sources $file"; done
fi
# shellcheck disable=SC2046,SC2086
clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -fno-strict-aliasing \
  -DLYKTA_LIBFUZZER -D_GNU_SOURCE -DGLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74 -I"$root/app" -I"$build/app" \
  $(pkg-config --cflags $packages) \
  "$root/tests/feed/fuzz-$format.c" "$root"/app/base/*.c "$root"/app/text/*.c "$root"/app/model/*.c $sources \
  -o "$work/fuzz" $(pkg-config --libs $packages) -lm
mkdir "$work/corpus"
seeds="$root/tests/feed/fixtures"
[ "$format" != jsonld ] || seeds="$root/tests/feed/fixtures-jsonld"
# shellcheck disable=SC2086
# Memory is that of the sanitizer as well.
"$work/fuzz" -max_len=20000 -timeout=5 -rss_limit_mb=1024 -max_total_time="$seconds" -print_final_stats=1 \
  -artifact_prefix="$build/meson-logs/" "$work/corpus" $seeds >"$work/log" 2>&1 \
  || { tail -n 60 "$work/log"; exit 1; }
tail -n 12 "$work/log"
