"""Ranks: who is told to be the largest, the first or the only one of a kind.

A rank is the same only where the word, what is ranked and every word of its scope are: "the largest exporter of steel
to Norway" is not "the largest exporter of steel", and "the largest outside Europe" is another one. Whatever is not
understood stays in the scope, so that it parts two ranks rather than joining them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from trucebook.dossier.features import concept, times_and_titles
from trucebook.dossier.wording import content_stems, keys, stem
from trucebook.lexicons import load
from trucebook.reading.gazetteer import state_adjective
from trucebook.reading.prose import mask
from trucebook.span import Span, SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.reading.model import Clause, Mention, Reading

    Canonical = Mapping[tuple[str, str], str]

# So many mentions, in so many code points, before a rank are tried as the one who has it.
_TRIED, _BEFORE = 3, 150
# More words than this are no name of a kind.
_LONG = 18
_SENTENCES_BACK = 2
_ADVERBS = r"(?:(?:also|still|now|already|currently|by far|easily|historically|traditionally|again)\s+)*"
_COPULA = (
    r"(?P<be>is|are|was|were|remains|remained|becomes|became|has been|had been|has become|ranks as|ranked as|stands as)"
)
# A name, or one of the words for the whole world.
_POSSESSOR = (
    r"(?:the|(?:the\s+)?(?P<whose>(?-i:(?:[A-Z][\w.’'-]*\s+){0,3}[A-Z][\w.’'-]*?|world|globe)(?:['’]s|(?<=s)['’])))"
)
# Who is not by himself, or only stands inside a phrase, has no rank of his own.
_NOT_ALONE = re.compile(r"(?:(?<!,\s)\band|\bor|\bnor|\bnot|\bnever|&)\s+(?:the\s+)?$", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(?:in|of|from|to|by|with|for|at|near|against|between|than|on|outside|inside|within|across|behind|after|over|"
    r"if|whether|unless|like|as|beside|besides|except)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# What a sentence opens with may hold for the rank too ("Outside Europe, Norway is the largest").
_OPENING = re.compile(
    r"^\W*(?:among|outside|in|for|by|of|at|after|behind|besides?|except|apart|excluding|within|across|under|during|"
    r"since|until|if|when|while|once|before|on)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput\w+|reject\w*|refut\w+|doubt\w*|false\w*|wrong\w*|myth|untrue|not|never|no|if|"
    r"whether|nor|could|would|may|might|should|imagine\w*|once)\b|n['’]t\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;:()\[\]–—“”\"?!]|\s-+\s|\.(?=\s+[A-Z“\"]|\s*$)|"
    r"\s+(?:and|but|while)\s+(?:is|was|are|were|has|had|will|would|the|its|their|his|her|said|a|an|it|he|she|they)\b"
)
# Words behind a comma that take something away from a rank.
_LESS = re.compile(
    r"^,?\s*(?:after|behind|excluding|except|besides?|apart|other than|outside|not|if|at least|among|second|within|"
    r"though|although|but)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:of|to|in|for|from|on|among|at|by|within|under|outside|inside|into|behind|that|who|which|with|between|across|"
    r"after|since|before|ever|yet|so|over|through|against|when|where|as)$"
)
# Words after which something is still to come.
_OPEN = frozenset(
    {"a", "an", "the", "of", "to", "in", "for", "from", "on", "at", "by", "with", "and", "or", "his", "her"}
)
_PAST = frozenset({"was", "were", "remained", "became", "had been", "ranked as"})
_NO_NOUN = re.compile(r"(?:ant|ent|ful|ive|ous|able|ible|ly|ed|ing|ic|al)$")
_SHARE_OF = re.compile(r"^,\s+\w+ing\s+(?:[\w.%]+\s+){1,4}?(?:percent|per cent|%)\s+of\s+|^,\s+\w+ing\s+\S*%\s+of\s+")
_TRADED = re.compile(r"\b(imports|exports)\b", re.IGNORECASE)


class Ranks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `ranks.toml`.

    Attributes:
        leading: words that say "largest" of what is ranked by size alone.
        counterparts: nouns of roles of which a possessor is the other side.
        world: words for the whole world.
        shares: nouns for how much of a whole one has.
        amounts: nouns for how much or how many.
        sharing: verbs by which something is a part of a whole.
        superlatives: words that put before all others, by rank.
        places: words for places in a row.
        roles: nouns of what is ranked by size, by role.
        doing: verbs by which somebody has most of a thing, by the role that he has then.
    """

    leading: tuple[str, ...]
    counterparts: tuple[str, ...]
    world: tuple[str, ...]
    shares: tuple[str, ...]
    amounts: tuple[str, ...]
    sharing: tuple[str, ...]
    superlatives: dict[str, tuple[str, ...]]
    places: dict[str, int]
    roles: dict[str, tuple[str, ...]]
    doing: dict[str, tuple[str, ...]]


