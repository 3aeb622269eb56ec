"""Persons of one report: names found, bare family names resolved to the full names that the report gives.

spaCy's small model calls persons organisations and towns persons. What decides here is the report as a whole: titles,
full names and later bare names support each other, and the gazetteer takes out what is a state or a capital.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from trucebook.lexicons import load
from trucebook.reading.cues import CueLexicon
from trucebook.reading.model import Abstention
from trucebook.reading.names import fold, is_given_name, is_particle, is_suffix, parse_name, sound
from trucebook.reading.namesakes import Families, Person, Run, agrees, may_be
from trucebook.reading.parse import span_of
from trucebook.reading.places import located
from trucebook.reading.titles import is_body, is_honorific, is_strong, is_title, titles
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from trucebook.reading.parse import Parse

_LONGEST_NAME = 6
_NOT_NAMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"})
# Labels that the model gives to persons it does not know; none at all is the commonest.
_UNCERTAIN = frozenset({"", "PERSON", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})
_LARGER = frozenset({"ORG", "FAC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"})
_FEMALE_KIN = frozenset({"wife", "daughter", "sister", "mother", "widow", "lady"})
_OF_TWO = frozenset({"younger", "elder", "older"})
_MALE_KIN = frozenset({"husband", "son", "brother", "father", "widower", "gentleman"})


@dataclass(frozen=True)
class Persons:
    """The persons of a report and the bare names that were left undecided."""

    persons: tuple[Person, ...]
    abstentions: tuple[Abstention, ...]


def find_persons(parse: Parse, taken: Set[int]) -> Persons:
    """Return the persons that a report names.

    Args:
        parse: the report.
        taken: indices of tokens that name states, capitals and known organisations.
    """
    doc = parse.doc
    runs = _runs(doc, taken)
    body = [r for r in runs if not parse.is_in_heading(span_of(doc[r.first]))]
    persons = _full_names([r for r in body if r.name.full])
    covered = {i for p in persons for r in p.runs for i in range(r.first, r.end)}
    known = Families(persons)
    for run in runs:
        # A heading may repeat a full name that the prose gives; it may not introduce one.
        if run.name.full and run.first not in covered and (found := known.same(run)) is not None:
            found.add(run, full=True)
            covered |= set(range(run.first, run.end))
    bare = list(_bare_runs(doc, runs, {r.name.family for r in body}, taken | covered))
    # "President Brandt" is not the Ida Brandt whom the report knows as somebody's wife alone.
    kin = {r.name.family for r in bare if _is_of_kin(r, known, doc)}
    crowned = known.add_crowned(bare)
    plain = [r for r in bare if r.name.family not in kin and r.first not in crowned]
    abstentions = [a for a in (_resolve(r, known, doc) for r in plain) if a is not None]
    met = {r for p in known.persons for r in p.runs}
    left = [r for r in bare if r not in met]
    singles = _single_names(doc, [r for r in left if r.name.family in kin or r.name.family not in known.by_family])
    return Persons((*known.persons, *singles), tuple(abstentions))


def _full_names(runs: list[Run]) -> list[Person]:
    # Names agree only where their family names sound alike.
    by_sound: dict[str, list[Person]] = defaultdict(list)
    # The longest names first, so that "García Lorca" finds its full form; then back to the order of the report.
    for run in sorted(runs, key=lambda r: (-len(r.name.given), r.first)):
        alike = by_sound[sound(run.name.family)]
        fits = [p for p in alike if agrees(p, run)]
        if not fits:
            alike.append(Person())
        if len(fits) < 2:
            (fits or alike)[-1].add(run, full=True)
    persons = [p for alike in by_sound.values() for p in alike]
    for person in persons:
        person.runs.sort(key=lambda r: r.first)
    return sorted(persons, key=lambda p: p.runs[0].first)


def _resolve(run: Run, known: Families, doc: Doc) -> Abstention | None:
    candidates = known.candidates(run)
    if len(candidates) > 1:
        candidates = [p for p in candidates if run.title and run.title in p.titles] or candidates
        candidates = [p for p in candidates if any(f.endswith(run.text) for f in p.forms)] or candidates
    fitting = [p for p in candidates if may_be(p, run.title)]
    if len(fitting) == 1 and not _is_of_two(doc, run):
        fitting[0].add(run, full=False)
        return None
    if not candidates:
        return None
    names = tuple(p.name for p in fitting or candidates)
    reason = f"{len(fitting)} persons named in this report can be “{run.text}”"
    return Abstention(span=_span(doc, run), what="actor", reason=reason, candidates=names)


def _is_of_two(doc: Doc, run: Run) -> bool:
    """`The younger Mr. Marlow`: whether a word tells the bearer of a bare name from another of the name."""
    return bool({t.lower_ for t in doc[max(0, run.first - 3) : run.first]} & _OF_TWO)


def _is_of_kin(run: Run, known: Families, doc: Doc) -> bool:
    """Whether a titled bare name is not that of the one person in full, whom the report brings in as a relative."""
    candidates = known.by_family.get(run.name.family, ())
    if len(candidates) != 1 or not run.title or run.title in candidates[0].titles:
        return False
    full = [r.first for r in candidates[0].runs if r.name.full]
    # Most are met without a word of kin at once, which ends the look.
    if not all(_words_before(doc, first) & (_FEMALE_KIN | _MALE_KIN) for first in full):
        return False
    female = all(_words_before(doc, first) & _FEMALE_KIN for first in full)
    return is_strong(run.title) or run.title in ({"mr"} if female else {"mrs", "ms", "miss"})


def _words_before(doc: Doc, first: int) -> Set[str]:
    return {t.lower_ for t in doc[max(0, first - 3) : first]}


def _single_names(doc: Doc, runs: list[Run]) -> list[Person]:
    """Persons whom the report never names in full, where titles or the model's repeated verdict vouch for them."""
    groups: dict[str, list[Run]] = defaultdict(list)
    common = {t.text for t in doc if t.is_lower}
    for run in runs:
        groups[run.name.family].append(run)
    persons = []
    for group in groups.values():
        vouched = any(r.title for r in group) or sum(r.person for r in group) >= max(2, len(group) / 2)
        if vouched and not any(located(doc[r.end - 1]) or r.name.family in common for r in group):
            persons.append(Person())
            for run in group:
                persons[-1].add(run, full=True)
    return sorted(persons, key=lambda p: p.runs[0].first)


