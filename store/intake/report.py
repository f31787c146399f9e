"""Where in a page the report stands, and its blocks in order.

Each element is weighed: prose (running text outside links) counts for it, link text against it. The report is the
element that the page itself names (`article`, `main`, `articleBody`) when most of the prose is in it, else the one with
the best balance. What its tag, role or class shows to be something else is left out, unless nearly all prose is in it:
some systems put a whole page into a form, and some pages never close their header. The weighing is a plain form of
text and link density (Kohlschütter et al., "Boilerplate Detection using Shallow Text Features", 2010).
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
    "script style template iframe object embed svg math canvas audio video map button select textarea input datalist "
    "head title meta link"
)
"""Elements that hold no text to read."""
_ASIDE = page.tags("nav aside footer form dialog menu noscript")
"""Elements that hold text which is seldom the report."""
_ROLES = page.tags(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist form"
)
_MODIFIER = re.compile(r"(?:has|with|without|no|is|js|category|tag|content|layout|page|elementor|post|type|col)[-_]")
"""How class names begin that say something about an element, not what it is ("has-sidebar", "tag-newsletter")."""
_ELSEWHERE = re.compile(
    r"(?:^|[_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|share|sharing|sharedaddy|social|related|recirc|"
    r"recommended|recommendations|newsletter|subscribe|subscription|signup|paywall|promo|promos|teasers?|advert|adverts|"
    r"advertisement|ads?|sponsored|outbrain|taboola|popup|modal|overlay|footer|masthead|skip-link|toolbar|tags|taglist|"
    r"topics|pagination|pager|print-only|sr-only|visually-hidden|screen-reader-text|most-read|trending|read-next|read-more|"
    r"more-from|comments|author-bio|author-box|about-author|ticker|postmeta|post-meta|entry-meta|meta-info|copyright|imprint)s?"
    r"(?=$|[_-])"
)
_NEVER_NAMED = re.compile(
    r"(?:^|\s)(?:respond|commentlist|comments?(?:[_-](?:list|area|section|respond|wrapper|form|block|container))?|"
    r"disqus\S*|onetrust\S*|(?:\S*[_-])?(?:cookies?|consent|gdpr|cookiebanner)(?:[_-]\S*)?)(?=\s|$)"
)
"""Comments and consent forms, which may well be longer than the report."""
_BLOCKS = page.tags(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 "
    "header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_COUNTED = page.tags("pre figcaption caption")
_HEADINGS = page.tags("h1 h2 h3 h4 h5 h6")
_LISTS = page.tags("ul ol li")
_BLANK = re.compile(r"[ \t\n\r\f\u00a0]+")
_BLANKS_AT_BREAK = re.compile(r" *\n *")
_PARTING = re.compile(r" *\n(?: *\n)+ *")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_CELL = 300
_SHORTEST_PROSE = 25
_LINK_COST = 10
_DOUBT = 8
"""When less than one part in so many of the prose is left, tags and classes are not believed."""

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
    all_weights = _weigh(tree.body, _never_or_comment)
    skip = _elsewhere(all_weights, all_weights[tree.body.mem_id].prose)
    weights = _weigh(tree.body, skip)
    if weights[tree.body.mem_id].prose * _DOUBT < all_weights[tree.body.mem_id].prose:
        skip, weights = _never_or_comment, all_weights
    root = _named(tree, weights) or _best(tree.body, weights, skip)
    return _without_links(_Collector(root, skip).blocks())


def all_blocks(tree: "LexborHTMLParser") -> list[Block]:
    """Every block of a tree but what no reader sees."""
    return _Collector(tree.body, _never).blocks() if tree.body else []


def _never(node: "LexborNode") -> bool:
    if node.is_text_node:
        return False
    if not node.is_element_node or node.tag in _NEVER:
        return True
    stated = node.attributes
    if stated.get("epub:type") == "pagebreak" or stated.get("role") == "doc-pagebreak":
        return True  # the page numbers of a printed book within its sentences
    return "hidden" in stated or stated.get("aria-hidden") == "true" or bool(_HIDDEN.search(stated.get("style") or ""))


def _never_or_comment(node: "LexborNode") -> bool:
    return _never(node) or (node.is_element_node and bool(_NEVER_NAMED.search(_names(node))))


def _elsewhere(weights: dict[int, _Weight], total: int) -> Skip:
    """What tells the elements that are not the report. A suspicion of a class falls when half of all prose is in the
    element, one of a tag or a role when four fifths are."""

    def skip(node: "LexborNode") -> bool:
        if node.is_text_node:
            return False
        if _never_or_comment(node):
            return True
        prose = weights.get(node.mem_id, _Weight()).prose
        if node.tag in _ASIDE or page.attribute(node, "role").lower() in _ROLES:
            return prose * 5 < total * 4 or not total
        return prose * 2 < total and _is_elsewhere(node)

    return skip


def _is_elsewhere(node: "LexborNode") -> bool:
    names = (name.split("--")[0] for name in _names(node).split())
    return any(not _MODIFIER.match(name) and _ELSEWHERE.search(name) for name in names)


def _names(node: "LexborNode") -> str:
    return f"{page.attribute(node, 'class')} {page.attribute(node, 'id')}".lower().strip()


def _is_link(node: "LexborNode") -> bool:
    """Whether a node leads out of the page: headings and notes often lead to a place within it."""
    return node.tag == "a" and not page.attribute(node, "href").startswith("#")


def _weigh(root: "LexborNode", skip: Skip) -> dict[int, _Weight]:
    """What each element holds that is not skipped, by `mem_id`."""
    weights = {root.mem_id: _Weight()}
    path, links = [weights[root.mem_id]], 0
    for node, begins in page.walk(root, skip):
        if node.is_text_node:
            length = len((node.text_content or "").strip())
            if links:
                path[-1].links += length
            elif length >= _SHORTEST_PROSE:
                path[-1].prose += length
            continue
        link = _is_link(node)
        links += (1 if begins else -1) if link else 0
        if begins:
            path.append(weights.setdefault(node.mem_id, _Weight(links=_LINK_COST if link else 0)))
        else:
            done = path.pop()
            path[-1].prose += done.prose
            path[-1].links += done.links
    return weights


def _named(tree: "LexborHTMLParser", weights: dict[int, _Weight]) -> "LexborNode | None":
    """The element that the page itself names as the report, when most of the page's prose is in it."""
    total = max(weight.prose for weight in weights.values())
    for query in ("[itemprop~=articleBody]", "article", "main", "[role=main]"):
        found = [node for node in tree.css(query) if node.mem_id in weights]
        best = max(found, key=lambda node: weights[node.mem_id].prose, default=None)
        if best is not None and weights[best.mem_id].prose * 2 >= max(1, total):
            return best
    return None


