"""Which form a table follows, and which row of it a label names: by what is printed, never by the
year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from govdisclose.form.index import Catalogue
from govdisclose.form.model import NATIONAL, Place

_ALONE: Final = 3  # votes of a word that only one form prints
_FEW_VOTES: Final = 8  # of a fragment: three rows with a word over them


def ballot(
    labels: Iterable[tuple[Place, ...]], headers: Iterable[str], forms: Catalogue
) -> Counter[str]:
    """How much the words of a table speak for each form; what only one form prints
    counts for more."""
    votes: Counter[str] = Counter()
    for places in labels:
        _vote(votes, {place.form for place in places})
    for text in headers:
        for word in forms.words_in(text):
            _vote(votes, forms.printed_by(word))
    return votes


def _vote(votes: Counter[str], forms: Iterable[str]) -> None:
    named = tuple(forms)
    weight = 1 if len(named) > 1 else _ALONE
    for form in named:
        votes[form] += weight


def recognise(
    votes: Counter[str],
    everywhere: Counter[str],
    forms: Catalogue,
    year: int | None = None,
) -> str | None:
    """The form that a table follows; a tie is settled by the other tables, then for the national
    form, then for the one of the year that the report seems to be of.

    A few words do not speak against the rest of the report: a label cut at its beginning may be
    that of another form.
    """
    votes = votes or everywhere
    if not votes:
        return None
    best = max(votes.values())
    rest = everywhere - votes
    if best <= _FEW_VOTES and rest:
        most = max(rest.values())
        usual = [
            form for form in forms.forms if rest[form] == most > best and votes[form]
        ]
        best = max((votes[form] for form in usual), default=best)
        votes = Counter({form: votes[form] for form in usual}) or votes
    tied = [form for form in forms.forms if votes[form] == best]
    return max(
        tied,
        key=lambda form: (
            everywhere[form],
            forms.forms[form].jurisdiction == NATIONAL,
            year is not None and forms.forms[form].covers(year),
        ),
    )


def anchor(
    labels: Sequence[tuple[Place, ...]], form: str | None, forms: Catalogue
) -> list[Place | None]:
    """The row of the form that each label names, in order; None where that cannot be told.

    A label that names several rows (被依法纠错数 under 四 and under 五) belongs to the parent of the row
    before it; else to the one that lies between its neighbours.
    """
    mine = [tuple(p for p in places if p.form == form) for places in labels]
    out = [places[0] if len(places) == 1 else None for places in mine]
    used = {place for place in out if place}
    afters = _next_certain(out)
    last: Place | None = None
    for i, places in enumerate(mine):
        if len(places) > 1:
            free = [p for p in places if p not in used and _is_below(p, last)]
            chosen = _told_apart(free, last, afters[i], forms)
            if chosen is not None:
                out[i] = chosen
                used.add(chosen)
        last = out[i] or last
    return out


def _next_certain(places: Sequence[Place | None]) -> list[Place | None]:
    """For each label the row of the next one whose row is certain."""
    afters: list[Place | None] = [None] * len(places)
    for i in range(len(places) - 2, -1, -1):
        afters[i] = places[i + 1] or afters[i + 1]
    return afters


def _is_below(place: Place, last: Place | None) -> bool:
    return last is None or place.table != last.table or place.row > last.row


def _told_apart(
    free: Sequence[Place], last: Place | None, after: Place | None, forms: Catalogue
) -> Place | None:
    """The one of several rows that a label means: kin of the row before, or else alone before the
    next."""
    between = [
        p for p in free if after is None or p.table != after.table or p.row < after.row
    ]
    kin = [p for p in free if last is not None and _akin(forms, last, p)]
    if len(kin) == 1 and kin[0] in between:
        return kin[0]
    return between[0] if len(between) == 1 else None


def _akin(forms: Catalogue, last: Place, place: Place) -> bool:
    """Whether `place` lies under the same parent as `last`, or under `last` itself."""
    if last.table != place.table:
        return False
    before, row = forms.rows[last], forms.rows[place]
    return row.parent is not None and row.parent in (before.parent, before.key)
