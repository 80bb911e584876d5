"""Who reports, on what year, and when: title, issuer, period, dates, header and contact, each with its place.

Guarantees:

1. Nothing is assumed: what the text does not say is None. A value that holds a lost character (`?`) is not given.
2. Each value has an `Evidence`, whose `raw` is what stands in the source at its `span`.
3. Only the head (up to `HEAD` characters, as a rule to the third section) and the tail (the last `TAIL_LINES` lines
   outside tables) are searched with patterns; every pattern is bounded. The rest of the text is only passed over.

The order of the search is the order of the page: header, title, preamble, first sections, signature.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from attrs import evolve, frozen

from govdisclose._lexicon.numeral import DATE, read_chinese, read_date
from govdisclose._lines.line import FURNITURE, PROSE, SIGNED, TABLE, TITLE, Line
from govdisclose._lines.shape import ATTACHMENTS
from govdisclose._metadata.contact import as_contact, read_contact
from govdisclose._metadata.page import (
    DASHES,
    GAP,
    HAN,
    HEAD,
    LONG,
    PREAMBLE,
    TAIL_LINES,
    TITLE_LINES,
    WINDOW,
    YEAR,
    Dated,
    Found,
    Page,
    find_page,
    lazy,
    name_at,
    shown,
)
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Evidence, Metadata, Period
from govdisclose.text import Text

_HEADER: Final = 1500  # characters of page header before and after the title


@frozen
class _Title:
    """The title, the lines that it takes up, the name and the year (as digits) that it holds."""

    shown: Found
    lines: tuple[int, ...]
    name: Found | None
    year: Found | None


def read_metadata(text: Text, lines: Sequence[Line]) -> tuple[tuple[Metadata, list[Line]], list[Diagnostic]]:
    r"""The metadata of a report and its lines, and what is wrong with it.

    `lines` are the lines of `text` in order. They come back with those marked that make up the title (also where it is
    printed twice), the organ and the date of a signature, and the furniture of the page above the title. Raises nothing
    on any text.

    The rules are those of the field: the title may have a short name, the full one stands in the signature or the
    preamble; a date on the cover is not the year reported on; a period is read only where the text speaks of one.

    >>> from govdisclose._lines.shape import shape_lines, split_lines
    >>> from govdisclose.text import Source, Text
    >>> text = Text(Source("丙市粮食局2016年政府信息公开年度报告\n一、概述\n丙市粮食局\n2017年1月9日"))
    >>> lines = shape_lines(text.shadow, split_lines(text.shadow))
    >>> (metadata, lines), faults = read_metadata(text, lines)
    >>> metadata.issuer, metadata.year, metadata.period, metadata.signed.isoformat()
    ('丙市粮食局', 2016, None, '2017-01-09')
    >>> [line.type for line in lines]
    ['TITLE', 'H1', 'SIGNED', 'SIGNED']
    """
    notice, lines = _release_notice(text.shadow, lines)
    page = find_page(text, lines)
    title, copies = _title(page)
    page = evolve(page, lines=_mark_furniture(page, title, copies))
    begin = title.shown.end if title else 0
    signature = _signature(page, title.lines[-1] if title and title.lines else -1)
    title_year = int(title.year.value) if title and title.year else None
    period = _period(page, begin, title_year)
    header = _header(page, title, notice)
    preamble = _preamble(page, begin)
    issuer = _issuer(page, title, signature, header, preamble)
    year = title.year if title and title.year else _year(page, period, preamble)
    published = header.published or (_under_title(page, title) if title and not signature.date else None)
    contact = read_contact(page, begin, signature.start)
    found: list[tuple[str, Found | Dated | None]] = [
        ("title", title.shown if title else None),
        ("issuer", issuer),
        ("year", year),
        ("period", period[1] if period else None),
        ("published", published),
        ("signed", signature.date),
        ("index_number", header.index),
        ("document_number", header.document),
        *((f"contact.{name}", value) for name, value in contact),
    ]
    metadata = Metadata(
        title=title.shown.value if title else None,
        issuer=issuer.value if issuer else None,
        year=int(year.value) if year else None,
        period=period[0] if period else None,
        published=published.value if published else None,
        signed=signature.date.value if signature.date else None,
        index_number=header.index.value if header.index else None,
        document_number=header.document.value if header.document else None,
        contact=as_contact(contact),
        evidence=tuple(_evidence(text, name, value) for name, value in found if value),
    )
    faults = []
    if title_year and period and not period[0].start.year <= title_year <= period[0].end.year:
        detail = f"{title_year} in the title, {period[0].start} to {period[0].end} as the period"
        zh = f"标题为{title_year}年，统计期限为{period[0].start}至{period[0].end}"
        faults.append(diagnose("year-conflict", detail, text.span(period[1].start, period[1].end), text.source, zh))
    return (metadata, _mark_taken(page.lines, copies, signature.lines)), faults


def _mark_taken(lines: Sequence[Line], titles: frozenset[int], signed: frozenset[int]) -> list[Line]:
    """The lines, with those of the title and of the signature marked. A heading stays one."""
    out = list(lines)
    for name, taken in ((SIGNED, signed), (TITLE, titles)):
        for i in taken:
            if out[i].type == PROSE:
                out[i] = out[i].as_type(name)
    return out


def _evidence(text: Text, name: str, value: Found | Dated) -> Evidence:
    span = text.span(value.start, value.end)
    return Evidence(name, text.source.text[span.start : span.end], span, text.source)


# --- shown text and names


def _part(page: Page, name: Found, size: int) -> Found:
    """The first `size` characters of a name, blanks not counted."""
    at, left = name.start, size
    while at < name.end and left:
        left -= not page.string[at].isspace()
        at += 1
    return Found(name.value[:size], name.start, at)


_ORGAN: Final = lazy(
    r"(?:局|委|厅|部|院|署|政府|办公室|办公厅|办|办事处|中心|会|队|处|所|站|社|公司|集团|学校|大学|中学|小学|馆|银行|海关|联|系统)$"
)
_PLACE: Final = lazy(r"(?:省|市|县|区|州|盟|旗|镇|乡|街道|苏木)$")
_GOVERNS: Final = lazy(r"政府|办事处|委员会|管委会|办公室")

# Names that only mean something to those who work there. 市中区, 市南区, 镇江 and the like are places.
_RELATIVE: Final = lazy(
    r"[我各该其此度年]|本(?!溪)|全(?![州椒南]|国人大)|贵(?![州阳溪港池定德南安])|上级|有关|相关|办公厅|省|市(?![中南北]区)|县|区|州(?!市)|旗|[局委厅]|镇(?![江海平康宁雄沅原巴坪安赉远])|乡(?!宁)|街道|政府|机关|单位|办公室"
)
_NOT_A_NAME: Final = lazy(
    r"要求|规定|条例|通知|报告|年报|精神|按照|根据|依据|概述|情况|以下|如下|工作(?![委办室站局])|公民|法人|向社会"
)

_OPENNESS: Final = lazy(r"(?:(?<!人民)政府信息|政务信息|信息|政务|政府)(?:与政务|和政务)?公开")
# 甲市财政局办公室 acts for 甲市财政局. The office of a government is a body, and so are the few below.
_OFFICE: Final = lazy(r"(?P<body>.{2,40}(?:局|委员会|厅|委|院|中心|队|站|公司))[^局]{0,6}(?:办公室|[科股])$")
_TOWN_OFFICE: Final = lazy(
    r"(?P<body>.{2,40}(?:人民政府|办事处|管委会|管理委员会))(?:党政|综合|党政综合|行政|政务)[^局]{0,6}(?:办公室|办)$"
    r"|(?P<town>.{2,20}(?:镇|乡|街道|苏木|开发区|高新区|园区|示范区|度假区))(?:(?:党政|党政综合|综合)办(?:公室)?|办公室)$"
    r"|(?P<ministry>.{2,20}(?:总署|总局|部|委员会|委))办公厅$"
    r"|(?P<office>.{4,40}办公室)(?:综合|秘书|文秘|行政|信息|政务)[^局]{0,4}[科处股]$"
)
_TOWN: Final = lazy(r"(?:镇|乡|街道|苏木|开发区|高新区|园区|示范区|度假区)$")
# 甲州局(本级机关) reports for itself, not for those below it; the name is the same.
_ITSELF: Final = lazy(r"(?:\((?:[局厅部委署]?(?:本级|本部|机关|本级机关|本机关))\)|(?<=海关)关区)$")
_OFFICE_IS_BODY: Final = lazy(
    r"(?:机构编制委员会|爱国卫生运动委员会|绿化委员会|[省市县区州旗工]委|党委)[^局]{0,2}办公室$"
)


def _body_of(page: Page, name: Found) -> Found | None:
    """The body that an inner office belongs to, or the name itself; None for what is no body, or only relative."""
    value = name.value
    if m := _OPENNESS.search(value):
        value = value[: m.start()]
    if m := _TOWN_OFFICE.match(value) or (None if _OFFICE_IS_BODY.search(value) else _OFFICE.match(value)):
        value = m[m.lastgroup or 0]
    if m := _ITSELF.search(value):
        value = value[: m.start()]
    if len(value) < 3 or not (_ORGAN.search(value) or _TOWN.search(value)):
        return None
    if _RELATIVE.match(value) or _NOT_A_NAME.search(value) or (len(value) == 3 and value[-1] == "局"):
        return None  # 公安局: of what place?
    return name if value == name.value else _part(page, name, len(value))


def _within(short: str, full: str) -> bool:
    """Whether the characters of `short` occur in `full` in this order: 甲市经信委 in 甲市经济和信息化委员会."""
    rest = iter(full)
    return all(c in rest for c in short)


# --- title

_TITLE: Final = lazy(
    r"(?:(?:[-•·*]\s{0,4})?(?:(?:(?:信息|中文)?名\s{0,4}称?|标\s{0,4}题)\s{0,2}[:|]\s{0,4}\|?\s{0,4}|标\s{0,4}题\s{1,6}))?"
    r"(?!(?:根据|按照|依据|依照|本报告|本年报|本年度报告|现将|现公布|附件|附表|附:|来源|索引|为了|当前位置|由))"
    r"(?P<shown>[^。;|>\n]{0,45}?(?:信息|政务|资讯|事务)[与和]?(?:政务)?公开[^。;|>\n]{0,20}?(?:报告|年报|总结|工作情况)"
    r"(?P<after>(?:》|\(?[^。;|>:\n)]{0,12}\)|的?(?:通知|公告|通告|公示|函|报告|公布)|[^\s。;|>:\n_-]{0,8}){0,2}))"
    r"(?:\s{0,4}[-_|][^。;\n]{0,40}|\s{1,40}(?:\[|【|\(|来源|信息来源|发布|时间|日期|字体|作者|浏览)[^。\n]{0,80})?"
)
_GLUED: Final = lazy(
    r"(?P<shown>[^\s。;,:|>]{0,45}?(?:信息|资讯|政务)公开[^\s。;,:|>]{0,20}?(?:报告|年报|总结))(?=\s|根据|按照|依据|本报告|引言|前言|一、)"
)
# The same behind furniture or a notice that stands on the same line: name, year and what it is, with a boundary before.
_INSIDE: Final = lazy(
    r"(?:(?<=[\s。:])|(?<=关闭)|(?<=打印)|(?<=次数:\d)|(?<=次数:\d\d)|(?<=次数:\d\d\d))"
    rf"(?:关闭|打印|注册|登录)?(?P<shown>{HAN}{{3,30}}{YEAR}年?度?[^\s。;,:|>《》]{{0,10}}(?:信息|资讯|政务)公开[^\s。;,:|>《》]{{0,12}}(?:报告|年报|总结))"
    r"(?=\s|根据|按照|依据|本报告|引言|前言|一、)"
)
_INSIDE_REACH: Final = 400
_ONE_LINE_LINES: Final = 3  # of the first lines
_ONE_LINE: Final = 150  # characters of a line that may hold more than the title
_NO_TITLE: Final = lazy(r"统计表|指南|目录|制度|办法|规定|解读|图解|格式|模板|情况表|编制说明|查看|下载|更多|专栏")
_REPORTS: Final = lazy(r"报告|年报|总结")
_NOTICE: Final = lazy(r"的?(?:通知|函)\)?$")
_ANNOUNCEMENT: Final = lazy(r"的?(?:公告|通告|公示)$")
_TITLE_END: Final = lazy(
    r"\s{0,4}(?:政府信息公开|信息公开|政务公开|公开)?(?:工作)?(?:年度)?(?:工作)?(?:报告|年报|总结)(?:\(.{1,12}\))?"
)
_BROKEN_OFF: Final = lazy(
    rf"(?:{HAN}|\s){{0,30}}{YEAR}\s?年度?(?:{HAN}|\s){{2,30}}(?<![报公])"
)  # 2013年甲局政府 / 信息公开年报
_TITLE_YEAR: Final = lazy(rf"\s{{0,4}}\(?\s?{YEAR}\s?年?度?\s?\)?")
_RUN_OF_YEARS: Final = rf"\s?[{DASHES}~至]\s?{YEAR}\s?学?"  # 2012-2013学年
_IN_TITLE: Final = lazy(
    rf"(?:[【\[(《][^】\])》]{{0,12}}[】\])]|《)?(?:关于)?(?:印发|公布|发布|公开)?(?:\(?{YEAR}(?:{_RUN_OF_YEARS})?年?度?\)?)?"
    rf"(?P<name>{HAN}(?:{HAN}|[()·]){{1,38}}?)(?:关于)?(?:印发|发布|公布|公开|做好|报送|编制)?[(〔【\[]?"
    rf"(?={YEAR}|年度|年报|依申请|(?<!人民)政府信息|(?<!人民)政府资讯|政务|信息公开|信息与|资讯公开)"
)
# 甲部办公厅关于2017年甲部政府信息公开工作年度报告的公告: whose report it is stands behind 关于
_INNER_NAME: Final = lazy(
    rf"{HAN}{{2,30}}办公[室厅]关于(?:印发|公布|发布|公开|做好|报送|编制)?《?(?:{YEAR}年?度?)?(?P<name>{HAN}(?:{HAN}|[()·]){{1,38}}?)"
    rf"(?={YEAR}|年度|依申请|(?<!人民)政府信息|政务|信息公开)"
)
_NO_ONE: Final = lazy(
    r"年度|关于|政府|工作|信息|主动|(?:依申请)?|(?:依申请)?(?:政府|政务)?(?:信息|政务)?公开(?:工作|专栏|目录)?"
)
_ORGAN_YEAR: Final = lazy(
    rf"\s{{0,4}}(?P<name>(?:{HAN}|\s){{3,40}}?)\s{{0,4}}{YEAR}(?:{_RUN_OF_YEARS})?\s?年度?\s{{0,4}}"
)
_TWO_YEARS: Final = lazy(rf"{YEAR}\s?年?度?\s?[{DASHES}~至、和]\s?{YEAR}")
_YEARS: Final = lazy(YEAR)


_NOTICE_LINES: Final = 40
_NOTICE_MOST: Final = 200  # lines of a notice before the report that it sends


def _release_notice(shadow: str, lines: Sequence[Line]) -> tuple[int | None, Sequence[Line]]:
    """Where the title of a notice stands that sends a report, if one does; and the lines: what it says heads no parts.

    The report starts at the title behind it, so the numbered paragraphs of the notice become prose.
    """
    notice = None
    for i, line in enumerate(lines[: _NOTICE_LINES + _NOTICE_MOST]):
        if line.type == TABLE or line.end - line.start > 2 * LONG or shadow.find("公开", line.start, line.end) < 0:
            continue
        if notice is None and i >= _NOTICE_LINES:
            return None, lines
        if not (m := _TITLE.fullmatch(shadow, line.start, line.end)):
            continue
        if _NOTICE.search(shadow, m.start("shown"), m.end("shown")):
            notice = i if notice is None else notice
        elif notice is not None and line.type == PROSE:
            said = (x.as_type(PROSE) if x.is_heading else x for x in lines[notice + 1 : i])
            return notice, [*lines[: notice + 1], *said, *lines[i:]]
        elif notice is None:
            return None, lines  # the report's own title comes first
    return None, lines


def _title(page: Page) -> tuple[_Title | None, frozenset[int]]:
    """The report's own title, and the lines of all titles.

    Several lines may look like one (the page's and the article's, a notice that sends the report): what names the
    issuer and the year wins over what does not, any title over the title of a notice, the first over the later.
    """
    best: _Title | None = None
    best_score = -9
    taken: set[int] = set()
    for i in range(min(page.first, TITLE_LINES)):
        line = page.lines[i]
        reach = LONG if i >= _ONE_LINE_LINES or line.end - line.start <= _ONE_LINE else _INSIDE_REACH
        if i in taken or page.shadow.endswith(ATTACHMENTS, line.start, line.end):
            continue
        if page.shadow.find("公开", line.start, min(line.end, line.start + reach)) < 0:
            continue
        title = _title_at(page, i)
        if title is None:
            continue
        value = title.shown.value
        notice = bool(_NOTICE.search(value))
        dated = bool(title.year or _TWO_YEARS.search(value))
        known = title.name is not None and _body_of(page, title.name) is not None  # 水务局 alone is of no known place
        score = 2 * bool(title.name) + dated + known - 3 * notice - bool(_ANNOUNCEMENT.search(value))
        if not _REPORTS.search(value) and not (title.name and dated):
            continue  # 工作情况, of no body or no year, heads a part
        if not title.name and not dated and not notice:
            continue  # 政府信息公开年报 alone is an entry of the menu
        taken.update(title.lines)
        if score > best_score:
            best, best_score = title, score
    if best and best.lines:
        taken |= _cover(page, best, taken)
    return best, frozenset(taken)


def _title_at(page: Page, i: int) -> _Title | None:
    """The title that line `i` holds, with the lines around it that belong to it."""
    shadow = page.shadow
    where = _title_range(page, i)
    if where is None:
        return None
    start, end, own = where
    if end - start > 2 * LONG or _NO_TITLE.search(shadow, start, end):
        return None
    if shadow[start] == "《" and shadow[end - 1] == "》":
        start, end = start + 1, end - 1
    name, year = _in_title(page, start, end)
    # the organ above, on a line of its own; the year above or below
    while own and own[0] and len(own) < 4 and not (name and year):
        line = page.lines[own[0] - 1]
        if line.type == TABLE or line.end - line.start > 40:
            break
        if name is None and (organ := _alone(page, line.start, line.end)):
            name = organ
        elif name is year is None and (m := _ORGAN_YEAR.fullmatch(shadow, line.start, line.end)):
            name, year = name_at(page, *m.span("name")), _year_of(page, line.start, line.end)
        elif year is None and _TITLE_YEAR.fullmatch(shadow, line.start, line.end):
            year = _year_of(page, line.start, line.end)
        elif name is year is None and _BROKEN_OFF.fullmatch(shadow, line.start, line.end):
            name, year = _in_title(page, line.start, end)
        else:
            break
        own.insert(0, own[0] - 1)
        start = line.start
    if own and year is None and own[-1] + 1 < page.first:
        line = page.lines[own[-1] + 1]
        if line.end - line.start <= 16 and _TITLE_YEAR.fullmatch(shadow, line.start, line.end):
            year = _year_of(page, line.start, line.end)
            own.append(own[-1] + 1)
            end = line.end
    return _Title(shown(page, start, end), tuple(own), name, year)


def _title_range(page: Page, i: int) -> tuple[int, int, list[int]] | None:
    """The range of a title that begins on line `i`, and its lines: none where the text runs on behind it."""
    line = page.lines[i]
    start, end = line.start, line.end
    if line.type == TABLE:
        return None
    if end - start <= 2 * LONG and (m := _TITLE.fullmatch(page.shadow, start, end)):
        return m.start("shown"), m.end("shown"), [i]
    if end - start <= LONG and i + 1 < page.first:
        below = page.lines[i + 1]  # the title breaks off, and ends on the next line
        if (
            below.end - below.start <= 30
            and _TITLE_END.fullmatch(page.shadow, below.start, below.end)
            and _TITLE.fullmatch(page.shadow[start:end] + page.shadow[below.start : below.end])
        ):
            return start, below.end, [i, i + 1]
    m = _GLUED.match(page.shadow, start, end)
    if m and m["shown"].startswith("《"):
        return None  # a title that is spoken of, and broken off
    if m and m.end() - start <= LONG:
        return start, m.end(), []
    if i >= _ONE_LINE_LINES or end - start <= LONG:
        return None
    if end - start > _ONE_LINE and (m := _INSIDE.search(page.shadow, start, min(end, start + _INSIDE_REACH))):
        return m.start("shown"), m.end("shown"), []
    return _wide_title(page.shadow, start, end)


def _wide_title(shadow: str, start: int, end: int) -> tuple[int, int, list[int]] | None:
    """A title that begins a line, with blanks in it where a page was wrapped: 甲旗 2021 年政府信息 公开年报 根据..."""
    places = [k for k in range(start, min(end, start + _ONE_LINE)) if not shadow[k].isspace()]
    squeezed = "".join([shadow[k] for k in places])
    m = _GLUED.match(squeezed)
    if m is None or m.end() > LONG or squeezed[0] == "《" or not _YEARS.search(m["shown"]):
        return None
    return start, places[m.end() - 1] + 1, []


def _in_title(page: Page, start: int, end: int) -> tuple[Found | None, Found | None]:
    """The name and the year that a title holds."""
    places = [i for i in range(start, end) if not page.shadow[i].isspace()]
    squeezed = "".join(page.shadow[i] for i in places)
    name = None
    for pattern in (_INNER_NAME, _IN_TITLE):
        if (m := pattern.match(squeezed)) and not _NO_ONE.fullmatch(m["name"]):
            name = name_at(page, places[m.start("name")], places[m.end("name") - 1] + 1)
            break
    return name, _year_of(page, start, end)


def _year_of(page: Page, start: int, end: int) -> Found | None:
    """The year that a title names, as digits; None where it names a run of years."""
    if _TWO_YEARS.search(page.shadow, start, end) or not (m := _YEARS.search(page.shadow, start, end)):
        return None
    year = _int(m[0])
    return Found(str(year), m.start(), m.end()) if year else None


def _alone(page: Page, start: int, end: int) -> Found | None:
    """The name of a body that has the range for itself, but for blanks and a note such as （盖章）."""
    while start < end and page.shadow[start].isspace():
        start += 1
    while end > start and page.shadow[end - 1].isspace():
        end -= 1
    if (cut := page.shadow.find("(", start, end)) > start and page.shadow[end - 1] == ")":
        end = cut
    name = name_at(page, start, end)
    if not _ONLY_NAME.fullmatch(name.value) or not _ORGAN.search(name.value):
        return None
    return None if _NOT_A_NAME.search(name.value) or "公开" in name.value else name


_ONLY_NAME: Final = lazy(rf"(?:{HAN}|·){{3,40}}")
_COVER_DATE: Final = lazy(rf"{YEAR}\s?年\s?[0-9一二三四五六七八九十]{{1,3}}\s?月")


def _cover(page: Page, title: _Title, taken: set[int]) -> set[int]:
    """The lines of a cover below the title: the body, and a month without a day."""
    i = title.lines[-1] + 1
    if i in taken or not _below_title(page, title):
        return set()
    if i + 1 < page.first:
        month = page.lines[i + 1]
        if month.end - month.start <= 16 and _COVER_DATE.fullmatch(page.shadow, month.start, month.end):
            return {i, i + 1}
    return {i}


def _below_title(page: Page, title: _Title) -> Found | None:
    """The organ on the line below the title, where it has that line for itself."""
    i = title.lines[-1] + 1 if title.lines else page.first
    if i >= page.first:
        return None
    line = page.lines[i]
    return _alone(page, line.start, line.end) if line.end - line.start <= 40 and line.type != TABLE else None


_ALONE_DATE: Final = lazy(
    rf"[\s•·]{{0,4}}(?P<date>{DATE})\s{{0,4}}(?:[0-9]{{1,2}}[:时]\s?[0-9]{{2}}(?::[0-9]{{2}}|分)?)?\s{{0,4}}"
)


def _under_title(page: Page, title: _Title) -> Dated | None:
    """A date that stands alone just below the title. One in parentheses is as often the day of signing: not taken."""
    for i in range(title.lines[-1] + 1, min(page.first, title.lines[-1] + 3)) if title.lines else ():
        line = page.lines[i]
        if line.end - line.start <= 40 and (m := _ALONE_DATE.fullmatch(page.shadow, line.start, line.end)):
            return _dated(page, m.start("date"), m.end("date"))
    return None


def _dated(page: Page, start: int, end: int) -> Dated | None:
    day = read_date(page.shadow[start:end])
    return Dated(day, start, end) if day else None


def _mark_furniture(page: Page, title: _Title | None, titles: frozenset[int]) -> list[Line]:
    """The lines: the short ones above the title, and one with the document's own number, are furniture."""
    out = list(page.lines)
    above = title.lines[0] if title and title.lines else -1
    for i in range(min(page.first, TITLE_LINES)):
        line = page.lines[i]
        size = line.end - line.start
        if line.type != PROSE or i in titles or size > 100:
            continue
        if _OWN_NUMBER.fullmatch(page.shadow, line.start, line.end):
            out[i] = line.as_type(FURNITURE, "index")
        elif (
            i < above
            and size <= 80
            and not (
                _SENTENCE.search(page.shadow, line.start, line.end)
                or (i >= above - 2 and _alone(page, line.start, line.end))
            )
        ):
            out[i] = line.as_type(FURNITURE, "navigation")
    return out


