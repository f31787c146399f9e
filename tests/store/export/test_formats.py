"""Every format but Markdown: what is in it, that it reads back, and that nothing of a hostile text acts in it."""

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from store import anchoring
from store.analysis import Actor, Analysis, Number, Quote
from store.annotation import Highlight, Note
from store.article import make_article
from store.errors import ExportError
from store.export import FORMATS, Export, chosen, delivery, file_names, links, load, template, writing
from store.export.delivery import Target
from store.export.org import escaped as org
from store.export.plain import plain
from store.export.table import guarded
from store.spans import Span

TEXT = (
    "Harbour plan 🎈 approved\nThe council backed the plan on Monday.\n"
    "Ms Lind said: “We start in May.”\n<script>alert(1)</script> & [[x]] *y*\n"
)
ARTICLE = make_article(
    TEXT, title="Harbour plan 🎈 approved", source="https://example.org/harbour?a=1&b=2#top",
    byline="A. Writer and Reuters", publisher="The Desk", published="2025-04-01",
)  # fmt: skip
MOMENT = "2025-04-02T08:00:00.000Z"
ONE_FILE = [name for name in FORMATS if name != "template"]


@dataclass(frozen=True)
class Standing:
    highlight: Highlight
    span: Span | None
    grade: str = "exact"


def mark(number: int, words: str, colour: int = 1, *tags: str, gone: bool = False) -> Standing:
    start = TEXT.index(words)
    selector = replace(anchoring.describe(TEXT, start, start + len(words)), version=ARTICLE.text_hash)
    made = Highlight(f"00000000-0000-7000-8000-{number:012x}", selector, colour, tags, MOMENT, MOMENT)
    return Standing(made, None if gone else (start, start + len(words)), "orphan" if gone else "exact")


def note(number: int, text: str, on: Standing | None = None, *tags: str) -> Note:
    highlight = on.highlight.id if on else None
    return Note(f"00000000-0000-7000-9000-{number:012x}", text, highlight, tags, MOMENT, MOMENT)


FIRST = mark(1, "The council backed the plan", 2, "harbour", "city plans")
OVER = mark(2, "the plan on Monday.\nMs Lind said", 3)
SPEECH = mark(3, "We start in May.", 4)
SCRIPT = mark(4, "<script>alert(1)</script> & [[x]] *y*", 5)
GONE = mark(5, "approved", 1, gone=True)
NOTES = (
    note(9, "Ask *why* ![x](http://t.example/x.png) <img src=x onerror=alert(1)>", FIRST, "todo"),
    note(8, "On the whole: thin."),
)
ANALYSIS = Analysis(
    (Actor("a1", "Mara | Lind", "person", "Mayor", ("Lind",), ((64, 68),)),),
    (Number(0, 7, "-5 million", "money", -5_000_000, None, "~", "USD", "grants"),),
    (Quote(((79, 95),), "We start in May.", "direct", (64, 71), None, "a1"),),
)
EXPORT = Export(ARTICLE, (GONE, SCRIPT, SPEECH, OVER, FIRST), NOTES, ANALYSIS)

FIGURES = [(25_000 * 10**18, None), (-(2**64), 2**63), (10**400, 1e300)]
"""Beyond what 64 bits hold: value and end."""


def output(name: str, *exports: Export) -> str:
    return "".join(load(name).pieces(exports or (EXPORT,)))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", ONE_FILE)
def test_none_and_several_articles_make_a_whole_file(name: str) -> None:
    other = Export(make_article("Another text."))
    for exports in ((), (EXPORT, other)):
        text = "".join(load(name).pieces(exports))
        assert not text or text.endswith("\n")
        if FORMATS[name].suffix.endswith(("json", "jsonld")):
            json.loads(text)
    assert [item.highlight.id[-1] for item in EXPORT.placed] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("name", ONE_FILE)
