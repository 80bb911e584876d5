"""The automatic numbers of Word: what is printed before a paragraph and is nowhere in its text."""

from __future__ import annotations

import pytest
from word import cell, level, lines, lists, numbered, paragraph, row, table

from govdisclose import parse
from govdisclose.read.list_number import FORMATS, spell

# Each format at 1, 2, 10, 11, 20, 21, 101; ISO/IEC 29500-1, 17.18.59.
_AT = (1, 2, 10, 11, 20, 21, 101)
_SPELLED = {
    "decimal": "1 2 10 11 20 21 101",
    "decimalHalfWidth": "1 2 10 11 20 21 101",
    "decimalFullWidth": "１ ２ １０ １１ ２０ ２１ １０１",
    "decimalFullWidth2": "１ ２ １０ １１ ２０ ２１ １０１",
    "decimalZero": "01 02 10 11 20 21 101",
    "decimalEnclosedCircle": "① ② ⑩ ⑪ ⑳ 21 101",
    "decimalEnclosedCircleChinese": "① ② ⑩ ⑪ ⑳ 21 101",
    "decimalEnclosedFullstop": "⒈ ⒉ ⒑ ⒒ ⒛ 21 101",
    "decimalEnclosedParen": "⑴ ⑵ ⑽ ⑾ ⒇ 21 101",
    "upperRoman": "I II X XI XX XXI CI",
    "lowerRoman": "i ii x xi xx xxi ci",
    "upperLetter": "A B J K T U WWWW",
    "lowerLetter": "a b j k t u wwww",
    "ordinal": "1st 2nd 10th 11th 20th 21st 101st",
    "hex": "1 2 A B 14 15 65",
    "chineseCounting": "一 二 十 十一 二十 二十一 一○一",
    "taiwaneseCounting": "一 二 十 十一 二十 二十一 一○一",
    "chineseCountingThousand": "一 二 十 十一 二十 二十一 一百零一",
    "taiwaneseCountingThousand": "一 二 十 十一 二十 二十一 一百零一",
    "japaneseCounting": "一 二 十 十一 二十 二十一 百一",
    "koreanDigital2": "一 二 一零 一一 二零 二一 一零一",
    "ideographDigital": "一 二 一〇 一一 二〇 二一 一〇一",
    "japaneseDigitalTenThousand": "一 二 一〇 一一 二〇 二一 一〇一",
    "taiwaneseDigital": "一 二 一○ 一一 二○ 二一 一○一",
    "ideographTraditional": "甲 乙 癸 11 20 21 101",
    "ideographZodiac": "子 丑 酉 戌 20 21 101",
    "ideographZodiacTraditional": "甲子 乙丑 癸酉 甲戌 癸未 甲申 甲辰",
    "ideographEnclosedCircle": "㊀ ㊁ ㊉ 11 20 21 101",
    "chineseLegalSimplified": "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零壹",
    "ideographLegalTraditional": "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 壹佰零壹",
    "japaneseLegal": "壱 弐 壱拾 壱拾壱 弐拾 弐拾壱 壱百壱",
    "numberInDash": "-1- -2- -10- -11- -20- -21- -101-",
    "chicago": "* † ††† ‡‡‡ §§§§§ ****** **************************",
    "none": "      ",
    "bullet": "      ",
}


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_format_spells_its_numbers(kind: str) -> None:
    assert (
        " ".join(spell(number, kind).replace(" ", "") for number in _AT)
        == _SPELLED[kind]
    )


@pytest.mark.parametrize(
    "kind", [*sorted(FORMATS), "hindiNumbers", "", "001, 002", "x" * 50]
)
def test_no_number_is_too_large_or_too_small_to_spell(kind: str) -> None:
    assert all(
        len(spell(number, kind)) < 60 for number in (-999999999, -1, 0, 1, 999999999)
    )


def test_words_for_a_thousand_fill_one_gap_with_one_nought() -> None:
    assert [
        spell(n, "chineseCountingThousand") for n in (110, 1001, 1010, 1100, 9999)
    ] == [
        "一百一十",
        "一千零一",
        "一千零一十",
        "一千一百",
        "九千九百九十九",
    ]


def test_formats_that_are_not_known_print_decimals() -> None:
    assert spell(12, "thaiNumbers") == "12"


# --- lists

CHINESE = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircleChinese", "%5", '<w:suff w:val="nothing"/>'),
)


def test_the_five_classes_of_headings_are_numbered() -> None:
    body = "".join(numbered(f"标题{i}", i) for i in (0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 1))
    assert lines(body, numbering=lists(*CHINESE)) == [
        "一、标题0",
        "（一）标题1",
        "1. 标题2",
        "（1）标题3",
        "①标题4",
        "②标题4",
        "（2）标题3",
        "2. 标题2",
        "（二）标题1",
        "二、标题0",
        "（一）标题1",
    ]


