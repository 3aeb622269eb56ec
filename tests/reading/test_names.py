import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.names import agreement, fold, parse_name, sound

ONE_PERSON = {
    "ending -y and -yy": ("Fedor Dostoevsky", "Fedor Dostoevskyy"),
    "ending -iy": ("Fedor Dostoevskiy", "Fedor Dostoevsky"),
    "given name in two transliterations": ("Andriy Shevchenko", "Andrii Shevchenko"),
    "short form": ("Mike Harrow", "Michael Harrow"),
    "stops in initials": ("J.D. Marsh", "JD Marsh"),
    "initials and the names": ("JD Marsh", "James David Marsh"),
    "an initial between": ("Ada Marlow", "Ada B. Marlow"),
    "hyphen in a Korean given name": ("Park Min Jun", "Park Min-jun"),
    "accents": ("André Dupré", "Andre Dupre"),
    "Arabic article": ("Omar al-Masri", "Omar el-Masri"),
    "transliterated first name": ("Mohammed bin Rashid", "Muhammad bin Rashid"),
}
TWO_PERSONS = {
    "another family name": ("Donald Carver", "Donald Cask"),
    "another given name": ("Ada Marlow", "Edith Marlow"),
    "the son": ("Paul Marlow", "Paul Marlow Jr."),
    "Korean given names": ("Park Min-jun", "Park Min-ho"),
    "one vowel of the given name": ("Maria Rossi", "Mario Rossi"),
    "near namesakes": ("Robert Johnson", "Robert Johnston"),
    "feminine form": ("Ivan Petrov", "Ivan Petrova"),
    "middle initials contradict": ("George H. Marsh", "George W. Marsh"),
    "initial of another name": ("A. Marlow", "Edith Marlow"),
}


@pytest.mark.parametrize(("one", "other"), ONE_PERSON.values(), ids=ONE_PERSON.keys())
def test_spellings_of_one_name_agree(one: str, other: str) -> None:
    a, b = parse_name(one), parse_name(other)
    assert a is not None
    assert b is not None
    assert agreement(a, b) == agreement(b, a)
    assert (agreement(a, b) or 0) >= 85


@pytest.mark.parametrize(("one", "other"), TWO_PERSONS.values(), ids=TWO_PERSONS.keys())
def test_names_of_two_persons_do_not_agree(one: str, other: str) -> None:
    a, b = parse_name(one), parse_name(other)
    assert a is not None
    assert b is not None
    assert agreement(a, b) is None
    assert agreement(b, a) is None


FAMILY = {
    "Ada Marlow": "marlow",
    "Ursula van der Berg": "berg",
    "van der Berg": "berg",
    "Omar al-Masri": "masri",
    "Park Min-jun": "park",
    "Nguyen Thi Lan": "nguyen",
    "Wang Li": "wang",
    "Kim Marlow": "marlow",  # a given name in the West
    "Lee Anderson": "anderson",
    "Jo Marsh": "marsh",
    "Paul Marlow Jr.": "marlow",
    "Ada Marlow's": "marlow",
}


@pytest.mark.parametrize(("name", "family"), FAMILY.items(), ids=FAMILY.keys())
def test_family_name(name: str, family: str) -> None:
    parsed = parse_name(name)
    assert parsed is not None
    assert parsed.family == family


@pytest.mark.parametrize("text", ["", "  ", "…", "’s"])
def test_nothing_is_left_of_what_is_no_name(text: str) -> None:
    assert parse_name(text) is None


@given(st.text(max_size=40))
def test_any_text_is_folded_once_and_agrees_with_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert sound(text) == sound(fold(text))
    name = parse_name(text)
    if name is not None:
        assert agreement(name, name) == 100.0
