"""What a tag is, wherever it comes from: words on one line, without the # that many write before it.

What tags are put on, and how they are kept, is the business of `store.notebook` and `store.marks`.
"""

from collections.abc import Iterable

from store.article import one_line


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """`tags` as they are kept: empty ones left out, and of those that differ in letters' case the last one only.

    >>> clean_tags(["#Port", " to  do ", "port", "#"])
    ('port', 'to do')
    """
    cleaned = (one_line(tag).lstrip("#").strip() for tag in tags)
    return tuple({tag.casefold(): tag for tag in cleaned if tag}.values())


def tags_in(text: str) -> tuple[str, ...]:
    """The tags in what somebody typed, parted by commas.

    >>> tags_in("#harbour, to do,, Harbour")
    ('Harbour', 'to do')
    """
    return clean_tags(text.split(","))
