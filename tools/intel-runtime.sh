#!/bin/sh
# Puts Intel's OpenCL runtime for CPUs (PyPI, about 700 MB) into a folder; prints the variable that
# makes it the only OpenCL platform of a process. A second run does nothing but print.
# usage: env "$(sh tools/intel-runtime.sh FOLDER)" clwise devices
set -eu

[ $# = 1 ] || {
    echo "usage: sh tools/intel-runtime.sh FOLDER" >&2
    exit 2
}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
library=$folder/venv/lib/libintelocl.so

# One at a time: tests that run side by side may all ask for it.
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/vendors/intel.icd" ] || [ ! -e "$library" ]; then
    # Not `pip install --target`: it leaves out the libraries. The mathematical library (libimf) is
    # in a package that intel-opencl-rt does not ask for.
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
        intel-opencl-rt intel-cmplr-lib-rt >&2
    [ -e "$library" ] || {
        echo "tools/intel-runtime.sh: intel-opencl-rt has no $library" >&2
        exit 1
    }
    mkdir -p "$folder/vendors"
    # The .icd file of the package has a path of another machine.
    echo "$library" >"$folder/vendors/intel.icd"
fi
echo "OCL_ICD_VENDORS=$folder/vendors/"
