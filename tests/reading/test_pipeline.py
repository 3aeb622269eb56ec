import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from trucebook.errors import SettingsError
from trucebook.reading.entities import EntityDecoder
from trucebook.reading.parse import asks
from trucebook.reading.pipeline import annotate, pipeline
from trucebook.reading.word_classes import WordClasses
from trucebook.reading.word_vectors import WordVectors

TEXTS = (
    "Osman Adeyemi, the foreign minister of Velonia, told the BBC on Tuesday that 1,200 soldiers had left Port Karsa.\n",
    "“We’re gonna see,” he said. Let's go! They got ta leave, ain't they? Nothin' doin', he's gone.\n\n",
    "The  talks   resume\tin Geneva at 10 a.m.\n\nThe European Union gave $3 billion, or 4 per cent, last year.",
    "word",
    "\n",
    "",
    "Marta Lind Marta Lind Marta Lind " * 40,
    "his hers its here there once been am are was were did had 've not n't I you it",
)
_SEEN = ("TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START")


def _annotated(texts: tuple[str, ...]) -> list[Doc]:
    docs = [pipeline().make_doc(text) for text in texts]
    annotate(docs)
    return docs


@pytest.fixture(scope="module")
def plain() -> Language:
    """spaCy's pipeline, as spaCy runs it."""
    return spacy.load(pipeline().path)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_word_gets_what_spacy_gives_it(text: str, plain: Language) -> None:
    ours, theirs = _annotated((text,))[0], plain(text)
    for name in _SEEN:
        assert ours.to_array(name).tolist() == theirs.to_array(name).tolist(), name


def test_a_batch_of_texts_gets_what_each_alone_gets(plain: Language) -> None:
    for ours, theirs in zip(_annotated(TEXTS * 2), (plain(text) for text in TEXTS * 2), strict=True):
        assert [(e.text, e.label_) for e in ours.ents] == [(e.text, e.label_) for e in theirs.ents]
        assert [t.lemma_ for t in ours] == [t.lemma_ for t in theirs]


def test_the_pipeline_is_the_one_that_spacy_would_load(plain: Language) -> None:
    ours = pipeline()
    assert ours.pipe_names == plain.pipe_names
    for name in ("rules", "prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match"):
        # Those that are methods of a compiled pattern tell where that lies in memory, which is another place for each.
        first, second = (re.sub(r" at 0x\w+", "", repr(getattr(of.tokenizer, name))) for of in (ours, plain))
        assert first == second, name
    assert ours.meta == plain.meta
    assert ours.config == plain.config
    words = {s for s in plain.vocab.strings if s not in ours.vocab.strings}
    assert not words & {t.text for text in TEXTS for t in plain(text)}
    for word in ("don't", "1,200", "U.S.", "www.a.org", "a@b.org", "Karsa", "III", "\u201c"):
        one, other = ours.vocab[word], plain.vocab[word]
        for flag in ("like_num", "like_url", "like_email", "is_stop", "is_quote", "is_title", "shape_", "norm_"):
            assert getattr(one, flag) == getattr(other, flag), (word, flag)


