"""From paths to reports: every input is read, or refused by name, and the rest goes on."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from trucebook.errors import InputRefusedError
from trucebook.intake.dated import day_told
from trucebook.intake.dates import read_day
from trucebook.intake.decode import decode
from trucebook.intake.draft import About, Draft
from trucebook.intake.furniture import find_furniture
from trucebook.intake.language import foreign, language_name
from trucebook.intake.page import looks_like_page, read_page
from trucebook.intake.plain import front_matter
from trucebook.intake.records import Records, described, looks_like_records, read_records
from trucebook.intake.settings import IntakeSettings
from trucebook.intake.sheet import SHEET, Sheet, read_sheet
from trucebook.intake.source import PAGES, RECORDS, TEXTS, Source, expand, read_bytes, shown
from trucebook.report import HANDED_IN, Refusal, Report
from trucebook.span import Span, subtract

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from trucebook.report import Furniture

_MARKDOWN = frozenset({".md", ".markdown"})
_LINES = frozenset({".jsonl", ".ndjson"})


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What a run has to read.

    Attributes:
        reports: in the order of the inputs; files of a folder by name.
        refusals: the inputs that are no report, with reason and remedy.
        warnings: what the user should know about inputs that were read, each naming its input.
        originals: the bytes that each report was read from, in the order of the reports.
    """

    reports: tuple[Report, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]
    originals: tuple[bytes, ...] = ()