class Kind(NamedTuple):
    """Of what somebody has a rank.

    Attributes:
        rank: "largest", "first".
        role: what is ranked: "supplier", or the noun.
        scope: stems of the words that tell of what, to whom and where; actors with `@` and how they stand to it.
    """

    rank: str
    role: str
    scope: frozenset[str]


class Claim(NamedTuple):
    """One actor told to have one rank.

    Attributes:
        report: the report's id.
        span: from the actor's name to the last word of the kind, or the other way round.
        actor: canonical name.
        type: what kind of actor it is.
        kind: of what it has the rank.
        place: its place in the row: 1 for the largest, 2 for the second largest.
        when: values of the times that the sentence names.
        tense: whether it is so or was so; None where the words do not part the two.
        speaker: canonical name of who says it; None where the outlet does, or nobody is named.
        words: the words of the span.
    """

    report: str
    span: Span
    actor: str
    type: str
    kind: Kind
    place: int
    when: frozenset[str]
    tense: str | None
    speaker: str | None
    words: str


class _Source(NamedTuple):
    reading: Reading
    prose: str
    canonical: Canonical
    starts: Sequence[int]
    mentions: SpanIndex[Mention]
    clauses: SpanIndex[Clause]


class _Found(NamedTuple):
    """Where a rank's words stand in a sentence.

    Attributes:
        sentence: index of the sentence.
        who: who has it.
        be: the verb; empty where there is none.
        whose: the possessor, empty where there is none.
        place: the word for a place in the row, or empty.
        word: the superlative.
        of: the words of the kind, behind the superlative.
        span: all of it.
    """

    sentence: int
    who: Mention
    be: str
    whose: str
    place: str
    word: str
    of: Span
    span: Span


def claims(reading: Reading, canonical: Canonical) -> list[Claim]:
    """Return who is told in a report to have which rank.

    Args:
        reading: of the report.
        canonical: canonical name of an actor, by report id and the name that the report knows it by.
    """
    prose = mask(reading.report.text, reading.report.furniture)
    source = _Source(
        reading,
        prose,
        canonical,
        tuple(s.span.start for s in reading.sentences),
        SpanIndex((m.span, m) for m in reading.mentions),
        SpanIndex((c.span, c) for c in reading.clauses),
    )
    told = (c for f in _found(source) if not _is_doubtful(f, source) and (c := _claim(f, source)) is not None)
    return list(dict.fromkeys(told))


@cache
def lexicon() -> Ranks:
    """Return the words of ranks."""
    found: Ranks = load("ranks.toml", Ranks)
    return found


def _one_of(some: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(some, key=lambda w: (-len(w), w)))


@cache
def _superlative() -> re.Pattern[str]:
    words = [w for some in lexicon().superlatives.values() for w in some]
    return re.compile(rf"\b(?:{_one_of([*words, *lexicon().leading, *lexicon().places])})\b(?![-’'])", re.IGNORECASE)


