"""How to reach the body that reports: address, postcode, telephone, fax, mail, websites.

Guarantees:

1. A value ends where the next label begins, with or without a separator; a label without a value
   gives none.
2. A value that holds a lost character (`?`) is not given.
3. Windows are bounded, and so is every pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

from govdisclose._lines.line import FURNITURE, TABLE, Line
from govdisclose._metadata.page import (
    LONG,
    PREAMBLE,
    TAIL_LINES,
    TITLE_LINES,
    WINDOW,
    WORDS,
    Found,
    Page,
    name_at,
    says,
)
from govdisclose.report import Contact

_FIRST_PART: Final = 40  # lines of the first part that may offer contact
_LABEL_LINES: Final = 8  # lines of labels below such a paragraph
_LABEL_LINE: Final = 80  # characters of one
_NUMBERS: Final = 160  # characters behind a label that hold its numbers
_MAILS: Final = 200
_FIRST_NUMBER: Final = 14  # characters between a label and its first number,
_NEXT_NUMBER: Final = 8  # and between one number and the next

Values: TypeAlias = list[tuple[str, Found]]


def read_contact(page: Page, begin: int, signed_at: int) -> Values:
    """Fields and values of the contact block.

    It stands in the preamble, else in a paragraph of the first or the last part that offers it.
    """
    begin = _report_begins(page, begin)
    end = min(page.front, begin + PREAMBLE, len(page.shadow))
    values: Values = []
    if begin < end:
        values = _websites(page, begin, end)
        if says(page, "contact_words", begin, end):
            values += _labelled(page, begin, end)
    if any(name != "website" for name, _ in values):
        return values
    for start, stop in _offers(page, signed_at):
        block = _labelled(page, start, stop)
        if any(name in {"phone", "email"} for name, _ in block):
            return (values or _websites(page, start, stop)) + block
    return values


def as_contact(values: Iterable[tuple[str, Found]]) -> Contact:
    """The values as the report has them: the first address and postcode, all others, each once."""
    by: dict[str, dict[str, None]] = {}
    for name, found in values:
        by.setdefault(name, {})[found.value] = None
    first = {
        name: next(iter(by[name])) for name in ("address", "postcode") if name in by
    }
    lists = ("phone", "fax", "email", "website")
    several = {name: tuple(by[name]) for name in lists if name in by}
    return Contact(
        address=first.get("address"), postcode=first.get("postcode"), **several
    )


# --- where contact is offered


def _report_begins(page: Page, begin: int) -> int:
    """Where the report speaks first, if it has no title: what stands above is of the page."""
    if begin:
        return begin
    for i in range(min(page.first, TITLE_LINES)):
        line = page.lines[i]
        if page.size(i) > LONG and page.shadow.find("公开", line.start, line.end) >= 0:
            return line.start
    return begin


def _offers(page: Page, signed_at: int) -> Iterator[tuple[int, int]]:
    """Paragraphs of the first and of the last part that offer contact, with the labels below."""
    for part in (_first_part(page), _last_part(page, signed_at)):
        for i in part:
            line = page.lines[i]
            stop = min(line.end, line.start + WINDOW)
            if (
                line.type in {TABLE, FURNITURE}
                or page.shadow.find("联系", line.start, stop) < 0
            ):
                continue
            if WORDS["speaks"].search(page.shadow, line.start, stop):
                yield line.start, _end_of_labels(page, part, i, stop)


def _first_part(page: Page) -> range:
    end = page.first
    most = min(len(page.lines), page.first + _FIRST_PART)
    while end < most and page.lines[end].start < page.second:
        end += 1
    return range(page.first, end)


def _last_part(page: Page, signed_at: int) -> range:
    """The lines from the last heading of level 1 to the signature, without the foot of the page."""
    low = len(page.shadow) if signed_at < 0 else signed_at
    indexes: list[int] = []
    for i in range(len(page.lines) - 1, page.first, -1):
        line = page.lines[i]
        if line.type == FURNITURE and line.kind == "navigation":
            indexes.clear()  # what stands below is the foot of the page
        if line.type in {TABLE, FURNITURE} or line.start >= low:
            continue
        indexes.append(i)
        if line.type == "H1" or len(indexes) == TAIL_LINES:
            break
    return range(indexes[-1], indexes[0] + 1) if indexes else range(0)


def _end_of_labels(page: Page, part: range, i: int, stop: int) -> int:
    """Where the lines of labels below line `i` end."""
    for j in range(i + 1, i + 1 + _LABEL_LINES):
        if (
            j not in part
            or page.size(j) > _LABEL_LINE
            or not _starts_label(page, page.lines[j])
        ):
            break
        stop = page.lines[j].end
    return stop


def _starts_label(page: Page, line: Line) -> bool:
    end = min(line.end, line.start + 8)
    m = WORDS["contact_label"].search(page.shadow, line.start, end)
    return bool(m and m.lastgroup != "other")


# --- label by label


class _Label(NamedTuple):
    """A label: what it is for, where it begins, and the range of its value."""

    kind: str
    start: int
    low: int
    high: int


def _labels(shadow: str, start: int, end: int) -> Iterator[_Label]:
    found = list(WORDS["contact_label"].finditer(shadow, start, end))
    ends = [m.start() for m in found[1:]] + [end]
    for m, high in zip(found, ends, strict=False):
        yield _Label(m.lastgroup or "", m.start(), m.end(), high)


def _labelled(page: Page, start: int, end: int) -> Values:
    end = min(end, start + PREAMBLE)
    values: Values = []
    phones: Values = []  # of the label before, which 兼传真 speaks of
    for label in _labels(page.shadow, start, end):
        if _of_the_label_before(page.shadow, label):
            if label.kind in {"same", "fax"}:  # 电话:1234567(兼传真)
                values += [("fax", phone) for _, phone in phones]
            phones = []
            continue
        found = _value(page, label)
        if label.kind in {"phone", "both", "fax"}:
            phones = [pair for pair in found if pair[0] == "phone"]
        values += found
    return values + _unlabelled(page, start, end, {name for name, _ in values})


def _of_the_label_before(shadow: str, label: _Label) -> bool:
    in_brackets = shadow[label.start - 1 : label.start] == "(" and shadow.startswith(
        ")", label.low
    )
    return label.kind == "same" or in_brackets


def _value(page: Page, label: _Label) -> Values:
    """What stands behind a label."""
    kind, low, high = label.kind, label.low, label.high
    if kind in {"phone", "both", "fax"}:
        return _numbers(page, label)
    if kind == "postcode" and (m := WORDS["postcode"].match(page.shadow, low, high)):
        return [("postcode", Found("".join(m["value"].split()), *m.span("value")))]
    if kind == "email":
        return list(_mails(page.shadow, low, min(high, low + _MAILS)))
    return _address(page, low, high) if kind == "address" else []


def _numbers(page: Page, label: _Label) -> Values:
    if page.shadow[label.start - 2 : label.start] in WORDS.words("not_ours"):
        return []
    numbers = list(_phones(page, label.low, min(label.high, label.low + _NUMBERS)))
    phones = [("phone", n) for n in numbers if label.kind != "fax"]
    return phones + [("fax", n) for n in numbers if label.kind != "phone"]


def _unlabelled(page: Page, start: int, end: int, found: set[str]) -> Values:
    """A mail without a label, and an address behind 联系."""
    values: Values = []
    if "email" not in found and page.shadow.find("@", start, end) >= 0:
        values += _mails(page.shadow, start, end)
    m = (
        None
        if "address" in found
        else WORDS["bare_address"].search(page.shadow, start, end)
    )
    if m and any(c.isdigit() for c in m["value"]) and "?" not in m["value"]:
        values.append(("address", name_at(page, *m.span("value"))))
    return values


# --- shapes of values


def _phones(page: Page, start: int, end: int) -> Iterator[Found]:
    """The numbers of one value: the first soon after the label, the next ones close together."""
    while start < end and page.shadow[start] in " \t\n:":
        start += 1
    if stop := WORDS["stop"].search(page.shadow, start, end):
        end = stop.start()
    last, near = start, _FIRST_NUMBER
    for m in WORDS["phone"].finditer(page.shadow, start, end):
        if m.start() - last > near or "?" in page.shadow[last : m.start()]:
            return
        yield Found(_as_number(m[0]), m.start(), m.end())
        last, near = m.end(), _NEXT_NUMBER


def _as_number(printed: str) -> str:
    """(0578)1234567 as 0578-1234567, whatever the dash."""
    with_dash = WORDS["area_code"].sub(r"\1-", "".join(printed.split()))
    return WORDS["dash_run"].sub("-", with_dash)


def _mails(shadow: str, start: int, end: int) -> Iterator[tuple[str, Found]]:
    for m in WORDS["email"].finditer(shadow, start, end):
        mail = "".join(m["value"].split()).replace("。", ".")
        yield "email", Found(mail, *m.span("value"))


def _address(page: Page, start: int, end: int) -> Values:
    """The address, and a postcode that stands behind it without a label."""
    m = WORDS["address"].match(page.shadow, start, end)
    if m is None:
        return []
    low = m.start("value")
    high = low + len(WORDS["label_head"].sub("", m["value"]))
    values: Values = []
    if code := WORDS["bare_postcode"].search(page.shadow, low, high):
        values.append(("postcode", Found(code["value"], *code.span("value"))))
        high = low + len(WORDS["label_head"].sub("", page.shadow[low : code.start()]))
    value = name_at(page, low, high)
    return [("address", value), *values] if _is_address(value.value) else values


def _is_address(value: str) -> bool:
    if len(value) < 4 or "?" in value or "@" in value:
        return False
    return value[:4].lower() not in {"http", "www."}


def _websites(page: Page, start: int, end: int) -> Values:
    if not says(page, "site_marks", start, end):
        return []
    sites = WORDS["site"].finditer(page.shadow, start, end)
    return [("website", site) for m in sites if (site := _site(page.shadow, m))]


def _site(shadow: str, m: re.Match[str]) -> Found | None:
    low, high = m.span()
    if _names_source(shadow, low, high):
        return None
    high = low + len(m[0].rstrip(".,:?-&="))
    site = "".join(shadow[low:high].split())
    if "." not in site or ("?" in site and "=" not in site):
        return None
    return Found(site, low, high)


def _names_source(shadow: str, low: int, high: int) -> bool:
    """Whether a site stands on the line that says where the page has the text from, or alone."""
    before = shadow.rfind("\n", max(0, low - LONG), low)
    if before < 0 and low > LONG:
        return False
    end = shadow.find("\n", high, high + LONG)
    stop = end if end >= 0 else min(high + LONG, len(shadow))
    if any(
        shadow.find(word, before + 1, stop) >= 0 for word in WORDS.words("source_words")
    ):
        return True
    return WORDS["own_address"].fullmatch(shadow[before + 1 : stop].strip()) is not None
