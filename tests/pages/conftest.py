"""A browser for the tests of pages: Debian's chromium, driven by playwright.

Where either is lacking every test of this folder is skipped, with the command that installs it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE = (1280, 800)

Open = Callable[..., "Page"]
"""`open_page(html, size=(1280, 800), dark=False, expect=())`: a page that a browser shows from
`file://`; `expect` are words that its console may say."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.pages)


def chromium() -> str:
    """The browser's command. `GOVDISCLOSE_BROWSER` names another; without any the test is skipped."""
    named = os.environ.get("GOVDISCLOSE_BROWSER")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no browser here: apt install chromium")
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of pages; it is closed behind them, for its loop runs in this thread."""
    command = chromium()
    driver = pytest.importorskip(
        "playwright.sync_api", reason="no playwright here: pip install playwright"
    )
    with driver.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=command, args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Shows a page from `file://`; a request, an error or a word on the console fails the test."""
    contexts: list[BrowserContext] = []
    said: list[str] = []

    def show(
        html: str,
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        expect: Sequence[str] = (),
    ) -> Page:
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, "utf-8", newline="\n")
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        own = path.as_uri()
        page.on("request", lambda r: said.append(r.url) if r.url != own else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: hear(message.text, expect))
        page.goto(own)
        return page

    def hear(message: str, expect: Sequence[str]) -> None:
        if not any(words in message for words in expect):
            said.append(message)

    yield show
    for context in contexts:
        context.close()
    assert not said, said
