# Completion of clwise for bash. Options are read off each command's own --help.

_clwise_options() {
    "$1" "$2" --help 2>/dev/null | sed -n 's/^  *\(-[a-zA-Z],\)\{0,1\} *\(--[a-z0-9-]*\).*/\2/p'
}

_clwise_ops() {
    "$1" ops 2>/dev/null | sed 's/ .*//'
}

_clwise_dtypes='bool i8 i16 i32 i64 u8 u16 u32 u64 f16 bf16 f32 f64 c64 c128'

# Words for the value of an option; fails if the option takes none of its own.
_clwise_value() {
    case $1 in
    --dtype) echo "$_clwise_dtypes" ;;
    --casting) echo no equiv safe same_kind unsafe ;;
    --promotion) echo numpy torch ;;
    --fp64) echo strict demote ;;
    --dtypes) echo "$_clwise_dtypes all" ;;
    --patterns) echo contiguous scalar row column outer transposed reversed strided large channels pixels all ;;
    -d | --device) echo gpu cpu none ;;
    *) return 1 ;;
    esac
}

# How many operands stand before the current word.
_clwise_operands() {
    local count=0 i
    for ((i = 2; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -o | -d | -m | --output | --memory | --dtype | --casting | --param | --where | --ops | --device | \
            --promotion | --fp64 | --cache-dir | --from | --load | --jobs | -j | --dtypes | --patterns) ((i++)) ;;
        -*) ;;
        *) ((count++)) ;;
        esac
    done
    echo "$count"
}

_clwise() {
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]} words
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    [[ $current == = ]] && current='' # bash takes NAME=VALUE for three words
    if ((COMP_CWORD == 1)); then
        words='devices ops run eval explain cache selftest tune warm help --help --version'
    elif words=$(_clwise_value "$previous"); then
        :
    elif [[ $previous =~ ^(-o|--output|--where|--ops|--cache-dir|--from|--load)$ ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    elif [[ $current == -* ]]; then
        words=$(_clwise_options "$program" "$command")
    else
        case $command:$(_clwise_operands) in
        run:0 | explain:0 | ops:0) words=$(_clwise_ops "$program") ;;
        cache:0) words='path list verify purge' ;;
        help:0) words='devices ops run eval explain cache selftest tune warm' ;;
        run:* | eval:* | explain:*)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -o filenames -F _clwise clwise
