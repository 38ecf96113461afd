#!/bin/sh
# Adds up the results of meson's testlog.json files.
# usage: sh tools/count-tests.sh FILE...
set -eu
cat "$@" | awk '
    match($0, /"result": "[A-Z]+"/) { ++count[substr($0, RSTART + 11, RLENGTH - 12)]; ++total }
    END {
        passed = count["OK"] + count["EXPECTEDFAIL"]
        printf "%d passed, %d failed, %d skipped\n", passed, total - passed - count["SKIP"],
            count["SKIP"]
    }'
