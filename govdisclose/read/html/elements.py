"""The elements of HTML, by what they do to the text around them."""

from __future__ import annotations

import re
from typing import Final

_ELEMENTS: Final = {
    "holder": """
        html body div center section article main header footer aside nav form fieldset dl
        tbody thead tfoot td th figure details menu frameset noframes
    """,
    "line": """
        p h1 h2 h3 h4 h5 h6 dt dd caption blockquote address figcaption summary legend
    """,
    "skipped": """
        style noscript template svg math select datalist textarea button xml map audio
        video canvas applet rp rt del s strike
    """,
    "frame": """
        iframe frame embed object
    """,
    "picture": """
        img
    """,
    "list": """
        ol ul
    """,
    "break": """
        br hr
    """,
}
_BY_THEMSELVES: Final = "frame script meta title a table tr li pre"
KINDS: Final = {
    **{tag: kind for kind, tags in _ELEMENTS.items() for tag in tags.split()},
    **{tag: tag for tag in _BY_THEMSELVES.split()},
}
HEADINGS: Final = frozenset(["h1", "h2", "h3"])
FOOTERS: Final = frozenset(["nav", "footer", "aside", "menu"])
MENU: Final = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|copyright|breadcrumbs?|crumbs?|sidebar|friend\w*|b?d?share\w*|toolbar|related|"
    r"login|search\w*|banner|qrcode|ewm|xgxx|yqlj|dqwz|weizhi)(?=$|[\s_-])",
    re.IGNORECASE,
)
TITLE: Final = re.compile(
    r"(?:^|[\s_-])(?:\w{0,12}title|bt|biaoti|tit)(?=$|[\s_-])", re.IGNORECASE
)
OWN_NUMBER: Final = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．:：]|[①-⑳]"
)

COUNT: Final = re.compile(r"\s{0,99}\+?([0-9]{1,9})")


def count_of(value: str | None, most: int) -> int:
    """A count as a browser reads it: what is none is 1."""
    found = COUNT.match(value or "")
    return min(max(1, int(found[1])), most) if found else 1