def _runs(doc: Doc, taken: Set[int]) -> list[Run]:
    """Names that the model, a title or an age vouches for, in order and without overlap."""
    found: dict[int, Run] = {}
    ways = (_entities(doc), _after_titles(doc, taken), _before_ages(doc), _around_brackets(doc), _speaking(doc))
    for first, end in chain.from_iterable(ways):
        run = _run(doc, first, end, taken)
        if run is not None and (run.first not in found or found[run.first].end < run.end):
            found[run.first] = run
    kept: list[Run] = []
    for run in sorted(found.values(), key=lambda r: (r.first, -r.end)):
        if not kept or run.first >= kept[-1].end:
            kept.append(run)
    return kept


def _entities(doc: Doc) -> Iterator[tuple[int, int]]:
    alone = {e.text for e in doc.ents if e.label_ == "PERSON" and len(e) == 1}
    alone |= {doc[t.i + 1].text for t in doc[:-1] if is_honorific(t.text)}
    for entity in doc.ents:
        if entity.label_ == "PERSON" or (len(entity) > 1 and _is_miscalled(entity, alone)):
            yield entity.start, entity.end


def _is_miscalled(entity: Tokens, alone: Set[str]) -> bool:
    """Whether what the model calls something else is a person: by its given name, or its last word elsewhere."""
    if entity.label_ != "ORG" or len(entity) > _LONGEST_NAME or not all(t.pos_ == "PROPN" for t in entity):
        return False
    return is_given_name(fold(entity[0].text)) or entity[-1].text in alone


def _after_titles(doc: Doc, taken: Set[int]) -> Iterator[tuple[int, int]]:
    for token in doc[:-1]:
        if (is_title(token.text) or is_honorific(token.text)) and _can_begin(doc, token.i + 1, taken):
            end = token.i + 1
            while end < min(len(doc), token.i + 1 + _LONGEST_NAME) and _continues(doc[end]):
                end += 1
            proper = all(t.pos_ == "PROPN" or is_particle(t.lower_) or not t.is_alpha for t in doc[token.i + 1 : end])
            if proper and (end - token.i > 2 or _introduces(token, doc[end - 1])):
                yield token.i + 1, end


def _introduces(title: Token, name: Token) -> bool:
    """Whether a title makes the single word behind it a name ("President Marlow", but not "General Assembly")."""
    if is_honorific(title.text):
        return True
    return title.text[0].isupper() and (
        name.ent_type_ == "PERSON" or (is_strong(title.text) and not is_body(name.text))
    )


