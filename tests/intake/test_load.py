from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucebook.errors import InputRefusedError, SettingsError
from trucebook.intake.load import Loaded, from_text, load
from trucebook.intake.settings import IntakeSettings

TEXT = "Envoys of both sides met on Monday in the harbour town.\nA spokesman said that a truce would hold for ten days."
GERMAN = "Die Unterhändler beider Seiten trafen sich am Montag im Hafen, um über eine Waffenruhe zu sprechen."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Envoys meet</title><meta property="og:site_name" content="The Post">
<meta name="date" content="2031-04-02"></head><body><article><p>{TEXT}</p><p>{TEXT.replace("Monday", "Friday")}</p></article></body></html>"""
DAY = datetime.date(2031, 4, 2)
SHARED = Path(__file__).parents[3] / "shared"


def write(folder: Path, **files: str | bytes) -> None:
    """Files by their names, in which `__` stands for `/` and `_` for `.`."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def refused(loaded: Loaded, folder: Path) -> dict[str, str]:
    return {r.path.removeprefix(f"{folder}/"): r.reason for r in loaded.refusals}


def test_a_folder_is_read_in_order_with_its_subfolders(tmp_path: Path) -> None:
    write(tmp_path, b_txt=TEXT, a_html=PAGE, sub__c_md=f"# Truce\n\n{TEXT}", d_json=json.dumps({"text": TEXT}))
    loaded = load([str(tmp_path)])
    assert [r.id for r in loaded.reports] == ["a", "b", "d", "c"]
    assert loaded.refusals == ()
    assert loaded.warnings == ()


def test_a_report_is_what_its_file_holds(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    write(tmp_path, a_txt=raw)
    (report,) = load([str(tmp_path / "a.txt")]).reports
    assert report.text == TEXT.replace("\n", "\r\n")
    assert report.sha256 == hashlib.sha256(raw).hexdigest()
    assert (report.id, report.path, report.language) == ("a", str(tmp_path / "a.txt"), "en")
    assert (report.outlet, report.title, report.published, report.page) == (None, None, None, None)


def test_the_page_is_kept_beside_its_text(tmp_path: Path) -> None:
    write(tmp_path, a_html=PAGE)
    (report,) = load([str(tmp_path)]).reports
    assert report.page == PAGE
    assert (report.title, report.outlet, report.published) == ("Envoys meet", "The Post", DAY)
    assert "<p>" not in report.text


def test_markup_of_markdown_is_marked_and_its_front_matter_is_read(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"---\ntitle: Truce\ndate: 2031-04-02\n---\n\n## It holds\n\n{TEXT}")
    (report,) = load([str(tmp_path)]).reports
    assert (report.title, report.published) == ("Truce", DAY)
    assert [f.span.of(report.text)[:3] for f in report.furniture] == ["---", "##"]


def test_standard_input_is_sniffed() -> None:
    for raw in (
        TEXT,
        PAGE,
        json.dumps([{"text": TEXT}]),
        f'{{"text": {json.dumps(TEXT)}}}\n{{"text": "Nobody left."}}\n',
    ):
        loaded = load(["-", "-"], stdin=io.BytesIO(raw.encode()))
        assert loaded.refusals == ()
        assert loaded.reports[0].text.startswith("Envoys of both sides")
        assert loaded.reports[0].path.startswith("-")
        assert loaded.reports[0].id.startswith("stdin")


def test_a_named_file_of_another_type_is_sniffed_and_in_a_folder_refused(tmp_path: Path) -> None:
    write(tmp_path, a_wire=TEXT, b_wire=PAGE)
    (tmp_path / "plain").write_text(TEXT)
    named = load([str(tmp_path / n) for n in ("a.wire", "b.wire", "plain")])
    assert [r.page is None for r in named.reports] == [True, False, True]
    assert refused(load([str(tmp_path)]), tmp_path) == {
        "a.wire": "has a type (.wire) that is not read from a folder",
        "b.wire": "has a type (.wire) that is not read from a folder",
        "plain": "has no suffix",
    }


def test_what_lies_beside_reports_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, p_JPG=b"\xff\xd8\xff", t_csv="a,b", a_html=PAGE, reports_csv="file,title\na.txt,T\n")
    (tmp_path / ".hidden").write_text(TEXT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TEXT)
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "frame.html").write_text(PAGE)
    loaded = load([str(tmp_path)])
    assert [Path(r.path).name for r in loaded.reports] == ["a.html", "a.txt"]
    assert loaded.refusals == ()


