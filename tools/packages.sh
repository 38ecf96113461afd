#!/bin/sh
# Installs the Debian packages that clwise needs, if any is missing.
# usage: sh tools/packages.sh [build|test|all|update]
#   build  the library and the command (default)    test  and all tests
#   all    and every device and check of CI         update  only the package lists
set -eu

list() {
    cat <<'END'
build gcc                 # the first compiler
build libc6-dev           # C library headers
build meson               # the build system
build ninja-build         # what meson drives
build pkg-config          # finds the libraries below
build opencl-headers      # CL/cl.h
build ocl-icd-opencl-dev  # the OpenCL loader, and its library to link with
build pocl-opencl-icd     # the CPU device that users have
build libcmocka-dev       # unit tests
build libpng-dev          # .png files of the command
build libjansson-dev      # --json of the command and of the benchmark
build libxxhash-dev       # 128-bit hashes of cache entries
test clang               # the second compiler: headers alone, as C and as C++
test libclang-rt-dev     # libFuzzer and the sanitizers of tools/fuzz.sh
test g++                 # the public header as C++
test clang-format        # the house test of layout
test git                 # house tests ask it for the list of files
test cmake               # builds against the installed CMake package
test locales             # a locale with a decimal comma
test python3             # house tests
test libmpfr-dev         # exact values of functions: tools/accuracy
test libmpc-dev          # the same of complex ones
test libtiff-dev         # reads the satellite image: examples/landsat
test libcfitsio-dev      # reads the CCD frame: examples/ccd
all mesa-opencl-icd      # rusticl on llvmpipe, the poor device; Clover, the platform without one
all valgrind             # checks the library's memory on a driver without any of its own
all libc6-dbg            # names that valgrind cannot do without
all oclgrind             # checks every memory access of a kernel
all libgpuarray-dev      # a peer of the benchmark
all python3-venv         # pip, for Intel's CPU runtime
END
}

wanted() {
    case $1 in
    build) list | awk '$1 == "build" {print $2}' ;;
    test) list | awk '$1 != "all" {print $2}' ;;
    all) list | awk '{print $2}' ;;
    *)
        echo "usage: sh tools/packages.sh [build|test|all|update]" >&2
        exit 2
        ;;
    esac
}

# As root, or through sudo; its words only if it fails.
apt_get() {
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || {
            echo "tools/packages.sh: apt-get $*: run as root, or install sudo" >&2
            exit 1
        }
        as_root=sudo
    fi
    # Another program's package lists or installation may hold the lock for a while.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" \
        >"$log" 2>&1 </dev/null || {
        cat "$log" >&2
        exit 1
    }
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ "${1:-}" = update ]; then
    apt_get update
    exit 0
fi
wanted=$(wanted "${1:-build}")
missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing Debian packages:$missing" >&2
apt_get update
apt_get install --no-install-recommends $missing
