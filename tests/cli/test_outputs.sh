#!/bin/sh
# Outputs: whole or as they were, whatever happens to the disk, the folder or the program.
. "$(dirname "$0")/tap.sh"

npy a.npy "'<f4'" False '(3,)' '\000\000\200\077\000\000\000\100\000\000\100\100'
npy wide.npy "'|u1'" False '(8000000,)' ''
head -c 8000000 /dev/zero >>wide.npy

leftovers() {
    find . -name '.clwise-*'
}

try run add a.npy 1 -o out/y.npy
report "$([ "$status" = 0 ] && [ -z "$output$message" ] && echo yes)" 'an output is written' "$message"
npy expected.npy "'<f4'" False '(3,)' '\000\000\000\100\000\000\100\100\000\000\200\100'
report "$(cmp -s out/y.npy expected.npy && echo yes)" 'with the bytes of numpy.save'

"$program" run add a.npy 1 -o - >piped.npy
report "$(cmp -s piped.npy expected.npy && echo yes)" 'standard output is an .npy file'

(umask 027 && exec "$program" run add a.npy 1 -o out/mode.npy)
mode=$(stat -c %a out/mode.npy)
report "$([ "$mode" = 640 ] && echo yes)" 'the mode follows the umask' "$mode"

mkdir real && cp a.npy real/target.npy && ln -s real/target.npy link.npy
try run add a.npy 1 -o link.npy
report "$([ -L link.npy ] && cmp -s real/target.npy expected.npy && echo yes)" \
    'a symbolic link is followed'

cp a.npy same.npy
try run add same.npy 1 -o same.npy
report "$(cmp -s same.npy expected.npy && echo yes)" 'an input may be the output'

try run divmod 7 2 -o out/quotient.npy -o out/remainder.npy
prints 'y  i64 ()
3' run positive out/quotient.npy
prints 'y  i64 ()
1' run positive out/remainder.npy
report "$([ -z "$(leftovers)" ] && echo yes)" 'no temporary file is left' "$(leftovers)"

echo old >out/old.npy
fails 1 'out/none/y.npy: cannot be written: No such file or directory' \
    run add a.npy 1 -o out/none/y.npy
mkdir folder.npy
fails 1 'folder.npy: cannot be written: Is a directory' run add a.npy 1 -o folder.npy
fails 1 'folder.npy: cannot be written: Is a directory' \
    run divmod a.npy 1 -o out/old.npy -o folder.npy
ln -s /dev/full full.npy
fails 1 'full.npy: cannot be written: No space left on device' run add a.npy 1 -o full.npy
fails 1 'full.npy: cannot be written: No space left on device' \
    run divmod a.npy 1 -o out/old.npy -o full.npy
fails 1 'out/y.npy: bf16 has no .npy form; --dtype f32 gives one that has' \
    run add a.npy 1 --dtype bf16 -o out/y.npy
fails 1 'out/y.png: f32 of shape (3,) has no PNG form; one has bool, u8, u16 or a real float of shape (h, w) or (h, w, 1 to 4), with sides of 1 to 1000000' \
    run add a.npy 1 -o out/y.png
fails 1 'y of shape (8000000,) is too large to print; -o FILE writes it' run positive wide.npy

# In blocks of 512 or 1024 bytes: less than the output, and more than a kernel's binary.
refused=$( (ulimit -f 4000 && "$program" run positive wide.npy -o out/old.npy) 2>&1)
report "$([ "$refused" = 'clwise: out/old.npy: cannot be written: File too large' ] &&
    [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] && echo yes)" \
    'a file past the size limit' "$refused $(leftovers)"

mkdir disk
# shellcheck disable=SC2016
if unshare -rm sh -c 'mount -t tmpfs -o size=64k none disk' 2>/dev/null; then
    refused=$(unshare -rm sh -c '
        mount -t tmpfs -o size=64k none disk && echo old >disk/y.npy
        "$1" run positive wide.npy -o disk/y.npy --cache-dir "" 2>&1
        echo "status $?"
        cat disk/y.npy
        ls -A disk' sh "$program")
    report "$([ "$refused" = "clwise: disk/y.npy: cannot be written: No space left on device${newline}\
status 1${newline}old${newline}y.npy" ] && echo yes)" 'a full disk' "$refused"
else
    skip 'a full disk' 'no name space to mount a small one in'
fi

mkdir locked && chmod 555 locked
if [ "$(id -u)" != 0 ]; then
    fails 1 'locked/y.npy: cannot be written: Permission denied' run add a.npy 1 -o locked/y.npy
elif as_nobody --version >/dev/null 2>&1; then
    refused=$(as_nobody run add a.npy 1 -o locked/y.npy 2>&1)
    report "$([ "$refused" = 'clwise: locked/y.npy: cannot be written: Permission denied' ] &&
        [ -z "$(ls -A locked)" ] && echo yes)" 'a folder that may not be written' "$refused"
else
    skip 'a folder that may not be written' 'root writes all, and nobody cannot run the program'
fi

# A signal while an output is open: standard output is a pipe that nobody empties.
mkfifo pipe
for signal in TERM HUP PIPE; do
    echo old >out/old.npy
    "$program" run frexp wide.npy -o out/old.npy -o - >pipe 2>.stderr &
    child=$!
    exec 3<pipe
    tries=0
    while [ -z "$(leftovers)" ] && [ "$tries" -lt 300 ] && kill -0 "$child" 2>/dev/null; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -"$signal" "$child"
    wait "$child" 2>/dev/null
    status=$?
    exec 3<&-
    report "$([ "$status" -gt 128 ] && [ "$(cat out/old.npy)" = old ] && [ -z "$(leftovers)" ] &&
        echo yes)" "$signal removes what is not complete" "status $status, $(leftovers) $(cat .stderr)"
done

refused=$( ("$program" run add a.npy 1 -o - >&-) 2>&1)
report "$([ "$refused" = 'clwise: standard output: cannot be written: Bad file descriptor' ] && echo yes)" \
    'a closed standard output' "$refused"

done_testing
