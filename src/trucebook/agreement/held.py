"""Hold what reports tell against an agreement file: the file wins, and every place where they part is said.

A file that was extracted (`extract`) and corrected knows its entries by their `id`. One that was written by hand calls
things by names of its own; there an offer or a commitment is the same where it is by the same parties, is about the
same subject, and nothing else on either side fits as well: else both stand, for nobody said that they are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeVar

import msgspec

from trucebook.agreement.entries import Agreement, CommitmentEntry, EventEntry, ProposalEntry
from trucebook.agreement.extract import extract
from trucebook.agreement.facts import key
from trucebook.agreement.file import events
from trucebook.agreement.gather import events_of
from trucebook.agreement.gather.topics import alike, topic
from trucebook.agreement.merge import merge, named, place, touched
from trucebook.agreement.model import Cited, Event
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import Dossier

    Held = ProposalEntry | CommitmentEntry | EventEntry
    E = TypeVar("E", ProposalEntry, CommitmentEntry)

Kind = Literal["differs", "not_told", "taken_out", "words_gone"]
_LISTS: Final = ("proposals", "commitments", "events")
# Parts of a condition that say themselves what they are.
_PLAIN: Final = frozenset({"act", "actor", "object"})
# Fields that name a proposal or a commitment.
_NAMING: Final = frozenset({"id", "object", "commitment", "replaces", "with"})
# What is told in free words, which differ between people who mean the same.
_WORDING: Final = frozenset({"what", "does", "extension", "scope", "on_says", "says", "issue"})
# What says where an entry comes from, and not what it says.
_BESIDE: Final = frozenset({"id", "told", "source", "span", "words", "note", "origin", "learnt"})


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """What a case comes to with an agreement file laid beside its reports.

    Attributes:
        name: the file's name for the agreement.
        events: what is told by both, the file's version of a thing in the place of the reports'.
        departures: where the two part.
    """

    name: str
    events: tuple[Event, ...]
    departures: tuple[Departure, ...]


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """A place where an agreement file and the reports part.

    Attributes:
        kind: a field `differs`; no report tells an entry of the file (`not_told`); or reports tell what a person has
            `taken_out`; or the words that the file rests on are not where it says (`words_gone`).
        place: the entry, as `removed` names it.
        about: what the entry says, in words.
        field: for `differs`, the field.
        file: what the file says; empty where nothing.
        reports: what the reports tell, each version; empty where nothing.
        evidence: where they tell it.
    """

    kind: Kind
    place: str
    about: str
    field: str = ""
    file: str = ""
    reports: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()


def filed(dossier: Dossier, written: Agreement, path: str = "the agreement") -> Filed:
    """Lay an agreement file beside the reports of a case.

    Args:
        dossier: the case.
        written: what stands in the file.
        path: its name, for messages.

    Raises:
        AgreementError: a time, a duration or a condition in the file cannot be read.
    """
    agreement, departures = held(written, extract(events_of(dossier), dossier))
    texts = {r.report.id: r.report.text for r in dossier.readings}
    told, gone = [], []
    for event in events(agreement, path):
        anchored = tuple(_anchored(cited, texts) for cited in event.evidence)
        told.append(msgspec.structs.replace(event, evidence=anchored))
        gone += [
            Departure(kind="words_gone", place=_place(event), about=was.words or "", evidence=(now,))
            for was, now in zip(event.evidence, anchored, strict=True)
            if was.span is not None and now.span is None and was.report in texts
        ]
    return Filed(name=agreement.title or agreement.id, events=tuple(told), departures=(*departures, *gone))


def _place(event: Event) -> str:
    kind, _, rest = event.id.partition(":")
    return f"{kind}s.{rest.rpartition(':')[0] or rest}"


def _anchored(cited: Cited, texts: Mapping[str, str]) -> Cited:
    """A citation with its place where the words stand there, or in one other place alone; else without one."""
    text = texts.get(cited.report)
    if text is None or (cited.span is None and not cited.words):
        return msgspec.structs.replace(cited, span=None)
    there = cited.span.of(text) if cited.span is not None and cited.span.end <= len(text) else ""
    if there and (cited.words is None or there.split() == cited.words.split()):
        return cited
    words = cited.words or ""
    at = text.find(words) if words else -1
    alone = at >= 0 and text.find(words, at + 1) < 0
    return msgspec.structs.replace(cited, span=Span(at, at + len(words)) if alone else None)


def held(written: Agreement, extracted: Agreement) -> tuple[Agreement, tuple[Departure, ...]]:
    """Return an agreement file brought up to date with what reports tell, and where the two part.

    Args:
        written: the file; what a person wrote or corrected in it stays.
        extracted: what the reports tell now.
    """
    names = _matched(written, extracted, "proposals") | _matched(written, extracted, "commitments")
    anew = _called(extracted, names, _issues(written, extracted, names)) if names else extracted
    # Versions of one entry that a person changed in the same way part in the same way.
    return merge(written, anew), tuple(dict.fromkeys(_departures(written, anew)))


# --- what of a file by hand is what of the reports ---


def _matched(written: Agreement, extracted: Agreement, name: str) -> dict[str, str]:
    """Return the file's name for what the reports tell under another, where one thing alone fits on either side."""
    known = {entry.id for entry in getattr(written, name)}
    ours = [e for e in getattr(written, name) if touched(e)]
    theirs = [e for e in getattr(extracted, name) if e.id not in known]
    told = {e.id for e in getattr(extracted, name)}
    ours = [e for e in ours if e.id not in told]
    names = {a: party.name for party in written.parties for a in (party.name, *party.aliases)}
    fits = _offers_fit if name == "proposals" else _duties_fit
    pairs = {(one.id, other.id) for one in ours for other in theirs if fits(one, other, names)}
    return {
        other: one for one, other in sorted(pairs)
        if sum(p[0] == one for p in pairs) == 1 and sum(p[1] == other for p in pairs) == 1
    }  # fmt: skip


