"""XML as a stream of events, without declarations, entities and outside files. What they mean is not known here.

Expat is told to refuse what makes XML dangerous: a document that declares entities of its own may blow up to any size
("billion laughs") or ask for files and addresses. No tree is made, so memory stays bounded by the longest text.
"""

from collections.abc import Iterator
from xml.parsers import expat

from store.errors import IntakeError

DEEPEST = 1_000
"""Elements that may stand in one another."""

Event = tuple[int, str, dict[str, str]]
"""`(1, name, attributes)` where an element begins, `(-1, name, {})` where it ends, `(0, text, {})` for text between.
Names of elements and attributes are without their namespace."""

_NONE: dict[str, str] = {}
_PIECE = 1024 * 1024


def events(data: bytes, subject: str) -> Iterator[Event]:
    """The events of an XML document in order, in time and memory that its length bounds.

    Args:
        subject: what errors name.

    Raises:
        IntakeError: when it is no XML, declares entities, or is nested deeper than `DEEPEST`.
    """
    found: list[Event] = []
    parser = _parser(found, subject)
    for at in range(0, len(data) + 1, _PIECE):
        piece = data[at : at + _PIECE]
        try:
            parser.Parse(piece, at + _PIECE > len(data))
        except expat.ExpatError as error:
            raise IntakeError(
                f"the XML in it is broken in line {error.lineno}", subject, "get it again, or save it as text"
            ) from error
        yield from found
        found.clear()


def _parser(found: list[Event], subject: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # Else what a document declares as default is made anew for each element that has none.
    parser.specified_attributes = True
    local = _LocalNames()
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise IntakeError(f"the XML in it is nested more than {DEEPEST:,} deep", subject, "save it as text")
        told = {local[key]: value for key, value in attributes.items() if not key.startswith("xmlns")}
        found.append((1, local[name], told))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append((-1, local[name], _NONE))

    def refuse(*_: object) -> None:
        raise IntakeError("the XML in it declares entities, which is not allowed", subject, "save it as text")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append((0, text, _NONE))
    parser.EntityDeclHandler = refuse
    return parser


class _LocalNames(dict[str, str]):
    """Names without their prefixes; a document has few names, and asks for them a million times."""

    def __missing__(self, name: str) -> str:
        self[name] = found = name.rpartition(":")[2]
        return found
