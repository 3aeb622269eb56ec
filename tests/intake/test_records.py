from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.errors import InputRefusedError
from trucebook.intake.records import looks_like_records, read_records

TEXT = "Envoys of both sides met on Monday."


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"text": TEXT, "title": "Truce holds"}, "title", "Truce holds"),
        ({"body": TEXT, "headline": " Truce\n holds "}, "title", "Truce holds"),
        ({"content": TEXT, "source": {"id": None, "name": "The Meridian Post"}}, "outlet", "The Meridian Post"),
        ({"article": TEXT, "publisher": "The Meridian Post"}, "outlet", "The Meridian Post"),
        ({"maintext": TEXT, "date_publish": "2031-04-02 10:00:00"}, "published", "2031-04-02 10:00:00"),
        ({"Text": TEXT, "publishedAt": "2031-04-02T10:00:00Z"}, "published", "2031-04-02T10:00:00Z"),
        ({"text": TEXT, "pubDate": "Wed, 02 Apr 2031 10:00:00 GMT"}, "published", "Wed, 02 Apr 2031 10:00:00 GMT"),
        ({"text": TEXT, "date": 1932897600}, "published", "1932897600"),
        ({"text": TEXT, "date": "", "published": None, "created": "2031-04-02"}, "published", "2031-04-02"),
        ({"text": TEXT, "link": "https://a.example"}, "url", "https://a.example"),
        ({"text": TEXT, "authors": ["Ana Kovar", {"name": "Piet Vries"}]}, "author", "Ana Kovar, Piet Vries"),
        ({"text": TEXT, "byline": "By Ana Kovar"}, "author", "By Ana Kovar"),
        ({"text": TEXT, "lang": "en-GB"}, "language", "en-GB"),
        ({"text": TEXT, "title": True}, "title", None),
        ({"text": TEXT, "outlet": "nan"}, "outlet", None),
    ],
)
def test_the_names_of_corpora_are_understood(record: dict[str, object], field: str, value: str | None) -> None:
    (draft,) = read_records(json.dumps(record), "a.json", "a").drafts
    assert draft.text == TEXT
    assert getattr(draft.about, field) == value


@pytest.mark.parametrize(
    ("document", "ends"),
    [
        pytest.param({"text": TEXT}, [""], id="one record"),
        pytest.param([{"text": TEXT}, {"body": TEXT}], ["#1", "#2"], id="a list"),
        pytest.param({"status": "ok", "articles": [{"content": TEXT}]}, ["#1"], id="articles"),
        pytest.param({"items": [{"content_text": TEXT}], "title": "Feed"}, ["#1"], id="JSON Feed"),
        pytest.param({"data": {"results": [{"body": TEXT}]}}, ["#1"], id="envelopes in envelopes"),
        pytest.param({"hits": {"hits": [{"_id": "7", "_source": {"text": TEXT}}]}}, ["#1"], id="Elasticsearch"),
        pytest.param({"text": ["Envoys of both sides", "met on Monday."]}, [""], id="paragraphs"),
        pytest.param({"content": {"rendered": TEXT}}, [""], id="WordPress"),
    ],
)
def test_documents_hold_records_in_several_ways(document: object, ends: list[str]) -> None:
    drafts = read_records(json.dumps(document), "dir/a.json", "a").drafts
    assert [d.path for d in drafts] == [f"dir/a.json{e}" for e in ends]
    assert [d.stem for d in drafts] == [f"a{e}" for e in ends]
    assert {d.text.replace("\n", " ") for d in drafts} == {TEXT}


def test_lines_are_named_by_their_number_and_bad_ones_do_not_stop_the_rest() -> None:
    lines = ['{"text": "One."}', "", "{broken", '{"title": "no text"}', '"a string"', '{"text": "Six."}\r']
    read = read_records("\n".join(lines), "a.jsonl", "a", lines=True)
    assert [(d.path, d.text) for d in read.drafts] == [("a.jsonl#1", "One."), ("a.jsonl#6", "Six.")]
    assert [(r.path, r.reason.split(" (")[0]) for r in read.refusals] == [
        ("a.jsonl#3", "is not valid JSON"),
        ("a.jsonl#4", "has no field with a text"),
        ("a.jsonl#5", "is not an object with fields"),
    ]
    assert all(r.remedy for r in read.refusals)


def test_json_lines_under_the_suffix_of_json_are_read() -> None:
    assert len(read_records('{"text": "One."}\n{"text": "Two."}\n', "a.json", "a").drafts) == 2


def test_a_record_is_known_by_its_own_content_however_it_is_laid_out() -> None:
    (one,) = read_records('{"text": "One.", "id": 7}', "a.json", "a").drafts
    (two,) = read_records('{ "id" : 7,\n "text":"One." }', "b.json", "b").drafts
    assert one.raw == two.raw
    assert one.own_id == two.own_id == "7"


def test_a_text_in_html_is_taken_out_of_it_and_the_html_is_kept() -> None:
    html = "<p>Envoys of both sides met on Monday in the harbour.</p><p>The other side said nothing about the talks at all.</p>"
    (draft,) = read_records(json.dumps({"content": html, "title": "Truce holds"}), "a.json", "a").drafts
    assert draft.text.split("\n")[0] == "Envoys of both sides met on Monday in the harbour."
    assert (draft.page, draft.about.title) == (html, "Truce holds")


def test_a_text_that_was_cut_off_is_told() -> None:
    (draft,) = read_records(json.dumps({"content": "Envoys met… [+2042 chars]"}), "a.json", "a").drafts
    assert draft.warnings == ("a.json: its text was cut off by whoever supplied it",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "is not valid JSON (Expecting property name enclosed in double quotes in line 1)"),
        ("[" * 200_000, "is not valid JSON (nested too deeply)"),
        ('{"text":' * 200_000, "is not valid JSON (nested too deeply)"),
        ("9" * 10_000, "is not valid JSON"),
        ("[]", "has no records"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read_records(text, "a.json", "a")
    assert refused.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('{"a": 1}', True),
        (" [1]", True),
        ('{"a": 1}\n{"a"', True),
        ("[sic] he said", False),
        ("{a}", False),
        ("words", False),
    ],
)
def test_records_are_told_from_text(text: str, records: bool) -> None:
    assert looks_like_records(text) is records


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["text", "articles", "source", "_source", "id", "date", "content", "hits", "name"]) | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_any_document_is_read_or_refused(document: object) -> None:
    try:
        read = read_records(json.dumps(document), "a.json", "a")
    except InputRefusedError as error:
        assert error.remedy  # noqa: PT017  either outcome is right
        return
    assert all(d.text.strip() for d in read.drafts)
    assert read.drafts or read.refusals


@given(st.text(max_size=120), st.booleans())
def test_any_words_are_read_or_refused(text: str, lines: bool) -> None:
    try:
        assert read_records(text, "a.json", "a", lines=lines)
    except InputRefusedError as error:
        assert error.reason  # noqa: PT017  either outcome is right
