#!/bin/sh
# From a bare Debian 12 to a result: installs what is missing, builds, and multiplies a photograph
# by a mask that is broadcast over its colours, normalised to [0, 1].
# usage: sh tools/quickstart.sh
# $CLWISE_BUILD (default: build) is the build folder; everything is written below it.
set -eu
cd "$(dirname "$0")/.."
build=${CLWISE_BUILD:-build}
say() {
    printf '%s\n' "$*"
}
# quietly COMMAND...: its output only if it fails.
quietly() {
    output=$("$@" 2>&1) || {
        say "$output" >&2
        exit 1
    }
}

sh tools/packages.sh build
[ -e "$build/build.ninja" ] || {
    say "Setting up $build ..."
    quietly meson setup "$build"
}
say "Building the library and the command ..."
quietly ninja -C "$build" tools/clwise
folder=$(cd "$build" && pwd)/quickstart
clwise=$build/tools/clwise
mkdir -p "$folder/cache"

# A photograph by Jon Sullivan, in the public domain. Unpacked, not installed.
photo=$folder/usr/share/doc/libsixel-examples/examples/images/snake.png
if [ ! -e "$photo" ]; then
    say "Downloading a photograph: Debian package libsixel-examples, 3 MB ..."
    download() {
        # As root, apt would download as a user who may not write here.
        (cd "$folder" && apt-get -q -o APT::Sandbox::User="$(id -un)" download libsixel-examples)
    }
    download >"$folder/download.log" 2>&1 || {
        # The package lists are absent or old.
        sh tools/packages.sh update
        quietly download
    }
    dpkg-deb -x "$folder"/libsixel-examples_*.deb "$folder"
fi

# The mask: f32 of shape (height, width, 1), 1 in the middle, fading to 0 in the corners.
python3 - "$photo" "$folder/mask.npy" <<'END'
import array
import struct
import sys

with open(sys.argv[1], "rb") as png:
    width, height = struct.unpack(">II", png.read(24)[16:])
mask = array.array("f", (
    max(0.0, min(1.0, 1.3 - (2 * (x + 0.5) / width - 1) ** 2 - (2 * (y + 0.5) / height - 1) ** 2))
    for y in range(height) for x in range(width)))
header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, 1), }" % (height, width)
header = header.ljust(117) + "\n"
with open(sys.argv[2], "wb") as npy:
    npy.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
    mask.tofile(npy)
END

# Caches of clwise and of the driver, where a second run finds them and nothing else is touched.
export XDG_CACHE_HOME="$folder/cache"
unset CLWISE_CACHE_DIR
multiply() {
    quietly "$clwise" run --verbose --expression 'photo * mask / 255' "$photo" "$folder/mask.npy" \
        --output "$1"
}
multiply "$folder/result.npy"
first=$output
multiply "$folder/result.png"
told() {
    printf '%s\n' "$first" | sed -n "s/^clwise: $1//p"
}
kernel=$(told 'kernel ')
case $kernel in
*compiled*) state='cold: the kernel was compiled and is now in the disk cache' ;;
*) state='warm: the kernel came from the disk cache' ;;
esac
cat <<END

photo * mask / 255    u8 (450, 600, 3) by f32 (450, 600, 1), as f32 in [0, 1]
device                $(told 'device ')
run                   $state
kernel                $kernel
times                 read $(told 'read ')
photograph            $photo
mask                  $folder/mask.npy
result                $folder/result.npy
                      $folder/result.png
END
