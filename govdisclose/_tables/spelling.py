"""Labels that are not spelled as the form has them: which row each must mean, told by
its letters and by its place.

Among the rows of one form, and between the neighbours that are spelled right, few rows
are left that a label may mean; so more may be wrong in it than where any label of any
form were possible.

Guarantees:

1. A label that is read so is not `exact`, so its cells carry a diagnostic.
2. A row whose label stands in the table as the form has it is never given to another label.
3. A label that is as near to another row that may be meant is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from attrs import frozen

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import LabelKey, is_numbered, label_key, without_notes
from govdisclose._lines.cell import LABEL, NOTE, TEXT, Token
from govdisclose.form import Place, anchor, catalogue, distance

_LEAST: Final = 3  # characters of a label of which one may be wrong
_TWO_WRONG_FROM: Final = 6
_ANYWHERE_FROM: Final = (
    10  # characters of a label that may stand out of its place with two of them wrong
)
_CUT_LEAST: Final = 4  # characters that are left of a label whose end is missing
_MOST: Final = 60
_ONLY_LEAST: Final = 4  # characters of a label that its place alone may tell
_ONLY_SHARE: Final = 0.4  # of its characters that may be wrong


@frozen
class _Known:
    """A row of the form, and the ways in which its label may be spelled."""

    place: Place
    order: int
    labels: tuple[LabelKey, ...]
    group: bool


@cache
def _known(form: str) -> tuple[_Known, ...]:
    """The rows of a form in the order in which it prints them."""
    out: list[_Known] = []
    for table in catalogue().forms[form].tables:
        for i, row in enumerate(table.rows):
            keys = (
                label_key(half_width(label))
                for label in (row.label, *row.aliases)
                if label
            )
            labels = dict.fromkeys(
                k for key in keys for k in (key, without_notes(key)) if k
            )
            out.append(
                _Known(Place(form, table.id, i), len(out), tuple(labels), row.group)
            )
    return tuple(out)


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
        found = _nearest(key, between, list(free.values()), alone[i])
        if found is not None:
            known, rest = found
            del free[known.order]
            before = known.order if before < known.order < after[i] else before
            yield token._replace(type=LABEL, places=(known.place,), exact=False)
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


def _nearest(
    key: str, between: Sequence[_Known], free: Sequence[_Known], alone: bool
) -> tuple[_Known, str] | None:
    """The row that a label must mean, and what is missing of it at its end."""
    if not _LEAST <= len(key) <= _MOST:
        return None
    if len(key) >= _CUT_LEAST:
        cut = [
            (known, label[len(key) :])
            for known in between
            for label in known.labels
            if label.startswith(key)
        ]
        if len({known.order for known, _ in cut}) == 1:
            return max(cut, key=lambda found: len(found[1]))
    best = _best(key, between, 2 if len(key) >= _TWO_WRONG_FROM else 1)
    if best is None and len(key) >= _TWO_WRONG_FROM:
        best = _best(key, free, 2 if len(key) >= _ANYWHERE_FROM else 1)
    if best is None and alone and len(key) >= _ONLY_LEAST:
        best = _only(key, between)
    return (best, "") if best else None


def _only(key: str, between: Sequence[_Known]) -> _Known | None:
    """The one row with figures that is left between two labels, if the label is like its own."""
    figured = [known for known in between if not known.group]
    return (
        _best(key, figured, int(len(key) * _ONLY_SHARE)) if len(figured) == 1 else None
    )


def _best(key: str, rows: Sequence[_Known], most: int) -> _Known | None:
    near = sorted(
        (
            (wrong, known.order, known)
            for known in rows
            for wrong in _wrong(key, known, most)
        ),
        key=lambda n: n[:2],
    )
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][2]


def _wrong(key: str, known: _Known, most: int) -> Iterator[int]:
    least = min(
        (_between(key, label, most) for label in known.labels), default=most + 1
    )
    if least <= most:
        yield least


@lru_cache(maxsize=4096)
def _between(key: str, label: str, most: int) -> int:
    """The distance of two labels; `most + 1` if it is more than that."""
    if abs(len(label) - len(key)) > most or len(set(key).difference(label)) > most:
        return most + 1
    return distance(key, label, most)
