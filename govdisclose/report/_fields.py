"""Each field of a report is written once, in its class: from the class come the way out, the way
back in, the schema.

A value is a frozen attrs class. Of each field the name, the type and the order are the contract;
fields without equality (`source`, which leads back to the text) are not written out. `Annotated`
says more of a type: a sentence for the schema, `Bounds` of an integer, `HERE` for the text that
stands at the span, `OnlyWhere` for a member that another one allows. A new kind of member is one
branch of `_shape_of`.

`writer(cls)` gives a function from a value to plain values, `reader(cls)` one from plain values to
a value, and `definitions(cls)` the JSON Schemas of the class and of all that it is made of.
"""

from __future__ import annotations

import inspect
import re
import reprlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NoReturn,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

import attrs
from attrs import field, frozen

from govdisclose.errors import ContractError
from govdisclose.text import Source, Span

Figure: TypeAlias = int | Decimal
"""A figure is exact: an `int`, or a `Decimal` where it has decimals."""

DEEPEST: Final = 6
"""How deep sections nest at most: a preface, and the five classes of markers. Recursion over
sections ends there."""


def hidden() -> Any:
    """A field that takes no part in equality and is not written out."""
    return field(default=None, eq=False, repr=False)


@frozen
class Bounds:
    """The least and the most that an integer of the contract may be, and how a message names it."""

    least: int
    most: int
    name: str


@frozen
class OnlyWhere:
    """A member that is null unless the member `name` is `value`."""

    name: str
    value: str


@frozen
class _Here:
    """Says that the text is what stands in the source at the span of the value."""


HERE: Final = _Here()


# --- the shape of a member ------------------------------------------------------------------------


class Mismatch(Exception):
    """What is not as the contract has it; `path` grows on the way up, so that a good report costs
    no path."""

    def __init__(self, said: str, path: str = "") -> None:
        super().__init__(said)
        self.path = path

    def within(self, step: str) -> None:
        """Note that the value was found under `step`: the name of a member, or an index in
        brackets."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        self.path = f"{step}{joint}{self.path}"

    @property
    def error(self) -> ContractError:
        """The error for the caller."""
        return ContractError(f"{self.path or 'report'}: {self}")


def wrong(expected: str, found: object, member: str = "") -> NoReturn:
    """Raise a Mismatch that says what was expected, of the value or of a member of it."""
    raise Mismatch(f"expected {expected}, found {reprlib.repr(found)}", member)


Read: TypeAlias = Callable[[Any, Source | None], Any]
Schema: TypeAlias = dict[str, Any]


@frozen
class Shape:
    """One kind of member.

    `out` is the expression that writes it, with {} for the value, as `writer` puts it into a
    function. `read` takes a plain value and the source; it raises Mismatch. `parts` are the classes
    that it is made of.
    """

    out: str
    read: Read
    schema: Schema
    parts: tuple[type, ...] = ()

    def written(self, value: str) -> str:
        """The expression that writes what the expression `value` gives."""
        return self.out.replace("{}", value)


def _read_text(value: Any, _: Source | None) -> str:
    return value if isinstance(value, str) else wrong("a string", value)


def _read_flag(value: Any, _: Source | None) -> bool:
    return value if isinstance(value, bool) else wrong("true or false", value)


def _read_int(value: Any, _: Source | None) -> int:
    return value if value.__class__ is int else wrong("an integer", value)


_DECIMAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _read_figure(value: Any, _: Source | None) -> Figure:
    if value.__class__ is int:
        return int(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return wrong('an integer, or a string such as "9.6"', value)


def _write_figure(figure: Figure) -> int | str:
    return format(figure, "f") if isinstance(figure, Decimal) else figure


def _read_day(value: Any, _: Source | None) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return wrong("a day such as 2018-12-31", value)


def _read_span(value: Any, source: Source | None) -> Span:
    if not isinstance(value, list | tuple) or len(value) != 2:
        wrong("[start, end]", value)
    start, end = value
    if start.__class__ is not int or end.__class__ is not int:
        wrong("[start, end]", value)
    if not 0 <= start <= end:
        wrong("[start, end] with 0 <= start <= end", value)
    if source is not None and end > len(source.text):
        wrong(f"a span inside the given source of {len(source.text)} characters", value)
    return Span(start, end)


_COUNT: Final = {"type": "integer", "minimum": 0}
_PLAIN: Final[Mapping[Any, Shape]] = {
    str: Shape("{}", _read_text, {"type": "string"}),
    bool: Shape("{}", _read_flag, {"type": "boolean"}),
    int: Shape("{}", _read_int, {"type": "integer"}),
    date: Shape("{}.isoformat()", _read_day, {"$ref": "#/$defs/day"}),
    Span: Shape("[*{}]", _read_span, {"$ref": "#/$defs/span"}),
    Figure: Shape("figure({})", _read_figure, {"$ref": "#/$defs/figure"}),
}
SHARED: Final[Mapping[str, Schema]] = {
    "span": {
        "description": "Half-open range [start, end) of characters of the text that was read.",
        "type": "array",
        "prefixItems": [_COUNT, _COUNT],
        "items": False,
        "minItems": 2,
    },
    "figure": {
        "description": "An exact figure: an integer, or a string where it has decimals. "
        "Never a JSON number with decimals, which readers would make a float.",
        "anyOf": [
            {"type": "integer"},
            {"type": "string", "pattern": f"^{_DECIMAL.pattern}$"},
        ],
    },
    "day": {"type": "string", "pattern": f"^{_DAY.pattern}$", "format": "date"},
}
"""Schemas that several classes refer to."""


def _shape_of(kind: Any, deep: int) -> Shape:
    """The shape of a type; of a class, one that nests `deep` levels of itself at most."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if attrs.has(kind):
        return _object(kind, deep)
    origin, within = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _annotated(_shape_of(within[0], deep), within[1:])
    if origin is Literal:
        return _one_of(within)
    if origin is tuple:
        return _list_of(_shape_of(within[0], deep))
    if origin in (Union, UnionType) and NoneType in within:
        return _or_null(_shape_of(_without_null(within), deep))
    raise TypeError(
        f"no member of a report can be {kind!r}; add its shape to {__name__}"
    )


