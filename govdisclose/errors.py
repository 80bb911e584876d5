"""What govdisclose raises: only ever because the *caller* is wrong.

A report that is wrong never raises: it yields a `govdisclose.Diagnostic`. One root, a
few branches, and each branch also inherits the builtin that callers already catch."""

from __future__ import annotations


class GovdiscloseError(Exception):
    """Root of everything that this package raises on purpose."""


class NotText(GovdiscloseError, TypeError):
    """`parse` was given something that is not a `str` (most often undecoded `bytes`)."""


class UnknownKey(GovdiscloseError, KeyError):
    """No section, indicator or form goes by that name; the message lists the nearest that do."""

    def __str__(self) -> str:  # KeyError would print the repr of the message
        return str(self.args[0]) if self.args else ""


class AmbiguousKey(GovdiscloseError, LookupError):
    """The report states this indicator more than once, with different figures."""


class ContractError(GovdiscloseError, ValueError):
    """A `dict` given to `Report.from_dict` does not follow the contract of `Report.to_dict`."""


class SourceError(GovdiscloseError, ValueError):
    """A file cannot be read as text; the message says what it is and what to do."""


class MissingExtra(GovdiscloseError, ImportError):
    """A format needs a library that is not installed; the message has the command that
    installs it."""
