"""The pages of docs/reference, made from the tables of codes and from the catalogue:
each fact has one place.

`python -m govdisclose.view.reference docs/reference` (or `make reference`) writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from govdisclose.checks._rules import RULES
from govdisclose.diagnostic import CODES, Code
from govdisclose.finding import ALTERNATIVES, CHECKS, Check
from govdisclose.form import Form, Relation, catalogue

_MADE = "<!-- Made by `make reference` from the tables in the package. Do not edit. -->"
_SEVERITY_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
_STATUS = {
    "official": (
        "官方明文",
        "printed on the form or in its notice",
        "表式或其通知载明",
    ),
    "definitional": (
        "表式结构",
        "follows from the layout of the form",
        "由表式的结构得出",
    ),
    "system": ("系统校验", "a data-entry system enforces it", "已知填报系统据此校验"),
    "usual": (
        "一般如此",
        "has legitimate exceptions; never above info",
        "允许例外，至多为提示",
    ),
}


def pages() -> Mapping[str, str]:
    """The text of each page by its file name.

    >>> sorted(pages())[:3], "relations.md" in pages()
    (['ambiguous-cell.md', 'ambiguous-repair.md', 'ambiguous-row.md'], True)
    """
    codes: list[Code | Check] = [*CODES.values(), *CHECKS.values()]
    made = {f"{code.code}.md": page(code) for code in codes}
    return {
        "index.md": _index(),
        "relations.md": _relations(catalogue().forms.values()),
        **made,
    }


def page(code: Code | Check) -> str:
    """The page of one code."""
    kind, kind_zh = (
        ("check", "核查") if isinstance(code, Check) else ("diagnostic", "识读")
    )
    return "\n".join(
        [
            _MADE,
            f"# {code.code}",
            "",
            f"**{code.title}** ({kind}, {code.severity})",
            "",
            f"**{code.title_zh}**（{kind_zh}，{_SEVERITY_ZH[code.severity]}）",
            "",
            "## What it means · 含义",
            "",
            code.meaning,
            "",
            code.meaning_zh,
            "",
            "## Example · 示例",
            "",
            *_examples(code.example),
            "",
            "## What to do · 处理",
            "",
            code.remedy,
            "",
            code.remedy_zh,
            "",
            f"To leave it out: `govdisclose check --ignore {code.code}`. [All codes](index.md)",
            "",
        ]
    )


def _examples(text: str) -> list[str]:
    """The text, or the texts of a series, which form feeds set apart."""
    fences = ["\n".join(_fenced(part)) for part in text.split("\f")]
    return "\n\n".join(fences).split("\n")


def _fenced(text: str) -> list[str]:
    return ["```text", *text.splitlines(), "```"]


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = tuple(head)
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _listed(codes: Iterable[Code | Check]) -> Iterator[str]:
    head = ("code", "severity", "what it is", "说明")
    return _table(
        head,
        (
            (f"[`{c.code}`]({c.code}.md)", c.severity, c.title, c.title_zh)
            for c in codes
        ),
    )


def _index() -> str:
    return "\n".join(
        [
            _MADE,
            "# Reference of codes",
            "",
            "What `govdisclose check` can say of a report, one page for each code. A **diagnostic** is a fault met while the",
            "report was read; a **check** judges what the report states. [relations.md](relations.md) has the relations of the",
            "forms. [linter.md](../linter.md) tells how to run it.",
            "",
            "`govdisclose check` 对报告可能给出的全部代码，每个代码一页。识读（diagnostic）是读取报告时发现的问题；核查（check）",
            "是对报告所述内容的判断。各表式的勾稽关系见 [relations.md](relations.md)。",
            "",
            "## Checks · 核查",
            "",
            *_listed(CHECKS.values()),
            "",
            "## Diagnostics · 识读",
            "",
            *_listed(CODES.values()),
            "",
            "## Explanations · 差异的已知解释",
            "",
            "A mismatch that one of these accounts for is *explained*, not a failure.",
            "",
            "下列情形之一可以说明的差异，判为“可解释”，不作为不符。",
            "",
            *_table(
                ("id", "what it is", "meaning", "名称", "含义"),
                (
                    (f"`{a.id}`", a.title, a.meaning, a.title_zh, a.meaning_zh)
                    for a in ALTERNATIVES.values()
                ),
            ),
            "",
        ]
    )


def _relations(forms: Iterable[Form]) -> str:
    out = [
        _MADE,
        "# Relations · 勾稽关系",
        "",
        "The relations between figures that each form has. A key is that of `govdisclose forms ID`; `prev:` is the same",
        "figure in last year's report.",
        "",
        "各表式数据之间的关系。指标代码见 `govdisclose forms`；`prev:` 指上年报告的同一数据。",
        "",
        *_table(
            ("status", "meaning", "地位", "含义"),
            ((f"`{k}`", en, zh, said) for k, (zh, en, said) in _STATUS.items()),
        ),
    ]
    for form in sorted(forms, key=lambda f: (f.first_year, f.id)):
        if form.relations:
            out += [
                "",
                f"## {form.id}",
                "",
                f"{form.title}, {form.jurisdiction}, {form.issuing_notice}",
            ]
            for relation in form.relations:
                out += _relation(relation)
    out += ["", "## Rules that no form prints · 表式未载的规则"]
    for rule in RULES.values():
        out += _rule(rule)
    return "\n".join([*out, ""])


def _rule(r: Relation) -> list[str]:
    said = f"{r.name} · {r.name_zh}; {r.severity} ({_SEVERITY_ZH[r.severity]}). Source: {r.source}"
    return ["", f"### {r.id}", "", said]


def _relation(r: Relation) -> list[str]:
    wording = [f"> {r.wording}", ""] if r.wording else []
    said = f"{r.status} ({_STATUS[r.status][0]}), {r.severity} ({_SEVERITY_ZH[r.severity]})"
    return [
        "",
        f"### {r.id}",
        "",
        f"{r.name} · {r.name_zh}",
        "",
        *_fenced(r.rule),
        "",
        *wording,
        f"{said}; table `{r.table}`. Source: {r.source}",
    ]


def write(folder: Path) -> None:
    """Write the pages into `folder`, and take away pages of codes that are no more."""
    made = pages()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
