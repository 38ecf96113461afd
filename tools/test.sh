#!/bin/sh
# Installs what is missing, builds, and runs the tests on PoCL (or on what $OCL_ICD_VENDORS names).
# usage: sh tools/test.sh [quick|full]   quick: the inner loop, without the long suites
#                                         full: and 10^6 inputs for each fuzzer
# $CLWISE_BUILD (default: build) is the build folder, $CLWISE_TEST_CACHE one for kernels (default:
# in the build folder), $CLWISE_SHARED the one with golden tables (default: ../shared);
# $CLWISE_LEAVE_OUT names suites to leave out.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
'' | full) suites= ;;
quick) suites='--suite unit --suite cli --suite quick' ;;
*)
    sed -n '3s/^# //p' "$0" >&2
    exit 2
    ;;
esac
for suite in ${CLWISE_LEAVE_OUT:-}; do
    suites="$suites --no-suite $suite"
done
build=${CLWISE_BUILD:-build}
if [ -z "${CLWISE_SHARED:-}" ] && [ -d ../shared ]; then
    CLWISE_SHARED=$(cd ../shared && pwd)
    export CLWISE_SHARED
fi

sh tools/packages.sh test
[ -e "$build/build.ninja" ] || meson setup "$build"
ninja -C "$build"
[ "${1:-}" = quick ] || sh examples/data.sh "$build/examples-data" ||
    echo "tools/test.sh: examples without data will be skipped" >&2

# Caches of clwise and of the drivers stay out of the home folder, and warm for the next run.
export XDG_CACHE_HOME="${CLWISE_TEST_CACHE:-$(cd "$build" && pwd)/test-cache}"
mkdir -p "$XDG_CACHE_HOME"
[ -n "${OCL_ICD_VENDORS:-}" ] || device='sh tools/on-device.sh pocl'

status=0
${device:-} meson test -C "$build" --no-rebuild --print-errorlogs $suites || status=$?
[ "${1:-}" != full ] || CLWISE_BUILD=$build sh tools/fuzz.sh || status=1
sh tools/count-tests.sh "$build/meson-logs/testlog.json"
exit $status
