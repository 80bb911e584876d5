"""Pages that contradict themselves: copies on which the place or the site was replaced by another.

A mirror keeps the text of a report and puts another city, or its own domain, in the place of some names. What the text
says is read as it stands; here is only a warning that lists the evidence.

Guarantees:

1. No value is changed, and what is not in `places.toml` proves nothing.
2. Only what the page says of itself is compared: the names of title and issuer, the address, telephones, websites.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Evidence, Metadata
from govdisclose.text import Span, Text

_HEAD: Final = 3000  # characters in which a page names the site it says it is
_AREA: Final = re.compile(r"\(?(0\d{2,3})\)?[-\s]")
# A domain where the name of a place belongs: example.com某镇, 某镇example.com
_DOMAIN_AS_NAME: Final = re.compile(
    r"(?<![A-Za-z0-9_./@-])[a-z0-9-]{2,40}\.(?:com|net|org|cc|vip|top)(?=(?:市|县|区|省|[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|局|委|政府))|(?:19|20)\d\d年)",
    re.IGNORECASE,
)
_DOMAINS: Final = (".com", ".net", ".org", ".cc", ".vip", ".top", ".COM")
# The site of a government, printed with an address that is none of a government
_SITE_OF_GOVERNMENT: Final = re.compile(
    r"(?:人民政府|政府)(?:门户|公众信息|信息公开|官方)?(?:网站|网)[”\"]?\s?[(<]{1,2}\s?(?:https?://)?(?P<host>[A-Za-z0-9.-]{4,80})"
)
_OFFICIAL: Final = re.compile(r"\.(?:gov|edu|org|mil)\.cn$|\.cn$", re.IGNORECASE)


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
    said, zh = "; ".join(sign.what for sign in signs), "；".join(sign.zh for sign in signs)
    return [diagnose("mirror-conflict", said, signs[0].span, text.source, zh)]


@cache
def _areas() -> Mapping[str, str]:
    """Cities, and their area codes."""
    data = tomllib.loads(resources.files("govdisclose._document").joinpath("places.toml").read_text("utf-8"))
    return {city["name"]: city["area"] for city in data["city"]}


@cache
def _city() -> re.Pattern[str]:
    return re.compile(rf"(?:^|省|自治区)(?P<city>{'|'.join(_areas())})市")


def _city_of(name: str | None) -> str | None:
    m = _city().search(name or "")
    return m["city"] if m else None


def _places(metadata: Metadata) -> Iterator[_Sign]:
    """Cities that differ among the names, the address and the telephones."""
    where = {e.field: e for e in metadata.evidence}
    issuer, title = _city_of(metadata.issuer), _city_of(metadata.title)
    city = issuer or title
    if city is None:
        return
    areas = _areas()
    if issuer and title and issuer != title and "issuer" in where:
        yield _Sign(f"issuer in {issuer}, title of {title}", f"机关在{issuer}，标题为{title}", where["issuer"].span)
    address = _city_of(metadata.contact.address)
    if address and address != city and "contact.address" in where:
        yield _Sign(f"{city}, but an address in {address}", f"{city}，而地址在{address}", where["contact.address"].span)
    for phone in (e for e in metadata.evidence if e.field == "contact.phone"):
        code = _code(phone)
        others = [name for name, area in areas.items() if area == code]
        if code and code != areas[city] and others:
            yield _Sign(
                f"{city}, but a telephone of {' or '.join(others)}", f"{city}，而电话属{'或'.join(others)}", phone.span
            )


def _code(phone: Evidence) -> str | None:
    m = _AREA.match("".join(c if c.isalnum() or c in "()" else "-" for c in phone.raw))
    return m[1] if m else None


def _domains(text: Text) -> Iterator[_Sign]:
    """Domains in the place of names, and sites of governments that are none."""
    head = text.shadow[:_HEAD]
    if "." not in head:
        return
    if any(domain in head for domain in _DOMAINS) and (m := _DOMAIN_AS_NAME.search(head)):
        yield _Sign("a domain in place of a name", "以网址代替名称", text.span(*m.span()))
    for m in _SITE_OF_GOVERNMENT.finditer(head) if "www" in head or "http" in head else ():
        host = m["host"].rstrip(".")
        if "." in host and not _OFFICIAL.search(host):
            yield _Sign(f"a government's site at {host}", f"政府网站的网址为{host}", text.span(*m.span("host")))
            return
