"""Outside text as plain text that acts nowhere: what every format that is not JSON begins with."""

from store.errors import printable


def plain(text: str) -> str:
    """`text` with LF line ends, tabs kept, and every other control character as a visible stand-in."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join("\t".join(printable(cell) for cell in line.split("\t")) for line in text.split("\n"))


def unlined(text: str) -> str:
    """`text` on one line."""
    return printable(" ".join(text.split()))
