"""The official forms: what a blank one prints, row by row, and which of them a filled
table follows.

A form is a TOML file in `govdisclose/form/data`; everything that code knows of a form it knows from
there. Labels are compared in a normal form, so a label seen in the wild is one alias, and a new
form is one file.

Read on in this order: a form (`model`), its relations (`relation`), its file (`load`), the index
over all forms (`index`), labels that are not whole (`spelling`), which form a table follows
(`recognition`), and forms of your own (`extra`). What figures of different forms have in common is
in `concepts`.
"""

from __future__ import annotations

import os
from functools import cache
from os import PathLike
from typing import Final

from govdisclose.form.index import Catalogue, Inexact, index
from govdisclose.form.load import own_forms
from govdisclose.form.model import (
    NATIONAL,
    Column,
    Derived,
    Form,
    FormTable,
    Names,
    Place,
    Relation,
    Row,
)
from govdisclose.form.recognition import anchor, ballot, recognise

__all__ = [
    "FORMS_VARIABLE",
    "NATIONAL",
    "Catalogue",
    "Column",
    "Derived",
    "Form",
    "FormTable",
    "Inexact",
    "Names",
    "Place",
    "Relation",
    "Row",
    "anchor",
    "ballot",
    "catalogue",
    "recognise",
]


def catalogue(extra: str | PathLike[str] | None = None) -> Catalogue:
    """The forms that ship with the package, read once a process; with `extra`, forms of your own
    besides.

    `extra` is a `.toml` file, or a folder of them, written as those in `govdisclose/form/data` are.
    Each is held to the rules that the package's own forms follow. Raises `ContractError` where one
    breaks them: the message names the file, the place and what is wrong.

    >>> catalogue().forms["national-2014"]
    <Form national-2014: 政府信息公开情况统计表, 1 table, 65 rows>
    """
    if extra is None:
        return _own()
    from govdisclose.form.extra import with_extra

    return with_extra(extra)


FORMS_VARIABLE: Final = "GOVDISCLOSE_FORMS"
"""A file or folder of forms that every process reads besides those of the package: what the option
`--forms` of the command line sets, so that the processes it starts know them too."""


@cache
def _own() -> Catalogue:
    extra = os.environ.get(FORMS_VARIABLE)
    return catalogue(extra) if extra else index(own_forms())