_SENTENCE: Final = lazy("[。;!]")


# --- page header


@frozen
class _Header:
    index: Found | None = None
    document: Found | None = None
    published: Dated | None = None
    organs: tuple[Found, ...] = ()


# Each label begins with one of a few characters, so that the search leaps from one to the next.
_HEADER_LABEL: Final = lazy(
    r"[索文发公生成印时日来信添录](?:"
    r"(?P<index>(?<=索)\s{0,4}[引取]\s{0,4}号码?|(?<=信)息索引号?)"
    r"|(?P<document>(?<=文)\s{0,8}号|(?<=发)文字号|(?<=公)文文?号)"
    r"|(?P<organ>(?<=发)布(?:机构|单位|部门)|(?<=发)文(?:机关|机构|单位)|(?<=公)开(?:机构|主体|单位)|(?<=信)息来源|(?<=来)\s{0,4}源)"
    r"|(?P<day>(?<=发)[布表稿](?:日期|时间)|(?<=添)加(?:日期|时间)|(?<=录)入(?:日期|时间)|(?<=公)开(?:日期|时间)|(?<=发)文(?:日期|时间)|(?<=印)发日期|(?<=生)成日期|(?<=成)文日期"
    r"|(?<=时)\s{0,4}间|(?<=日)\s{0,4}期)"
    r")\s{0,2}[】\]]?(?:\s{0,8}[:|]|(?<=[】\]])|(?=\s{1,8}[0-9A-Za-z]))"
)
_HEADER_STARTS: Final = (
    "索",
    "时间",
    "日期",
    "来源",
    "文号",
    "文 号",
    "文  号",
    "字号",
    "机构",
    "日 期",
    "发布",
    "发文",
    "公开主体",
    "信息索引",
)
_INDEX_VALUE: Final = lazy(rf"[\s|]{{0,12}}(?P<value>(?:{HAN}{{0,10}})[0-9A-Za-z][^\s|:。;,]{{0,60}})(?!\s{{0,4}}:)")
_DOCUMENT_VALUE: Final = lazy(r"[ \t|]{0,12}(?P<value>[^\s|:。;,][^\n|:。;,]{0,36}?[0-9][^\S\n]{0,2}号)")
_HEADER_DATE: Final = lazy(rf"[\s|\N{{BULLET}}·]{{0,12}}(?P<date>{DATE})")
_HEADER_ORGAN: Final = lazy(rf"[ \t|]{{0,12}}(?P<value>{HAN}{{3,40}})")
_NEXT_LABEL: Final = lazy(
    r"公开(?:方式|形式|范围|日期|时间|目录)|主题|分类|组配|体裁|发布|发文|生成|成文|文号|信息|名称|标题|关键词|有效|效力|内容|责任"
)
_DAY_RANK: Final = {
    "发布": 0, "公开": 0, "发表": 0, "发稿": 0, "发文": 1, "印发": 1, "时间": 2, "日期": 2, "添加": 2, "录入": 2, "生成": 3, "成文": 3,
}  # fmt: skip
_OWN_NUMBER: Final = lazy(
    rf"\(?(?:{DATE}\s{{1,4}})?(?P<value>{HAN}{{2,14}}\s{{0,2}}[〔\[【﹝(]\s?(?:19|20)[0-9]{{2}}\s?[〕\]】﹞)]\s{{0,2}}第?\s?[0-9]{{1,5}}\s?号)\)?"
    r"(?:\s{1,40}签发人\s{0,4}:\s{0,4}\S{1,20})?"
)
_BARE_INDEX: Final = lazy(r"[0-9A-Z]{8,20}/(?:19|20)[0-9]{2}-[0-9]{3,8}")  # a value whose label was lost
_BARE_DATE: Final = lazy(rf"(?P<date>{DATE})[ \t:0-9]{{0,12}}(?:来源|信息来源|浏览|点击|字体|字号|作者|编辑|阅读)")


