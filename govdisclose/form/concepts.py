"""Concepts: what figures of different forms may stand in one column, and what that costs.

`crosswalk.toml` and `rates.toml` have them as data; a file of your own is read and
checked by the same rules. A status is a letter of the SDMX code list CL_OBS_STATUS
(2.2).

Read on in this order: the values, where a key of a form leads, the rules that a
crosswalk must follow, reading a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import resources
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, get_args

from attrs import field, frozen
from lark.exceptions import LarkError

from govdisclose.errors import ContractError, UnknownKey
from govdisclose.form import Form, FormTable, catalogue
from govdisclose.form.relation import Term, parse_formula

Status = Literal["A", "D", "W", "K", "L"]
"""How the figure of a form stands to a concept, from the best to the worst."""

STATUSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "A": ("the same as on the reference form", "与基准表式相同"),
        "D": ("the definition differs", "口径不同"),
        "W": ("includes what the concept counts elsewhere", "含归入其他概念的数据"),
        "K": ("included in another concept", "已并入其他概念"),
        "L": ("not collected on this form", "该表式未收集"),
    }
)
"""The letters, in English and Chinese, as CL_OBS_STATUS 2.2 has them."""


@frozen
class Reason:
    """Why a status is not A; or why a row stands under no concept. In English and Chinese."""

    en: str
    zh: str


@frozen
class Break:
    """The first year of report from which the series of the national forms are not
    those before, and the cause."""

    year: int
    en: str
    zh: str


@frozen
class Entry:
    """What one form has of a concept: `take` is a key or a sum of keys; `why` says why
    the status is not A.

    `included_in` is the concept that holds the figure where the status is K.
    """

    form: str
    take: str | None = None
    status: Status = "A"
    why: Reason | None = None
    included_in: str | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The keys that are added up, each with its sign; none where the form has no figure."""
        return sum_of(self.take) if self.take else ()


@frozen(repr=False)
class Concept:
    """One column of a panel: its names, its unit, what it counts (`universe`), and what
    each form has of it."""

    id: str
    zh: str
    en: str
    unit: str
    entries: Mapping[str, Entry]
    universe: str | None = None
    universe_zh: str | None = None

    def __repr__(self) -> str:
        return f"<Concept {self.id}: {self.zh}, {self.en} ({self.unit})>"

    def on(self, form: str) -> Entry:
        """What this form has of it. A form that is not listed has no such row.

        >>> concepts()["requests.received"].on("fujian-2009").take
        'requests.accepted'
        """
        return self.entries.get(form) or Entry(form, None, "L", NO_ROW)

    def segment(self, form: str) -> str | None:
        """The first form, in the order listed, that counts just as this one does; None
        where the form has no figure.

        Figures of one segment may be compared without a break.

        >>> received = concepts()["requests.received"]
        >>> received.segment("national-2019"), received.segment("dingxi-2008")
        ('national-2021', 'shanghai-2008')
        """
        own = self.entries.get(form)
        if own is None or own.take is None:
            return None
        return next(
            e.form
            for e in self.entries.values()
            if e.take and (e.status, e.why) == (own.status, own.why)
        )


NO_ROW: Final = Reason("the form has no such row", "该表式没有这一项")


