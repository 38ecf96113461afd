#!/bin/sh
# What bash offers for the word at the end of a line.
. "$(dirname "$0")/tap.sh"

if ! command -v bash >/dev/null; then
    skip 'completion' 'bash is not there'
    done_testing
    exit
fi

# offers WORDS LINE...: the words of the line, the last of which is being typed.
offers() {
    wanted=$1
    shift
    offered=$(bash -c '
        . "$1"
        shift
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _clwise
        echo "${COMPREPLY[*]}"' bash "$here/../../tools/completion/clwise.bash" "$program" "$@" 2>&1)
    report "$([ "$offered" = "$wanted" ] && echo yes)" "clwise $*" "wanted $wanted${newline}got $offered"
}

touch first.npy second.png
offers 'devices' d
offers 'run' ru
offers '--verbose' run --verb
offers '--json' devices --j
offers '--dtype --device' run --d
offers 'f16 f32 f64' run --dtype f
offers 'warm' wa
offers 'transposed' warm --patterns tr
offers 'numpy' explain --promotion n
offers 'multiply' run multip
offers 'multiply' explain multip
offers 'multiply' ops multip
offers 'multiply' run --dtype f32 -v multip
offers 'first.npy' run multiply fir
offers 'second.png' run multiply first.npy se
offers 'first.npy' run multiply 1 2 -o fir
offers 'first.npy' eval 'a + b' a = fir
offers 'first.npy out second.png' eval 'a + b' a =
offers '--memory' eval --m
offers 'verify' cache v
offers '' cache verify v
offers 'cache' help ca

done_testing