def _without_null(kinds: Iterable[Any]) -> Any:
    some = [kind for kind in kinds if kind is not NoneType]
    return Figure if len(some) > 1 else some[0]


def _annotated(shape: Shape, notes: Iterable[object]) -> Shape:
    for note in notes:
        if isinstance(note, str):
            shape = attrs.evolve(shape, schema={"description": note, **shape.schema})
        elif isinstance(note, Bounds):
            shape = _bounded(shape, note)
    return shape


def _bounded(shape: Shape, bounds: Bounds) -> Shape:
    def read(value: Any, _: Source | None) -> int:
        if value.__class__ is int and bounds.least <= value <= bounds.most:
            return int(value)
        return wrong(f"{bounds.name} from {bounds.least} to {bounds.most}", value)

    schema = {**shape.schema, "minimum": bounds.least, "maximum": bounds.most}
    return attrs.evolve(shape, read=read, schema=schema)


def _one_of(choices: tuple[str, ...]) -> Shape:
    def read(value: Any, _: Source | None) -> str:
        if isinstance(value, str) and value in choices:
            return value
        return wrong(f"one of {', '.join(choices)}", value)

    return Shape("{}", read, {"enum": [*choices]})


def _or_null(inner: Shape) -> Shape:
    def read(value: Any, source: Source | None) -> Any:
        return None if value is None else inner.read(value, source)

    out = inner.out if inner.out == "{}" else f"None if {{}} is None else {inner.out}"
    plain = inner.schema.get("type")
    schema = (
        {"type": [plain, "null"]}
        if plain
        else {"anyOf": [inner.schema, {"type": "null"}]}
    )
    return attrs.evolve(inner, out=out, read=read, schema=schema)


def _list_of(inner: Shape) -> Shape:
    def read(value: Any, source: Source | None) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            wrong("a list", value)
        found = []
        try:
            for item in value:
                found.append(inner.read(item, source))  # noqa: PERF401  # its length names the item
        except Mismatch as mismatch:
            mismatch.within(f"[{len(found)}]")
            raise
        return tuple(found)

    out = "[*{}]" if inner.out == "{}" else f"[{inner.written('x')} for x in {{}}]"
    return attrs.evolve(
        inner, out=out, read=read, schema={"type": "array", "items": inner.schema}
    )


# --- a class --------------------------------------------------------------------------------------


def _name(cls: type) -> str:
    return cls.__name__.lower()


@cache
def _fields(cls: type) -> Mapping[str, Any]:
    """The members of the contract that a class has, with their types, in their order."""
    attrs.resolve_types(cls)
    return {a.name: a.type for a in attrs.fields(cls) if a.eq}


def _notes(kind: Any) -> Iterator[object]:
    if get_origin(kind) is Annotated:
        yield from get_args(kind)[1:]


def _rules(cls: type) -> Iterator[tuple[str, OnlyWhere]]:
    """The members that another one allows, each with its rule."""
    for name, kind in _fields(cls).items():
        yield from (
            (name, note) for note in _notes(kind) if isinstance(note, OnlyWhere)
        )


