"""Join what a person corrected with what was found anew, so that the correction survives.

The rules, each with its test:

- an entry that a person wrote (without `origin`) or changed (its content no longer fits its `origin`) stays as it is;
- an entry that was found before and not touched is replaced by what is found now;
- the versions of one thing (entries of one `id`) go together: where a person touched one, all stay as they are;
- an entry that was found before, not touched, and is found no longer stays, for a reading may miss it the next time;
- an entry whose place is listed in `removed` does not come back;
- what is found for the first time is added at the end; a party that a person gave another name is known by its alias;
- the title, the dates and the class are the person's where given, else what is found.

`origin` is a hash of the entry as it was found (as OpenSanctions' zavod keeps the machine's extraction beside the
person's).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from trucebook.agreement.entries import Dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.agreement.entries import (
        Agreement,
        CommitmentEntry,
        EventEntry,
        PartyEntry,
        ProposalEntry,
        ProvisionEntry,
        SourceEntry,
    )

    Entry = PartyEntry | SourceEntry | ProposalEntry | ProvisionEntry | CommitmentEntry | EventEntry
    E = TypeVar("E", PartyEntry, SourceEntry, ProposalEntry, ProvisionEntry, CommitmentEntry, EventEntry)

# As many hexadecimal digits as keep the entries of one file apart by far.
_DIGITS: Final = 12
_LISTS: Final = ("parties", "sources", "proposals", "provisions", "commitments", "events")


def found(agreement: Agreement) -> Agreement:
    """Return an agreement as a program found it: every entry with the `origin` by which changes can be told."""
    lists = {name: tuple(_marked(entry) for entry in getattr(agreement, name)) for name in _LISTS}
    return msgspec.structs.replace(agreement, **lists)


def touched(entry: Entry) -> bool:
    """Whether a person wrote or changed an entry."""
    return entry.origin is None or entry.origin != _hash(entry)


def merge(corrected: Agreement, anew: Agreement) -> Agreement:
    """Return the person's file brought up to date.

    Args:
        corrected: what was found earlier, as a person left it.
        anew: what is found now; need not be marked.
    """
    fresh, removed = found(anew), set(corrected.removed)
    lists = {name: _merged(getattr(corrected, name), getattr(fresh, name), name, removed) for name in _LISTS}
    dates = {name: getattr(corrected.dates, name) or getattr(fresh.dates, name) for name in Dates.__struct_fields__}
    return msgspec.structs.replace(
        corrected, title=corrected.title or fresh.title, word=corrected.word or fresh.word,
        kind=corrected.kind or fresh.kind, dates=Dates(**dates), **lists,
    )  # fmt: skip


def place(name: str, entry: Entry) -> str:
    """Return what an entry is called in `removed`: `commitments.lists`."""
    return f"{name}.{named(entry)}"


def _merged(theirs: Sequence[E], anew: Sequence[E], name: str, removed: set[str]) -> tuple[E, ...]:
    now: dict[str, list[E]] = {}
    for entry in anew:
        now.setdefault(named(entry), []).append(entry)
    own, placed = {named(entry) for entry in theirs if touched(entry)}, set[str]()
    kept: list[E] = []
    for entry in theirs:
        if named(entry) in own or named(entry) not in now:
            kept.append(entry)
        else:
            # All versions of a thing come in the place of the first.
            kept += now[named(entry)] if named(entry) not in placed else []
            placed.add(named(entry))
    known = {called for entry in theirs for called in _names(entry)}
    kept += [one for one in anew if named(one) not in known]
    return tuple(entry for entry in kept if touched(entry) or place(name, entry) not in removed)


def _names(entry: Entry) -> tuple[str, ...]:
    return (named(entry), *getattr(entry, "aliases", ()))


def _marked(entry: E) -> E:
    return msgspec.structs.replace(entry, origin=_hash(entry))


def _hash(entry: Entry) -> str:
    content = msgspec.json.encode(msgspec.structs.replace(entry, origin=None))
    return hashlib.sha256(content).hexdigest()[:_DIGITS]


def named(entry: Entry) -> str:
    """Return what an entry is called by: a party by its name, all else by `id`."""
    return entry.name if hasattr(entry, "name") else entry.id
