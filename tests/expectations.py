"""What a small case says of a text, held against what is read from it.

A case is a pair of files: NAME.json beside NAME.txt, or beside the file that its `file` names. All keys are optional:

    metadata, form, outline, cells, units, quantities, citations, diagnostics, ambiguous, kind
    indicators        [[raw or value, unit or null, key or null], ...]: a figure of the prose, and what it states
    not_quantities    raws that are no figures            paragraphs       how many there are
    not_metadata      {field: a value that it has not}    metadata_none    fields that are empty
    outline_size      how many sections there are         bad_titles       titles that no section has
    n_citations       how many different titles are cited
    fails             the codes of all findings that fail, exactly
    must_not_fail     codes or relations of which no finding fails
    not_diagnostics   codes that do not occur             some_diagnostic  true: there is at least one
    safe_cells        [[table, row, column, value or null, unit?], ...]: that value, none, or a diagnostic on the cell
    safe_quantities   [[part of the text, value or null], ...]: a quantity there has that value, or there is none
    some_finding      true: a diagnostic or a finding that fails speaks of a table

A cell that is in `cells` with null is blank; a figure that no key allows is wrong in silence.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final
from unicodedata import normalize

from attrs import frozen

import govdisclose as gd

LOUD: Final = ("error", "warning")


@frozen
class Got:
    """What was read: the report, its dict as a reader of the JSON sees it, and what `check` says."""

    text: str
    report: gd.Report
    data: dict[str, Any]
    findings: tuple[gd.Finding, ...]

    @property
    def failing(self) -> list[gd.Finding]:
        """The findings that fail."""
        return [finding for finding in self.findings if finding.verdict == "fails"]

    def cells(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """The first cell of each place that has a key."""
        found: dict[tuple[str, str, str], dict[str, Any]] = {}
        for table, cell in self.all_cells():
            found.setdefault((table, cell["row"], cell["column"]), cell)
        return found

    def all_cells(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each cell whose row has a key, with the key of its table."""
        for table in self.data["tables"]:
            yield from (
                (table["table"], cell)
                for cell in table["cells"]
                if cell["row"] is not None
            )

    def sections(self) -> Iterator[dict[str, Any]]:
        """All sections, in the order of the text."""
        stack = list(reversed(self.data["sections"]))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section["sections"]))


def read_case(path: Path) -> Got:
    """Read the text or file of the case whose expectations are in `path`."""
    case = json.loads(path.read_text("utf-8"))
    if "file" in case:
        report = gd.parse_file(path.parent / case["file"])
    else:
        report = gd.parse(path.with_suffix(".txt").read_bytes().decode("utf-8"))
    text = report.source.text if report.source else ""
    findings = tuple(gd.check(report))
    return Got(text, report, json.loads(report.to_json()), findings)


def faults(case: Mapping[str, Any], got: Got) -> list[str]:
    """What the case says and the reading does not hold; empty if all of it holds."""
    found = [
        fault
        for key, check in CHECKS.items()
        if key in case
        for fault in check(case, got)
    ]
    return found + list(_spans(got))


def _number(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value)).normalize()
    except InvalidOperation:
        return None


def _norm(value: object) -> str:
    text = "".join(normalize("NFKC", str(value or "")).split())
    return text.replace("\N{ZERO WIDTH SPACE}", "").rstrip("。:;,、.")


