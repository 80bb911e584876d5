"""The words over the figures, and the order of the columns that they tell.

A header is printed in rows (商业企业 below 法人或其他组织), or flat, or group by group; all come
out as one sequence of words. Where a group is followed by all its neighbours before its
own columns begin, the header is in rows, and the columns of the group stand in its
place; otherwise they stand as they are printed.

Guarantees:

1. An order is told only if the words name every column of the form once.
2. Words that stand in another order than the form's never pass for the form's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from attrs import frozen

from govdisclose._lexicon.labels import LabelKey, label_key, without_notes
from govdisclose._lines.cell import HEADER, NUMBER, TEXT, Token, screen_column
from govdisclose._tables.sheet import Sheet
from govdisclose._tables.words import WORDS
from govdisclose.form import Column, FormTable, catalogue

_PIECES_MOST: Final = 4  # lines that a word in a narrow column is cut into

_JOINT: Final = re.compile(r"[-—–/·:]")

Path: TypeAlias = tuple[str, ...]
"""The groups that a column stands under, the outer first."""


@frozen(eq=False)
class Word:
    """A word over figures: the columns of the form that it may head, or the group that
    it is (in normal form)."""

    columns: tuple[Column, ...]
    group: LabelKey | None
    line: int


def words_of(sheet: Sheet, table: FormTable, cells: Sequence[Token]) -> list[Word]:
    """The words of the form among the cells of a header, in their order; those in
    pieces are put together."""
    heads = [cell for cell in cells if cell.type in (HEADER, TEXT)]
    keys = [label_key(sheet.raw(head)) for head in heads]
    out: list[Word] = []
    line = i = 0
    while i < len(heads):
        if i and "\n" in sheet.text.shadow[heads[i - 1].end : heads[i].start]:
            line += 1
        joined = _joined(table, sheet.raw(heads[i]))
        taken, found = (
            (1, joined) if joined else _longest(table, keys[i : i + _PIECES_MOST])
        )
        out += [Word(columns, group, line) for columns, group in found]
        i += taken
    return out


_Meaning: TypeAlias = tuple[tuple[Column, ...], LabelKey | None]


def _joined(table: FormTable, text: str) -> list[_Meaning]:
    """The column of a cell that names its groups as well: 法人或其他组织-商业企业."""
    parts = _JOINT.split(text)
    found = [meanings(table, label_key(part)) for part in parts]
    if len(parts) < 2 or any(len(part) != 1 for part in found):
        return []
    *above, (columns, _) = [part[0] for part in found]
    groups = [group for _, group in above]
    mine = tuple([c for c in columns if all(group in c.path for group in groups)])
    return [(mine, None)] if mine and all(groups) else []


def _longest(table: FormTable, keys: Sequence[LabelKey]) -> tuple[int, list[_Meaning]]:
    """How many cells make the next words, and these; one cell and no word where it is
    none of the form."""
    first = meanings(table, keys[0])
    if first:
        return 1, first
    for size in range(2, len(keys) + 1):
        found = meanings(table, LabelKey("".join(keys[:size])))
        if len(found) == 1:
            return size, found
    return 1, []


def meanings(table: FormTable, key: LabelKey) -> list[_Meaning]:
    """What a cell over figures names: a column, a group, or several that are glued to
    each other."""
    for text in (key, without_notes(key)):
        if text and table.head_words.fullmatch(text):
            return [
                _meaning(table, word.group()) for word in table.head_word.finditer(text)
            ]
    return []


def _meaning(table: FormTable, word: str) -> _Meaning:
    key = LabelKey(word)
    columns = tuple([c for c in table.columns if c.is_named(key)])
    groups = [path for column in table.columns for path in column.path]
    return columns, key if key in groups else None


# --- the order


def printed_order(table: FormTable, words: Sequence[Word]) -> list[Column] | None:
    """The columns of the form from left to right, as the words say; None where they do
    not name each once."""
    leaves = _leaves(table, words)
    if len(leaves) != len(table.columns) or _are_scattered(words):
        return None
    order: list[Column] = []
    for path in _paths(table, words, leaves):
        if path is None:
            return None
        order += path
    return (
        order
        if len({column.key for column in order}) == len(table.columns) == len(order)
        else None
    )


def _are_scattered(words: Sequence[Word]) -> bool:
    """Whether a group stands over columns that are not beside each other: 行政复议, 行政诉讼, 行政复议."""
    by_line: dict[int, list[LabelKey]] = {}
    for word in words:
        if word.group:
            by_line.setdefault(word.line, []).append(word.group)
    lines = list(by_line.values())
    if all(len(groups) == 1 for groups in lines):
        lines = [[group for (group,) in lines]]  # a cell a line
    return any(_come_again(groups) for groups in lines)


def _come_again(groups: Sequence[LabelKey]) -> bool:
    runs = [group for i, group in enumerate(groups) if not i or group != groups[i - 1]]
    return len(set(runs)) < len(runs)


def _leaves(table: FormTable, words: Sequence[Word]) -> list[Word]:
    """The words over single columns; where merged cells are repeated, those of the one
    line that has all."""
    leaves = [word for word in words if word.columns]
    lines = dict.fromkeys([word.line for word in leaves])
    if len(leaves) > len(table.columns):
        for line in lines:
            mine = [word for word in leaves if word.line == line]
            if len(mine) == len(table.columns):
                return mine
    return leaves


def _paths(
    table: FormTable, words: Sequence[Word], leaves: Sequence[Word]
) -> Iterator[list[Column] | None]:
    """Stretches of columns that stand under one group, or under none, from left to right."""
    if all(len(word.columns) == 1 for word in leaves):
        yield _by_names(words, leaves)
        return
    if not _are_below(words, leaves):
        yield None
    at = 0
    groups = _groups(table, words)
    depths = [len(path) for path in groups]
    if depths != sorted(depths) and len({word.line for word in words}) == len(words):
        yield None  # a cell a line: the words of the outer group may stand on the line above
    for path in groups:
        mine = [column for column in table.columns if column.path == path]
        named = leaves[at : at + len(mine)]
        yield [c for word in named for c in word.columns if c in mine]
        at += len(mine)


def _are_below(words: Sequence[Word], leaves: Sequence[Word]) -> bool:
    """Whether words that several groups have stand beside none of the groups, or all
    words are on one line."""
    beside = {word.line for word in words if word.group}
    return len({word.line for word in words}) == 1 or not any(
        leaf.line in beside for leaf in leaves
    )


def _by_names(words: Sequence[Word], leaves: Sequence[Word]) -> list[Column]:
    """The columns where no two have one name."""
    named = [word.columns[0] for word in leaves]
    inner = [c for c in named if c.path]
    groups = [word for word in words if word.group]
    if inner and not groups and len({leaf.line for leaf in leaves}) > 1:
        return []  # the word over some of them is cut: nothing tells where they stand
    if not inner or not groups or not _in_rows(words, leaves):
        return named
    if _stands_alone(words, groups[0]):
        return []  # a page that is set with blanks: it may stand in the middle of the line above
    out: list[Column] = []
    seen: set[str] = set()
    for word in words:
        if word.group and word.group not in seen:
            seen.add(word.group)
            out += [c for c in inner if c.path[-1] == word.group]
        elif word in leaves and not word.columns[0].path:
            out += word.columns
    return out


def _in_rows(words: Sequence[Word], leaves: Sequence[Word]) -> bool:
    """Whether all outer words stand before all inner ones, and not on one line with them."""
    if len({word.line for word in leaves}) == 1 and any(
        w.group and w.line != leaves[0].line for w in words
    ):
        return False  # one row of heads, below the groups
    outer = [i for i, word in enumerate(words) if word.group or _is_outer(word, leaves)]
    inner = [
        i
        for i, word in enumerate(words)
        if word in leaves and not _is_outer(word, leaves)
    ]
    return max(outer) < min(inner)


def _stands_alone(words: Sequence[Word], group: Word) -> bool:
    """Whether a group has a line to itself, where words have not."""
    lines = Counter([word.line for word in words])
    return lines[group.line] == 1 < max(lines.values())


def _is_outer(word: Word, leaves: Sequence[Word]) -> bool:
    return word in leaves and not word.columns[0].path


def _groups(table: FormTable, words: Sequence[Word]) -> list[Path]:
    """The groups of columns in the order in which their words are printed; empty where
    one is not."""
    first: dict[str, int] = {}
    for i, word in enumerate(words):
        if word.group:
            first.setdefault(word.group, i)
    paths = list(dict.fromkeys([column.path for column in table.columns]))
    if not all(name in first for path in paths for name in path):
        return []
    return sorted(paths, key=lambda path: [first[name] for name in path])


# --- words that do not name all


def contradicts(table: FormTable, words: Sequence[Word]) -> bool:
    """Whether words that do not tell an order stand clearly in another than the form's."""
    if _are_scattered(words):
        return True
    paths = [column.path for column in table.columns]
    groups = list(dict.fromkeys([name for path in paths for name in path]))
    by_level = [
        dict.fromkeys(
            word.group
            for word in words
            if word.group and _level(paths, word.group) == depth
        )
        for depth in (0, 1)
    ]
    if any(
        _falls([groups.index(name) for name in names if name]) for names in by_level
    ):
        return True
    single = [word.columns[0] for word in words if len(word.columns) == 1]
    lines = {word.line for word in words if word.columns}
    flat = not any(word.group for word in words) and len(lines) == 1
    if flat and _falls([table.columns.index(c) for c in dict.fromkeys(single)]):
        return True
    for path in dict.fromkeys(paths):
        mine = [table.columns.index(c) for c in dict.fromkeys(single) if c.path == path]
        if _falls(mine):
            return True
    if len(lines) > 1:
        return False  # 总计 stands a line lower than 结果维持: lines tell no order
    several = [word.columns for word in words if len(word.columns) > 1]
    left = iter(table.columns)
    return not all(any(column in columns for column in left) for columns in several)


