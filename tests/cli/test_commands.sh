#!/bin/sh
# devices, ops, explain, cache, and what run tells with --verbose.
. "$(dirname "$0")/tap.sh"

npy a.npy "'<f4'" False '(2, 3)' '\000\000\200\077\000\000\000\100\000\000\100\100........\000\000\000\000'

has() { # NAME TEXT PATTERN...
    name=$1 text=$2
    shift 2
    for pattern in "$@"; do
        if ! printf '%s\n' "$text" | grep -q -- "$pattern"; then
            report no "$name" "no line with $pattern in:$newline$text"
            return
        fi
    done
    report yes "$name"
}

json() { # NAME EXPRESSION: the expression is true of `data`, the JSON on stdout
    good=$(printf '%s' "$output" | python3 -c "
import json, sys
data = json.load(sys.stdin)
print('yes' if ($2) else 'no')" 2>&1)
    report "$good" "$1" "$good$newline$output"
}

try devices
report "$([ "$status" = 0 ] && [ -z "$message" ] && echo yes)" devices "$message"
has 'devices tells all' "$output" '(chosen)' 'platform' 'driver' 'f64' 'f16' 'subnormals' \
    'division rounded' 'memory' 'largest buffer' 'reason'
try devices --json
json 'devices --json' "[d['id'] for d in data if d['chosen']] and data[0]['global_memory'] > 0"
try devices --device 'no such device'
report "$([ "$status" = 1 ] && [ "$message" = "clwise: no device matches 'no such device'" ] &&
    echo yes)" 'devices without a choice' "$message"

try devices --verbose --device cpu
has 'devices --verbose' "$output" 'streaming stores' 'second tier' 'rows of tiles'
try tune --cache-dir tuned
report "$([ "$status" = 0 ] && [ -z "$message" ] && echo yes)" tune "$message"
has 'tune tells what it found' "$output" 'streaming stores' 'second tier' 'least work' 'rows of tiles'
try tune --cache-dir tuned --json
json 'tune --json' "data['seconds'] > 0 and set(data['profile']) == {'streamed', 'crossover', 'run', 'tile'}"
tuned=$output
try devices --verbose --cache-dir tuned --json
json 'devices knows it' "[d['profile'] for d in data if d['chosen']][0]['tile'] == \
$(printf '%s' "$tuned" | python3 -c 'import json, sys; print(json.load(sys.stdin)["profile"]["tile"])')"
try tune --device none
report "$([ "$status" = 1 ] && echo yes)" 'tune without a device' "$message"
has 'tune without a device says so' "$message" 'it only plans'

try ops
report "$([ "$status" = 0 ] && [ -z "$message" ] && echo yes)" ops "$message"
has 'ops lists' "$output" '^add  *sum' '^multiply  *product'
try ops mul
has 'ops by alias' "$output" '^multiply(a, b) -> y$' 'product, element by element' \
    '^aliases  *mul' '^loops  *bool bool -> bool$' '^ulp  *.*f32 0.5'
try ops --json
json 'ops --json' "len(data) > 40 and all(o['name'] and o['inputs'] and o['outputs'] and o['loops'] \
and o['doc'] for o in data)"
cat >placed.cl <<'END'
// placed -- counts on
//
//! op     placed(x) -> y
//! loop   T -> T            for f32
//! index  column : -1
//! index  place : flat
//! call   exp sin

static inline T placed(T x, long column, long place)
{
    return call_sin(x) + column + place;
}
END
try ops placed --ops placed.cl
report "$([ "$output" = 'placed(x) -> y
    counts on
positions   column: along axis -1
            place: the place in C order
calls       exp, sin
loops       f32 -> f32' ] && echo yes)" 'ops tells positions and calls' "$output$message"
try ops placed --ops placed.cl --json
json 'ops placed --json' "data['calls'] == ['exp', 'sin'] and data['positions'] == \
[{'name': 'column', 'axis': -1}, {'name': 'place', 'axis': 'flat'}]"
rm placed.cl
try ops add --json
json 'ops add --json' "data['name'] == 'add' and data['inputs'] == ['a', 'b'] and \
{'inputs': ['f32', 'f32'], 'outputs': ['f32']} in data['loops'] and data['parameters'] == []"

