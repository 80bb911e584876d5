"""Makes `build/check.html`: the checker, with Python and all that it needs, in one file.

Run by `make page`, which fetches Pyodide first. The libraries are those of the
environment that this runs in; all of them are pure Python.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from govdisclose.view.markup import asset, element, markup

HERE: Final = Path(__file__).parent
PYODIDE: Final = HERE / "node_modules" / "pyodide"
LIBRARIES: Final = ("attrs", "lark", "opencc-python-reimplemented")
# The page runs its own script and that of the review page, WebAssembly, and a worker that it makes itself.
# `connect-src` is not named, so `default-src` forbids every connection.
_POLICY: Final = (
    "default-src 'none'; script-src {hashes} blob: 'wasm-unsafe-eval'; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)


def made() -> str:
    """The page as HTML."""
    script, css = _text("check.js"), asset("paper.css") + _text("check.css")
    hashes = " ".join(map(_digest, (script, asset("page.js"))))
    parts = {
        "policy": _POLICY.format(hashes=hashes),
        "style": css,
        "parts": "".join(markup(element("li", part)) for part in _parts()),
        "words": _json(tomllib.loads(_text("words.toml"))),
        "script": script,
        "data": "\n".join(_data()),
    }
    page = _text("check.html")
    for name, value in parts.items():
        page = page.replace(f"<!--{name}-->", value)
    return page


def _text(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    """As JSON that can stand in an element `script`."""
    return json.dumps(value).replace("<", "\\u003c")


def _parts() -> Iterator[str]:
    """What the page is made of, with versions and licences."""
    pyodide = json.loads((PYODIDE / "package.json").read_text("utf-8"))
    yield f"Pyodide {pyodide['version']} ({pyodide['license']}), CPython (PSF-2.0)"
    for name in ("govdisclose", *LIBRARIES):
        found = distribution(name)
        fields = found.metadata.json
        licence = fields.get("license_expression") or fields.get("license")
        yield f"{name} {found.version} ({licence})"


def _data() -> Iterator[str]:
    """What the worker is given: scripts as JSON, all else packed, as base64."""
    scripts = {
        "pyodide.asm.js": (PYODIDE / "pyodide.asm.js").read_text("utf-8"),
        "pyodide.js": (PYODIDE / "pyodide.js").read_text("utf-8"),
        "worker.js": _text("worker.js"),
    }
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    for name, value in {**scripts, "pyodide-lock.json": lock["info"]}.items():
        yield f'<script type="application/json" id="{name}">{_json(value)}</script>'
    packed = {
        "pyodide.asm.wasm": (PYODIDE / "pyodide.asm.wasm").read_bytes(),
        "python_stdlib.zip": (PYODIDE / "python_stdlib.zip").read_bytes(),
        "site.zip": _site(),
    }
    for name, data in packed.items():
        base64 = b64encode(gzip.compress(data, 9, mtime=0)).decode()
        yield f'<script type="text/plain" id="{name}">{base64}</script>'


def _site() -> bytes:
    """The package, as its wheel has it, the libraries, and what the worker calls, as a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as site:
        for library in LIBRARIES:
            found = distribution(library)
            for file in sorted(found.files or ()):
                if "__pycache__" not in file.parts and ".." not in file.parts:
                    site.writestr(str(file), Path(str(file.locate())).read_bytes())
        with zipfile.ZipFile(_wheel()) as wheel:
            for entry in wheel.infolist():
                site.writestr(entry.filename, wheel.read(entry))
        site.writestr("desk.py", _text("desk.py"))
    return out.getvalue()


def _wheel() -> io.BytesIO:
    """The wheel of this package."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [*pip, "--no-build-isolation", "-w", folder, str(HERE.parent)], check=True
        )
        (wheel,) = Path(folder).glob("*.whl")
        return io.BytesIO(wheel.read_bytes())


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(made(), "utf-8", newline="\n")
    sys.stdout.write(f"{target}: {target.stat().st_size / 1e6:.1f} MB\n")