def _before_ages(doc: Doc) -> Iterator[tuple[int, int]]:
    """Names that an age follows ("Ada Marlow, 34,", "Ada Marlow, a 34-year-old")."""
    for token in doc[2:-2]:
        if token.text == "," and _is_age(doc[token.i + 1 : token.i + 6]):
            first = token.i
            while (
                first > 0
                and token.i - first < _LONGEST_NAME
                and _continues(doc[first - 1])
                and doc[first - 1].pos_ == "PROPN"
            ):
                first -= 1
            if token.i - first > 1:
                yield first, token.i


def _is_age(tokens: Tokens) -> bool:
    """Whether words begin with the age of a grown person, as an apposition to a name."""
    words = [t.lower_ for t in tokens]
    if words[0] in {"a", "an"}:
        return len(words) == 5 and len(words[1]) == 2 and words[1].isdigit() and words[2:] == ["-", "year", "-"]
    return len(words[0]) == 2 and words[0].isdigit() and words[1] in {",", "."}


def _around_brackets(doc: Doc) -> Iterator[tuple[int, int]]:
    """Names whose first part the outlet put into a quotation ("[Hugo] Brandt")."""
    for token in doc[1:-1]:
        before, after = token.nbor(-1), token.nbor(1)
        if token.text == "]" and before.text[0].isupper() and after.text[0].isupper() and after.pos_ == "PROPN":
            yield before.i, after.i + 1


def _speaking(doc: Doc) -> Iterator[tuple[int, int]]:
    """Names of two or three words that the model marks as nothing certain, but that speak or act as people do."""
    cues = _cue_verbs()
    for token in doc:
        if token.dep_ != "nsubj" or token.tag_ != "NNP" or token.ent_type_ not in _UNCERTAIN or is_title(token.text):
            continue
        verb = token.head
        if verb.lemma_ not in cues and not any(c.dep_ == "advcl" and c.lemma_ in cues for c in verb.children):
            continue
        first = token.i
        while first and doc[first - 1].head.i == token.i and _may_name(doc[first - 1]):
            first -= 1
        if 2 <= token.i + 1 - first <= 3 and token.is_alpha:
            yield first, token.i + 1


def _may_name(token: Token) -> bool:
    plain = (
        token.pos_ == "PROPN" and token.dep_ == "compound" and token.text[0].isupper() and token.ent_type_ in _UNCERTAIN
    )
    return plain and not is_title(token.text) and not is_honorific(token.text)


@cache
def _cue_verbs() -> frozenset[str]:
    file: CueLexicon = load("cues.toml", CueLexicon)
    return titles().deeds.union(entry.lemma for entry in file.verbs)


def _can_begin(doc: Doc, at: int, taken: Set[int]) -> bool:
    token = doc[at]
    return (
        at not in taken
        and token.text[0].isupper()
        and token.is_alpha
        and not is_title(token.text)
        and token.ent_type_ not in _NOT_NAMES
        and token.pos_ not in {"ADP", "SCONJ"}  # "Without Marlow the talks fail"
    )


def _continues(token: Token) -> bool:
    initial = len(token.text) == 2 and token.text[0].isupper() and token.text[1] == "."
    attached = token.i > 0 and not token.nbor(-1).whitespace_ and token.nbor(-1).text == "-"
    if token.ent_type_ in _NOT_NAMES or any(c.isdigit() for c in token.text):
        return False
    hyphen = token.text == "-" and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_
    return (
        (token.text[0].isupper() and token.text[0].isalpha())
        or initial
        or attached
        or hyphen
        or is_particle(token.lower_)
    )


def _run(doc: Doc, first: int, end: int, taken: Set[int], *, known: bool = False) -> Run | None:
    """Clean a candidate: what is no part of the name is left out, parts that the model cut off are added."""
    while first < end and (
        (not _can_begin(doc, first, taken) and not is_particle(doc[first].lower_)) or is_honorific(doc[first].text)
    ):
        first += 1
    stop = first
    while (
        stop < len(doc)
        and stop - first < _LONGEST_NAME
        and (stop < end or _belongs(doc, stop))
        and _inside(doc, stop, first, taken)
    ):
        stop += 1
    while (
        stop > first
        and (is_particle(doc[stop - 1].lower_) or not doc[stop - 1].text[0].isalpha())
        and doc[stop - 1].text[-1] != "."
    ):
        stop -= 1
    first = max([i + 1 for i in range(first, stop - 1) if is_title(doc[i].text)], default=first)
    text = " ".join(doc[first:stop].text.replace("[", "").replace("]", "").split())
    name = parse_name(text) if stop > first else None
    if name is None or len(name.family) < 2 or (not known and _is_body_name(doc, first, stop)) or _is_rank(doc, stop):
        return None
    before = doc[first - 1].text if first else ""
    title = before.rstrip(".").lower() if is_title(before) or is_honorific(before) else ""
    return Run(first=first, end=stop, text=text, name=name, title=title, person=doc[stop - 1].ent_type_ == "PERSON")


