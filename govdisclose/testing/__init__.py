"""Made-up reports for tests: filled forms, printed in every layout, with the figures
that a reader should find.

For authors of other extractors as much as for this package's own tests. All functions
are pure: the same state of the random generator, the same text. Places, names and
figures are invented. Nothing here needs hypothesis; the strategies are in
`govdisclose.testing.strategies`, and need the extra `testing`.

A short guide, from the small to the large:

- `fill` makes figures that obey the relations of a form; `grid` sets them in the cells that the form prints, merged
  cells and all; `render` prints the tables of a form in one of `ALL_LAYOUTS`.
- `make_report` makes a whole report: `text`, the figures in it (`expected`; None where the text shows none), the
  `outline` and the `metadata`. Figures in `unclear` are those that nobody can tell from the text: a reader may abstain
  on them, but not err.
- `make_document` makes a whole report as a file of one of `DOCUMENTS`: web pages, Word, PDF.
- `make_look_alike` makes a text that looks like a report and is none: one of `LOOK_ALIKES`.
- `DAMAGES` are the kinds of damage that real reports come with; name one, or several, and `make_report` does them.
- `break_relation` changes one figure of a filled form, so that one named relation no longer holds.

    >>> import random
    >>> made = make_report(random.Random(1), "national-2021", "pdf_plain", damage=("page_numbers", "nbsp_for_spaces"))
    >>> len(made.expected), made.outline[0][2]
    (200, '总体情况')

A test of another extractor reads `made.text` and compares with `made.expected`:

    >>> def wrong(made, read):
    ...     return [key for key, figure in made.expected.items() if key in read and read[key] != figure]
    >>> wrong(made, {("requests", "requests.new", "total"): -1})
    [('requests', 'requests.new', 'total')]
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from govdisclose.testing._break import (
    Break,
    Instance,
    break_relation,
    instances,
    outcome,
)
from govdisclose.testing._damage import DAMAGES, Damage
from govdisclose.testing._document import DOCUMENTS, MadeDocument, make_document
from govdisclose.testing._fill import Filled, Key, fill
from govdisclose.testing._grid import Grid, GridCell, grid
from govdisclose.testing._layout import (
    ALL_LAYOUTS,
    EXTRACTED,
    FUSED,
    LAYOUTS,
    LOSSY,
    ONE_LINE,
    SHUFFLED,
    Spans,
    print_grid,
    render,
    spread,
    usual_spans,
    width,
)
from govdisclose.testing._report import (
    Block,
    Draft,
    MadeReport,
    Outline,
    draft_report,
    finish,
)
from govdisclose.testing._setting import LOOK_ALIKES, make_look_alike
from govdisclose.testing._told import splits

__all__ = [
    "ALL_LAYOUTS",
    "DAMAGES",
    "DOCUMENTS",
    "EXTRACTED",
    "FUSED",
    "LAYOUTS",
    "LOOK_ALIKES",
    "LOSSY",
    "ONE_LINE",
    "SHUFFLED",
    "Block",
    "Break",
    "Damage",
    "Draft",
    "Filled",
    "Grid",
    "GridCell",
    "Instance",
    "Key",
    "MadeDocument",
    "MadeReport",
    "Outline",
    "Spans",
    "break_relation",
    "draft_report",
    "fill",
    "finish",
    "grid",
    "instances",
    "make_document",
    "make_look_alike",
    "make_report",
    "outcome",
    "print_grid",
    "render",
    "splits",
    "spread",
    "usual_spans",
    "width",
]


def make_report(
    rng: random.Random,
    form: str | None = None,
    layout: str = "pipe_rows",
    blanks: float = 0.2,
    damage: str | Sequence[str] = (),
    on_filled: Callable[[Filled], Filled] | None = None,
) -> MadeReport:
    """A whole report, with the tables of `form` if one is named, after the named kinds
    of `DAMAGES` in their order.

    `blanks` is the share of cells left blank, as far as there are noughts enough.
    `on_filled` may change the figures before they are printed. Raises KeyError for a
    form, a layout or a damage that there is not."""
    draft = draft_report(rng, form, layout, blanks, on_filled)
    kinds = [
        DAMAGES[name] for name in ((damage,) if isinstance(damage, str) else damage)
    ]
    for kind in kinds:
        draft = kind.on_draft(draft, rng)

    def on_text(text: str) -> str:
        for kind in kinds:
            text = kind.on_text(text, rng)
        return text

    return finish(draft, on_text)
