"""What is fetched and what is refused, against a real server on the loopback interface."""

import gzip
import socket
import ssl
import time
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import IntakeError
from store.intake import route
from store.intake.fetch import Answer, Validators, checked, fetch

Site = Any
"""See conftest."""


def refusal(url: str, **options: Any) -> str:
    """The sentence with which `url` is refused, without the URL."""
    with pytest.raises(IntakeError) as caught:
        fetch(url, **options)
    assert caught.value.subject == url or caught.value.subject in url
    return str(caught.value).removeprefix(f"{caught.value.subject}: ")


def test_a_page_is_fetched_with_what_the_server_says_of_it(site: Site) -> None:
    url = site.put(
        "/a b?q=ü", "Tide", "Text/HTML; charset=utf-8", ETag='"7"', Last_Modified="Mon, 03 Mar 2025 10:00:00 GMT"
    )
    site.pages["/a%20b?q=%C3%BC"] = site.pages["/a b?q=ü"]
    state = Validators('"7"', "Mon, 03 Mar 2025 10:00:00 GMT")
    assert fetch(url + "#top") == Answer(
        site.url + "/a%20b?q=%C3%BC", b"Tide", "text/html", "utf-8", state, inside=True
    )


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(304 if request.headers["If-None-Match"] == '"7"' else 200)
        request.send_header("ETag", '"7"')
        request.send_header("Content-Length", "0")
        request.end_headers()

    url = site.do("/feed", answer)
    first = fetch(url)
    assert (first.unchanged, first.validators.etag) == (False, '"7"')
    again = fetch(url, validators=Validators(first.validators.etag, "Mon, 03 Mar 2025 10:00:00 GMT"))
    assert (again.unchanged, again.data) == (True, b"")
    assert site.asked[-1][1]["If-Modified-Since"] == "Mon, 03 Mar 2025 10:00:00 GMT"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", lambda data: zlib.compress(data, wbits=-15))],
)
def test_a_packed_answer_is_unpacked(site: Site, encoding: str, pack: Any) -> None:
    assert fetch(site.put("/", pack(b"Tide " * 9), Content_Encoding=encoding)).data == b"Tide " * 9


def test_redirects_are_followed_and_a_move_for_good_is_told(site: Site) -> None:
    site.put("/end", "There")
    site.lead("/2", "end", 308)
    assert fetch(site.lead("/1", "/2", 301)).moved == site.url + "/end"
    site.lead("/2", "end", 302)
    answer = fetch(site.url + "/1")
    assert (answer.data, answer.url, answer.moved) == (b"There", site.url + "/end", site.url + "/2")


def test_a_page_that_asks_for_a_cookie_gets_its_own_back(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        welcome = "seen=1" in request.headers.get("Cookie", "")
        request.send_response(200 if welcome else 302)
        if not welcome:
            request.send_header("Set-Cookie", "seen=1")
            request.send_header("Location", "/")
        request.send_header("Content-Length", "0")
        request.end_headers()

    assert fetch(site.do("/", answer)).url == site.url + "/"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (404, "there is no such page (404); check the address"),
        (
            403,
            "the server does not give it to this program (403); open it in a browser, save the page and give that file",
        ),
        (418, "the server refused (418); open it in a browser, save the page and give that file"),
        (500, "the server failed (500); try again later"),
    ],
)
def test_a_refusal_is_told(site: Site, status: int, sentence: str) -> None:
    url = site.put("/", "no")
    site.pages["/"].status = status
    assert refusal(url) == sentence


def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.lead("/b", "/a")
    assert refusal(site.lead("/a", "/b")).startswith("it leads on more than 10 times")
    assert len(site.asked) == 11


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:text/plain,x", "javascript:alert(1)", "http://u:p@h/"]
)
def test_a_redirect_to_anything_but_the_web_is_not_followed(site: Site, target: str) -> None:
    assert refusal(site.lead("/", target)) == (
        f"it leads to {target!r}, which is not followed; open it in a browser, save the page and give that file"
    )


def test_a_public_page_cannot_lead_into_the_readers_network(
    site: Site, elsewhere: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "is_inside", lambda address: address != "127.0.0.2")
    site.put("/secret", "key")
    url = elsewhere.lead("/", site.url + "/secret")
    assert refusal(url) == (
        "it leads into your own network, which no web page may do; give that address by itself if you mean it"
    )
    assert site.asked == []
    # Named by the reader, an inside address may be read, and may lead on within the network.
    site.lead("/", "/secret")
    assert fetch(site.url + "/").data == b"key"
    # A link in a page or a feed names nothing.
    assert "into your own network" in refusal(site.url + "/secret", named=False)
    assert fetch(elsewhere.put("/open", "news"), named=False).inside is False


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("127.0.0.1", True), ("10.1.2.3", True), ("192.168.1.1", True), ("169.254.169.254", True), ("0.0.0.0", True),
        ("::1", True), ("fe80::1%eth0", True), ("fd00::1", True), ("::ffff:127.0.0.1", True), ("2002:7f00:1::", True),
        ("64:ff9b::7f00:1", True), ("224.0.0.251", True), ("100.64.0.1", True),
        ("93.184.215.14", False), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", False), ("::ffff:93.184.215.14", False),
    ],
)  # fmt: skip
def test_inside_addresses_are_known_in_every_dress(address: str, inside: bool) -> None:
    assert route.is_inside(address) is inside


