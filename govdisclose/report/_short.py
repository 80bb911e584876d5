"""One short line for a repr: what a value is, and the little that tells it from the next."""

from __future__ import annotations


def count(n: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "cell"), count(1200, "cell"), count(2, "quantity", "quantities")
    ('1 cell', '1,200 cells', '2 quantities')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def cut(text: str, most: int) -> str:
    r"""`text` on one line, cut to `most` characters.

    >>> cut("某县\n某局", 10), cut("政府信息公开年度报告", 5)
    ('某县 某局', '政府信息…')
    """
    line = " ".join(text[: 4 * most].split())
    return (
        line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"
    )


def heading(marker: str, title: str | None) -> str:
    """The marker and the title of a section, short enough for a message."""
    return cut(f"{marker} {title or ''}", 40)


def told(kind: str, *parts: object) -> str:
    """The repr of a value: its kind, then those parts that say something, cut.

    >>> told("Citation", "国办发〔2018〕23号", None)
    '<Citation 国办发〔2018〕23号>'
    """
    said = (cut(str(part), 40) for part in parts if part not in (None, ""))
    return f"<{' '.join((kind, *said))}>"