def test_figures_may_be_of_any_size(name: str) -> None:
    numbers = tuple(Number(0, 7, "so many", "count", value, high) for value, high in FIGURES)
    text = output(name, replace(EXPORT, analysis=Analysis(numbers=numbers)))
    assert text and (name != "jsonl" or [(one["value"], one["high"]) for one in json.loads(text)["numbers"]] == FIGURES)


@pytest.mark.parametrize("name", ONE_FILE)
def test_no_control_character_comes_out(name: str) -> None:
    bad = "red \x1b[31m bell \x07 c1 \x9b1m rtl \u202e cr \r nul \0 lone \ud800 line \u2028"
    article = make_article(
        f"{bad}\nmore {bad}", title=bad, byline=bad, publisher=bad, source=f"https://x.example/{bad}"
    )
    selector = anchoring.describe(article.text, 0, len(bad))
    made = Highlight("00000000-0000-7000-8000-000000000001", selector, 1, (bad,), MOMENT, MOMENT)
    analysis = Analysis((Actor("a1", bad, "person", bad, (), ()),), (), (Quote(((0, 3),), bad, "direct"),))
    export = Export(article, (Standing(made, (0, len(bad))),), (note(1, bad), replace(note(2, bad), highlight=made.id)))
    for one in (export, replace(export, analysis=analysis, whole=True)):
        text = output(name, one)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028\ud800-\udfff]", text)