_SOURCE_DATE: Final = lazy(rf"(?:信息)?来\s?源\s?:[^\n]{{1,40}}?\s(?P<date>{DATE})")


def _header(page: Page, title: _Title | None, notice: int | None) -> _Header:
    """The page header: index number, document number, day of publication, and who put the page up.

    The number of a notice that sends the report is that of the whole document.
    """
    shadow = page.shadow
    start = max(0, title.shown.start - _HEADER) if title else 0
    end = min(page.front, title.shown.end + 600 if title else _HEADER)
    index = document = None
    published: Dated | None = None
    rank = 9
    organs: list[Found] = []
    if any(shadow.find(s, start, end) >= 0 for s in _HEADER_STARTS):
        for label in _HEADER_LABEL.finditer(shadow, start, end):
            kind = label.lastgroup
            at = label.end()
            if kind == "index":
                index = index or _index_number(page, at)
            elif kind == "document":
                if not document and (m := _DOCUMENT_VALUE.match(shadow, at)):
                    document = name_at(page, m.start("value"), m.end("value"))
            elif kind == "organ":
                if m := _HEADER_ORGAN.match(shadow, at, at + 60):
                    organs.append(name_at(page, m.start("value"), m.end("value")))
            elif (this := _day_rank(shadow, label)) < rank and (m := _HEADER_DATE.match(shadow, at, at + 50)):
                day = _dated(page, m.start("date"), m.end("date"))
                if day:
                    published, rank = day, this
    # without a title, the whole head is near it
    near = range(min(page.first, 12))
    if title and title.lines:
        near = range(max(0, title.lines[0] - 6), min(page.first, title.lines[-1] + 4))
    by_notice = range(max(0, notice - 3), min(page.first, notice + 4)) if notice is not None else range(0)
    for i in (*by_notice, *near):
        line = page.lines[i]
        if line.type == TABLE:
            continue
        if not document and line.end - line.start <= 100 and (m := _OWN_NUMBER.fullmatch(shadow, line.start, line.end)):
            document = name_at(page, m.start("value"), m.end("value"))
        if (
            not published
            and line.end - line.start <= 100
            and shadow.find("来源", line.start, line.end) > 0
            and shadow.find("。", line.start, line.end) < 0
            and (m := _BARE_DATE.search(shadow, line.start, line.end))
        ):  # 某网站 www.x.cn 2014-03-25 10:21 来源:某部网站
            published = _dated(page, m.start("date"), m.end("date"))
        if not published and shadow[line.start] in "12信来":
            pattern = _BARE_DATE if shadow[line.start] in "12" else _SOURCE_DATE
            if m := pattern.match(shadow, line.start, line.end):
                published = _dated(page, m.start("date"), m.end("date"))
        if not index and (m := _BARE_INDEX.fullmatch(shadow, line.start, line.end)):
            index = name_at(page, m.start(), m.end())
    if not index:
        index, organ = _in_columns(page)
        organs += [organ] if organ else []
    if document:
        document = document._replace(value=document.value.translate(_BRACKETS))
    return _Header(index, document, published or _published_below(page), tuple(organs))


