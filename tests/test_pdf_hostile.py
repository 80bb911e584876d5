"""Files made to hurt, and files that were hurt: bounded time and memory, and one sentence that says what and where."""

from __future__ import annotations

import resource
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from govdisclose.errors import GovdiscloseError, MissingExtra, SourceError
from govdisclose.read import Limits
from govdisclose.read.pdf import process, read_pdf

LIMITS = Limits(
    seconds=100.0
)  # of the clock; what a test may work is said where it works


def pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A file of numbered objects, with its table of places."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += (
            b"%010d 00000 n \n" % places[number]
            if number in places
            else b"0000000000 65535 f \n"
        )
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        start,
    )
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (
        len(packed),
        entries,
        packed,
    )


PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 4 0 R>>"
)


def one_page(
    content: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None
) -> bytes:
    pages = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    }
    return pdf({**pages, 3: PAGE % resources, 4: content, **(more or {})})


def plain(pages: int = 1, **how: Any) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=True, **how)
    for i in range(pages):
        canvas.drawString(80, 700, f"page {i + 1} of the report")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def worked() -> float:
    """Seconds of a processor that this process and those that it awaited have had; a busy machine does not count."""
    used = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return sum(one.ru_utime + one.ru_stime for one in used)


def refused(data: bytes, limits: Limits = LIMITS, within: float = 30.0) -> str:
    start = worked()
    with pytest.raises(SourceError) as caught:
        read_pdf(data, "report.pdf", limits)
    assert worked() - start < within
    return str(caught.value)


def test_ten_thousand_pages_are_too_many() -> None:
    kids = b" ".join([b"3 0 R"] * 10_000)
    tree = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count 10000>>" % kids,
    }
    assert "10,000 pages" in refused(pdf({**tree, 3: PAGE % b"", 4: stream(b"")}))


def test_a_count_of_pages_that_is_a_lie_costs_nothing() -> None:
    tree = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>",
    }
    start = worked()
    assert (
        read_pdf(pdf({**tree, 3: PAGE % b"", 4: stream(b"")}), None, LIMITS).text == ""
    )
    assert worked() - start < 10


def test_the_number_of_pages_is_an_argument() -> None:
    assert len(read_pdf(plain(3), None, evolve(LIMITS, pages=3)).marks) == 3
    assert "(limit: pages)" in refused(plain(3), evolve(LIMITS, pages=2))


