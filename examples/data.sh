#!/bin/sh
# Fetches the data of the examples: four Debian packages, unpacked into FOLDER, not installed (8 MB;
# installed, one of them would bring R along, another Astropy). Needs apt-get and its package lists.
# usage: sh examples/data.sh FOLDER
set -eu

[ $# = 1 ] || {
    sed -n '4s/^# //p' "$0" >&2
    exit 2
}
mkdir -p "$1"
cd "$1"
for package in libsixel-examples alsa-utils r-cran-stars python3-ccdproc; do
    [ ! -e "$package.fetched" ] || continue
    apt-get -q download "$package" >"$package.log" 2>&1 || {
        cat "$package.log" >&2
        echo "examples/data.sh: $package was not fetched; sh tools/packages.sh update gets the" \
            "package lists, and apt-get has to be there" >&2
        exit 1
    }
    dpkg-deb -x "$package"_*.deb .
    rm "$package"_*.deb "$package.log"
    touch "$package.fetched"
done
