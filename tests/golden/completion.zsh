(( $+functions[compdef] )) || { autoload -U +X compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
_briefbook() {
    local current="${COMP_WORDS[COMP_CWORD]}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="extract export note list model config doctor completion --help --version"
    else
        case "${COMP_WORDS[1]}" in
            extract) words="-h --help --workers --uncorrected" ;;
            export) words="-h --help --to markdown jsonl -o --output --tables" ;;
            note) words="-h --help add" ;;
            list) words="-h --help --json" ;;
            model) words="-h --help list install check --json" ;;
            config) words="-h --help show path --json" ;;
            doctor) words="-h --help --fix --json" ;;
            completion) words="-h --help bash zsh fish" ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -o bashdefault -F _briefbook briefbook