def test_parse_sees_automatic_numbers_as_headings() -> None:
    body = "".join(
        (
            numbered("概述", 0),
            numbered("收到和办理", 1),
            numbered("复议情况", 1),
            numbered("打算", 0),
        )
    )
    report = parse("\n".join(lines(body, numbering=lists(*CHINESE))))
    assert [(s.level, s.number, s.title) for s in report.walk()] == [
        (1, 1, "概述"),
        (2, 1, "收到和办理"),
        (2, 2, "复议情况"),
        (1, 2, "打算"),
    ]


def test_numbers_of_several_levels_stand_in_one_pattern() -> None:
    levels = lists(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2"),
        level(2, "lowerLetter", "%1.%2.%3)"),
    )
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2) + numbered("丁", 2)
    assert lines(body, numbering=levels) == ["I. 甲", "I.1 乙", "I.1.a)丙", "I.1.b)丁"]


def test_a_legal_level_prints_all_numbers_as_decimals() -> None:
    levels = lists(
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "%1.%2", "<w:isLgl/>"),
    )
    assert lines(numbered("甲") + numbered("乙", 1), numbering=levels) == [
        "第一章 甲",
        "1.1 乙",
    ]


def test_a_level_that_was_not_reached_yet_counts_from_its_start() -> None:
    levels = lists(level(0, "decimal", "%1.", start=3), level(1, "decimal", "%1.%2"))
    assert lines(numbered("甲", 1) + numbered("乙", 1), numbering=levels) == [
        "3.1 甲",
        "3.2 乙",
    ]


@pytest.mark.parametrize(
    ("suffix", "line"), [("tab", "1. 甲"), ("space", "1. 甲"), ("nothing", "1.甲")]
)
def test_what_stands_behind_a_number_is_what_the_level_says(
    suffix: str, line: str
) -> None:
    levels = lists(level(0, "decimal", "%1.", f'<w:suff w:val="{suffix}"/>'))
    assert lines(numbered("甲"), numbering=levels) == [line]


def test_a_list_starts_where_it_says() -> None:
    levels = lists(level(0, "decimal", "%1.", start=5))
    assert lines(numbered("甲") + numbered("乙"), numbering=levels) == [
        "5. 甲",
        "6. 乙",
    ]


def num(num_id: int, *overrides: str, of: int = 1) -> str:
    """A list that is made of another's levels."""
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def start_again(at: int, i: int = 0) -> str:
    return (
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="{at}"/></w:lvlOverride>'
    )


def test_a_list_with_the_same_levels_goes_on_counting_unless_it_starts_again() -> None:
    levels = lists(
        level(0, "decimal", "%1."),
        more=num(2) + num(3, start_again(1)) + num(4, start_again(7)),
    )
    body = "".join(numbered("甲", num=n) for n in (1, 2, 3, 3, 4, 3, 1))
    assert [line.split(".")[0] for line in lines(body, numbering=levels)] == [
        "1",
        "2",
        "1",
        "2",
        "7",
        "8",
        "9",
    ]


def test_a_list_can_replace_a_level() -> None:
    other = (
        f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    )
    assert lines(
        numbered("甲", num=2),
        numbering=lists(level(0, "decimal", "%1."), more=num(2, other)),
    ) == ["A)甲"]


@pytest.mark.parametrize(
    ("restart", "numbers"),
    [
        ("", "1 1 2 1 1"),
        ('<w:lvlRestart w:val="0"/>', "1 1 2 3 4"),
        ('<w:lvlRestart w:val="1"/>', "1 1 2 1 2"),
    ],
)
def test_a_level_starts_again_behind_the_levels_that_it_says(
    restart: str, numbers: str
) -> None:
    levels = lists(
        level(0, "decimal", "%1"),
        level(1, "decimal", "%2"),
        level(2, "decimal", "%3", restart),
    )
    order = (0, 1, 2, 2, 0, 2, 1, 2)
    found = lines("".join(numbered("甲", i) for i in order), numbering=levels)
    third = [line.split()[0] for i, line in zip(order, found, strict=True) if i == 2]
    assert third == numbers.split()[1:]


def test_bullets_are_no_numbers() -> None:
    levels = lists(
        level(0, "bullet", "\uf06c"), level(1, "bullet", "n"), level(2, "none", "")
    )
    assert lines(
        numbered("甲") + numbered("乙", 1) + numbered("丙", 2), numbering=levels
    ) == ["甲", "乙", "丙"]


def test_a_mark_in_words_is_printed() -> None:
    assert lines(numbered("甲"), numbering=lists(level(0, "bullet", "附："))) == [
        "附：甲"
    ]


def test_a_hidden_number_counts_but_is_not_printed() -> None:
    levels = lists(
        level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"),
        level(1, "decimal", "%1.%2"),
    )
    assert lines(
        numbered("甲") + numbered("乙") + numbered("丙", 1), numbering=levels
    ) == ["甲", "乙", "2.1 丙"]


def test_a_custom_format_is_taken_from_its_pattern() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert lines(numbered("甲") + numbered("乙"), numbering=lists(custom)) == [
        "001 甲",
        "002 乙",
    ]


