#!/bin/sh
# What the command line may be: help, version, options, operands, and what is wrong with others.
. "$(dirname "$0")/tap.sh"

npy a.npy "'<f8'" False '(2,)' '\000\000\000\000\000\000\360\077\000\000\000\000\000\000\000\100'

fails 2 'no command is given; clwise --help lists them'
fails 2 "unknown command 'runn'; did you mean run?" runn add 1 2
fails 2 "unknown command 'frobnicate'" frobnicate
fails 2 "unknown command 'zzz'" help zzz
fails 2 'run: unknown option --promotoin; did you mean --promotion?' run --promotoin numpy add 1 2
fails 2 'run: unknown option -q' run -q add 1 2
fails 2 'run: option --dtype needs a value' run add 1 2 --dtype
fails 2 'run: option -o needs a value' run add 1 2 -o
fails 2 'run: --verbose takes no value' run --verbose=3 add 1 2
fails 2 "run: --promotion takes one of numpy, torch, not 'jax'" run --promotion jax add 1 2
fails 2 "run: --fp64 takes one of strict, demote, not 'x'" run --fp64 x add 1 2
fails 2 "run: --casting takes one of no, equiv, safe, same_kind, unsafe, not 'any'" \
    run --casting any add 1 2
fails 2 "run: --dtype takes one of bool, i8, i16, i32, i64, u8, u16, u32, u64, f16, bf16, f32, f64, \
c64, c128, not 'float'" run --dtype float add 1 2
fails 2 "run: --param takes NAME=NUMBER, not 'alpha'" run --param alpha add 1 2
fails 2 "run: --param alpha: 'x' is not a number" run --param alpha=x add 1 2
fails 2 "run: add has no parameter 'alpha'; its parameters: none" run --param alpha=1 add 1 2
fails 2 "run: mvlgamma has no parameter 'q'; its parameters: p" run --param q=1 mvlgamma 2
fails 1 "mvlgamma: parameter p is i32, given a float" run --param p=2.5 mvlgamma 2
fails 2 'run: too few operands: run OP IN...' run
fails 2 'run: add(a, b) -> y takes 2 inputs, and 1 is given' run add 1
fails 2 'run: add(a, b) -> y takes 2 inputs, and 3 are given' run add 1 2 3
fails 2 'run: add(a, b) -> y has 1 output, and -o is given 2 times' \
    run add 1 2 -o out/y.npy -o out/z.npy
fails 2 'run: the output out/y.npy is given twice' run divmod 7 2 -o out/y.npy -o out/y.npy
fails 2 'run: the output out/y.jpg ends in neither .npy nor .png' run add 1 2 -o out/y.jpg
fails 2 "run: no op is called 'multply'; did you mean multiply?" run multply 1 2
fails 2 "run: no op is called 'nothing_like_it'" run nothing_like_it 1 2
fails 2 "run: '2,5' is neither a number nor a file" run add 2,5 1
fails 2 'run: the number 18446744073709551616 does not fit in 64 bits' \
    run add 18446744073709551616 1
fails 2 'run: standard input is given 2 times' run add - -
fails 2 'devices: too many operands: '\''more'\'' is left over' devices more
fails 2 "no op is called 'ad'; did you mean add?" ops ad
fails 2 "cache: unknown action 'lst'; did you mean list?" cache lst
fails 2 'cache: too few operands: cache path|list|verify|purge' cache

prints 'y  i64 ()
-3' run add -1 -2
prints 'y  f64 ()
-2501.5' run -- add -1.5 -2.5e3
prints 'y  f64 (2,)
[-inf, -inf]' run add -inf a.npy
prints 'y  f64 (2,)
[32.0, 33.0]' run add 0x1F a.npy
prints 'y  c128 (2,)
[2.0-2.5j, 3.0-2.5j]' run add a.npy 1-2.5j
prints 'y  u64 ()
18446744073709551615' run positive 18446744073709551615
prints 'y  f64 (2,)
[2.0, 3.0]' run add a.npy True
prints 'y  f64 (2,)
[nan, nan]' run --promotion=numpy --device cpu multiply a.npy nan

cp a.npy 3
prints 'y  f64 (2,)
[1.0, 2.0]' run positive ./3
prints 'y  i64 ()
3' run positive 3

version=$("$program" --version)
report "$(echo "$version" | grep -qx 'clwise [0-9][0-9]*\.[0-9][0-9]*\.[0-9][0-9]*' && echo yes)" \
    "--version" "$version"

try --help
report "$(test "$status" = 0 && test -z "$message" && echo yes)" '--help' "$message"
for command in $(echo "$output" | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    try "$command" --help
    help=$output
    report "$(test "$status" = 0 && test -z "$message" && echo "$help" |
        grep -q "^Usage: clwise $command" && echo yes)" "$command --help" "$help"
    prints "$help" help "$command"
    for option in $(echo "$help" | sed -n 's/^  *\(-[a-z],\)\{0,1\} *\(--[a-z0-9-]*\).*/\2/p'); do
        report "$(sed 's/\\-/-/g' "$here/../../tools/man/clwise.1" |
            grep -q "Fl Fl ${option#--}" && echo yes)" "the man page has $option of $command"
    done
done

done_testing
