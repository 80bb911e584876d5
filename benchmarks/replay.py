"""What a change does to what is read: the working tree beside a revision, in words.

    python benchmarks/replay.py [--base REVISION] [--examples K] [--texts K] [FOLDER …]

Both read the same texts: every form in every layout, every damage with half of the forms (with --texts 2, with the
other half too; the working tree makes them), the example, the cases of the tests, and the files of each FOLDER. What
differs is listed by kind, with how often and in how many texts, and with two examples each. Nothing is judged: a
change of vocabulary is to show its gains and its losses here. Exit 1 when the working tree crashes where the revision
did not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from govdisclose.form import catalogue
from govdisclose.testing import (
    ALL_LAYOUTS,
    DAMAGES,
    LOOK_ALIKES,
    LOSSY,
    make_look_alike,
    make_report,
)

ROOT: Final = Path(__file__).resolve().parent.parent
READER: Final = Path(__file__).resolve().parent / "replay_read.py"
FILES: Final = (".txt", ".html", ".pdf", ".docx", ".md")
Task: TypeAlias = dict[str, str]
Fields: TypeAlias = dict[str, Any]


# --- the texts


def made_texts(sample: int) -> Iterator[Task]:
    """Every form in every layout, and every damage with half of the forms, the layouts in turn; `sample` times."""
    layouts = sorted(ALL_LAYOUTS)
    for round_ in range(sample):
        for f, form in enumerate(sorted(catalogue().forms)):
            for layout in layouts:
                yield _made(form, layout, "", round_)
            for i, damage in enumerate(sorted(DAMAGES)):
                if (i + f + round_) % 2 == 0:
                    layout = layouts[(i + 5 * f + round_) % len(layouts)]
                    yield _made(form, layout, damage, round_)
        for kind in sorted(LOOK_ALIKES):
            text = make_look_alike(random.Random(round_), kind).text
            yield {"name": f"{kind} {round_}", "text": text}


def _made(form: str, layout: str, damage: str, round_: int) -> Task:
    name = " ".join(filter(None, (form, layout, damage, str(round_))))
    blanks = 0.0 if layout in LOSSY else 0.2
    made = make_report(
        random.Random(name), form, layout, blanks, (damage,) if damage else ()
    )
    return {"name": name, "text": made.text}


def files(folders: Iterable[Path]) -> Iterator[Task]:
    """The files of the folders that a reader knows."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in FILES:
                yield {
                    "name": str(path.relative_to(folder.parent)),
                    "file": str(path.resolve()),
                }


# --- the two revisions


