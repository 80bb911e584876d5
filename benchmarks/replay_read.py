"""Read texts, and write what came out: the half of the replay that runs once with each revision.

    python benchmarks/replay_read.py TEXTS OUT

TEXTS holds one JSON object a line: a `name`, and a `text` or the `file` that holds it. OUT gets one line each: what
`to_dict` and `check` said, or the exception. Nothing but the public words of the package is imported here: an older
revision has to understand this file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import govdisclose as gd


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """The report of one text and the findings on it; a crash is an answer too."""
    try:
        source = gd.read(task["file"]) if "file" in task else task["text"]
        report = gd.parse(source)
        findings = [finding.to_dict() for finding in gd.check(report)]
        return {"report": report.to_dict(), "findings": findings}
    except Exception as error:  # noqa: BLE001  # whatever it is, it is to be shown beside the other revision's answer
        return {"crash": f"{type(error).__name__}: {error}"[:200]}


def main() -> None:
    """Read all texts."""
    texts, out = map(Path, sys.argv[1:])
    with (
        texts.open(encoding="utf-8") as tasks,
        out.open("w", encoding="utf-8") as answers,
    ):
        for line in tasks:
            said = answer(json.loads(line))
            answers.write(json.dumps(said, ensure_ascii=False, default=str) + "\n")


if __name__ == "__main__":
    main()