def test_every_bad_input_is_refused_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, b_txt="", c_txt=b"%PDF-1.7", d_txt=GERMAN, e_html="<html></html>", f_json="{", g_txt=b"\xff\xfea",
          h_txt=TEXT * 9, i_pdf=b"%PDF-1.7")  # fmt: skip
    os.mkfifo(tmp_path / "j.txt")
    (tmp_path / "k.txt").symlink_to(tmp_path / "nowhere")
    loaded = load([str(tmp_path), str(tmp_path / "x.txt"), "a\x00b"], settings=IntakeSettings(max_bytes=800))
    assert [r.id for r in loaded.reports] == ["a"]
    assert refused(loaded, tmp_path) == {
        "b.txt": "is empty",
        "c.txt": "is a PDF document, not text",
        "d.txt": "is not in English: it looks like German (de)",
        "e.html": "is a page in which no article is found",
        "f.json": "is not valid JSON (Expecting property name enclosed in double quotes in line 1)",
        "g.txt": "cannot be decoded as utf-16-le: truncated data at byte 0",
        "h.txt": f"is larger than 800 bytes ({len(TEXT) * 9:,})",
        "i.pdf": "has a type (.pdf) that is not read from a folder",
        "j.txt": "is a pipe or a device, not a file",
        "k.txt": "cannot be read (no such file or directory)",
        "x.txt": "does not exist",
        "a\x00b": "cannot be read (embedded null byte)",
    }
    assert all(r.remedy for r in loaded.refusals)


def test_an_empty_name_is_not_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, **{"a.txt": TEXT})
    monkeypatch.chdir(tmp_path)
    loaded = load([""])
    assert loaded.reports == ()
    assert [r.reason for r in loaded.refusals] == ["is an empty name, not a path"]


def test_standard_input_has_the_same_limit() -> None:
    loaded = load(["-"], settings=IntakeSettings(max_bytes=10), stdin=io.BytesIO(TEXT.encode()))
    assert [(r.path, r.reason) for r in loaded.refusals] == [("-", "is larger than 10 bytes")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT)
    (tmp_path / "a.txt").chmod(0)
    assert refused(load([str(tmp_path)]), tmp_path) == {"a.txt": "cannot be read (permission denied)"}


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=TEXT)
    (tmp_path / "b.txt").symlink_to("a.txt")
    monkeypatch.chdir(tmp_path)
    assert [r.path for r in load(["a.txt", "./a.txt", str(tmp_path), "b.txt"]).reports] == ["a.txt"]


def test_ids_are_stems_where_they_are_unique_and_paths_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, x__a_txt=TEXT, y__a_txt=TEXT, y__b_txt=TEXT)
    monkeypatch.chdir(tmp_path)
    assert [r.id for r in load(["x", "y"]).reports] == ["x/a.txt", "y/a.txt", "b"]
    assert [r.id for r in load(["y"]).reports] == ["a", "b"]


def test_records_have_their_own_ids_where_they_are_unique(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        {"id": "p", "text": TEXT},
        {"id": "q", "text": TEXT},
        {"id": "q", "text": TEXT},
        {"text": TEXT},
        {"id": "z", "text": TEXT},
    ]
    write(tmp_path, n_json=json.dumps(records), z_txt=TEXT, m_jsonl="\n".join(map(json.dumps, records[3:4])))
    monkeypatch.chdir(tmp_path)
    loaded = load(["n.json", "z.txt", "m.jsonl"])
    assert [r.id for r in loaded.reports] == ["p", "n#2", "n#3", "n#4", "n#5", "z.txt", "m#1"]
    assert loaded.reports[1].path == "n.json#2"
    assert loaded.reports[1].sha256 != loaded.reports[0].sha256


def test_a_name_that_imitates_a_record_is_told_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "n#1").write_text(TEXT)
    (tmp_path / "n").write_text(json.dumps([{"text": TEXT}]))
    monkeypatch.chdir(tmp_path)
    ids = [r.id for r in load(["n", "n#1"]).reports]
    assert ids == ["n#1", "n#1~2"]


SHEET = "file,outlet,title,published,url\na.txt,Sheet Post,Sheet title,2031-05-05,\nb.html,Sheet Post,,2031-05-05,https://s.example\n"


def test_the_sheet_gives_what_the_files_lack(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, b_html=PAGE, reports_csv=SHEET)
    a, b = load([str(tmp_path)]).reports
    assert (a.outlet, a.title, a.published, a.url) == ("Sheet Post", "Sheet title", datetime.date(2031, 5, 5), None)
    assert (b.outlet, b.title, b.published, b.url) == ("The Post", "Envoys meet", DAY, "https://s.example")


def test_the_sheet_beside_a_named_file_is_used_too(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, b_html=PAGE, reports_csv=SHEET)
    assert load([str(tmp_path / "a.txt")]).reports[0].outlet == "Sheet Post"


def test_a_sheet_above_speaks_where_the_nearer_one_is_silent(tmp_path: Path) -> None:
    write(tmp_path, sub__a_txt=TEXT, sub__reports_csv="file,outlet\na.txt,Near\n")
    write(tmp_path, reports_csv="file,outlet,title\nsub/a.txt,Far,Far title\n")
    (report,) = load([str(tmp_path)]).reports
    assert (report.outlet, report.title) == ("Near", "Far title")