@pytest.mark.slow
@pytest.mark.skipif(
    not Path("/proc").exists(),
    reason="other systems do not bound the memory of a process",
)
def test_a_stream_that_unpacks_to_gigabytes_is_refused() -> None:
    """Three mebibytes of file, three gibibytes of lines to draw."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(b"0 0 m 9 9 l S\n" * 80_000)
    block += packer.flush(zlib.Z_FULL_FLUSH)  # depends on nothing before it
    packed = b"\x78\xda" + block * 3000 + packer.flush()
    body = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    assert "page 1 of the PDF" in refused(one_page(body), within=60.0)


def test_a_small_bound_on_what_is_unpacked_holds() -> None:
    said = refused(
        one_page(stream(b"0 0 m 9 9 l S\n" * 4_000_000)),
        evolve(LIMITS, unpacked=1 << 20),
    )
    assert "page 1" in said


@pytest.mark.slow
def test_forms_that_draw_forms_are_stopped() -> None:
    """Ten to the power of twelve words in two kilobytes."""
    forms = {
        n: stream(
            b"/F Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>"
            % (n + 1),
        )
        for n in range(10, 22)
    }
    forms[22] = stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    data = one_page(stream(b"/F Do"), b"/XObject<</F 10 0 R>>", forms)
    assert "page 1" in refused(data, evolve(LIMITS, seconds=3.0))


def test_a_form_that_draws_itself_ends() -> None:
    form = stream(
        b"/F Do 0 0 m 9 9 l S",
        b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 10 0 R>>>>",
    )
    assert (
        read_pdf(
            one_page(stream(b"/F Do"), b"/XObject<</F 10 0 R>>", {10: form}),
            None,
            LIMITS,
        ).text
        == ""
    )


@pytest.mark.parametrize(
    "tree",
    [
        {2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"},
        {
            2: b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
            5: b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        },
        {2: b"2 0 R"},
        {2: b"<</Type/Pages/Kids 2 0 R/Count 1>>"},
    ],
    ids=["itself", "each other", "reference", "kids"],
)
def test_a_tree_of_pages_that_bites_its_tail_ends(tree: dict[int, bytes]) -> None:
    refused(pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **tree}))


def test_content_that_is_no_content_ends() -> None:
    for body in (
        b"4 0 R",
        b"null",
        b"[4 0 R 4 0 R]",
        stream(b"[" * 100_000),
        stream(b"(" * 100_000),
        stream(b"q " * 10**6),
    ):
        assert read_pdf(one_page(body), None, LIMITS).text == ""


def test_more_shapes_than_a_page_has_are_refused() -> None:
    """A map, or a trap: 200,000 lines across."""
    content = b"".join(
        b"%d %d m %d %d l S\n" % (i % 500, i % 800, i % 500 + 30, i % 800)
        for i in range(200_000)
    )
    assert "page 1 of the PDF has more lines" in refused(one_page(stream(content)))


def test_a_grid_of_more_cells_than_allowed_is_refused() -> None:
    lines = [b"%d 50 m %d 800 l S\n" % (x, x) for x in range(50, 550, 5)]
    lines += [b"50 %d m 545 %d l S\n" % (y, y) for y in range(50, 800, 5)]
    assert "(limit: cells)" in refused(
        one_page(stream(b"".join(lines))), evolve(LIMITS, cells=5_000)
    )


def test_more_characters_than_allowed_are_refused() -> None:
    assert "(limit: characters)" in refused(plain(3), evolve(LIMITS, characters=30))


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "(limit: size)" in refused(plain(), evolve(LIMITS, size=100))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_refused(share: float) -> None:
    data = plain(30)
    assert "cut off" in refused(data[: int(len(data) * share)])


def test_what_is_no_pdf_is_named_by_its_beginning() -> None:
    for data in (b"", b"PK\x03\x04 docx", "一、概述".encode(), b"<html>" * 500):
        assert "no PDF" in refused(data)


def test_a_file_without_any_order_is_refused() -> None:
    assert "damaged" in refused(
        b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\nstartxref\n0\n%%EOF"
    )


def test_a_password_is_asked_for_in_a_sentence() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = plain(encrypt=StandardEncryption("secret", "owner", strength=128))
    assert "protected by a password" in refused(locked)
    # Many are only locked against printing: they open with an empty password.
    assert (
        "page 1"
        in read_pdf(
            plain(encrypt=StandardEncryption("", "owner", strength=128)), None, LIMITS
        ).text
    )


def test_an_address_in_a_file_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a PDF may ask for on opening (a script, a form to send, a file elsewhere) is never done."""
    action = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI(http://127.0.0.1:9/)>>/AA<</WC<</S/JavaScript/JS(app.alert(1))>>>>>>"
    remote = b"<</Length 0/F(http://127.0.0.1:9/x)/FFilter/FlateDecode>>\nstream\n\nendstream"
    tree = {
        1: action,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE % b"",
        4: remote,
    }
    assert read_pdf(pdf(tree), None, LIMITS).text == ""


def test_nothing_is_written_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    read_pdf(plain(), None, LIMITS)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_never_ends_is_stopped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asleep = tmp_path / "asleep.py"
    asleep.write_text("import sys, time\nsys.stdin.buffer.read(8)\ntime.sleep(600)\n")
    monkeypatch.setattr(process, "_WORKER", asleep)
    assert "(limit: seconds)" in refused(plain(), evolve(LIMITS, seconds=1.0))


def test_a_worker_that_crashes_does_not_take_us_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crashing = tmp_path / "crashing.py"
    crashing.write_text("import os, sys\nsys.stdin.buffer.read(8)\nos.abort()\n")
    monkeypatch.setattr(process, "_WORKER", crashing)
    assert "page 1 of the PDF" in refused(plain())


def test_a_fault_of_our_own_is_not_blamed_on_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    faulty = tmp_path / "faulty.py"
    faulty.write_text(
        "import sys\nsys.stdin.buffer.read(8)\nraise LookupError('ours')\n"
    )
    monkeypatch.setattr(process, "_WORKER", faulty)
    with pytest.raises(RuntimeError, match="ours"):
        read_pdf(plain(), None, LIMITS)


def test_a_missing_library_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(process, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'govdisclose\[pdf\]'"):
        read_pdf(plain(), None, LIMITS)


@settings(max_examples=40)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes changed anywhere: a text or a `SourceError`, never anything else."""
    file = bytearray(plain(2))
    for _ in range(data.draw(st.integers(1, 12))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    with suppress(GovdiscloseError):
        assert isinstance(read_pdf(bytes(file), None, LIMITS).text, str)