def _level(paths: Iterable[Path], name: str) -> int:
    """How many groups stand over a group."""
    return next((path.index(name) for path in paths if name in path), 0)


def _falls(numbers: Sequence[int]) -> bool:
    return any(b < a for a, b in pairwise(numbers))


# --- where figures stand


def figures_first(sheet: Sheet, table: FormTable, cells: Sequence[Token]) -> bool:
    """Whether the head has figures before the labels, and a figure stands before the
    first label, or is lacking behind the last."""
    heads = [i for i, cell in enumerate(cells) if cell.type == HEADER]
    if not heads:
        return False
    before = any(cell.type == NUMBER for cell in cells[heads[-1] + 1 :])
    if not before and not _ends_short(sheet):
        return False
    keys = [label_key(sheet.raw(cells[i])) for i in heads]
    words = [word.group() for key in keys for word in table.head_word.finditer(key)]
    kinds = [table.words_by_key.get(LabelKey(word), "column") for word in words]
    return "stub" in kinds and "column" in kinds[: kinds.index("stub")]


def _ends_short(sheet: Sheet) -> bool:
    """Whether the last row has fewer figures than most, in a table whose cells nothing counts."""
    rows = [row.items for row in sheet.rows if row.items]
    if not rows or any(token.slot >= 0 for token in rows[-1]):
        return False
    counts = [sum(token.type == NUMBER for token in items) for items in rows]
    return counts[-1] < Counter(counts).most_common(1)[0][0]


def note_head(sheet: Sheet, start: int, before: int) -> tuple[int, int] | None:
    """Where the last column of figures ends and a column of notes (备注) begins, on a
    page that is set with blanks."""
    shadow = sheet.text.shadow
    begin = shadow.rfind("\n", 0, start) + 1  # a page may be indented as a whole
    for m in WORDS["note_head"].finditer(shadow, begin, before):
        words = m["over"].rstrip()
        if catalogue().is_headers(words.rsplit(maxsplit=1)[-1]) or WORDS[
            "figure_head"
        ].search(words):
            return screen_column(shadow, m.start("over") + len(words)), screen_column(
                shadow, m.start("note")
            )
    return None