def test_the_settings_hold_for_every_report(tmp_path: Path) -> None:
    write(tmp_path, a_txt=TEXT, b_html=PAGE, reports_csv=SHEET)
    day = datetime.date(2031, 6, 6)
    loaded = load([str(tmp_path)], settings=IntakeSettings(outlet="Mine", published=day))
    assert [(r.outlet, r.published) for r in loaded.reports] == [("Mine", day), ("Mine", day)]


def test_warnings_name_what_they_are_about(tmp_path: Path) -> None:
    write(tmp_path, a_json=json.dumps({"text": TEXT, "date": "03/04/2031"}), reports_csv="file\nc.txt\n")
    loaded = load([str(tmp_path)])
    assert loaded.reports[0].published is None
    assert [w.removeprefix(f"{tmp_path}/") for w in loaded.warnings] == [
        "reports.csv, row 2: names c.txt, which is not there; the row is not used",
        "a.json: its date '03/04/2031' is not one day; give it in reports.csv as 2025-03-12",
    ]


def test_a_sheet_mends_a_date_that_cannot_be_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_json=json.dumps({"text": TEXT, "date": "03/04/2031"}),
        reports_csv="file,published\na.json,2031-04-03\n",
    )
    loaded = load([str(tmp_path)])
    assert (loaded.reports[0].published, loaded.warnings) == (datetime.date(2031, 4, 3), ())


def test_a_sheet_is_no_report(tmp_path: Path) -> None:
    write(tmp_path, reports_csv=SHEET)
    assert refused(load([str(tmp_path / "reports.csv")]), tmp_path) == {
        "reports.csv": "is a sheet about reports, not a report"
    }


def test_the_language_of_the_prose_counts_and_not_of_the_furniture(tmp_path: Path) -> None:
    # The words that another site put under the report are long; they are an editor's note, and no prose.
    write(tmp_path, a_txt=f"Nobody left the harbour town, the envoy said.\nEditor's note: {GERMAN}")
    assert len(load([str(tmp_path)]).reports) == 1


def test_characters_that_no_text_can_have_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a_json='{"text": "Nobody \\ud800 left."}', b_json='{"text": "Nobody \\u0000 left."}')
    assert len(load([str(tmp_path)]).refusals) == 2


def test_a_name_of_any_bytes_can_be_shown(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text(TEXT)
    (report,) = load([str(tmp_path)]).reports
    assert report.id == "caf\ufffd"
    assert json.dumps(report.path, ensure_ascii=False).encode()


def test_a_text_at_hand_is_a_report() -> None:
    report = from_text(
        f"PORT VESTA (AP) — {TEXT}", id="x", outlet="The Post", published=DAY, title="T", url="u", author="A"
    )
    assert (report.id, report.path, report.outlet, report.published) == ("x", "x", "The Post", DAY)
    assert [f.kind for f in report.furniture] == ["dateline"]
    assert report.sha256 == hashlib.sha256(report.text.encode()).hexdigest()


@pytest.mark.parametrize("text", ["", " \n", GERMAN, "Nobody \x00 left.", "Nobody \ud800 left."])
def test_a_text_at_hand_can_be_refused(text: str) -> None:
    with pytest.raises(InputRefusedError):
        from_text(text)


@pytest.mark.parametrize(
    "bad", [{"max_bytes": 0}, {"encoding": "klingon"}, {"encoding": "unicode_escape"}, {"encoding": "hex"}]
)
def test_settings_that_cannot_be_used_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        IntakeSettings(**bad)  # type: ignore[arg-type]


RAW = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.text(max_size=100).map(lambda t: t.encode("utf-16-le", "surrogatepass")),
    st.lists(st.sampled_from([b"{", b"}", b'"text":', b'"One."', b",", b"[", b"]", b"<html>", b"<p>", b"Words. ", b"\n", b"\x00", b"\xff\xfe"]), max_size=30).map(b"".join),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(RAW, st.sampled_from(["txt", "md", "html", "json", "jsonl", "x"]))
def test_any_bytes_are_reports_or_refusals(raw: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"a.{suffix}"
        file.write_bytes(raw)
        (Path(folder) / "reports.csv").write_bytes(raw)
        one, again = load([str(file)]), load([str(file)])
    assert one == again
    assert one.reports or one.refusals
    for report in one.reports:
        assert report.text.strip()
        assert report.text.encode()
        assert all(0 <= f.span.start < f.span.end <= report.length for f in report.furniture)


@settings(deadline=None)
@given(RAW)
def test_any_standard_input_is_reports_or_refusals(raw: bytes) -> None:
    loaded = load(["-"], stdin=io.BytesIO(raw))
    assert loaded.reports or loaded.refusals


@pytest.mark.parametrize(("folder", "count"), [("jeddah", 5), ("newswcl50", 15)])
def test_the_development_reports_are_read_with_their_days(folder: str, count: int) -> None:
    if not (SHARED / "data" / folder).is_dir():
        pytest.skip("the development reports are not beside this checkout")
    loaded = load([str(SHARED / "data" / folder)])
    assert (len(loaded.reports), loaded.refusals, loaded.warnings) == (count, (), ())
    assert all(r.published for r in loaded.reports)
