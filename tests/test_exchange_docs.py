"""What the README says of formats and of the templates' variables is what there is.

`UPDATE_GOLDEN=1 python -m pytest tests/test_exchange_docs.py` writes the table of variables anew.
"""

import os
import re
from pathlib import Path

from store.export import FORMATS
from store.export.template import FILTERS, VARIABLES, shipped

README = Path(__file__).parent.parent / "README.md"


def variables_table() -> str:
    rows = [f"| `{name}` | {words} |" for name, words in VARIABLES.items()]
    rows += [f"| filter `{name}` | {words} |" for name, words in FILTERS.items()]
    return "\n".join(["| variable | |", "|---|---|", *rows])


def test_the_table_of_variables_is_that_of_the_code() -> None:
    text = README.read_text(encoding="utf-8")
    head, rest = text.split("<!-- variables -->\n")
    now, tail = rest.split("<!-- /variables -->")
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(f"{head}<!-- variables -->\n{variables_table()}\n<!-- /variables -->{tail}", encoding="utf-8")
        now = variables_table()
    assert now.strip("\n") == variables_table()


def test_every_format_and_template_is_in_it() -> None:
    text = README.read_text(encoding="utf-8").partition("## Notes out and in")[2].partition("\n## ")[0]
    rows = {name for row in re.findall(r"^\| (`.*?`) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert set(FORMATS) <= rows
    assert all(f"`{name}`" in text for name in shipped())
