(( $+functions[compdef] )) || { autoload -U +X compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit
_briefbook() {
    local current="${COMP_WORDS[COMP_CWORD]}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="extract export import open serve note add search list show tag rm feeds watch model config doctor completion --help --version"
    else
        case "${COMP_WORDS[1]}" in
            extract) words="-h --help --workers --uncorrected" ;;
            export) words="-h --help --to markdown html org jsonld hypothesis readwise csv jsonl csl bibtex template -o --output --force --to-clipboard --template --tables --whole --no-whole --colour yellow red green blue purple 1 2 3 4 5 --tag --has-note --only" ;;
            import) words="-h --help --dry-run --json" ;;
            open) words="-h --help" ;;
            serve) words="-h --help --host --port" ;;
            note) words="-h --help add" ;;
            add) words="-h --help --analyse --json" ;;
            search) words="-h --help --limit --json" ;;
            list) words="-h --help --sort opened added date title unread --json" ;;
            show) words="-h --help --json" ;;
            tag) words="-h --help" ;;
            rm) words="-h --help" ;;
            feeds) words="-h --help add list fetch rm import export --folder --summaries --json" ;;
            watch) words="-h --help --analyse --json" ;;
            model) words="-h --help list install check --json" ;;
            config) words="-h --help show path --json" ;;
            doctor) words="-h --help --fix --json" ;;
            completion) words="-h --help bash zsh fish" ;;
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -o bashdefault -F _briefbook briefbook
