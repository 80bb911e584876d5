"""Relations broken on purpose: one figure of a filled form changed, so that one named
relation no longer holds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import evolve

from govdisclose.form import FormTable, Relation, catalogue
from govdisclose.form.relation import Amount, Formula, Outcome, judge
from govdisclose.report import Figure
from govdisclose.testing._fill import Filled, Key, has_cells

_TRIES: Final = 20


class Instance(NamedTuple):
    """A relation at one place: the figures that it ties together, those on the left first."""

    relation: Relation
    left: tuple[Key, ...]
    right: tuple[Key, ...]


class Break(NamedTuple):
    """A relation that was broken: which, and the figure that was changed for it, with
    what it was."""

    instance: Instance
    key: Key
    was: Figure


def instances(form: str) -> Iterator[Instance]:
    """Every relation of the form that must hold, at each place where it must; not those
    that are usual or of two years.

    >>> [i.relation.id for i in instances("anhui-2014")]
    ['ah2014.normative_within_disclosed']
    """
    known = catalogue().forms[form]
    tables = {table.id: table for table in known.tables}
    for relation in known.relations:
        formula = relation.formula
        if (
            relation.status != "usual"
            and not formula.cross_year
            and not formula.if_stated
        ):
            yield from _instances(relation, formula, tables[relation.table])


def _instances(
    relation: Relation, formula: Formula, table: FormTable
) -> Iterator[Instance]:
    columns = [column.key for column in table.columns]
    rows = [row.key for row in table.rows if has_cells(table, row)]
    for place in {"column": columns, "row": rows, None: [""]}[formula.per]:
        sides = []
        for side in (formula.left, formula.right):
            cells = [
                (term.key, term.column)
                if term.column
                else (term.key, place)
                if formula.per == "column"
                else (place, term.key)
                for term in side
            ]
            sides.append(tuple((table.id, row, column) for row, column in cells))
        yield Instance(relation, *sides)


def outcome(instance: Instance, figures: Mapping[Key, Figure | None]) -> Outcome:
    """What arithmetic says of the relation with these figures; blanks are read as 0,
    but a blank side is a gap."""
    sides = [
        [Amount.of(figures.get(key)) for key in side]
        for side in (instance.left, instance.right)
    ]
    return judge(instance.relation.formula, *sides).outcome


def break_relation(filled: Filled, rng: random.Random) -> tuple[Filled, Break] | None:
    """The form with one figure changed, so that a relation that must hold does not;
    None where there is none to break.

    The change is a slip as people make them: a digit off, two digits swapped, a digit
    too many, or one more or less. Of a relation only figures that are printed are
    changed, and blanks stay blank; other relations may break with it.

    >>> from govdisclose.testing import fill
    >>> filled = fill("national-2014", random.Random(5))
    >>> broken, what = break_relation(filled, random.Random(5))
    >>> outcome(what.instance, filled.figures), outcome(what.instance, broken.figures)
    ('holds', 'fails')
    """
    known = [
        i
        for i in instances(filled.form)
        if any(filled.figures.get(key) is not None for key in i.left)
    ]
    for instance in rng.sample(known, min(_TRIES, len(known))):
        keys = [
            key
            for key in (*instance.left, *instance.right)
            if filled.figures.get(key) is not None
        ]
        for key in rng.sample(keys, len(keys)):
            was = filled.figures[key]
            assert was is not None
            for figure in _slips(was, rng):
                figures = {**filled.figures, key: figure}
                if figure != was and outcome(instance, figures) == "fails":
                    printed = {
                        k: text for k, text in filled.printed.items() if k != key
                    }
                    changed = evolve(
                        filled,
                        figures=MappingProxyType(figures),
                        printed=MappingProxyType(printed),
                    )
                    return changed, Break(instance, key, was)
    return None


def _slips(figure: Figure, rng: random.Random) -> Sequence[Figure]:
    """What may be typed for a figure."""
    sign = -1 if figure < 0 else 1
    size: Figure = figure * sign
    step = rng.choice((1, 1, 2, 10))
    out: list[Figure] = [size + step]
    if size >= step:
        out.append(size - step)
    if isinstance(size, int):
        digits = str(size)
        out.append(size * 10 + rng.randrange(10))
        if len(digits) > 1:
            at = rng.randrange(len(digits) - 1)
            out.append(
                int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
            )
            out.append(int(digits[: len(digits) - 1]))
    rng.shuffle(out)
    return [sign * slip for slip in out]
