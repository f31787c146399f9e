"""PDF files: their lines from PDFium, in a process of its own, as the paragraphs that they were.

How lines become paragraphs is `pdf_layout`'s business. PDFium (by pypdfium2) is faster than pypdf and tells where each
line stands; a process of its own bounds its time and its memory, and keeps its crashes away.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from store.errors import IntakeError
from store.intake import office, pdf_layout, pdfium_lines
from store.intake.pdf_layout import Line
from store.intake.reading import Reading

MOST_PAGES = 3_000
"""Pages of one document that are read."""
SECONDS = 60.0
"""How long PDFium may take for one document."""

_ADVICE = "save its text as .txt and give that"
_REFUSED = {
    "password": ("it is protected by a password", "save it without one"),
    "broken": ("it is no PDF file, or a broken one", "get it again"),
}


def read(data: bytes, subject: str) -> Reading:
    """What a PDF holds; its text is empty when its pages are only pictures.

    Raises:
        IntakeError: when it is protected, broken, longer than `MOST_PAGES`, or takes longer than `SECONDS`.
    """
    rows = _rows(data, subject)
    told = rows[0] if rows else {"refused": "broken"}
    if "refused" in told:
        raise _refusal(told, subject)
    pages = [[Line(*line) for line in lines] for lines in rows[1:]]
    return office.reading(pdf_layout.blocks(pages), _properties(told))


def _rows(data: bytes, subject: str) -> list[Any]:
    """What the process writes, a value a line. `-P` keeps the folder that one works in out of its imports."""
    command = [sys.executable, "-P", str(Path(pdfium_lines.__file__)), str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]
    except subprocess.TimeoutExpired as error:
        raise IntakeError(f"its pages could not be read in {SECONDS:.0f} seconds", subject, _ADVICE) from error
    except subprocess.CalledProcessError as error:
        raise IntakeError(f"its pages cannot be read ({_last_line(error.stderr)})", subject, _ADVICE) from error
    except (OSError, ValueError) as error:
        raise IntakeError("the program that reads PDF files did not work", subject, _ADVICE) from error


def _last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().split("\n")
    return lines[-1][:200] or "PDFium crashed"


def _refusal(told: dict[str, Any], subject: str) -> IntakeError:
    if told["refused"] == "long":
        return IntakeError(
            f"it has {told['pages']:,} pages and briefbook reads at most {MOST_PAGES:,}", subject, "split it"
        )
    message, advice = _REFUSED.get(told["refused"], _REFUSED["broken"])
    return IntakeError(message, subject, advice)


def _properties(told: dict[str, str]) -> dict[str, str]:
    when = told.get("CreationDate", "").removeprefix("D:")[:8]
    return {
        "title": office.title(told.get("Title", "")),
        "byline": office.name(told.get("Author", "")),
        "published": f"{when[:4]}-{when[4:6]}-{when[6:]}" if len(when) == 8 and when.isdecimal() else "",
    }