cat >twice.cl <<'END'
// twice -- two times a.
//
//! op        twice(a) -> y
//! doc       two times a
//! loop      T -> T    for float

static inline R twice(T a)
{
    return a + a;
}
END
try ops twice --ops twice.cl
has 'ops of a file' "$output" '^twice(a) -> y$'
prints 'y  f64 ()
3.0' run --ops twice.cl twice 1.5
try ops --ops none.cl
report "$([ "$status" = 1 ] && [ -n "$message" ] && echo yes)" 'an op file that is absent' "$message"

prints 'y  i64 ()
7' run -e 'a * 2 + b' 2 3
try run -e 'a *' 2
report "$([ "$status" = 1 ] && [ -n "$message" ] && echo yes)" 'a broken expression' "$message"

try explain multiply a.npy 'f32[3]'
report "$([ "$status" = 0 ] && echo yes)" explain "$message"
has 'explain tells all' "$output" '^op  *multiply(a, b) -> y' '^output  *y  f32 (2, 3)' \
    '^key  *multiply|f32,f32>f32|' '^geometry' 'coalesced' '^source' 'kernel void'
try explain --device none --json add 'i8[5,1]' 'u8[4]'
json 'explain --json' "data['outputs'] == [{'name': 'y', 'dtype': 'i16', 'shape': [5, 4]}] and \
data['key'].startswith('add|') and 'kernel void' in data['source']"
fails 1 'add: shapes (2,) and (3,) cannot be broadcast together' \
    explain --device none add 'f32[2]' 'f32[3]'

# The op that the README shows.
sed -n '/^\/\/ shrink/,/^```$/p' "$here/../../README.md" | sed '$d' >shrink.cl
prints 'y  f64 ()
-2.5' run --ops shrink.cl shrink --param width=0.5 -- -3.0

prints "$folder/cache" cache path
try cache purge --cache-dir "$folder/cache"
has 'cache purge' "$output" '^[1-9][0-9]* removed$'
prints '0 entries, 0 bytes' cache list
try run add a.npy 1 --verbose -o out/y.npy
has 'a cold run tells' "$message" '^clwise: .*miss' '^clwise: key add|f32' '^clwise: kernel compiled in' \
    '^clwise: device [0-9]*:[0-9]* ' '^clwise: read in [0-9.]* s, executed in [0-9.]* s, written in'
try run add a.npy 1 --verbose -o out/y.npy
has 'a warm run tells' "$message" '^clwise: kernel from the disk cache in'
try cache list
has 'cache list' "$output" 'add|f32' '^1 entry, '
prints '1 good, 0 bad' cache verify
try cache list --json
json 'cache list --json' "len(data) == 1 and data[0]['key'].startswith('add|') and \
data[0]['problem'] is None and data[0]['bytes'] > 0"
for entry in cache/*; do
    [ -f "$entry" ] && printf 'x' >>"$entry"
done
try cache verify
report "$([ "$status" = 1 ] && echo yes)" 'cache verify fails on a damaged entry' "$output$message"
has 'cache verify names it' "$output" 'bad: ' '^0 good, 1 bad'
prints '1 removed' cache purge --bad
prints '0 entries, 0 bytes' cache list
report "$(HOME='' XDG_CACHE_HOME='' CLWISE_CACHE_DIR='' "$program" cache path 2>&1 |
    grep -q '^clwise: there is no cache folder' && echo yes)" 'no cache folder'

if "$program" ops >/dev/full 2>.stderr; then
    report no 'a full standard output'
else
    message=$(cat .stderr)
    report "$([ "$message" = 'clwise: standard output: cannot be written: No space left on device' ] &&
        echo yes)" 'a full standard output' "$message"
fi

if command -v script >/dev/null; then
    cat >slow.sh <<'END'
(head -c 140 a.npy; sleep 2; tail -c +141 a.npy) | "$1" run add - 1 -o out/slow.npy
END
    shown=$(sleep 5 | script -qec "sh slow.sh '$program'" /dev/null | tr '\r' '\n')
    has 'a progress bar on a terminal' "$shown" '% \[' 'reading standard input'
    quiet=$(sh slow.sh "$program" 2>&1)
    report "$([ -z "$quiet" ] && echo yes)" 'and none elsewhere' "$quiet"
else
    skip 'a progress bar on a terminal' 'script of util-linux is not there'
fi

done_testing
