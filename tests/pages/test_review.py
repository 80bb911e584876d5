"""The review page in a browser: what a person sees, clicks and types."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import govdisclose as gd
from govdisclose.view.page import review_page

if TYPE_CHECKING:
    from pages.conftest import Open

EXAMPLE = files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")


def test_a_click_on_a_figure_shows_its_words(open_page: Open) -> None:
    page = open_page(review_page(gd.parse(EXAMPLE)))
    page.locator(".reading td.figure", has_text="37").first.click()
    marked = page.locator(".source .on")
    assert marked.all_text_contents() == ["37"]
    assert marked.evaluate(
        "node => { const box = node.getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }"
    )