def _object(cls: type, deep: int) -> Shape:
    """The shape of a class. Its reader is asked for when it is first called, since a class may hold
    itself."""

    def read(value: Any, source: Source | None) -> Any:
        return reader(cls, deep)(value, source)

    return Shape(f"{_name(cls)}({{}})", read, {"$ref": f"#/$defs/{_name(cls)}"}, (cls,))


@cache
def writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    """A function from a value of `cls` to plain dicts, lists, strings, ints and None.

    It is written out and compiled, as attrs makes `__init__`: a loop over the fields takes three
    times as long.

    >>> from govdisclose.report import Period
    >>> writer(Period)(Period(date(2018, 1, 1), date(2018, 12, 31)))
    {'start': '2018-01-01', 'end': '2018-12-31'}
    """
    shapes = {name: _shape_of(kind, DEEPEST) for name, kind in _fields(cls).items()}
    members = [
        f"{name!r}: {shape.written(f'v.{name}')}" for name, shape in shapes.items()
    ]
    parts = {part for shape in shapes.values() for part in shape.parts} - {cls}
    names = {"figure": _write_figure, **{_name(part): writer(part) for part in parts}}
    made: Callable[[Any], dict[str, Any]] = eval(
        f"lambda v: {{{', '.join(members)}}}", names
    )
    names[_name(cls)] = made  # for sections of sections
    return made


@cache
def reader(cls: type, deep: int = DEEPEST) -> Read:
    """A function from plain values and a source, or None, to a value of `cls`. It raises Mismatch.

    `deep` is how many levels of `cls` may nest in each other; what lies deeper is not followed.
    """
    fields = _fields(cls)
    reads = {name: _member(name, kind, cls, deep) for name, kind in fields.items()}
    here = [name for name, kind in fields.items() if HERE in _notes(kind)]
    only = dict(_rules(cls))
    has_source = any(a.name == "source" for a in attrs.fields(cls))

    def read(value: Any, source: Source | None) -> Any:
        members = _members(reads, value, source)
        for name, rule in only.items():
            if members[name] is not None and members[rule.name] != rule.value:
                wrong(
                    f"null where {rule.name} is {members[rule.name]}",
                    members[name],
                    name,
                )
        if not has_source:
            return cls(**members)
        if source is not None:
            for name in here:
                if (there := source.slice(members["span"])) != members[name]:
                    wrong(
                        f"{reprlib.repr(there)} as in the given source",
                        members[name],
                        name,
                    )
        return cls(**members, source=source)

    return read


def _member(name: str, kind: Any, cls: type, deep: int) -> Read:
    """The reader of one member; of one that holds `cls` itself, a level less deep."""
    shape = _shape_of(kind, DEEPEST)
    if cls not in shape.parts:
        return shape.read
    if deep > 1:
        return _shape_of(kind, deep - 1).read

    def nothing(value: Any, _: Source | None) -> tuple[()]:
        return () if value in ([], ()) else wrong(f"no {name} {DEEPEST} deep", value)

    return nothing


_TOLD: Final = frozenset(("generator", "source", "place"))
"""What the command line writes beside the members of the contract; it is not read back."""


def _members(
    reads: Mapping[str, Read], value: Any, source: Source | None
) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        wrong("an object", value)
    if not _TOLD.isdisjoint(value):
        value = {name: one for name, one in value.items() if name not in _TOLD}
    if value.keys() != reads.keys():
        if missing := [name for name in reads if name not in value]:
            raise Mismatch(f"expected a member {missing[0]!r}, found none")
        extra = next(name for name in value if name not in reads)
        raise Mismatch(f"expected no member {extra!r}")
    members: dict[str, Any] = {}
    name = ""
    try:
        for name, read in reads.items():
            members[name] = read(value[name], source)
    except Mismatch as mismatch:
        mismatch.within(name)
        raise
    return members


# --- the schema -----------------------------------------------------------------------------------


def definitions(cls: type) -> dict[str, Schema]:
    """The JSON Schema of `cls` by its name in small letters, and of the classes it is made of."""
    found: dict[str, Schema] = {}
    waiting = [cls]
    while waiting:
        one = waiting.pop(0)
        if _name(one) not in found:
            found[_name(one)] = _schema(one)
            for kind in _fields(one).values():
                waiting += _shape_of(kind, DEEPEST).parts
    return found


def _schema(cls: type) -> Schema:
    """The schema of one class; its description is the first paragraph of the docstring."""
    properties = {
        name: _shape_of(kind, DEEPEST).schema for name, kind in _fields(cls).items()
    }
    schema: Schema = {
        "description": " ".join(
            (inspect.getdoc(cls) or "").partition("\n\n")[0].split()
        ),
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }
    for name, rule in _rules(cls):
        schema["if"] = {"properties": {rule.name: {"const": rule.value}}}
        schema["else"] = {"properties": {name: {"type": "null"}}}
    return schema
