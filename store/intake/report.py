"""Where in a page the report stands, and its blocks in order.

A page is read twice. The first pass weighs each element: prose (running text outside links) counts for it, link text
against it. The element with the best balance is the report, unless the page names one itself (`article`, `main`,
`articleBody`). The second pass gives the blocks of that element, without what its names show to be something else.
The weighing is a plain form of text and link density (Kohlschütter et al., "Boilerplate Detection using Shallow Text
Features", 2010).
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.intake import page
from store.intake.blocks import LINK, Block, Lists, table

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER = page.tags(
    "script style template noscript iframe object embed svg math canvas audio video map button select textarea "
    "input datalist dialog nav aside footer menu head title meta link"
)
_ROLES = page.tags(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist form"
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|share|sharing|social|related|recirc|recommended|"
    r"recommendations|newsletter|subscribe|subscription|signup|sign-up|paywall|promo|promos|advert|adverts|advertisement|"
    r"ads?|ad-slot|sponsored|outbrain|taboola|cookies?|consent|gdpr|popup|modal|overlay|comments?|disqus|respond|footer|"
    r"masthead|skip-link|toolbar|tags|tag-list|topics|pagination|pager|print-only|sr-only|visually-hidden|"
    r"screen-reader-text|most-read|trending|read-next|more-from|author-bio|widget|ticker)(?=$|[\s_-])"
)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments|comment-list|disqus|respond)(?=$|[\s_-])")
_BLOCKS = page.tags(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_COUNTED = page.tags("a pre figcaption caption")
_HEADINGS = page.tags("h1 h2 h3 h4 h5 h6")
_LISTS = page.tags("ul ol li")
_BLANK = re.compile(r"[ \t\n\r\f\u00a0]+")
_BLANKS_AT_BREAK = re.compile(r" *\n *")
_PARTING = re.compile(r" *\n(?: *\n)+ *")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_CELL = 300
_SHORTEST_PROSE = 25
_LINK_COST = 10

Skip = Callable[["LexborNode"], bool]


@dataclass(slots=True)
class _Weight:
    prose: int = 0
    links: int = 0

    @property
    def balance(self) -> int:
        return self.prose - self.links


def blocks(tree: "LexborHTMLParser") -> list[Block]:
    """The blocks of the report in a page; all blocks of the page when nothing in it reads like one."""
    if tree.body is None:
        return []
    weights = _weigh(tree.body)
    total = weights[tree.body.mem_id].prose
    root = _named(tree, weights, total) or _best(tree.body, weights)

    def elsewhere(node: "LexborNode") -> bool:
        if _never(node):
            return True
        if not node.is_element_node:
            return False
        names = _names(node)
        if _COMMENTS.search(names):
            return True
        # Some systems put the whole page into a form, and some name its body "with-sidebar".
        named = node.tag == "form" or bool(_ELSEWHERE.search(names))
        return named and weights.get(node.mem_id, _Weight()).prose * 2 < total

    found = _Collector(root, elsewhere).blocks()
    return _without_link_lists(found)


def all_blocks(tree: "LexborHTMLParser") -> list[Block]:
    """Every block of a tree but what no reader sees."""
    return _Collector(tree.body, _never).blocks() if tree.body else []


def _never(node: "LexborNode") -> bool:
    if node.is_text_node:
        return False
    if not node.is_element_node or node.tag in _NEVER:
        return True
    stated = node.attributes
    return (
        "hidden" in stated
        or stated.get("aria-hidden") == "true"
        or (stated.get("role") or "").lower() in _ROLES
        or bool(_HIDDEN.search(stated.get("style") or ""))
    )


def _names(node: "LexborNode") -> str:
    return f"{page.attribute(node, 'class')} {page.attribute(node, 'id')}".lower().strip()


def _weigh(root: "LexborNode") -> dict[int, _Weight]:
    """What each element holds, by `mem_id`."""
    weights = {root.mem_id: _Weight()}
    path, links = [weights[root.mem_id]], 0
    for node, begins in page.walk(root, _never):
        if node.is_text_node:
            length = len((node.text_content or "").strip())
            if links:
                path[-1].links += length
            elif length >= _SHORTEST_PROSE:
                path[-1].prose += length
            continue
        links += (1 if begins else -1) if node.tag == "a" else 0
        if begins:
            path.append(weights.setdefault(node.mem_id, _Weight(links=_LINK_COST if node.tag == "a" else 0)))
        else:
            done = path.pop()
            path[-1].prose += done.prose
            path[-1].links += done.links
    return weights


def _named(tree: "LexborHTMLParser", weights: dict[int, _Weight], total: int) -> "LexborNode | None":
    """The element that the page itself names as the report, when most of the page's prose is in it."""
    for query in ("[itemprop~=articleBody]", "article", "main", "[role=main]"):
        found = [node for node in tree.css(query) if node.mem_id in weights]
        best = max(found, key=lambda node: weights[node.mem_id].prose, default=None)
        if best is not None and weights[best.mem_id].prose * 2 >= max(1, total):
            return best
    return None


