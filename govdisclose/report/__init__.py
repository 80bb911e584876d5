"""What `parse` returns: frozen values, all spans in characters of the string that the caller gave.

Guarantees:

1. For every value with both `raw` and `span`, `source.text[span.start:span.end] == raw`.
2. `Report.from_dict(report.to_dict()) == report`, and the same through JSON.
3. A figure is an `int` or a `Decimal`, never a `float`; a cell has a value only where its reading
   is `number`.

`source` on each value is a way back to the text for `explain`; it takes no part in equality and is
not written out.

Read on in this order: the values (`_values`), the report (`_report`), how a section is found
(`_sections`), how a figure is found (`_keys`), and how the classes make the contract: out, back in,
and its schema (`_fields`).
"""

from __future__ import annotations

from govdisclose.report._fields import DEEPEST, Figure
from govdisclose.report._report import SCHEMA_VERSION, Kind, Report, json_schema
from govdisclose.report._values import (
    Attachment,
    Cell,
    Citation,
    Contact,
    Evidence,
    Furniture,
    Metadata,
    Paragraph,
    Period,
    Quantity,
    Reading,
    Repair,
    Section,
    Table,
)

__all__ = [
    "DEEPEST",
    "SCHEMA_VERSION",
    "Attachment",
    "Cell",
    "Citation",
    "Contact",
    "Evidence",
    "Figure",
    "Furniture",
    "Kind",
    "Metadata",
    "Paragraph",
    "Period",
    "Quantity",
    "Reading",
    "Repair",
    "Report",
    "Section",
    "Table",
    "json_schema",
]
