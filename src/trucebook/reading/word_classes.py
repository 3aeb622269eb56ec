"""Classes and base forms of words, looked up where the same word was seen with the same tag before.

spaCy's attribute ruler matches 179 patterns against every text to turn tags into parts of speech, and its lemmatizer
then tries endings word by word. What both make of a word depends on its letters, its tag and for a few words on its
grammatical relation, except for a handful of patterns over two words (`let 's`, `gon na`): so the answers are kept, and
a text with such words goes through spaCy's own components.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

    Word = tuple[int, int, int]

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
        known: what was found, by letters, tag and relation: part of speech, morphology, base form, tag, the relation
            where it has become another one, else 0, and the places of patterns that the word fits, as bits.
    """

    replaces: tuple[str, str]
    ruler: AttributeRuler
    lemmatizer: Any
    single: AttributeRuler
    places: Matcher
    relations: NDArray[np.uint64]
    known: dict[Word, tuple[int, ...]] = field(default_factory=dict)

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
        words = [self._words(doc) for doc in docs]
        if len(self.known) > _KEPT:
            self.known.clear()
        self._learn({word for part in words for word in part} - self.known.keys())
        for doc, part in zip(docs, words, strict=True):
            found: Any = np.array([self.known[word] for word in part], dtype=np.uint64)
            if _has_pair(found[:, -1]):
                self.lemmatizer(self.ruler(doc))
                continue
            doc.from_array(list(_OUTPUT), found[:, :-2])
            for i in found[:, -2].nonzero()[0].tolist():
                doc[i].dep = int(found[i, -2])

    def _words(self, doc: Doc) -> list[Word]:
        found: Any = doc.to_array(list(_INPUT))
        relations = np.where(np.isin(found[:, 2], self.relations), found[:, 2], np.uint64(self._other()))
        return list(zip(found[:, 0].tolist(), found[:, 1].tolist(), relations.tolist(), strict=True))

    def _learn(self, words: Iterable[Word]) -> None:
        from spacy.tokens import Doc  # noqa: PLC0415  as above

        new = sorted(words)
        if not new:
            return
        vocab = self.ruler.vocab
        doc = Doc(
            vocab, words=[vocab.strings[orth] for orth, _, _ in new], tags=[vocab.strings[tag] for _, tag, _ in new]
        )
        for token, (_, _, relation) in zip(doc, new, strict=True):
            token.dep = relation
        places = [0] * len(new)
        for name, at, _ in self.places(doc):
            places[at] |= 1 << int(vocab.strings[name])
        found = self.lemmatizer(self.single(doc)).to_array([*_OUTPUT, "DEP"]).tolist()
        for word, (*classes, relation), fits in zip(new, found, places, strict=True):
            self.known[word] = (*classes, relation if relation != word[2] else 0, fits)

    def _other(self) -> int:
        return int(self.ruler.vocab.strings.add(_OTHER))


def _has_pair(places: NDArray[np.uint64]) -> bool:
    """Whether two words that follow each other fit the two places of one pattern."""
    return bool((places[:-1] & (places[1:] >> np.uint64(1)) & _FIRST_PLACES).any())


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
