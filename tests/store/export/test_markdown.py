"""The Markdown export: what is in it, and that the reader's own bytes in the file are sacred."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.analysis import Actor, Analysis, Number, Quote
from store.annotation import Highlight, Note, Selector
from store.article import make_article
from store.errors import ExportError, printable
from store.export import Export, chosen, front_matter, markdown, only
from store.export.blocks import DELETED, _digest, _scan, update
from store.export.enclosed import enclosed
from store.spans import Span

ARTICLE = make_article(
    "Harbour plan approved\nThe council backed the plan on Monday.\nMs Lind said: “We start in May.”\n",
    source="https://example.org/harbour", byline="A. Writer", publisher="The Desk", published="2025-04-01",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    highlight: Highlight
    span: Span | None
    grade: str = "exact"


def highlight(number: int, exact: str, colour: int = 1, *tags: str) -> Highlight:
    return Highlight(f"00000000-0000-7000-8000-{number:012x}", Selector(exact, "", "", 0, len(exact)), colour, tags)


def standing(number: int, exact: str, start: int | None, *tags: str) -> Standing:
    span = None if start is None else (start, start + len(exact))
    return Standing(highlight(number, exact, 1, *tags), span, "orphan" if span is None else "exact")


def note(number: int, text: str, on: Highlight | None = None, *tags: str) -> Note:
    return Note(f"00000000-0000-7000-9000-{number:012x}", text, on.id if on else None, tags)


FIRST = standing(1, "The council backed the plan", 22, "harbour", "city plans")
SECOND = standing(2, "We start in May.", ARTICLE.text.index("We start"))
GONE = standing(3, "a passage that was cut", None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vault" / "harbour.md"


def write(file: Path, *placed: Standing, notes: tuple[Note, ...] = (), analysis: Analysis | None = None) -> str:
    markdown.write(file, Export(ARTICLE, placed, notes, analysis))
    return file.read_bytes().decode()


def rendered(text: str) -> str:
    """What a reader of the rendered page sees."""
    return re.sub(r"<[^>]+>", "", MarkdownIt().render(text))


def test_highlights_stand_in_the_order_of_the_text_with_notes_and_tags(file: Path) -> None:
    text = write(file, SECOND, FIRST, notes=(note(9, "Ask *why*.", FIRST.highlight, "todo"), note(8, "On the whole.")))
    assert text.index("The council backed") < text.index("We start in May.")
    assert (
        "> The council backed the plan\n\n^bb-000000000001\n\nyellow · #harbour #city-plans · "
        "[in the page](<https://example.org/harbour#:~:text=The%20council%20backed%20the%20plan>) · "
        f"`briefbook open {ARTICLE.id}#000000000001`\n\nAsk *why*.\n\n#todo\n" in text
    )
    assert "## Notes\n" in text and "On the whole.\n\n^bb-000000000008\n" in text


def test_orphans_have_their_own_section(file: Path) -> None:
    text = write(file, GONE, FIRST)
    assert text.index("## Highlights") < text.index("## No longer in the text") < text.index("a passage that was cut")
    assert "yellow · no longer in the text" in text


def test_exporting_again_changes_nothing(file: Path) -> None:
    once = write(file, FIRST, SECOND, GONE, notes=(note(9, "N", FIRST.highlight),), analysis=ANALYSIS)
    before = file.stat()
    assert write(file, FIRST, SECOND, GONE, notes=(note(9, "N", FIRST.highlight),), analysis=ANALYSIS) == once
    assert file.stat().st_mtime_ns == before.st_mtime_ns and file.stat().st_ino == before.st_ino


def test_the_readers_own_words_stay_and_ours_are_updated(file: Path) -> None:
    text = write(file, FIRST, SECOND)
    mine = text.replace("---\n\n# ", "aliases: [mine]\n---\nMy introduction.\n\n# ", 1)
    mine = (
        mine.replace("<!-- /bb-000000000001 -->\n", "<!-- /bb-000000000001 -->\nMy comment below.\n") + "\nMy last word"
    )
    file.write_text(mine, encoding="utf-8")
    changed = Standing(replace(FIRST.highlight, colour=3), FIRST.span)
    after = write(file, changed, SECOND)
    assert without_blocks(after) == without_blocks(mine)
    assert "green · #harbour" in after and "yellow · #harbour" not in after


def test_a_new_highlight_goes_before_the_next_one_and_comments_stay_with_theirs(file: Path) -> None:
    third = standing(5, "on Monday", 50)
    text = write(file, FIRST, SECOND).replace("<!-- /bb-000000000001 -->\n", "<!-- /bb-000000000001 -->\nMine.\n")
    file.write_text(text, encoding="utf-8")
    after = write(file, FIRST, third, SECOND)
    assert after.index("Mine.") < after.index("on Monday") < after.index("We start in May.")
    assert "\n\n\n" not in after


def test_a_last_highlight_goes_behind_the_comments_and_before_the_next_heading(file: Path) -> None:
    text = write(file, FIRST, notes=(note(8, "Whole."),)).replace("\n## Notes", "\nMine.\n\n### My part\n\n## Notes")
    file.write_text(text, encoding="utf-8")
    after = write(file, FIRST, SECOND, notes=(note(8, "Whole."),))
    assert after.index("Mine.") < after.index("We start in May.") < after.index("### My part")


def test_a_block_that_the_reader_moved_is_updated_where_it_is(file: Path) -> None:
    text = write(file, FIRST, SECOND)
    block = re.search(r"<!-- bb-000000000002 .*?/bb-000000000002 -->\n", text, re.DOTALL)[0]  # type: ignore[index]
    moved = text.replace(block, "").replace("# Harbour", block + "\n# Harbour")
    file.write_text(moved, encoding="utf-8")
    after = write(file, FIRST, Standing(replace(SECOND.highlight, colour=2), SECOND.span))
    assert after.index("red") < after.index("# Harbour") and after.count("We start in May") == 1


def test_a_block_that_the_reader_edited_is_left_and_said(file: Path) -> None:
    text = write(file, FIRST).replace("> The council backed the plan", "> The council *backed* the plan")
    file.write_text(text, encoding="utf-8")
    assert markdown.write(file, Export(ARTICLE, (FIRST,))).outcome.edited == []
    changed = Standing(replace(FIRST.highlight, colour=3), FIRST.span)
    written = markdown.write(file, Export(ARTICLE, (changed,)))
    assert written.outcome.edited == ["000000000001"] and file.read_text(encoding="utf-8") == text


def test_a_deletion_is_marked_once_and_taken_back_when_it_returns(file: Path) -> None:
    before = write(file, FIRST, SECOND)
    after = write(file, SECOND)
    assert after.count(DELETED) == 1 and "The council backed the plan" in after
    assert write(file, SECOND) == after
    assert write(file, FIRST, SECOND) == before


def test_what_was_not_chosen_is_not_deleted(file: Path) -> None:
    notes = (note(8, "On the whole."), note(9, "N", SECOND.highlight))
    everything = Export(ARTICLE, (FIRST, SECOND, GONE), notes)
    markdown.write(file, everything)
    before = file.read_text(encoding="utf-8")
    for part in (chosen(everything, tags=["harbour"]), chosen(everything, has_note=True), only(everything, ())):
        assert markdown.write(file, part).outcome.deleted == []
        assert file.read_text(encoding="utf-8") == before
    fewer = chosen(Export(ARTICLE, (FIRST, SECOND), notes), tags=["harbour"])
    assert markdown.write(file, fewer).outcome.deleted == ["000000000003"]


def test_a_block_without_its_borders_belongs_to_the_reader(file: Path) -> None:
    text = re.sub(r"<!-- /?bb-.*-->\n", "", write(file, FIRST))
    file.write_text(text, encoding="utf-8")
    assert write(file, Standing(replace(FIRST.highlight, colour=3), FIRST.span)) == text


def test_a_file_of_windows_keeps_its_line_ends(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(write(tmp := file.with_name("x.md"), FIRST).replace("\n", "\r\n").encode())
    tmp.unlink()
    after = write(file, FIRST, SECOND)
    assert after.count("\n") == after.count("\r\n") and "We start in May." in after


def test_a_foreign_file_is_refused_untouched(file: Path) -> None:
    file.parent.mkdir()
    for data in (b"# My own notes\n", b"\xff\xfe\x00", b'---\nbriefbook: "0123"\n---\n'):
        file.write_bytes(data)
        with pytest.raises(ExportError, match=re.escape(str(file))):
            markdown.write(file, Export(ARTICLE, (FIRST,)))
        assert file.read_bytes() == data


def test_a_file_of_the_readers_can_be_made_ours_by_its_front_matter(file: Path) -> None:
    file.parent.mkdir()
    mine = f"---\ntags: [a]\nbriefbook: {ARTICLE.id}\n---\n# Mine\nNo newline at the end"
    file.write_text(mine, encoding="utf-8")
    after = write(file, FIRST)
    assert after.startswith(mine + "\n\n## Highlights\n\n<!-- bb-")


def test_a_folder_finds_the_export_under_any_name(tmp_path: Path) -> None:
    first = markdown.write(tmp_path, Export(ARTICLE, (FIRST,))).path
    assert first.name == "Harbour plan approved.md"
    (tmp_path / "deep").mkdir()
    moved = first.rename(tmp_path / "deep" / "My name.md")
    assert (
        markdown.write(
            tmp_path,
            Export(
                ARTICLE,
                (
                    FIRST,
                    SECOND,
                ),
            ),
        ).path
        == moved
    )
    other = make_article("Harbour plan approved\nBut another text.")
    names = {
        markdown.write(tmp_path, Export(item)).path.name for item in (other, make_article("Harbour plan approved"))
    }
    assert len(names) == 2 and "Harbour plan approved.md" in names


def test_a_link_is_followed_and_the_mode_is_kept(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    markdown.write(real, Export(ARTICLE, (FIRST,)))
    real.chmod(0o640)
    (tmp_path / "link.md").symlink_to(real)
    markdown.write(
        tmp_path / "link.md",
        Export(
            ARTICLE,
            (
                FIRST,
                SECOND,
            ),
        ),
    )
    assert (tmp_path / "link.md").is_symlink() and "We start" in real.read_text(encoding="utf-8")
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        markdown.write(tmp_path / "file" / "x.md", Export(ARTICLE))


HOSTILE = (
    "[link](javascript:alert(1)) ![x](http://tracker.example/x.png) <script>x</script> [[wiki]] #tag $1 and $2 "
    "`= dv` ==mark== %%comment%% ~~gone~~ &lt; *a* _b_ {{x}} a^2 ^bb-000000000002 | c \\"
)


def test_outside_text_reads_as_it_is(file: Path) -> None:
    lines = [
        HOSTILE,
        "- no list",
        "12. no number",
        "# no heading",
        "> no quote",
        "--- no rule",
        "=== no",
        "+ no",
        "    four",
    ]
    text = write(file, standing(1, "\n".join(lines), 0))
    shown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    quote = shown[shown.index("<blockquote>") : shown.index("</blockquote>")]
    assert set(re.findall(r"<(\w+)", quote)) == {"blockquote", "p"}
    words = re.sub(r"<[^>]+>", "", quote).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert [line for line in words.split("\n") if line] == [line.strip() for line in lines]


def test_the_whole_text_reads_as_it_is_marked_or_not() -> None:
    lines = ["- no list", "12. no number", "# no heading", "> no quote", "=== a rule ===", "+ no", "    four", "= x ="]
    article = make_article("\n".join(lines))
    spans = [article.paragraphs[index] for index in (4, 7)]
    placed = tuple(
        Standing(replace(highlight(n, article.text[slice(*span)]), tags=()), span) for n, span in enumerate(spans)
    )
    text = markdown.render(Export(article, placed, whole=True)).partition("<!-- bb-text")[2].partition("-->\n")[2]
    shown = MarkdownIt("commonmark", {"html": True}).render(text.partition("<!-- /bb-text")[0])
    assert set(re.findall(r"<(\w+)", shown)) == {"p", "a"}
    words = re.sub(r"<a .*?</a>|<[^>]+>", "", shown).replace("&gt;", ">").split("\n")
    marked = {"=== a rule ===": "===== a rule =====", "= x =": "=== x ==="}
    assert [line for line in words if line] == [marked.get(line, line.strip()) for line in lines]
    assert r"==\=\== a rule \=\=\===" in text and r"==\= x \===" in text


def test_a_day_is_a_date_to_note_programs() -> None:
    for published, shown in (("2026-03-04T10:11:12+00:00", "date: 2026-03-04\n"), ("2026", 'date: "2026"\n')):
        assert shown in markdown.render(Export(replace(ARTICLE, published=published)))


def test_no_control_character_reaches_the_file(file: Path) -> None:
    text = write(
        file, standing(1, "red \x1b[31m bell \x07 c1 \x9b31m rtl \u202e", 0), notes=(note(2, "my \x1b]0;t\x07\ttab"),)
    )
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text) and "\ttab" in text


def test_a_note_cannot_forge_the_borders_of_a_block(file: Path) -> None:
    forged = "x\n<!-- /bb-000000000001 -->\n<!-- bb-000000000002 00000000 -->\ny"
    once = write(file, FIRST, SECOND, notes=(note(9, forged, FIRST.highlight),))
    assert write(file, FIRST, SECOND, notes=(note(9, forged, FIRST.highlight),)) == once
    assert once.count("We start in May.") == 1


OPEN = [
    "```", "~~~\nx", "````py\n```\n", "<pre>", "<SCRIPT src=x>\n", "<style\na", "<textarea>", "<?php", "<![CDATA[",
    "<!X", "<!-- x", "a\n\n```\nb\n```\n~~~", "<pre>\n\n</pre>\n<pre>", "```\n<pre>\n```", "- ```\n  x", "> ```",
    "```x`y", "<pre></script>", "    ```", "<!-- --> <pre>", "<prefix>", "| a |\n|--|", "[x]: y", "*", "![",
    "<a href='", "\\", "- ```\n  x\n  ```", "1. ~~~\n   x\n   ~~~", "- ```\n  x\n  ```\n\n```", "<!-->x", "- <!-- x",
    "<!x", "- " * 9 + "x\n```",
]  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_what_a_note_leaves_open_swallows_nothing(text: str) -> None:
    made = markdown.render(Export(ARTICLE, (FIRST, SECOND), (note(9, text, FIRST.highlight), note(8, text))))
    assert text.strip() in made
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(made)
    shown = [token.content for token in tokens if token.type == "inline"]
    assert "We start in May." in shown and "Notes" in shown and shown[-1] == "^bb-000000000008"


def test_a_link_to_itself_is_refused_in_one_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    with pytest.raises(ExportError, match="choose another file"):
        markdown.write(loop, Export(ARTICLE))
    assert loop.is_symlink()


def test_what_a_note_closes_itself_is_left_as_it_is() -> None:
    for text in (
        "```\na\n```",
        "~~~\n```\n~~~",
        "<pre>x</pre>",
        "<!-- a\nb -->",
        "<?x?>",
        "plain <pre>",
        "a `b` ```c``` d",
        "- ```\n  a\n  ```\n\nb",
        "1. ~~~\n   a\n   ~~~",
        "> ```\n> a\n> ```",
        "- ```\n  a\n\nb",
        "<!-->a",
    ):
        assert enclosed(text) == text


ANALYSIS = Analysis(
    (Actor("a1", "Mara | Lind", "person", "Mayor", ("Lind",), ((0, 1), (2, 3))),),
    (Number(0, 1, "about 1.47 billion", "money", 1_470_000_000.0, 2.5e9, "~", "USD", "grants"),),
    (Quote(((76, 92),), "We start\nin May.", "direct", (63, 67), None, "a1"),),
)


def test_tables_are_written_on_request_and_stay_without_it(file: Path) -> None:
    text = write(file, FIRST, analysis=ANALYSIS)
    assert r"| Mara \| Lind | person | Mayor | Lind | 2 |" in text
    assert r"| about 1.47 billion | \~ 1,470,000,000 to 2,500,000,000 | USD | grants |" in text
    assert r"| Mara \| Lind | We start in May. | direct |" in text
    assert write(file, FIRST) == text
    assert "None was found." in write(file, FIRST, analysis=Analysis())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tariffs: who pays?", "Tariffs who pays"),
        ("../../etc/passwd", "etc passwd"),
        ("..", "000000000000"),
        ("", "000000000000"),
        ("CON", "CON 000000000000"),
        ("nul.txt", "nul.txt 000000000000"),
        (".hidden", "hidden"),
        ("a\x1b[31m\nb\u202ec", "a 31m b c"),
        ("Ende.", "Ende"),
        ("emoji 🎈 and ü", "emoji 🎈 and ü"),
        ("[[x]] #tag ^y", "x tag y"),
        ("é" * 300, "é" * 60),
    ],
)
def test_file_names_are_safe(title: str, name: str) -> None:
    from store.export.file_names import safe_name

    assert safe_name(title, "000000000000") == name


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters()))
def test_any_title_makes_one_safe_name(title: str) -> None:
    from store.export.file_names import LONGEST_NAME, safe_name

    name = safe_name(title, "000000000000")
    assert name == Path(name).name and not name.startswith(".") and 0 < len(name.encode()) <= LONGEST_NAME + 13


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters()) | st.sampled_from(["12e456789012", "no", "a: b", '"q" \\', "🎈\n- x", "# x", "2025-04-01"])
)
def test_front_matter_reads_back_with_a_yaml_parser(value: str) -> None:
    from srsly import yaml_loads

    block = front_matter.emit({"title": value, "briefbook": "12e456789012"})
    read = yaml_loads(block.removeprefix("---\n").removesuffix("---\n"))
    assert read["briefbook"] == "12e456789012" == front_matter.article_id(block)
    if value:
        assert str(read["title"]) == re.sub("[\ud800-\udfff]", "\ufffd", value)


def without_blocks(text: str) -> str:
    return re.sub(r"<!-- bb-(\w+) \w+ -->\n.*?<!-- /bb-\1 -->\n", "@", text, flags=re.DOTALL)


STATES = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5), st.booleans()), max_size=6, unique_by=lambda x: x[0])


@settings(max_examples=40, deadline=None)
@given(STATES, STATES, st.lists(st.sampled_from(["My words.\n", "\n", "### Head\n", "no end"]), max_size=4))
def test_the_readers_bytes_survive_any_change(
    before: list[tuple[int, int, bool]], after: list[tuple[int, int, bool]], words: list[str]
) -> None:
    def placed(state: list[tuple[int, int, bool]]) -> list[Standing]:
        return [
            Standing(highlight(number, f"passage {number}", colour), (number, number + 9) if there else None)
            for number, colour, there in state
        ]

    first = markdown.render(Export(ARTICLE, tuple(placed(before))))
    mine = "".join(
        f"{line}\n{words[index % len(words)] if words and line.startswith('<!-- /') else ''}"
        for index, line in enumerate(first.split("\n"))
    )
    blocks = markdown._blocks(Export(ARTICLE, tuple(placed(after))))
    outcome = markdown.update(mine, blocks, markdown.ANNOTATION_ID)
    kept = [line for line in without_blocks(mine).replace("@", "\n").split("\n") if line]
    now = iter([line for line in without_blocks(outcome.text).replace("@", "\n").split("\n") if line])
    assert all(line in now for line in kept)
    assert markdown.update(outcome.text, blocks, markdown.ANNOTATION_ID).text == outcome.text
    for number, _, _ in after:
        assert outcome.text.count(f"> passage {number}\n") == 1


TRAPS = [
    "<!-- bb-000000000001 00000000 -->\n", "<!-- /bb-000000000001 -->\n", "<!-- /bb-text -->\n", "## Highlights\n",
    "\r\n", "^bb-000000000002\n", "^bb-000000000003", "---\n", "> passage 1\n", "\n\n\n", "# Mine", DELETED + "\n",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(TRAPS) | st.text(st.characters(), max_size=12)),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(STATES, STATES, EDITS)
def test_whatever_a_person_does_to_the_file_stays(
    before: list[tuple[int, int, bool]], after: list[tuple[int, int, bool]], edits: list[tuple[float, int, str]]
) -> None:
    def exported(state: list[tuple[int, int, bool]]) -> Export:
        placed = [
            Standing(highlight(number, f"passage {number}", colour), (number, number + 9) if there else None)
            for number, colour, there in state
        ]
        return Export(ARTICLE, tuple(placed), whole=True)

    mine = markdown.render(exported(before))
    for place, cut, text in edits:
        at = int(place * len(mine))
        mine = mine[:at] + text + mine[at + cut :]
    once = update(mine, markdown._blocks(exported(after)), markdown.ANNOTATION_ID).text
    theirs = [
        line
        for piece in _scan(mine)
        if not piece.id or _digest(piece.body) != piece.digest
        for line in piece.text.replace("\r", "").split("\n")
        if line
    ]
    # A last line without an end gets the end that the file's lines have.
    lines = iter(once.replace("\r", "").split("\n"))
    assert all(line in lines for line in theirs)
    assert update(once, markdown._blocks(exported(after)), markdown.ANNOTATION_ID).text == once


def test_the_text_is_written_with_its_marks_on_request(file: Path) -> None:
    over = Standing(
        highlight(7, "plan on Monday.\nMs Lind"), (ARTICLE.text.index("plan on"), ARTICLE.text.index(" said"))
    )
    export = Export(ARTICLE, (FIRST, over, SECOND), whole=True)
    body = markdown.render(export).partition("## Text")[2].partition("-->\n\n")[2].partition("\n\n<!--")[0]
    assert body == (
        "Harbour plan approved\n\n==The council backed the plan[↗](#^bb-000000000001) on Monday.==\n\n"
        "==Ms Lind==[↗](#^bb-000000000007) said: “==We start in May.==[↗](#^bb-000000000002)”"
    )
    assert markdown.write(file, export).outcome.added and markdown.write(file, export).outcome.added == []
    assert write(file, FIRST, over, SECOND).count("## Text") == 1


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_quotes_parse_to_what_was_marked(words: str) -> None:
    made = markdown.render(Export(ARTICLE, (standing(1, words, 0),)))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(made)
    inside = [t.type for t in tokens].index("blockquote_open"), [t.type for t in tokens].index("blockquote_close")
    inline = [token for token in tokens[slice(*inside)] if token.type == "inline"]
    shown = ["".join(child.content for child in token.children or []) for token in inline]
    assert all(child.type in ("text", "text_special") for token in inline for child in token.children or [])
    expected = [printable(" ".join(line.split())) for line in words.split("\n") if line.strip()]
    assert shown == expected
