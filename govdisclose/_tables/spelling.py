"""Labels that are not spelled as the form has them: which row each must mean, told by
its letters and by its place.

Among the rows of one form, and between the neighbours that are spelled right, few rows
are left that a label may mean; so more may be wrong in it than where any label of any
form were possible.

Guarantees:

1. The evidence of a label that is read so is not `EXACT`, so its cells carry a diagnostic;
   but for one that has the form's own spelling and only its place told which row it is.
2. A row whose label stands in the table as the form has it is never given to another label.
3. A label that is as near to another row that may be meant is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import frozen

from govdisclose._lexicon.labels import LabelKey, is_numbered, label_key
from govdisclose._lines.cell import LABEL, NOTE, TEXT, Token
from govdisclose.form import Place, anchor, catalogue
from govdisclose.form.spelling import (
    EXACT,
    FORM,
    NEIGHBOURS,
    ONE,
    Spellings,
    limits,
    meant,
)

_BETWEEN_MOST: Final = 8  # rows that are compiled for one place in a table


@frozen
class _Known:
    """A row of the form, and the ways in which its label may be spelled."""

    place: Place
    order: int
    labels: Spellings
    group: bool


@cache
def _known(form: str) -> tuple[_Known, ...]:
    """The rows of a form in the order in which it prints them."""
    spelled: dict[Place, list[LabelKey]] = {}
    for labels in (catalogue().places, catalogue().headed):
        for label, named in labels.items():
            for place in named:
                spelled.setdefault(place, []).append(label)
    places = [
        place for place in catalogue().rows if place.form == form and place in spelled
    ]
    return tuple(
        [
            _Known(place, i, tuple(spelled[place]), catalogue().rows[place].group)
            for i, place in enumerate(places)
        ]
    )


@cache
def _orders(form: str) -> Mapping[Place, int]:
    """Where each row stands in its form."""
    return MappingProxyType({known.place: known.order for known in _known(form)})


def settle(tokens: Sequence[Token], form: str) -> list[Token]:
    """The tokens, with labels made of those that must be labels of `form`, however they
    are spelled."""
    out = list(tokens)
    words = [
        i for i, token in enumerate(tokens) if token.type in (LABEL, TEXT)
    ]  # the others are no matter here
    if not any(_is_open(tokens[i]) for i in words):
        return out
    settled = _settled([tokens[i] for i in words], form)
    for i, token in zip(words, settled, strict=True):
        out[i] = token
    return out


def _settled(tokens: Sequence[Token], form: str) -> Iterator[Token]:
    """The words of a table, each read as what it must mean between the labels that are
    spelled right."""
    order = _orders(form)
    at = _places(tokens, form)
    taken = set(at)
    free = {known.order: known for known in _known(form) if known.place not in taken}
    after = _next_orders(at, order)
    alone = _alone(tokens)
    before, rest = -1, ""
    for i, token in enumerate(tokens):
        place = at[i]
        if place is not None:
            before, rest = order[place], catalogue().rest_of(place, token.text)
            yield token
            continue
        if not _is_open(token):
            yield token
            continue
        key = label_key(token.text)
        if key and rest.startswith(key):
            rest = rest[len(key) :]
            yield token._replace(type=NOTE)
            continue
        between = [known for n, known in free.items() if before < n < after[i]]
        found = _meant(key, form, free, between, alone[i])
        if found is not None:
            known, rest, evidence = found
            del free[known.order]
            before = known.order if before < known.order < after[i] else before
            evidence = EXACT if key in known.labels else evidence
            yield token._replace(type=LABEL, places=(known.place,), evidence=evidence)
        else:
            yield (
                token._replace(type=LABEL)
                if before >= 0 and _is_heading(token)
                else token
            )


def _is_heading(token: Token) -> bool:
    """Whether words are a heading spelled so that no form knows it, and no value of the
    row before."""
    return token.slot >= 0 > token.slots and is_numbered(token.text)


def _places(tokens: Sequence[Token], form: str) -> list[Place | None]:
    """The row that each token names as it is spelled; None for the others."""
    labels = [
        i for i, token in enumerate(tokens) if token.type == LABEL and token.places
    ]
    places = anchor([tokens[i].places for i in labels], form, catalogue())
    out: list[Place | None] = [None] * len(tokens)
    for i, place in zip(labels, places, strict=True):
        out[i] = place
    return out


def _is_open(token: Token) -> bool:
    """Whether a token may be a label that no form has so: no value of a row whose cells
    are counted."""
    return (token.type == TEXT and token.slots < 0) or (
        token.type == LABEL and not token.places
    )


def _next_orders(at: Sequence[Place | None], order: Mapping[Place, int]) -> list[int]:
    """For each token, where the next label that is spelled right stands in the form."""
    out: list[int] = []
    upcoming = len(order)
    for place in reversed(at):
        out.append(upcoming)
        upcoming = order[place] if place is not None else upcoming
    return out[::-1]


def _alone(tokens: Sequence[Token]) -> list[bool]:
    """For each token, whether it is the only one between two labels that may be a label."""
    out = [False] * len(tokens)
    seen: list[int] = []
    for i, token in enumerate((*tokens, Token(LABEL, 0, 0, (Place("", "", 0),)))):
        if token.type == LABEL and token.places:
            for n in seen:
                out[n] = len(seen) == 1
            seen = []
        elif _is_open(token):
            seen.append(i)
    return out


class _Found(NamedTuple):
    """The row that a label must mean, what is missing of it at its end, and how that is known."""

    row: _Known
    rest: str
    evidence: str


def _meant(
    key: LabelKey,
    form: str,
    free: Mapping[int, _Known],
    between: Sequence[_Known],
    alone: bool,
) -> _Found | None:
    """The row that a label must mean, by the first limit that tells one."""
    all_rows = _known(form)
    figured = [known for known in between if not known.group]
    # a set of rows is compiled: a small one may be any, a large one is the form
    near = between if len(between) <= _BETWEEN_MOST else all_rows
    asked = {
        NEIGHBOURS: (near, between),
        FORM: (all_rows, tuple(free.values())),
        ONE: (figured, figured) if alone and len(figured) == 1 else ((), ()),
    }
    for limit in limits():
        rows, allowed = asked.get(limit.among, ((), ()))
        found = meant(key, [known.labels for known in rows], limit) if allowed else None
        if found is not None and rows[found.row] in allowed:
            return _Found(rows[found.row], found.rest, limit.evidence)
    return None