@dataclass(kw_only=True)
class _Intake:
    """The state of one run of `load`."""

    settings: IntakeSettings
    stdin: BinaryIO | None
    drafts: list[tuple[Draft, Report]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sheets: dict[Path, Sheet] = field(default_factory=dict)


def load(paths: Sequence[str], *, settings: IntakeSettings | None = None, stdin: BinaryIO | None = None) -> Loaded:
    """Read every input that paths name.

    What is known about a report comes, in this order, from the settings, from the file itself, and from the
    `reports.csv` beside it or in a folder above it, up to the folder that was named; the day of publication at last
    from the head of the text. An id is the file's stem where
    that is unique in the run, else its path; a record has its own id where that is unique, else stem or path with `#n`.

    Args:
        paths: files, folders (with their subfolders) or `-` for standard input.
        settings: what the run says about its inputs.
        stdin: what to read for `-`; None for the process's standard input.
    """
    run = _Intake(settings=settings or IntakeSettings(), stdin=stdin)
    for source in expand(paths):
        if isinstance(source, InputRefusedError):
            _refuse(run, source)
        else:
            _take(run, source)
    return _loaded(run)


def _loaded(run: _Intake) -> Loaded:
    ids = _ids([draft for draft, _ in run.drafts])
    reports = (msgspec.structs.replace(report, id=i) for (_, report), i in zip(run.drafts, ids, strict=True))
    return Loaded(
        reports=tuple(reports),
        refusals=tuple(run.refusals),
        warnings=tuple(run.warnings),
        originals=tuple(draft.raw for draft, _ in run.drafts),
    )


def load_bytes(name: str, raw: bytes, *, settings: IntakeSettings | None = None) -> Loaded:
    """Read one input that is at hand as bytes, as it would be read from a file of that name.

    Nothing on the disk is looked at, whatever the name says. The reports' paths begin with `HANDED_IN`.

    Args:
        name: what the file is called; its suffix has a say in what it is.
        raw: its bytes.
        settings: what is said about it.
    """
    run = _Intake(settings=settings or IntakeSettings(), stdin=None)
    source = Source(path=HANDED_IN + shown(name), file=Path(Path(shown(name)).name))
    if source.file and source.file.name == SHEET:
        reason, remedy = "is a sheet about reports, not a report", "say day and outlet in the form instead"
        _refuse(run, InputRefusedError(source.path, reason, remedy))
    elif len(raw) > run.settings.max_bytes:
        _refuse(run, InputRefusedError(source.path, f"is larger than {run.settings.max_bytes:,} bytes", "split it"))
    else:
        _take_bytes(run, source, raw)
    return _loaded(run)


def from_text(  # noqa: PLR0913  every option but the text is a keyword
    text: str,
    *,
    id: str = "text",  # noqa: A002  the name of the report's field
    outlet: str | None = None,
    title: str | None = None,
    published: datetime.date | None = None,
    url: str | None = None,
    author: str | None = None,
) -> Report:
    """Return a report of a text that is at hand as a string.

    Args:
        text: the report's words.
        id: what the report is called in readings and briefs.
        outlet: who published it.
        title: its headline, where it is not in the text.
        published: day of publication.
        url: where it was found.
        author: who signed it.

    Raises:
        InputRefusedError: the text is empty, is not in English, or has characters that no text can have.
    """
    about = About(title=title, outlet=outlet, author=author, url=url)
    return _report(
        Draft(path=id, raw=text.encode("utf-8", "surrogatepass"), text=text, stem=id, about=about), published
    )


def _refuse(run: _Intake, error: InputRefusedError) -> None:
    run.refusals.append(Refusal(path=error.path, reason=error.reason, remedy=error.remedy))


def _take(run: _Intake, source: Source) -> None:
    """Read one file, and add its report or its records to the run."""
    try:
        raw = read_bytes(source, run.settings.max_bytes, run.stdin)
    except InputRefusedError as error:
        _refuse(run, error)
        return
    _take_bytes(run, source, raw)


def _take_bytes(run: _Intake, source: Source, raw: bytes) -> None:
    try:
        records = _drafts(source, raw, run.settings)
    except InputRefusedError as error:
        _refuse(run, error)
        return
    run.refusals.extend(records.refusals)
    for draft in records.drafts:
        completed = _completed(run, source, draft)
        run.warnings.extend(completed.warnings)
        try:
            run.drafts.append((completed, _report(completed, _published(run, completed))))
        except InputRefusedError as error:
            _refuse(run, error)


def _drafts(source: Source, raw: bytes, settings: IntakeSettings) -> Records:
    """Read a file by its suffix; without a known one, by what its text begins with."""
    suffix = source.file.suffix.lower() if source.file else ""
    stem = shown(source.file.stem) if source.file else "stdin"
    text = decode(raw, source.path, encoding=settings.encoding, page=suffix in PAGES or b"<html" in raw[:1024].lower())
    draft = Draft(path=source.path, raw=raw, text=text, stem=stem)
    if suffix in RECORDS or (suffix not in TEXTS | PAGES and looks_like_records(text)):
        return read_records(text, source.path, stem, lines=suffix in _LINES)
    # A page that was saved under another suffix is still a page.
    if suffix in PAGES or looks_like_page(text):
        return Records(drafts=(_page_draft(draft),), refusals=())
    return Records(drafts=(_with_front_matter(draft) if suffix in _MARKDOWN else draft,), refusals=())


def _page_draft(draft: Draft) -> Draft:
    page = read_page(draft.text, draft.path)
    return replace(draft, text=page.text, page=draft.text, about=page.about)


def _with_front_matter(draft: Draft) -> Draft:
    furniture = find_furniture(draft.text, markdown=True)
    return replace(draft, furniture=furniture, about=described(front_matter(draft.text)))


def _completed(run: _Intake, source: Source, draft: Draft) -> Draft:
    """Fill what the file does not say from the sheets; the settings stand above both."""
    row = About(**_row(run, source, draft))
    about = draft.about
    if row.published and about.published and read_day(about.published) is None:
        about = replace(about, published=None)
    return replace(draft, about=About(outlet=run.settings.outlet).over(about).over(row))


def _row(run: _Intake, source: Source, draft: Draft) -> dict[str, str]:
    """What the sheets say about a draft: the one beside it first, then those of the folders above."""
    if source.file is None or source.root is None:
        return {}
    cells: dict[str, str] = {}
    record = draft.path[len(source.path) :]
    folders = [source.file.parent, *source.file.parent.parents]
    for folder in folders[: folders.index(source.root) + 1 if source.root in folders else 1]:
        rows = _sheet(run, folder).rows
        name = source.file.relative_to(folder).as_posix()
        cells = {**rows.get(name, {}), **rows.get(name + record, {}), **cells}
    return cells


def _sheet(run: _Intake, folder: Path) -> Sheet:
    """The sheet of a folder, read once a run; an empty one where there is none."""
    if folder not in run.sheets:
        run.sheets[folder] = _read_sheet(run, folder)
        run.warnings.extend(run.sheets[folder].warnings)
    return run.sheets[folder]


def _read_sheet(run: _Intake, folder: Path) -> Sheet:
    file = folder / SHEET
    try:
        if not file.is_file():
            return Sheet()
    except OSError:
        return Sheet()
    source = Source(path=shown(str(file)), file=file)
    try:
        return read_sheet(read_bytes(source, run.settings.max_bytes, None), source.path, folder)
    except InputRefusedError as error:
        return Sheet(warnings=(f"{error.path}: {error.reason}; the sheet is not used",))


def _published(run: _Intake, draft: Draft) -> datetime.date | None:
    if run.settings.published is not None or not draft.about.published:
        return run.settings.published
    day = read_day(draft.about.published)
    if day is None:
        run.warnings.append(
            f"{draft.path}: its date {draft.about.published[:60]!r} is not one day; give it in {SHEET} as 2025-03-12"
        )
    return day


def _report(draft: Draft, published: datetime.date | None) -> Report:
    """Check a draft and make it a report; its id is settled when all are read.

    Raises:
        InputRefusedError: it is empty, is not in English, or has characters that no text can have.
    """
    if not draft.text.strip():
        raise InputRefusedError(draft.path, "is empty", "give a file with the report's text")
    if "\x00" in draft.text or any("\ud800" <= c <= "\udfff" for c in draft.text):
        raise InputRefusedError(
            draft.path, "has characters that no text can have (U+0000 or half a pair)", "save it as UTF-8 text"
        )
    furniture = find_furniture(draft.text) if draft.furniture is None else draft.furniture
    about = draft.about
    if code := foreign(_prose(draft.text, furniture), about.language):
        reason = f"is not in English: it looks like {language_name(code)}"
        raise InputRefusedError(draft.path, reason, "give a translation, or leave it out")
    return Report(
        id=draft.stem,
        path=draft.path,
        sha256=hashlib.sha256(draft.raw).hexdigest(),
        text=draft.text,
        outlet=about.outlet,
        title=about.title,
        published=published or day_told(draft.text, furniture),
        url=about.url,
        author=about.author,
        page=draft.page,
        furniture=furniture,
    )


def _prose(text: str, furniture: Iterable[Furniture]) -> str:
    pieces = subtract(Span(0, len(text)), (f.span for f in furniture))
    return " ".join(p.of(text) for p in pieces) or text


def _ids(drafts: Sequence[Draft]) -> list[str]:
    """Give every draft the first of its names that no other has; a name that two could have is given to neither."""
    names = [[n for n in (d.own_id, d.stem, d.path) if n] for d in drafts]
    level = [0] * len(drafts)
    while True:
        ids = [n[min(at, len(n) - 1)] for n, at in zip(names, level, strict=True)]
        count = Counter(ids)
        again = [i for i, name in enumerate(ids) if count[name] > 1 and level[i] < len(names[i]) - 1]
        if not again:
            return _numbered(ids)
        for i in again:
            level[i] += 1


def _numbered(ids: Sequence[str]) -> list[str]:
    """Tell apart what is still named alike: names of files can imitate those of records."""
    taken: set[str] = set()
    result = []
    for name in ids:
        free = next(n for n in (name, *(f"{name}~{k}" for k in range(2, len(ids) + 2))) if n not in taken)
        taken.add(free)
        result.append(free)
    return result
