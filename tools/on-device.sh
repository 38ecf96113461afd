#!/bin/sh
# Runs a command that sees one OpenCL implementation only.
# usage: sh tools/on-device.sh NAME COMMAND [ARGUMENT...]
#   pocl      the CPU device that users have
#   rusticl   Mesa's rusticl on llvmpipe: no fp64, flushes subnormals
#   intel     Intel's CPU runtime, installed by tools/intel-runtime.sh
#   oclgrind  checks every access of a kernel and races; a report makes the command fail
#   clover    PoCL behind Clover, a platform without a device
#   none      Clover alone: no device at all
# $CLWISE_DEVICES (default: build/devices) is the folder for what this needs.
set -eu

[ $# -ge 2 ] || {
    sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
name=$1
shift
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${CLWISE_DEVICES:-$root/build/devices}
system=/etc/OpenCL/vendors

# vendors ICD_FILE...: a folder with just these.
vendors() {
    mkdir -p "$folder/$name"
    folder=$(cd "$folder" && pwd)
    for icd; do
        [ -e "$icd" ] || {
            echo "tools/on-device.sh: no $icd; sh tools/packages.sh all installs it" >&2
            exit 1
        }
        ln -sf "$icd" "$folder/$name/"
    done
    export OCL_ICD_VENDORS="$folder/$name/"
}

case $name in
pocl) vendors $system/pocl.icd ;;
rusticl)
    vendors $system/rusticl.icd
    export RUSTICL_ENABLE=llvmpipe
    ;;
intel)
    setting=$(sh "$root/tools/intel-runtime.sh" "$folder/intel")
    export "${setting?}"
    ;;
clover) vendors $system/mesa.icd $system/pocl.icd ;;
none) vendors $system/mesa.icd ;;
oclgrind)
    mkdir -p "$folder/icd"
    echo /usr/lib/oclgrind/liboclgrind-rt-icd.so >"$folder/icd/oclgrind.icd"
    vendors "$(cd "$folder/icd" && pwd)/oclgrind.icd"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    export OCLGRIND_LOG="$log" OCLGRIND_DATA_RACES=1
    status=0
    "$@" || status=$?
    if [ -s "$log" ]; then
        cat "$log" >&2
        exit 1
    fi
    exit $status
    ;;
*)
    echo "tools/on-device.sh: no device called $name" >&2
    exit 2
    ;;
esac
exec "$@"
