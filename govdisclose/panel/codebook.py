"""The codebook: every concept and every row of every form, with what it means and what
comparing it costs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from govdisclose.form import catalogue
from govdisclose.form.concepts import STATUSES, Concept, Crosswalk
from govdisclose.form.labels import english_rows

COLUMNS: Final = (
    "key",
    "kind",
    "zh",
    "en",
    "unit",
    "universe",
    "definition",
    "labels",
    "forms",
    "comparability",
)


def codebook(crosswalk: Crosswalk) -> list[dict[str, str]]:
    """The rows: concepts first, then indicators (rows of forms) by key.

    `comparability` has each form with its status, and the reason where it is not A.

    >>> from govdisclose.form.concepts import concepts
    >>> codebook(concepts())[0]["comparability"][:65]
    'national-2021: A; national-2019: A; national-2014: D (there is no'
    """
    return [*map(_concept, crosswalk.concepts.values()), *_indicators(crosswalk)]


def _concept(concept: Concept) -> dict[str, str]:
    entries = [concept.on(form) for form in catalogue().forms]
    listed = {e.form: e for e in entries if e.form in concept.entries}
    said = [
        f"{e.form}: {e.status}{f' ({e.why.en})' if e.why else ''}"
        for e in concept.entries.values()
    ]
    missing = [e.form for e in entries if e.form not in listed]
    rest = [f"L elsewhere ({STATUSES['L'][0]})"] if missing else []
    takes = [f"{e.form}: {e.take}" for e in concept.entries.values() if e.take]
    return {
        "key": concept.id,
        "kind": "concept",
        "zh": concept.zh,
        "en": concept.en,
        "unit": concept.unit,
        "universe": concept.universe or "",
        "definition": "; ".join(takes),
        "labels": "",
        "forms": " ".join(form for form, e in concept.entries.items() if e.take),
        "comparability": "; ".join([*said, *rest]),
    }


def _indicators(crosswalk: Crosswalk) -> Iterator[dict[str, str]]:
    found: dict[str, dict[str, Any]] = {}
    for form in catalogue().forms.values():
        for table in form.tables:
            for row in table.rows:
                one = found.setdefault(
                    row.key,
                    {
                        "labels": {},
                        "forms": [],
                        "units": {},
                        "definition": row.definition,
                    },
                )
                one["labels"][row.label] = None
                one["forms"].append(form.id)
                one["units"] |= {row.unit: None} if row.unit else {}
                one["definition"] = one["definition"] or row.definition
    for key in sorted(found):
        one = found[key]
        labels: Sequence[str] = list(one["labels"])
        yield {
            "key": key,
            "kind": "indicator",
            "zh": labels[0],
            "en": english_rows().get(key, ""),
            "unit": " ".join(one["units"]),
            "universe": "",
            "definition": one["definition"] or "",
            "labels": "; ".join(filter(None, labels)),
            "forms": " ".join(one["forms"]),
            "comparability": _under(crosswalk, key),
        }


def _under(crosswalk: Crosswalk, key: str) -> str:
    """The concepts that an indicator is part of, or why it stands alone."""
    under = [
        c.id
        for c in crosswalk.concepts.values()
        if any(t.key == key for e in c.entries.values() for t in e.terms)
    ]
    if under:
        return f"in {', '.join(under)}"
    alone = crosswalk.alone.get(key)
    return f"alone: {alone.en}" if alone else ""


def codebook_csv(crosswalk: Crosswalk) -> str:
    """The codebook as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(codebook(crosswalk))
    return out.getvalue()


def codebook_markdown(crosswalk: Crosswalk) -> str:
    """The codebook as a table of Markdown."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS)]
    lines += [tuple(row[name] for name in COLUMNS) for row in codebook(crosswalk)]
    return "".join(
        f"| {' | '.join(_cell(text) for text in line)} |\n" for line in lines
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


FORMATS: Final[Mapping[str, Any]] = {".csv": codebook_csv, ".md": codebook_markdown}
"""How the codebook is written, by the ending of the file."""
