"""HTML by construction: elements of `xml.etree`, which escape what is put into them.

What a browser would not show, or would take for the end of the text, is made visible:
control characters become their pictures (␀), surrogates that stand alone the
replacement character. One character stays one, so offsets hold."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import Final
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None

_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PICTURES: Final = 0x2400
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"


def visible(text: str) -> str:
    r"""`text` with a character that can be shown for each that cannot.

    >>> visible("a\x00b\ud800")
    'a␀b�'
    """
    return _UNSEEN.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(_PICTURES + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


def element(tag: str, *children: Child, **attributes: str | None) -> Element:
    """An element with its children; None stands for nothing. `class_` is the attribute
    class, `data_m` data-m.

    >>> markup(element("p", "a < b", element("b", "!"), class_="x"))
    '<p class="x">a &lt; b<b>!</b></p>'
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), visible(value))
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif child is not None and last is None:
            made.text = (made.text or "") + visible(child)
        elif child is not None and last is not None:
            last.tail = (last.tail or "") + visible(child)
    return made


def markup(made: Element) -> str:
    """The element as HTML."""
    return tostring(made, encoding="unicode", method="html")


def asset(name: str) -> str:
    """The text of a file beside this module: a style sheet or a script."""
    return resources.files("govdisclose.view").joinpath(name).read_text("utf-8")


def page(
    title: str, language: str, body: Element, script: str = "", style: str = ""
) -> str:
    """A whole page: one file that needs nothing else, and may run no script but its own.
    `style` is put behind the style of all pages."""
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element(
            "meta",
            **{
                "http-equiv": "Content-Security-Policy",
                "content": _POLICY.format(digest=digest),
            },
        ),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", asset("page.css") + style),
    )
    if script:
        body.append(element("script", script))
    html = element("html", head, body, lang="zh-CN" if language == "zh" else "en")
    return f"<!DOCTYPE html>\n{markup(html)}\n"