# 教办〔2017〕2号 in whatever brackets it is printed; those of a citation are the same
_BRACKETS: Final = {
    ord(c): "\N{LEFT TORTOISE SHELL BRACKET}\N{RIGHT TORTOISE SHELL BRACKET}"[i % 2]
    for i, c in enumerate("[]【】﹝﹞()\uff3b\uff3d\uff08\uff09")
}


def _in_columns(page: Page) -> tuple[Found | None, Found | None]:
    """Index number and organ of a header that is a small table: a row of labels, and the values below it."""
    shadow = page.shadow
    for i in range(min(page.first, len(page.lines) - 1)):
        line, below = page.lines[i], page.lines[i + 1]
        if shadow[line.start] != "索" or below.end - below.start > 200:
            continue
        labels = ["".join(s.split()) for s in shadow[line.start : line.end].split("|")]
        if labels[0] not in {"索引号", "索引号码"} or len(labels) < 3:
            continue
        found: dict[str, Found] = {}
        at = below.start
        for label, value in zip(labels, shadow[below.start : below.end].split("|"), strict=False):
            found[label] = name_at(page, at, at + len(value))
            at += len(value) + 1
        index, organ = found[labels[0]], found.get("发布机构") or found.get("发文机关")
        return (index if any(c.isdigit() for c in index.value) else None), (organ if organ and organ.value else None)
    return None, None


