"""Pages that contradict themselves: copies on which the place or the site was replaced by another.

A mirror keeps the text of a report and puts another city, or its own domain, in the place of some
names. What the text says is read as it stands; here is only a warning that lists the evidence.

Guarantees:

1. No value is changed, and what is not in `places.toml` proves nothing.
2. Only what the page says of itself is compared: the names of title and issuer, the address,
   telephones, websites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from govdisclose._document.words import WORDS, rows
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Evidence, Metadata
from govdisclose.text import Span, Text

_HEAD: Final = 3000  # characters in which a page names the site it says it is


class _Sign(NamedTuple):
    """One contradiction, in words, and where it stands in the source."""

    what: str
    zh: str
    span: Span


def contradictions(text: Text, metadata: Metadata) -> list[Diagnostic]:
    """One warning that lists what on the page contradicts what; none where nothing does."""
    signs = [*_places(metadata), *_domains(text)]
    if not signs:
        return []
    said, zh = (
        "; ".join(sign.what for sign in signs),
        "；".join(sign.zh for sign in signs),
    )
    return [diagnose("mirror-conflict", said, signs[0].span, text.source, zh)]


@cache
def _areas() -> Mapping[str, str]:
    """Cities, and their area codes."""
    return {city["name"]: city["area"] for city in rows("places.toml", "city")}


@cache
def _city() -> re.Pattern[str]:
    return re.compile(rf"(?:^|省|自治区)(?P<city>{'|'.join(_areas())})市")


def _city_of(name: str | None) -> str | None:
    m = _city().search(name or "")
    return m["city"] if m else None


def _places(metadata: Metadata) -> Iterator[_Sign]:
    """Cities that differ among the names, the address and the telephones."""
    issuer, title = _city_of(metadata.issuer), _city_of(metadata.title)
    city = issuer or title
    if city is None:
        return
    address = _city_of(metadata.contact.address)
    for found in metadata.evidence:
        if found.field == "issuer" and title not in {None, city}:
            said = f"issuer in {city}, title of {title}", f"机关在{city}，标题为{title}"
            yield _Sign(*said, found.span)
        elif found.field == "contact.address" and address not in {None, city}:
            said = f"{city}, but an address in {address}", f"{city}，而地址在{address}"
            yield _Sign(*said, found.span)
        elif found.field == "contact.phone" and (others := _other_cities(found, city)):
            english = f"{city}, but a telephone of {' or '.join(others)}"
            yield _Sign(english, f"{city}，而电话属{'或'.join(others)}", found.span)


def _other_cities(phone: Evidence, city: str) -> list[str]:
    """The cities that a telephone may be of, where it is not of this one."""
    m = WORDS["area"].match(
        "".join(c if c.isalnum() or c in "()" else "-" for c in phone.raw)
    )
    if m is None or m[1] == _areas()[city]:
        return []
    return [name for name, area in _areas().items() if area == m[1]]


def _domains(text: Text) -> Iterator[_Sign]:
    """Domains in the place of names, and sites of governments that are none."""
    head = text.shadow[:_HEAD]
    domains = any(domain in head for domain in WORDS.words("domains"))
    if domains and (m := WORDS["domain_as_name"].search(head)):
        yield _Sign(
            "a domain in place of a name", "以网址代替名称", text.span(*m.span())
        )
    if "www" not in head and "http" not in head:
        return
    for m in WORDS["site_of_government"].finditer(head):
        host = m["host"].rstrip(".")
        if "." in host and not WORDS["official"].search(host):
            said = f"a government's site at {host}", f"政府网站的网址为{host}"
            yield _Sign(*said, text.span(*m.span("host")))
            return
