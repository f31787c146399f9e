"""From a URL to bytes: HTTP bounded in time, size and redirects. What the bytes mean is not known here.

A page may lead the program astray: to a file, to a service within the reader's own network, round in circles, into an
answer that never ends. So each hop is looked at again before anything is sent: http and https only, and a public
address never leads to an inside one. The time limit is for all hops and all bytes together. Nothing is asked unless
`fetch` is called, and nothing is kept: what makes a second call cheap (`Validators`) is given to the caller.
"""

import http.client
import re
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from store.errors import IntakeError
from store.home import reason
from store.intake.files import LIMIT
from store.intake.route import Clock, Route, handlers

if TYPE_CHECKING:
    from http.client import HTTPResponse

SECONDS = 30.0
"""How long all of a fetch may take."""
REDIRECTS = 10
"""How many times a server may lead on."""

_AGENT = "Mozilla/5.0 (compatible; briefbook; terminal reader)"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_MOVED = frozenset([301, 302, 303, 307, 308])
_FOR_GOOD = frozenset([301, 308])
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE | re.ASCII)
_CHUNK = 64 * 1024
_SAFE = "%/:=&?~#+!$,;'@()*[]|"
_SEEN = {
    401: "it is given only to those who log in (401)",
    402: "it is given only to those who pay (402)",
    403: "the server does not give it to this program (403)",
    404: "there is no such page (404)",
    410: "the page was taken down (410)",
    429: "the server was asked too often (429)",
}
_BROWSER = "open it in a browser, save the page and give that file"
_ADVICE = {404: "check the address", 410: "look for it in an archive", 429: "try again later"}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the state of a resource: sent along the next time, the answer is empty if nothing changed
    (RFC 9110, section 13)."""

    etag: str = ""
    """The `ETag` header as it was sent."""
    modified: str = ""
    """The `Last-Modified` header as it was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    url: str
    """The address at which it was found, after all redirects."""
    data: bytes
    """The body, unpacked; empty when `unchanged`."""
    media_type: str = ""
    """As the server says, lower case, without parameters: a hint, for servers are often wrong."""
    charset: str = ""
    """As the server says; empty when it does not."""
    validators: Validators = Validators()
    """What to send along the next time."""
    unchanged: bool = False
    """Whether nothing changed since the validators that were sent."""
    moved: str = ""
    """Where the resource has moved for good; empty when it stayed."""
    inside: bool = False
    """Whether it came from within the reader's own network (loopback, private or link-local addresses)."""


def fetch(
    url: str,
    *,
    validators: Validators | None = None,
    named: bool = True,
    limit: int = LIMIT,
    seconds: float = SECONDS,
) -> Answer:
    """What is at `url`. Blocks for at most about `seconds`.

    Args:
        url: http or https.
        validators: of an earlier answer; when nothing changed since, the answer is `unchanged`.
        named: whether the reader named this address. One that stands in a page or a feed may be given only when it is
            public; and no public address may redirect to an inside one either way.
        limit: bytes that the body may have, unpacked.

    Raises:
        IntakeError: one sentence that names the URL: the address is refused, there is no answer, not in time, too much,
            or the server says no.
    """
    route = Route(Clock(seconds), inside_allowed=named)
    opener = urllib.request.OpenerDirector()
    for handler in (urllib.request.ProxyHandler(), urllib.request.HTTPCookieProcessor(), *handlers(route)):
        opener.add_handler(handler)
    try:
        return _follow(opener, checked(url), validators or Validators(), route, limit)
    except IntakeError as error:
        raise IntakeError(error.message, url, error.advice) from error
    except (OSError, http.client.HTTPException, zlib.error) as error:
        raise _failure(error, url, seconds) from error


