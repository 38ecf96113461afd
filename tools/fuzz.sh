#!/bin/sh
# Builds the fuzzers of tests/fuzz with clang and runs each over its corpus and mutations of it.
# usage: sh tools/fuzz.sh [RUNS [NAME...]]     RUNS: inputs for each fuzzer (default: 1000000)
# $CLWISE_BUILD (default: build) is the build folder; what was found is left in its folder fuzz.
set -eu
cd "$(dirname "$0")/.."

runs=${1:-1000000}
[ $# -eq 0 ] || shift
build=${CLWISE_BUILD:-build}
names=${*:-expression opfile npy request}
folder=$build/fuzz
mkdir -p "$folder"
ninja -C "$build" cl/builtin.c tools/clwise >/dev/null

files=$(sed -n "/static_library('clwise_files'/,/include_directories/p" tools/meson.build |
    grep -o "'[a-z0-9_]*\.c'" | tr -d "'" | sed 's,^,tools/,' | tr '\n' ' ')
parsers="runtime/base/*.c runtime/ops/*.c runtime/plan/*.c $build/cl/builtin.c -lm"
for name in $names; do
    case $name in
    npy) sources="$files -L$build -lclwise -Wl,-rpath,$(cd "$build" && pwd) -lpng -ljansson -lm" ;;
    *) sources=$parsers ;;
    esac
    # Sources are patterns and options: they are split on purpose.
    # shellcheck disable=SC2086
    clang -std=c11 -g -O1 -D_GNU_SOURCE -DCLWISE_NO_OPS -I. -Iinclude \
        -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
        -o "$folder/fuzz_$name" "tests/fuzz/fuzz_$name.c" $sources
    mkdir -p "$folder/$name"
    echo "fuzz_$name: $runs inputs"
    "$folder/fuzz_$name" -runs="$runs" -timeout=10 -max_len=4096 -print_final_stats=1 \
        -artifact_prefix="$folder/" "$folder/$name" "tests/fuzz/corpus/$name" \
        >"$folder/$name.log" 2>&1 || {
        tail -n 30 "$folder/$name.log" >&2
        exit 1
    }
    grep -E '^stat::(number|average)' "$folder/$name.log"
done
