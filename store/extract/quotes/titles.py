"""Which quoted stretches are the name of a work or of a thing, not speech: by their capitals and by where they stand.

Short stretches without a cue are left out by `pieces` already; what is a cue, `quoting` says.
"""

from store.extract.quotes.pieces import Piece
from store.extract.quotes.quoted import Quotation
from store.extract.quotes.reading import Reading

SHORT_WORD = 3
"""Letters of a word that is written small in a title: "of", "and", "the"."""
SENTENCE_ENDS = (".", "?", "!", "…")


def is_title(reading: Reading, quotation: Quotation) -> bool:
    """Whether a stretch is written as titles are, each long word with a capital, in a paragraph that is not."""
    first = quotation.pieces[0]
    inner = reading.text[slice(*first.stretch.inner)]
    start, end = reading.tree.span(first.paragraph)
    outside = f"{reading.text[start : first.stretch.outer[0]]} {reading.text[first.stretch.outer[1] : end]}"
    return _is_capital(inner) and not _is_capital(outside) and not inner.endswith(SENTENCE_ENDS[:1])


def _is_capital(text: str) -> bool:
    """Whether all the long words of a text, two at the least, have a capital."""
    words = [word.strip(",;:'’()") for word in text.split()]
    long = [word for word in words if len(word) > SHORT_WORD]
    return len(long) > 1 and text[:1].isupper() and all(not word[0].islower() for word in long)


def is_caption(reading: Reading, piece: Piece, colon: int, speaker: int | None) -> bool:
    """Whether what stands before a colon in a heading labels a thing: "Box 4", "Review", "Workshop"; not "Mayor".

    A heading is a paragraph that ends without a full stop or the like.
    """
    tree = reading.tree
    first, end = piece.paragraph
    start, stop = tree.span((first, end))
    if tree.words[colon] != ":" or not first <= colon < end:
        return False
    if reading.text[start:stop].rstrip("\"'”’»").endswith(SENTENCE_ENDS):
        return False
    if speaker is None:
        return True
    known = tree.lemmas[speaker] in reading.cues.captions
    return known and (tree.entities[speaker] != "PERSON" or speaker == first)