def test_packages_beside_spacy_are_not_asked_for_parts_and_can_be_asked_again() -> None:
    code = """
import catalogue, spacy
class Plugins:
    def select(self, **named):
        raise AssertionError("a plugin was looked for")
every = catalogue.AVAILABLE_ENTRY_POINTS = Plugins()
from trucebook.reading.pipeline import pipeline
pipeline()
assert catalogue.AVAILABLE_ENTRY_POINTS is every
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_texts_have_entities_of_one_and_of_several_words() -> None:
    lengths = {len(e) > 1 for doc in _annotated(TEXTS) for e in doc.ents}
    assert lengths == {True, False}


def test_an_entity_ends_with_its_text() -> None:
    names = ("Osman Adeyemi of Port Karsa", "and Marta Lind", "Geneva", "Osman Adeyemi")
    together = [[(e.start, e.end, e.label_) for e in doc.ents] for doc in _annotated(names)]
    assert together == [[(e.start, e.end, e.label_) for e in _annotated((name,))[0].ents] for name in names]
    assert all(together)


def test_the_vectors_of_words_are_those_that_spacy_computes(plain: Language) -> None:
    model: Any = plain.get_pipe("tok2vec")
    ours = WordVectors.of(model.model)
    assert ours is not None
    docs = [plain.make_doc(text) for text in TEXTS if text]
    theirs = np.concatenate(model.predict(docs))
    assert len(theirs) > 250
    np.testing.assert_allclose(ours.predict(docs), theirs, atol=1e-5)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda m: m.layers[1].layers[0].layers.append(m.layers[0]), id="a layer of another sort"),
        pytest.param(lambda m: m.layers[0].layers.pop(), id="other first layers"),
        pytest.param(lambda m: m.layers.append(m.layers[1]), id="more layers"),
        pytest.param(
            lambda m: next(n for n in m.walk() if n.name == "expand_window").attrs.update(window_size=2),
            id="a wider window",
        ),
    ],
)
def test_other_networks_are_left_to_spacy(change: Callable[[Any], None], plain: Language) -> None:
    component: Any = spacy.load(plain.path).get_pipe("tok2vec")
    assert WordVectors.of(component.model) is not None
    change(component.model)
    assert WordVectors.of(component.model) is None


def test_the_faster_steps_are_taken_for_the_shipped_model() -> None:
    components = dict(pipeline().pipeline)
    assert EntityDecoder.of(components["ner"]) is not None
    classes = WordClasses.of(components)
    assert classes is not None
    assert classes.replaces == ("attribute_ruler", "lemmatizer")
    tok2vec: Any = components["tok2vec"]
    assert WordVectors.of(tok2vec.model) is not None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda c: c.cfg.update(beam_width=4), id="beam"),
        pytest.param(lambda c: c.model.attrs.update(unseen_classes={3}), id="untrained action"),
    ],
)
def test_an_entity_recogniser_of_another_sort_is_left_to_spacy(change: Callable[[Any], None], plain: Language) -> None:
    component = spacy.load(plain.path).get_pipe("ner")
    assert EntityDecoder.of(component) is not None
    change(component)
    assert EntityDecoder.of(component) is None


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param([{"ORTH": "Lind"}], id="other attribute"),
        pytest.param([{"DEP": {"REGEX": "subj$"}}], id="relation not by name"),
    ],
)
def test_rules_that_see_more_than_the_word_are_left_to_spacy(pattern: list[dict[str, Any]], plain: Language) -> None:
    nlp = spacy.load(plain.path)
    assert WordClasses.of(dict(nlp.pipeline)) is not None
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.add([pattern], {"POS": "X"})
    assert WordClasses.of(dict(nlp.pipeline)) is None


def test_a_pipeline_without_lemmatizer_is_left_to_spacy(plain: Language) -> None:
    components = {name: c for name, c in plain.pipeline if name != "lemmatizer"}
    assert WordClasses.of(components) is None


def test_known_words_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    classes = WordClasses.of(dict(pipeline().pipeline))
    assert classes is not None
    monkeypatch.setattr("trucebook.reading.word_classes._KEPT", 5)
    for words in (["The", "first", "eight", "words", "of", "a", "short", "text"], ["Two", "more"]):
        doc = Doc(pipeline().vocab, words=words, tags=["NN"] * len(words), deps=["dep"] * len(words))
        classes.annotate([doc])
        assert all(token.lemma_ for token in doc)
    assert len(classes.known) == 2


def test_words_that_are_known_get_what_they_got_when_they_were_new(plain: Language) -> None:
    text = "There are two. Let's see if there's more, ain't there? Let's go. There's gonna be."
    theirs = plain(text)
    for ours in _annotated((text, text, f"{text} {text}"))[:2] + _annotated((text,)):
        for name in ("POS", "MORPH", "LEMMA", "TAG", "DEP"):
            assert ours.to_array(name).tolist() == theirs.to_array(name).tolist(), name


def test_a_pattern_of_two_words_does_not_reach_into_the_next_text(plain: Language) -> None:
    texts = ("They let", "'s", "We are gon", "na")
    for ours, theirs in zip(_annotated(texts), (plain(text) for text in texts), strict=True):
        assert [t.lemma_ for t in ours] == [t.lemma_ for t in theirs]


def test_the_vectors_of_the_network_are_not_kept() -> None:
    assert _annotated(TEXTS[:1])[0].tensor.size == 0


def test_a_batch_of_blank_texts_is_no_error() -> None:
    assert [len(doc) for doc in _annotated(("", "", " "))] == [0, 0, 1]


def test_numpy_multiplies_for_every_layer() -> None:
    annotate([])
    layers = [node for _, c in pipeline().pipeline if hasattr(c, "model") for node in getattr(c.model, "walk", list)()]
    assert layers
    assert not any(layer.ops.use_blis for layer in layers)
    assert layers[0].ops.gemm(np.ones((2, 3), "f"), np.ones((3, 2), "f")).tolist() == [[3, 3], [3, 3]]


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="nowhere_model"):
        pipeline("nowhere_model")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Will they sign?", True),
        ("“Will they sign?”", True),
        ("Will they sign?) ", True),
        ("They will.", False),
        ("?!", False),
    ],
    ids=["plain", "in marks", "in brackets", "told", "a shout"],
)
def test_a_sentence_asks_by_its_last_mark(text: str, asked: bool, plain: Language) -> None:
    assert asks(plain(text)[:]) is asked


def test_spacy_is_loaded_without_its_command_line_which_can_still_be_had() -> None:
    code = """
import sys
from trucebook.reading.pipeline import pipeline
pipeline()
assert not {"spacy.cli", "typer", "httpx", "requests"} & {*sys.modules}
import spacy
assert spacy.info()["spacy_version"] == spacy.__version__
import spacy.cli
assert spacy.cli.download
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_spacy_that_is_loaded_already_stays_as_it_is() -> None:
    code = """
import spacy
whole = sys.modules["spacy.cli"]
from trucebook.reading.pipeline import pipeline
pipeline()
assert sys.modules["spacy.cli"] is whole
"""
    subprocess.run([sys.executable, "-c", "import sys" + code], check=True, capture_output=True)
