"""Classes and base forms of words, looked up where the same word was seen with the same tag before.

spaCy's attribute ruler matches 179 patterns against every text to turn tags into parts of speech, and its lemmatizer
then tries endings word by word. What both make of a word depends on its letters, its tag and for a few words on its
grammatical relation, except for a handful of patterns over two words (`let 's`, `there is`): so the answers are kept,
for words and for runs of such words, and spaCy's own components see only what is new.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

    Word = tuple[int, int, int]
    Rows = NDArray[np.uint64]

_KEYS = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_INPUT = ("ORTH", "TAG", "DEP")
_OUTPUT = ("POS", "MORPH", "LEMMA", "TAG")
# Stands for every grammatical relation that no pattern asks for.
_OTHER = "(other)"
# Two bits a pattern of two words, in 64: its first place and its second.
_PAIRS = 32
_FIRST_PLACES = np.uint64(0x5555555555555555)
# Words that are kept at most: a few tens of megabytes. A language has not so many that come twice.
_KEPT = 100_000


class Known:
    """What was found for words by their letters, tag and relation, a row a word, and for runs of words.

    A row holds part of speech, morphology, base form, tag, the relation where it has become another one, else 0, and
    for a word by itself the places of patterns that it fits, as bits.

    Attributes:
        runs: the rows of runs of words that fit patterns of two.
    """

    def __init__(self) -> None:
        self.runs: dict[tuple[Word, ...], Rows] = {}
        self._numbers: dict[Word, int] = {}
        self._rows = np.zeros((0, len(_OUTPUT) + 2), dtype=np.uint64)

    def __len__(self) -> int:
        """Return how many words and runs are known."""
        return len(self._numbers) + len(self.runs)

    def lacks(self, words: Iterable[Word]) -> list[Word]:
        """Return the words that are not known, in order, each once."""
        # Not the difference of two sets, which would go through all that are known.
        return sorted({word for word in words if word not in self._numbers})

    def add(self, words: Sequence[Word], rows: Rows) -> None:
        """Keep the rows of words that were not known."""
        self._numbers.update(zip(words, range(len(self._rows), len(self._rows) + len(words)), strict=True))
        self._rows = np.concatenate([self._rows, rows])

    def rows(self, words: Sequence[Word]) -> Rows:
        """Return the rows of known words, (words, 6)."""
        return self._rows[[self._numbers[word] for word in words]]

    def forget(self) -> None:
        """Know nothing any more."""
        self.runs.clear()
        self._numbers.clear()
        self._rows = self._rows[:0]


@dataclass(frozen=True)
class WordClasses:
    """An attribute ruler and the lemmatizer behind it.

    Attributes:
        replaces: the names of the two components.
        ruler: the attribute ruler.
        lemmatizer: the lemmatizer.
        single: an attribute ruler with those of its patterns that are of one word.
        places: for each of its patterns of two words, the words that fit its first and its second place.
        relations: the grammatical relations that a pattern asks for.
        known: what was found so far.
    """

    replaces: tuple[str, str]
    ruler: AttributeRuler
    lemmatizer: Any
    single: AttributeRuler
    places: Matcher
    relations: NDArray[np.uint64]
    known: Known = field(default_factory=Known)

    @classmethod
    def of(cls, components: Mapping[str, Any]) -> WordClasses | None:
        """Return it for a pipeline; None where there are no such two, or their rules are not plain."""
        from spacy.matcher import Matcher  # noqa: PLC0415  loaded by whoever loaded the pipeline
        from spacy.pipeline import AttributeRuler  # noqa: PLC0415  as above

        names = list(components)
        at = next((i for i, c in enumerate(components.values()) if type(c) is AttributeRuler), len(names))
        if at + 1 >= len(names) or getattr(components[names[at + 1]], "mode", None) != "rule":
            return None
        ruler, lemmatizer = components[names[at]], components[names[at + 1]]
        if lemmatizer.overwrite or not all(_is_plain(p) for entry in ruler.patterns for p in entry["patterns"]):
            return None
        pairs = [p for entry in ruler.patterns for p in entry["patterns"] if len(p) > 1]
        if len(pairs) > _PAIRS:
            return None
        single = AttributeRuler(ruler.vocab)
        for entry in ruler.patterns:
            if alone := [p for p in entry["patterns"] if len(p) == 1]:
                single.add(alone, entry["attrs"], entry["index"])
        places = Matcher(ruler.vocab)
        for n, pair in enumerate(pairs):
            for side, word in enumerate(pair):
                places.add(str(2 * n + side), [[word]])
        _search_quickly(lemmatizer)
        asked = {value for entry in ruler.patterns for p in entry["patterns"] for value in _relations(p)}
        relations = np.array(sorted(ruler.vocab.strings.add(value) for value in asked), dtype=np.uint64)
        return cls((names[at], names[at + 1]), ruler, lemmatizer, single, places, relations)

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set the parts of speech, the morphology and the base forms of tagged and parsed documents."""
        edges = np.cumsum([0, *(len(doc) for doc in docs)]).tolist()
        every = self._words(docs)
        words = [every[start:end] for start, end in pairwise(edges)]
        if len(self.known) > _KEPT:
            self.known.forget()
        self._learn(self.known.lacks(every))
        for doc, part in zip(docs, words, strict=True):
            found: Any = self.known.rows(part)
            for start, end in _runs(found[:, -1]):
                found[start:end] = self._of_run(tuple(part[start:end]))
            doc.from_array(list(_OUTPUT), found[:, :-2])
            for i in found[:, -2].nonzero()[0].tolist():
                doc[i].dep = int(found[i, -2])

    def _words(self, docs: Sequence[Doc]) -> list[Word]:
        """The letters, tag and relation of the words of documents, one document behind the other."""
        orths, tags, found = np.concatenate([doc.to_array(list(_INPUT)) for doc in docs]).T
        relations = np.where(np.isin(found, self.relations), found, np.uint64(self._other()))
        return list(zip(orths.tolist(), tags.tolist(), relations.tolist(), strict=True))

    def _learn(self, new: Sequence[Word]) -> None:
        if not new:
            return
        doc = self._doc(new)
        places = np.zeros(len(new), dtype=np.uint64)
        for name, at, _ in self.places(doc):
            places[at] |= np.uint64(1 << int(doc.vocab.strings[name]))
        found = self._rows(new, doc, self.single)
        found[:, -1] = places
        self.known.add(new, found)

    def _of_run(self, words: tuple[Word, ...]) -> Rows:
        if words not in self.known.runs:
            self.known.runs[words] = self._rows(words, self._doc(words), self.ruler)
        return self.known.runs[words]

    def _rows(self, words: Sequence[Word], doc: Doc, ruler: AttributeRuler) -> Rows:
        """What a ruler and the lemmatizer make of the document of some words."""
        found: Any = self.lemmatizer(ruler(doc)).to_array([*_OUTPUT, "DEP"])
        relations = np.array([relation for _, _, relation in words], dtype=np.uint64)
        changed = np.where(found[:, -1] == relations, np.uint64(0), found[:, -1])
        return np.column_stack([found[:, :-1], changed, np.zeros_like(changed)])

    def _doc(self, words: Sequence[Word]) -> Doc:
        from spacy.tokens import Doc  # noqa: PLC0415  as above

        vocab = self.ruler.vocab
        doc = Doc(
            vocab, words=[vocab.strings[orth] for orth, _, _ in words], tags=[vocab.strings[tag] for _, tag, _ in words]
        )
        for token, (_, _, relation) in zip(doc, words, strict=True):
            token.dep = relation
        return doc

    def _other(self) -> int:
        return int(self.ruler.vocab.strings.add(_OTHER))


