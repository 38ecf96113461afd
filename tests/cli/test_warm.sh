#!/bin/sh
# warm: kernels built ahead, from names and from what a run has recorded.
. "$(dirname "$0")/tap.sh"

# says NAME STATUS PATTERN: what the last run ended with and told.
says() {
    report "$([ "$status" = "$2" ] && printf '%s\n%s\n' "$output" "$message" | grep -q -e "$3" &&
        echo yes)" "$1" "status $status$newline$output$newline$message"
}

npy a.npy "'<f4'" False '(2, 3)' '\000\000\200\077\000\000\000\100\000\000\100\100........\000\000\000\000'
CLWISE_RECORD=$folder/log
export CLWISE_RECORD
try run add a.npy 2
says 'a run that records' 0 'f32 (2, 3)'
try eval 'a*2 + b' a=a.npy b=a.npy
says 'an expression that records' 0 'f32 (2, 3)'
unset CLWISE_RECORD
report "$([ "$(wc -l <log)" = 2 ] && grep -q '^1 op=add ' log && grep -q '^1 expression=a\*2%20+%20b ' log &&
    echo yes)" 'a line for each kernel' "$(cat log)"
try warm --from log --cache-dir ahead --jobs 2
says 'warm builds them' 0 '^2 built, 0 were there, 0 failed, in '
try run add a.npy 2 --cache-dir ahead --verbose
says 'a run finds its kernel' 0 'disk cache: hit'
try warm --from log --cache-dir ahead --json
says 'a second time they are there' 0 '"found": 2'
cat log log >twice
try warm --from - --cache-dir ahead <twice
says 'from standard input, equal lines once' 0 '^0 built, 2 were there'
try warm --ops add,exp --dtypes f32 --patterns contiguous,row --cache-dir ahead
says 'by names' 0 '^3 built, 0 were there, 0 failed'

try warm --ops multiply --dtypes u8,f32 --patterns channels,pixels,large --cache-dir ahead --jobs 1
says 'several in a program' 0 '^6 built, 0 were there, 0 failed'
grep -q 'one of several kernels, number 3' ahead/*
report "$([ $? = 0 ] && echo yes)" 'which the cache has once' "$(ls -l ahead)"

printf '%s\n' '1 op=subtract rule=numpy fp64=strict in=f32[9]{4}@4 in=int:1 out=new' \
    '1 op=subtract in=f32[9]{4}@4 in=f32[8]{4}@4 out=new' >mixed
try warm --from mixed --cache-dir ahead --jobs 1
says 'one that fails beside one that does not' 1 '^1 built, 0 were there, 1 failed'
echo '1 op=nowhere out=new' >>log
try warm --from log --cache-dir ahead
says 'one that fails does not stop the others' 1 '^0 built, 2 were there, 1 failed'
says 'and is told' 1 "^clwise: 1 op=nowhere out=new: .*there is no op 'nowhere'"
try warm
says 'without a word of what' 2 '--ops NAMES or --from LOG'
try warm --ops mul
says 'an alias' 2 "did you mean multiply?"
try warm --ops add --dtypes float32
says 'no dtype' 2 "--dtypes: there is none called 'float32'"
try warm --ops add --patterns rows
says 'no pattern' 2 'did you mean row?'
try warm --ops add --jobs many
says 'no number of jobs' 2 'from 1 to 64'
try warm --from nowhere
says 'no log' 1 'nowhere: cannot be opened'
: >empty
try warm --from empty
says 'an empty log' 1 'there is nothing to build'
try warm --ops add --cache-dir ''
says 'no cache' 1 'no cache folder'
try warm --ops add --device none
says 'no device' 1 'it only plans'
done_testing
