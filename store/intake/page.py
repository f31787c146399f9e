"""A web page as a tree: parsed safely, walked without recursion. What its parts mean is decided elsewhere."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def tags(names: str) -> frozenset[str]:
    """A set of element names, written with blanks between them."""
    return frozenset(names.split())


DEEPEST = 512
"""Elements that may stand in one another, as in Blink; what is deeper is kept as text. HTML's parsing rules look
through all open elements at each block: 100,000 open ones take 18 s."""
DEEPEST_STYLE = 8
"""The same for bold, fonts and links, which the rules open again in each following block."""

MOST_ATTRIBUTES = 1_000
"""Attributes of one element that are kept: each one is compared with all before it."""

_ATTRIBUTE = r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TAG = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</(?P=raw)|\Z)"
    rf"|(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>(?:[\s/]++|{_ATTRIBUTE})*+)(?P<close>>?))",
    re.IGNORECASE | re.DOTALL,
)
"""Tags as HTML's tokenizer sees them, and comments and scripts, in which there are none."""
_DOCTYPE_TABLE = re.compile(r"(\A\s*(?:<\?xml[^>]*>\s*)?<!doctype[^>\[]{0,300})\[[^\]]*\]\s*(?=>)", re.IGNORECASE)
"""The entities that an XML page declares for itself: HTML knows none, and shows the end of the table as text."""
_STYLES = tags("a b big code em font i nobr s small strike strong tt u")
_UNCOUNTED = tags(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup html head body "
    "area base br col embed hr img input link meta param source track wbr"
)
"""Elements whose end is implied by the next one, and those that hold nothing."""
_UNSHOWN = tags("script style template noscript")
"""Elements whose text is never shown."""


def parse(text: str) -> "LexborHTMLParser":
    """The tree of a page, whatever is wrong with it, in time that is linear in its length."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(tamed(_DOCTYPE_TABLE.sub(r"\1", text, count=1)))


def tamed(text: str) -> str:
    """The text of a page without what makes parsing it slow: tags that stand too deep, and attributes beyond measure.

    Depth is counted by names, which errs where a page closes what is not open; it need only be bounded.
    """
    opened: Counter[str] = Counter()
    depth = {True: 0, False: 0}

    def kept(tag: re.Match[str]) -> str:
        name = (tag["name"] or "").lower()
        if not name:
            return tag[0]
        rest = _few(tag["rest"])
        style = name in _STYLES
        if name in _UNCOUNTED:
            pass
        elif tag["end"]:
            if opened[name]:
                opened[name] -= 1
                depth[style] -= 1
        elif depth[style] >= (DEEPEST_STYLE if style else DEEPEST):
            return "" if style else " "
        else:
            opened[name] += 1
            depth[style] += 1
        return f"<{tag['end']}{name}{rest}{tag['close']}"

    return _TAG.sub(kept, text)


def walk(root: "LexborNode", skip: Callable[["LexborNode"], bool]) -> Iterator[tuple["LexborNode", bool]]:
    """Each node below `root` in order, with True when it begins and False when it ends; texts only begin.

    A node for which `skip` holds is left out with all that is in it.
    """
    node, depth = root.first_child, 1
    while node is not None:
        into = None
        if not skip(node):
            yield node, True
            into = node.first_child if node.is_element_node else None
            if into is None and node.is_element_node:
                yield node, False
        if into is not None:
            node, depth = into, depth + 1
            continue
        while node.next is None:
            parent = node.parent
            depth -= 1
            if depth == 0 or parent is None:
                return
            node = parent
            yield node, False
        node = node.next


def attribute(node: "LexborNode", name: str) -> str:
    """The value of an attribute; empty when there is none."""
    return node.attributes.get(name) or ""


def words(node: "LexborNode") -> str:
    """All text in `node` that a browser would show, on one line."""
    texts = (one.text_content or "" for one, _ in walk(node, lambda one: one.tag in _UNSHOWN) if one.is_text_node)
    return " ".join(" ".join(texts).split())


def _few(attributes: str) -> str:
    if len(attributes) < 2 * MOST_ATTRIBUTES or sum(1 for _ in _ATTRIBUTES.finditer(attributes)) <= MOST_ATTRIBUTES:
        return attributes
    return ""
