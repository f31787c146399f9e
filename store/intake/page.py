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
DEEPEST_STYLE = 16
"""The same for bold, fonts and links, which the rules open again in every following block."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_STYLES = tags("a b big code em font i nobr s small strike strong tt u")
_UNCOUNTED = tags(
    "p li dt dd tr td th thead tbody tfoot colgroup option optgroup html head body "
    "area base br col embed hr img input link meta param source track wbr"
)
"""Elements whose end is implied by the next one, and those that hold nothing."""


def parse(text: str) -> "LexborHTMLParser":
    """The tree of a page, whatever is wrong with it, in time that is linear in its length."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(_flattened(text))


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
    """All text in `node` on one line."""
    return " ".join(node.text(separator=" ").split())


def _flattened(text: str) -> str:
    """`text` with the tags of elements that stand too deep made into empty ones.

    The count is by names and errs where a page closes what it has not opened; it need only bound the depth.
    """
    if text.count("<") <= DEEPEST_STYLE:
        return text
    opened: Counter[str] = Counter()
    total = styles = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal total, styles
        name = tag[2].lower()
        if name in _UNCOUNTED:
            return tag[0]
        styled = name in _STYLES
        if tag[1]:
            if opened[name]:
                opened[name] -= 1
                styles, total = (styles - 1, total) if styled else (styles, total - 1)
            return tag[0]
        if styles >= DEEPEST_STYLE if styled else total >= DEEPEST:
            return "<wbr" if styled else "<hr"
        opened[name] += 1
        styles, total = (styles + 1, total) if styled else (styles, total + 1)
        return tag[0]

    return _TAG.sub(kept, text)
