"""Where the tables of a report are, and how far each reaches.

A table is a run of labels that some form knows with nothing but cells between them; or,
where figures have no labels, a run of the words that stand over them; or rows of
figures under a header of which no form knows a label.

Guarantees:

1. Regions are in order and do not overlap.
2. The heading of a part of the report is in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import evolve, frozen

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import is_enumerator, label_key
from govdisclose._lexicon.section_kind import UNCLASSIFIED, section_kind
from govdisclose._lines.cell import (
    BARS,
    LABEL_MOST,
    NUMBER,
    UNIT,
    is_near_label,
    pieces,
    size_without_notes,
)
from govdisclose._lines.line import Line
from govdisclose._lines.row import (
    CUTS_MOST,
    cut_label,
    is_cell,
    is_header,
    is_row,
    line_label,
)
from govdisclose._tables.again import begins_again
from govdisclose._tables.words import WORDS
from govdisclose.form import Place, catalogue

_HITS_LEAST: Final = 3  # labels that make a table
_WORDS_LEAST: Final = 8  # words over figures that make a table without labels
_LINE_MOST: Final = 400  # characters of a line that may be a row
_STRAYS_MOST: Final = 2  # lines between two rows that are no cells; twice as many again as there are cells
_SHRED_MOST: Final = (
    8  # characters of a line that may be a piece of a label in a narrow column
)
_SOON: Final = 3  # rows of a form from one to the next that is seen
_STRAY_MOST: Final = 60  # characters of a line between rows that is not one
_SENTENCE_END: Final = "。;!?"
_CAPTION_LINES: Final = 5
_TORN_MOST: Final = (
    4  # lines over the first label that is known, of labels that are not
)
_HEADER_LINES: Final = 40
_MORE_CELLS: Final = (
    4  # of a row, besides its figures: unit, code, a column of some office's own
)
_BELOW: Final = 2  # lines of a row that has a cell a line: the unit, the figure
_BETWEEN_CELLS: Final = re.compile(r"[|\s]+")
_BEHIND_MOST: Final = 400  # lines behind the last label that may be of the table


class Hit(NamedTuple):
    """A line that begins with a label: its index, the rows that the label may name,
    whether it ends on the line."""

    line: int
    places: tuple[Place, ...]
    whole: bool = True


@frozen(eq=False)
class Region:
    """The lines of one table, as a range of indexes into the list of lines, with the
    labels found in them."""

    first: int
    last: int
    hits: tuple[Hit, ...] = ()
    title: tuple[int, int] | None = None
    unknown: bool = False  # rows of figures that no form has
    part: bool = False  # figures that only the heading of their part tells


def find_regions(shadow: str, lines: Sequence[Line]) -> list[Region]:
    """Where the tables are, in order.

    A table is a run of labels that some form knows with nothing but cells between them,
    or, for a table whose figures have no labels, a run of the words that stand over
    them."""
    found = [
        _clipped(_widen(shadow, lines, group.hits), group)
        for group in _groups(shadow, lines)
        if (len(group.hits) >= _HITS_LEAST and _is_table(group.hits))
        or _is_under_heads(shadow, lines, group.hits)
    ]
    if catalogue().unlabelled.search(shadow):
        found += _unlabelled_regions(shadow, lines, found)
    found += _unknown_regions(shadow, lines, found)
    return sorted(found, key=lambda region: region.first)


@frozen(eq=False)
class _Group:
    """Labels of one table, and the lines that it may have."""

    hits: list[Hit]
    first: int
    last: int


def _groups(shadow: str, lines: Sequence[Line]) -> list[_Group]:
    """The labels, table by table; where the rows of one begin again, another begins."""
    hits = list(_hits(shadow, lines))
    out = [_Group(hits[:1], 0, len(lines) - 1)]
    for before, hit in pairwise(hits):
        between = lines[before.line + 1 : hit.line]
        if not _joined(shadow, lines, before, hit):
            out.append(_Group([hit], 0, len(lines) - 1))
            continue
        at = begins_again(shadow, between, before.places, hit.places)
        if at is None or len(out[-1].hits) < _HITS_LEAST:
            out[-1].hits.append(hit)
        else:
            first = before.line + 1 + at
            out[-1] = evolve(out[-1], last=first - 1)
            out.append(_Group([hit], first, len(lines) - 1))
    return list(_with_ends(out))


def _with_ends(groups: Iterable[_Group]) -> Iterator[_Group]:
    """The groups, with a few rows that begin again kept at those before them: they make no table."""
    before: _Group | None = None
    for group in groups:
        if before is not None and group.first and len(group.hits) < _HITS_LEAST:
            before = evolve(before, hits=[*before.hits, *group.hits], last=group.last)
            continue
        if before is not None:
            yield before
        before = group
    if before is not None:
        yield before


def _clipped(region: Region, group: _Group) -> Region:
    """The region within the lines that are its own."""
    if region.first >= group.first and region.last <= group.last:
        return region
    first, last = max(region.first, group.first), min(region.last, group.last)
    return evolve(region, first=first, last=last)


def _hits(shadow: str, lines: Sequence[Line]) -> Iterator[Hit]:
    for i, line in enumerate(lines):
        if line.end - line.start > _LINE_MOST:
            continue
        if places := line_label(shadow, line):
            yield Hit(i, places)
        elif places := cut_label(shadow, lines, i):
            yield Hit(i, places, False)


def _unlabelled_regions(
    shadow: str, lines: Sequence[Line], taken: Sequence[Region]
) -> Iterator[Region]:
    """Runs of cells outside of other tables in which the words over an unlabelled row stand."""
    inside = {i for region in taken for i in range(region.first, region.last + 1)}
    words = catalogue().unlabelled
    first, last, count = 0, -1, 0
    for i in range(len(lines) + 1):
        if i < len(lines) and i not in inside and is_cell(shadow, lines[i]):
            if last < 0:
                first = i
            last = i
            count += len(
                words.findall("".join(shadow[lines[i].start : lines[i].end].split()))
            )
            continue
        if last >= 0 and count >= _WORDS_LEAST:
            yield Region(first, last)
        last, count = -1, 0


def _unknown_regions(
    shadow: str, lines: Sequence[Line], taken: Sequence[Region]
) -> Iterator[Region]:
    """Runs of rows with figures under a header or a caption, of which no form knows a label."""
    if "|" not in shadow and "\t" not in shadow:
        return
    inside = {i for region in taken for i in range(region.first, region.last + 1)}
    first = -1
    for i in range(len(lines) + 1):
        if i < len(lines) and i not in inside and _is_figured(shadow, lines[i]):
            first = i if first < 0 else first
            continue
        if (
            first > 0
            and i - first >= _HITS_LEAST
            and _is_headed(shadow, lines[first - 1])
        ):
            yield Region(first - 1, i - 1, unknown=True)
        first = -1


def _is_figured(shadow: str, line: Line) -> bool:
    """Whether a line is a row of a label and at least one figure, apart by bars or tabs."""
    if line.end - line.start > LABEL_MOST:
        return False
    cells = [
        c.strip() for c in shadow[line.start : line.end].replace("\t", "|").split("|")
    ]
    return (
        len(cells) > 1
        and bool(cells[0])
        and not cells[0].isdecimal()
        and any(c.isdecimal() for c in cells[1:])
    )


def _is_headed(shadow: str, line: Line) -> bool:
    words = shadow[line.start : line.end]
    return is_header(shadow, line) or (
        len(words) <= _STRAY_MOST and WORDS["title"].search(words) is not None
    )


def _joined(shadow: str, lines: Sequence[Line], a: Hit, b: Hit) -> bool:
    """Whether only cells, and not too many other short lines, stand between two labels.

    A sentence parts two tables, but for a note between two rows that follow each other
    in some form."""
    strays = 0.0
    cells = 0
    for line in lines[a.line + 1 : b.line]:
        size = size_without_notes(
            shadow[line.start : min(line.end, line.start + _LINE_MOST + 1)]
        )
        if is_cell(shadow, line) or (size <= _LINE_MOST and is_row(shadow, line)):
            cells += 1
        elif (
            size > _STRAY_MOST
            or (shadow[line.end - 1] in _SENTENCE_END and not _follows(a, b))
            or _is_section(shadow, line)
        ):
            return False
        else:
            strays += 1 if size > _SHRED_MOST else 0.5
    return strays <= _STRAYS_MOST + 2 * cells


def _follows(a: Hit, b: Hit) -> bool:
    """Whether one label comes soon after another in the table of some form."""
    return any(
        p.form == q.form and p.table == q.table and 0 < q.row - p.row <= _SOON
        for p in a.places
        for q in b.places
    )


def _is_section(shadow: str, line: Line) -> bool:
    """Whether a line is the heading of a part of the report: a table does not go on behind it."""
    return (
        line.type == "H1"
        and line.title is not None
        and section_kind(shadow[slice(*line.title)]) != UNCLASSIFIED
    )


def _is_table(hits: list[Hit]) -> bool:
    """Headings of a report can be labels too (三、依申请公开情况): a table has rows that are not
    headings."""
    rows = catalogue().rows
    return (
        sum(not all(rows[p].group for p in hit.places) for hit in hits) >= _HITS_LEAST
    )


def _is_under_heads(shadow: str, lines: Sequence[Line], hits: Sequence[Hit]) -> bool:
    """Whether a few labels with figures stand right under a line that heads all columns of
    their table."""
    if not hits or hits[0].line == 0:
        return False
    over = lines[hits[0].line - 1]
    if over.end - over.start > _LINE_MOST or not is_header(shadow, over):
        return False
    said = {
        word for cell in _cells(shadow, over) for word in catalogue().words_in(cell)
    }
    rows = [_cells(shadow, lines[hit.line])[1:] for hit in hits]
    figured = all(any(c.isdecimal() for c in row) for row in rows)
    tables = {place[:2]: catalogue().table(place) for place in hits[0].places}
    return figured and any(
        len(table.columns) > 1
        and said.issuperset(_keys(column.label for column in table.columns))
        for table in tables.values()
    )


def _cells(shadow: str, line: Line) -> list[str]:
    return _BETWEEN_CELLS.split(shadow[line.start : line.end].strip("| "))


def _keys(labels: Iterable[str]) -> set[str]:
    return {label_key(half_width(label)) for label in labels}


def _widen(shadow: str, lines: Sequence[Line], hits: Sequence[Hit]) -> Region:
    """From the labels to the whole table: the header and the caption above, the last
    values below."""
    first = _over_strays(shadow, lines, _over_torn(shadow, lines, hits[0].line))
    first, title = _over_captions(shadow, lines, first)
    return Region(first, _behind(shadow, lines, hits), tuple(hits), title)


def _over_torn(shadow: str, lines: Sequence[Line], first: int) -> int:
    """Where the labels begin that stand over the first one that is known, misspelled or cut."""
    first = _over_cells(shadow, lines, first)
    for i in range(first - 1, max(first - 1 - _TORN_MOST, -1), -1):
        if i >= first:
            continue
        if not _is_more(shadow, lines[i]):
            break
        first = _over_cells(shadow, lines, i)
    return first


def _over_captions(
    shadow: str, lines: Sequence[Line], first: int
) -> tuple[int, tuple[int, int] | None]:
    """Where the captions of a table begin, and where its title stands."""
    title = None
    for i in range(first - 1, max(first - 1 - _CAPTION_LINES, -1), -1):
        line = lines[i]
        words = shadow[line.start : line.end].strip("| ")
        if (
            len(words) > _STRAY_MOST
            or line.is_heading
            or not WORDS["caption"].match(words)
        ):
            break
        first = i
        if title is None and WORDS["title"].search(words):
            title = (line.start, line.end)
    return first, title


def _behind(shadow: str, lines: Sequence[Line], hits: Sequence[Hit]) -> int:
    """The last line of the cells behind the last label.

    Where labels follow each other without figures, these stand behind all of them,
    however many they are."""
    last = hits[-1].line
    forms = catalogue()
    columns = max([len(forms.table(place).columns) for place in hits[-1].places])
    cells = columns + _MORE_CELLS
    end = last + 2 * cells
    apart = sum([_is_bare(shadow, lines[hit.line]) for hit in hits]) * 2 > len(
        hits
    ) and _follow(hits)
    for i in range(last + 1, min(last + 1 + _BEHIND_MOST, len(lines))):
        line = lines[i]
        if _is_more(shadow, line) or _opens_row(shadow, lines, i, columns):
            end = (
                i + 2 * cells
            )  # a row that no form knows, or what is left of the last label
        elif not hits[-1].whole and _is_part(shadow, line, i - hits[-1].line):
            pass
        elif not is_cell(shadow, line) or (
            not apart and (i > end or is_header(shadow, line))
        ):
            break
        last = i
    return last


def _is_part(shadow: str, line: Line, behind: int) -> bool:
    """Whether a line soon behind a label that runs over line ends is more of its row, repeated."""
    if behind > CUTS_MOST or line.end - line.start > _LINE_MOST:
        return False
    return shadow[line.end - 1] not in _SENTENCE_END and is_row(shadow, line)


def _opens_row(shadow: str, lines: Sequence[Line], i: int, columns: int) -> bool:
    """Whether a line of words is a label that no form knows: on the next lines stand its
    unit and a figure, or as many figures as there are columns."""
    words, *below = lines[i : i + 1 + max(columns, _BELOW)]
    if words.end - words.start > _STRAY_MOST or len(below) < _BELOW:
        return False
    kinds = [pieces(shadow[line.start : line.end])[0].type for line in below]
    figured = kinds == [NUMBER] * columns or kinds[:_BELOW] == [UNIT, NUMBER]
    return figured and not _is_section(shadow, words)


def _is_bare(shadow: str, line: Line) -> bool:
    """Whether a label has nothing behind it on its line, and no bar that says so."""
    text = shadow[line.start : line.end]
    return not text[-1].isdecimal() and "|" not in text and "\t" not in text


def _follow(hits: Sequence[Hit]) -> bool:
    """Whether most labels follow each other: their figures are all before or all behind them."""
    return sum(b.line - a.line == 1 for a, b in pairwise(hits)) * 2 > len(hits)


def _is_more(shadow: str, line: Line) -> bool:
    """Whether a line before the first label that is known, or behind the last, is of the table."""
    size = line.end - line.start
    if (
        size > _LINE_MOST
        or shadow[line.end - 1] in _SENTENCE_END
        or _is_section(shadow, line)
    ):
        return False
    words = shadow[line.start : line.end].strip("| ")
    if is_row(shadow, line) and any(c.isdecimal() for c in words):
        return True
    if size > _STRAY_MOST:
        return False
    if is_enumerator(words):
        return True  # cut off its label
    return catalogue().may_be_known(words) and is_near_label(words)


def _over_cells(shadow: str, lines: Sequence[Line], first: int) -> int:
    """Where the cells begin that stand right over a line."""
    while first and is_cell(shadow, lines[first - 1]):
        first -= 1
    return first


def _over_strays(shadow: str, lines: Sequence[Line], first: int) -> int:
    """Where the header begins if a few short lines that are no cells (a corner cell in
    pieces) stand in it."""
    at = first
    for i in range(first - 1, max(first - 1 - _HEADER_LINES, -1), -1):
        line = lines[i]
        words = sum(
            map(
                len, shadow[line.start : min(line.end, line.start + _LINE_MOST)].split()
            )
        )
        heads = is_header(shadow, line)
        counted = heads and BARS.search(shadow, line.start, line.end) is not None
        if (
            (words > _STRAY_MOST and not counted)
            or shadow[line.end - 1] in _SENTENCE_END
            or line.is_heading
        ):
            break
        if heads:
            at = i
    return at
