"""Bodies by their names: of what level of government they are, and of what kind."""

from __future__ import annotations

import pytest

from govdisclose import parse
from govdisclose._lexicon.body import body_kind, body_level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("粮食和物资储备部", None),
        ("财政部", "ministry"),
        ("国家统计局", "ministry"),
        ("国家统计局甲县调查队", "county"),
        ("甲省人民政府办公厅", "province"),
        ("重庆市水利局", "province"),
        ("重庆市丙水区水利局", "county"),
        ("甲乙族自治州财政局", "city"),
        ("温州市粮食局", "city"),
        ("甲州市粮食局", None),
        ("甲州市乙县粮食局", "county"),
        ("甲市乙市水务局", "county"),
        ("丙山自治县人民政府", "county"),
        ("甲市乙经济开发区管委会", None),
        ("丙水县市场监督管理局", "county"),
        ("丙水县柳河镇人民政府", "township"),
        ("甲市乙区柳堤街道办事处", "township"),
        ("镇江市丹水区教育局", "county"),
        ("甲州海关", None),
        (None, None),
    ],
)
def test_the_level_is_that_of_the_last_place_in_the_name(
    name: str | None, level: str | None
) -> None:
    assert body_level(name) == level


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("丙水县人民政府", "government"),
        ("丙水县", "government"),
        ("柳堤街道办事处", "government"),
        ("丙水县人民政府办公室", "government_office"),
        ("丙水县水务局", "department"),
        ("丙水县发展和改革委员会", "department"),
        ("甲州海关", "department"),
        ("乙高新区管委会", "zone"),
        ("丙水县残疾人联合会", "mass"),
        ("丙水县委", "party"),
        ("甲州大学", "university"),
        ("丙水县档案馆", "institution"),
        ("丙水县水务公司", "enterprise"),
        ("某某", None),
        (None, None),
    ],
)
def test_the_kind_is_told_by_the_end_of_the_name(
    name: str | None, kind: str | None
) -> None:
    assert body_kind(name) == kind


def test_metadata_tell_level_and_kind_of_the_issuer() -> None:
    metadata = parse(
        "丙水县水务局2018年政府信息公开工作年度报告\n一、概述\n公开信息12条。"
    ).metadata
    assert (metadata.issuer_level, metadata.issuer_kind) == ("county", "department")
    assert parse("").metadata.issuer_level is None
