#!/bin/sh
# Puts NumPy, SciPy, PyTorch, numexpr, JAX, PyOpenCL and Matplotlib (PyPI, 700 MB to load) into a virtual
# environment; prints its Python. A second run does nothing but print.
# usage: clwise-functions --python "$(sh bench/python-peers.sh FOLDER)"
set -eu

[ $# = 1 ] || {
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
}
mkdir -p "$1"
folder=$(cd "$1" && pwd)
python=$folder/bin/python

list() {
    cat <<'END'
numpy==2.4.6                  # the peer NumPy
scipy==1.17.1                 # its special functions: erf, lgamma, Bessel
torch==2.15.0                 # the peer PyTorch; PyPI has its CUDA build only, which also runs without
typing-extensions==4.16.0     # import torch asks for it
nvidia-cuda-runtime==13.2.86  # libcudart (2 MB): loading torch registers its CUDA kernels there
numexpr==2.14.1               # the peer numexpr, of expressions
jax==0.10.2                   # the peer JAX, of expressions
jaxlib==0.10.2                # its compiler
ml-dtypes==0.6.0              # import jax asks for it
opt-einsum==3.4.0             # so does it
pyopencl==2026.1.4            # the peer PyOpenCL
pytools==2026.1.1             # import pyopencl asks for it
platformdirs==4.14.7          # and for it
siphash24==1.9                # and for it
matplotlib==3.11.2            # draws bench/plot.py
contourpy==1.3.3              # import matplotlib asks for all that follow: lines of equal height
cycler==0.12.1                # its styles in turns
fonttools==4.68.0             # its fonts
kiwisolver==1.5.1             # its layout
packaging==26.3               # its versions
pillow==13.0.0                # its PNG files
pyparsing==3.3.3              # its texts
python-dateutil==4.0.0        # its dates
tzdata==2026.6                # and their time zones
END
}

# The other CUDA libraries (2.5 GB) are not called without a GPU: empty ones take their place. Torch
# must then be loaded with RTLD_LAZY, so that no function of theirs is looked for.
missing() {
    ldd "$1" | awk '/not found/ {print $1}' | sort -u
}

stub() {
    nvshmem=$torch/lib/libtorch_nvshmem.so
    {
        # A variable is looked for even so.
        if [ "$1" = libnvshmem_host.so.3 ]; then
            nm -D --undefined-only "$nvshmem" |
                sed -n 's/.* U \(nvshmem[A-Za-z0-9_]*\)@.*/char \1[64];/p' | sort -u
        fi
    } | cc -shared -fPIC -x c - -Wl,-soname,"$1" -Wl,--version-script="$folder/$1.map" \
        -o "$torch/lib/$1"
}

# Another list is installed anew.
if ! list | cmp -s - "$folder/complete"; then
    python3 -m venv "$folder"
    list | while read -r package _; do
        "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps "$package" >&2
    done
    torch=$(echo "$folder"/lib/python3*/site-packages/torch)
    for library in $(missing "$torch/lib/libtorch_python.so"); do
        version='{ *; };'
        [ "$library" = libnvshmem_host.so.3 ] && version="NVSHMEM $version"
        echo "$version" >"$folder/$library.map"
        stub "$library"
    done
    "$python" -c 'import os, sys; sys.setdlopenflags(os.RTLD_LAZY); import torch, scipy' >&2
    list >"$folder/complete"
fi
echo "$python"
