#!/bin/sh
# Installs clwise into a folder, looks for every file, and builds and runs the program of thirty
# lines against it, with plain cc and with CMake.
# usage: test_install.sh MESON BUILD SCRATCH PREFIX        (meson gives them)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
meson=$1
build=$2
scratch=$3
prefix=$3$4

fail() {
    echo "test_install: $*" >&2
    exit 1
}

# quietly COMMAND...: its output only if it fails.
quietly() {
    "$@" >"$scratch/log" 2>&1 || {
        cat "$scratch/log" >&2
        fail "$* failed"
    }
}

# expect PATTERN: a file of that path must be there, below the prefix.
expect() {
    find "$prefix" -path "$prefix/$1" | grep -q . || fail "nothing installed as $1"
}

# run PROGRAM: its six numbers, and not a word on standard error.
run() {
    LD_LIBRARY_PATH=$library "$1" >"$scratch/output" 2>"$scratch/errors" ||
        fail "$1 failed: $(cat "$scratch/errors")"
    [ ! -s "$scratch/errors" ] || fail "$1 wrote: $(cat "$scratch/errors")"
    printf '%s\n' 1 1.1 1 1.6 1.4 1 | cmp -s - "$scratch/output" ||
        fail "$1 printed: $(tr '\n' ' ' <"$scratch/output")"
}

rm -rf "$scratch"
mkdir -p "$scratch/cmake"
DESTDIR=$scratch quietly "$meson" install -C "$build" --no-rebuild
for pattern in 'lib*/libclwise.so' 'lib*/libclwise.so.0' 'include/clwise/clwise.h' \
    'include/clwise/clwise_cl.h' 'include/clwise/clwise_ops.h' 'lib*/pkgconfig/clwise.pc' \
    'lib*/cmake/clwise/clwiseConfig.cmake' 'lib*/cmake/clwise/clwiseConfigVersion.cmake' \
    'share/clwise/ops/multiply.cl' 'share/man/man1/clwise.1*' 'bin/clwise' \
    'share/bash-completion/completions/clwise'; do
    expect "$pattern"
done
library=$(dirname "$(find "$prefix" -name libclwise.so)")

# The program, and the same with a line that prints its result.
cp "$here/CMakeLists.txt" "$scratch/cmake"
awk '/clw_array_release\(y\)/ { print "    for (int i = 0; i < 6; ++i) printf(\"%g\\n\", out[i]);" }
     { print }' "$here/thirty_lines.c" >"$scratch/cmake/thirty_lines.c"

flags=$(PKG_CONFIG_PATH=$library/pkgconfig PKG_CONFIG_SYSROOT_DIR=$scratch \
    pkg-config --cflags --libs clwise)
quietly cc -std=c11 -Wall -Wextra -Wpedantic -Werror "$here/thirty_lines.c" $flags \
    -o "$scratch/silent"
quietly env LD_LIBRARY_PATH="$library" "$scratch/silent"
[ ! -s "$scratch/log" ] || fail "the program of thirty lines wrote: $(cat "$scratch/log")"

quietly cc "$scratch/cmake/thirty_lines.c" $flags -o "$scratch/with_cc"
run "$scratch/with_cc"

quietly cmake -G Ninja -S "$scratch/cmake" -B "$scratch/cmake/build" -DCMAKE_PREFIX_PATH="$prefix"
quietly cmake --build "$scratch/cmake/build"
run "$scratch/cmake/build/thirty_lines"
LD_LIBRARY_PATH=$library quietly "$prefix/bin/clwise" devices
