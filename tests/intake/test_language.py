from __future__ import annotations

from unittest.mock import Mock

import pytest

from trucebook.intake.language import Languages, foreign, is_english, language_name
from trucebook.lexicons import load


@pytest.mark.parametrize(
    ("prose", "code"),
    [
        ("Die Unterhändler beider Seiten trafen sich am Montag im Hafen, um über eine Waffenruhe zu sprechen.", "de"),
        ("Les négociateurs des deux camps se sont retrouvés lundi au port pour parler d’une trêve.", "fr"),
        ("Переговорщики обеих сторон встретились в понедельник в порту, чтобы обсудить перемирие.", "ru"),
        ("Los negociadores de ambos bandos se reunieron el lunes en el puerto para hablar de una tregua.", "es"),
        ("停战", "zh"),
    ],
)
def test_another_language_is_named(prose: str, code: str) -> None:
    assert foreign(prose) == code


@pytest.mark.parametrize(
    "prose",
    [
        "Envoys of both sides met in the harbour on Monday to speak about a truce.",
        "ENVOYS OF BOTH SIDES MET IN THE HARBOUR ON MONDAY TO SPEAK ABOUT A TRUCE.",
        pytest.param("Truce", id="too short to tell"),
        pytest.param("Waffenruhe jetzt", id="two words are too few"),
        pytest.param("12 3 456", id="no words"),
        pytest.param("", id="nothing"),
    ],
)
def test_english_and_what_is_too_short_to_tell_is_taken(prose: str) -> None:
    assert foreign(prose) is None


def test_a_foreign_sentence_does_not_speak_for_an_english_report() -> None:
    english = "The envoy of the northern side said on Monday that his delegation would stay for two more days. "
    german = "Wir bleiben, solange es nötig ist, sagte der Gesandte am Montag im Hafen. "
    assert foreign(german + english * 30) is None
    assert foreign(english + german * 300) == "de"


ENGLISH = "The envoy of the northern side said that his delegation would stay, and that they were ready to talk. "
GERMAN = "Wir bleiben, solange es nötig ist, sagte der Gesandte am Montag im Hafen, und das Gespräch geht weiter. "


@pytest.mark.parametrize(
    ("prose", "asked"),
    [
        pytest.param(ENGLISH * 10, False, id="English"),
        pytest.param(ENGLISH.upper() * 10, False, id="in capitals"),
        pytest.param(ENGLISH, True, id="a sentence alone"),
        pytest.param(GERMAN * 10, True, id="German"),
        pytest.param(GERMAN * 40 + ENGLISH * 10, True, id="German with English in it"),
        pytest.param("The Voice of the North and the Song of the South: das Finale im Hafen. " * 2, True, id="titles"),
    ],
)
def test_only_what_is_not_plainly_english_is_looked_at_closely(
    prose: str, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Mock(return_value=("en", 1.0))
    monkeypatch.setattr("trucebook.intake.language._probable", model)
    assert foreign(prose) is None
    assert model.called is asked


def test_what_a_file_declares_counts_only_where_the_words_do_not_tell() -> None:
    names = "Karlo, Marek, Ilian, Bojan, Stefano, Vitor, Annika"
    assert foreign(names, None) is None
    assert foreign(names, "hr") == "hr"
    assert foreign(names, "en-GB") is None
    assert foreign("Envoys of both sides met in the harbour on Monday to speak about a truce.", "de") is None


@pytest.mark.parametrize(("declared", "english"), [("en", True), ("EN_us", True), ("English", True), ("de", False)])
def test_english_is_declared_in_several_ways(declared: str, english: bool) -> None:
    assert is_english(declared) is english


def test_a_language_is_named_with_its_code() -> None:
    assert language_name("de") == "German (de)"
    assert "'qqq'" in language_name("qqq")


def test_every_language_that_can_be_found_has_a_name() -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  loads slowly

    labels = set(LanguageIdentifier.from_model_file(MODEL_FILE).labels) - {"zxx"}
    data = load("languages.toml", Languages)
    assert labels == set(data.name)
    assert len(set(data.name.values())) == len(data.name)
    assert set(data.related) <= labels
    assert all(word == word.lower() for word in (*data.english, *data.telling))
