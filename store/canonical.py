"""One name for one page: URLs without what only says who links to them. Nothing is fetched."""

import re
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|"
    r"mkt_tok|_hsenc|_hsmi|hs\w*tracking|vero_id|oly_\w+_id|ocid|cmpid|smid|sr_share|guccounter|guce_\w+|ref_src|"
    r"ref_url|at_(?:medium|campaign|link\w*|format|ptr_name|bbc_team)|ns_(?:mchannel|source|campaign|linkname|fee)|"
    r"xtor|wt_mc|wtmc|s_cid|srsltid|_ga|_gl)",
    re.IGNORECASE,
)
"""Parameters that campaigns, newsletters and social networks add; none of them chooses what a page shows."""
_PLACE = re.compile(r"(?:[A-Za-z][\w.-]*)?(?::~:.*)?", re.DOTALL)
"""A fragment that names a place in a page. Others may choose what is shown (`#!/a`, `#/a`), or are what `store.intake`
calls one of several articles in a source (`#7`, or behind `store.article.INNER`)."""
_PORTS = {"http": 80, "https": 443}


def is_web(source: str) -> bool:
    """Whether `source` is the address of a web page."""
    return source.startswith(("http://", "https://"))


def canonical(source: str) -> str:
    """`source` under the one name of its page; a path, or what is no URL that can be read, stays as it is.

    Scheme and host in lower case, `http` as `https`, without default port, user name, the fragment of a place in the
    page, tracking parameters and an empty path's slash. What a server may tell apart stays: the path's case, other
    parameters and their order.

    >>> canonical("HTTP://Example.org:80/a?id=7&utm_source=x#top")
    'https://example.org/a?id=7'
    """
    if not source[:8].lower().startswith(("http://", "https://")):
        return source
    try:
        parts = urlsplit(source)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return source
    if not host:
        return source
    name = f"[{host}]" if ":" in host else host
    where = name if port is None or port == _PORTS[parts.scheme] else f"{name}:{port}"
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    fragment = "" if _PLACE.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit(("https", where, "" if parts.path == "/" else parts.path, "&".join(kept), fragment))
