"""The command `govdisclose`: files in, text or JSON out.

Exit codes: 0 read; 1 read, but a report has a diagnostic of severity error (or does not
state what was asked for); 2 wrong use, or a file that cannot be read. Commands that
take many files tell of such a file at its place, and go on."""

from __future__ import annotations

from govdisclose.cli._main import main

__all__ = ["main"]
