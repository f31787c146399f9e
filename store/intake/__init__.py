"""From files, folders, web addresses and standard input to articles: `find` names what there is to read, `read` reads
one article, `read_all` those of a source that holds several, `begin` the first of them and the others later.

Here only the way through is decided. Which format a source is in is told by `formats`; what a format means stands in
the module of its name; what may be opened at all stands in `files`, what may be fetched in `fetch`. Importing the
package loads no parser, and nothing goes to the network but for a web address that was given.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from store.article import INNER, Article, make_article
from store.errors import IntakeError, printable
from store.furniture import furniture
from store.intake import files, formats
from store.intake.files import EXTENSIONS, LIMIT, STDIN, find, is_url
from store.intake.formats import sniff
from store.intake.reading import Reading

__all__ = [
    "EXTENSIONS", "LIMIT", "STDIN", "Begun", "begin", "begin_stdin", "find", "is_url", "read", "read_all", "sniff",
]  # fmt: skip

_STREAMED = frozenset(["mbox", "jsonl"])
"""Formats that are read article by article, whatever size the file has."""
_NO_TEXT = {
    "html": "save the page again from the browser, as a whole, when its text is shown",
    "pdf": "it may be a scan: let a text recognition program read it, and give what that makes",
}


class Begun(NamedTuple):
    """A source of which the first article is read."""

    article: Article
    rest: Iterator[Article | IntakeError]
    """What else is in it, read when it is asked for, and why what came before the article cannot be read."""


def read(source: str, *, named: bool = True) -> Article:
    """The article in one source; the first one where there are several.

    Args:
        source: a path, absolute or from the working folder, a web address, or `-` for standard input; or the `source`
            of an article that `read_all` found among several (`mail.mbox#7`). The first bytes and the extension
            decide the format; what neither tells is looked into.
        named: whether the reader named this source. False for an address out of a page or a feed: it may not lead into
            the reader's own network.

    Raises:
        IntakeError: one sentence that names the source and says what to do: it is missing, a folder, not a file,
            larger than `LIMIT`, unreadable, empty, binary, in no encoding that can be told, without any text, or not
            to be had from the network.
    """
    return begin(source, named=named).article


def begin(source: str, *, named: bool = True) -> Begun:
    """The first article in one source, and the way to the others; arguments and errors as for `read`."""
    return _begun(read_all(source, named=named), source)


def begin_stdin(stream: BinaryIO) -> Begun:
    """The first article in what is left of a binary stream, and the others; its format is told from its start.

    Raises:
        IntakeError: as for `read`.
    """
    return _begun(_guarded(_articles_in(files.read_stream(stream), "", STDIN), STDIN), STDIN)


def _begun(found: Iterator[Article | IntakeError], source: str) -> Begun:
    failures: list[IntakeError] = []
    for outcome in found:
        if isinstance(outcome, Article):
            return Begun(outcome, chain(failures, found))
        failures.append(outcome)
    raise next(iter(failures), IntakeError("there is no article in it", _name(source), "give a file that has some"))


def read_all(source: str, *, named: bool = True) -> Iterator[Article | IntakeError]:
    """The articles in one source, in order, and in their places why one of several cannot be read.

    Mailboxes, JSON lists, JSON Lines and feeds hold several; each article's `source` is the address that it names
    itself, or the source with its place behind `#` (of a web address: `#:`). Any other source holds one. Arguments as
    for `read`. Nothing is raised: what makes the whole source unreadable is the only, or the last, outcome.
    """
    yield from _guarded(_all(source, named), source)


def _guarded(found: Iterator[Article | IntakeError], source: str) -> Iterator[Article | IntakeError]:
    try:
        yield from found
    except IntakeError as error:
        yield error
    except Exception as error:
        # A dozen parsers, most not ours, read what anybody may have written: one file must not end a thousand others.
        what = f"it cannot be read ({type(error).__name__}: {printable(str(error)[:200])})"
        yield IntakeError(what, _name(source), "this is a mistake in briefbook: please report it with the file")


def _all(source: str, named: bool) -> Iterator[Article | IntakeError]:
    if source == STDIN:
        yield from _articles_in(files.read_stream(sys.stdin.buffer), "", STDIN)
    elif is_url(source):
        yield from _from_web(source, named)
    else:
        yield from _from_file(source)


def _from_file(source: str) -> Iterator[Article | IntakeError]:
    path, part = _place(source)
    found = _all_in_file(path)
    if not part:
        yield from found
        return
    yield from _only(found, f"{path}#{part}", source)


def _only(found: Iterable[Article | IntakeError], wanted: str, source: str) -> Iterator[Article | IntakeError]:
    """The article of that source among several."""
    here = next((one for one in found if isinstance(one, Article) and one.source == wanted), None)
    yield here or IntakeError("this article is no longer there", source, "read the whole source again")


def _place(source: str) -> tuple[str, str]:
    """The path of a file, and which article in it is meant; a file whose name has a `#` in it comes first."""
    path = files.absolute(source)
    whole, mark, part = path.partition("#")
    while mark and not Path(path).exists():
        if Path(whole).is_file():
            return whole, part
        more, mark, part = part.partition("#")
        whole = f"{whole}#{more}"
    return path, ""


def _all_in_file(path: str) -> Iterator[Article | IntakeError]:
    named = EXTENSIONS.get(Path(path).suffix.lower(), "")
    if named not in _STREAMED:
        yield from _articles_in(files.read_bytes(path), named, path)
        return
    with files.opened(path) as stream:
        yield from _articles(formats.streamed(stream, named, path), named, path)


def _from_web(url: str, named: bool) -> Iterator[Article | IntakeError]:
    from store.intake import web

    whole, mark, part = url.partition(INNER)
    answer = web.fetched(whole, named=named)
    kind = formats.tell(answer.data, web.kind(answer))
    found = _articles(formats.readings(answer.data, kind, whole, answer.url, answer.charset), kind, answer.url)
    yield from _only(found, f"{answer.url}{INNER}{part}", url) if mark and kind in formats.SEVERAL else found


def _articles_in(data: bytes, named: str, source: str) -> Iterator[Article | IntakeError]:
    kind = formats.tell(data, named)
    yield from _articles(formats.readings(data, kind, _name(source)), kind, source)


def _articles(found: Iterable[Reading | IntakeError], kind: str, source: str) -> Iterator[Article | IntakeError]:
    for told in found:
        if isinstance(told, IntakeError):
            yield told
        elif told.text.strip():
            yield _article(told, source)
        else:
            advice = _NO_TEXT.get(kind, "give a file that has some")
            yield IntakeError("there is no text in it", _name(_source(told, source)), advice)


def _article(told: Reading, source: str) -> Article:
    return make_article(
        told.text,
        title=told.title,
        source=_source(told, source),
        byline=told.byline,
        publisher=told.publisher,
        published=told.published,
        language=told.language or "en",
        furniture={*told.furniture, *furniture(told.text)},
    )


def _source(told: Reading, source: str) -> str:
    """Where one of the articles of `source` is from; a place in standard input means another article the next time."""
    if told.source or not told.part or source == STDIN:
        return told.source or source
    return f"{source}{INNER if is_url(source) else '#'}{told.part}"


def _name(source: str) -> str:
    return "standard input" if source == STDIN else source
