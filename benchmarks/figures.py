"""Write docs/figures.md: what every benchmark printed, with the command, the day, the revision and the machine.

    python benchmarks/figures.py [NAME …] [-- ARGUMENT …]

Without a NAME all of them are run, which takes half an hour on two cores. A section that is not run stays as it is.
What follows `--` is given to the benchmark, and stands in its section: `figures.py battery -- --cells 100000`.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "figures.md"
BENCHMARKS: Final = {
    "battery": "made-up reports, clean and damaged: how much is read right",
    "attack": "tables that no renderer of ours prints, kind by kind",
    "readers": "web pages, Word files and PDF",
    "converters": "text that other tools make of a report",
    "check_battery": "relations broken on purpose, and false alarms",
    "bench": "how fast, beside the budgets",
}
INTRODUCTION: Final = """# Figures

What the benchmarks print, as they print it. `make figures` writes this page; nothing on it is written by hand. Why
things are as they are, with the few figures that decided it, is in [why.md](why.md).
"""


def machine() -> str:
    """What it ran on, as far as figures depend on it: no name of a machine, only its kind."""
    kind = f"{platform.machine()}, {os.cpu_count()} cores"
    return f"{platform.system()} {kind}, {platform.python_implementation()} {platform.python_version()}"


def revision() -> str:
    """The commit that was measured, with a word where the code is not that of it."""
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--", ".", ":!docs")
    return f"{commit}, changed" if changed else commit


def _git(*command: str) -> str:
    done = subprocess.run(
        ["git", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def measured(name: str, arguments: list[str]) -> str:
    """The section of a benchmark."""
    command = ["python", f"benchmarks/{name}.py", *arguments]
    done = subprocess.run(
        [sys.executable, *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):  # 1 is a goal missed, which the output says
        raise SystemExit(f"{' '.join(command)}:\n{done.stderr}")
    today = datetime.now(UTC).date().isoformat()
    head = f"`{' '.join(command)}`, {today}, revision {revision()}; {machine()}."
    return f"{head}\n\n```text\n{done.stdout.strip()}\n```"


def sections() -> dict[str, str]:
    """The sections that the page has."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    found = re.findall(
        r"^## (\w+): [^\n]*\n\n(.*?)(?=\n\n## |\Z)",
        text,
        flags=re.DOTALL | re.MULTILINE,
    )
    return {name: body.strip() for name, body in found}


def write(bodies: dict[str, str]) -> None:
    """The page, its sections in their order."""
    parts = [
        f"## {name}: {title}\n\n{bodies[name]}"
        for name, title in BENCHMARKS.items()
        if name in bodies
    ]
    PAGE.write_text("\n\n".join((INTRODUCTION.rstrip(), *parts)) + "\n", "utf-8")


def main() -> int:
    """Run what is asked for, and write the page after each."""
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    names, arguments = words[:at], words[at + 1 :]
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(
            f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}",
            file=sys.stderr,
        )
        return 2
    bodies = sections()
    for name in names or BENCHMARKS:
        print(f"measuring {name}", flush=True)
        bodies[name] = measured(name, arguments)
        write(bodies)
    return 0


if __name__ == "__main__":
    sys.exit(main())
