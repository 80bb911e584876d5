"""The head of a table of a form: merged words, as the blank form prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from attrs import frozen

from govdisclose.form import Column, FormTable
from govdisclose.view.markup import element

Stack = tuple[str, ...]
"""The words over a column, from the top: groups, then its label."""


@frozen
class Head:
    """A word of the head: its first line and column, and how many of each it spans."""

    word: str
    key: str
    line: int
    column: int
    lines: int
    columns: int


def stack_of(column: Column, over: str | None) -> Stack:
    """The words over a column.

    >>> stack_of(Column("enterprise", "商业企业", group="法人或其他组织"), "申请人情况")
    ('申请人情况', '法人或其他组织', '商业企业')
    """
    groups = (over, column.supergroup, column.group)
    return (*(word for word in groups if word), column.label)


def heads(columns: Sequence[Column], over: str | None = None) -> Iterator[Head]:
    """The words over all columns, line by line: a group is merged over its columns, a label reaches
    down to the figures.

    >>> [(h.word, h.lines, h.columns) for h in heads([Column("a", "自然人"), Column("b", "企业", group="法人")])]
    [('自然人', 2, 1), ('法人', 1, 1), ('企业', 1, 1)]
    """
    stacks = [stack_of(column, over) for column in columns]
    depth = max(map(len, stacks), default=0)
    for line in range(depth):
        begin = 0
        for end in range(1, len(stacks) + 1):
            if end < len(stacks) and _merged(stacks[begin], stacks[end], line):
                continue
            stack = stacks[begin]
            if line < len(stack):
                deep = depth - line if line == len(stack) - 1 else 1
                word, key = stack[line], columns[begin].key
                yield Head(word, key, line, begin, deep, end - begin)
            begin = end


def _merged(one: Stack, other: Stack, line: int) -> bool:
    """Whether one group is over both: labels are never merged, also where they are the same."""
    if line >= min(len(one), len(other)) - 1:
        return False
    return one[: line + 1] == other[: line + 1]


def head_lines(form: FormTable, before: Sequence[str]) -> Iterator[Element]:
    """The lines of the head as elements `tr`; `before` are the words over labels and units."""
    found = list(heads(form.columns, form.super_header))
    depth = 1 + max((head.line for head in found), default=0)
    for line in range(depth):
        made = element("tr")
        if line == 0:
            made.extend(
                element("th", word, rowspan=str(depth), scope="col") for word in before
            )
        made.extend(_head(head) for head in found if head.line == line)
        yield made


def _head(head: Head) -> Element:
    return element(
        "th",
        head.word,
        rowspan=str(head.lines),
        colspan=str(head.columns),
        scope="colgroup" if head.columns > 1 else "col",
        title=head.key if head.columns == 1 else None,
    )
