"""The commands about a case: what is kept of one negotiation, and what people decided about it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucebook.console import DONE, NOTHING_DONE, deliver, end, see_output, tell, warn, watched
from trucebook.delivery import write_file
from trucebook.errors import SettingsError
from trucebook.giving import deliver_shared, see_shared
from trucebook.options import FORMS, Inputs, Names, acting_user, takes_inputs, takes_names, takes_user

if TYPE_CHECKING:
    from trucebook.casework import Work
    from trucebook.dossier.judgement import Judgement

# What is judged, and how; the library checks which fits which.
_KINDS = ("finding", "quote", "speaker", "actor", "move", "proposal", "commitment")
_ACTS = ("accept", "reject", "merge", "split", "correct", "note")
_PARTS = ("actor", "act", "status")


def _examples(*lines: str) -> str:
    # `\b` keeps click from wrapping what follows.
    return "\b\n" + ("Example:" if len(lines) == 1 else "Examples:") + "".join(f"\n  {line}" for line in lines)


@click.command(epilog=_examples("trucebook add talks.truce examples/velonia"))
@click.argument("case", metavar="CASE")
@takes_inputs
@takes_user
def add(inputs: Inputs, case: str, user: str | None) -> None:
    """Read reports and keep them in a case.

    CASE is a file, made where there is none, or a URL like postgresql://host/database?case=talks. A line on standard
    output tells of each report once it is safe: added, changed (another version of a report that is there), reread
    (by another version of the program), or unchanged, which costs no time. To add the same again does no harm.
    """
    from trucebook import api  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.casework import add_reports  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    settings = api.intake_settings(inputs.published, inputs.outlet, inputs.max_bytes, inputs.encoding)
    loaded = api.take_in(inputs.paths, settings, stdin=sys.stdin.buffer if sys.stdin else None)
    with open_case(case, create=True) as opened, watched(len(loaded.reports)) as progress:
        for report, added in add_reports(opened, loaded, _work(inputs.model, inputs.jobs, user, inputs.actors)):
            number = f" (version {added.version})" if added.version > 1 else ""
            deliver(f"{added.outcome} {added.name}{number}\n".encode("utf-8", "replace"), None)
            if progress:
                progress(report)
    warn(loaded.warnings)
    end(loaded.refusals)


@click.command(epilog=_examples("trucebook reread talks.truce --jobs 2"))
@click.argument("case", metavar="CASE")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Number of processes; the result is the same for any number.")  # fmt: skip
@click.option("--model", metavar="NAME", help="Another English model: a spaCy package, or the path of a model folder.")
@click.option("--actors", metavar="FILE", help="YAML file of known actors: names, aliases, roles, sides, identifiers.")
@takes_user
def reread(case: str, jobs: int, model: str | None, actors: str | None, user: str | None) -> None:
    """Read those reports of a case again that another version of the program, or another model, had read.

    What was read before is kept for --known-at, and people's judgements stay. It can be broken off and started again.
    """
    from trucebook import casework  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        for name in casework.reread(opened, _work(model, jobs, user, actors)):
            deliver(f"reread {name}\n".encode("utf-8", "replace"), None)


@click.command(epilog=_examples("trucebook verify talks.truce"))
@click.argument("case", metavar="CASE")
@click.option("--since", metavar="HASH", help="An end of the log that was written down: it must still be in it.")
@click.pass_context
def verify(context: click.Context, case: str, since: str | None) -> None:
    """See that nothing in a case was altered, and that every span still shows its words.

    Prints what was looked at and the end of the audit log: who keeps that can see later that nothing has gone. Exit
    status 2 where anything is not as it was recorded; each fault is a line on standard error.
    """
    from trucebook.record import verify as proving  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        proof = proving.verify(opened, since=since)
    tell(*(f"{case}: {fault}" for fault in proof.faults))
    state = f"{len(proof.faults)} faults" if proof.faults else "as it was recorded"
    told = f"{state}: {proof.entries} entries of the log, {proof.rows} rows, {proof.spans} spans"
    deliver(f"{told}\nend of the log: {proof.end}\n".encode(), None)
    context.exit(NOTHING_DONE if proof.faults else DONE)


@click.command(epilog=_examples("""trucebook search talks.truce '"twenty trucks" -rumour'"""))
@click.argument("case", metavar="CASE")
@click.argument("words", metavar="WORDS")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Most passages.")
def search(case: str, words: str, limit: int) -> None:
    """Search the texts of a case, and print the passages with their report and place.

    WORDS is one argument: every word must stand in a passage, in any form of it; a "quoted phrase" in its order; a
    -word must not. Case and accents make no difference.
    """
    from trucebook.record import search as searching  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        hits = searching.search(opened, words, limit=limit)
    lines = [f"{hit.report} {hit.span.start}-{hit.span.end}: {' '.join(hit.words.split())}\n" for hit in hits]
    deliver("".join(lines).encode("utf-8", "replace"), None)


@click.command(epilog=_examples("trucebook versions talks.truce", "trucebook versions talks.truce valley-courier"))
@click.argument("case", metavar="CASE")
@click.argument("report", metavar="[REPORT]", required=False)
@click.option("--known-at", metavar="TIME", help="Only versions recorded by this time, like 2025-03-12T18:00.")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
              help="Lines of 80 columns, or one JSON array.")  # fmt: skip
def versions(case: str, report: str | None, known_at: str | None, form: str) -> None:
    """Show what outlets changed in reports that they had published, and what that changed in what these tell.

    Without REPORT every report that has several versions, with what stands out: a condition, a hedge or a source that
    was dropped, another number or speaker. With REPORT all differences, [-as it was-] and {+as it is+}, by their
    places in the two texts.
    """
    from trucebook import casework  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415
    from trucebook.record.editions import edited  # noqa: PLC0415
    from trucebook.render import revisions as shown  # noqa: PLC0415
    from trucebook.render.contract import encode  # noqa: PLC0415

    when = casework.read_when(None, known_at)
    with open_case(case) as opened:
        names = [report] if report is not None else list(edited(opened, when))
        found = [revised for name in names for revised in casework.revisions_of(opened, name, when)]
    if form == "json":
        deliver(encode([shown.revised_object(revised) for revised in found]) + b"\n", None)
        return
    deliver(shown.revisions_text(found, whole=report is not None).encode("utf-8", "replace"), None)


@click.command(
    epilog=_examples(
        'trucebook judge talks.truce finding f0123456789abcdef reject --reason "two different bridges"',
        'trucebook judge talks.truce actor "Judith Marsh" merge --name "J. Marsh"',
        'trucebook judge talks.truce speaker a0123456789abcdef correct --value "Olan Thorne"',
    )
)
@click.argument("case", metavar="CASE")
@click.argument("kind", type=click.Choice(_KINDS), metavar="KIND")
@click.argument("ident", metavar="ID")
@click.argument("act", type=click.Choice(_ACTS), metavar="ACT")
@click.option("--value", default="", metavar="TEXT", help="With correct the right name, with note the note.")
@click.option("--name", "names", multiple=True, metavar="NAME",
              help="With merge another name of the actor, with split somebody else's; may be repeated.")  # fmt: skip
@click.option("--part", type=click.Choice(_PARTS), metavar="PART",
              help="With correct of a move what of it: actor (the default), act or status.")  # fmt: skip
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@takes_user
def judge(case: str, kind: str, ident: str, user: str | None, part: str | None, **decision: Any) -> None:  # noqa: ANN401
    """Record what a person decides about a thing that the program found; nothing is overwritten.

    KIND is finding, quote, speaker, actor, move, proposal or commitment; ID its id in `trucebook brief --format json`,
    for a speaker or a move that in `trucebook review`, for an actor its name. ACT is accept, reject, merge, split,
    correct or note. A move that is rejected, or whose actor is corrected, changes the state of play.
    """
    from trucebook.casework import subject_in  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record import judgements as judging  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        decided = judging.Decision(part=part or "", **decision)
        made = judging.judge(opened, subject_in(opened, kind, ident, decided.names), decided, user=acting_user(user))
    deliver(_told(made), None)


@click.command(epilog=_examples("trucebook undo talks.truce j0123456789ab"))
@click.argument("case", metavar="CASE")
@click.argument("ident", metavar="JUDGEMENT")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@takes_user
def undo(case: str, ident: str, reason: str, user: str | None) -> None:
    """Take a judgement back; it stays in the record, with who took it back. An undo can be undone."""
    from trucebook.record import judgements as judging  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        deliver(_told(judging.undo(opened, ident, user=acting_user(user), reason=reason)), None)


@click.command(epilog=_examples("trucebook judgements talks.truce"))
@click.argument("case", metavar="CASE")
def judgements(case: str) -> None:
    """List the judgements of a case in their order, those that were taken back and the undos too."""
    from trucebook.record import judgements as judging  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        deliver(b"".join(_told(made) for made in judging.judgements(opened)), None)


@click.command(epilog=_examples("trucebook review talks.truce --limit 10"))
@click.argument("case", metavar="CASE")
@click.option("--kind", type=click.Choice(_KINDS), metavar="KIND", help="Only things of this kind.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Most things.")
@click.option("--actors", metavar="FILE", help="YAML file of known actors: names, aliases, roles, sides, identifiers.")
def review(case: str, kind: str | None, limit: int, actors: str | None) -> None:
    """List what waits for a person: what much hangs on and is not sure first, with the reason in words.

    Each line begins with the kind and the id that `trucebook judge` takes. What was judged is not listed, unless the
    judgement asks again, because both the report and what is found in it have changed.
    """
    from trucebook.api import known_actors  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.casework import waiting  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    with open_case(case) as opened:
        every = waiting(opened, actors=known_actors(actors or ()))
    wanted = [item for item in every if kind in {None, item.kind}]
    for item in wanted[:limit]:
        told = f"{item.kind} {item.id}: {item.says}\n  {item.found}; {'; '.join(item.why)}\n"
        deliver(told.encode("utf-8", "replace"), None)
    tell(f"{min(limit, len(wanted))} of {len(wanted)} things that wait for a person")


@click.command(epilog=_examples("trucebook log talks.truce"))
@click.argument("case", metavar="CASE")
def log(case: str) -> None:
    """Print the audit log of a case: what was recorded when, and by whom, with the hash of each entry."""
    from trucebook.record.case import open_case  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.ledger import entries  # noqa: PLC0415
    from trucebook.record.when import moment  # noqa: PLC0415

    with open_case(case) as opened, opened.reading() as connection:
        for e in entries(connection):
            told = f"{e.seq} {moment(e.at).isoformat()} {e.user or '-'} {e.action} {e.subject} {e.hash}\n"
            deliver(told.encode("utf-8", "replace"), None)


@click.command("export", epilog=_examples(
    "trucebook export talks.truce -o talks.zip", "trucebook export talks.truce --format csv -o tables"))  # fmt: skip
@click.argument("case", metavar="CASE")
@click.option("--format", "form", type=click.Choice(["archive", *FORMS]), default="archive", show_default=True,
              help="The whole case; or, to give to others, tables (csv, parquet) or W3C Web Annotations.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="The archive or the file of annotations; for tables a folder.")  # fmt: skip
@takes_names
def export_(case: str, form: str, output: Path, names: Names) -> None:
    """Write a whole case as one archive, or what it tells in a form for others.

    The archive has reports with their bytes, readings, judgements and the audit log: a ZIP file of JSON lines, the same
    from SQLite and PostgreSQL. It is complete, so it has every name, of who judged too.

    What is given to others has no names of private persons (who hold no office by the reports: witnesses, victims)
    and of who judged; docs/record.md says what that does not cover.
    """
    if form != "archive":
        _shared(case, form, output, names)
        return
    if names.given:
        raise SettingsError("--redact and --keep-name: the archive is complete, to be imported; give another --format")
    from trucebook.record.archive import export_case  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    see_output(output, [case])
    # Into a file, not into memory: a case may be larger than that.
    with open_case(case) as opened, tempfile.TemporaryFile() as archive:
        export_case(opened, archive)
        archive.seek(0)
        write_file(output, archive)


@click.command("import", epilog=_examples("trucebook import talks.zip copy.truce"))
@click.argument("archive", type=click.Path(path_type=Path), metavar="ARCHIVE")
@click.argument("case", metavar="CASE")
def import_(archive: Path, case: str) -> None:
    """Make a case from an archive of `trucebook export`: whole and proved, or not at all.

    CASE is a new file, or a URL like postgresql://host/database?case=talks.
    """
    from trucebook.record.archive import import_case, opened_archive  # noqa: PLC0415  --help loads nothing else
    from trucebook.record.case import open_case  # noqa: PLC0415

    with opened_archive(archive) as file, open_case(case, create=True) as opened:
        import_case(opened, file, name=str(archive))


COMMANDS: tuple[click.Command, ...] = (
    add, export_, import_, judge, judgements, log, reread, review, search, undo, verify, versions,
)  # fmt: skip


def _shared(case: str, form: str, output: Path, names: Names) -> None:
    from trucebook.casework import brief_of  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.record.case import open_case  # noqa: PLC0415

    see_shared(form, output, [case])
    with open_case(case) as opened:
        told = brief_of(opened)
    deliver_shared(told.dossier, form, output, names)
    warn(told.warnings)


def _told(made: Judgement) -> bytes:
    what = " ".join(filter(None, (made.act, made.part, made.value, *made.names)))
    why = f" ({made.reason})" if made.reason else ""
    told = f"{made.id} {made.at.isoformat()} {made.user}: {made.subject.kind} {made.subject.id}: {what}{why}\n"
    return told.encode("utf-8", "replace")


def _work(model: str | None, jobs: int, user: str | None, actors: str | None = None) -> Work:
    from trucebook.api import known_actors  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.casework import Work  # noqa: PLC0415
    from trucebook.reading.pipeline import DEFAULT_MODEL  # noqa: PLC0415
    from trucebook.reading.read import ReadingSettings  # noqa: PLC0415

    settings = ReadingSettings(model=model or DEFAULT_MODEL, actors=known_actors(actors or ()))
    return Work(settings=settings, jobs=jobs, user=acting_user(user))
