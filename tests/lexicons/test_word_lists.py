import itertools

import pytest

from trucebook.dossier.features import Concepts
from trucebook.dossier.ranks import Ranks
from trucebook.dossier.scopes import ScopeWords
from trucebook.dossier.units import Scopes
from trucebook.errors import SettingsError
from trucebook.lexicons import load
from trucebook.reading.attribution.manner import SourceWords
from trucebook.reading.clauses import Modalities
from trucebook.reading.conditions import Conditions
from trucebook.reading.cues import CueLexicon
from trucebook.reading.quantities.words import Measures


def test_every_cue_verb_stands_once_in_lower_case() -> None:
    lemmas = [entry.lemma for entry in load("cues.toml", CueLexicon).verbs]
    assert len(lemmas) == len(set(lemmas)) > 100
    assert all(lemma == lemma.lower().strip() and " " not in lemma for lemma in lemmas)


@pytest.mark.parametrize(
    ("lemma", "stance"), [("say", "neutral"), ("claim", "distancing"), ("deny", "denying"), ("confirm", "endorsing")]
)
def test_stances(lemma: str, stance: str) -> None:
    assert {e.lemma: e.stance for e in load("cues.toml", CueLexicon).verbs}[lemma] == stance


def test_the_nouns_of_sources_are_lower_case_and_stand_once() -> None:
    words = load("sources.toml", SourceWords)
    for group in (words.witnesses, words.offices, words.own, words.indefinite):
        assert len(group) == len(set(group)) > 0
        assert all(word == word.lower().strip() and " " not in word for word in group)
    assert not set(words.witnesses) & set(words.offices)


def test_a_word_has_one_concept_and_opposites_have_two() -> None:
    lines = load("concepts.toml", Concepts).concepts
    words = list(itertools.chain.from_iterable(lines))
    assert len(words) == len(set(words))
    assert all(word == word.lower().strip() for word in words)
    assert all(len(line) >= 2 for line in lines)
    of = {word: line[0] for line in lines for word in line}
    for one, other in [("accept", "reject"), ("resume", "suspend"), ("kill", "injure"), ("withdraw", "launch")]:
        assert of[one] != of[other]


def test_conditions_and_modality_are_lower_case_and_do_not_overlap() -> None:
    conditions, modality = load("conditions.toml", Conditions), load("modality.toml", Modalities)
    assert len(set(conditions.subordinators)) == len(conditions.subordinators)
    assert len(set(conditions.phrases)) == len(conditions.phrases)
    assert all(len(p) >= 2 and all(w == w.lower() for w in p) for p in conditions.phrases)
    assert not set(modality.possible) & set(modality.planned)


def test_a_file_of_the_wrong_shape_is_named() -> None:
    with pytest.raises(SettingsError, match=r"cues\.toml"):
        load("cues.toml", Concepts)


def test_words_of_ranks_are_lower_case_and_stand_for_one_rank_or_role() -> None:
    ranks = load("ranks.toml", Ranks)
    for table in (ranks.superlatives, ranks.roles, ranks.doing):
        words = list(itertools.chain.from_iterable(table.values()))
        assert len(words) == len(set(words)) > 0
        assert all(word == word.lower().strip() for word in words)
    superlatives = set(itertools.chain.from_iterable(ranks.superlatives.values()))
    assert not superlatives & {*ranks.leading, *ranks.places}
    assert sorted(ranks.places.values()) == list(range(2, 2 + len(ranks.places)))


def test_a_counterpart_is_a_noun_of_a_role() -> None:
    ranks = load("ranks.toml", Ranks)
    assert set(ranks.counterparts) <= set(itertools.chain.from_iterable(ranks.roles.values()))
    assert not set(ranks.shares) & set(ranks.amounts)


def test_words_of_scope_are_lower_case_and_tell_of_all_or_of_a_part() -> None:
    scopes = load("scope_words.toml", ScopeWords)
    for words in (scopes.whole, scopes.merely, scopes.all, scopes.some, scopes.passing, scopes.single, scopes.together):
        assert len(words) == len(set(words)) > 0
        assert all(word == word.lower().strip() for word in words)
    assert not {*scopes.whole, *scopes.all} & {*scopes.merely, *scopes.some}


def test_nouns_of_happenings_stand_once_and_are_no_measures_that_are_not_compared() -> None:
    scopes = load("scopes.toml", Scopes)
    assert len(scopes.happenings) == len(set(scopes.happenings)) > 10
    assert all(word == word.lower().strip() for word in scopes.happenings)
    assert not set(scopes.happenings) & {*scopes.apart, *scopes.units}
    deeds = [word for words in scopes.one_deed for word in words]
    known = load("measures.toml", Measures)
    assert len(deeds) == len(set(deeds))
    assert set(deeds) <= {*known.measures, *known.happenings}