def _runs(places: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Yield the runs of words of which each and the next fit the two places of one pattern."""
    pairs = (places[:-1] & (places[1:] >> np.uint64(1)) & _FIRST_PLACES) != 0
    edges = np.diff(np.concatenate([[False], pairs, [False]]).astype(np.int8))
    yield from zip((edges == 1).nonzero()[0].tolist(), ((edges == -1).nonzero()[0] + 1).tolist(), strict=True)


def _search_quickly(lemmatizer: Any) -> None:  # noqa: ANN401  spaCy's components have no common class
    """Let a lemmatizer look words up in sets: its index is lists of thousands of words, searched from end to end."""
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for part, words in list(index.items()):
        index[part] = frozenset(words)


def _is_plain(pattern: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a pattern is of one word or two, asks for no more than letters, tag and relation, and that by name."""
    relations = [token["DEP"] for token in pattern if "DEP" in token]
    named = all(isinstance(r, str) or {*r} <= {"IN", "NOT_IN"} for r in relations)
    return len(pattern) <= 2 and named and all({*token} <= _KEYS for token in pattern)


def _relations(pattern: Sequence[Mapping[str, Any]]) -> list[str]:
    """The relations that a pattern names: no other makes a difference to it."""
    found: list[str] = []
    for asked in (token["DEP"] for token in pattern if "DEP" in token):
        found.extend([asked] if isinstance(asked, str) else (name for names in asked.values() for name in names))
    return found
