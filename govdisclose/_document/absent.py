"""What a recognised form has and the report has not: tables, rows, and figures in those that stand.

The notice of 2021 asks for all parts of the form (不能遗漏). A report of which only pieces
were given is not blamed: at least half of the tables of a form, or of the rows of a
table, must be there.

Guarantee: one diagnostic a table, however many rows it lacks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Final

from govdisclose._document.words import WORDS
from govdisclose._lexicon.section_kind import UNCLASSIFIED, section_kind
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import Form, FormTable, catalogue
from govdisclose.report import Section, Table
from govdisclose.text import Source, Span

_UNREAD: Final = frozenset(("figures-apart", "unknown-form", "stray-figure"))
_LISTED_MOST: Final = 6  # rows that a diagnostic names
_CELLS_LEAST: Final = 3  # of a table that is said to be empty
_SECTIONS_LEAST: Final = 2  # parts of statistics without anything in them


def absent(
    source: Source,
    sections: Sequence[Section],
    tables: Sequence[Table],
    faults: Iterable[Diagnostic],
) -> Iterator[Diagnostic]:
    """What is missing in a report that is whole otherwise.

    `faults` are those of its tables: what was not read is there.
    """
    yield from _in_pictures(source, sections)
    forms = Counter([table.form for table in tables if table.form is not None])
    if not forms:
        yield from _empty_parts(source, sections)
        return
    form = catalogue().forms[forms.most_common(1)[0][0]]
    if not any(fault.code in _UNREAD for fault in faults):
        yield from _missing_tables(source, form, tables)
    for table in form.tables:
        found = [t for t in tables if (t.form, t.table) == (form.id, table.id)]
        yield from _empty(source, found)
        if found and table.key_from != "column":
            yield from _missing_rows(source, table, found)


def _missing_tables(
    source: Source, form: Form, tables: Iterable[Table]
) -> Iterator[Diagnostic]:
    present = {table.table for table in tables}
    missing = [table.title for table in form.tables if table.id not in present]
    if missing and len(missing) * 2 <= len(form.tables):
        yield diagnose("missing-table", "、".join(missing), None, source)


def _empty(source: Source, found: Iterable[Table]) -> Iterator[Diagnostic]:
    """A table of several cells in which nothing is filled in."""
    for table in found:
        blank = all(cell.reading == "blank" for cell in table.cells)
        if blank and len(table.cells) >= _CELLS_LEAST:
            yield diagnose("empty-table", table.title or "", table.span, source)


def _missing_rows(
    source: Source, table: FormTable, found: Sequence[Table]
) -> Iterator[Diagnostic]:
    present = {cell.row for t in found for cell in t.cells}
    rows = [row for row in table.rows if not (row.group or row.optional)]
    missing = [row.label for row in rows if row.key not in present]
    if missing and len(missing) * 2 <= len(rows):
        more = len(missing) - _LISTED_MOST
        listed = "、".join(missing[:_LISTED_MOST])
        detail = listed + (f", and {more} more" if more > 0 else "")
        zh = listed + (f"等{len(missing)}行" if more > 0 else "")
        yield diagnose(
            "missing-row",
            f"{table.title}: {detail}",
            found[0].span,
            source,
            f"{table.title}: {zh}",
        )


def _empty_parts(source: Source, sections: Iterable[Section]) -> Iterator[Diagnostic]:
    """Parts of the report that some form has a table in, and that hold nothing at all."""
    empty = [
        s
        for s in sections
        if s.kind in _kinds() and not s.paragraphs and not s.sections
    ]
    if len(empty) >= _SECTIONS_LEAST:
        titles = "、".join([s.title or s.raw for s in empty])
        yield diagnose("missing-table", titles, empty[0].span, source)


def _in_pictures(source: Source, sections: Sequence[Section]) -> Iterator[Diagnostic]:
    """Parts that hold a picture and nothing else; behind the last one stands what closes the page."""
    starts = [s.span.start for s in sections[1:]]
    for section, following in zip_longest(sections, starts):
        text = source.text[section.span.end : following]
        m = WORDS["pictures"].match(text)
        if m is not None and (following is None or m.end() == len(text)):
            begin = section.span.end + len(text) - len(text.lstrip())
            span = Span(begin, section.span.end + len(m.group().rstrip()))
            title = section.title or section.raw
            yield diagnose("table-in-image", title, span, source)


@cache
def _kinds() -> frozenset[str]:
    """The kinds of the parts that are a table in a form of several."""
    titles = [
        table.title
        for form in catalogue().forms.values()
        if len(form.tables) > 1
        for table in form.tables
    ]
    return frozenset(map(section_kind, titles)) - {UNCLASSIFIED}
