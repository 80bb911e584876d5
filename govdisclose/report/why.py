"""Why a report has a figure for a key, or has none: one sentence, with the place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final, Literal

from govdisclose.errors import UnknownKey
from govdisclose.form import Form, catalogue
from govdisclose.form.concepts import (
    Address,
    Concept,
    Entry,
    Reason,
    addresses,
    concepts,
    sum_of,
)
from govdisclose.form.labels import english_rows
from govdisclose.form.relation import Term
from govdisclose.report import Cell, Table
from govdisclose.report._keys import own_cells
from govdisclose.text import Source, Span

Language = Literal["en", "zh"]
_RAW: Final = 40  # characters of a cell that are quoted


def why(tables: Sequence[Table], key: str, lang: Language) -> str:
    """The sentence for an indicator key or a concept; see `Report.why`."""
    crosswalk = concepts()
    known = catalogue().forms
    forms = [
        known[name]
        for name in dict.fromkeys(t.form for t in tables)
        if name and name in known
    ]
    own = [(form, address) for form in forms for address in _lookup(form, key)]
    if own:
        first = [address for form, address in own if form is own[0][0]]
        return _words(lang)["between"].join(
            _on_form(tables, own[0][0], address, lang) for address in first
        )
    if key in crosswalk.concepts:
        return _concept(tables, forms, crosswalk[key], lang)
    if not any(_lookup(form, key) for form in catalogue().forms.values()):
        raise UnknownKey(
            f"no form has an indicator {key[:60]!r}, and there is no such concept"
        )
    if not forms:
        return _words(lang)["no_table"]
    return _elsewhere(forms[-1], key, lang)


def _lookup(form: Form, key: str) -> tuple[Address, ...]:
    """Where a key stands on a form: a cell, or all of a row whose column is left open;
    none where it has no such."""
    row, _, column = key.partition("@")
    open_rows = [
        t
        for t in form.tables
        if t.key_from == "cell" and not column and t.main_column is None
    ]
    table = next((t for t in open_rows if any(r.key == row for r in t.rows)), None)
    if table is not None:
        return tuple(Address(table.id, row, c.key) for c in table.columns)
    try:
        found = addresses(form, [Term(row, column or None)])
    except UnknownKey:
        return ()
    return found if len(found) == 1 else ()


def _on_form(
    tables: Sequence[Table], form: Form, address: Address, lang: Language
) -> str:
    """What the report has in a cell of a form that it follows."""
    words, name = _words(lang), _name(form, address, lang)
    mine = [t for t in tables if t.form == form.id and t.table == address.table]
    if not mine:
        return words["table"].format(table=address.table, form=form.id, name=name)
    wanted = own_cells(
        [
            c
            for t in mine
            for c in t.cells
            if c.column == address.column and address.row in (c.row, None)
        ]
    )
    stated = [cell for cell in wanted if cell.value is not None]
    if len({cell.value for cell in stated}) > 1:
        places = words["between"].join(
            f"{cell.raw} ({_place(cell, lang)})" for cell in stated
        )
        return words["several"].format(name=name, places=places)
    cell = next(iter((*stated, *wanted)), None)
    if cell is None:
        return words["row"].format(table=address.table, form=form.id, name=name)
    return _cell(cell, name, lang)


def _cell(cell: Cell, name: str, lang: Language) -> str:
    unread = "ambiguous" if "ambiguous-cell" in cell.diagnostics else cell.reading
    kind = unread if cell.value is None else "figure"
    value = (
        f"{cell.value:f}"
        if cell.value is not None and not isinstance(cell.value, int)
        else str(cell.value)
    )
    said = (
        value + (cell.unit or "")
        if lang == "zh"
        else " ".join(filter(None, (value, cell.unit)))
    )
    words = _words(lang).get(kind) or _words(lang)["unreadable"]
    return words.format(
        name=name, value=said, raw=_short(cell.raw), place=_place(cell, lang)
    )


def _short(raw: str) -> str:
    line = " ".join(raw.split())
    return line if len(line) <= _RAW else line[: _RAW - 1] + "…"


# --- another form -----------------------------------------------------------------------------------------------------


def _elsewhere(form: Form, key: str, lang: Language) -> str:
    """What the form of the report has in place of a key of another form, by the
    concepts that take it."""
    near = [concept for concept in concepts().concepts.values() if _takes(concept, key)]
    here = sorted(
        (concept.on(form.id) for concept in near), key=lambda e: "ADWKL".index(e.status)
    )
    entry = next(iter(here), None)
    if entry is None:
        alone = concepts().alone.get(key.partition("@")[0])
        why = alone or concepts()["requests.received"].on("").why
        return _words(lang)["no_row"].format(
            form=form.id, name=_label(key, lang), why=_said(why, lang)
        )
    return _entry(form, entry, _label(key, lang), lang)


def _entry(form: Form, entry: Entry, name: str, lang: Language) -> str:
    kind = {"A": "other_form", "K": "included", "L": "no_row"}.get(
        entry.status, "other_form_worse"
    )
    there = entry.included_in or entry.take or ""
    return _words(lang)[kind].format(
        form=form.id, name=name, there=there, why=_said(entry.why, lang)
    )


def _takes(concept: Concept, key: str) -> bool:
    """Whether some form has this key, and it alone, for the concept."""
    row = key.partition("@")[0]
    return any(
        len(e.terms) == 1 and e.terms[0].key == row for e in concept.entries.values()
    )


def _concept(
    tables: Sequence[Table], forms: Iterable[Form], concept: Concept, lang: Language
) -> str:
    """Why a concept has a figure or none: the sentence for each cell that its form adds up."""
    words = _words(lang)
    name = f"{concept.zh if lang == 'zh' else concept.en} ({concept.id})"
    known = [(form, concept.on(form.id)) for form in forms]
    if not known:
        return words["no_table"]
    form, entry = min(known, key=lambda item: "ADWKL".index(item[1].status))
    if entry.take is None:
        return _entry(form, entry, name, lang)
    parts = [
        _on_form(tables, form, address, lang)
        for address in addresses(form, sum_of(entry.take))
    ]
    return words["parts"].format(
        name=name, keys=entry.take, why=words["between"].join(parts)
    )


# --- words ------------------------------------------------------------------------------------------------------------


@cache
def _all_words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(
        resources.files("govdisclose.report").joinpath("why.toml").read_text("utf-8")
    )


def _words(lang: Language) -> Mapping[str, str]:
    return _all_words()[lang]


def _said(reason: Reason | None, lang: Language) -> str:
    return "" if reason is None else reason.zh if lang == "zh" else reason.en


def _label(key: str, lang: Language) -> str:
    row = key.partition("@")[0]
    if lang == "en":
        return f"{english_rows().get(row, row)} ({key})"
    rows = (
        r.label
        for f in catalogue().forms.values()
        for t in f.tables
        for r in t.rows
        if r.key == row
    )
    return f"{next(rows, row)}（{key}）"


def _name(form: Form, address: Address, lang: Language) -> str:
    """The label of a row as this form prints it, with the key."""
    if lang == "en" or address.row is None:
        return _label(address.key, lang)
    rows = next(t.rows for t in form.tables if t.id == address.table)
    return f"{next(r.label for r in rows if r.key == address.row)}（{address.key}）"


def _place(cell: Cell, lang: Language) -> str:
    """Page, table, row and column of the file, as far as it has them; else line and
    column of the text."""
    words, mark = _words(lang), cell.place
    if mark is not None:
        parts = zip(
            words["mark"].split("|"),
            (mark.page, mark.table, mark.row, mark.column),
            strict=True,
        )
        names = ("page", "table", "row", "column")
        said = [
            part.format(**{name: n})
            for (part, n), name in zip(parts, names, strict=True)
            if n is not None
        ]
        return ("" if lang == "zh" else words["commas"]).join(said)
    return words["line"].format(**_line(cell.source, cell.span))


def _line(source: Source | None, span: Span) -> dict[str, int]:
    text = source.text if source else ""
    start = text.rfind("\n", 0, span.start) + 1
    return {
        "line": text.count("\n", 0, span.start) + 1,
        "column": span.start - start + 1,
    }