def _offers_fit(one: ProposalEntry, other: ProposalEntry, names: dict[str, str]) -> bool:
    return _same_people(one.by, other.by, names) and alike(topic(one.what), topic(other.what))


def _duties_fit(one: CommitmentEntry, other: CommitmentEntry, names: dict[str, str]) -> bool:
    return _same_people(one.debtor, other.debtor, names) and alike(topic(one.does), topic(other.does))


def _same_people(ours: Sequence[str], theirs: Sequence[str], names: dict[str, str]) -> bool:
    one, other = ({key(names.get(name, name)) for name in people} for people in (ours, theirs))
    return bool(one) and one == other


def _issues(written: Agreement, extracted: Agreement, names: Mapping[str, str]) -> dict[str, str]:
    """Return what the file calls the offers in words, by what the reports call them: positions are about these."""
    ours = {entry.id: entry.what for entry in written.proposals}
    return {e.what: ours[names[e.id]] for e in extracted.proposals if names.get(e.id) in ours}


def _called(agreement: Agreement, names: Mapping[str, str], issues: Mapping[str, str]) -> Agreement:
    """Return an agreement with some proposals and commitments called otherwise, wherever they are named."""
    told = msgspec.to_builtins(agreement)
    return msgspec.convert(told | {name: _renamed(told.get(name, []), names, issues) for name in _LISTS}, Agreement)


def _renamed(value: object, names: Mapping[str, str], issues: Mapping[str, str]) -> object:
    if isinstance(value, list | tuple):
        return [_renamed(inner, names, issues) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _name(name, inner, names, issues) if isinstance(inner, str) else _renamed(inner, names, issues)
        for name, inner in value.items()
    }


def _name(field: str, value: str, names: Mapping[str, str], issues: Mapping[str, str]) -> str:
    if field == "issue":
        return issues.get(value, value)
    return names.get(value, value) if field in _NAMING else value


# --- where they part ---


def _departures(written: Agreement, anew: Agreement) -> Iterator[Departure]:
    names = {a: party.name for party in written.parties for a in (party.name, *party.aliases)}
    for name in _LISTS:
        told: dict[str, list[Held]] = {}
        for entry in getattr(anew, name):
            told.setdefault(entry.id, []).append(entry)
        for entry in (e for e in getattr(written, name) if touched(e)):
            yield from _parted(place(name, entry), entry, told.get(entry.id) or _same_act(entry, anew, names), names)
        for entries in told.values():
            where = place(name, entries[0])
            kept = any(e.id == entries[0].id and touched(e) for e in getattr(written, name))
            if where in written.removed and not kept:
                about = _about(entries[0])
                yield Departure(kind="taken_out", place=where, about=about, evidence=_evidence(entries))


def _same_act(entry: Held, anew: Agreement, names: dict[str, str]) -> Sequence[Held]:
    """Acts that reports tell of the same people: a person who notes down what they tell does not part from them."""
    if not isinstance(entry, EventEntry):
        return []
    same = (e for e in anew.events if e.act == entry.act and _same_people(entry.actor, e.actor, names))
    return [entry for found in same if found.object == entry.object or entry.object is None][:1]


def _parted(where: str, entry: Held, versions: Sequence[Held], names: dict[str, str]) -> Iterator[Departure]:
    about = _about(entry)
    if not versions:
        yield Departure(kind="not_told", place=where, about=about)
        return
    for field in (f for f in entry.__struct_fields__ if f not in _BESIDE):
        ours = _shown(getattr(entry, field), names)
        theirs = [_shown(getattr(version, field), names) for version in versions]
        if ours not in theirs and (entry.origin is not None or _contradicts(field, ours, theirs)):
            yield Departure(
                kind="differs", place=where, about=about, field=_field(entry, field), file=ours,
                reports=tuple(dict.fromkeys(theirs)), evidence=_evidence(versions),
            )  # fmt: skip


def _contradicts(field: str, ours: str, theirs: Sequence[str]) -> bool:
    """Whether what was written by hand contradicts the reports: not where one is silent, nor by the choice of words."""
    return bool(ours) and any(theirs) and field not in _WORDING


def _field(entry: Held, field: str) -> str:
    return type(entry).__struct_encode_fields__[entry.__struct_fields__.index(field)]


def _about(entry: Held) -> str:
    said = entry.what if isinstance(entry, ProposalEntry) else ""
    if isinstance(entry, CommitmentEntry):
        said = f"{' and '.join(entry.debtor)}: {entry.does}"
    elif isinstance(entry, EventEntry):
        done = " ".join(filter(None, (entry.act, entry.power, entry.object or entry.commitment)))
        said = f"{' and '.join(entry.actor)}: {done}"
    return said or named(entry)


def _evidence(entries: Iterable[Held]) -> tuple[Cited, ...]:
    return tuple(
        dict.fromkeys(
            Cited(report=telling.source, span=telling.span, words=telling.words)
            for entry in entries
            for telling in entry.told
        )
    )


def _shown(value: object, names: dict[str, str]) -> str:
    """A value of a field as it is compared and shown: names as the file has them, in no order."""
    if isinstance(value, tuple):
        return ", ".join(sorted(names.get(str(inner), str(inner)) for inner in value))
    if isinstance(value, msgspec.Struct):
        return " ".join(_words(msgspec.to_builtins(value), lambda name: names.get(name, name)))
    return "" if value is None else str(value)


def _words(value: object, rename: Callable[[str], str]) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _PLAIN:
                yield f"{name}:"
            yield from _words(inner, rename)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner, rename)
    else:
        yield rename(str(value))
