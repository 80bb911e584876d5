"""The catalogue: what holds for every form in it. A new form is picked up as it is put there."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from strategies import LAYOUTS, LOSSY, cells_of, codes_of, numbered, without

import govdisclose
from govdisclose import parse
from govdisclose.form import Form, FormTable, Place, Row, anchor, catalogue
from govdisclose.testing import fill, render

FILES = sorted((Path(govdisclose.__file__).parent / "form" / "data").glob("*.toml"))
FORMS = catalogue().forms
KEPT = [layout for layout in LAYOUTS if layout not in LOSSY]
"""Layouts that show every cell."""

# What is known to fail, by form and layout, each with the reason. Take a name away when its fault is mended.
BLANK_FAILS: dict[str, tuple[str, ...]] = {}
FILLED_FAILS: dict[str, tuple[str, ...]] = {}
HOLED_FAILS: dict[str, tuple[str, ...]] = {}
LOSSY_FAILS: dict[str, tuple[str, ...]] = {}

_EACH = 5  # of so many cells one is left blank in a layout: all of them would take two minutes

each_form = pytest.mark.parametrize("form", FORMS)


def forms_in_layouts(
    layouts: Iterable[str], failing: Mapping[str, Iterable[str]]
) -> list[object]:
    """Every form in those layouts; what is known to fail must fail, until it is mended and its name is taken away."""
    reasons = {name: reason for reason, names in failing.items() for name in names}
    return [
        pytest.param(
            form,
            layout,
            marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [],
        )
        for form in FORMS
        for layout in layouts
        for reason in [reasons.get(f"{form} {layout}")]
    ]


# --- 1. the files are written in one way

# The order of members; a member that is not here comes behind these.
ORDER = (
    "key",
    "parent",
    "enumerator",
    "label",
    "aliases",
    "label_regex",
    "period",
    "role",
    "unit",
    "other_units",
    "group",
    "supergroup",
    "code",
    "definition",
    "prose",
)


LISTED = ("columns", "rows", "parts")  # one line for each entry


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items())
            + " }"
        )
    return json.dumps(value, ensure_ascii=False)


def _members(data: Mapping[str, Any]) -> Iterator[str]:
    """Plain members first; a list of entries has one line for each entry; then the tables, a blank line before each."""
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            if key in LISTED:
                yield from (
                    f"{key} = [",
                    *(f"  {_value(entry)}," for entry in value),
                    "]",
                )
        else:
            yield f"{key} = {_value(value)}"
    for key, value in data.items():
        if (
            isinstance(value, list)
            and value
            and isinstance(value[0], dict)
            and key not in LISTED
        ):
            for entry in value:
                yield from ("", f"[[{key}]]", *_members(entry))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_written_in_the_one_canonical_way(path: Path) -> None:
    """A comment that names the source, the form, its tables; one line a row, so that a change is a change of a line."""
    written = path.read_text("utf-8")
    header = [*takewhile(lambda line: line.startswith("#"), written.splitlines())]
    assert header
    assert written == "\n".join([*header, *_members(tomllib.loads(written))]) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_members_of_a_row_and_of_a_column_stand_in_one_order(path: Path) -> None:
    for table in tomllib.loads(path.read_text("utf-8"))["table"]:
        for entry in (*table["columns"], *table["rows"]):
            places = [ORDER.index(key) if key in ORDER else len(ORDER) for key in entry]
            assert places == sorted(places)


def test_every_file_is_the_form_that_its_name_says() -> None:
    assert [path.stem for path in FILES] == sorted(FORMS)


# --- 2. each label and each alias leads to one row


def _printed(row: Row) -> str:
    return _half_width(row.enumerator + row.label)


def _half_width(text: str) -> str:
    """Labels are looked up in half-width text."""
    return text.translate({c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)})


def _anchored(form: str, labels: list[str]) -> list[Place | None]:
    return anchor([catalogue().find(label) for label in labels], form, catalogue())


def _tables(form: str) -> Iterator[tuple[FormTable, list[str]]]:
    """The tables that have labels at all, with their labels."""
    for table in FORMS[form].tables:
        if all(row.label for row in table.rows):
            yield table, [_printed(row) for row in table.rows]


@each_form
def test_each_label_leads_to_its_row_given_its_place(form: str) -> None:
    for table, labels in _tables(form):
        assert _anchored(form, labels) == [
            Place(form, table.id, i) for i in range(len(labels))
        ]


@each_form
def test_each_alias_leads_to_its_row_given_its_place(form: str) -> None:
    for table, labels in _tables(form):
        for i, row in enumerate(table.rows):
            for alias in row.aliases:
                changed = [*labels[:i], _half_width(alias), *labels[i + 1 :]]
                assert _anchored(form, changed)[i] == Place(form, table.id, i), alias


# --- 3. each key that a form refers to is a key of that form


@each_form
def test_keys_are_unique_in_a_table(form: str) -> None:
    ids = [table.id for table in FORMS[form].tables]
    assert len(set(ids)) == len(ids)
    for table in FORMS[form].tables:
        for entries in (table.rows, table.columns):
            keys = [entry.key for entry in entries]
            assert len(set(keys)) == len(keys)


@each_form
def test_each_parent_is_a_row_further_up(form: str) -> None:
    for table in FORMS[form].tables:
        above: set[str] = set()
        for row in table.rows:
            assert row.parent is None or row.parent in above, row.key
            above.add(row.key)


@each_form
def test_each_operand_of_a_relation_is_a_row_or_a_column_of_its_table(
    form: str,
) -> None:
    tables = {table.id: table for table in FORMS[form].tables}
    for relation in FORMS[form].relations:
        table = tables[relation.table]
        rows, columns = (
            {row.key for row in table.rows},
            {column.key for column in table.columns},
        )
        cells = {f"{row}@{column}" for row in rows for column in columns}
        known = {"column": rows, "row": columns, None: cells}[relation.formula.per]
        for term in relation.formula.terms:
            assert term.address.removeprefix("prev:") in known, (
                f"{relation.id}: {term.address}"
            )


# --- 4. the blank form


@pytest.mark.parametrize(("form", "layout"), forms_in_layouts(KEPT, BLANK_FAILS))
def test_the_blank_form_is_its_rows_and_columns_and_nothing_else(
    form: str, layout: str
) -> None:
    blank = without(numbered(form))
    report = parse(render(blank, layout))
    assert [table.form for table in report.tables] == [form] * len(FORMS[form].tables)
    cells = cells_of(report)
    assert list(cells) == list(blank.figures)
    assert {cell.value for cell in cells.values()} == {None}
    assert (report.kind, codes_of(report)) == ("blank-form", ["look-alike"])


def _units_of(form: Form) -> dict[tuple[str, str], str | None]:
    return {
        (table.id, row.key): row.unit
        for table in form.tables
        for row in table.rows
        if row.unit
    }


@pytest.mark.parametrize(("form", "layout"), forms_in_layouts(KEPT, FILLED_FAILS))
def test_the_filled_form_reads_as_it_was_filled(form: str, layout: str) -> None:
    """Every figure differs from every other, so none can have moved."""
    filled = numbered(form)
    cells = cells_of(parse(render(filled, layout)))
    assert {key: cell.value for key, cell in cells.items()} == dict(filled.figures)
    for (table, row), unit in _units_of(FORMS[form]).items():
        assert {
            cell.unit for key, cell in cells.items() if key[:2] == (table, row)
        } == {unit}


# --- 5. one blank cell costs no other


@pytest.mark.parametrize(("form", "layout"), forms_in_layouts(KEPT, HOLED_FAILS))
def test_with_any_one_cell_blank_every_other_still_reads_the_same(
    form: str, layout: str
) -> None:
    filled = numbered(form)
    first = KEPT.index(layout) % _EACH  # the layouts together blank every cell
    for key in list(filled.figures)[first::_EACH]:
        holed = without(filled, key)
        found = {
            key: cell.value
            for key, cell in cells_of(parse(render(holed, layout))).items()
        }
        assert found == dict(holed.figures), key


@pytest.mark.parametrize(("form", "layout"), forms_in_layouts(LOSSY, LOSSY_FAILS))
def test_with_any_one_cell_blank_none_is_wrong_where_blanks_leave_no_trace(
    form: str, layout: str
) -> None:
    """A nought left blank: the figures obey the relations still, as arithmetic that chooses takes for granted."""
    filled = fill(form, random.Random(7), blanks=0)
    noughts = [key for key, figure in filled.figures.items() if figure == 0]
    for key in noughts[:: max(1, len(noughts) // 60)]:
        holed = without(filled, key)
        for found, cell in cells_of(parse(render(holed, layout))).items():
            value = holed.figures.get((str(found[0]), str(found[1]), str(found[2])))
            assert cell.value == value or (
                cell.diagnostics and None in (cell.value, cell.row)
            ), (key, found)


def test_the_catalogue_can_be_asked_for_after_a_report_was_read() -> None:
    """The folder of the forms goes by the same name: reading them must not put it in the place of the function."""
    import govdisclose

    parse("某市某局2018年政府信息公开年度报告")
    assert govdisclose.catalogue().forms
