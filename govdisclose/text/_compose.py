"""Edits after edits, as edits of the source."""

from __future__ import annotations

from collections.abc import Sequence

from govdisclose.text._edit import Edit, replaced


def compose(string: str, earlier: Sequence[Edit], later: Sequence[Edit]) -> list[Edit]:
    """The edits `earlier` of a source, which made `string` of it, followed by `later` edits of that
    string.

    Where a later edit overlaps what an earlier one wrote, the two become one edit whose `by` names
    both; but an edit that keeps the length is first cut at the other's borders, so that offsets
    inside it stay exact.

    >>> compose("政府网站", [Edit(0, 4, "政府", "a")], [Edit(1, 3, "务官", "b")])
    [Edit(start=0, end=4, new='政务', by='a+b'), Edit(start=4, end=5, new='官', by='b')]
    """
    merge = _Merge(string, earlier, later)
    while merge.later:
        merge.step()
    return merge.out + merge.earlier[::-1]


class _Merge:
    """Two lists of edits on the way to one. Both are read from their ends, where the first edit
    stands.

    `delta` is what the earlier edits so far added: a position in the string less that in the
    source.
    """

    __slots__ = ("delta", "earlier", "later", "out", "string")

    def __init__(
        self, string: str, earlier: Sequence[Edit], later: Sequence[Edit]
    ) -> None:
        self.string = string
        self.earlier = [*reversed(earlier)]
        self.later = [*reversed(later)]
        self.out: list[Edit] = []
        self.delta = 0

    def step(self) -> None:
        """Take the next edit of one list, cut one, or join some."""
        if _keeps_length(self.later[-1]):
            self._cut_at_deletions()
        edit = self.later[-1]
        if not self.earlier:
            self._take_later()
            return
        low, high = self._written()
        if edit.end <= low and not edit.start == edit.end == low:
            self._take_later()
        elif high <= edit.start and not low == high == edit.start == edit.end:
            self.out.append(self._pass_earlier())
        elif not (self._cut_later(low, high) or self._cut_earlier(low, high)):
            self._join(low)

    def _written(self) -> tuple[int, int]:
        """Where in the string stands what the next earlier edit wrote."""
        done = self.earlier[-1]
        low = done.start + self.delta
        return low, low + len(done.new)

    def _take_later(self) -> None:
        edit = self.later.pop()
        self.out.append(
            Edit(edit.start - self.delta, edit.end - self.delta, edit.new, edit.by)
        )

    def _pass_earlier(self) -> Edit:
        done = self.earlier.pop()
        self.delta += len(done.new) - (done.end - done.start)
        return done

    def _cut_at_deletions(self) -> None:
        """A fold of the script over hundreds of glosses that went: cut at all of them in one go."""
        edit = self.later[-1]
        at = edit.start
        while (
            self.earlier
            and not self.earlier[-1].new
            and (low := self._written()[0]) < edit.end
        ):
            if at < low:
                new = edit.new[at - edit.start : low - edit.start]
                self.out.append(Edit(at - self.delta, low - self.delta, new, edit.by))
                at = low
            self.out.append(self._pass_earlier())
        self.later[-1] = Edit(at, edit.end, edit.new[at - edit.start :], edit.by)

    def _cut_later(self, low: int, high: int) -> bool:
        """Cut a later edit that keeps the length where the earlier one begins, or else ends."""
        edit = self.later[-1]
        at = low if edit.start < low else high
        if not (_keeps_length(edit) and edit.start < at < edit.end):
            return False
        self.later[-1:] = _cut(edit, at)
        return True

    def _cut_earlier(self, low: int, high: int) -> bool:
        """Cut an earlier edit that keeps the length where the later one begins, or else ends."""
        edit, done = self.later[-1], self.earlier[-1]
        at = edit.start if low < edit.start else edit.end
        if not (_keeps_length(done) and low < at < high):
            return False
        self.earlier[-1:] = _cut(done, at - self.delta)
        return True

    def _join(self, low: int) -> None:
        """Make one edit of the next later one, the earlier one that it overlaps, and all that
        overlap these."""
        done = self.earlier[-1]
        first = last = min(low, self.later[-1].start)
        start = first - self.delta
        names = [done.by]
        group: list[Edit] = []
        while True:
            if self.later and (not group or self.later[-1].start < last):
                edit = self.later.pop()
                group.append(Edit(edit.start - first, edit.end - first, edit.new))
                names.append(edit.by)
                last = max(last, edit.end)
            elif self.earlier and self._is_joined(done, last, len(group)):
                last = max(last, self._written()[1])
                names.insert(0, self._pass_earlier().by)
            else:
                break
        by = "+".join(dict.fromkeys("+".join(names).split("+")))
        new = replaced(self.string[first:last], group)
        self.out.append(Edit(start, last - self.delta, new, by))

    def _is_joined(self, done: Edit, last: int, size: int) -> bool:
        """Whether the next earlier edit is the one to join, or begins before the end of
        the group."""
        return (size == 1 and done is self.earlier[-1]) or self._written()[0] < last


def _keeps_length(edit: Edit) -> bool:
    return len(edit.new) == edit.end - edit.start


def _cut(edit: Edit, at: int) -> tuple[Edit, Edit]:
    """An edit that keeps the length, as two: what lies after `at` first, as the lists are read from
    their ends."""
    head = at - edit.start
    return Edit(at, edit.end, edit.new[head:], edit.by), Edit(
        edit.start, at, edit.new[:head], edit.by
    )
