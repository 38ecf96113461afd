# shellcheck shell=sh disable=SC2034
# For tests of the command line: a folder of its own, checks that report as TAP.
# Usage: . tap.sh; the program is $1 of the test.

program=$1
test -x "$program" || { echo "Bail out! $program is no program"; exit 1; }
tests=0
failed=0
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/clwise-cli-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM HUP
cd "$folder" || exit 1
chmod 755 "$folder"
mkdir out
CLWISE_CACHE_DIR=$folder/cache
export CLWISE_CACHE_DIR
unset CLWISE_DEVICE
newline='
'

# report GOOD NAME [DETAILS]
report() {
    tests=$((tests + 1))
    if [ "$1" = yes ]; then
        echo "ok $tests - $2"
        return
    fi
    failed=$((failed + 1))
    echo "not ok $tests - $2"
    [ -z "${3-}" ] || printf '%s\n' "$3" | sed 's/^/# /'
}

# skip NAME REASON
skip() {
    tests=$((tests + 1))
    echo "ok $tests - $1 # SKIP $2"
}

done_testing() {
    echo "1..$tests"
    [ "$failed" -eq 0 ]
}

# Runs the program; sets status, output and message.
try() {
    "$program" "$@" >"$folder/.stdout" 2>"$folder/.stderr"
    status=$?
    output=$(cat "$folder/.stdout")
    message=$(cat "$folder/.stderr")
}

checksums() {
    find . \( -path ./cache -o -path ./nobody \) -prune -o \
        -type f ! -name '.std*' -exec cksum {} + | sort
}

# fails STATUS SENTENCE ARGUMENT...: that status and exactly that on stderr, nothing on stdout, and
# nothing new or changed in the folder.
fails() {
    wanted_status=$1
    wanted="clwise: $2"
    shift 2
    before=$(checksums)
    try "$@"
    after=$(checksums)
    good=no
    if [ "$status" = "$wanted_status" ] && [ "$message" = "$wanted" ] && [ -z "$output" ] &&
        [ "$before" = "$after" ]; then
        good=yes
    fi
    report $good "clwise $*" "status $status, not $wanted_status?
wanted: $wanted
stderr: $message
stdout: $output
files before:
$before
after:
$after"
}

# prints TEXT ARGUMENT...: success, exactly that on stdout, nothing on stderr.
prints() {
    wanted=$1
    shift
    try "$@"
    good=no
    [ "$status" = 0 ] && [ "$output" = "$wanted" ] && [ -z "$message" ] && good=yes
    report $good "clwise $*" "status $status
wanted: $wanted
stdout: $output
stderr: $message"
}

# npy FILE DESCR FORTRAN_ORDER SHAPE DATA: a version 1.0 file; DATA as printf takes it.
npy() {
    {
        printf '\223NUMPY\001\000\166\000'
        printf '%-117s\n' "{'descr': $2, 'fortran_order': $3, 'shape': $4, }"
        # shellcheck disable=SC2059
        printf "$5"
    } >"$1"
}

# Runs the program as a user without rights; fails if there is no way to.
as_nobody() {
    mkdir -p "$folder/nobody" && chmod 777 "$folder/nobody"
    HOME=$folder/nobody POCL_CACHE_DIR=$folder/nobody CLWISE_CACHE_DIR=$folder/nobody/cache \
        setpriv --reuid=65534 --clear-groups "$program" "$@"
}

# cut_to BYTES FROM TO
cut_to() {
    head -c "$1" "$2" >"$3"
}
