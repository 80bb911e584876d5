"""What reading and checking one report takes, beside the floor of its text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from statistics import median
from time import process_time
from typing import Final

from govdisclose import Source, check, parse
from govdisclose._document.completeness import wholeness
from govdisclose._document.kind import tell_kind
from govdisclose._document.place import contradictions
from govdisclose._lines.cut import cut_lines
from govdisclose._lines.join import join_lines
from govdisclose._lines.shape import shape_lines
from govdisclose._metadata import read_metadata
from govdisclose._outline.read import read_outline
from govdisclose._prose.read import read_prose
from govdisclose._prose.statement import linked
from govdisclose._tables.owner import Own, judge_owners
from govdisclose._tables.read import read_tables
from govdisclose.repair import repair
from timing.clock import best, compared, once
from timing.floor import floor
from timing.row import Row
from timing.texts import IN_ROWS, clean, fused, made_stream, real, whole

FLOORS_MOST: Final = 6.0
FUSED_MOST: Final = 20.0
IN_ROWS_MOST: Final = 1.6  # ms
REAL_LEAST: Final = 2.0  # million characters a second
TRADITIONAL_MOST: Final = 1.3
CHECK_MOST: Final = 0.3  # of what parsing the report takes
_STREAM: Final = 300
_FLOORS: Final = 10  # floors that a turn measures: one is too short to time


def floors() -> Iterator[Row]:
    """parse over the floor of each text."""
    for texts, most in ((clean(), FLOORS_MOST), (fused(), FUSED_MOST)):
        for name, text in texts.items():
            yield _over_floor(name, text, most)
    for name, text in real().items():
        yield _over_floor(name, text, None)


def _over_floor(name: str, text: str, most: float | None) -> Row:
    report = parse(text)
    found = compared(partial(parse, text), floor(text, report), times=_FLOORS)
    cells = f"{len(report.cells)} cells, {len(report.quantities)} figures"
    note = f"{found.first:.2f} ms, floor {found.second:.3f} ms; {len(text)} characters, {cells}"
    return Row(name, found.ratio, "{:.1f} x", most, note)


def speed() -> Iterator[Row]:
    """Time of a report in rows, of real reports, and of a stream in which each text comes once."""
    yield Row(IN_ROWS, best(partial(parse, clean()[IN_ROWS])), most=IN_ROWS_MOST)
    for name, text in real().items():
        ms = best(partial(parse, text))
        rate = len(text) / ms / 1000
        form, note = "{:.2f} M/s", f"{ms:.2f} ms for {len(text)} characters"
        least = REAL_LEAST if name.startswith("real") else None
        yield Row(name, rate, form, note=note, least=least)
    texts = list(made_stream(_STREAM))
    taken = sorted(once(partial(parse, text)) for text in texts)
    note = f"{sum(map(len, texts)) / sum(taken) / 1000:.2f} M characters a second"
    yield Row("stream, each text once: mean", sum(taken) / _STREAM, note=note)
    yield Row("stream, each text once: middle", median(taken))
    slow = taken[-_STREAM // 20]
    yield Row("stream, each text once: slowest 5 %", slow, note="or longer")


def stages() -> Iterator[Row]:
    """What each stage takes of one report with a table. The stages are those of `govdisclose._pipeline.parse`."""
    text = clean()[IN_ROWS]
    runs = [dict(_staged(text)) for _ in range(30)]
    all_of_it = best(partial(parse, text), 30)
    for name in runs[0]:
        least = min(run[name] for run in runs)
        yield Row(name, least, note=f"{least / all_of_it:6.1%} of parse")
    yield Row("parse, all stages", all_of_it)


def _staged(string: str) -> Iterator[tuple[str, float]]:
    """The stages in order, each with its milliseconds."""
    last = process_time()

    def lap(name: str) -> tuple[str, float]:
        nonlocal last
        before, last = last, process_time()
        return name, (last - before) * 1000

    source = Source(string)
    text, _ = repair(source)
    yield lap("repair")
    lines = cut_lines(text.shadow)
    yield lap("cut")
    lines = shape_lines(text.shadow, lines)
    yield lap("shape")
    (tables, lines), _ = read_tables(text, lines)
    yield lap("tables")
    text, lines = join_lines(text, lines)
    yield lap("join")
    (metadata, lines), _ = read_metadata(text, lines)
    yield lap("metadata")
    tables, _ = judge_owners(tables, text, Own(metadata.year, metadata.issuer))
    yield lap("owners")
    outline, _ = read_outline(text, lines)
    yield lap("outline")
    read_prose(text, lines, tables)
    yield lap("prose")
    tell_kind(text, lines, metadata, outline.sections, tables)
    list(wholeness(text, lines, outline.sections, tables))
    contradictions(text, metadata)
    yield lap("kind")
    report = parse(string)
    lap("")
    linked(report)
    yield lap("links")
    report.to_dict()
    yield lap("to_dict")


def checks() -> Iterator[Row]:
    """check over parse."""
    for name, text in whole().items():
        report = parse(text)
        found = compared(partial(check, report), partial(parse, text))
        note = f"{found.first:.2f} ms of {found.second:.2f} ms"
        most = CHECK_MOST if name in real() else None
        yield Row(name, found.ratio, "{:.2f} x", most, note)


def script() -> Iterator[Row]:
    """The same reports in traditional and in simplified script."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    for name in ("prose", IN_ROWS, "bundled example"):
        simplified = whole()[name]
        traditional: str = convert(simplified)
        found = compared(partial(parse, traditional), partial(parse, simplified))
        note = f"{found.first:.2f} ms, {found.second:.2f} ms"
        most = TRADITIONAL_MOST
        yield Row(f"traditional, {name}", found.ratio, "{:.2f} x", most, note)
