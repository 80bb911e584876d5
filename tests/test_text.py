"""The text model: edits compose, and every range finds its way back to the source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose.text import Edit, Source, Span, Text, replay


@st.composite
def edited(draw: st.DrawFn) -> tuple[Text, list[list[Edit]]]:
    """A text after up to four rounds of edits, and the rounds."""
    text = Text(Source(draw(st.text("abcdef", max_size=12))))
    rounds = []
    for number in range(draw(st.integers(0, 4))):
        edits: list[Edit] = []
        here = 0
        while here <= len(text.string) and draw(st.booleans()):
            start = draw(st.integers(here, len(text.string)))
            end = draw(st.integers(start, len(text.string)))
            if edits and start == end == edits[-1].start == edits[-1].end:
                break
            new = draw(
                st.one_of(st.just("X" * (end - start)), st.text("XYZ", max_size=3))
            )
            edits.append(Edit(start, end, new, f"round{number}"))
            here = end
        rounds.append(edits)
        text = text.apply(edits)
    return text, rounds


@given(edited())
def test_rounds_of_edits_compose_into_edits_of_the_source(
    case: tuple[Text, list[list[Edit]]],
) -> None:
    text, rounds = case
    expected = text.source.text
    for edits in rounds:
        expected = replay(expected, edits)
    assert text.string == expected
    assert replay(text.source.text, text.edits) == expected


@given(edited())
def test_composed_edits_are_in_order_and_apart(
    case: tuple[Text, list[list[Edit]]],
) -> None:
    text, _ = case
    done = 0
    for edit in text.edits:
        assert done <= edit.start <= edit.end <= len(text.source.text)
        done = edit.end


@given(edited())
def test_every_range_maps_into_the_source_in_order(
    case: tuple[Text, list[list[Edit]]],
) -> None:
    text, _ = case
    size = len(text.string)
    spans = [text.span(i, i + 1) for i in range(size)]
    assert all(0 <= s.start <= s.end <= len(text.source.text) for s in spans)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))


@given(edited())
def test_a_character_that_no_edit_wrote_maps_to_itself(
    case: tuple[Text, list[list[Edit]]],
) -> None:
    text, _ = case
    for i, character in enumerate(text.string):
        span = text.span(i, i + 1)
        if character.islower() and span.end - span.start == 1:
            assert text.source.slice(span) in (character, *"abcdef")
            inside = [e for e in text.edits if e.start <= span.start < e.end]
            assert inside or text.source.slice(span) == character


@given(st.text())
def test_the_shadow_has_the_length_of_the_text(string: str) -> None:
    assert len(Text(Source(string)).shadow) == len(string)


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"]
)
def test_every_kind_of_line_break_ends_a_line_of_the_shadow(end: str) -> None:
    assert [line.strip() for line in Text(Source(f"一{end}二")).shadow.split("\n")] == [
        "一",
        "二",
    ]


def test_the_shadow_is_half_width_and_the_text_is_not() -> None:
    text = Text(Source("（１２）\N{IDEOGRAPHIC SPACE}：，"))
    assert text.shadow == "(12) :,"
    assert text.string == text.source.text


def test_edits_that_overlap_are_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="sort them"):
        Text(Source("abc")).apply([Edit(0, 2, ""), Edit(1, 3, "")])


def test_an_empty_range_is_empty_in_the_source_too() -> None:
    assert Text(Source("ab(x)c")).apply([Edit(2, 5, "")]).span(2, 2) == Span(5, 5)