def _is_rank(doc: Doc, stop: int) -> bool:
    """Whether a name ends in the title of the name behind it ("Navy Capt. | Jeff Marlow")."""
    if doc[stop - 1].text.rstrip(".").lower() in titles().abbreviated:
        return True
    after = doc[stop] if stop < len(doc) else None
    return is_title(doc[stop - 1].text) and after is not None and after.pos_ == "PROPN" and not after.is_sent_start


def _is_body_name(doc: Doc, first: int, stop: int) -> bool:
    """Whether the words around say that a name is no person's ("the nonprofit group ...", "the Courier newspaper")."""
    before = doc[first - 1] if first else None
    named_so = before is not None and (before.lower_ == "the" or (before.text.islower() and is_body(before.text)))
    return named_so or is_body(doc[stop - 1].text)


def _inside(doc: Doc, at: int, first: int, taken: Set[int]) -> bool:
    token = doc[at]
    if token.text in {"[", "]"}:
        return True
    # "Jordan" is a state, the last word of "Ada Jordan" is not; a state's name never begins a person's.
    stateless = at not in taken or (at > first and token.ent_type_ == "PERSON" and token.ent_iob_ == "I")
    return stateless and _continues(token)


def _belongs(doc: Doc, at: int) -> bool:
    """Whether a token behind what the model marked still belongs to the name ("van der | Berg", "Park Min | -jun")."""
    before, token = doc[at - 1], doc[at]
    glued = not before.whitespace_ and (token.text == "-" or before.text == "-")
    particle = is_particle(before.lower_) and token.text[0].isupper()
    suffix = token.text[0].isupper() and is_suffix(token.text)
    return glued or particle or suffix


def _bare_runs(doc: Doc, runs: list[Run], families: Set[str], covered: Set[int]) -> Iterator[Run]:
    """Names without a given name: those found above, and every other place where a family name stands by itself."""
    found = {r.first: r for r in runs if not r.name.full}
    inside = {i for r in found.values() for i in range(r.first + 1, r.end)}
    common = {t.text for t in doc if t.is_lower}
    for token in doc:
        if token.i in covered:
            continue
        if token.i in found:
            yield found[token.i]
        elif fold(token.text) in families and _stands_alone(token, covered, common):
            run = _run(doc, token.i, token.i + 1, covered, known=True)
            if run is not None and run.first == token.i and token.i not in inside:
                yield run


def _acts(token: Token, common: Set[str]) -> bool:
    """Whether a family name that was taken for a noun or a verb does something, and is no word that the report uses."""
    return token.pos_ in {"NOUN", "VERB"} and token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ not in common


def _stands_alone(token: Token, covered: Set[int], common: Set[str]) -> bool:
    if not token.text[0].isupper() or token.ent_type_ in _NOT_NAMES:
        return False
    if not (token.tag_.startswith("NNP") or token.ent_type_ or _acts(token, common)):
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    larger = (
        after.i != token.i
        and after.ent_iob_ == "I"
        and after.text[0].isupper()
        and after.ent_type_ in _LARGER
        and token.ent_type_ == after.ent_type_
    )
    before = token.nbor(-1) if token.i else token
    part = (
        token.ent_iob_ == "I"
        and before.text[:1].isupper()
        and before.i not in covered
        and not is_title(before.text)
        and token.ent_type_ in {*_LARGER, "PERSON", "GPE", "LOC"}
    )
    return not larger and not part


def _span(doc: Doc, run: Run) -> Span:
    """The name with a form of address before it."""
    first = run.first - 1 if run.first and is_honorific(doc[run.first - 1].text) else run.first
    last = doc[run.end - 1]
    return Span(doc[first].idx, last.idx + len(last.text))


span_of_run = _span
