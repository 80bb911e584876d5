"""The rules that no form prints: rows in the style of the catalogue's relations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from govdisclose._prose.statement import phrases_of
from govdisclose.form import Relation, catalogue


def _rule(
    id: str, name: str, name_zh: str, rule: str, source: str, severity: Literal["error", "warning", "info"] = "warning"
) -> Relation:
    return Relation(id, name, name_zh, "", rule, severity, "definitional", source)


RULES: Final[Mapping[str, Relation]] = MappingProxyType({
    r.id: r
    for r in (
        _rule("tables.same_indicator", "the same indicator in two tables", "两表同一指标", "one = other", "tables of one report agree", "info"),
        _rule("prose.parts", "a list of parts within its total", "分项与总数", "total >= parts", "其中 names parts of what stands before it"),
        _rule("prose.sum", "a total of the list before it", "分项合计", "total = parts", "合计 adds up what stands before it"),
        _rule("prose.share", "a share of a total", "占比", "stated = computed", "a share is the part divided by the whole"),
        _rule("prose.growth", "a change against last year", "增减幅度", "stated = computed", "a rate is the change divided by last year's figure"),
        _rule("prose.repeat", "the same statement twice", "前后表述", "one = other", "one report has one figure for one indicator"),
        _rule("metadata.period_year", "the period is of the year", "统计期限与年度", "year = period", "the form reports on a calendar year"),
        _rule("metadata.signed_after_period", "signed after the period ended", "落款晚于统计期限", "signed >= period", "a year is reported on when it is over"),
        _rule("metadata.published_after_signed", "published when signed or later", "发布不早于落款", "published >= signed", "a report is published when it is signed"),
        _rule("metadata.parts", "parts announced and found", "所称部分数与实有部分数", "announced = found", "the opening says of how many parts the report consists"),
        _rule("metadata.domain", "the website is a government's", "网站域名", "domain = domain", "sites of the administration lie under gov.cn (国办发〔2018〕66号)"),
        _rule("outline.numbers", "the numbers of headings run on", "标题序号连续", "number = next", "official documents number their parts without a gap (GB/T 9704)"),
        _rule("attachment.table", "the announced table is there", "附表", "announced = found", "what is announced can be looked up", "info"),
        _rule("series.growth", "a stated change against last year's report", "同比与上年报告", "stated = computed", "a rate is the change divided by last year's figure"),
        _rule("series.jump", "no jump between two years", "年度突变", "ratio = ratio", "figures of one body seldom change fivefold", "info"),
        _rule("series.copy", "text of its own", "正文沿用", "share = share", "a report tells of its year"),
        _rule("series.years", "one body, a year after the other", "年度连续", "year = next", "relations between years need the year before", "info"),
    )
})  # fmt: skip


@cache
def relation_ids() -> frozenset[str]:
    """Every id that the relation of a finding can have: of the forms, of the rules here, and of the phrases of prose.

    >>> {"n2014.staff_by_type", "outline.numbers", "prose.received"} <= relation_ids()
    True
    """
    forms = catalogue().forms
    return frozenset((
        *RULES,
        *(relation.id for form in forms.values() for relation in form.relations),
        *(phrase.id for form in forms for phrase in phrases_of(form)),
    ))  # fmt: skip