@cache
def _most() -> re.Pattern[str]:
    """Finds "buys the most steel", "accounts for the largest share of"."""
    doing = _one_of(w for some in lexicon().doing.values() for w in some)
    share, amount = _one_of(lexicon().shares), _one_of(lexicon().amounts)
    largest = _one_of([*lexicon().superlatives["largest"], "highest", "greatest"])
    return re.compile(
        rf"\b(?P<verb>{doing}|{_one_of(lexicon().sharing)})\s+(?:by far\s+)?the\s+"
        rf"(?:(?:single\s+)?(?:{largest})\s+(?P<noun>{share}|{amount})\b|most\b)(?P<of>\s+of\b)?\s*"
    )


@cache
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between an actor and a superlative: a copula, or the comma of an apposition."""
    return (
        re.compile(rf"\s+{_ADVERBS}{_COPULA}\s+{_ADVERBS}{_determiner()}$", re.IGNORECASE),
        re.compile(rf",\s+{_ADVERBS}(?P<be>){_determiner()}$", re.IGNORECASE),
    )


def _determiner() -> str:
    return rf"{_POSSESSOR}\s+(?:single\s+)?(?:(?P<place>{_one_of(lexicon().places)})[-\s]+)?"


@cache
def _opens() -> re.Pattern[str]:
    """What stands between the beginning of a clause and a superlative that is its subject."""
    return re.compile(rf"(?:^|[,;:—–“\"]\s*|\bthat\s+){_determiner()}$", re.IGNORECASE)


def _found(source: _Source) -> Iterator[_Found]:
    for match in _superlative().finditer(source.prose):
        at = bisect_right(source.starts, match.start()) - 1
        if at >= 0 and source.reading.sentences[at].span.end >= match.end():
            yield from _at(match, at, source)
    for match in _most().finditer(source.prose):
        at = bisect_right(source.starts, match.start()) - 1
        who = _before(match.start(), at, source) if at >= 0 else None
        if who is not None and not source.prose[who.span.end : match.start()].strip():
            of = _until_end(match.end(), at, source)
            yield _Found(at, who, match["verb"], "", "", "most", of, Span(who.span.start, of.end))


def _at(match: re.Match[str], at: int, source: _Source) -> Iterator[_Found]:
    """Yield the ranks that one superlative tells: of who stands before it, or behind what it ranks."""
    prose, sentence = source.prose, source.reading.sentences[at].span
    of = _until_end(match.end(), at, source)
    near = Span(max(sentence.start, match.start() - _BEFORE), match.start())
    earlier = source.mentions.touching(near)
    for who in [m for m in earlier if m.span.end <= match.start()][:_TRIED]:
        between = prose[who.span.end : match.start()]
        lead = next((f for pattern in _leads() if (f := pattern.match(between))), None)
        if lead is None or (not lead["be"] and not _closes(of.end, prose)):
            continue
        if lead["be"] and _INSIDE.search(prose[sentence.start : who.span.start]):
            continue
        span = Span(who.span.start, of.end)
        yield _Found(at, who, lead["be"].lower(), lead["whose"] or "", lead["place"] or "", match[0], of, span)
        return
    lead = _opens().search(prose[sentence.start : match.start()])
    be = re.search(rf"\s{_COPULA}\s+(?=\S)", of.of(prose)) if lead else None
    if lead is None or be is None:
        return
    start = of.start + be.end()
    who_after = next((m for m in source.mentions.touching(Span(start, start + 1)) if m.span.start == start), None)
    if who_after is not None and re.match(r"\s*(?:[,.;]|$)", prose[who_after.span.end : who_after.span.end + 3]):
        named = Span(of.start, of.start + be.start())
        span = Span(sentence.start + lead.start(), who_after.span.end)
        yield _Found(at, who_after, be["be"].lower(), lead["whose"] or "", lead["place"] or "", match[0], named, span)


def _before(end: int, at: int, source: _Source) -> Mention | None:
    sentence = source.reading.sentences[at].span
    found = next((m for m in source.mentions.touching(Span(sentence.start, end)) if m.span.end <= end), None)
    if found is None or _INSIDE.search(source.prose[sentence.start : found.span.start]):
        return None
    return found


def _closes(end: int, prose: str) -> bool:
    """Whether an apposition ends there: "Norway, the largest buyer of steel, said"."""
    return bool(re.match(r"[,.;:—–)]|\s+[—–-]", prose[end : end + 3]))


def _until_end(start: int, at: int, source: _Source) -> Span:
    sentence = source.reading.sentences[at].span
    end = _END.search(source.prose, start, sentence.end)
    return Span(start, end.start() if end else sentence.end)


def _is_doubtful(found: _Found, source: _Source) -> bool:
    """Whether somebody only denies, asks or supposes it, shares the rank, or has it of something left unsaid."""
    sentence, prose = source.reading.sentences[found.sentence].span, source.prose
    start = min(found.span.start, found.who.span.start)
    before = prose[sentence.start : start]
    if sentence.of(prose).rstrip('”" ').endswith("?") or _DENIED.search(before) or _OPENING.search(before):
        return True
    behind = prose[found.of.end : sentence.end]
    if _NOT_ALONE.search(prose[sentence.start : found.who.span.start]) or _LESS.match(behind):
        return True
    # "Berg and Norway are": whoever else is named in the subject has it too; "Norway and others".
    if re.match(r"\s*(?:,\s*)?(?:and|or|&)\b", prose[found.who.span.end : sentence.end]):
        return True
    around = [c for c in source.clauses.touching(found.of) if c.sentence == found.sentence]
    nearest = min(around, key=lambda c: c.span.length, default=None)
    return nearest is not None and (nearest.negated or nearest.modality != "asserted")


def _claim(found: _Found, source: _Source) -> Claim | None:
    kind = _kind_of_most(found, source) if found.word == "most" else _kind(found, source)
    if kind is None or not kind.scope:
        return None
    reading = source.reading
    sentence = reading.sentences[found.sentence].span
    place = lexicon().places.get((found.place or found.word).lower(), 1)
    said = [a for a in reading.attributions if any(c.covers(found.of) for c in a.content) and a.manner != "act"]
    teller = min(said, key=lambda a: sum(c.length for c in a.content), default=None)
    rid = reading.report.id
    past = found.be in _PAST and kind.rank not in {"first", "last", "only"} and teller is None
    return Claim(
        report=rid,
        span=found.span,
        actor=source.canonical.get((rid, found.who.actor), found.who.actor),
        type=found.who.type,
        kind=kind,
        place=place,
        when=frozenset(t.value for t in reading.times if t.value and sentence.covers(t.span)),
        tense=None if found.word == "most" or teller else ("was" if past else "is"),
        speaker=source.canonical.get((rid, teller.speaker), teller.speaker) if teller and teller.speaker else None,
        words=" ".join(found.span.of(reading.report.text).split()),
    )


def _kind(found: _Found, source: _Source) -> Kind | None:
    """What a superlative ranks; None where the words are no name of a kind that can be compared."""
    words = _words(found.of, source.prose)
    at = next((i for i, w in enumerate(words) if _PREPOSITION.match(w[0].lower())), len(words))
    if not 0 < at <= len(words) <= _LONG or _superlative().fullmatch(words[0][0]):
        return None
    head, word = words[at - 1][0].lower(), found.word.lower()
    if head in times_and_titles() or words[-1][0].lower() in _OPEN:
        return None
    role = next((r for r, some in lexicon().roles.items() if head in some), None)
    rank = next((r for r, some in lexicon().superlatives.items() if word in some), None)
    rank = rank or ("first" if word in lexicon().places else "largest" if role else None)
    if rank is None or (role is None and _is_plural(head)) or not head.isalpha():
        return None
    scope = set(_scope(words[: at - 1], source, "of")) | set(_scope(words[at:], source, "", role))
    whose = _possessor(found, head, role, source)
    if whose is None:
        return None
    return Kind(rank, role or stem(concept(head)), frozenset(scope | whose))


def _possessor(found: _Found, head: str, role: str | None, source: _Source) -> frozenset[str] | None:
    """Whose a rank is; None where the words leave it to the report, or where they are too many to be a name."""
    whose = re.sub(r"(?:['’]s|['’])$", "", found.whose.strip())
    if not whose:
        return frozenset()
    plain = content_stems(keys(whose))
    if plain & frozenset(lexicon().world):
        return frozenset({"world"}) if len(plain) == 1 else None
    start = source.prose.rfind(whose, found.span.start if found.span.start < found.of.start else 0, found.of.start)
    named = [m for m in source.mentions.touching(Span(start, start + len(whose))) if m.span.length >= len(whose) - 4]
    if not named:
        return None
    how = _HOW.get(role or "", "of") if head in lexicon().counterparts else "of"
    return frozenset({f"{how}:@{_canonical(named[0], source)}"})


# How the other side of a role stands to it: supplied to, bought from.
_HOW = {"supplier": "to", "donor": "to", "lender": "to", "investor": "in", "buyer": "from", "partner": "of"}


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def _words(span: Span, prose: str) -> list[tuple[str, Span]]:
    return [
        (m[0].rstrip(".") if m[0].count(".") == 1 else m[0], Span(span.start + m.start(), span.start + m.end()))
        for m in re.finditer(r"[^\s,;:]+", span.of(prose))
    ]


def _scope(words: Sequence[tuple[str, Span]], source: _Source, how: str, role: str | None = None) -> Iterator[str]:
    """Yield the stems of words of a scope, actors with how they stand to what is ranked."""
    done: set[Span] = set()
    for word, span in words:
        if _PREPOSITION.match(word.lower()):
            how = {"for": "to", "into": "to", "of": "from"}.get(word.lower(), word.lower()) if role else word.lower()
            if role != "buyer" and word.lower() == "of":
                how = "of"
        mention = next(iter(source.mentions.touching(span)), None)
        if mention is not None:
            if mention.span not in done:
                done.add(mention.span)
                yield f"{how or 'of'}:@{_canonical(mention, source)}"
            continue
        state = state_adjective(word) if word[:1].isupper() else None
        if state:
            yield f"{how or 'of'}:@{state}"
            continue
        for plain in sorted(content_stems(keys(word))):
            yield "world" if plain in lexicon().world else stem(concept(plain))


def _canonical(mention: Mention, source: _Source) -> str:
    return source.canonical.get((source.reading.report.id, mention.actor), mention.actor)


def _kind_of_most(found: _Found, source: _Source) -> Kind | None:
    """What somebody does most of, or has the largest share of; a share of what a state imports is supplied to it."""
    verb = found.be.lower()
    role = next((r for r, some in lexicon().doing.items() if verb in some), None)
    of = found.of
    if not of.of(source.prose).strip():
        behind = _SHARE_OF.match(source.prose[of.end : source.reading.sentences[found.sentence].span.end])
        if behind is None:
            return None
        of = _until_end(of.end + behind.end(), found.sentence, source)
    words = _words(of, source.prose)
    if not 0 < len(words) <= _LONG or (role and _NO_NOUN.search(words[0][0].lower())):
        return None
    traded = next((i for i, w in enumerate(words) if _TRADED.fullmatch(w[0])), None)
    if traded is None:
        return Kind("largest", role or "share", frozenset(_scope(words, source, "of", role))) if role else None
    inward = words[traded][0].lower() == "imports"
    role, how = ("supplier", "to") if inward else ("buyer", "from")
    before = set(_scope(words[:traded], source, how)) | set(_scope(words[traded + 1 :], source, "", role))
    if all("@" in w for w in before):
        before |= _taken_up(found, words[traded][0], source)
    return Kind("largest", role, frozenset(before))


def _taken_up(found: _Found, traded: str, source: _Source) -> frozenset[str]:
    """What was traded, where the sentence takes up a longer name: "of imports" behind "of Norway's steel imports"."""
    sentences = source.reading.sentences
    here = sentences[found.sentence]
    for before in reversed(sentences[max(0, found.sentence - _SENTENCES_BACK) : found.sentence]):
        if before.paragraph != here.paragraph:
            continue
        match = re.search(rf"\b([a-z]+)\s+{traded}\b", before.span.of(source.prose))
        if match and (stems := content_stems(keys(match[1]))):
            return frozenset(stem(concept(w)) for w in stems)
    return frozenset()
