"""Who watches the process that reads: a file that ends it costs a row, and the part is
read again without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from attrs import evolve, field, frozen

from govdisclose.batch._plan import Part

_PROOFS: Final = {
    True: 1,
    False: 3,
}  # how often a suspect must do it again, alone: hang, or end its process
_MOST: Final = 10  # how often a process may end on a file that does no harm alone


@frozen
class Result:
    """What became of a part: how many files have each status."""

    part: int
    counts: Mapping[str, int]


@frozen(eq=False)
class Worker:
    """A process that reads parts, started when it is needed and again when it ended."""

    _process: list[subprocess.Popen[str]] = field(
        factory=list, init=False
    )  # at most one

    def read(self, part: Part) -> Result:
        """Read a part, however often the process ends on the way."""
        known: dict[str, str] = {}
        suspected: Counter[str] = Counter()
        while True:
            name, said = self._try(part, known)
            if isinstance(said, Mapping):
                return Result(part.number, said)
            if name is None:  # it ended between files: nobody is to blame
                continue
            suspected[name] += 1
            guilty = (
                _reason(part, said)
                if said.startswith(_RAISED) or suspected[name] >= _MOST
                else None
            )
            guilty = guilty or self._proved(part, name, said)
            if guilty is not None:
                known[name] = guilty

    def _proved(self, part: Part, name: str, said: str) -> str | None:
        """What a file does that was being read when a process ended, alone in a
        process; None if it does no harm.

        The process may have been killed by chance, so it must do so several times, each time.
        """
        alone = evolve(
            part, files=tuple(file for file in part.files if file[0] == name)
        )
        for _ in range(_PROOFS[said == _HUNG]):
            who = None
            while who is None:
                who, said = self._attempt(alone)
                if isinstance(said, Mapping):
                    return None
        return _reason(part, said)

    def _attempt(self, alone: Part) -> tuple[str | None, Any]:
        return self._try(alone, {}, probe=True)

    def _try(
        self, part: Part, known: Mapping[str, str], probe: bool = False
    ) -> tuple[str | None, Mapping[str, int] | str]:
        """One attempt: the file that was being read at the end, and the counts, or how
        the process ended."""
        process = self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018  # both are pipes
        name, began, raised = None, time.monotonic(), ""
        job = {
            "part": json.loads(part.to_json()),
            "crashed": dict(known),
            "probe": probe,
        }
        try:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            for line in process.stdout:
                message: Mapping[str, Any] = json.loads(line)
                if "done" in message:
                    return None, message["done"]
                if "raised" in message:
                    raised = str(message["raised"])
                else:
                    name, began = part.files[message["reading"]][0], time.monotonic()
        except (
            OSError,
            ValueError,
        ):  # its pipe is closed, or broke off in the middle of a line
            pass
        took = time.monotonic() - began
        ending = _ending(self._end())
        if raised:
            return name, f"{_RAISED}{raised}"
        return name, _HUNG if took >= part.limit else ending

    def _running(self) -> subprocess.Popen[str]:
        if not self._process:
            path = os.pathsep.join(filter(None, sys.path))
            self._process.append(
                subprocess.Popen(
                    [
                        sys.executable,
                        "-c",
                        "from govdisclose.batch._worker import main; main()",
                    ],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    encoding="utf-8",
                    env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
                )
            )
        return self._process[0]

    def _end(self) -> int:
        """Wait for the process that ended, and forget it."""
        process = self._process.pop()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has no reader
                    pipe.close()
        try:
            return process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process:
            self._process[0].kill()
            self._end()


_RAISED: Final = "raised "
_HUNG: Final = "hung"


def _reason(part: Part, said: str) -> str:
    """The error in the row of a file, by how its process ended."""
    if said == _HUNG:
        return f"took more than {part.limit:g} s"
    return (
        said.removeprefix(_RAISED)
        if said.startswith(_RAISED)
        else f"ended its process ({said})"
    )


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def run_part(part: str) -> tuple[int, dict[str, int]]:
    """Read one part, given as a line, in a process of its own: what a worker of Dask is
    asked to do."""
    worker = Worker()
    try:
        result = worker.read(Part.from_json(part))
    finally:
        worker.close()
    return result.part, dict(result.counts)
