#!/bin/sh
# Inputs: every form read right, every damaged one refused with its own sentence.
. "$(dirname "$0")/tap.sh"

one_to_six='\001\000\002\000\003\000\004\000\005\000\006\000'
big_endian='\000\001\000\002\000\003\000\004\000\005\000\006'
npy c.npy "'<i2'" False '(2, 3)' "$one_to_six"
npy fortran.npy "'<i2'" True '(2, 3)' "$one_to_six"
npy big.npy "'>i2'" False '(2, 3)' "$big_endian"
npy both.npy "'>i2'" True '(2, 3)' "$big_endian"
npy native.npy "'=i2'" False '(2, 3)' "$one_to_six"
npy python2.npy "'<i2'" False '(2L, 3L)' "$one_to_six"
npy empty.npy "'<i2'" True '(0, 3)' ''
npy four.npy "'<i2'" False '(4,)' '\001\000\002\000\003\000\004\000'
npy flags.npy "'|b1'" False '(3,)' '\001\000\001'

rows='y  i16 (2, 3)
[[1, 2, 3],
 [4, 5, 6]]'
columns='y  i16 (2, 3)
[[1, 3, 5],
 [2, 4, 6]]'
prints "$rows" run positive c.npy
prints "$columns" run positive fortran.npy
prints "$rows" run positive big.npy
prints "$columns" run positive both.npy
prints "$rows" run positive native.npy
prints "$rows" run positive python2.npy
prints 'y  i16 (0, 3)
[]' run positive empty.npy
prints 'y  i16 (2, 3)
[[2, 5, 8],
 [6, 9, 12]]' run add c.npy fortran.npy
prints 'y  i16 (2, 3)
[[1, 0, 3],
 [4, 0, 6]]' run positive c.npy --where flags.npy
prints "$rows" run positive - <c.npy

fails 1 'multiply: shapes (2, 3) and (4,) cannot be broadcast together' \
    run multiply c.npy four.npy -o out/y.npy
fails 1 'nothing.npy: cannot be read: No such file or directory' run add nothing.npy 1
fails 1 'out: is a folder' run add out 1
fails 1 'c.npy: --where takes bool, not i16' run positive c.npy --where c.npy
printf '' >zero
fails 1 'zero: is empty' run add zero 1
printf 'hello, world' >words
fails 1 'words: is neither an .npy nor a PNG file: it begins with 68 65 6c 6c 6f 2c 20 77' \
    run add words 1
printf 'PK\003\004....' >archive.npz
fails 1 'archive.npz: is an archive; unzip gives the .npy files of an .npz' run add archive.npz 1

npy large.npy "'<f8'" False '(1000, 1000)' 'few bytes'
fails 1 'large.npy: is truncated: shape (1000, 1000) of f64 needs 8000000 bytes, and there are 9' \
    run add large.npy 1 -o out/y.npy
size=$(wc -c <c.npy)
length=1
while [ "$length" -lt "$size" ]; do
    cut_to "$length" c.npy cut
    try run add cut 1 -o out/y.npy
    if [ "$status" != 1 ] || [ -n "$(ls -A out)" ]; then
        break
    fi
    case $message in
    'clwise: cut: is truncated: '*) ;;
    *) break ;;
    esac
    length=$((length + 9))
done
report "$([ "$length" -ge "$size" ] && echo yes)" 'an .npy file cut short anywhere' "at $length: $message"

npy objects.npy "'|O'" False '(2,)' 'pickle'
fails 1 "objects.npy: elements of dtype '|O' cannot be read: clwise has bool, integers, floats and \
complex numbers of standard sizes" run add objects.npy 1
npy records.npy "[('a', '<f4')]" False '(2,)' '........'
fails 1 "records.npy: elements of dtype [('a', '<f4')] cannot be read: clwise has bool, integers, \
floats and complex numbers of standard sizes" run add records.npy 1
npy overflow.npy "'<f8'" False '(4294967296, 4294967296)' ''
fails 1 'overflow.npy: shape (4294967296, 4294967296) of f64 exceeds what can be addressed' \
    run add overflow.npy 1
npy negative.npy "'<f8'" False '(-1,)' '........'
fails 1 "negative.npy: the header's shape (-1,) has a negative extent" run add negative.npy 1
ones=$(printf '1,%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 \
    31 32 33)
{
    printf '\223NUMPY\001\000\166\000'
    printf '%-117s\nx' "{'descr':'u1','fortran_order':False,'shape':($ones)}"
} >axes.npy
fails 1 'axes.npy: the shape has 33 axes, more than the 32 that clwise has' run positive axes.npy
printf '\223NUMPY\002\000\000\000\000\100' >header.npy
fails 1 'header.npy: a header of 1073741824 bytes is longer than the 10000 allowed' \
    run positive header.npy
printf '\223NUMPY\011\000\166\000' >version.npy
fails 1 'version.npy: version 9.0 of the .npy format is unknown; 1.0, 2.0 and 3.0 can be read' \
    run positive version.npy
npy syntax.npy "'<f8'" 'Fa\033lse' '(2,)' ''
fails 1 "syntax.npy: the header cannot be understood: {'descr': '<f8', 'fortran_order': Fa\\033lse, \
'shape': (2,), }                   " run positive syntax.npy

npy pixels.npy "'|u1'" False '(2, 2, 3)' 'abcdefghijkl'
try run positive pixels.npy -o picture.png
report "$([ "$status" = 0 ] && echo yes)" 'a PNG file is written' "$message"
prints 'y  u8 (2, 2, 3)
[[[97, 98, 99],
  [100, 101, 102]],
 [[103, 104, 105],
  [106, 107, 108]]]' run positive picture.png
size=$(wc -c <picture.png)
cut_to 40 picture.png cut.png
fails 1 'cut.png: is truncated after 40 bytes' run positive cut.png -o out/y.png
{
    head -c 45 picture.png
    printf '\377\377'
    tail -c +48 picture.png
} >damaged.png
try run positive damaged.png -o out/y.png
report "$([ "$status" = 1 ] && [ "${message#clwise: damaged.png: is damaged: }" != "$message" ] &&
    [ -z "$(ls -A out)" ] && echo yes)" 'a damaged PNG file' "$message"

npy unreadable.npy "'|u1'" False '(1,)' 'x'
chmod 0 unreadable.npy
if [ "$(id -u)" != 0 ]; then
    fails 1 'unreadable.npy: cannot be read: Permission denied' run positive unreadable.npy
elif as_nobody --version >/dev/null 2>&1; then
    refused=$(as_nobody run positive unreadable.npy 2>&1)
    report "$([ "$refused" = 'clwise: unreadable.npy: cannot be read: Permission denied' ] && echo yes)" \
        'a file that may not be read' "$refused"
else
    skip 'a file that may not be read' 'root reads all, and nobody cannot run the program'
fi

done_testing
