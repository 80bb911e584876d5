"""The command `govdisclose`: files in, text or JSON out.

Exit codes: 0 read; 1 read, but a report has a diagnostic of severity error (or does not state what was asked for);
2 wrong use, among it a file that cannot be read as text. All files are read before anything is printed, so that a
wrong name leaves nothing half written.
"""

from __future__ import annotations

from govdisclose.cli._main import main

__all__ = ["main"]
