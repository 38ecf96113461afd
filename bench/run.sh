#!/bin/sh
# Runs all benchmarks beside all peers, draws what they measured, and prints the bars: about 15 minutes
# on two cores.
# usage: sh bench/run.sh [--quick] [BUILD]
# The peers of Python go to BUILD/python-peers, figures and pictures to bench/report.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
quick=
if [ "${1-}" = --quick ]; then
    quick=--quick
    shift
fi
build=${1:-$root/build}
report=$root/bench/report

python=$(sh "$root/bench/python-peers.sh" "$build/python-peers")
[ -e "$build/build.ninja" ] || meson setup "$build" "$root"
ninja -C "$build" bench/clwise-bench bench/clwise-layouts bench/clwise-functions \
    bench/clwise-expressions bench/clwise-batch tools/clwise
mkdir -p "$report"

# run NAME COMMAND...: its figures in NAME.json; all run, then one that failed is told.
failed=
run() {
    name=$1
    shift
    echo "== $*"
    # shellcheck disable=SC2086
    "$@" $quick --python "$python" --json "$report/$name.json" || failed="$failed $name"
}
run bench "$build/bench/clwise-bench"
run layouts "$build/bench/clwise-layouts"
run sizes "$build/bench/clwise-bench" --sizes
run expressions "$build/bench/clwise-expressions"
run functions "$build/bench/clwise-functions" --dtype f32,c64
if [ -z "$quick" ]; then
    echo "== $build/bench/clwise-batch"
    "$build/bench/clwise-batch" "$build/tools/clwise" "$(nproc)" >"$report/batch.txt" ||
        failed="$failed batch"
fi
"$python" "$root/bench/plot.py" "$report"
"$python" "$root/bench/table.py" "$report"
[ -z "$failed" ] || {
    echo "bench/run.sh: failed, see above:$failed" >&2
    exit 1
}
