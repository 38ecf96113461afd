#!/bin/sh
# Installs the Debian packages that clwise needs, if any is missing.
# usage: sh tools/packages.sh [build|test|all]   (each includes those before it; default build)
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
test clang                # the second compiler; syntax checks of op files
test cmake                # the test that builds against the installed CMake package
test man-db               # the test that formats the man page
test python3              # tests that inject faults and mutate files drive them from Python
test strace               # file faults, injected
all clang-format          # the house test of layout
all mesa-opencl-icd       # rusticl on llvmpipe, the poor device; Clover, the platform without one
all oclgrind              # checks every memory access of a kernel
all libgpuarray-dev       # a peer of the benchmark
all libclang-rt-dev       # sanitizers of clang
all python3-venv          # pip, for Intel's CPU runtime
all git                   # house tests read the list of files
END
}

wanted() {
    case $1 in
    build) list | awk '$1 == "build" {print $2}' ;;
    test) list | awk '$1 != "all" {print $2}' ;;
    all) list | awk '{print $2}' ;;
    *)
        echo "usage: sh tools/packages.sh [build|test|all]" >&2
        exit 2
        ;;
    esac
}

missing=
for package in $(wanted "${1:-build}"); do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=env
elif command -v sudo >/dev/null; then
    as_root='sudo env'
else
    echo "tools/packages.sh: missing:$missing; run as root, or install sudo" >&2
    exit 1
fi

echo "Installing Debian packages:$missing" >&2
apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -q -y"
# Another program's package lists or installation may hold the lock for a while.
apt="$apt -o DPkg::Lock::Timeout=300"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $apt update && $apt install --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "tools/packages.sh: apt-get failed" >&2
    exit 1
fi
