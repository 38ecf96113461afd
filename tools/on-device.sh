#!/bin/sh
# Runs a command that sees one OpenCL implementation only.
# usage: sh tools/on-device.sh NAME COMMAND [ARGUMENT...]
#   pocl      the CPU device that users have
#   rusticl   Mesa's rusticl on llvmpipe: no fp64, flushes subnormals
#   intel     Intel's CPU runtime, installed by tools/intel-runtime.sh
#   oclgrind  checks accesses, races and uninitialised values; a report makes the command fail
#   unchecked Oclgrind without its checks: builds kernels in a twentieth of PoCL's time
#   clover    PoCL behind Clover, a platform without a device
#   none      Clover alone: no device at all
# $CLWISE_DEVICES (default: build/devices) is the folder for what this needs.
set -eu

[ $# -ge 2 ] || {
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
name=$1
shift
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${CLWISE_DEVICES:-$root/build/devices}
system=/etc/OpenCL/vendors
# It knows neither `freeze` nor the marks of scopes, which the optimiser writes.
oclgrind_options='-cl-opt-disable -DCLW_KEEP_CALLS'

# vendors ICD_FILE...: a folder with just these.
vendors() {
    mkdir -p "$folder/$name"
    folder=$(cd "$folder" && pwd)
    for icd; do
        [ -e "$icd" ] || {
            echo "tools/on-device.sh: no $icd; sh tools/packages.sh all installs it" >&2
            exit 1
        }
        # Another process may be about to do the same.
        [ -e "$folder/$name/${icd##*/}" ] || ln -s "$icd" "$folder/$name/" 2>/dev/null || :
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
unchecked)
    vendors "$root/tools/oclgrind.icd"
    export OCLGRIND_BUILD_OPTIONS="$oclgrind_options"
    ;;
oclgrind)
    vendors "$root/tools/oclgrind.icd"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    export OCLGRIND_LOG="$log" OCLGRIND_DATA_RACES=1 OCLGRIND_UNINITIALIZED=1 \
        OCLGRIND_BUILD_OPTIONS="$oclgrind_options"
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
