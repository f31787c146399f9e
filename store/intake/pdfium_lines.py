"""The lines of a PDF with their places, by PDFium: a program of its own that `pdf` starts for each document.

PDFium is written in C++ and reads what strangers wrote: if it crashes, hangs or takes all memory, it is this process
that ends. It imports nothing of briefbook. Standard input is the document; standard output is one JSON value a line:
the properties, or `{"refused": why}`; then for each page its lines in reading order, each as
`[text, left, baseline, right, height]`, in points from the lower left corner.
"""

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

MEMORY = 2 * 1024**3
"""Bytes of address space that this process may take."""


DIVIDED = "\ufffe"
"""Ends a line that ends within a word."""


def main(most_pages: int) -> None:
    """Read one document from standard input and write its lines."""
    _bound_memory()
    import pypdfium2

    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        _write({"refused": "password" if "password" in str(error).lower() else "broken"})
        return
    if count > most_pages:
        _write({"refused": "long", "pages": count})
        return
    _write(document.get_metadata_dict(skip_empty=True))
    for number in range(count):
        try:
            page = document[number]
            _write(_lines(page.get_textpage()))
            page.close()
        except pypdfium2.PdfiumError:
            _write([])  # one broken page does not make the others unreadable


def _lines(page: Any) -> list[list[Any]]:
    found = []
    for raw, at in _printed(page.get_text_range()):
        text = raw.replace("\r", "").strip()
        if text:
            start = at + _units(raw[: len(raw) - len(raw.lstrip())])
            left, base, _, height = _place(page, start)
            _, _, right, _ = _place(page, at + _units(raw.rstrip()) - 1)
            found.append([text, round(left, 1), round(base, 1), round(right, 1), round(height, 1)])
    return found


def _printed(text: str) -> Iterator[tuple[str, int]]:
    """The lines as they are printed, and where each begins: PDFium joins two where a word is divided, and puts U+FFFE
    between them."""
    at = 0
    for line in text.split("\n"):
        for part in re.findall(f"[^{DIVIDED}]*{DIVIDED}|[^{DIVIDED}]+", line):
            yield part, at
            at += _units(part)
        at += 1


def _units(text: str) -> int:
    """How many UTF-16 units a text takes: PDFium counts in them."""
    return len(text) + sum(character > "\uffff" for character in text)


def _place(page: Any, at: int) -> tuple[float, float, float, float]:
    """Left edge, baseline, right edge and height of the character at an index of the page's text."""
    from pypdfium2 import raw

    index = raw.FPDFText_GetCharIndexFromTextIndex(page, at)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(page, index, x, y)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, index, box)
    return box.left, y.value, box.right, abs(box.top - box.bottom)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _write(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
