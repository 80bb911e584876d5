"""Batches: what a poisoned file, a killed process or a second run costs."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from govdisclose.batch import batch
from govdisclose.batch._plan import parts_of
from govdisclose.errors import ContractError
from govdisclose.form import catalogue
from govdisclose.panel import panel
from govdisclose.testing import make_report

pytest.importorskip("pyarrow", reason="needs the extra arrow")

FORMS: Final = sorted(catalogue().forms)
# What a process that reads does with a text that asks for it: put before `parse` by a module that Python runs first.
POISON: Final = """
import os, signal, time
from govdisclose.panel import items

read = items.parse

def parse(source):
    text = source.text
    if "POISON:raise" in text:
        raise RuntimeError("poisoned")
    if "POISON:exit" in text:
        os._exit(7)
    if "POISON:kill" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "POISON:hang" in text:
        while True:
            pass
    time.sleep(float(os.environ.get("SLOWLY", 0)))
    return read(source)

items.parse = parse
"""


@pytest.fixture
def poisoned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process that reads obeys a poisoned text."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(POISON, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty reports of all forms, in two folders."""
    rng = random.Random(11)
    made = tmp_path / "reports"
    for i in range(40):
        file = made / ("a" if i % 2 else "b") / f"{i:02}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(make_report(rng, FORMS[i % len(FORMS)]).text, "utf-8")
    return made


def fingerprint(out: Path) -> dict[str, str]:
    """The hash of every file of a batch."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def processes(mark: str) -> list[int]:
    """The processes that read for a batch whose environment has this mark."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (
                (entry / "cmdline").read_bytes(),
                (entry / "environ").read_bytes(),
            )
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if (
            b"govdisclose.batch._worker" in command
            and mark.encode() in environment
            and state != "Z"
        ):
            found.append(int(entry.name))
    return found


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A variable of the environment by which the processes of this test are known."""
    monkeypatch.setenv("BATCH_OF", str(tmp_path))
    return f"BATCH_OF={tmp_path}"


# --- plan -------------------------------------------------------------------------------------------------------------


def test_the_parts_depend_on_the_files_alone() -> None:
    names = [(f"{i:04}.txt", f"/x/{i:04}.txt") for i in range(1000)]
    parts = parts_of(names, Path("/out"), None, None, None, 1)
    assert [name for part in parts for name, _ in part.files] == [
        name for name, _ in names
    ]
    assert parts == parts_of(list(reversed(names)), Path("/out"), None, None, None, 1)
    assert len(parts) == 16


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"x")
    with pytest.raises(
        ContractError, match=r"holds other things, such as thesis\.docx"
    ):
        batch([], tmp_path)


# --- runs -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_batch_has_what_a_panel_has(folder: Path, tmp_path: Path) -> None:
    summary = batch(folder, tmp_path / "out", 2, part=15)
    assert dict(summary.counts) == {"read": 40, "unreadable": 0, "crashed": 0}
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")
    )
    wanted = {row["sha256"]: row for row in panel(folder).reports.rows()}
    made = summary.panel()
    rows = made.reports.rows()
    assert [row["source"] for row in rows] == names
    for row in rows:
        assert {**row, "report_id": "", "source": ""} == {
            **wanted[row["sha256"]],
            "report_id": "",
            "source": "",
        }
    exact = sorted(r["exact"] or "" for r in made.series.rows())
    assert exact == sorted(r["exact"] or "" for r in panel(folder).series.rows())


@pytest.mark.slow
def test_a_second_run_reads_only_what_changed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = batch(folder, out, 1, part=10)
    assert (first.parts, first.kept) == (4, 0)
    assert batch(folder, out, 1, part=10).kept == 4
    (folder / "a" / "01.txt").write_text(
        "某市某局2018年政府信息公开年度报告\n一、概述\n", "utf-8"
    )
    again = batch(folder, out, 1, part=10)
    assert again.kept == 3
    assert sum(row["chars"] < 40 for row in again.panel().reports.rows()) == 1
    for file in sorted((folder / "b").glob("*.txt"))[5:]:
        file.unlink()
    fewer = batch(folder, out, 1, part=10)
    assert (fewer.parts, sum(fewer.counts.values())) == (3, 25)
    assert len(fewer.panel().reports) == 25


@pytest.mark.slow
def test_corrections_in_the_folder_are_kept_over_runs(tmp_path: Path) -> None:
    reports, out = tmp_path / "reports", tmp_path / "out"
    reports.mkdir()
    out.mkdir()
    (reports / "x.txt").write_text(
        "某市某局2018年政府信息公开年度报告\n一、附表\n（一）收到申请数 | 件 | 5 |\n1.当面申请数 | 件 | 5 |\n2.传真申请数 | 件 | 0 |\n",
        "utf-8",
    )
    written = "file,table,row,column,value,note\nx.txt,main,requests.received,value,6,looked up\n"
    (out / "corrections.csv").write_text(written, "utf-8")
    for _ in range(2):
        made = batch(reports, out, 1).panel()
        assert (
            next(
                r for r in made.observations.rows() if r["key"] == "requests.received"
            )["value"]
            == 6.0
        )
    assert (out / "corrections.csv").read_text("utf-8") == written
    (out / "corrections.csv").write_text(written.replace(",6,", ",7,"), "utf-8")
    made = batch(reports, out, 1).panel()
    assert (
        next(r for r in made.observations.rows() if r["key"] == "requests.received")[
            "value"
        ]
        == 7.0
    )


# --- poison -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.usefixtures("poisoned")
def test_a_poisoned_file_costs_one_row(folder: Path, tmp_path: Path, mark: str) -> None:
    """One that raises, one that exits, one that kills and one that hangs: each is a row that names it."""
    for kind, place in (
        ("raise", "a/05"),
        ("exit", "b/10"),
        ("kill", "b/12"),
        ("hang", "a/31"),
    ):
        (folder / f"{place}_{kind}.txt").write_text(
            f"POISON:{kind}\n一、概述\n", "utf-8"
        )
    (folder / "b" / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    summary = batch(folder, tmp_path / "out", 2, part=15, limit=4)
    assert dict(summary.counts) == {"read": 40, "unreadable": 1, "crashed": 4}
    said = {
        Path(name).stem.partition("_")[2] or name: (status, error)
        for name, status, error in summary.failures
    }
    assert said["raise"] == ("crashed", "RuntimeError: poisoned")
    assert said["exit"] == ("crashed", "ended its process (exit code 7)")
    assert said["kill"] == ("crashed", "ended its process (signal 9)")
    assert said["hang"] == ("crashed", "took more than 4 s")
    assert said["b/scan.png"][0] == "unreadable"
    assert "b/12_kill.txt: ended its process" in str(summary)
    assert not processes(mark)


@pytest.mark.slow
@pytest.mark.usefixtures("poisoned")
@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="finds processes in /proc"
)
def test_kills_at_random_lose_nothing(
    folder: Path, tmp_path: Path, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The output is byte for byte that of a run that nobody disturbed."""
    batch(folder, tmp_path / "calm", 2, part=8)
    monkeypatch.setenv("SLOWLY", "0.3")
    stop = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        rng = random.Random(3)
        # A process takes seconds to start: killed each time it had, a file would rightly be blamed.
        while not stop.wait(rng.uniform(4, 6)) and len(killed) < 20:
            found = processes(mark)
            if found:
                victim = rng.choice(found)
                killed.append(victim)
                os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    batch(folder, tmp_path / "out", 2, part=8)
    stop.set()
    killer.join()
    assert len(killed) >= 2
    calm, disturbed = fingerprint(tmp_path / "calm"), fingerprint(tmp_path / "out")
    assert calm == disturbed
    assert not processes(mark)