def _day_rank(shadow: str, label: re.Match[str]) -> int:
    """How surely a label means the day of publication; 9 if it means another time (更新时间, 办公时间)."""
    word = "".join(label["day"].split())
    first = shadow[label.start()]
    rank = _DAY_RANK.get(first + word[:1], 9)
    before = shadow[label.start() - 1 : label.start()]
    return 9 if rank == 2 and first in "时日" and "\u3400" <= before <= "\u9fff" else rank


def _index_number(page: Page, at: int) -> Found | None:
    m = _INDEX_VALUE.match(page.shadow, at, at + 90)
    if m is None:
        return None
    value = m["value"]
    if cut := _NEXT_LABEL.search(value, 1):
        value = value[: cut.start()]
    if not any(c.isdigit() for c in value) or "None" in value or "?" in value or _NEXT_LABEL.match(value):
        return None
    return name_at(page, m.start("value"), m.start("value") + len(value))


def _published_below(page: Page) -> Dated | None:
    """发布日期 in the foot of the page."""
    shadow = page.shadow
    low = max(page.front, len(shadow) - 800)
    for word in ("发布日期", "发布时间"):
        at = shadow.rfind(word, low)
        if at >= 0 and (m := _FOOT_DATE.match(shadow, at + 4, at + 60)):
            return _dated(page, m.start("date"), m.end("date"))
    return None


_FOOT_DATE: Final = lazy(rf"\s{{0,4}}[:|][\s|]{{0,8}}(?P<date>{DATE})")


# --- period


def _side(n: int, *, day: bool = True) -> str:
    number = r"(?:[0-9]{1,2}(?![0-9])|[一二三四五六七八九十]{1,3})"
    year = rf"(?:(?P<y{n}>{YEAR}){GAP}年度?{GAP}|(?<![年0-9])(?<!年\s))"
    return rf"{year}(?P<m{n}>{number}){GAP}月" + (rf"{GAP}(?P<d{n}>{number}){GAP}[日号]?" if day else "份?")


_UNTIL: Final = rf"{GAP}起{GAP},?{GAP}(?=(?:19|20)[0-9]{{2}}年)"  # 自2010年1月1日起2010年12月31日止, with its 至 lost
_TO: Final = rf"(?:{_UNTIL}|{GAP}(?:起|开始)?{GAP},?{GAP}(?:[{DASHES}~\N{{TILDE OPERATOR}}至到]|截至|截止){{1,3}}{GAP})"
_DAYS: Final = lazy(_side(1) + _TO + _side(2))
_DOTTED: Final = lazy(
    rf"(?<![0-9])(?P<y1>20[0-9]{{2}})(?P<s>[-./])(?P<m1>[0-9]{{1,2}})(?P=s)(?P<d1>[0-9]{{1,2}}){_TO}"
    r"(?:(?P<y2>20[0-9]{2})(?P=s))?(?P<m2>[0-9]{1,2})(?P=s)(?P<d2>[0-9]{1,2})(?![0-9])"
)
_MONTHS: Final = lazy(
    rf"(?P<y1>{YEAR}){GAP}年{GAP}(?P<m1>[0-9]{{1,2}}(?![0-9])|[一二三四五六七八九十]{{1,3}}){GAP}月?份?{_TO}"
    rf"(?:(?P<y2>{YEAR}){GAP}年{GAP})?(?P<m2>[0-9]{{1,2}}(?![0-9])|[一二三四五六七八九十]{{1,3}}){GAP}月(?!{GAP}[0-9])"
)
_WHOLE_YEARS: Final = lazy(rf"(?P<y1>{YEAR}){GAP}年{_TO}(?P<y2>{YEAR}){GAP}年(?!{GAP}[0-9])")
_PERIOD_WORDS: Final = ("期限", "时限", "起止时间", "时间跨度", "统计", "数据", "报告期")
_ABOUT_FIGURES: Final = lazy(r"统计|数据|本报告|年报|报告期|涵盖")
_DATE_BEGINS: Final = lazy(r"[0-9一二三四五六七八九十]\s{0,3}[年月./-]")  # a quick test before the ranges
_STRONG: Final = lazy(r"统计|期限|时限|报告期|起止|时间跨度")
_PERIOD_REACH: Final = 72  # characters behind a keyword


