#!/bin/sh
# eval in blocks on a file of 6 GB that is almost all holes, as is the result.
. "$(dirname "$0")/tap.sh"

npy one.npy "'|u1'" False '(1, 3)' 'abc'
npy sparse.npy "'|u1'" False '(6000, 1000, 1000)' ''
if truncate -s 6000000128 sparse.npy 2>/dev/null &&
    printf '\005\007' | dd of=sparse.npy bs=1 seek=3000012345 conv=notrunc 2>/dev/null; then
    try eval 'a*2' a=sparse.npy -o out/large.npy --memory 256MiB
    got=$(tail -c +3000012345 out/large.npy | head -c 4 | od -An -tu1 | tr -d ' \n')
    blocks=$(du -k out/large.npy | cut -f1)
    report "$([ "$status" = 0 ] && [ "$(wc -c <out/large.npy)" = 6000000128 ] && [ "$got" = 010140 ] &&
        [ "$blocks" -lt 10000 ] && echo yes)" '6 GB in 256 MiB' "$message $got $blocks KiB"
    # Memory beyond that of a small evaluation with the same kernel.
    grown=$(python3 - "$program" <<'END'
import os, subprocess, sys

def peak(*arguments):
    child = subprocess.Popen([sys.argv[1], "eval", "a*2", *arguments, "-o", "out/y.npy"])
    _, status, usage = os.wait4(child.pid, 0)
    return usage.ru_maxrss if status == 0 else 1 << 40

small = peak("a=one.npy")
small = peak("a=one.npy")
print(peak("a=sparse.npy", "--memory", "32MiB") - small)
END
    )
    if grep -q __asan_init "$program"; then
        skip 'memory stays under --memory' 'a sanitizer has memory of its own'
    else
        report "$([ "$grown" -le 32768 ] && echo yes)" 'memory stays under --memory' "$grown KiB"
    fi
    rm -f sparse.npy out/*.npy
else
    skip '6 GB in 256 MiB' 'no room for a file with holes'
    skip 'memory stays under --memory' 'no room for a file with holes'
fi

done_testing
