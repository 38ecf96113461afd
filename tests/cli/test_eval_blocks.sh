#!/bin/sh
# eval in blocks: the same bits as in memory, and nothing left behind by a failure.
. "$(dirname "$0")/tap.sh"

leftovers() {
    find . -name '.clwise-*'
}

# random FILE DESCR FORTRAN_ORDER SHAPE BYTES: the same bytes each time.
random() {
    npy "$1" "$2" "$3" "$4" ''
    awk -v count="$5" 'BEGIN { srand(7); for (i = 0; i < count; i++) printf "%c", 1 + int(rand() * 126) }' \
        >>"$1"
}

random bytes.npy "'|u1'" False '(300, 1000)' 300000
random row.npy "'<i2'" False '(1000,)' 2000
random column.npy "'|u1'" False '(300, 1)' 300
random long.npy "'<u4'" False '(1, 70000)' 280000
random few.npy "'|i1'" False '(3, 1)' 3
random deep.npy "'<i4'" False '(30, 1, 200)' 24000
random wide.npy "'<i2'" False '(41, 200)' 16400
random thin.npy "'>i8'" False '(30, 41, 1)' 9840
random big.npy "'>c16'" False '(100, 300)' 480000
random fortran.npy "'<i4'" True '(200, 300)' 240000
random columns.npy "'>i2'" True '(200, 300)' 120000
random cube.npy "'<u2'" True '(20, 100, 30)' 120000
npy zero.npy "'<f8'" False '()' '\000\000\000\000\000\000\004\100'
npy empty.npy "'<f4'" False '(0, 30000)' ''
random other.npy "'<f4'" False '(1, 30000)' 120000

