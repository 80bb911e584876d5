"""What the sentences of a report state: figures, citations, and the files that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from govdisclose._lines.line import Line, prose_ranges
from govdisclose._prose.attachments import read_attachments
from govdisclose._prose.citations import read_citations
from govdisclose._prose.quantities import read_quantities
from govdisclose.diagnostic import Diagnostic
from govdisclose.report import Attachment, Citation, Quantity, Table
from govdisclose.text import Text


@frozen
class Prose:
    """What was read out of sentences, each in the order of the text."""

    quantities: tuple[Quantity, ...]
    citations: tuple[Citation, ...]
    attachments: tuple[Attachment, ...]


def read_prose(
    text: Text, lines: Sequence[Line], tables: Sequence[Table]
) -> tuple[Prose, list[Diagnostic]]:
    """The figures and the citations in the sentences among `lines`, and the attachments
    that `text` names.

    The figures are not yet linked to the indicators that they state.
    """
    ranges = list(prose_ranges(lines))
    attachments, faults = read_attachments(text, tables)
    quantities, citations = read_quantities(text, ranges), read_citations(text, ranges)
    return Prose(tuple(quantities), tuple(citations), tuple(attachments)), faults
