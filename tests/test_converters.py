"""What other tools make of a file is scored as made-up reports are; the tools themselves need not be installed."""

from __future__ import annotations

import pytest
from converters import Job, rows, run
from converting import CONVERTERS, available

from govdisclose.form import catalogue


@pytest.mark.parametrize("suffix", ["docx", "html"])
def test_the_own_readers_are_the_measure(suffix: str) -> None:
    result = run(Job("govdisclose.read", suffix, "national-2014", 0.4, 7))
    assert result.counts["silent"] == result.counts["abstained"] == 0
    assert result.counts["kept"] > 0
    assert [row[:2] for row in rows([result])] == [(suffix, "govdisclose.read")]


def test_a_converter_that_is_not_installed_is_left_out() -> None:
    assert not available(CONVERTERS["pandoc gfm"]._replace(program="no-such-program"))
    assert not available(CONVERTERS["docx2txt"]._replace(module="no_such_module"))
    assert available(CONVERTERS["govdisclose.read"])


def test_every_form_is_sent() -> None:
    assert len(catalogue().forms) > 0
    assert {suffix for one in CONVERTERS.values() for suffix in one.suffixes} == {
        "docx",
        "html",
        "pdf",
    }