# in_blocks COUNT EXPR NAME=VALUE...: with 64KiB and with 4GiB, COUNT results, equal bit for bit.
in_blocks() {
    count=$1
    shift
    rm -f out/*
    whole='' blocks=''
    for number in $(seq "$count"); do
        whole="$whole -o out/whole$number.npy"
        blocks="$blocks -o out/blocks$number.npy"
    done
    # shellcheck disable=SC2086
    try eval "$@" --memory 4GiB $whole
    problem=$message
    # shellcheck disable=SC2086
    try eval "$@" --memory 64KiB --verbose $blocks
    good=yes
    if [ "$status" != 0 ] || [ -n "$problem" ] ||
        ! printf '%s\n' "$message" | grep -q '^clwise: [1-9][0-9]* blocks of\|^clwise: 0 blocks of 0'; then
        good=no
    fi
    for number in $(seq "$count"); do
        if cmp -s "out/whole$number.npy" "out/blocks$number.npy"; then
            continue
        fi
        # Fortran order: the elements are compared.
        try eval 'u8(w != b)' "w=out/whole$number.npy" "b=out/blocks$number.npy" -o out/differ.npy
        [ "$status" = 0 ] && [ "$(tail -c +129 out/differ.npy | tr -d '\000' | wc -c)" = 0 ] &&
            [ "$(wc -c <"out/whole$number.npy")" = "$(wc -c <"out/blocks$number.npy")" ] || good=no
    done
    report "$good" "in blocks: $*" "$problem $message"
}

in_blocks 1 'a*2 + 1' a=bytes.npy
in_blocks 1 'f32(a)*2.5 + b' a=bytes.npy b=row.npy
in_blocks 1 'a*0.5 - b' a=bytes.npy b=column.npy
in_blocks 1 'b > a' a=bytes.npy b=row.npy
in_blocks 2 'q, r = divmod(a, b)' a=column.npy b=row.npy
in_blocks 3 's, c, t = sin(f32(a)), cos(f32(a)), i64(a) << 3' a=bytes.npy
in_blocks 1 'a ^ b' a=long.npy b=few.npy
in_blocks 1 'a + b*c' a=deep.npy b=wide.npy c=thin.npy
in_blocks 1 'a*g + 1j' a=big.npy --param g=2.5
in_blocks 1 'a - z' a=bytes.npy z=zero.npy
in_blocks 1 'a - z' a=bytes.npy z=zero.npy --promotion torch
in_blocks 1 'a*1.5' a=bytes.npy --dtype f16
in_blocks 1 'a - b' a=fortran.npy b=columns.npy
in_blocks 1 'a*2' a=cube.npy
in_blocks 1 'a + b' a=empty.npy b=other.npy

# An op that asks where an element stands: blocks are whole rows, the last one is alone.
cat >place.cl <<'END'
// place -- where an element stands
//
//! op     place(x) -> y
//! loop   T -> i64          for any
//! index  row : 0
//! index  flat : flat

static inline R place(T x, long row, long flat)
{
    return row * 1000000 + flat;
}
END
random odd.npy "'|u1'" False '(301, 700)' 210700
random tail.npy "'|u1'" False '(700,)' 700
in_blocks 1 'place(a) + a' a=odd.npy --ops place.cl
in_blocks 1 'place(b) + place(a)' a=odd.npy b=tail.npy --ops place.cl
random flat.npy "'|u1'" False '(1, 300000)' 300000
fails 1 '--memory 65536 is too little for one row of the first axis; rows are not cut, since an op asks where an element stands' \
    eval 'place(a)' a=flat.npy --ops place.cl -o out/y.npy --memory 64KiB
in_blocks 1 'a + 1' a=flat.npy --ops place.cl

# A pipe is read in order.
try eval 'a + 1' a=bytes.npy -o out/file.npy
# shellcheck disable=SC2002
cat bytes.npy | "$program" eval 'a + 1' a=- -o out/pipe.npy --memory 64KiB
report "$(cmp -s out/file.npy out/pipe.npy && echo yes)" 'standard input in blocks'
"$program" eval 'a + 1' a=bytes.npy -o - --memory 64KiB | cat >out/pipe.npy
report "$(cmp -s out/file.npy out/pipe.npy && echo yes)" 'standard output in blocks'
cp bytes.npy same.npy
try eval 'a + 1' a=same.npy -o same.npy --memory 64KiB
report "$(cmp -s out/file.npy same.npy && echo yes)" 'an input may be the output' "$message"

rm -f out/*
fails 1 'out/y.png: only .npy is written in blocks, and inputs and results of 600000 bytes do not fit into --memory 65536' \
    eval 'a + 1' a=bytes.npy -o out/y.png --memory 64KiB
fails 1 'y of shape (300, 1000) is too large to print; -o FILE writes it' \
    eval 'a + 1' a=bytes.npy --memory 64KiB
random beside.npy "'<i4'" False '(200, 300)' 240000
fails 1 'fortran.npy: is in Fortran order beside C order, so its 240000 bytes must be read at once; with --memory 65536 they do not fit beside the rest' \
    eval 'a + b' a=fortran.npy b=beside.npy -o out/y.npy --memory 64KiB
# Images are read as they are opened, and so are refused before.
try eval 'u8(a)' a=bytes.npy -o out/image.png
mv out/image.png image.png
fails 1 'image.png: an image is read at once: its 1000 x 300 pixels take 300000 bytes, and --memory leaves 65536' \
    eval 'a + 1' a=image.png -o out/y.npy --memory 64KiB
fails 1 'image.png: an image is read at once: its 1000 x 300 pixels take 300000 bytes, and --memory leaves 224288' \
    eval 'a + b' a=image.png b=image.png -o out/y.npy --memory 512KiB
fails 1 'image.png: is an image, so its 300000 bytes must be read at once; with --memory 311296 they do not fit beside the rest' \
    eval 'a + 1' a=image.png -o out/y.npy --memory 304KiB
head -c 200000 bytes.npy >short.npy
fails 1 'short.npy: is truncated: shape (300, 1000) of u8 needs 300000 bytes, and there are 199872' \
    eval 'a + 1' a=short.npy -o out/y.npy --memory 64KiB
echo old >out/old.npy
"$program" eval 'a + 1' a=- -o out/old.npy --memory 64KiB <short.npy 2>.stderr
status=$?
# shellcheck disable=SC2002
cat short.npy | "$program" eval 'a + 1' a=- -o out/old.npy --memory 64KiB 2>.stderr && status=0
report "$([ "$status" = 1 ] && [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] &&
    grep -q '^clwise: standard input: is truncated: .* needs 300000 bytes, and there are 199872$' .stderr &&
    echo yes)" 'a pipe that ends early' "$(cat .stderr)"
ln -s /dev/full full.npy
fails 1 'full.npy: cannot be written: No space left on device' \
    eval 'q, r = divmod(a, 3)' a=bytes.npy -o out/old.npy -o full.npy --memory 64KiB
refused=$( (ulimit -f 100 && "$program" eval 'a + 1' a=bytes.npy -o out/old.npy \
    --memory 64KiB) 2>&1)
report "$([ "$refused" = 'clwise: out/old.npy: cannot be written: File too large' ] &&
    [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] && echo yes)" \
    'a file past the size limit' "$refused $(leftovers)"
mkdir disk
# shellcheck disable=SC2016
if unshare -rm sh -c 'mount -t tmpfs -o size=64k none disk' 2>/dev/null; then
    refused=$(unshare -rm sh -c '
        mount -t tmpfs -o size=64k none disk && echo old >disk/y.npy
        "$1" eval "a + 1" a=bytes.npy -o disk/y.npy --memory 64KiB 2>&1
        echo "status $?"
        cat disk/y.npy
        ls -A disk' sh "$program")
    report "$([ "$refused" = "clwise: disk/y.npy: cannot be written: No space left on device${newline}\
status 1${newline}old${newline}y.npy" ] && echo yes)" 'a full disk' "$refused"
else
    skip 'a full disk' 'no name space to mount a small one in'
fi

# begin ARGUMENT...: an evaluation whose input, the pipe on 3, stops in the middle; sets child.
mkfifo pipe
begin() {
    "$program" eval "$@" --memory 64KiB <pipe 2>.stderr &
    child=$!
    exec 3>pipe
    head -c 100000 bytes.npy >&3
    tries=0
    while [ -z "$(find . -name '.clwise-*' -size +40k)" ] && [ "$tries" -lt 300 ] &&
        kill -0 "$child" 2>/dev/null; do
        sleep 0.1
        tries=$((tries + 1))
    done
}

for signal in TERM HUP PIPE; do
    begin 'a + 1' a=- -o out/old.npy
    kill -"$signal" "$child"
    wait "$child" 2>/dev/null
    status=$?
    exec 3>&-
    report "$([ "$status" -gt 128 ] && [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] &&
        echo yes)" "$signal removes what is not complete" "status $status, $(leftovers) $(cat .stderr)"
done

# A shell without job control starts what is in the background with these two ignored.
for signal in INT QUIT; do
    status=$(python3 - "$program" "SIG$signal" 2>.stderr <<'END'
import os, signal, subprocess, sys, time

number = getattr(signal, sys.argv[2])
signal.signal(number, signal.SIG_DFL)
child = subprocess.Popen(
    [sys.argv[1], "eval", "a + 1", "a=-", "-o", "out/old.npy", "--memory", "64KiB"],
    stdin=subprocess.PIPE)
child.stdin.write(open("bytes.npy", "rb").read(100000))
child.stdin.flush()
for _ in range(300):
    if any(name.startswith(".clwise-") for name in os.listdir("out")):
        break
    time.sleep(0.1)
child.send_signal(number)
print(child.wait() == -number)
END
    )
    report "$([ "$status" = True ] && [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] &&
        echo yes)" "$signal removes what is not complete" "$status $(leftovers) $(cat .stderr)"
done

cp bytes.npy shrinks.npy
begin 'a + b' a=- b=shrinks.npy -o out/old.npy
head -c 1000 bytes.npy >shrinks.npy
tail -c +100001 bytes.npy >&3
exec 3>&-
wait "$child"
status=$?
report "$([ "$status" = 1 ] && [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] &&
    grep -q '^clwise: shrinks.npy: is truncated: shape (300, 1000) of u8 needs' .stderr && echo yes)" \
    'an input that shrinks meanwhile' "status $status $(leftovers) $(cat .stderr)"

# The writer fails while the reader waits for a pipe that stays silent.
"$program" eval 'a + 1' a=- -o full.npy --memory 64KiB <pipe 2>.stderr &
child=$!
exec 3>pipe
head -c 100000 bytes.npy >&3
wait "$child"
status=$?
exec 3>&-
report "$([ "$status" = 1 ] &&
    [ "$(cat .stderr)" = 'clwise: full.npy: cannot be written: No space left on device' ] &&
    echo yes)" 'a failure while the input is silent' "$(cat .stderr)"

if command -v script >/dev/null; then
    cat >slow.sh <<'END'
(head -c 200000 bytes.npy; sleep 2; tail -c +200001 bytes.npy) |
    "$1" eval 'a + 1' a=- -o out/slow.npy --memory 64KiB
END
    shown=$(sleep 5 | script -qec "sh slow.sh '$program'" /dev/null | tr '\r' '\n')
    report "$(printf '%s' "$shown" | grep -q '% \[#.*MB/s, [0-9]* s left  evaluating a + 1' && echo yes)" \
        'a progress bar on a terminal' "$shown"
    quiet=$(sh slow.sh "$program" 2>&1)
    report "$([ -z "$quiet" ] && echo yes)" 'and none elsewhere' "$quiet"
else
    skip 'a progress bar on a terminal' 'script of util-linux is not there'
    skip 'and none elsewhere' 'script of util-linux is not there'
fi

done_testing