def _period(page: Page, begin: int, year: int | None) -> tuple[Period, Found] | None:
    """The statistical period: a range of days behind (or before 期间) a word that speaks of one.

    It may stand in the preamble or in the first two parts. There the sentence must also speak of figures: 办理时限
    is another matter. A cut-off (截至某日) is no range, and nothing is filled in.
    """
    shadow = page.shadow
    end = min(page.third, begin + HEAD, len(shadow))
    for word in _PERIOD_WORDS:
        at = shadow.find(word, begin, end)
        while at >= 0:
            if _DATE_BEGINS.search(shadow, at, at + 40) and (found := _period_behind(page, at, begin, year)):
                return found
            at = shadow.find(word, at + 1, end)
    for word in _PERIOD_ENDS:
        if found := _period_before(page, word, begin, end, year):
            return found
    return _period_line(page, begin, year)


_PERIOD_ENDS: Final = ("期间", "统计期")


def _period_before(page: Page, word: str, begin: int, end: int, year: int | None) -> tuple[Period, Found] | None:
    """The range that stands directly before 期间 or 统计期限内."""
    shadow = page.shadow
    at = shadow.find(word, begin, end)
    while at >= 0:
        low = max(begin, at - 60, shadow.rfind("。", begin, at) + 1)
        if _ABOUT_FIGURES.search(shadow, low, at + 20):
            found = _range(page, max(low, at - 36), at, year, loose=False)
            if found and at - found[1].end <= 3:
                return found
        at = shadow.find(word, at + 1, end)
    return None


def _period_behind(page: Page, at: int, begin: int, year: int | None) -> tuple[Period, Found] | None:
    """The range behind the keyword at `at`, in the same sentence."""
    shadow = page.shadow
    if at >= page.front and not _ABOUT_FIGURES.search(shadow, max(begin, at - 25), at + 6):
        return None
    stop = shadow.find("。", at, at + _PERIOD_REACH)
    stop = min(at + _PERIOD_REACH, len(shadow)) if stop < 0 else stop
    return _range(page, at, stop, year, loose=bool(_STRONG.match(shadow, at)))


def _period_line(page: Page, begin: int, year: int | None) -> tuple[Period, Found] | None:
    """A range that has a line for itself, below the title."""
    for i in range(min(page.first, TITLE_LINES)):
        line = page.lines[i]
        if line.start < begin or line.end - line.start > 40 or line.end - line.start < 12:
            continue
        low = line.start + (page.shadow[line.start] == "(")
        for pattern in (_DAYS, _DOTTED):
            m = pattern.match(page.shadow, low, line.end)
            if m and m.end() >= line.end - 1 and (period := _as_period(m, year)):
                return period, Found("", m.start(), m.end())
    return None


def _range(page: Page, start: int, stop: int, year: int | None, *, loose: bool) -> tuple[Period, Found] | None:
    for pattern in (_DAYS, _DOTTED, _MONTHS, _WHOLE_YEARS) if loose else (_DAYS, _DOTTED):
        m = pattern.search(page.shadow, start, stop)
        if m and m.start() - start <= 36 and (period := _as_period(m, year)):
            return period, Found("", m.start(), m.end())
    return None


def _as_period(m: re.Match[str], year: int | None) -> Period | None:
    """The two days of a range. An end without a year has the start's; a range of months has its first and last day."""
    parts = m.groupdict()
    first, last = _int(parts["y1"]), _int(parts["y2"])
    first, last = first or last or year, last or first or year
    if first is None or last is None:
        return None
    month, month_2 = _int(parts.get("m1")) or 1, _int(parts.get("m2")) or 12
    if not 1 <= month <= 12 or not 1 <= month_2 <= 12:
        return None
    start = _day(first, month, _int(parts["d1"]) if parts.get("d1") else 1)
    end = _day(last, month_2, _int(parts["d2"]) if parts.get("d2") else monthrange(last, month_2)[1])
    return Period(start, end) if start and end and start <= end else None


def _int(s: str | None) -> int | None:
    if not s:
        return None
    return int(s) if s.isascii() and s.isdigit() else read_chinese(s)


def _day(year: int, month: int, day: int | None) -> date | None:
    return date(year, month, day) if day and 1 <= day <= monthrange(year, month)[1] else None


# --- signature


@frozen
class _Signature:
    organ: Found | None = None
    date: Dated | None = None
    lines: frozenset[int] = frozenset()
    start: int = -1  # where the signature begins; -1 if there is none


_SIGNED: Final = lazy(  # without blanks
    rf"\(?(?P<organ>(?:{HAN}|[()·:]){{0,60}}?)\(?(?:(?P<date>{DATE})|{YEAR}年[0-9一二三四五六七八九十]{{1,3}}月)\)?(?:印发|制|发布)?"
)
_BY_PREFIX: Final = lazy(r"(?:日期|时间|报告日期|编制单位|单位)\s?:?")
_DATE_MARK: Final = lazy(r"[日号月]|[0-9][-./][0-9]")


def _signature(page: Page, after: int) -> _Signature:
    """The body and the day at the end of the report. Tables and furniture below are passed over."""
    lines, shadow = page.lines, page.shadow
    kept: list[int] = []
    total = len(lines)
    for i in range(total - 1, after, -1):
        kind = lines[i].type
        if kind == FURNITURE or (kind == TABLE and i < total - 6):
            continue
        kept.append(i)
        if len(kept) == TAIL_LINES:
            break
    dated = undated = None
    paragraph = False  # whether a paragraph stands below
    for place, i in enumerate(kept):
        line = lines[i]
        size = line.end - line.start
        if size > 2 * LONG or shadow[line.end - 1] in "。;":
            paragraph = paragraph or size > LONG
            continue
        if _DATE_MARK.search(shadow, max(line.start, line.end - 16), line.end):
            places = [k for k in range(line.start, line.end) if not shadow[k].isspace()]
            m = _SIGNED.fullmatch("".join([shadow[k] for k in places]))  # 二 〇 一 九 年 is often set wide
            if m is None:
                continue
            day = None
            if m["date"] and (on := read_date(m["date"])):
                day = Dated(on, places[m.start("date")], places[m.end("date") - 1] + 1)
            if m["organ"]:
                organ = _signing(page, places[m.start("organ")], places[m.end("organ") - 1] + 1)
                if organ:
                    return _Signature(organ, day, frozenset({i}), line.start)
                continue
            above = (
                lines[kept[place + 1]] if place + 1 < len(kept) and not _labelled(lines, kept[place + 1], i) else None
            )
            if above and above.end - above.start <= 50 and (organ := _signing(page, above.start, above.end)):
                return _Signature(organ, day, frozenset({i, kept[place + 1]}), above.start)
            if day and dated is None and not paragraph and i >= page.first:
                dated = _Signature(None, day, frozenset({i}), line.start)
        elif (
            undated is None
            and not paragraph
            and i > page.first
            and size <= 40
            and line.type == PROSE
            and _ends_report(page, i)
            and (organ := _signing(page, line.start, line.end))
        ):
            undated = _Signature(organ, None, frozenset({i}), line.start)
    return dated or undated or _Signature()


def _labelled(lines: Sequence[Line], above: int, i: int) -> bool:
    """Whether a label of the page header stands between two lines: then the lower is its value, and no signature."""
    return any(lines[j].kind in {"index", "source"} for j in range(above + 1, i) if lines[j].type == FURNITURE)