def test_annotations_have_what_the_recommendation_says_they_must() -> None:
    page = json.loads(output("jsonld"))
    assert page["type"] == "AnnotationPage" and "http://www.w3.org/ns/anno.jsonld" in page["@context"]
    assert page["partOf"]["total"] == len(page["items"]) == 6 and page["id"].startswith("urn:uuid:")
    for annotation in page["items"]:
        assert annotation["id"].startswith("urn:uuid:") and annotation["type"] == "Annotation"
        assert annotation["created"].endswith("Z") and "bodyValue" not in annotation
        bodies = annotation.get("body", [])
        # A body with an id would be an external resource, which has no purpose.
        assert all(body["type"] == "TextualBody" and "id" not in body and "value" in body for body in bodies)
    first = page["items"][0]
    assert [body["purpose"] for body in first["body"]] == ["commenting", "tagging", "tagging"]
    quote, position = first["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == "The council backed the plan"
    assert page["items"][-1]["target"] == ARTICLE.source and page["items"][1]["motivation"] == "highlighting"


def test_a_path_does_not_leave_in_annotations() -> None:
    export = replace(EXPORT, article=replace(ARTICLE, source="/home/me/secret/harbour.txt"))
    for name in ("jsonld", "hypothesis"):
        assert "secret" not in output(name, export) and ARTICLE.text_hash in output(name, export)


def test_hypothesis_counts_in_utf16_units() -> None:
    data = json.loads(output("hypothesis"))
    units = TEXT.encode("utf-16-le")
    for annotation in data["annotations"][:4]:
        position, quote = annotation["target"][0]["selector"]
        assert units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le") == quote["exact"]
        assert len(quote["prefix"]) <= 32 and len(quote["suffix"]) <= 32
    assert data["annotations"][0]["tags"] == ["harbour", "city plans", "todo"]
    assert [one["type"] for one in data["annotations"][4]["target"][0]["selector"]] == ["TextQuoteSelector"]
    assert (
        data["annotations"][5]["text"] == "On the whole: thin."
        and "selector" not in data["annotations"][5]["target"][0]
    )


TRAPS = st.text(st.sampled_from("\",\n\r\t;=+-@' .aé🎈|") | st.characters(codec="utf-8"), max_size=20)


@settings(deadline=None, max_examples=25)
@given(TRAPS.filter(lambda text: bool(text.strip())), TRAPS, TRAPS)
def test_csv_reads_back_equal(words: str, title: str, text: str) -> None:
    article = make_article(f"x{words}", title=f"t{title}", byline=title)
    made = Highlight("h", anchoring.describe(article.text, 0, len(article.text)), 1, (), MOMENT, MOMENT)
    notes = (Note("n", f"n{text}", "h"),)
    export = Export(article, (Standing(made, (0, len(article.text))),), notes)
    (row,) = rows(output("readwise", export))
    assert list(row) == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    assert row["Highlight"] == plain(article.text) and row["Title"] == plain(article.title)
    assert row["Note"] == plain(f"n{text}") and row["Location"] == "0" and row["Date"] == "2025-04-02 08:00:00"
    (row,) = rows(output("csv", export))
    assert row["Text"] == plain(article.text) and row["Note"] == plain(f"n{text}")


def test_readwise_has_tags_in_the_note_and_formulas_as_they_are() -> None:
    (first, *_) = rows(output("readwise"))
    assert first["Note"].startswith(".harbour .city-plans .todo\nAsk")
    formula = Export(make_article('=HYPERLINK("x")'))
    made = Highlight("h", anchoring.describe(formula.article.text, 0, 15))
    export = replace(formula, placed=(Standing(made, (0, 15)),), notes=(Note("n", ".5 percent", "h"),))
    (row,) = rows(output("readwise", export))
    assert row["Highlight"] == '=HYPERLINK("x")' and row["Note"] == " .5 percent"
    assert rows(output("csv", export))[0]["Text"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("cell", ["=1+1", "+1 more", "-x", "@SUM(A1)", " =1", "\t=1", "＝1", "|x", "%x", "-1-1"])
def test_a_spreadsheet_runs_nothing(cell: str) -> None:
    assert guarded(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-5", "1.5", "-2.5e-7", "words", "a=b", ""])
def test_figures_and_words_are_not_guarded(cell: str) -> None:
    assert guarded(cell) == cell


def test_the_table_has_a_row_for_everything() -> None:
    table = rows(output("csv"))
    assert [row["Row"] for row in table] == ["highlight"] * 5 + ["note", "actor", "number", "quote"]
    assert table[6]["Who"] == table[8]["Who"] == "Mara | Lind" and table[7]["Value"] == "-5000000"
    assert TEXT[int(table[0]["Start"]) : int(table[0]["End"])] == table[0]["Text"]


# --- HTML ----------------------------------------------------------------------------------------------------


def test_html_holds_text_and_marks_and_nothing_that_acts() -> None:
    page = output("html", replace(EXPORT, whole=True))
    tree = LexborHTMLParser(page)
    assert not tree.css("script, img, link, iframe, object, embed, form, base, svg, video, audio, style[src]")
    acting = [name for node in tree.css("*") for name in node.attributes if name.startswith("on") or name == "src"]
    assert acting == []
    assert not re.search(r"url\(|@import", page) and "default-src 'none'" in page
    hrefs = [node.attributes["href"] or "" for node in tree.css("a")]
    assert all(href.startswith(("#", "https://example.org/", "http://t.example/")) for href in hrefs)
    shown = " ".join(node.text() for node in tree.css(".row > p"))
    assert "<script>alert(1)</script> & [[x]] *y*" in shown
    for node in tree.css("a.number"):
        node.decompose()
    marked = "".join(node.text(deep=False) for node in tree.css("mark.green"))
    assert "the plan" in "".join(node.text() for node in tree.css("mark.green")) and marked
    assert tree.css_first("aside .note em").text() == "why"
    assert {node.attributes["id"] for node in tree.css("mark[id]")} == {f"h-{n:012x}" for n in range(1, 5)}
    assert "No longer in the text" in page and tree.css_first("blockquote").text() == "approved"
    assert [node.text() for node in tree.css("h2")][-3:] == ["Actors", "Numbers", "Quotes"]


def test_html_marks_alone_have_links_back() -> None:
    tree = LexborHTMLParser(output("html"))
    assert len(tree.css("blockquote")) == 5 and not tree.css("mark")
    assert tree.css_first("code").text() == f"briefbook open {ARTICLE.id}#000000000001"
    assert tree.css_first("blockquote").attributes["cite"] == ARTICLE.source
    assert f"{ARTICLE.source}:~:text=The" in (tree.css_first("aside a[rel]").attributes["href"] or "")


@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
def test_a_browser_shows_the_page_and_runs_nothing(tmp_path: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    text = output("html", replace(EXPORT, whole=True))
    page.write_text(text, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += [f"--screenshot={picture}", "--dump-dom", page.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "<mark" in shown.stdout and "<script" not in shown.stdout
    assert picture.stat().st_size > 10_000


# --- Org and sources -----------------------------------------------------------------------------------------


def test_org_has_headings_quotations_tags_and_tables() -> None:
    text = output("org")
    assert f"* {ARTICLE.title}\n:PROPERTIES:\n" in text and ":harbour:city_plans:\n" in text
    assert "#+begin_quote\nThe council backed the plan\n#+end_quote\n" in text
    assert "| Mara \\vert{} Lind | person |" in text


@pytest.mark.parametrize(
    "words",
    ["* heading", "#+begin_src sh", "[[elisp:(shell-command)]]", "{{{macro}}}", "src_sh{rm}", "@@html:<b>@@",
     "*bold* text", "%%(sexp)", "SCHEDULED: <2025-01-01>", "| a | b |", ": verbatim", "<<target>>", "[fn:1]", "<2025>",
     "call_x()"],
)  # fmt: skip
def test_org_reads_outside_text_as_text(words: str) -> None:
    made = org(words)
    assert made != words and made.replace("\u200b", "") == words
    assert not re.search(r"\[\[|\{\{\{|<<|@@|\b(src|call)_\w|\[fn:|<\d", made) and not re.match(r"[*#|:%]|SCHED", made)


def test_csl_has_known_keys_only_and_names_apart() -> None:
    bare = Export(make_article("No more is known."))
    first, second = json.loads(output("csl", EXPORT, bare))
    assert first["author"] == [{"family": "Writer", "given": "A."}, {"literal": "Reuters"}]
    assert first["issued"] == {"date-parts": [[2025, 4, 1]]} and first["type"] == "article-newspaper"
    assert first["annote"] == "On the whole: thin." and set(second) == {"id", "type", "title", "language"}


def test_bibtex_escapes_and_keeps_keys_apart() -> None:
    hostile = make_article("x", title="100% of {the} $5 & #1_a \\ ~ ^", byline="A. Writer", published="2025")
    text = output("bibtex", EXPORT, EXPORT, Export(hostile))
    assert re.findall(r"^@\w+\{(.*),$", text, re.MULTILINE) == [
        "writer2025harbour",
        "writer2025harboura",
        "writer2025100",
    ]
    assert r"100\% of \textbraceleft{}the\textbraceright{} \$5 \& \#1\_a \textbackslash{}" in text
    assert text.count("{") == text.count("}") and "month = apr," in text and "{Reuters}" in text


# --- links ---------------------------------------------------------------------------------------------------


def test_links_lead_to_the_passage() -> None:
    selector = anchoring.describe("Before it said so, a-b & c. After that more of it came.", 19, 27)
    link = links.page_link("https://x.example/a", selector)
    assert link == "https://x.example/a#:~:text=it%20said%20so%2C-,a%2Db%20%26%20c.,-After%20that%20more%20of"
    text = "one two three four five six seven eight\nnine ten eleven twelve thirteen"
    long = anchoring.describe(text, 1, text.index("elve"))
    assert links.page_link("https://x.example/#b", long).endswith(
        "#b:~:text=one%20two%20three%20four,nine%20ten%20eleven%20twelve"
    )
    assert links.page_link("/home/me/a.txt", selector) == "" and links.page_link("javascript:alert(1)") == ""


# --- choosing and writing ------------------------------------------------------------------------------------


def test_highlights_are_chosen_by_colour_tag_and_note() -> None:
    def ids(made: Export) -> tuple[list[int], int]:
        return [int(item.highlight.id[-1]) for item in made.placed], len(made.notes)

    assert ids(chosen(EXPORT)) == ([1, 2, 3, 4, 5], 2)
    assert ids(chosen(EXPORT, colours=[2, 3])) == ([1, 2], 1)
    assert ids(chosen(EXPORT, tags=["TODO"])) == ([1], 1)
    assert ids(chosen(EXPORT, has_note=True)) == ([1], 2)
    assert ids(chosen(EXPORT, colours=[3], has_note=True)) == ([], 0)


def test_a_folder_gets_the_same_name_again(tmp_path: Path) -> None:
    hostile = replace(EXPORT, article=replace(ARTICLE, title="../../etc/\x1b[31mx"))
    first = delivery.write_into(Target("html"), tmp_path, hostile).path
    assert first.parent == tmp_path and first.name == f"etc 31mx ({ARTICLE.id}).html"
    renamed = replace(hostile, article=replace(ARTICLE, title="Another title"))
    assert delivery.write_into(Target("html"), tmp_path, renamed).path == first
    assert file_names.by_id(tmp_path, "x", ARTICLE.id, ".csv").name == f"x ({ARTICLE.id}).csv"


def test_a_failure_on_the_way_leaves_what_was_there(tmp_path: Path) -> None:
    def failing():
        yield "new"
        raise ExportError("no")

    path = tmp_path / "a.html"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(ExportError):
        writing.write(path, failing())
    assert path.read_text() == "old" and not list(tmp_path.glob("*.new")) + list(tmp_path.glob(".*"))
    writing.write(path, ["new \ud800"])
    assert path.read_text() == "new ?" and path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(ExportError, match="cannot be written"):
        writing.write(path / "x", ["new"])


def test_the_articles_own_tags_go_where_a_format_has_a_place_for_them() -> None:
    tagged = Export(ARTICLE, tags=("Who pays", "ports"))
    assert " :Who_pays:ports:\n" in output("org", tagged) and "#Who pays #ports" in output("html", tagged)
    assert json.loads(output("csl", tagged))[0]["keyword"] == "Who pays, ports"
    assert "keywords = {Who pays, ports}" in output("bibtex", tagged)
    assert 'tags: ["Who-pays", "ports"]\n' in output("markdown", tagged)
    assert json.loads(output("jsonl", tagged))["tags"] == ["Who pays", "ports"]


def test_where_words_have_changed_both_are_shown() -> None:
    marked = replace(FIRST.highlight.selector, exact="The board <b>backed</b> it")
    changed = replace(FIRST, highlight=replace(FIRST.highlight, selector=marked), grade="changed")
    export, now = Export(ARTICLE, (changed,)), "The council backed the plan"
    assert f"\n\nNow it reads: {now}\n" in output("markdown", export)
    assert f"#+end_quote\nNow it reads: {now}\n" in output("org", export)
    said = "the text has changed here; "
    assert f"{said}now it reads: {now}" in output("html", export)
    assert f"{said}it read: The board &lt;b&gt;backed&lt;/b&gt; it" in output("html", replace(export, whole=True))
    assert not any("reads" in output(name, Export(ARTICLE, (FIRST, GONE))) for name in ("markdown", "org", "html"))


def test_org_has_moments_that_it_can_sort_by() -> None:
    assert ":CREATED: [2025-04-02 Wed 08:00]\n" in output("org")
    for published, shown in (
        ("2025-04-01", "[2025-04-01 Tue]"),
        ("2025-04-01T09:00:00Z", "[2025-04-01 Tue]"),
        ("2025", "2025"),
    ):
        assert f":DATE: {shown}\n" in output("org", Export(replace(ARTICLE, published=published)))
    bare = replace(FIRST, highlight=replace(FIRST.highlight, created=""))
    assert "CREATED" not in output("org", Export(ARTICLE, (bare,)))


def test_a_sheet_has_no_sign_where_a_figure_just_is_its_value() -> None:
    found = Analysis(
        (), (Number(0, 1, "5", "count", 5, None, "=", None, None), Number(2, 3, "6", "count", 6, None, ">="))
    )
    rows = list(csv.DictReader(io.StringIO(output("csv", Export(ARTICLE, analysis=found)))))
    assert [(row["Value"], row["State"]) for row in rows] == [("5", ""), ("6", ">=")]


# --- templates -----------------------------------------------------------------------------------------------


def rendered(source: str, *exports: Export) -> str:
    return "".join(template.pieces(exports or (EXPORT,), template.Template("mine", ".txt", source)))


def test_a_template_is_given_what_is_documented() -> None:
    given = template.variables(EXPORT) | {"first": True}
    assert set(given) == set(template.VARIABLES)
    for name in ("article", "highlights", "actors", "numbers", "quotes"):
        row = given[name] if name == "article" else given[name][0]
        assert all(re.search(rf"\b{key}\b", template.VARIABLES[name]) for key in row)
    source = "{% if first %}head\n{% endif %}{% for highlight in highlights %}{{ highlight.text | md }};{% endfor %}\n"
    text = rendered(source, EXPORT, Export(make_article("Other")))
    assert (
        text.startswith("head\nThe council backed the plan;") and text.endswith("approved;") and r"\<script\>" in text
    )


def test_the_shipped_templates_follow(tmp_path: Path) -> None:
    assert set(template.shipped()) >= {"memo", "outline", "vault"}
    for name in template.shipped():
        found = template.find(name, tmp_path)
        text = "".join(template.pieces([EXPORT, Export(make_article("Bare."))], found))
        assert name != "memo" or "  > We start in May.\n" in text
        assert "The council backed the plan" in text and found.suffix in (".md", ".txt")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ nope }}", "'nope' is undefined"),
        ("{% if %}", "line 1: Expected"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ cycler.__init__.__globals__.os }}", "unsafe"),
        ("{% include '/etc/passwd' %}", "no loader"),
        ("{{ highlights.append(1) }}", "unsafe"),
        ("{{ 'x' * 10**10 }}", "MemoryError"),
        ("{% for i in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "more than 20,000,000"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "recursion"),
    ],
)
def test_a_template_can_do_no_harm(source: str, says: str) -> None:
    with pytest.raises(ExportError, match=re.escape(says)):
        rendered(source)


def test_a_template_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "MOST_SECONDS", 1)
    with pytest.raises(ExportError, match="too much time"):
        rendered("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}")


def test_a_template_is_given_figures_of_any_size() -> None:
    numbers = tuple(Number(0, 7, "so many", "count", value, high) for value, high in FIGURES)
    text = rendered(
        "{% for one in numbers %}{{ one.value }} {{ one.high }};{% endfor %}",
        replace(EXPORT, analysis=Analysis(numbers=numbers)),
    )
    assert text == "".join(f"{value} {high};" for value, high in FIGURES)


def test_own_templates_are_found_by_name_and_path(tmp_path: Path) -> None:
    (tmp_path / "vault.org.j2").write_text("{{ article.title }}")
    found = template.find("vault", tmp_path)
    assert (found.suffix, found.source) == (".org", "{{ article.title }}") and template.own(tmp_path) == ["vault"]
    assert template.find(str(tmp_path / "vault.org.j2"), Path("/nonexistent")).name == "vault"
    with pytest.raises(ExportError, match="memo"):
        template.find("nothing", tmp_path)
    (tmp_path / "big.j2").write_bytes(b" " * 1_000_001)
    with pytest.raises(ExportError, match="megabyte"):
        template.find("big", tmp_path)