def test_row_numbers_of_a_table_are_read() -> None:
    body = table(
        row(cell(inner=numbered("")), "收到"), row(cell(inner=numbered("")), "办结")
    )
    assert lines(body, numbering=lists(level(0, "decimal", "%1"))) == [
        "| 1 | 收到 |",
        "| 2 | 办结 |",
    ]


def test_deleted_paragraphs_are_not_counted() -> None:
    gone = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>'
    levels = lists(level(0, "decimal", "%1."))
    assert lines(numbered("甲") + gone + numbered("乙"), numbering=levels) == [
        "1. 甲",
        "2. 乙",
    ]


# --- numbers that come from styles


def style(name: str, num_pr: str = "", based_on: str = "", more: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    props = f"<w:pPr><w:numPr>{num_pr}</w:numPr></w:pPr>" if num_pr else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}" {more}>{base}{props}</w:style>'
    )


def styled(text: str, name: str, num_pr: str = "") -> str:
    props = f"<w:numPr>{num_pr}</w:numPr>" if num_pr else ""
    return paragraph(text, f'<w:pStyle w:val="{name}"/>{props}')


def linked(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


LINKED = lists(
    level(0, "chineseCounting", "%1、", linked("H1")),
    level(1, "chineseCounting", "（%2）", linked("H2")),
    level(2, "decimal", "%3."),
)


def test_a_style_is_numbered_at_the_level_that_names_it() -> None:
    styles = style("H1", '<w:numId w:val="1"/>') + style(
        "H2", '<w:ilvl w:val="1"/><w:numId w:val="1"/>'
    )
    body = (
        styled("甲", "H1")
        + styled("乙", "H2")
        + styled("丙", "H2")
        + styled("丁", "H1")
    )
    assert lines(body, styles=styles, numbering=LINKED) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "二、丁",
    ]


def test_a_style_inherits_the_list_of_the_style_it_is_based_on() -> None:
    styles = (
        style("H1", '<w:numId w:val="1"/>')
        + style("H2", '<w:ilvl w:val="1"/>', "H1")
        + style("Own", based_on="H1")
    )
    body = styled("甲", "H1") + styled("乙", "H2") + styled("丙", "Own")
    assert lines(body, styles=styles, numbering=LINKED) == [
        "一、甲",
        "（一）乙",
        "二、丙",
    ]


def test_the_paragraph_has_the_last_word() -> None:
    styles = style("H1", '<w:numId w:val="1"/>')
    body = (
        styled("甲", "H1", '<w:numId w:val="0"/>')
        + styled("乙", "H1", '<w:ilvl w:val="2"/>')
        + styled("丙", "H1")
    )
    assert lines(body, styles=styles, numbering=LINKED) == ["甲", "1. 乙", "一、丙"]


def test_a_style_can_switch_off_what_it_inherits() -> None:
    styles = style("H1", '<w:numId w:val="1"/>') + style(
        "Plain", '<w:numId w:val="0"/>', "H1"
    )
    assert lines(styled("甲", "Plain"), styles=styles, numbering=LINKED) == ["甲"]


def test_a_paragraph_without_a_style_has_the_default() -> None:
    styles = style("H1", '<w:numId w:val="1"/>', more='w:default="1"')
    assert lines(paragraph("甲"), styles=styles, numbering=LINKED) == ["一、甲"]


def test_a_list_that_is_named_by_a_style_of_lists_has_its_levels() -> None:
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    link = (
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
    )
    numbering = link + lists(level(0, "chineseCounting", "%1、"), more=num(2, of=2))
    assert lines(numbered("甲", num=2), styles=styles, numbering=numbering) == [
        "一、甲"
    ]


# --- what is wrong


@pytest.mark.parametrize(
    ("numbering", "styles"),
    [
        ("", ""),
        ('<w:num w:numId="1"><w:abstractNumId w:val="9"/></w:num>', ""),
        ('<w:num w:numId="1"/>', ""),
        ('<w:num w:numId="x"/><w:abstractNum/>', ""),
        (
            '<w:abstractNum w:abstractNumId="1"/><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
            "",
        ),
        # a list that is named by the style that it names
        (
            '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
            + num(1),
            '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
        ),
    ],
)
def test_a_list_that_is_not_there_gives_no_number(numbering: str, styles: str) -> None:
    assert lines(numbered("甲"), numbering=numbering, styles=styles) == ["甲"]


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = style("A", based_on="B") + style("B", based_on="A")
    assert lines(styled("甲", "A"), styles=styles, numbering=LINKED) == ["甲"]


@pytest.mark.parametrize("value", ["-1", "99", "x", "9" * 400])
def test_a_level_that_makes_no_sense_is_the_nearest_one(value: str) -> None:
    body = paragraph(
        "甲", f'<w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="1"/></w:numPr>'
    )
    assert lines(
        body, numbering=lists(*(level(i, "decimal", f"%{i + 1}.") for i in range(9)))
    ) == ["1. 甲"]