def _best(body: "LexborNode", weights: dict[int, _Weight], skip: Skip) -> "LexborNode":
    """The element with the best balance; of two that are equal the outer one."""
    best, most = body, weights[body.mem_id].balance
    for node, begins in page.walk(body, skip):
        if begins and node.is_element_node and node.tag in _BLOCKS and weights[node.mem_id].balance > most:
            best, most = node, weights[node.mem_id].balance
    return best


def _without_links(found: list[Block]) -> list[Block]:
    """`found` without runs of blocks that are links, with the headings over them. A single link stays, as furniture."""
    kept: list[Block] = []
    at = 0
    while at < len(found):
        end = _run(found, at)
        links = sum(block.link_share > LINK for block in found[at:end])
        if links > 1 and links * 2 > end - at:
            while kept and kept[-1].heading:
                kept.pop()
        else:
            kept += found[at:end]
        at = end
    while len(kept) > 1 and kept[-1].heading:
        kept.pop()
    return kept


def _run(found: list[Block], at: int) -> int:
    """Where the list, or the run of links, that begins at `at` ends; the next block for any other."""
    end = at + 1
    if found[at].lists:
        while end < len(found) and found[end].lists:
            end += 1
    elif found[at].link_share > LINK:
        while end < len(found) and found[end].link_share > LINK:
            end += 1
    return end


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
        if tag in _COUNTED or _is_link(node):
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
