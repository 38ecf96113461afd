#!/bin/sh
# eval: expressions on arrays by name, held in memory.
. "$(dirname "$0")/tap.sh"

# 0, 1, 2 and 3, 4, 5
npy a.npy "'<f4'" False '(2, 3)' \
    '\000\000\000\000\000\000\200\077\000\000\000\100\000\000\100\100\000\000\200\100\000\000\240\100'
npy b.npy "'<i2'" False '(3,)' '\001\000\002\000\003\000'
npy two.npy "'|u1'" False '(2,)' '\001\002'
npy m.npy "'|b1'" False '(2, 1)' '\001\000'

prints 'y  i64 ()
3' eval '1 + 2'
prints 'y  f32 (2, 3)
[[1.0, 3.0, 5.0],
 [4.0, 6.0, 8.0]]' eval 'a + b' b=b.npy a=a.npy
prints 'y  f32 (2, 3)
[[0.5, 2.5, 4.5],
 [0.0, 0.0, 0.0]]' eval 'where(m, a*g + 0.5, 0)' m=m.npy g=2 a=a.npy
prints 'y  f32 (2, 3)
[[0.0, 2.5, 5.0],
 [7.5, 10.0, 12.5]]' eval 'a*g' a=a.npy --param g=2.5
prints 'y  f64 (2, 3)
[[0.0, 2.0, 6.0],
 [3.0, 8.0, 15.0]]' eval 'a*b' a=a.npy b=b.npy --dtype f64
prints 'y  i8 (3,)
[0, 2, 4]' eval 'b*1.9 - 1' b=b.npy --dtype i8 --casting unsafe
prints 'y  f64 ()
3.0' eval '1 + 2' --dtype f64
fails 1 'expression: output y cannot be cast from f64 to i8 with casting same_kind' \
    eval 'b*1.9' b=b.npy --dtype i8
prints 'y  i16 (3,)
[0, 1, 4]' eval 't = b - 1; t*t' b=b.npy
prints 'quotient  i16 (3,)
[0, 1, 1]
remainder  i16 (3,)
[1, 0, 1]' eval 'quotient, remainder = divmod(b, 2)' b=b.npy
prints 'y  i64 ()
4' eval -- '-a' a=-4
prints 'y  f32 ()
-2.0' eval 'a' --promotion torch -- a=-2.0

try eval 'q, r = divmod(a, 2)' a=a.npy -o out/q.npy -o out/r.npy
prints 'y  f32 (2, 3)
[[0.0, 1.0, 2.0],
 [3.0, 4.0, 5.0]]' eval '2*q + r' q=out/q.npy r=out/r.npy
cp a.npy same.npy
try eval 'a - a' a=same.npy -o same.npy
prints 'y  f32 (2, 3)
[[0.0, 0.0, 0.0],
 [0.0, 0.0, 0.0]]' eval 's' s=same.npy
try eval 'u8(a > 1) * 255' a=a.npy -o out/y.png
prints 'y  u8 (2, 3)
[[0, 0, 255],
 [255, 255, 255]]' eval 'p' p=out/y.png
"$program" eval 'a + 1' a=- <a.npy >.stdout
report "$(grep -q '^\[\[1.0, 2.0, 3.0\],$' .stdout && echo yes)" 'standard input' "$(cat .stdout)"

fails 2 'eval: too few operands: eval EXPR NAME=VALUE...' eval
fails 1 "expression:1:3: expected a value before the end${newline}a*${newline}  ^" eval 'a*' a=1
fails 2 'eval: nothing is given for b; add b=NUMBER or b=FILE' eval 'a + b' a=1
fails 2 'eval: alpa is given, but the expression does not use it; did you mean alpha?' \
    eval 'alpha*2' alpa=1
fails 2 'eval: other is given, but the expression does not use it; its names: a, b' \
    eval 'a + b' a=1 b=2 other=3
fails 2 'eval: a is given, but the expression has no names' eval '1 + 2' a=3
fails 2 'eval: a is given twice: 1 and a.npy' eval a a=1 a=a.npy
fails 2 'eval: a is given twice: 1 and 2' eval a a=1 --param a=2
fails 2 "eval: 'a.npy' is not NAME=VALUE; the expression's names: a" eval a a.npy
fails 2 "eval: '=a.npy' is not NAME=VALUE; the expression's names: a" eval a =a.npy
fails 2 'eval: a= has no value: a number, or an .npy or .png file' eval a a=
fails 2 "eval: 'nofile' is neither a number nor a file" eval a a=nofile
fails 1 'no.npy: cannot be read: No such file or directory' eval a a=no.npy
fails 2 'eval: standard input is given 2 times' eval 'a + b' a=- b=-
fails 2 'eval: expression(a) -> y has 1 output, and -o is given 2 times' \
    eval a a=1 -o out/x.npy -o out/z.npy
fails 2 'eval: the output out/y.jpg ends in neither .npy nor .png' eval a a=1 -o out/y.jpg
fails 2 'eval: --memory 3 is not between 64KiB and 4EiB' eval a a=1 --memory 3
fails 2 "eval: --memory takes a size such as 64MiB, not 'lots'" eval a a=1 --memory lots
fails 2 "eval: --memory takes a size such as 64MiB, not '1.2.3M'" eval a a=1 --memory 1.2.3M
cut_to 140 a.npy short.npy
fails 1 'short.npy: is truncated: shape (2, 3) of f32 needs 24 bytes, and there are 12' \
    eval a a=short.npy
fails 1 'expression: shapes (2, 3) and (2,) cannot be broadcast together' \
    eval 'a + b' a=a.npy b=two.npy

# The command that the README shows: two frames, one dark, one flat.
npy img.npy "'<u2'" False '(2, 1, 3)' '\012\000\024\000\036\000\013\000\025\000\037\000'
npy dark.npy "'<f4'" False '(1, 1)' '\000\000\200\077'
npy flat.npy "'<f4'" False '(3,)' '\000\000\200\077\000\000\000\100\000\000\100\100'
sed -n "s/^    clwise eval/\"\$program\" eval/p" "$here/../../README.md" >readme.sh
# shellcheck disable=SC1091
. ./readme.sh
prints 'y  f32 (2, 1, 3)
[[[13.5, 14.25, 14.5]],
 [[15.0, 15.0, 15.0]]]' eval 'y' y=out.npy

done_testing