def _best(body: "LexborNode", weights: dict[int, _Weight]) -> "LexborNode":
    """The element with the best balance; of two that are equal the outer one."""
    best, most = body, weights[body.mem_id].balance
    for node, begins in page.walk(body, _never):
        if begins and node.is_element_node and node.tag in _BLOCKS and weights[node.mem_id].balance > most:
            best, most = node, weights[node.mem_id].balance
    return best


def _without_link_lists(found: list[Block]) -> list[Block]:
    """`found` without lists of which most items are links."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*found, Block("")]:
        if block.lists:
            run.append(block)
            continue
        if sum(one.link_share > LINK for one in run) * 2 <= len(run):
            kept += run
        run = []
        kept.append(block)
    return kept[:-1]


@dataclass(slots=True)
class _Collector:
    """Turns the nodes of the report into blocks, one after the other."""

    root: "LexborNode"
    skip: Skip
    _found: list[Block] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _lists: Lists = field(default_factory=Lists)
    _open: Counter[str] = field(default_factory=Counter)
    _linked: int = 0
    _heading: int = 0

    def blocks(self) -> list[Block]:
        """All blocks below the root."""
        inside: int | None = None
        for node, begins in page.walk(self.root, self.skip):
            if inside is not None:
                inside = None if not begins and node.mem_id == inside else inside
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif begins and node.tag == "table" and (rows := _data_rows(node)):
                self._flush()
                self._found += [Block(text) for caption in node.css("caption") if (text := page.words(caption))]
                self._found.append(Block(table(rows)))
                inside = node.mem_id
            else:
                self._element(node, 1 if begins else -1)
        self._flush()
        return self._found

    def _text(self, text: str) -> None:
        if not self._open["pre"]:
            text = _BLANK.sub(" ", text)
        self._pieces.append(text)
        self._linked += len(text.strip()) if self._open["a"] else 0

    def _element(self, node: "LexborNode", nesting: int) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._flush()
        if tag == "br" and nesting > 0:
            self._pieces.append("\n")
        if tag in _COUNTED:
            self._open[tag] += nesting
        if tag in _HEADINGS:
            self._heading = int(tag[1]) if nesting > 0 else 0
        if tag in _LISTS:
            start = page.attribute(node, "start")
            self._lists.follow(tag, nesting, int(start) if re.fullmatch("[0-9]{1,7}", start) else 1)

    def _flush(self) -> None:
        """Close the block that is open; two line breaks in it part paragraphs."""
        if not self._pieces:
            return
        whole = "".join(self._pieces)
        share = min(1.0, self._linked / max(1, len(whole.strip())))
        self._pieces.clear()
        self._linked = 0
        caption = self._open["figcaption"] + self._open["caption"] > 0
        for part in [whole] if self._open["pre"] else _PARTING.split(whole):
            text = part if self._open["pre"] else _BLANKS_AT_BREAK.sub("\n", part).strip()
            if text.strip():
                self._found.append(self._lists.block(text, share, furniture=caption, heading=self._heading))


def _data_rows(node: "LexborNode") -> list[list[str]]:
    """The rows of a table that holds data; none for one that only lays out the page."""
    if page.attribute(node, "role") in ("presentation", "none") or node.css_first("table table, td p + p, td div"):
        return []
    rows = [[page.words(cell) for cell in row.css("th, td")] for row in node.css("tr")]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2 or max(map(len, rows)) < 2 or max(len(cell) for row in rows for cell in row) > _LONGEST_CELL:
        return []
    return rows
