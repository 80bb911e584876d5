"""One string to a reading: what is a figure, what is not, and that nothing raises."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose._lexicon.numeral import (
    DATE,
    MONEY,
    UNITS,
    read_cell,
    read_chinese,
    read_date,
    read_number,
    read_ordinal,
    scaled,
    shifted,
)

FULL_WIDTH = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))


def in_chinese(n: int) -> str:
    """The oracle: spells 1 to 9999,9999 place by place."""
    digits = "零一二三四五六七八九"
    high, low = divmod(n, 10000)
    out = in_chinese(high) + "万" if high else ""
    if high and 0 < low < 1000:
        out += "零"
    skipped = False
    started = False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        d = low // place % 10
        if d:
            out += ("零" if skipped else "") + digits[d] + unit
            started, skipped = True, False
        else:
            skipped = started
    return out


def day_by_day(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(c)] for c in str(year))


# --- figures


@given(st.integers(-(10**20), 10**20))
def test_an_integer_reads_back_plain_with_commas_and_full_width(n: int) -> None:
    """Commas and full-width characters do not change a figure."""
    for s in (str(n), f"{n:,}", str(n).translate(FULL_WIDTH)):
        assert read_number(s) == n
        assert isinstance(read_number(s), int)


@given(st.decimals(-(10**12), 10**12, places=5))
def test_a_decimal_keeps_just_the_digits_printed(d: Decimal) -> None:
    """The text of the value is the text of the figure."""
    assert str(read_number(f"{d:f}")) == f"{d:f}"


@pytest.mark.parametrize(
    "s",
    [
        "",
        " ",
        "1 234",
        "12,34",
        "1,2345",
        "1234,567",
        ",123",
        "1.",
        ".5",
        "1.2.3",
        "1_000",
        "²",
        "٣",
        "--5",
        "1e5",
        "NaN",
        "9" * 5000,
    ],
)
def test_what_is_not_a_figure_reads_as_none(s: str) -> None:
    """No lenient reading: int() alone would take 1_000 and ٣."""
    assert read_number(s) is None


# --- Chinese numerals


@given(st.integers(1, 99_999_999))
def test_a_spelt_number_reads_back(n: int) -> None:
    """Plain numerals, also with the leading 一 of 一十二 dropped and in formal characters."""
    plain = in_chinese(n)
    assert read_chinese(plain) == n
    assert read_chinese(re.sub("^一十", "十", plain)) == n
    assert (
        read_chinese(
            plain.translate(
                str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
            )
        )
        == n
    )


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_hundreds_of_millions_read_back(high: int, low: int) -> None:
    """亿, with nought for the places skipped, or none."""
    assert (
        read_chinese(f"{in_chinese(high)}亿零{in_chinese(low)}") == high * 10**8 + low
    )
    assert read_chinese(f"{in_chinese(high)}亿") == high * 10**8


@given(st.integers(1000, 9999))
def test_four_digits_are_read_one_by_one(n: int) -> None:
    """With any of the circles that pages have for nought."""
    for nought in "〇零○":
        assert read_chinese(day_by_day(n).replace("〇", nought)) == n


@pytest.mark.parametrize(
    "s",
    [
        "",
        "三三百",
        "一百五",
        "三五",
        "百",
        "万",
        "一千零二百",
        "二十零五",
        "一零百",
        "十两",
        "两十",
        "二百三百",
        "一百零",
        "零零五千",
        "一亿亿",
        "一万万",
        "五号",
        "一" * 1000,
    ],
)
def test_ill_formed_numerals_read_as_none(s: str) -> None:
    """What has no one reading has none."""
    assert read_chinese(s) is None


# --- ordinals


@pytest.mark.parametrize("n", range(1, 100))
def test_every_marker_up_to_99_reads_back(n: int) -> None:
    """In characters, in digits, in full-width digits."""
    for s in (
        in_chinese(n),
        re.sub("^一十", "十", in_chinese(n)),
        str(n),
        str(n).translate(FULL_WIDTH),
    ):
        assert read_ordinal(s) == n


@pytest.mark.parametrize(
    ("first", "count"), [("①", 20), ("⑴", 20), ("⒈", 20), ("㈠", 10), ("㊀", 10)]
)
def test_enclosed_numbers_count_up(first: str, count: int) -> None:
    """Each row of enclosed characters begins at 1."""
    assert [read_ordinal(chr(ord(first) + i)) for i in range(count)] == list(
        range(1, count + 1)
    )


@pytest.mark.parametrize(
    "s", ["", "0", "零", "百", "一百", "1000", "1.", "一、", "甲", "-1"]
)
def test_what_is_no_ordinal_reads_as_none(s: str) -> None:
    """Nought and hundreds do not number headings."""
    assert read_ordinal(s) is None


# --- dates


@given(DAYS, st.sampled_from(["", " ", "  "]))
def test_every_form_of_a_day_matches_whole_and_reads_back(d: date, blank: str) -> None:
    """Digits, padded or not, with blanks, with three separators, and in Chinese characters."""
    y, m, n = d.year, d.month, d.day
    forms = [
        f"{y}年{m}月{n}日",
        f"{y}{blank}年{blank}{m:02}{blank}月{blank}{n:02}{blank}日",
        f"{day_by_day(y)}年{in_chinese(m)}月{in_chinese(n)}日",
        f"{day_by_day(y)}年{re.sub('^一十', '十', in_chinese(m))}月{re.sub('^一十', '十', in_chinese(n))}日",
        *(f"{y}{mark}{m:{pad}}{mark}{n:{pad}}" for mark in "-/." for pad in ("", "02")),
    ]
    for s in forms:
        found = re.search(DATE, f"成文日期:{s} 发布")
        assert found is not None
        assert found[0] == s
        assert read_date(s) == d


@pytest.mark.parametrize(
    "s",
    [
        "",
        "2018年2月30日",
        "2018-13-01",
        "2018-02-29",
        "2018.1",
        "2018年1月",
        "0000-01-01",
        "2018-1/2",
        "二〇一九年三五月一日",
    ],
)
def test_a_day_that_does_not_exist_reads_as_none(s: str) -> None:
    """A date is checked against the calendar."""
    assert read_date(s) is None


def test_a_date_is_not_found_inside_a_longer_number() -> None:
    """A telephone number, a version and an index number are no dates."""
    for s in ("0571-2018-1-12345", "12018年1月1日", "1.2018.1.1", "2018-1-123"):
        assert re.search(DATE, s) is None


# --- cells


@given(
    st.integers(-(10**9), 10**9),
    st.sampled_from(UNITS),
    st.sampled_from(["", " ", "　"]),
)
def test_a_cell_with_a_unit_reads_back(n: int, unit: str, blank: str) -> None:
    """The unit in the cell is kept apart from the figure."""
    assert read_cell(f"{blank}{n}{blank}{unit}{blank}") == ("number", n, unit)


@pytest.mark.parametrize(
    ("s", "reading"),
    [
        ("", "blank"),
        (" ", "blank"),
        ("\u3000", "blank"),
        ("\u00a0\n", "blank"),
        ("——", "dash"),
        ("—", "dash"),
        ("-", "dash"),
        ("--", "dash"),
        ("----", "dash"),
        ("－", "dash"),
        ("/", "dash"),
        ("／", "dash"),
        ("— —", "dash"),
        ("无", "none"),
        ("没有", "none"),
        ("无。", "none"),
        ("约5", "unreadable"),
        ("14万余条", "unreadable"),
        ("3.5万", "unreadable"),
        ("3?", "unreadable"),
        ("12,34", "unreadable"),
        ("5条6件", "unreadable"),
        ("无条", "unreadable"),
        ("9" * 5000, "unreadable"),
    ],
)
def test_the_kinds_of_nothing_are_kept_apart(s: str, reading: str) -> None:
    """Only a figure has a value; nothing reads as nought."""
    assert read_cell(s) == (reading, None, None)


@pytest.mark.parametrize(
    ("s", "value", "unit"),
    [
        ("75394432.52元", "75394432.52", "元"),
        ("12万元", "12", "万元"),
        ("14万条", "140000", "条"),
        ("1,234 件", "1234", "件"),
        ("-35", "-35", None),
        ("１２", "12", None),
        ("0", "0", None),
        ("5条次", "5", "条次"),
    ],
)
def test_figures_of_cells(s: str, value: str, unit: str | None) -> None:
    """万 stays with money and is worked into counts."""
    assert read_cell(s) == ("number", Decimal(value), unit)


# --- scales


@given(
    st.decimals(0, 10**15, places=4),
    st.sampled_from(["百", "千", "万", "亿", "百万", "千万", "万亿"]),
)
def test_a_scale_is_exact_whatever_the_context(d: Decimal, scale: str) -> None:
    """The precision of the caller's decimal context does not touch a figure."""
    with localcontext() as context:
        context.prec = 60
        factor = 1
        for c in scale:
            factor *= {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[c]
        want = d * factor
    with localcontext() as context:
        context.prec = 3
        value, unit = scaled(d, scale, "条")
    assert (value, unit) == (want, "条")
    assert isinstance(value, int) == (want == want.to_integral_value())


@given(st.integers(0, 10**9), st.sampled_from(sorted(MONEY)))
def test_money_keeps_its_scale(n: int, unit: str) -> None:
    """万元 and 亿元 are units of the forms."""
    assert scaled(n, "万", unit) == (n, f"万{unit}")
    assert scaled(n, "千万", unit) == (n * 1000, f"万{unit}")
    assert shifted(n, 0) == n


# --- totality


@given(
    st.text(st.characters(codec=None), max_size=60)
    | st.text("0123456789一二十百千万亿零两,.-年月日元件 —", max_size=60)
)
def test_no_reader_ever_raises(s: str) -> None:
    """Any string, lone surrogates and NUL included, has a reading or None."""
    assert read_number(s) is None or isinstance(read_number(s), int | Decimal)
    assert read_chinese(s) is None or isinstance(read_chinese(s), int)
    assert read_ordinal(s) is None or isinstance(read_ordinal(s), int)
    assert read_date(s) is None or isinstance(read_date(s), date)
    cell = read_cell(s)
    assert (cell.value is not None) == (cell.reading == "number")
    for found in re.finditer(DATE, s):
        day = read_date(found[0])
        assert day is None or day + timedelta(0) == day


@pytest.mark.parametrize(
    "c", ["9", "一", "万", "零", ",", "-", " ", "—", "1,", "\ud800", "\0"]
)
def test_a_million_characters_are_refused_not_worked_on(c: str) -> None:
    """No reading of a million characters is a figure."""
    s = c * 10**6
    assert read_number(s) is None
    assert read_chinese(s) is None
    assert read_ordinal(s) is None
    assert read_date(s) is None
    assert read_cell(s).reading == ("blank" if c == " " else "unreadable")