def _fields(metadata: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in metadata.items():
        if isinstance(value, Mapping):
            yield from _fields(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _same(got: Any, want: Any) -> bool:
    if isinstance(want, list):
        have = {_norm(x) for x in (got if isinstance(got, list) else [got])}
        return {_norm(x) for x in want} <= have
    return _norm(got) == _norm(want)


def _metadata(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = dict(_fields(got.data["metadata"]))
    for key, want in _fields(case["metadata"]):
        if not _same(have.get(key), want):
            yield f"metadata {key}: want {want!r}, got {have.get(key)!r}"


def _not_metadata(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = dict(_fields(got.data["metadata"]))
    for key, value in case["not_metadata"].items():
        if have.get(key) == value or value in (have.get(key) or []):
            yield f"metadata {key} is {value!r}"


def _metadata_none(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = dict(_fields(got.data["metadata"]))
    for key in case["metadata_none"]:
        if value := have.get(key.replace("contact_", "contact.")):
            yield f"metadata {key}: want none, got {value!r}"


def _form(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    forms = {table["form"] for table in got.data["tables"]} - {None}
    if (case["form"] not in forms) if case["form"] else forms:
        yield f"form: want {case['form']}, got {sorted(forms)}"


def _outline(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    titles = Counter(
        (s["level"], s["number"], _norm(s["title"])) for s in got.sections()
    )
    places = Counter((s["level"], s["number"]) for s in got.sections())
    for level, number, title in case["outline"]:
        known = (
            places[level, number]
            if title is None
            else titles[level, number, _norm(title)]
        )
        if known <= 0:
            yield f"outline: no section {level}, {number}, {title}"
        places[level, number] -= 1
        titles[level, number, _norm(title)] -= title is not None


def _cells(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = got.cells()
    want = {(table, row, column): value for table, row, column, value in case["cells"]}
    for place, value in want.items():
        cell = have.get(place)
        if _number(cell and cell["value"]) != _number(value):
            yield f"cell {place}: want {value}, got {cell and cell['value']}"
    allowed = want.keys() | {tuple(place) for place in case.get("ambiguous", ())}
    for place in have.keys() - allowed:
        if have[place]["value"] is not None and not have[place]["diagnostics"]:
            yield f"cell {place}: nothing is printed there, got {have[place]['value']}"


def _units(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = got.cells()
    for table, row, column, unit in case["units"]:
        cell = have.get((table, row, column))
        if cell is None or cell["unit"] != unit:
            yield f"unit {table, row, column}: want {unit}, got {cell and cell['unit']}"


def _safe_cells(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    for table, row, column, value, *unit in case["safe_cells"]:
        same = [
            cell
            for name, cell in got.all_cells()
            if (name, cell["row"], cell["column"]) == (table, row, column)
            if cell["value"] is not None
        ]
        if len({_number(cell["value"]) for cell in same}) != 1:
            continue  # none, or several that differ: `value()` refuses
        for cell in same:
            right = value is not None and _number(cell["value"]) == _number(value)
            if not cell["diagnostics"] and not (right and unit in ([], [cell["unit"]])):
                yield f"cell {row}@{column}: the text says {value}{''.join(unit)}, got {cell['value']}{cell['unit']}"


def _quantities(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = Counter(
        (_number(q["value"]), q["unit"], q["approximate"])
        for q in got.data["quantities"]
    )
    for value, unit, approximate, *_ in case["quantities"]:
        key = (_number(value), unit, bool(approximate))
        if have[key] <= 0:
            yield f"quantity: want {value}{unit}, approximate {bool(approximate)}"
        have[key] -= 1


def _safe_quantities(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    for part, value in case["safe_quantities"]:
        begin = got.text.index(part)  # a case whose text lacks it is wrong itself
        for q in got.data["quantities"]:
            within = begin <= q["span"][0] and q["span"][1] <= begin + len(part)
            if within and (value is None or _number(q["value"]) != _number(value)):
                yield f"quantity in {part}: want {value} or nothing, got {q['value']}{q['unit']}"


def _not_quantities(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    raws = {q["raw"].replace("\n", "") for q in got.data["quantities"]}
    yield from (f"{raw} is no figure" for raw in case["not_quantities"] if raw in raws)


def _indicators(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    for what, unit, key in case["indicators"]:
        same = [q for q in got.data["quantities"] if _is_meant(q, what, unit)]
        stated = [q["indicator"] for q in same]
        if key not in stated or (key is None and any(stated)):
            yield f"indicator of {what}{unit or ''}: want {key}, got {stated}"


def _is_meant(quantity: Mapping[str, Any], what: Any, unit: str | None) -> bool:
    if quantity["raw"].replace("\n", "") == str(what):
        return True
    value = _number(what)
    return (
        value is not None
        and _number(quantity["value"]) == value
        and unit in (None, quantity["unit"])
    )


def _citations(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    have = Counter(_norm(c["symbol"]) for c in got.data["citations"] if c["symbol"])
    missing = Counter(map(_norm, case["citations"])) - have
    yield from (f"citation: want {symbol}" for symbol in missing)


def _diagnostics(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    codes = {d["code"] for d in got.data["diagnostics"]}
    yield from (
        f"diagnostic: want {code}" for code in case["diagnostics"] if code not in codes
    )


def _not_diagnostics(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    codes = {d["code"] for d in got.data["diagnostics"]}
    yield from (
        f"false diagnostic {code}" for code in case["not_diagnostics"] if code in codes
    )


def _some_diagnostic(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    if case["some_diagnostic"] and not got.data["diagnostics"]:
        yield "no diagnostic at all"


def _kind(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    if got.data["kind"] != case["kind"]:
        yield f"kind: want {case['kind']}, got {got.data['kind']}"


def _outline_size(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    if (size := len(list(got.sections()))) != case["outline_size"]:
        yield f"outline: want {case['outline_size']} sections, got {size}"


def _bad_titles(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    titles = {section["title"] for section in got.sections()}
    yield from (f"title {title}" for title in case["bad_titles"] if title in titles)


def _paragraphs(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    found = len(got.data["preamble"]) + sum(
        len(s["paragraphs"]) for s in got.sections()
    )
    if found != case["paragraphs"]:
        yield f"want {case['paragraphs']} paragraphs, got {found}"


def _n_citations(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    if (found := len({c["title"] for c in got.data["citations"]})) != case[
        "n_citations"
    ]:
        yield f"want {case['n_citations']} titles cited, got {found}"


def _fails(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    codes = sorted({finding.code for finding in got.failing})
    if codes != sorted(case["fails"]):
        yield f"check: want {case['fails']}, got {codes}"


def _must_not_fail(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    for code in case["must_not_fail"]:
        named = (
            f for f in got.failing if code in (f.code, f.relation) or code in str(f)
        )
        yield from (f"false alarm: {finding}" for finding in named)


def _some_finding(case: Mapping[str, Any], got: Got) -> Iterator[str]:
    said = [
        d["span"]
        for d in got.data["diagnostics"]
        if d["severity"] in LOUD and d["span"]
    ]
    said += [list(f.span) for f in got.failing if f.severity in LOUD and f.span]
    tables = [table["span"] for table in got.data["tables"] if table["span"]]
    if case["some_finding"] and not any(
        a < t[1] and t[0] < b for a, b in said for t in tables
    ):
        yield "nothing at error or warning level is said of a table"


def _spans(got: Got) -> Iterator[str]:
    stack: list[Any] = [got.data]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("raw") is not None and node.get("span"):
                begin, end = node["span"]
                if got.text[begin:end] != node["raw"]:
                    yield f"span: {node['raw']!r} is not at {begin}:{end}"
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any], Got], Iterator[str]]]] = {
    "metadata": _metadata,
    "not_metadata": _not_metadata,
    "metadata_none": _metadata_none,
    "form": _form,
    "outline": _outline,
    "cells": _cells,
    "units": _units,
    "safe_cells": _safe_cells,
    "quantities": _quantities,
    "safe_quantities": _safe_quantities,
    "not_quantities": _not_quantities,
    "indicators": _indicators,
    "citations": _citations,
    "diagnostics": _diagnostics,
    "not_diagnostics": _not_diagnostics,
    "some_diagnostic": _some_diagnostic,
    "kind": _kind,
    "outline_size": _outline_size,
    "bad_titles": _bad_titles,
    "paragraphs": _paragraphs,
    "n_citations": _n_citations,
    "fails": _fails,
    "must_not_fail": _must_not_fail,
    "some_finding": _some_finding,
}
KEYS: Final = {*CHECKS, "note", "file", "ambiguous"}
