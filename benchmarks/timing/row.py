"""One line of the result."""

from __future__ import annotations

from typing import NamedTuple

from govdisclose.testing import width

_NAME: int = 44


class Row(NamedTuple):
    """What was measured, and the budget it has, if any: the most that it may be, or with `least` the least."""

    name: str
    measured: float
    form: str = "{:.2f} ms"
    most: float | None = None
    note: str = ""
    least: float | None = None

    @property
    def over(self) -> bool:
        """Whether the budget is missed."""
        if self.least is not None:
            return self.measured < self.least
        return self.most is not None and self.measured > self.most

    def __str__(self) -> str:
        limit, sign = (self.most, "<=") if self.least is None else (self.least, ">=")
        verdict = "" if limit is None else "over" if self.over else "ok"
        budget = "" if limit is None else f"{sign} {self.form.format(limit)}"
        name = self.name + " " * (_NAME - width(self.name))
        said = (
            f"{name}{self.form.format(self.measured):>11}  {budget:>13}  {verdict:<4}"
        )
        return f"{said}  {self.note}".rstrip()
