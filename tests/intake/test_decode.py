from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.errors import InputRefusedError
from trucebook.intake.decode import decode

SAYS = "“We don’t rule it out,” the envoy said — a café in Málaga was full.\r\nNobody left.\r\n"
ODD_LENGTH = b"\xff\xfeT\x00r"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(SAYS.encode("utf-8"), SAYS, id="utf-8"),
        pytest.param(SAYS.encode("utf-8-sig"), SAYS, id="utf-8 with mark"),
        pytest.param(b"\xff\xfe" + SAYS.encode("utf-16-le"), SAYS, id="utf-16 little endian with mark"),
        pytest.param(b"\xfe\xff" + SAYS.encode("utf-16-be"), SAYS, id="utf-16 big endian with mark"),
        pytest.param(SAYS.encode("utf-16-le"), SAYS, id="utf-16 little endian without mark"),
        pytest.param(SAYS.encode("utf-16-be"), SAYS, id="utf-16 big endian without mark"),
        pytest.param(SAYS.encode("utf-32"), SAYS, id="utf-32 with mark"),
        pytest.param(SAYS.encode("cp1252"), SAYS, id="windows-1252"),
        pytest.param(SAYS.encode("mac-roman"), SAYS, id="macroman"),
        pytest.param(
            b"Plain words.\rOld Macs wrote so.\r", "Plain words.\rOld Macs wrote so.\r", id="line breaks stay"
        ),
        pytest.param(b"The end.\x1a", "The end.\x1a", id="the end mark of DOS stays"),
    ],
)
def test_what_is_written_is_read(raw: bytes, text: str) -> None:
    assert decode(raw, "a.txt") == text


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "iso-8859-15"])
def test_a_page_declares_its_encoding(name: str) -> None:
    page = f'<html><head><meta charset="{name}"></head><body>café</body></html>'
    assert decode(page.encode(name), "a.html", page=True) == page


def test_what_a_page_declares_cannot_run_a_codec_that_is_no_encoding() -> None:
    page = b'<meta charset="unicode_escape"><p>caf\xe9 \\x41</p>'
    assert "\\x41" in decode(page, "a.html", page=True)


def test_utf_8_is_believed_above_a_declaration() -> None:
    page = '<meta charset="windows-1252"><p>café</p>'
    assert decode(page.encode(), "a.html", page=True) == page


def test_the_users_encoding_is_believed() -> None:
    assert decode("“Ja”".encode("mac-roman"), "a.txt", encoding="macintosh") == "“Ja”"


def test_another_alphabet_is_found_and_not_taken_for_western() -> None:
    text = "Переговоры о прекращении огня продолжились во вторник, сообщили официальные лица обеих стран. " * 4
    assert decode(text.encode("cp1251"), "a.txt") == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b" \r\n\t ", "is empty", id="white space"),
        pytest.param(b"\xef\xbb\xbf", "is empty", id="a mark alone"),
        pytest.param("\u200b\u00a0\n".encode(), "is empty", id="invisible characters"),
        pytest.param(b"\x00" * 40, "is empty", id="zero bytes"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "is a PDF document", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00word/document.xml", "is a Word document", id="word"),
        pytest.param(b"PK\x03\x04mimetypeapplication/epub+zip", "is an EPUB book", id="epub"),
        pytest.param(b"PK\x03\x04\x14\x00a.txt", "is a zip archive", id="zip"),
        pytest.param(b"\x1f\x8b\x08\x00", "is a gzip archive", id="gzip"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "is a PNG image", id="png"),
        pytest.param(b"RIFF\x00\x00\x00\x00WEBPVP8", "is a WebP image", id="webp"),
        pytest.param(b"\x00\x00\x00\x18ftypmp42", "is a film or image", id="film"),
        pytest.param(b"{\\rtf1 words}", "is an RTF document", id="rtf"),
        pytest.param(b"words\x00and\x00\x00more\x00", "is binary", id="zero bytes in text"),
        pytest.param(b"ab\x01\x02\x03\x04\x05\x06\x07", "is binary", id="control characters"),
        pytest.param(ODD_LENGTH, "cannot be decoded as utf-16-le", id="half a character"),
        pytest.param(
            "“Nein,” sagte er. “Ja.”".encode()[:-1], "is UTF-8 but damaged at byte 2", id="cut off in a character"
        ),
        pytest.param(b"\xef\xbb\xbfcaf\xe9", "cannot be decoded as utf-8", id="the mark lies"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        decode(raw, "desk/a.txt")
    assert refused.value.path == "desk/a.txt"
    assert reason in refused.value.reason
    assert refused.value.remedy


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_text_or_refused_and_always_the_same(raw: bytes, page: bool) -> None:
    def read() -> str:
        try:
            return decode(raw, "a", page=page)
        except InputRefusedError as error:
            return error.reason

    assert read() == read()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=200))
def test_any_text_in_utf_8_is_read_as_it_was_written_or_refused(text: str) -> None:
    try:
        read = decode(b"\xef\xbb\xbf" + text.encode(), "a")
    except InputRefusedError as error:
        read = error.reason
    assert read in {text, "is empty", "is binary, not text"}