@pytest.mark.slow
@pytest.mark.usefixtures("poisoned")
@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="finds processes in /proc"
)
def test_no_process_outlives_its_parent(
    folder: Path, tmp_path: Path, mark: str
) -> None:
    """Nor one that reads slowly, when the parent is killed; the next run goes on from there."""
    code = "import sys; from govdisclose.batch import batch; batch(sys.argv[1], sys.argv[2], 2, part=8)"
    path = os.pathsep.join(filter(None, sys.path))
    parent = subprocess.Popen(
        [sys.executable, "-c", code, folder, tmp_path / "out"],
        env={**os.environ, "SLOWLY": "0.2", "PYTHONPATH": path},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while (
        not list((tmp_path / "out" / "_done").glob("part-*.json"))
        and time.monotonic() < deadline
    ):
        time.sleep(0.05)
    assert len(processes(mark)) == 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 5
    while processes(mark) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not processes(mark)
    summary = batch(folder, tmp_path / "out", 2, part=8)
    assert summary.kept >= 1
    assert sum(summary.counts.values()) == 40
    assert not list((tmp_path / "out").rglob(".part*"))


# --- Dask -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two workers of Dask on this machine."""
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as made,
        distributed.Client(made) as client,
    ):
        yield client


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_dask_writes_the_same_and_survives_a_killed_worker(
    folder: Path, tmp_path: Path, cluster: Any
) -> None:
    batch(folder, tmp_path / "calm", 1, part=8)
    pids = list(cluster.run(os.getpid).values())
    threading.Timer(1.0, os.kill, (pids[0], signal.SIGKILL)).start()
    summary = batch(folder, tmp_path / "out", client=cluster, part=8)
    assert sum(summary.counts.values()) == 40
    assert fingerprint(tmp_path / "calm") == fingerprint(tmp_path / "out")


def test_the_package_names_the_files_of_all_parts(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(
        "某市某局2018年政府信息公开年度报告\n一、概述\n", "utf-8"
    )
    summary = batch([tmp_path / "one.txt"], tmp_path / "out", 1)
    assert summary.parts == 1
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    for resource in described["resources"]:
        paths = (
            resource["path"]
            if isinstance(resource["path"], list)
            else [resource["path"]]
        )
        assert all((tmp_path / "out" / path).is_file() for path in paths)
