"""`python -m govdisclose` is the command `govdisclose`."""

from __future__ import annotations

from govdisclose.cli import main

if __name__ == "__main__":
    main(prog_name="govdisclose")