@frozen
class Rate:
    """A rate: a sum of concepts over another."""

    id: str
    zh: str
    en: str
    num: str
    den: str

    @property
    def operands(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The concepts above and below the line."""
        return sum_of(self.num), sum_of(self.den)


@frozen(repr=False)
class Crosswalk:
    """All concepts by id, the rates over them, the breaks of the national forms, and
    the rows that stand alone.

    `money` has the units of amounts, each as a multiple of the smallest: amounts are
    converted, counts are not."""

    concepts: Mapping[str, Concept]
    rates: Mapping[str, Rate] = field(factory=dict)
    breaks: tuple[Break, ...] = ()
    alone: Mapping[str, Reason] = field(factory=dict)
    money: Mapping[str, int] = field(factory=dict)
    reference: str = "national-2021"
    complete: bool = False

    def __repr__(self) -> str:
        entries = (concept.entries for concept in self.concepts.values())
        forms = len({form for known in entries for form in known})
        return f"<Crosswalk: {len(self)} concepts on {forms} forms, {len(self.rates)} rates>"

    def __getitem__(self, concept: str) -> Concept:
        """The concept with this id. Raises `UnknownKey`, which lists the nearest."""
        found = self.concepts.get(concept)
        if found is None:
            near = get_close_matches(concept[:60], self.concepts, n=3, cutoff=0)
            raise UnknownKey(
                f"there is no concept {concept[:60]!r}; the nearest are {', '.join(near)}"
            )
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)


# --- where a key of a form leads --------------------------------------------------------------------------------------


class Address(NamedTuple):
    """A figure of a form: the table, the row (None in tables that are keyed by column),
    the column, and its sign."""

    table: str
    row: str | None
    column: str
    sign: int = 1

    @property
    def key(self) -> str:
        """The indicator key, as `Report.cell` takes it."""
        return self.column if self.row is None else f"{self.row}@{self.column}"


@cache
def sum_of(text: str) -> tuple[Term, ...]:
    """The operands of a sum of keys, written as in a relation. Raises `ContractError`
    where it is none.

    >>> [(term.sign, term.key) for term in sum_of("requests.replied.refused - requests.replied.refused.privacy")]
    [(1, 'requests.replied.refused'), (-1, 'requests.replied.refused.privacy')]
    """
    try:
        return parse_formula(f"it = {text}").right
    except LarkError:
        raise ContractError(
            f"{text[:80]!r} is no sum of keys, such as 'requests.new - requests.other'"
        ) from None


def addresses(form: Form, terms: Iterable[Term]) -> tuple[Address, ...]:
    """Where the figures of a sum stand on a form; a key that the form derives from
    several rows is those rows.

    Raises `UnknownKey` for a key that the form does not have, or that leaves several columns open.

    >>> form = catalogue().forms["national-2021"]
    >>> [a.key for a in addresses(form, sum_of("litigation.total"))]
    ['litigation.direct.total', 'litigation.after_reconsideration.total']
    """
    return tuple(address for term in terms for address in _addresses(form, term))


def _addresses(form: Form, term: Term) -> Iterator[Address]:
    rule = next((d for d in form.derived if d.key == term.key), None)
    if rule is None:
        yield _address(form, term)
        return
    for part in rule.formula.right:
        yield _address(
            form, Term(part.key, part.column or term.column, part.sign * term.sign)
        )


def _address(form: Form, term: Term) -> Address:
    for table in form.tables:
        if table.key_from == "column":
            if term.column is None and any(c.key == term.key for c in table.columns):
                return Address(table.id, None, term.key, term.sign)
        elif any(r.key == term.key for r in table.rows):
            return Address(table.id, term.key, _column(table, term), term.sign)
    raise UnknownKey(f"form {form.id} has no {term.key!r}")


def _column(table: FormTable, term: Term) -> str:
    column = term.column or table.main_column
    if column is None:
        raise UnknownKey(
            f"{term.key!r} leaves the column open: write {term.key}@{table.columns[0].key}"
        )
    if all(c.key != column for c in table.columns):
        raise UnknownKey(f"table {table.id} has no column {column!r}")
    return column


# --- the rules --------------------------------------------------------------------------------------------------------


def faults(crosswalk: Crosswalk, forms: Mapping[str, Form]) -> Iterator[str]:
    """What is wrong with a crosswalk, a sentence each: the rules that ours follows and
    any other must.

    1. Every key of a `take` is one of its form. 2. A status other than A has its
    reason. 3. K has no figure of its own, names the concept that holds it, and that
    concept has a figure on the form; L has none; A, D and W have one. 4. Operands of
    rates are concepts. 5. What stands alone is a row of some form. 6. In a complete
    crosswalk every row of every form is under a concept or alone."""
    for concept in crosswalk.concepts.values():
        for entry in concept.entries.values():
            yield from (
                f"{concept.id} on {entry.form}: {fault}"
                for fault in _entry_faults(crosswalk, entry, forms)
            )
    for rate in crosswalk.rates.values():
        for term in (*rate.operands[0], *rate.operands[1]):
            if term.key not in crosswalk.concepts:
                yield f"rate {rate.id}: there is no concept {term.key!r}"
    rows = {
        row.key
        for form in forms.values()
        for table in form.tables
        for row in table.rows
    }
    yield from (
        f"[[alone]]: no form has a row {key!r}"
        for key in crosswalk.alone
        if key not in rows
    )
    if crosswalk.complete:
        for form, key in rows_left_out(crosswalk, forms):
            yield f"form {form}: row {key!r} is under no concept, and not alone"


def _entry_faults(
    crosswalk: Crosswalk, entry: Entry, forms: Mapping[str, Form]
) -> Iterator[str]:
    form = forms.get(entry.form)
    if form is None:
        yield "there is no such form"
        return
    if entry.status != "A" and entry.why is None:
        yield f"status {entry.status} needs a reason (`why`)"
    if (entry.take is None) != (entry.status in ("K", "L")):
        yield f"status {entry.status} {'has no `take`' if entry.take else 'needs a `take`'}"
    if (entry.included_in is None) != (entry.status != "K"):
        yield "`in` goes with status K"
    elif entry.included_in is not None:
        holder = crosswalk.concepts.get(entry.included_in)
        if holder is None or holder.on(entry.form).take is None:
            yield f"{entry.included_in!r} has no figure on this form"
    try:
        addresses(form, entry.terms)
    except (UnknownKey, ContractError) as error:
        yield str(error)


def rows_left_out(
    crosswalk: Crosswalk, forms: Mapping[str, Form]
) -> Iterator[tuple[str, str]]:
    """Form and key of each row that is under no concept and not alone; headings have no figure."""
    for form in forms.values():
        entries = (concept.on(form.id) for concept in crosswalk.concepts.values())
        known = {
            key for entry in entries for key in _rows_of(form, entry)
        } | crosswalk.alone.keys()
        yield from (
            (form.id, row.key)
            for t in form.tables
            for row in t.rows
            if not row.group and row.key not in known
        )


def _rows_of(form: Form, entry: Entry) -> Iterator[str]:
    """The rows that an entry adds up; those of a `take` that the form does not have are
    another fault."""
    for term in entry.terms:
        try:
            yield from (a.row for a in addresses(form, [term]) if a.row is not None)
        except UnknownKey:
            continue


# --- reading a file ---------------------------------------------------------------------------------------------------


def concepts(file: str | PathLike[str] | None = None) -> Crosswalk:
    """The concepts over all forms: those of the package, or those of a crosswalk file of your own.

    Such a file is TOML like `govdisclose/form/crosswalk.toml` and may hold `[[rate]]`
    as well; without any it has the rates of the package whose operands it defines.
    Raises `ContractError`, which lists what breaks the rules.

    >>> len(concepts()), concepts()["outcome.partial"].en
    (62, 'granted in part')
    """
    if file is None:
        return _own()
    try:
        data = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ContractError(
            f"{file}: cannot be read as a crosswalk: {error}"
        ) from error
    return _checked(
        _crosswalk({"money": _own().money, **data}, _own().rates), str(file)
    )


@cache
def _own() -> Crosswalk:
    folder = resources.files("govdisclose.form")
    data = tomllib.loads(folder.joinpath("crosswalk.toml").read_text("utf-8"))
    rates = tomllib.loads(folder.joinpath("rates.toml").read_text("utf-8"))
    return _crosswalk({**data, **rates}, {})  # a test holds it to the rules


def _checked(crosswalk: Crosswalk, name: str) -> Crosswalk:
    found = list(faults(crosswalk, catalogue().forms))
    if found:
        more = f" (and {len(found) - 5} more)" if len(found) > 5 else ""
        raise ContractError(f"{name}: {'; '.join(found[:5])}{more}")
    return crosswalk


def _crosswalk(data: Mapping[str, Any], rates: Mapping[str, Rate]) -> Crosswalk:
    try:
        reasons = {r["id"]: Reason(r["en"], r["zh"]) for r in data.get("reason", ())}
        made = {c["id"]: _concept(c, reasons) for c in data["concept"]}
        own = {r["id"]: Rate(**r) for r in data.get("rate", ())}
        breaks = tuple(Break(**b) for b in data.get("break", ()))
        alone = {
            row: Reason(a["en"], a["zh"])
            for a in data.get("alone", ())
            for row in a["rows"]
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ContractError(
            f"a crosswalk needs other members than it has: {error}"
        ) from error
    possible = {
        r.id: r
        for r in rates.values()
        if all(t.key in made for side in r.operands for t in side)
    }
    return Crosswalk(
        MappingProxyType(made),
        MappingProxyType(own or possible),
        breaks,
        MappingProxyType(alone),
        MappingProxyType(dict(data.get("money", {}))),
        str(data.get("reference", "national-2021")),
        bool(data.get("complete", False)),
    )


def _concept(data: Mapping[str, Any], reasons: Mapping[str, Reason]) -> Concept:
    entries = [_entry(e, data["id"], reasons) for e in data["forms"]]
    plain = {name: data.get(name) for name in ("universe", "universe_zh")}
    by_form = MappingProxyType({e.form: e for e in entries})
    return Concept(data["id"], data["zh"], data["en"], data["unit"], by_form, **plain)


def _entry(
    data: Mapping[str, Any], concept: str, reasons: Mapping[str, Reason]
) -> Entry:
    unknown = data.keys() - {"form", "take", "status", "in", "why"}
    if unknown:
        raise ContractError(f"{concept}: a form has no member {min(unknown)!r}")
    status, why = data.get("status", "A"), data.get("why")
    if status not in get_args(Status):
        raise ContractError(
            f"{concept}: status {status!r} is none of {', '.join(STATUSES)}"
        )
    if why is not None and why not in reasons:
        raise ContractError(f"{concept}: there is no [[reason]] with the id {why!r}")
    return Entry(
        data["form"],
        data.get("take"),
        status,
        reasons[why] if why else None,
        data.get("in"),
    )


def worst(statuses: Sequence[Status]) -> Status:
    """The worst of several statuses.

    >>> worst(["A", "W", "D"])
    'W'
    """
    order = tuple(STATUSES)
    return max(statuses, key=order.index)
