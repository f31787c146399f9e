"""The worker: what it answers, that nothing else reaches its output, and that it ends when it should."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from store import worker
from store.analysis import from_json
from store.article import Article, make_article
from store.extract import language
from store.home import Config, Home
from store.library import Library

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = "Harbour talks\nMara Lind, the ports minister, said that about 40 ships wait. “We start in May,” she said."


@pytest.fixture
def process(home: Home) -> Iterator["subprocess.Popen[bytes]"]:
    pipe = subprocess.PIPE
    started = subprocess.Popen([sys.executable, "-m", "store.worker"], stdin=pipe, stdout=pipe, stderr=pipe)
    yield started
    started.kill()
    started.communicate()


def request(number: Any, article: Article) -> bytes:
    return json.dumps({"id": number, "article": worker.article_json(article)}).encode() + b"\n"


def answers(process: "subprocess.Popen[bytes]", given: bytes) -> list[dict[str, Any]]:
    out, _ = process.communicate(given, timeout=60)
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("text", [TEXT, "Lone \ud800 surrogate, \u2028 and \x1b[31m."])
def test_an_article_travels_whole(text: str) -> None:
    article = make_article(text, source="/a.txt", byline="B", language="en-GB", furniture=[(0, 5)])
    assert worker.article_from_json(json.loads(json.dumps(worker.article_json(article)))) == article


def test_what_a_language_lacks_is_said() -> None:
    assert worker.lacks("en") == worker.lacks("en-GB") == worker.lacks("") == ""
    assert "'de'" in worker.lacks("de")


def test_every_request_is_answered_in_order_and_the_process_ends(
    home: Home, process: "subprocess.Popen[bytes]"
) -> None:
    article = make_article(TEXT)
    german = make_article("Der Hafen ist offen.", language="de")
    given = (
        request(1, article) + b"no json\n" + b'{"id": 2, "article": {}}\n' + request(3, german) + request(4, article)
    )
    got = answers(process, given)
    assert process.returncode == 0
    assert [(answer["id"], answer.get("state")) for answer in got[:3]] == [(1, "loading"), (1, "parsing"), (1, None)]
    analysis = from_json(got[2]["analysis"])
    assert "Mara Lind" in [actor.name for actor in analysis.actors] and analysis.numbers and analysis.quotes
    assert [(answer["id"], answer["missing"]) for answer in got[3:6]] == [(None, False), (2, False), (3, False)]
    assert "'de'" in got[5]["error"]
    assert got[-1]["analysis"] == got[2]["analysis"] and got[-1]["stamp"] == got[2]["stamp"] == worker.stamp(
        home, Config()
    )


def test_without_a_model_it_says_so_and_does_not_fetch_against_the_settings(
    home: Home, process: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    home.models.unlink()
    home.config.write_text("fetch_model = false\n")
    got = answers(process, request(7, make_article(TEXT)))
    if "analysis" not in got[-1]:  # an installed package has no say in this
        assert got == [{"id": 7, "error": "there is no language model; run `briefbook model install`", "missing": True}]
        assert worker.stamp(home, Config()) is None


def test_a_mistake_in_the_settings_keeps_no_text_from_being_read(
    home: Home, process: "subprocess.Popen[bytes]"
) -> None:
    home.config.write_text("widht = 3\nmodel = 3\n")
    assert "analysis" in answers(process, request(1, make_article(TEXT)))[-1]


def test_how_far_the_parsing_of_a_long_text_is_is_told(
    home: Home, nlp: "Language", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "load", lambda model: nlp)
    monkeypatch.setattr(worker, "_TELL_EVERY", 0.0)
    monkeypatch.setattr("store.extract.parse.LONGEST_PIECE", 200)
    sent: list[dict[str, Any]] = []
    article = make_article((TEXT + "\n") * 10)
    worker.Worker(home, sent.append).answer(request(1, article))
    told = [answer for answer in sent if "total" in answer]
    assert {(answer["state"], answer["total"]) for answer in told} == {("parsing", len(article.text))}
    counted = [answer["done"] for answer in told]
    assert len(counted) > 2 and counted == sorted(set(counted)) and counted[-1] < len(article.text)
    assert "analysis" in sent[-1]


def test_the_analysis_of_a_long_text_goes_by_way_of_the_library_when_the_article_is_there(
    home: Home, nlp: "Language", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "load", lambda model: nlp)
    monkeypatch.setattr(worker, "LONG", len(TEXT) - 1)
    sent: list[dict[str, Any]] = []
    article = make_article(TEXT)
    serving = worker.Worker(home, sent.append)
    serving.answer(request(1, article))
    told = from_json(sent[-1]["analysis"])
    with Library(home.library) as library:
        library.put(article)
        serving.answer(request(2, article))
        assert sent[-1] == {"id": 2, "analysis": None, "stamp": sent[-1]["stamp"]}
        assert library.analysis(article.text_hash, sent[-1]["stamp"]) == told
    for file in home.root.glob("library.db*"):
        file.unlink()
    home.library.mkdir()
    serving.answer(request(3, article))
    assert from_json(sent[-1]["analysis"]) == told


def test_an_article_that_fails_leaves_the_process_alive(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    serving = worker.Worker(home, sent.append)

    class Failing:
        def get(self, code: str) -> None:
            raise RecursionError

    serving.__dict__["_pipelines"] = Failing()
    serving.answer(request(1, make_article(TEXT, title="A [b] title")))
    assert sent == [{"id": 1, "error": "A [b] title: it could not be analysed (RecursionError)", "missing": False}]


def test_it_ends_when_nobody_reads_its_answers(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdin and process.stdout
    process.stdin.write(b"x\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdout.close()
    assert process.wait(10) in (0, -signal.SIGTERM)
    process.stdout = open(os.devnull, "rb")  # noqa: SIM115, PTH123 (for the fixture's last look)


def test_what_a_library_prints_stays_out_of_the_answers() -> None:
    code = (
        "import sys; from store import worker\n"
        "worker.serve = lambda lines, out: (print('noise'), out.write(b'{}\\n'))\n"
        "sys.exit(worker.main())"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"", capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"{}\n", b"noise\n")
