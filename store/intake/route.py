"""How a connection is made: to addresses that were looked at, within one limit of time for everything.

The standard library's time limit holds for one read at a time, and it looks a name up by itself, so that a name could
mean one address when it is judged and another when it is used. Here a name is looked up once, judged, and that address
is connected to. `fetch` alone decides which addresses may be asked.
"""

import http.client
import io
import ipaddress
import queue
import socket
import threading
import time
import urllib.request
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from store.errors import IntakeError


class Clock:
    """What is left of the time that a fetch may take."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than none.

        Raises:
            TimeoutError: when none are left.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(slots=True)
class Route:
    """Makes the connections of one fetch, and knows whether the last one led inside."""

    clock: Clock
    inside_allowed: bool
    """Whether an address within the reader's own network may be asked."""
    inside: bool = False
    """Whether the last address that was asked is one."""

    def connect(self, address: tuple[str, int], *_: object) -> socket.socket:
        """A connection to the first address of a host that answers; takes what `socket.create_connection` takes.

        Raises:
            IntakeError: when the address is inside and that is not allowed.
            OSError: when none answers.
        """
        found = _look_up(*address, self.clock)
        self.judge([str(place[0]) for *_, place in found])
        return _first(found, self.clock)

    def through_proxy(self, address: tuple[str, int], *_: object) -> socket.socket:
        """A connection to a proxy that the reader's environment names: it may well be inside."""
        return _first(_look_up(*address, self.clock), self.clock)

    def judge(self, addresses: list[str]) -> None:
        """Take notice of where a host is; refuse it when any of its addresses is inside and that is not allowed."""
        self.inside = any(is_inside(address) for address in addresses)
        if self.inside and not self.inside_allowed:
            raise IntakeError(
                "it leads into your own network, which no web page may do",
                advice="give that address by itself if you mean it",
            )


def is_inside(address: str) -> bool:
    """Whether an IP address is not on the public internet: loopback, private, link-local, reserved.

    An IPv4 address within an IPv6 one (mapped, 6to4, NAT64) is judged as what it is.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or _translated(found) or found
    return not found.is_global or found.is_multicast


def handlers(route: Route) -> list[urllib.request.BaseHandler]:
    """What opens http and https URLs over `route`."""
    return [_Plain(route), _Secure(route), urllib.request.UnknownHandler()]


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address not in ipaddress.IPv6Network("64:ff9b::/96"):
        return None
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


_Found = list[tuple[Any, Any, int, str, Any]]
"""What `socket.getaddrinfo` gives."""


def _look_up(host: str, port: int, clock: Clock) -> _Found:
    """The addresses of a host. The system's look-up knows no time limit: it is not waited for longer than ours."""
    answers: queue.SimpleQueue[_Found | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        found = answers.get(timeout=clock.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, UnicodeError):
        raise IntakeError("this is no web address", host, "check how it is written") from found
    if isinstance(found, Exception):
        raise found
    return found


def _first(found: _Found, clock: Clock) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    failure: OSError = ConnectionRefusedError()
    for family, kind, protocol, _, place in found:
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(clock.left())
            made.connect(place)
        except OSError as error:
            made.close()
            failure = error
        else:
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return made
    raise failure


class _Timed(io.RawIOBase):
    """The bytes of an answer: before each read the socket is told how much time is left for all of them."""

    def __init__(self, inner: io.BufferedReader, sock: socket.socket, clock: Clock) -> None:
        self._inner, self._sock, self._clock = inner, sock, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._clock.left())
        return self._inner.readinto1(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, clock: Clock, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp: Any = io.BufferedReader(_Timed(self.fp, sock, clock))


def _connection(kind: type[http.client.HTTPConnection], route: Route, way: Any, *given: Any, **options: Any) -> Any:
    """A connection of the standard library that is made by `way` and read against the clock.

    `_create_connection` is how the library makes its own; without it `connect` and the tunnel of a proxy would have to
    be written anew.
    """
    made: Any = kind(*given, **options)
    made._create_connection = way
    made.response_class = partial(_Response, route.clock)
    return made


def _way(route: Route, request: urllib.request.Request) -> Any:
    """How to connect for a request: a proxy does the look-up itself, so that only an address as such can be judged."""
    parts = urlsplit(request.full_url)
    if request.host == parts.netloc:
        return route.connect
    try:
        route.judge([str(ipaddress.ip_address(parts.hostname or ""))])
    except ValueError:
        route.judge(["127.0.0.1"] if parts.hostname == "localhost" else [])
    return route.through_proxy


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route

    def http_open(self, req: urllib.request.Request) -> Any:
        way = _way(self._route, req)
        return self.do_open(partial(_connection, http.client.HTTPConnection, self._route, way), req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route

    def https_open(self, req: urllib.request.Request) -> Any:
        way = _way(self._route, req)
        made = partial(_connection, http.client.HTTPSConnection, self._route, way)
        return self.do_open(made, req, context=_trust())


def _trust() -> Any:
    """The certificates that this system trusts; certifi's where Python was installed without any."""
    import ssl

    context = ssl.create_default_context()
    if not (context.cert_store_stats()["x509_ca"] or ssl.get_default_verify_paths().capath):
        import certifi

        context.load_verify_locations(certifi.where())
    return context