def check_out(revision: str, folder: Path) -> None:
    """Put the package of that revision into the folder, with the grammars where an import finds them."""
    wanted = ["govdisclose", "grammars"]
    has = subprocess.run(
        ["git", "ls-tree", "--name-only", revision, *wanted],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    packed = subprocess.run(
        ["git", "archive", revision, *has], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    if "grammars" in has:
        (folder / "govdisclose" / "grammars").symlink_to(folder / "grammars")


def start(package: Path, texts: Path, out: Path) -> subprocess.Popen[bytes]:
    """Read the texts with the package that lies in that folder."""
    env = {**os.environ, "PYTHONPATH": str(package)}
    return subprocess.Popen(
        [sys.executable, str(READER), str(texts), str(out)], env=env, cwd=package
    )


# --- what differs


class Change(NamedTuple):
    """One thing that is not as it was: its kind, what it is about, and both states."""

    kind: str
    about: str
    old: str
    new: str


class Item(NamedTuple):
    """A thing that a report holds, by a key that both revisions give it, with its fields."""

    kind: str
    key: tuple[Any, ...]
    about: str
    fields: Fields


def items(said: Mapping[str, Any]) -> Iterator[Item]:
    """Everything that one answer holds."""
    if "crash" in said:
        yield Item("crash", (said["crash"],), said["crash"], {})
        return
    report = said["report"]
    yield Item("report", (), "report", _rest(report))
    metadata = {k: v for k, v in report["metadata"].items() if k != "evidence"}
    contact = metadata.pop("contact")
    yield Item(
        "metadata",
        (),
        "metadata",
        metadata | {f"contact.{k}": v for k, v in contact.items()},
    )
    yield from _sections(report["sections"])
    for table in report["tables"]:
        yield from _table(table)
    for kind in ("quantities", "citations", "attachments", "furniture", "repairs"):
        for thing in report[kind]:
            yield Item(
                kind,
                (*thing["span"],),
                thing.get("raw") or thing.get("old") or "",
                thing,
            )
    for fault in report["diagnostics"]:
        key = (fault["code"], fault["message"], *(fault["span"] or ()))
        yield Item(f"diagnostic {fault['code']}", key, fault["message"], fault)
    for finding in said["findings"]:
        key = (finding["relation"], finding["message"], *(finding["span"] or ()))
        kind = f"finding {finding['verdict']} {finding['code']}"
        yield Item(kind, key, f"{finding['relation']}: {finding['message']}", finding)


def _rest(report: Mapping[str, Any]) -> Fields:
    """What has no list of its own here, and the paragraphs before the first section."""
    told = {
        "metadata",
        "sections",
        "tables",
        "quantities",
        "citations",
        "attachments",
        "furniture",
    }
    told |= {"repairs", "diagnostics"}
    return {key: value for key, value in report.items() if key not in told}


def _sections(sections: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    todo = [*sections]
    while todo:
        section = todo.pop()
        todo.extend(section["sections"])
        fields = {k: v for k, v in section.items() if k != "sections"}
        yield Item("section", (section["span"][0],), section["raw"], fields)


def _table(table: Mapping[str, Any]) -> Iterator[Item]:
    name = (table["form"], table["table"])
    fields = {key: value for key, value in table.items() if key != "cells"}
    yield Item("table", name, str(table["title"]), fields)
    for cell in table["cells"]:
        row = cell["row"] or cell["label"]
        key = (*name, row, cell["column"])
        yield Item("cell", key, f"{row}@{cell['column']}", cell)


def keyed(things: Iterable[Item]) -> dict[tuple[Any, ...], Item]:
    """By kind and key; a second thing with the same key gets a number."""
    out: dict[tuple[Any, ...], Item] = {}
    met: Counter[tuple[Any, ...]] = Counter()
    for thing in things:
        key = (thing.kind, *thing.key)
        met[key] += 1
        out[*key, met[key]] = thing
    return out


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What one text's answers differ in."""
    if old == new:
        return
    before, after = keyed(items(old)), keyed(items(new))
    for key, item in before.items():
        if key not in after:
            yield Change(f"{item.kind} lost", item.about, _short(item), "")
    for key, item in after.items():
        if key not in before:
            yield Change(f"{item.kind} gained", item.about, "", _short(item))
        else:
            yield from _fields(before[key], item)


def _fields(old: Item, new: Item) -> Iterator[Change]:
    for name in {**old.fields, **new.fields}:
        was, now = old.fields.get(name), new.fields.get(name)
        if was == now:
            continue
        how = (
            "gained"
            if was in (None, [])
            else "lost"
            if now in (None, [])
            else "changed"
        )
        yield Change(f"{new.kind} {name} {how}", new.about, _word(was), _word(now))


def _short(item: Item) -> str:
    if item.kind == "cell":
        return f"{item.fields['reading']} {_word(item.fields['value'])} of {item.fields['raw']!r}"
    told = {
        k: v
        for k, v in item.fields.items()
        if k in ("value", "unit", "span", "verdict")
    }
    return " ".join(f"{key} {_word(value)}" for key, value in told.items())


def _word(value: object) -> str:
    text = (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, default=str)
    )
    return text if len(text) <= 120 else f"{text[:60]} … {text[-50:]}"


# --- telling


def tell(found: Mapping[str, list[tuple[str, Change]]], examples: int) -> None:
    """Print the kinds, what was lost or changed in figures first."""

    def rank(kind: str) -> tuple[bool, bool, int]:
        return (
            not kind.startswith("crash"),
            not kind.startswith("cell"),
            -len(found[kind]),
        )

    for kind in sorted(found, key=rank):
        texts = len({name for name, _ in found[kind]})
        print(f"\n{kind}: {len(found[kind]):,} in {texts:,} texts")
        shown: set[str] = set()
        for name, change in found[kind]:
            if name in shown or len(shown) == examples:
                continue
            shown.add(name)
            print(f"  {name}: {change.about[:100]}")
            print(
                "".join(
                    f"    {mark} {x}\n"
                    for mark, x in (("-", change.old), ("+", change.new))
                    if x
                ),
                end="",
            )


def compare(tasks: list[Task], base: str) -> dict[str, list[tuple[str, Change]]]:
    """Read the texts with both, at the same time, and gather what differs by kind."""
    found: dict[str, list[tuple[str, Change]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts, old, new = folder / "texts", folder / "old", folder / "new"
        texts.write_text(
            "".join(json.dumps(t, ensure_ascii=False) + "\n" for t in tasks), "utf-8"
        )
        (folder / "base").mkdir()
        check_out(base, folder / "base")
        running = [start(folder / "base", texts, old), start(ROOT, texts, new)]
        codes = [process.wait() for process in running]
        if any(codes):
            raise SystemExit("one of the two could not be started: see above")
        with old.open(encoding="utf-8") as was, new.open(encoding="utf-8") as now:
            for task, before, after in zip(tasks, was, now, strict=True):
                if before != after:
                    for change in changes(json.loads(before), json.loads(after)):
                        found[change.kind].append((task["name"], change))
    return found


def main() -> int:
    """Compare, and print what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else None
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--base",
        default="HEAD",
        help="a revision of git; the last commit if none is named",
    )
    parser.add_argument(
        "--texts", type=int, default=1, metavar="K", help="made-up texts of each kind"
    )
    parser.add_argument(
        "--examples", type=int, default=2, metavar="K", help="shown of each kind"
    )
    args = parser.parse_args()
    started = time.perf_counter()
    folders = [
        ROOT / "govdisclose" / "examples",
        ROOT / "tests" / "cases",
        *args.folders,
    ]
    for folder in folders:
        if not folder.is_dir():
            print(f"no folder {folder}: left out", file=sys.stderr)
    tasks = [*made_texts(args.texts), *files(folders)]
    found = compare(tasks, args.base)
    tell(found, args.examples)
    touched = {name for changed in found.values() for name, _ in changed}
    print(
        f"\n{len(tasks):,} texts, {len(touched):,} read differently than at {args.base},"
        f" {time.perf_counter() - started:.0f} s"
    )
    return int("crash gained" in found)


if __name__ == "__main__":
    sys.exit(main())