def test_an_answer_that_drips_is_given_up_after_the_whole_time(site: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            request.wfile.write(b"x")
            time.sleep(0.02)

    def drip_header(request: BaseHTTPRequestHandler) -> None:
        while True:
            request.wfile.write(b"X")
            time.sleep(0.02)

    for url in (site.do("/body", drip), site.do("/header", drip_header)):
        start = time.monotonic()
        assert refusal(url, seconds=0.2) == "it did not answer in 0 seconds; try again later"
        assert time.monotonic() - start < 2


def test_an_endless_answer_and_one_that_unpacks_to_too_much_are_given_up(site: Site) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            request.wfile.write(b"<item/>" * 10_000)

    bomb = site.put("/bomb", gzip.compress(bytes(30_000_000), 9), Content_Encoding="gzip")
    announced = site.put("/large", b"", Content_Length="5000000000")
    for url in (site.do("/endless", endless), bomb, announced):
        assert refusal(url, limit=1024 * 1024).startswith("it has more than 1 MB; ")


def test_an_answer_that_breaks_off_is_not_taken_for_whole(site: Site) -> None:
    half = gzip.compress(b"Tide " * 99)[:-9]
    assert refusal(site.put("/a", half, Content_Encoding="gzip")) == "the answer breaks off; try again"
    assert refusal(site.put("/b", "Tide", Content_Length="99")) == "the answer breaks off; try again"
    assert refusal(site.put("/c", "Tide", Content_Encoding="gzip")).startswith("its answer cannot be understood")
    assert refusal(site.put("/d", "Tide", Content_Encoding="br")).startswith("it is packed as 'br'")


def test_an_answer_that_is_no_http_is_told(site: Site) -> None:
    def shell(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"220 mail.example ESMTP\r\n")

    assert refusal(site.do("/", shell)).startswith("its answer cannot be understood")


CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOX0zdjZZ9IkkYrtb
wCqpITfKEa/RHXVgxGKhJK91Q36hRANCAASIJ6C561wCb9cnsLjCDOTFyhp/sIhF
JCW3RgsmOLIKX4o7HLpiK8aqCpom2NSnaqOsEpnNmdrLletfUzO8Xyvv
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIUCJiydJE5/BafxyfNiq1ndLWx8FEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2MTEyNDA2MzMzMVoXDTM2MTEyMTA2
MzMzMVowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEiCeguetcAm/XJ7C4wgzkxcoaf7CIRSQlt0YLJjiyCl+KOxy6YivGqgqa
JtjUp2qjrBKZzZnay5XrX1MzvF8r76NTMFEwHQYDVR0OBBYEFBvE6b8/ghvPNMRH
Wly7xJb5sHFJMB8GA1UdIwQYMBaAFBvE6b8/ghvPNMRHWly7xJb5sHFJMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhALKRjkaz67VtOgatms8Zki0+
92hR1K1fuvFycoAmsWZ/AiAOQSkd2uxFO9OEvbpaaGLs20A6wQr1pj6tYjijxZY5
tQ==
-----END CERTIFICATE-----
"""
"""Made for this test and trusted by nobody."""


def test_a_certificate_that_nobody_trusts_is_refused(site: Site, tmp_path: Path) -> None:
    plain = site.url.replace("http:", "https:")
    assert refusal(plain) == "there is no secure connection to it; check the address, or try http://"
    (tmp_path / "own.pem").write_text(CERTIFICATE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    assert refusal(plain).startswith("its certificate is not trusted (")


def test_no_server_and_no_such_server_are_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/") == "no server answers there; check the address, or try again later"
    assert refusal("http://nowhere.invalid/").startswith("there is no such server, or no network")


def test_a_proxy_is_asked_when_the_environment_names_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.delenv("no_proxy", raising=False)
    site.put("http://news.invalid/", "By way of the proxy")
    assert fetch("http://news.invalid/").data == b"By way of the proxy"
    assert "into your own network" in refusal("http://127.0.0.1/", named=False)
    assert "into your own network" in refusal("http://localhost/", named=False)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://example.org", "http://example.org/"),
        (" HTTP://Example.org:8080/ä?b=c d#e ", "http://example.org:8080/%C3%A4?b=c%20d"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://example.org/a%20b", "http://example.org/a%20b"),
    ],
)
def test_an_address_is_sent_as_servers_want_it(url: str, sent: str) -> None:
    assert checked(url) == sent


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "example.org", "http://", "http://[::1", "http://a:b/", "http://u:p@h/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(IntakeError):
        checked(url)


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(IntakeError) as caught:
        checked("https://ann:secret@example.org/")
    assert "secret" not in str(caught.value)


@given(st.text(max_size=40))
def test_no_text_makes_the_check_fail_otherwise(text: str) -> None:
    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            sent = checked(url)
        except IntakeError:
            continue
        assert sent.isascii() and sent.isprintable() and " " not in sent and checked(sent) == sent