def _signing(page: Page, start: int, end: int) -> Found | None:
    m = _BY_PREFIX.match(page.shadow, start, end)
    return _alone(page, m.end() if m else start, end)


def _ends_report(page: Page, i: int) -> bool:
    """Whether nothing but a table, an annex or furniture follows the line."""
    for j in range(i + 1, min(i + 4, len(page.lines))):
        kind = page.lines[j].type
        if kind != FURNITURE:
            return kind == TABLE or page.shadow[page.lines[j].start] == "附"
    return True


# --- issuer

_BY: Final = lazy(
    rf"由\s?(?P<name>{HAN}{{3,45}}?)\s?(?:\([^()\n]{{2,24}}\)\s?)?"
    r"(?=负责|牵头|组织|会同|统一|根据|依据|按照|依照|结合|编制|编写|汇总|编辑|发布|制作|撰写|起草|整理|公布|,)"
    r"[^。\n]{0,120}?(?:编制|编写|汇总|编辑|发布|制作|撰写|起草|公布)"
)
_MAKES: Final = lazy(
    rf"(?:^|(?<=[,。;\n】]))\s{{0,8}}(?P<name>{HAN}{{4,40}}?)\s?(?:现|特)?(?:向社会|面向社会)?(?:公布|编制了?|发布|公开)\s?"
    rf"(?=本|全|《|(?:[市县区州镇乡]{HAN}{{1,12}})?{YEAR}|政府信息公开(?:工作)?(?:年度|报告|年报|{YEAR}))"
)
# The end of it, which is rare, and quickly found missing.
_MADE: Final = lazy(rf"(?:公布|编制了?|发布|公开)\s?(?:本|全|《|[市县区州镇乡]|{YEAR}|政府信息公开)")
_ANNOUNCES: Final = lazy(
    rf"(?:现将|现公开|公布|发布|制定了|形成了?|编制(?:完成)?了?)\s?《?(?:{YEAR}(?:[{DASHES}至]{YEAR})?学?年度?+)?(?P<name>{HAN}{{3,40}}?)\s?"
    rf"(?:\([^()\n]{{2,24}}\))?\s?《?(?={YEAR}[^。\n]{{0,20}}公开|(?:政府)?信息公开(?:工作)?(?:年度|报告|年报|{YEAR}))"
)
# 根据甲大学2012-2013学年信息公开工作情况编制
_FROM: Final = lazy(
    rf"(?:根据|依据|按照|结合)\s?(?:{YEAR}(?:{_RUN_OF_YEARS})?年?度?)?(?P<name>{HAN}{{4,40}}?)\s?(?:{YEAR}(?:{_RUN_OF_YEARS})?\s?年?度?)?"
    r"(?:政府)?(?:信息|政务)公开工作[^。,《\n]{0,16}编制"
)
_ASK: Final = lazy(
    rf"(?:[与向和]|联系:?|致函)\s?(?P<name>{HAN}{{4,45}}?)\s?(?=联系|咨询|反映|\(|,\s?(?:地址|电话|联系))"
)
_FILLED_BY: Final = lazy(
    rf"\s{{0,4}}(?:\([^)\n]{{1,8}}\))?\s{{0,4}}[:|]?\s{{0,6}}(?P<name>{HAN}{{3,40}}?)(?=\s|\(|$|填报|填表|单位|负责|审核|联系|年度|[|0-9,;])"
)


def _preamble(page: Page, begin: int) -> tuple[int, int]:
    """The range of the preamble; of the first part where there is none."""
    end = page.front if page.front - begin > 40 else page.second
    return begin, max(begin, min(end, begin + PREAMBLE, len(page.shadow)))


def _issuer(
    page: Page, title: _Title | None, signature: _Signature, header: _Header, preamble: tuple[int, int]
) -> Found | None:
    """The body that reports, by its full name.

    With a name in the title, the first candidate that spells it out wins, and without any the title's name stays.
    """
    named = title.name if title else None
    short = named.value if named else ""
    if _RELATIVE.match(short[:2]) and short[:1] in "我本全各该贵":
        short = ""
    local = {short: None}  # 市水利局: of what city, another place on the page may say
    for name in _candidates(page, title, signature, header, preamble):
        body = _body_of(page, name)
        if body is None and not short:
            local[name.value] = None
        if body is None or (short and not (len(body.value) >= len(short) and _within(short, body.value))):
            continue
        if short and _PLACE.search(short) and not _GOVERNS.search(body.value[len(short) :]):
            continue  # an office of the place, not the place
        return body
    for value in local:
        if _LOCAL.fullmatch(value) and (spelled := _spelled_out(page, value)):
            return spelled
    if not named or not short:
        return _of_own_guide(page) or _place_that_makes_it(page, preamble)
    if body := _body_of(page, named):
        return body
    if _RELATIVE.match(short) or _NOT_A_NAME.search(short) or len(short) < 2:
        return None
    return named if _PLACE.search(short) or len(short) >= 4 else None


_LOCAL: Final = lazy(
    r"[市县区旗州省](?!政府)(?:城市|社区|[^市县区旗]){2,20}(?:局|委|委员会|厅|办公室|中心|队|站|馆|联)"
)
_OF_PLACE: Final = lazy(
    rf"(?:^|(?<=[《“\s:]))(?!关于|根据|按照|依据|依照|编制|公布|发布|公开|[由与向对经请在和现特])(?P<place>{HAN}{{2,9}}(?<![的和与由及向对在到]))\Z"
)


def _spelled_out(page: Page, local: str) -> Found | None:
    """The one full name on the page that ends in a name which only means something locally; None if there are two.

    It must begin behind a blank or the mark that opens a title: else words of the sentence would be the place.
    """
    found: dict[str, Found] = {}
    at = page.shadow.find(local, 0, HEAD)
    while at >= 0:
        if m := _OF_PLACE.search(page.shadow, max(0, at - 12), at):
            name = name_at(page, m.start("place"), at + len(local))
            if not _NOT_A_NAME.search(name.value) and "公开" not in name.value:
                found.setdefault(name.value, name)
        at = page.shadow.find(local, at + 1, HEAD)
    return next(iter(found.values())) if len(found) == 1 else None


_OWN_GUIDE: Final = lazy(
    rf"《(?P<name>{HAN}{{4,30}}?(?:局|委|委员会|厅|中心|大学|学院|支队|大队|[镇乡]人民政府|街道办事处))"
    r"(?:政府)?信息(?:与政务|主动|依申请)?公开(?:工作)?(?:基本)?(?:指南|目录|申请表|制度|实施细则)"
)


def _of_own_guide(page: Page) -> Found | None:
    """The one body whose guide or list of openness the report cites, which is its own; None if it cites several."""
    if page.shadow.find("公开", 0, HEAD) < 0:
        return None
    names = [name_at(page, m.start("name"), m.end("name")) for m in _OWN_GUIDE.finditer(page.shadow, 0, HEAD)]
    bodies = {body.value: body for name in reversed(names) if (body := _body_of(page, name))}
    return next(iter(bodies.values())) if len(bodies) == 1 else None


_WHOLE_PLACE: Final = lazy(rf"{HAN}{{2,14}}[市县区旗州盟]")


def _place_that_makes_it(page: Page, preamble: tuple[int, int]) -> Found | None:
    """由甲市乙区编制, 现公布甲县2018年年报: the place itself, where nothing names a body."""
    for m in (m for pattern in (_BY, _ANNOUNCES) for m in pattern.finditer(page.shadow, *preamble)):
        name = name_at(page, m.start("name"), m.end("name"))
        if _WHOLE_PLACE.fullmatch(name.value) and not (_RELATIVE.match(name.value) or _NOT_A_NAME.search(name.value)):
            return name
    return None


