"""How to reach the body that reports: address, postcode, telephone, fax, mail, websites, label by label.

Guarantees:

1. A value ends where the next label begins, with or without a separator; a label without a value gives none.
2. A value that holds a lost character (`?`) is not given.
3. Windows are bounded, and so is every pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from govdisclose._metadata.page import (
    DASHES,
    LONG,
    PREAMBLE,
    TAIL_LINES,
    TITLE_LINES,
    WINDOW,
    Found,
    Page,
    lazy,
    name_at,
)
from govdisclose.report import Contact

if TYPE_CHECKING:
    from govdisclose._lines.line import Line

_LABEL: Final = lazy(
    r"[电传邮网互地联办工接受咨负部兼同ETFet](?:"
    r"(?P<both>(?<=电)\s{0,3}话\s?[(/、及和与兼]{1,2}\s?兼?\s?传\s{0,3}真\s?\)?|(?<=传)\s{0,3}真\s?[(/、及和与兼]{1,2}\s?电\s{0,3}话\s?\)?)"
    r"|(?P<same>(?<=兼)传真|(?<=同)传真|(?<=传)真同号)"
    r"|(?P<phone>(?<=电)\s{0,3}话(?:号码)?|(?<=联)系方式|(?<=联)系(?=\s?:\s?\(?[0-9]{3,4})|(?<=[Tt])el)"
    r"|(?P<fax>(?<=传)\s{0,3}真(?:号码|电话)?|(?<=F)ax)"
    r"|(?P<postcode>(?<=邮)\s?政\s?编\s?码|(?<=邮)\s{0,4}编|(?<=邮)码)"
    r"|(?P<email>(?<=电)\s?子\s?(?:邮\s?箱|邮\s?件|信\s?箱)(?:地址)?|(?<=电)邮|(?<=邮)\s{0,3}箱(?:地址)?|(?<=[Ee])-?[Mm]ail(?:地址)?)"
    r"|(?P<site>(?<=网)\s{0,3}址|(?<=网)站地址|(?<=网)站\s?(?=[:(h])|(?<=互)联网地址)"
    r"|(?P<address>(?<=地)\s{0,4}址)"
    r"|(?P<other>(?<=联)\s?系\s?人|(?<=[办工])[公作]时间|(?<=接)待时间|(?<=受)理时间|(?<=咨)询时间|(?<=负)责人|(?<=[部])门(?=:))"
    r")"
)
_MARK: Final = r"[\s:(号码为是]{0,6}"
_DASH_1: Final = rf"\s?[{DASHES}]{{1,2}}\s?"
_PHONE: Final = lazy(
    rf"(?<![0-9?A-Za-z{DASHES}])(?:"
    rf"1[3-9][0-9]{{9}}|[48]00-?[0-9]{{3}}-?[0-9]{{4}}"
    rf"|(?:\(\s?0[0-9]{{2,3}}\s?\)(?:{_DASH_1}|\s?)|0[0-9]{{2,3}}(?:{_DASH_1}|\s?))?[1-9](?:\s?[0-9]){{6,7}}(?:(?:[{DASHES}]|转)[0-9]{{1,5}})?"
    rf"|(?:0[0-9]{{2,3}}{_DASH_1})?12[0-9]{{3}})(?![0-9?A-Za-z@])"
)
_POSTCODE: Final = lazy(rf"{_MARK}(?P<value>[0-9](?: ?[0-9]){{5}})(?! ?[0-9?])")
_EMAIL: Final = lazy(
    r"(?<![A-Za-z0-9._%+?-])(?P<value>[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63}\s?@\s?[A-Za-z0-9-]{1,63}"
    r"(?:\s?(?:\.|。(?=\s?(?:com|cn|net|org|gov|edu)))\s?[A-Za-z0-9-]{1,63}){1,5})(?![?@])"
)
_ADDRESS: Final = lazy(
    r"[\s:(为是]{0,6}(?P<value>[^\s:;。()][^;。()\n]{1,80}(?:\([^()\n]{1,30}\)[^;。()\n]{0,40}){0,2})"
)
_LABEL_HEAD: Final = lazy(
    r"[\s,、:;(/|]{0,4}(?:联系|办公|咨询|单位|值班|受理|服务)?[\s,、:;(/|]{0,4}$"
)  # of the next label
_BARE_ADDRESS: Final = lazy(
    r"联系(?:[:,][^,;。:()\n]{3,30}[,(]|[\s(:,]{1,4})(?P<value>[^,;。:()\n]{4,50}(?:号|楼|室|大厦|层|院))"
)
_BARE_POSTCODE: Final = lazy(r"[\s,、(]\s?(?P<value>[0-9]{6})\s?[)]?$")
_SITE_CHARS: Final = r"[A-Za-z0-9._\-/?=&%#:~+]"
_SITE: Final = lazy(
    rf"(?<![A-Za-z0-9@._/-])(?:[Hh][Tt][Tt][Pp][Ss]?\s?:\s?/\s?/\s?|[Ww]{{3}}\s?\.\s?|(?=[A-Za-z0-9.-]{{1,80}}\.gov\.cn)){_SITE_CHARS}{{3,200}}"
)
_NOT_OURS: Final = ("监督", "举报", "投诉")
_SPEAKS: Final = lazy(r"[与向和][^。\n]{2,50}?联系|联系(?:方式|电话|地址|人)|如[^。\n]{0,12}(?:疑问|问题)|请联系")
_LABELS: Final = ("电话", "电 话", "邮编", "传真", "邮箱", "地址", "地 址", "邮件", "邮政编码", "联系", "mail")

Values: TypeAlias = list[tuple[str, Found]]


def read_contact(page: Page, begin: int, signed_at: int) -> Values:
    """Fields and values of the contact block.

    It stands in the preamble, else in a paragraph of the first or the last part that offers contact.
    """
    shadow = page.shadow
    begin = _report_begins(page, begin)
    end = min(page.front, begin + PREAMBLE, len(shadow))
    values: Values = []
    if begin < end:
        values = _websites(page, begin, end)
        if any(shadow.find(s, begin, end) >= 0 for s in _LABELS):
            values += _labelled(page, begin, end)
    if any(name != "website" for name, _ in values):
        return values
    for start, stop in _offers(page, signed_at):
        block = _labelled(page, start, stop)
        if any(name in {"phone", "email"} for name, _ in block):
            return values + (_websites(page, start, stop) if not values else []) + block
    return values


def _report_begins(page: Page, begin: int) -> int:
    """Where the report speaks first, if it has no title: what stands above is of the page, and so is its address."""
    if begin:
        return begin
    for i in range(min(page.first, TITLE_LINES)):
        line = page.lines[i]
        if line.end - line.start > LONG and page.shadow.find("公开", line.start, line.end) >= 0:
            return line.start
    return begin


def _offers(page: Page, signed_at: int) -> Iterator[tuple[int, int]]:
    """Paragraphs of the first and of the last part that offer contact; the lines of labels below belong to them."""
    lines, shadow = page.lines, page.shadow
    last = range(0)
    low = len(shadow) if signed_at < 0 else signed_at
    indexes: list[int] = []
    for i in range(len(lines) - 1, page.first, -1):
        line = lines[i]
        if line.type == "FURNITURE" and line.kind == "navigation":
            indexes.clear()  # what stands below is the foot of the page
        if line.type in {"TABLE", "FURNITURE"} or line.start >= low:
            continue
        indexes.append(i)
        if line.type == "H1" or len(indexes) == TAIL_LINES:
            break
    last = range(indexes[-1], indexes[0] + 1) if indexes else last
    first_end = page.first
    while first_end < len(lines) and lines[first_end].start < page.second and first_end < page.first + 40:
        first_end += 1
    for part in (range(page.first, first_end), last):
        for i in part:
            line = lines[i]
            if line.type in {"TABLE", "FURNITURE"}:
                continue
            stop = min(line.end, line.start + WINDOW)
            if shadow.find("联系", line.start, stop) < 0 or not _SPEAKS.search(shadow, line.start, stop):
                continue
            j = i + 1
            while j in part and j <= i + 8 and lines[j].end - lines[j].start <= 80 and _starts_label(page, lines[j]):
                stop = lines[j].end
                j += 1
            yield line.start, stop


def _starts_label(page: Page, line: Line) -> bool:
    m = _LABEL.search(page.shadow, line.start, min(line.end, line.start + 8))
    return bool(m and m.lastgroup != "other")


def _labelled(page: Page, start: int, end: int) -> Values:
    """Label by label: a value ends where the next label begins, with or without a separator."""
    shadow = page.shadow
    end = min(end, start + PREAMBLE)
    values: Values = []
    labels = list(_LABEL.finditer(shadow, start, end))
    phones: Values = []
    for k, label in enumerate(labels):
        kind = label.lastgroup
        low, high = label.end(), labels[k + 1].start() if k + 1 < len(labels) else end
        behind = shadow[label.start() - 1 : label.start()]
        if kind == "same" or (behind == "(" and shadow[low : low + 1] == ")"):
            if kind in {"same", "fax"}:  # 电话:1234567(兼传真)
                values += [("fax", value) for _, value in phones]
            phones = []
            continue
        if kind in {"phone", "both", "fax"}:
            if shadow[label.start() - 2 : label.start()] in _NOT_OURS:
                phones = []
                continue
            numbers = list(_phones(page, low, min(high, low + 160)))
            phones = [("phone", n) for n in numbers] if kind != "fax" else []
            values += phones
            if kind != "phone":
                values += [("fax", n) for n in numbers]
        elif kind == "postcode":
            if m := _POSTCODE.match(shadow, low, high):
                values.append(("postcode", Found("".join(m["value"].split()), *m.span("value"))))
        elif kind == "email":
            values += [("email", mail) for mail in _mails(shadow, low, min(high, low + 200))]
        elif kind == "address":
            values += _address(page, low, high)
    if not any(name == "email" for name, _ in values) and shadow.find("@", start, end) >= 0:
        values += [("email", mail) for mail in _mails(shadow, start, end)]
    if not any(name == "address" for name, _ in values) and (m := _BARE_ADDRESS.search(shadow, start, end)):
        place = name_at(page, *m.span("value"))
        if any(c.isdigit() for c in m["value"]) and "?" not in m["value"]:
            values.append(("address", place))
    return values


def _phones(page: Page, start: int, end: int) -> Iterator[Found]:
    """The numbers of one value: the first soon after the label, the next ones close to each other."""
    shadow = page.shadow
    while start < end and shadow[start] in " \t\n:":
        start += 1
    if cut := _STOP.search(shadow, start, end):
        end = cut.start()
    last, near = start, 14
    for m in _PHONE.finditer(shadow, start, end):
        if m.start() - last > near or "?" in shadow[last : m.start()]:
            return
        value = _DASH_RUN.sub("-", _AREA_CODE.sub(r"\1-", "".join(m[0].split())))
        yield Found(value, m.start(), m.end())
        last, near = m.end(), 8


_AREA_CODE: Final = lazy(rf"^\((0[0-9]{{2,3}})\)[{DASHES}]{{0,2}}")
_DASH_RUN: Final = lazy(rf"[{DASHES}]{{1,2}}")
_STOP: Final = lazy(r"[。;\n]")


def _mails(shadow: str, start: int, end: int) -> Iterator[Found]:
    for m in _EMAIL.finditer(shadow, start, end):
        yield Found("".join(m["value"].split()).replace("。", "."), *m.span("value"))


def _address(page: Page, start: int, end: int) -> Values:
    """The address, and a postcode that stands behind it without a label."""
    m = _ADDRESS.match(page.shadow, start, end)
    if m is None:
        return []
    low, high = m.span("value")
    high = low + len(_LABEL_HEAD.sub("", m["value"]))
    values: Values = []
    if code := _BARE_POSTCODE.search(page.shadow, low, high):
        values.append(("postcode", Found(code["value"], *code.span("value"))))
        high = low + len(_LABEL_HEAD.sub("", page.shadow[low : code.start()]))
    value = name_at(page, low, high)
    if len(value.value) < 4 or "?" in value.value or "@" in value.value or value.value[:4].lower() in {"http", "www."}:
        return values
    return [("address", value), *values]


def _websites(page: Page, start: int, end: int) -> Values:
    shadow = page.shadow
    if all(shadow.find(s, start, end) < 0 for s in ("www", "http", ".gov.cn", "WWW", "HTTP")):
        return []
    values: Values = []
    for m in _SITE.finditer(shadow, start, end):
        low, high = m.span()
        if _names_source(shadow, low, high):
            continue
        while high > low and shadow[high - 1] in ".,:?-&=":
            high -= 1
        site = "".join(shadow[low:high].split())
        if "." not in site or ("?" in site and "=" not in site):
            continue
        values.append(("website", Found(site, low, high)))
    return values


def _names_source(shadow: str, low: int, high: int) -> bool:
    """Whether a site stands on the line that says where the page has the text from."""
    before = shadow.rfind("\n", max(0, low - LONG), low)
    if before < 0 and low > LONG:
        return False
    end = shadow.find("\n", high, high + LONG)
    return shadow.find("来源", before + 1, end if end >= 0 else high + LONG) >= 0


def as_contact(values: Iterable[tuple[str, Found]]) -> Contact:
    """The values as the report has them: the first address and postcode, all of the others, each once."""
    by: dict[str, dict[str, None]] = {}
    for name, found in values:
        by.setdefault(name, {})[found.value] = None
    first = {name: next(iter(by[name])) for name in ("address", "postcode") if name in by}
    several = {name: tuple(by[name]) for name in ("phone", "fax", "email", "website") if name in by}
    return Contact(address=first.get("address"), postcode=first.get("postcode"), **several)
