"""Fuzz one target with atheris: `python tests/fuzz/fuzz.py TARGET [SECONDS]`. `make fuzz` does all of them.

Begins with the seeds of the target and the files that it once failed on. What it fails on is written to `found/`
beside this file: mend the fault, and move the file to `tests/cases/fuzz/TARGET/`, where the tests keep it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["govdisclose"]):
    import targets

    from govdisclose import _pipeline, checks  # noqa: F401  # what is imported late is not instrumented else
    from govdisclose.read import html, pdf, text, word  # noqa: F401

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Fuzz until the time is over or something fails; libFuzzer ends the process."""
    name, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "60"
    target = targets.TARGETS[name]
    found = HERE / "found"
    found.mkdir(exist_ok=True)
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    kept = HERE.parent / "cases" / "fuzz" / name
    for i, seed in enumerate(
        (*target.seeds(), *(path.read_bytes() for path in sorted(kept.glob("*"))))
    ):
        (corpus / str(i)).write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        "-timeout=25",
        "-rss_limit_mb=3000",
        "-max_len=60000",
        "-len_control=0",
        f"-artifact_prefix={found}/{name}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
