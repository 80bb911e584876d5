"""Fields: what Word computed is read, how it was asked to is not."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.read.word.names import w
from govdisclose.read.word.state import Field, State, Visit
from govdisclose.read.word.symbol import drawn

_PAGE: Final = "PAGE"
_INSTRUCTION_MOST: Final = 200  # characters of an instruction that matter
_FIELDS_MOST: Final = 32  # fields inside each other


def field_character(state: State, element: Element) -> Visit:
    """Where a field begins, where its result does, and where it ends."""
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        _open_field(state, Field())
    elif kind == "separate" and state.fields:
        state.fields[-1].result = True
        _begin_result(state, state.fields[-1].name)
    elif kind == "end" and state.fields:
        field = state.fields.pop()
        if not field.result:
            state.put(drawn(field.instruction))
    return None


def instruction(state: State, element: Element) -> Visit:
    """A part of what the field is asked for."""
    if (
        state.fields
        and not state.fields[-1].result
        and len(state.fields[-1].instruction) < _INSTRUCTION_MOST
    ):
        state.fields[-1].instruction += str(element.text or "")[:_INSTRUCTION_MOST]
    return None


def simple_field(state: State, element: Element) -> Visit:
    """A field with its instruction as an attribute, and its result as content."""
    field = Field(str(element.get(w("instr"), "")), result=True)
    _open_field(state, field)
    _begin_result(state, field.name)
    return element, lambda: _end_simple(state, field)


def _end_simple(state: State, field: Field) -> None:
    while state.fields and state.fields.pop() is not field:
        pass


def _open_field(state: State, field: Field) -> None:
    """Fields that are never closed must not pile up: each of them is looked at for every run."""
    state.fields.append(field)
    if len(state.fields) > _FIELDS_MOST:
        del state.fields[0]


def _begin_result(state: State, name: str) -> None:
    if state.paragraph is not None:
        state.paragraph.page |= name == _PAGE
