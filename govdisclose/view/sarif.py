"""What the linter says, as SARIF 2.1.0 (Static Analysis Results Interchange Format, an
OASIS standard).

Columns and offsets count Unicode code points, and say so (`columnKind`); a byte-order
mark is not counted, as the standard has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from govdisclose.diagnostic import CODES, Code
from govdisclose.explain import Node
from govdisclose.finding import ALTERNATIVES, CHECKS, Check, Finding, Operand
from govdisclose.report.json_text import as_json
from govdisclose.text import Source
from govdisclose.view._place import Places
from govdisclose.view.listing import Remark, kind_of, verdict_of

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
# What does not fail has the level none, as the standard demands. A mismatch that can be explained wants a person's eye.
_KINDS: Final = {
    "fails": "fail",
    "holds": "pass",
    "undecided": "open",
    "explained": "review",
}


def sarif(
    sources: Sequence[Source], remarks: Iterable[Remark], version: str, lang: str = "en"
) -> dict[str, Any]:
    """A log with one run: `remarks` are its results, `sources` the texts that were looked at.

    Every code is among the rules, so that a reader can tell what was looked for.
    """
    rules: list[Code | Check] = [*CODES.values(), *CHECKS.values()]
    index = {rule.code: i for i, rule in enumerate(rules)}
    files = {id(source): i for i, source in enumerate(sources)}
    view = _View(files, index, lang == "zh")
    run = {
        "tool": {
            "driver": {
                "name": "govdisclose",
                "version": version,
                "rules": [view.rule(rule) for rule in rules],
            }
        },
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [{"location": {"uri": _uri(source)}} for source in sources],
        "results": [view.result(remark) for remark in remarks],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def sarif_json(
    sources: Sequence[Source], remarks: Iterable[Remark], version: str, lang: str = "en"
) -> str:
    """The log as JSON."""
    return as_json(sarif(sources, remarks, version, lang), 2)


def _uri(source: Source) -> str:
    """A relative name as a relative reference, an absolute one as a file URI."""
    path = PurePath(source.name or "text")
    name = quote(path.as_posix().encode("utf-8", "replace"))
    if path.is_absolute():
        return f"file://{'' if name.startswith('/') else '/'}{name}"
    return name


class _View:
    """The parts of a log, in one language; `files` and `rules` are where each is in the log."""

    __slots__ = ("_files", "_places", "_rules", "_zh")

    def __init__(
        self, files: Mapping[int, int], rules: Mapping[str, int], zh: bool
    ) -> None:
        self._files = files
        self._rules = rules
        self._zh = zh
        self._places = Places()

    def rule(self, rule: Code | Check) -> dict[str, Any]:
        title, meaning, remedy = (
            (rule.title_zh, rule.meaning_zh, rule.remedy_zh)
            if self._zh
            else (rule.title, rule.meaning, rule.remedy)
        )
        return {
            "id": rule.code,
            "shortDescription": {"text": title},
            "fullDescription": {"text": meaning},
            "help": {"text": remedy},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }

    def result(self, remark: Remark) -> dict[str, Any]:
        verdict = verdict_of(remark)
        out = {
            "ruleId": remark.code,
            "ruleIndex": self._rules[remark.code],
            "kind": _KINDS[verdict],
            "level": _LEVELS[remark.severity] if verdict == "fails" else "none",
            "message": {
                "text": (remark.message_zh if self._zh else remark.message)
                or kind_of(remark.code).title
            },
        }
        location = self._location(remark)
        if location:
            out["locations"] = [location]
        if isinstance(remark, Finding):
            places = [
                (o, place) for o in remark.operands if (place := self._location(o))
            ]
            if places:
                out["relatedLocations"] = [
                    {"id": i, **place, "message": {"text": _said(o)}}
                    for i, (o, place) in enumerate(places)
                ]
            out["properties"] = {
                "relation": remark.relation,
                "verdict": verdict,
                "difference": remark.to_dict()["difference"],
                "explanations": [self._explanation(e) for e in remark.explanations],
            }
        return out

    def _explanation(self, name: str) -> str:
        known = ALTERNATIVES.get(name)
        return (
            name
            if known is None
            else f"{name}: {known.meaning_zh if self._zh else known.meaning}"
        )

    def _location(self, node: Node) -> dict[str, Any] | None:
        """Where a value stands; only its file, where it has no place in it; None where
        it has not even that."""
        source = node.source
        if source is None:
            return None
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(source)}}
        if id(source) in self._files:
            physical["artifactLocation"]["index"] = self._files[id(source)]
        location: dict[str, Any] = {"physicalLocation": physical}
        if mark := self._places.mark(node):
            location["logicalLocations"] = [{"fullyQualifiedName": str(mark)}]
        place = self._places.in_file(node)
        if place and node.span is not None:
            line, column, end_line, end_column = place
            physical["region"] = {
                "startLine": line,
                "startColumn": column,
                "endLine": end_line,
                "endColumn": end_column,
                "charOffset": node.span.start,
                "charLength": node.span.end - node.span.start,
                "snippet": {"text": source.slice(node.span)},
            }
        return location


def _said(operand: Operand) -> str:
    value = operand.to_dict()["value"]
    return f"{operand.label}: {operand.reading if value is None else value}"