def _candidates(
    page: Page, title: _Title | None, signature: _Signature, header: _Header, preamble: tuple[int, int]
) -> Iterator[Found]:
    """Names that may be the issuer's, the surest first. The header comes last: it may have a later or a short name."""
    shadow = page.shadow
    if signature.organ:
        yield signature.organ
    if title and (organ := _below_title(page, title)):
        yield organ
    at = shadow.find("填报单位")
    if at >= 0 and (m := _FILLED_BY.match(shadow, at + 4, at + 70)):
        yield name_at(page, m.start("name"), m.end("name"))
    for pattern in (_BY, _ANNOUNCES, _FROM, *((_MAKES,) if _MADE.search(shadow, *preamble) else ())):
        for m in pattern.finditer(shadow, *preamble):
            yield name_at(page, m.start("name"), m.end("name"))
    named = title is not None and title.name is not None
    for m in _ASK.finditer(shadow, *preamble):
        name = name_at(page, m.start("name"), m.end("name"))
        if not named and _PUTS_UP.search(name.value):
            continue
        if not named and (office := _GOVERNMENT_OFFICE.match(name.value)):
            # it answers for the whole government as often as for itself
            if not _GATHERS.search(shadow, *preamble):
                continue
            name = _part(page, name, len(office[1]))
        yield name
    if shadow.find("年报", *preamble) >= 0 or shadow.find("报告", *preamble) >= 0:
        for m in _ITS_REPORT.finditer(shadow, *preamble):
            yield name_at(page, m.start("name"), m.end("name"))
    for m in _OPENS.finditer(shadow, preamble[0], page.second):
        yield name_at(page, m.start("name"), m.end("name"))
    for put_up_by in header.organs:
        site = _OF_SITE.search(put_up_by.value)
        organ = _part(page, put_up_by, site.start()) if site else put_up_by
        if named or not (_PUTS_UP.search(organ.value) or "政府办公" in organ.value):
            yield organ


_GOVERNMENT_OFFICE: Final = lazy(r"(.{2,30}人民政府)办公[室厅]")
_GATHERS: Final = lazy(r"(?:综合|汇总)[^。\n]{0,60}(?:各县|各区|各市|各乡|各镇|各街|各部门|各有关部门)")
# 2020年,甲州市粮食局认真贯彻...: the first words of a paragraph
_OPENS: Final = lazy(
    rf"(?m:^)[ \t]{{0,8}}{YEAR}(?:{_RUN_OF_YEARS})?\s?年度?(?:以来)?,?\s?(?!在|按|根|由|以|对|经|随|围|为|通)(?P<name>{HAN}{{4,30}}?)"
    r"(?=认真|严格|深入|坚持|坚决|紧紧|紧密|紧扣|高度重视|按照|根据|积极|全面|切实|始终|不断|立足|结合|贯彻|在|以|政府信息公开|政务公开)"
)
# 甲州高新区管委会2010年年报根据...
_ITS_REPORT: Final = lazy(
    rf"(?m:^)[ \t]{{0,8}}(?P<name>{HAN}{{4,30}}?){YEAR}年?度?(?:政府信息公开)?(?:工作)?(?:年度)?(?:年报|报告)(?=[根由按是依])"
)
_OF_SITE: Final = lazy(r"(?:政府)?(?:门户|官方)?网站?$")  # 来源:甲市水利局网站
_PUTS_UP: Final = lazy(r"信息化?(?:中心|局|办)|政务服务中心|大数据|网络|网站")  # who runs the site, and not who reports


# --- year

_FIRST_YEAR: Final = lazy(
    rf"(?:公布|发布|编制|现将|公开|形成)[^。\n]{{0,40}}?(?P<a>{YEAR})\s?年度?[^。\n]{{0,12}}公开"
    rf"|信息公开\s?(?P<d>{YEAR})\s?年度?(?:工作)?(?:年度)?报告"
    rf"|\(\s?(?P<b>{YEAR})\s?年度?\s?\)|(?m:^)[ \t]{{0,8}}(?:(?:根据|按照|依据)[^。,\n]{{2,40}},)?(?P<c>{YEAR})\s?年度?\s?,?\s?(?:以来)?,?\s?(?:[我本]|全[省市县区州镇乡局委])"
)
_FORM_YEAR: Final = lazy(rf"(?P<a>{YEAR})\s?年度?[^\n。]{{0,24}}统计表|统计表\s{{0,4}}\(\s?(?P<b>{YEAR})\s?年度?\s?\)")


def _year(page: Page, period: tuple[Period, Found] | None, preamble: tuple[int, int]) -> Found | None:
    """The year reported on where the title has none, as digits: of the period, the first sentences, the table."""
    if period and period[0].start.year == period[0].end.year:
        return period[1]._replace(value=str(period[0].start.year))
    begin, end = preamble
    if found := _opening_year(page, begin):
        return found
    found = _first_year(_FIRST_YEAR.search(page.shadow, begin, min(end, begin + 1000)))
    if found and not _later_year(page, found):
        return found
    at = page.shadow.find("统计表", begin)
    for _ in range(8):
        if at < 0:
            break
        if found := _first_year(_FORM_YEAR.search(page.shadow, max(begin, at - 36), at + 20)):
            return found
        at = page.shadow.find("统计表", at + 1)
    return None


_OPENING_YEAR: Final = lazy(rf"(?P<year>{YEAR})\s?年度?\s?,")
_OTHER_YEAR: Final = lazy(rf"《[^》\n]{{0,120}}》|[〔\[]{YEAR}[〕\]]|(?P<year>{YEAR})")


def _later_year(page: Page, year: Found) -> bool:
    """Whether the year opens a line that goes on to a later one: 2017年,我县列第三。2018年,我县……"""
    shadow = page.shadow
    if shadow[max(0, year.start - 12) : year.start].rstrip(" \t")[-1:] not in {"", "\n"}:
        return False
    end = shadow.find("\n", year.end, year.end + WINDOW)
    stop = end if end >= 0 else year.end + WINDOW
    return any(
        (_int(y["year"]) or 0) > int(year.value) for y in _OTHER_YEAR.finditer(shadow, year.end, stop) if y["year"]
    )


def _opening_year(page: Page, begin: int) -> Found | None:
    """The year that the first paragraph begins with, if it speaks of openness and of no later year.

    The first of the preamble, or of the first part where the preamble has no year at all.
    """
    preamble = True
    for i in range(min(page.first + 3, TITLE_LINES, len(page.lines))):
        line = page.lines[i]
        if line.start < begin or line.end - line.start <= 40 or line.type not in {PROSE, FURNITURE}:
            continue
        if i > page.first and preamble:
            above = (x for x in page.lines[: page.first] if x.start >= begin and x.type == PROSE)
            if any(y["year"] for x in above for y in _OTHER_YEAR.finditer(page.shadow, x.start, x.end)):
                return None
            preamble = False
        m = _OPENING_YEAR.match(page.shadow, line.start, line.end)
        if m is None or page.shadow.find("公开", line.start, line.end) < 0:
            if i < page.first:
                continue
            return None
        stop = min(line.end, line.start + WINDOW)
        years = {_int(y["year"]) or 0 for y in _OTHER_YEAR.finditer(page.shadow, line.start, stop) if y["year"]}
        year = _int(m["year"])
        return Found(str(year), m.start("year"), m.end("year")) if year and year >= max(years) else None
    return None


def _first_year(m: re.Match[str] | None) -> Found | None:
    if m is None or m.lastgroup is None:
        return None
    year = _int(m[m.lastgroup])
    return Found(str(year), *m.span(m.lastgroup)) if year else None
