"""The README's tables of keys and commands are made from the code, and its commands are those that CI runs.

`UPDATE_GOLDEN=1 python -m pytest tests/test_readme.py` writes the tables anew, for the diff to be read.
"""

import os
import re
from pathlib import Path

from tui.actions import ACTIONS
from tui.cli import COMMANDS
from tui.keymaps import shown
from tui.screens.help import TITLES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def keys_table() -> str:
    """One table a place: keys and what they do."""
    parts = []
    for place, title in TITLES.items():
        actions = [action for action in ACTIONS if action.where == place]
        if actions:
            rows = [f"| {' '.join(_code(shown(key)) for key in action.keys)} | {action.help} |" for action in actions]
            parts.append("\n".join([f"**{title}**", "", "| keys | |", "|---|---|", *rows]))
    return "\n\n".join(parts)


def _code(key: str) -> str:
    return f"`{key}`".replace("|", "\\|")


def commands_table() -> str:
    """The commands and what each does."""
    rows = [f"| `briefbook {name}` | {does} |" for name, does in COMMANDS.items()]
    return "\n".join(["| command | |", "|---|---|", *rows])


def between(text: str, name: str) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    assert found, f"the README has no place for {name}"
    return found[1].strip("\n")


def test_the_tables_are_those_of_the_code():
    made = {"keys": keys_table(), "commands": commands_table()}
    text = README.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        for name, table in made.items():
            head, rest = text.split(f"<!-- {name} -->\n")
            text = f"{head}<!-- {name} -->\n{table}\n<!-- /{name} -->{rest.split(f'<!-- /{name} -->')[1]}"
        README.write_text(text, encoding="utf-8")
    assert {name: between(text, name) for name in made} == made


def test_ci_takes_the_test_command_from_the_readme():
    text = README.read_text(encoding="utf-8")
    (command,) = re.findall(r"^<!-- tests -->\n```sh\n(.+)\n```$", text, re.MULTILINE)
    assert command.startswith("python -m pip install") and command.endswith("python -m pytest")
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_picture_of_the_readme_is_there():
    pictures = re.findall(r"\]\((tests/screens/[^)]+)\)", README.read_text(encoding="utf-8"))
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []
