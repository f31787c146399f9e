"""The commands of the library: add, search, list, show, tag, rm, feeds, watch."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from store import intake
from store.analysis import Actor, Analysis
from store.home import Home
from store.intake import watch
from store.library import Library
from store.notebook import Notebook

PORT = "Harbour plan approved\n\nMayor Mara Lind said that about 40 ships wait.\n"
RIVER = "River levels fall\n\nThe Orn fell to 1.2 metres, the water board of Lindhaven said.\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    (made / "port.txt").write_text(PORT, encoding="utf-8")
    (made / "river.txt").write_text(RIVER, encoding="utf-8")
    return made


def ids(out: str) -> list[str]:
    return [line.split()[0] for line in out.splitlines()]


def test_what_is_added_is_told_once(run: Run, inbox: Path) -> None:
    status, out, err = run("add", inbox, inbox / "none.txt")
    assert status == 1 and "none.txt: " in err and "2 new, 1 failed" in err
    assert [line.split("  ", 1)[1] for line in out.splitlines()] == ["Harbour plan approved", "River levels fall"]
    assert run("add", inbox)[:2] == (0, "")
    (inbox / "port.txt").write_text(PORT + "It was approved.\n", encoding="utf-8")
    status, out, err = run("add", "--json", inbox)
    assert json.loads(out)["status"] == "changed" and "1 changed, 1 known already" in err


def test_add_can_analyse(run: Run, inbox: Path, nlp, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from store.extract import language

    monkeypatch.setattr(language, "load", lambda model: nlp)
    assert run("add", "--analyse", inbox / "port.txt")[0] == 0
    status, out, _ = run("search", "--json", "actor:lind said:lind number=40")
    assert status == 0 and json.loads(out)["title"] == "Harbour plan approved"
    assert json.loads(run("show", "--json", "harbour plan")[1])["actors"][0]["name"] == "Mara Lind"


def test_search_shows_the_words_in_context_and_points_at_what_is_wrong(run: Run, inbox: Path) -> None:
    run("add", inbox)
    status, out, _ = run("search", "lindhaven")
    head, excerpt = out.splitlines()
    assert status == 0 and "River levels fall" in head and "water board of Lindhaven" in excerpt
    found = json.loads(run("search", "ships", "--json")[1])
    (mark,) = found["marks"]
    assert found["excerpt"][slice(*mark)] == "ships" and PORT[found["start"] :].startswith("ships")
    assert run("search", "nowhere") == (1, "", "briefbook: nothing matches\n")
    status, out, err = run("search", "ships titel:x")
    assert (status, out) == (2, "") and "did you mean title:?" in err
    assert err.splitlines()[1:] == ["briefbook:   ships titel:x", "briefbook:         ^"]


def test_list_filters_and_sorts(run: Run, inbox: Path) -> None:
    run("add", inbox)
    assert ids(run("list", "--sort", "title", "is:unread")[1]) == list(reversed(ids(run("list")[1])))
    assert len(ids(run("list", "ships")[1])) == 1
    assert run("list", "(")[0] == 2 and run("list", "--sort", "size")[0] == 2


def test_a_day_on_which_an_article_was_added_is_told_from_its_own(run: Run, tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    (box / "dated.md").write_text("---\ndate: 2025-04-02\n---\n# Cranes\n\nThe cranes stand still.\n")
    (box / "undated.txt").write_text("The cranes turn.\n")
    run("add", str(box))
    out = run("list", "--sort", "title")[1]
    assert "  2025-04-02  Cranes" in out and re.search(r" \(\d{4}-\d\d-\d\d\) The cranes turn\.", out)
    found = run("search", "cranes")[1]
    assert "Cranes  (2025-04-02)" in found and re.search(r"The cranes turn\.  \(added \d{4}-\d\d-\d\d\)", found)


def test_list_finds_who_acts_as_it_was_put_right(run: Run, home: Home, inbox: Path) -> None:
    port, _ = ids(run("add", inbox)[1])
    start = PORT.index("Mara Lind")
    with Library(home.library) as library:
        article = library.get(port)
        assert article
        lind = Actor("a1", "Mara Lind", "person", "Mayor", ("Lind",), ((start, start + 9),))
        library.keep_analysis(article.text_hash, "s", Analysis((lind,)))
    notebook = Notebook(home, article)
    assert run("list", 'actor:"mara lindqvist"')[1] == ""
    notebook.add_correction("rename", "actors", (start, start + 9), value="Mara Lindqvist", name="Mara Lind")
    assert ids(run("list", 'actor:"mara lindqvist"')[1]) == ids(run("search", "actor:lindqvist ships")[1])[:1] == [port]
    notebook.undo()
    assert run("list", "actor:lindqvist")[1] == ""


def test_an_article_is_meant_by_id_title_or_path(run: Run, inbox: Path) -> None:
    port, _ = ids(run("add", inbox)[1])
    for name in (port, port[:5].upper(), "harbour PLAN", inbox / "port.txt"):
        status, out, _ = run("show", name)
        assert status == 0 and "40 ships wait" in out
    (inbox / "port.txt").unlink()
    assert run("tag", inbox / "port.txt", "+ship")[0] == 0
    assert run("show", "nothing so")[0] == 1 and "this means 2 articles" in run("tag", "v", "+x")[2]


def test_tags_are_given_and_taken(run: Run, inbox: Path) -> None:
    port, river = ids(run("add", inbox)[1])
    run("tag", port, river, "+todo", "+water")
    status, out, _ = run("tag", port, "-WATER", "+#new")
    assert status == 0 and out.endswith("  #new  #todo\n")
    assert ids(run("list", "tag:water")[1]) == [river]


def test_rm_takes_out_and_goes_on(run: Run, inbox: Path) -> None:
    port, river = ids(run("add", inbox)[1])
    status, out, err = run("rm", "no such", port)
    assert (status, ids(out)) == (1, [port]) and "no such" in err
    assert ids(run("list")[1]) == [river]


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ports</title><link>http://x/</link>
<item><title>Short</title><link>{base}/page.html?utm_source=feed</link><description>A summary.</description></item>
<item><title>Gone</title><link>{base}/gone.html</link><description>Its own words tell of dykes.</description></item>
<item><title>No page</title><guid isPermaLink="false">abc</guid><description>Only here, of dams.</description></item>
</channel></rss>"""
PAGE = "<html><head><title>Short</title></head><body><article><h1>Short</h1>" + "".join(
    f"<p>Paragraph {n}: the whole text of the page speaks at length of quays, cranes and ships.</p>" for n in range(6)
) + "</article></body></html>"  # fmt: skip


@pytest.fixture
def server() -> Iterator[str]:
    """A feed and one of its pages on loopback; answers 304 to who has the feed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = {"/feed.xml": FEED.format(base=base), "/page.html": PAGE}.get(self.path.partition("?")[0])
            known = self.path == "/feed.xml" and self.headers.get("If-None-Match") == '"1"'
            self.send_response(304 if known else 404 if body is None else 200)
            data = b"" if known or body is None else body.encode()
            self.send_header("ETag", '"1"')
            self.send_header("Content-Type", "application/xml" if self.path == "/feed.xml" else "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{made.server_port}"
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield base
    made.shutdown()
    made.server_close()


def test_feeds_are_followed_fetched_once_and_left(run: Run, server: str, tmp_path: Path) -> None:
    status, _, err = run("feeds", "add", f"{server}/feed.xml", "ftp:x", "--folder", "News/Sea")
    assert status == 1 and "1 new" in err and "no web address" in err
    assert "never" in run("feeds")[1]
    status, out, err = run("feeds", "fetch")
    assert status == 0 and "gone.html" in err and "3 new from 1 feed" in err
    assert sorted(line.split("  ", 1)[1] for line in out.splitlines()) == ["Gone", "No page", "Short"]
    assert [len(ids(run("list", word)[1])) for word in ("cranes", "dykes", "dams", "summary")] == [1, 1, 1, 0]
    assert run("feeds", "fetch", "ports")[1] == ""
    assert "News/Sea/Ports" in run("feeds", "list")[1]
    opml = tmp_path / "feeds.opml"
    assert run("feeds", "export", opml)[1] == f"{opml}\n"
    assert run("feeds", "rm", "ports")[1] == f"{server}/feed.xml\n" and run("feeds")[1] == ""
    assert "1 new" in run("feeds", "import", opml)[2] and len(ids(run("list")[1])) == 3
    assert json.loads(run("feeds", "list", "--json")[1])["folder"] == ["News", "Sea"]


def test_a_feed_that_fails_says_so_in_the_list(run: Run, server: str) -> None:
    run("feeds", "add", f"{server}/none.xml")
    status, out, err = run("feeds", "fetch")
    assert (status, out) == (1, "") and "none.xml" in err
    assert "! " in run("feeds")[1]


@pytest.mark.parametrize("words", [["add"], ["rm"], ["import"], ["list", "x"], ["export", "a", "b"], ["bogus"]])
def test_feeds_refuse_what_they_do_not_take(run: Run, words: list[str]) -> None:
    status, out, err = run("feeds", *words)
    assert (status, out) == (2, "") and "--help`" in err


def test_watch_adds_what_comes(run: Run, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = watch.changes

    def changes(inputs: list[str], known: list[str]) -> Iterator[list[str]]:
        def wait(_: float) -> bool:
            if not waited:
                (inbox / "new.txt").write_text("A new report\n\nOf dykes.\n", encoding="utf-8")
            waited.append(1)
            return len(waited) > 3

        waited: list[int] = []
        yield from real(inputs, known, wait=wait)

    monkeypatch.setattr(watch, "changes", changes)
    status, out, err = run("watch", inbox)
    assert status == 0 and ids(out) == ids(run("list", "--sort", "added")[1])[::-1] and len(ids(out)) == 3
    assert "2 new; watching" in err
    assert run("watch", inbox / "none")[0] == 1


def test_one_source_with_many_articles(run: Run, tmp_path: Path, home: Home) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps({"title": f"T{n}", "text": f"Text {n} of dykes."}) + "\n" for n in range(3)))
    assert len(list(intake.read_all(str(path)))) == 3
    assert len(ids(run("add", path)[1])) == 3 and len(ids(run("list", "dykes")[1])) == 3


def test_what_was_taken_out_and_changed_since_comes_back_with_its_notes(run: Run, home: Home, inbox: Path) -> None:
    port = inbox / "port.txt"
    run("note", "add", port, "keep this note")
    (before,) = ids(run("list")[1])
    port.write_text(PORT.replace("40", "50"), encoding="utf-8")
    assert "1 changed" in run("add", port)[2]
    run("rm", port)
    told = [json.loads(line) for line in run("doctor", "--json")[1].splitlines()]
    (lost,) = [one for one in told if before in one["says"]]
    assert lost["state"] == "advice" and f"Harbour plan approved from {port}" in lost["says"] and "add" in lost["mend"]
    assert ids(run("add", port)[1]) == [before]
    out, err = run("export")[1:]
    assert "keep this note" in out and err == ""
    run("rm", before)
    port.write_text(PORT.replace("40", "60"), encoding="utf-8")
    assert "keep this note" in run("export", port)[1]
    run("note", "add", port, "and this one")
    assert ids(run("list")[1]) == [before] and len(Notebook(home, intake.read(str(port))).notes) == 0
    out = run("export", port)[1]
    assert "keep this note" in out and "and this one" in out
    assert before not in run("doctor")[1]


def test_notes_of_a_source_that_came_in_under_another_id_are_brought_over(run: Run, home: Home, inbox: Path) -> None:
    port = inbox / "port.txt"
    run("note", "add", port, "keep this note")
    (before,) = ids(run("list")[1])
    run("rm", before)
    port.write_text(PORT.replace("40", "50"), encoding="utf-8")
    with Library(home.library) as library:  # which looks for no notes
        after = library.put(intake.read(str(port)))
    assert "`briefbook doctor`" in run("export")[2]
    file = home.notes / f"{before}.json"
    assert f"`briefbook import {file}`" in run("doctor")[1]
    assert run("import", file)[0] == 0
    assert [note.text for note in Notebook(home, after).notes] == ["keep this note"]
    assert before not in run("doctor")[1]


def test_articles_that_are_not_analysed_are_named_until_they_are(
    run: Run, inbox: Path, nlp, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    from store.extract import language

    monkeypatch.setattr(language, "load", lambda model: nlp)
    run("add", inbox)
    for words in (("list", "number>1"), ("search", "number>1"), ("export", "number>1")):
        _, out, err = run(*words)
        assert out == "" and "2 articles are not analysed yet" in err and "add --analyse" in err
    assert "analysed" not in run("list", "harbour")[2]
    run("add", "--analyse", inbox / "port.txt")
    status, out, err = run("list", "number>1")
    assert len(ids(out)) == 1 and "1 article is not analysed yet" in err
    run("add", "--analyse", inbox)
    status, out, err = run("list", "number>1")
    assert (status, len(ids(out)), err) == (0, 2, "")
    for command in ("list", "search", "export"):
        status, out, err = run(command, "number:shps")
        assert (status, out) == (2, "") and "number:shps\nbriefbook:          ^" in err
