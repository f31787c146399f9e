"""`briefbook completion`: completion scripts made from the parsers, so that they offer what there is."""

import argparse
from collections.abc import Iterator

from tui.commands.streams import put

BASH = """\
_briefbook() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{commands} --help --version"
    else
        case "${{COMP_WORDS[1]}}" in
{cases}
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -o bashdefault -F _briefbook briefbook"""
ZSH = """\
(( $+functions[compdef] )) || { autoload -U +X compinit && compinit; }
autoload -U +X bashcompinit && bashcompinit"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.usage = "briefbook completion bash | zsh | fish"
    parser.description = "Print a script that completes commands, options and file names."
    parser.epilog = """\
examples:
  echo 'eval "$(briefbook completion bash)"' >> ~/.bashrc
  echo 'eval "$(briefbook completion zsh)"' >> ~/.zshrc
  briefbook completion fish > ~/.config/fish/completions/briefbook.fish"""
    parser.add_argument("shell", choices=["bash", "zsh", "fish"], metavar="SHELL", help="bash, zsh or fish")


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    for line in {"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell]():
        put(line)
    return 0


def _actions() -> Iterator[tuple[str, list[argparse.Action]]]:
    from tui import cli

    for name in cli.COMMANDS:
        yield name, cli.parser(name, cli.command(name))._actions


def _bash() -> Iterator[str]:
    cases = []
    for name, actions in _actions():
        words = [word for action in actions for word in (*action.option_strings, *_choices(action))]
        cases.append(f'            {name}) words="{" ".join(words)}" ;;')
    from tui.cli import COMMANDS

    yield from BASH.format(commands=" ".join(COMMANDS), cases="\n".join(cases)).split("\n")


def _zsh() -> Iterator[str]:
    yield from ZSH.split("\n")
    yield from _bash()


def _fish() -> Iterator[str]:
    from tui.cli import COMMANDS

    for name, words in COMMANDS.items():
        yield f"complete -c briefbook -n __fish_use_subcommand -a {name} -d {_quoted(words)}"
    for name, actions in _actions():
        start = f"complete -c briefbook -n '__fish_seen_subcommand_from {name}'"
        for action in actions:
            names = [f"-{'l' if word.startswith('--') else 's'} {word.lstrip('-')}" for word in action.option_strings]
            choices = [f"-xa '{' '.join(_choices(action))}'"] if _choices(action) else []
            takes = ["-r"] if names and action.nargs != 0 and not choices else []
            if names or choices:
                yield " ".join([start, *names, *takes, *choices, f"-d {_quoted(action.help or '')}"])


def _quoted(words: str) -> str:
    """`words` within single quotes, as fish reads them."""
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _choices(action: argparse.Action) -> list[str]:
    return [str(choice) for choice in action.choices or ()]
