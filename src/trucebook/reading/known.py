"""A user's file of actors: names, roles and identifiers that are known before the reports are read.

The file is YAML, read by the safe loader alone: it makes no objects, and anchors are refused, since a few lines of
them can stand for gigabytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from trucebook.errors import SettingsError
from trucebook.reading.model import ActorType  # noqa: TC001  msgspec reads the annotation
from trucebook.reading.names import fold
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_BYTES = 4_000_000
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
Name = Annotated[str, msgspec.Meta(min_length=2, max_length=200, pattern=r"^\S(.*\S)?$")]


class KnownActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entry of the file.

    Attributes:
        name: what the actor is called in everything that is made of the reports.
        type: what it is.
        aliases: other names that reports use for it.
        role: its office, in words ("foreign minister").
        state: the state that it belongs to, or acts for.
        side: whose side it is on in the negotiation, in the user's word.
        identifiers: its names in other data, by the data's name ("wikidata": "Q42").
    """

    name: Name
    type: ActorType
    aliases: tuple[Name, ...] = ()
    role: str | None = None
    state: str | None = None
    side: str | None = None
    identifiers: dict[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and aliases."""
        return (self.name, *self.aliases)


def parse_known(raw: bytes, path: str) -> tuple[KnownActor, ...]:
    """Return the actors of a file.

    Args:
        raw: the file, YAML in UTF-8: a mapping with the list `actors`.
        path: the file's name, for messages.

    Raises:
        SettingsError: the file is no such YAML; the message names the line, and the entry and its field.
    """
    entries = _entries(raw, path)
    known = tuple(
        _entry(value, f"{path}, line {line}, actor {at}") for at, (line, value) in enumerate(entries, start=1)
    )
    owners: dict[str, tuple[int, KnownActor]] = {}
    for (line, _), actor in zip(entries, known, strict=True):
        for name in dict.fromkeys(fold(n) for n in actor.names):
            first, other = owners.setdefault(name, (line, actor))
            if other is not actor:
                raise SettingsError(
                    f"{path}, line {line}, actor {actor.name!r}: {name!r} names {other.name!r} too (line {first}); "
                    "leave it out of both, and reports decide by what else they say"
                )
    return known


def _entries(raw: bytes, path: str) -> list[tuple[int, Any]]:
    """The entries of the list `actors` as plain values, each with its line."""
    import yaml  # noqa: PLC0415  only who gives a file of actors needs it

    if len(raw) > _MAX_BYTES:
        raise SettingsError(f"{path}: {len(raw)} bytes are no list of actors; give at most {_MAX_BYTES}")
    try:
        text = raw.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise SettingsError(f"{path}: YAML anchors (&name, *name) are not read; write the entries out")
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        return [(item.start_mark.line + 1, loader.construct_document(item)) for item in _list(node, path)]
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        reason = getattr(error, "problem", None) or type(error).__name__
        raise SettingsError(f"{path}{line}: not YAML ({reason}); mend that line, or put the words in quotes") from error


def _list(node: Any, path: str) -> list[Any]:  # noqa: ANN401  nodes of PyYAML
    import yaml  # noqa: PLC0415  as above

    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lists = [value for key, value in pairs if key.value == "actors" and isinstance(value, yaml.SequenceNode)]
    if len(lists) != 1 or len(pairs) != 1:
        raise SettingsError(
            f"{path}: not a list of actors; begin the file with “actors:” and put “- name: ...” below it"
        )
    found: list[Any] = lists[0].value
    return found


def _entry(value: Any, where: str) -> KnownActor:  # noqa: ANN401  what YAML says
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        where = f"{where} ({value['name']})"
    try:
        actor = msgspec.convert(value, KnownActor)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}; see the example in docs/actors.md") from error
    wikidata = actor.identifiers.get("wikidata")
    if wikidata is not None and not _WIKIDATA.fullmatch(wikidata):
        raise SettingsError(f"{where}: wikidata {wikidata!r}: not an item; write it like Q42")
    return actor


def find_known(text: str, known: Sequence[KnownActor]) -> Iterator[tuple[Span, KnownActor]]:
    """Yield where a text names known actors, the longest name at each place, in order.

    Args:
        text: a report's prose.
        known: the actors; their names are looked for as they are written, with their case.
    """
    if not known:
        return
    owners = {" ".join(name.split()): actor for actor in known for name in actor.names}
    for match in _pattern(tuple(owners)).finditer(text):
        yield Span(*match.span()), owners[" ".join(match.group().split())]


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    every = sorted(names, key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, n.split())) for n in every) + r")(?!\w)")


def known_by_name(known: Sequence[KnownActor]) -> dict[str, KnownActor]:
    """Return the known actors by each of their names, folded."""
    return {fold(name): actor for actor in known for name in actor.names}
