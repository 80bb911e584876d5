"""Single characters that were lost between digits, or beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from govdisclose.repair._brackets import lost_closers, lost_openers
from govdisclose.repair._dates import lost_days, lost_months, lost_years
from govdisclose.repair._markers import lost_parentheses
from govdisclose.text import Doubt, Edit

_FULL_WIDTH: Final = tuple(chr(0xFF10 + i) for i in range(10))
_HALF_WIDTH: Final = {0xFF10 + i: 0x30 + i for i in range(10)}


def lost_characters(string: str) -> Iterator[Edit | Doubt]:
    """Put back single characters that were lost between digits, where only one reading is possible.

    - Dates (`_dates`): 201811日 is 2018年1月1日, 20155月 is 2015年5月, 20181231止 is 2018年12月31日止. 2018111日
      could be two days: a `Doubt`, and no edit.
    - Document symbols (`_brackets`): 〔2018285号 is 〔2018〕285号, in every kind of bracket; 政办2018〕43号
      is 政办〔2018〕43号.
    - Markers at the start of a line (`_markers`): 1） is （1） and (一重点工作 is (一)重点工作, where they fit.

    Only the lost characters are inserted, never a digit changed, so offsets stay exact.

    >>> [edit.new for edit in lost_characters("国办发〔2018285号，自201811日起")]
    ['〕', '年', '月']
    """
    if any(digit in string for digit in _FULL_WIDTH):
        string = string.translate(
            _HALF_WIDTH
        )  # of the same length: what is inserted has the same place
    found = chain(
        lost_years(string),
        lost_closers(string),
        lost_openers(string),
        lost_days(string),
        lost_months(string),
        lost_parentheses(string),
    )
    yield from sorted(found, key=lambda item: item[:2])