def checked(url: str) -> str:
    """`url` as it is sent: host in ASCII, blanks and foreign letters in percent form, without its fragment.

    Raises:
        IntakeError: when it is no http or https URL, or holds a password, which would be kept in every note.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError as error:
        raise IntakeError("this is no web address", url, "check how it is written") from error
    if parts.scheme not in ("http", "https"):
        raise IntakeError("only http and https addresses are fetched", url, "give a file by its path")
    if not _HOST.fullmatch(ascii_host):
        raise IntakeError("this is no web address", url, "check how it is written")
    if "@" in parts.netloc:
        raise IntakeError("it has a name or a password in it, which is never sent", host, "give it without")
    place = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    netloc = place if port is None else f"{place}:{port}"
    try:
        path, query = quote(parts.path, _SAFE), quote(parts.query, _SAFE)
    except UnicodeEncodeError as error:
        raise IntakeError("this is no web address", url, "check how it is written") from error
    return urlunsplit((parts.scheme, netloc, path or "/", query, ""))


def linked(base: str, link: str) -> str:
    """Where a link in what was found at `base` leads, as it stands; empty when that is no http or https address."""
    try:
        url = urljoin(base, link)
        checked(url)
    except (ValueError, IntakeError):
        return ""
    return url


def _follow(
    opener: urllib.request.OpenerDirector, url: str, validators: Validators, route: Route, limit: int
) -> Answer:
    """The answer at the end of the redirects."""
    moved, for_good = "", True
    for _ in range(REDIRECTS + 1):
        with opener.open(_request(url, validators), timeout=route.clock.left()) as response:
            if response.status not in _MOVED:
                return replace(_answer(response, url, limit), moved=moved, inside=route.inside)
            for_good = for_good and response.status in _FOR_GOOD
            url = _next(url, response.headers.get("Location", ""))
            moved = url if for_good else moved
            # Whoever named a public address did not mean to ask a service of the own network.
            route.inside_allowed = route.inside
    raise IntakeError(f"it leads on more than {REDIRECTS} times", advice=_BROWSER)


def _next(url: str, location: str) -> str:
    """Where a redirect leads."""
    if found := linked(url, location):
        return checked(found)
    raise IntakeError(f"it leads to {location[:200]!r}, which is not followed", advice=_BROWSER)


def _request(url: str, validators: Validators) -> urllib.request.Request:
    headers = {
        "User-Agent": _AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en, *;q=0.5",
    }
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.modified:
        headers["If-Modified-Since"] = validators.modified
    return urllib.request.Request(url, headers=headers)


def _answer(response: "HTTPResponse", url: str, limit: int) -> Answer:
    headers = response.headers
    state = Validators(_header(headers.get("ETag")), _header(headers.get("Last-Modified")))
    if response.status == 304:
        return Answer(url, b"", validators=state, unchanged=True)
    if not 200 <= response.status < 300:
        raise _refused(response.status)
    media_type = headers.get_content_type() if headers.get("Content-Type") else ""
    charset = headers.get_content_charset() or ""
    return Answer(url, _body(response, limit), media_type, charset, state)


def _header(value: str | None) -> str:
    """A header's value to be sent again; what is too long or holds a line end is not."""
    return value if value and len(value) <= 1000 and value.isprintable() else ""


def _refused(status: int) -> IntakeError:
    if status >= 500:
        return IntakeError(f"the server failed ({status})", advice="try again later")
    return IntakeError(_SEEN.get(status, f"the server refused ({status})"), advice=_ADVICE.get(status, _BROWSER))


def _body(response: "HTTPResponse", limit: int) -> bytes:
    """The body, unpacked, when it has at most `limit` bytes and is whole."""
    if (response.length or 0) > limit:
        raise _too_large(limit)
    pieces: list[bytes] = []
    size = 0
    for piece in _unpacked(response, limit):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise _too_large(limit)
    if response.length:
        raise IntakeError("the answer breaks off", advice="try again")
    return b"".join(pieces)


def _unpacked(response: "HTTPResponse", limit: int) -> Iterator[bytes]:
    """The pieces of the body; of what is packed never more than about `limit` bytes are unpacked at once."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        yield from iter(lambda: response.read1(_CHUNK), b"")
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise IntakeError(f"it is packed as {encoding[:40]!r}, which was not asked for", advice=_BROWSER)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    first = True
    for chunk in iter(lambda: response.read1(_CHUNK), b""):
        if first and encoding == "deflate" and (chunk[0] & 0x0F) != 8:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # some servers leave out the zlib header
        first = False
        yield unpacker.decompress(chunk, limit + 1)
    if not (first or unpacker.eof):
        raise IntakeError("the answer breaks off", advice="try again")


def _too_large(limit: int) -> IntakeError:
    return IntakeError(f"it has more than {limit / 1024 / 1024:,.0f} MB", advice=_BROWSER)


def _failure(error: Exception, url: str, seconds: float) -> IntakeError:
    """Why there was no answer, told so that the reader knows what to do."""
    import socket
    import ssl

    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    match cause:
        case TimeoutError():
            return IntakeError(f"it did not answer in {seconds:.0f} seconds", url, "try again later")
        case ssl.SSLCertVerificationError():
            why = f"its certificate is not trusted ({cause.verify_message})"
            return IntakeError(why, url, "check the address and this computer's clock")
        case ssl.SSLError():
            return IntakeError("there is no secure connection to it", url, "check the address, or try http://")
        case socket.gaierror():
            return IntakeError("there is no such server, or no network", url, "check the address and the connection")
        case ConnectionRefusedError():
            return IntakeError("no server answers there", url, "check the address, or try again later")
        case http.client.HTTPException() | zlib.error():
            return IntakeError("its answer cannot be understood", url, _BROWSER)
        case _:
            return IntakeError(f"it cannot be fetched ({reason(cause)})", url, "check the connection")
