"""Datelines: the place, agency and date that open a report, "LEEDS (AP) -", "Leeds, 3 May -", by their form alone."""

import re

from store.spans import Span

LONGEST_DATELINE = 140
"""Characters of a paragraph in which its dateline ends."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = r" ?(?: --? |[—–] ?|-- )"
_DATELINE = re.compile(
    r"[A-Z][\w.’'-]*(?:,? (?=[A-Z\d(])|,? ?(?=\())[\w ,.’'/-]{0,60}\([^()\n]{2,40}\) ?(?::|--?|[—–])\s"
    rf"|[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){{0,3}}(?:,|{_DASH}) ?{_DATE}{_DASH}"
    rf"|[A-Z][A-Z .’'-]{{2,30}}(?:, [A-Z][\w. ]{{1,20}}){{0,2}},?{_DASH}"
)
"""A place with an agency in brackets, then a dash or a colon; a place and a date; a place in capitals and a dash."""


def dateline(text: str, paragraph: Span) -> int:
    """Where the dateline of a paragraph ends; its start when it has none.

    >>> dateline("Leeds (AP): Ms Lee left.", (0, 24)), dateline("LEEDS, York – May 3, 2025 – Ms Lee left.", (0, 40))
    (12, 28)
    """
    match = _DATELINE.match(text, paragraph[0], min(paragraph[1], paragraph[0] + LONGEST_DATELINE))
    return match.end() if match else paragraph[0]
