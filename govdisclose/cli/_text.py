"""`text`, `forms`, `rule` and `schema`: what a program or a person looks up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib import resources
from typing import Any, Final

import click

from govdisclose.checks._rules import relation_ids
from govdisclose.cli._files import read_all
from govdisclose.cli._forms import form_list, form_text
from govdisclose.cli._language import Language, language, speaking
from govdisclose.cli._screen import refuse, title
from govdisclose.cli._stream import put, writing
from govdisclose.diagnostic import CODES
from govdisclose.explain import visible
from govdisclose.finding import CHECKS
from govdisclose.form import Form, Relation, catalogue
from govdisclose.report import json_schema


@click.command("text")
@click.argument("file", metavar="FILE|-")
@click.option(
    "-o",
    "--output-file",
    "output",
    metavar="FILE",
    help="Write to FILE and not to standard output.",
)
def text_command(file: str, output: str | None) -> None:
    """Write the text that was read from FILE: spans count its characters."""
    (source,) = read_all([file])
    with writing(output) as out:
        data = source.text.encode("utf-8", "replace")
        click.echo(data, nl=False, file=out)


@click.command("forms")
@click.argument("form_id", required=False, metavar="[ID]")
def forms_command(form_id: str | None) -> None:
    """List the official forms that are known; with ID, the rows of one with their keys."""
    forms = catalogue().forms
    if form_id is None:
        click.echo(form_list(forms.values()))
    elif form_id in forms:
        click.echo(form_text(forms[form_id]))
    else:
        near = get_close_matches(form_id, forms, n=1, cutoff=0) or ["none"]
        refuse(
            f"there is no form {visible(form_id)}; the nearest is {near[0]} (`govdisclose forms` lists all)"
        )


@click.command("rule")
@click.argument("code", metavar="CODE|RELATION")
@speaking()
def rule_command(code: str, lang: str | None) -> None:
    """Say what a code or a relation means, and what to do about it."""
    speech = language(lang)
    relation = next(
        (
            (f, r)
            for f in catalogue().forms.values()
            for r in f.relations
            if r.id == code
        ),
        None,
    )
    if code in CODES or code in CHECKS:
        click.echo("\n".join(_code(code, speech)))
    elif relation is not None:
        click.echo("\n".join(_relation(*relation, speech)))
    else:
        known = sorted(
            name
            for name in {*CODES, *CHECKS, *relation_ids()}
            if name.startswith(code[:5])
        )
        hint = (
            f"; there are {', '.join(known[:5])}"
            if known
            else " (docs/reference/ lists all)"
        )
        refuse(f"there is no code or relation {visible(code)!r}{hint}")


def _code(code: str, lang: Language) -> list[str]:
    kind = CODES[code] if code in CODES else CHECKS[code]
    zh = lang == "zh"
    return [
        title(f"{code} ({kind.severity}): {kind.title_zh if zh else kind.title}"),
        "",
        kind.meaning_zh if zh else kind.meaning,
        "",
        kind.remedy_zh if zh else kind.remedy,
        "",
        title("例" if zh else "for example"),
        *(f"  {visible(line)}" for line in kind.example.split("\n")),
    ]


def _relation(form: Form, relation: Relation, lang: Language) -> list[str]:
    named = relation.name_zh if lang == "zh" else relation.name
    said = [
        title(f"{relation.id} ({relation.severity}): {named}"),
        "",
        f"  {relation.rule}",
        "",
    ]
    said += [f"  {form.id}, {relation.table}; {relation.status}: {relation.source}"]
    return [*said, f"  {relation.wording}"] if relation.wording else said


def _report() -> Mapping[str, Any]:
    """The schema of a report, with what the command line adds to it."""
    schema, check = json_schema(), _stored("check")
    added = {name: {"$ref": f"#/$defs/{name}"} for name in ("generator", "source")}
    place = {
        "description": "Page, table, row and column, in a file that is no plain text.",
        "type": ["string", "null"],
    }
    defs = {**schema["$defs"], **{name: check["$defs"][name] for name in added}}
    for name in ("cell", "quantity"):
        defs[name] = {
            **defs[name],
            "properties": {**defs[name]["properties"], "place": place},
        }
    named = {"$schema": schema["$schema"], "$id": "urn:govdisclose:schema:report:1"}
    return {
        **named,
        **schema,
        "properties": {**added, **schema["properties"]},
        "$defs": defs,
    }


SCHEMAS: Final[Mapping[str, Callable[[], Mapping[str, Any]]]] = {
    "report": _report,
    "check": lambda: _stored("check"),
    "diff": lambda: _stored("diff"),
}


def _stored(name: str) -> Mapping[str, Any]:
    written = (
        resources.files("govdisclose.view")
        .joinpath(f"{name}.schema.json")
        .read_text("utf-8")
    )
    found: Mapping[str, Any] = json.loads(written)
    return found


@click.command("schema")
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema_command(name: str) -> None:
    """Print the JSON Schema of what `parse`, `check` or `diff` write as JSON."""
    put(json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2).encode("utf-8"), None)
