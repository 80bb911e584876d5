"""The pictures of README and docs: pages in a browser, values in a notebook, plots.

`make screenshots` writes them to docs/img again, wide and narrow, light and dark. They are made of the bundled
reports, in one of which a figure is changed, so that there is a slip to see. Needs chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import matplotlib as mpl
from attrs import frozen
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import govdisclose as gd
from govdisclose.view.notebook import html_of
from govdisclose.view.page import review_page
from govdisclose.view.review import corrections_page

OUT: Final = Path(__file__).resolve().parent.parent / "docs" / "img"
EXAMPLES: Final = Path(str(files("govdisclose.examples")))
REPORTS: Final = EXAMPLES / "reports"
CHECK: Final = OUT.parent.parent / "build" / "check.html"
COLOURS: Final = 128
WIDE: Final = (1180, 720)
NARROW: Final = (360, 640)
FINDING: Final = "document.querySelector('.reading li.error[data-m^=f]').click()"
FIGURE: Final = """const cell = [...document.querySelectorAll('.reading td.figure')].find(cell => ['45', '56'].includes(cell.textContent));
cell.scrollIntoView({ block: 'center' }); cell.click();"""


@frozen
class Shot:
    """A picture of a page: its name, what it shows, how large and how dark, and what is done before it is taken."""

    name: str
    html: Callable[[], str]
    size: tuple[int, int]
    dark: bool = False
    script: str = ""


def slipped() -> gd.Report:
    """A bundled report with one figure that breaks two sums."""
    text = (REPORTS / "2022.txt").read_text("utf-8")
    right, wrong = "| 0 | 6 | 45 |", "| 0 | 6 | 54 |"
    assert right in text
    return gd.parse(gd.Source(text.replace(right, wrong), name="青石区水务局2022.txt"))


def report(name: str) -> gd.Report:
    """One of the bundled reports."""
    return gd.parse(gd.read(REPORTS / name))


def doubtful() -> str:
    """The doubtful figures of two reports."""
    garbled = report("2018.txt").source
    text = garbled.text if garbled else ""
    bad = gd.parse(gd.Source(text.replace("| 57 |", "| 57？ |"), name="2018.txt"))
    return corrections_page([slipped(), bad], "zh")


def notebook() -> str:
    """Some values as a notebook shows them, one below the other."""
    panel = gd.panel(REPORTS)
    chain = panel.chain("requests.received")
    values = [slipped(), report("2022.txt").tables[-1]]
    shown = [html_of(value, "zh") for value in values]
    shown += [panel._repr_html_(), chain._repr_html_()]
    calls = ["report", "report.tables[-1]", "panel", 'panel.chain("requests.received")']
    cells = (
        f"<pre>{call}</pre>{html}" for call, html in zip(calls, shown, strict=True)
    )
    style = (
        ":root { color-scheme: light dark } body { font: 14px sans-serif; margin: 12px }"
        " pre { background: rgba(127, 127, 127, .15); padding: 6px }"
    )
    return f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{''.join(cells)}"


SHOTS: Final = (
    Shot("page", lambda: review_page(slipped(), "zh"), WIDE, script=FINDING),
    Shot(
        "page-dark", lambda: review_page(report("2022.txt"), "en"), WIDE, True, FIGURE
    ),
    Shot("page-narrow", lambda: review_page(slipped(), "zh"), NARROW, script=FINDING),
    Shot(
        "page-narrow-dark",
        lambda: review_page(report("2022.txt"), "zh"),
        NARROW,
        True,
        FIGURE,
    ),
    Shot("review", doubtful, (1180, 600)),
    Shot("notebook", notebook, (900, 1180)),
)


def plots() -> Iterator[tuple[str, Any]]:
    """The plots by the names of their pictures."""
    panel = gd.panel(REPORTS)
    yield "series", gd.plot.series(panel, "requests.received", lang="zh")
    yield "funnel", gd.plot.funnel(report("2022.txt"), lang="zh")
    yield "quality", gd.plot.quality(panel, lang="zh")


def small(picture: bytes) -> bytes:
    """The same as a PNG of few colours."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    out = BytesIO()
    cut = (
        Image.Quantize.MEDIANCUT
    )  # k-means keep the rare colours, such as that of a mark
    few = image.quantize(COLOURS, cut, kmeans=1, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser."""
    command = shutil.which("chromium") or shutil.which("google-chrome")
    if command is None:
        sys.exit("no browser here: apt install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=command, args=["--no-sandbox"])


def taken(browser: Browser, shot: Shot) -> bytes:
    """A picture, as a PNG of all its colours."""
    width, height = shot.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(shot.html(), "utf-8", newline="\n")
        page.goto(path.as_uri())
        if shot.script:
            page.evaluate(shot.script)
        picture = page.screenshot()
    page.close()
    return picture


def checked(browser: Browser) -> bytes:
    """The page that checks a file by double-click, with a file that has a slip."""
    page = browser.new_page(viewport={"width": 1180, "height": 900})
    page.goto(CHECK.as_uri())
    source = slipped().source
    text = source.text if source else ""
    file: Any = {
        "name": "青石区水务局2022.txt",
        "mimeType": "",
        "buffer": text.encode(),
    }
    for step in ("ready", "shown"):
        page.wait_for_selector(f"body[data-step={step}]", timeout=240_000)
        if step == "ready":
            page.set_input_files("#file", file)
    page.frame_locator("#review").locator("li.error").first.click()
    page.evaluate("scrollTo(0, 0)")
    picture = page.screenshot()
    page.close()
    return picture


def main() -> None:
    """Take all pictures."""
    mpl.use("Agg")
    os.environ["LC_ALL"] = "zh_CN.UTF-8"  # the language of what is asked for none
    OUT.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for shot in SHOTS:
            (OUT / f"{shot.name}.png").write_bytes(small(taken(browser, shot)))
        if CHECK.is_file():
            (OUT / "check.png").write_bytes(small(checked(browser)))
        else:
            print("check.png is left as it is: `make page` makes what it shows")
    for name, axes in plots():
        out = BytesIO()
        axes.figure.savefig(out, format="png", dpi=90)
        (OUT / f"{name}.png").write_bytes(small(out.getvalue()))
    sizes = {path.name: path.stat().st_size for path in sorted(OUT.glob("*.png"))}
    print(*(f"{size:8,} {name}" for name, size in sizes.items()), sep="\n")
    print(f"{sum(sizes.values()):8,} in all")


if __name__ == "__main__":
    main()
