"""Pairs of names as reports write them, and whether they can name one person: the table a desk would argue about."""

from __future__ import annotations

import pytest

from trucebook.reading.names import agreement, parse_name

ONE: dict[str, tuple[tuple[str, str], ...]] = {
    "short forms": (
        ("Mike Harrow", "Michael Harrow"), ("Bill Harrow", "William Harrow"), ("Bob Harrow", "Robert Harrow"),
        ("Jim Harrow", "James Harrow"), ("Tony Harrow", "Anthony Harrow"), ("Liz Harrow", "Elizabeth Harrow"),
        ("Kate Harrow", "Katherine Harrow"), ("Steve Harrow", "Stephen Harrow"), ("Steve Harrow", "Steven Harrow"),
        ("Dan Harrow", "Daniel Harrow"), ("Tom Harrow", "Thomas Harrow"), ("Joe Harrow", "Joseph Harrow"),
        ("Ben Harrow", "Benjamin Harrow"), ("Sam Harrow", "Samuel Harrow"), ("Sasha Harrow", "Alexander Harrow"),
        ("Misha Harrow", "Mikhail Harrow"), ("Vova Harrow", "Vladimir Harrow"), ("Zhenya Harrow", "Yevgeny Harrow"),
        ("Pepe Harrow", "José Harrow"), ("Paco Harrow", "Francisco Harrow"),
        ("Rick Harrow", "Richard Harrow"), ("Ted Harrow", "Edward Harrow"), ("Peggy Harrow", "Margaret Harrow"),
    ),
    "transliterations from Slavic alphabets": (
        ("Fedor Dostoevsky", "Fyodor Dostoyevsky"), ("Fedor Dostoevskiy", "Fedor Dostoevskyy"),
        ("Sergei Orlov", "Sergey Orlov"), ("Serhii Orlov", "Sergiy Orlov"), ("Dmitri Orlov", "Dmitry Orlov"),
        ("Dmytro Orlov", "Dmitriy Orlov"), ("Oleksandr Orlov", "Aleksandr Orlov"), ("Aleksey Orlov", "Alexei Orlov"),
        ("Yuri Orlov", "Yury Orlov"), ("Yurii Orlov", "Yuriy Orlov"), ("Evgeny Orlov", "Yevgeni Orlov"),
        ("Mykhailo Orlov", "Mikhail Orlov"), ("Volodymyr Orlov", "Vladimir Orlov"), ("Andrii Orlov", "Andriy Orlov"),
        ("Kirill Orlov", "Kyrylo Orlov"), ("Ihor Orlov", "Igor Orlov"), ("Oleg Orlov", "Oleh Orlov"),
        ("Ivan Shcherba", "Ivan Scherba"), ("Ivan Khrushchev", "Ivan Hrushchev"), ("Ivan Tchaikovsky", "Ivan Chaikovsky"),
    ),
    "transliterations from Arabic, Hebrew and Persian": (
        ("Mohammed Haddad", "Muhammad Haddad"), ("Mohamed Haddad", "Mohammad Haddad"), ("Hussein Haddad", "Husain Haddad"),
        ("Omar al-Masri", "Omar el-Masri"), ("Omar Al Masri", "Omar al-Masri"), ("Ahmad Haddad", "Ahmed Haddad"),
        ("Khalid Haddad", "Khaled Haddad"), ("Yousef Haddad", "Youssef Haddad"), ("Abdallah Haddad", "Abdullah Haddad"),
        ("Osama Haddad", "Usama Haddad"), ("Said Haddad", "Saeed Haddad"), ("Mustafa Haddad", "Mostafa Haddad"),
        ("Yitzhak Levin", "Isaac Levin"), ("Hassan Haddad", "Hasan Haddad"), ("Mohammed bin Rashid", "Muhammad bin Rashid"),
    ),
    "accents, stops, hyphens and suffixes": (
        ("André Dupré", "Andre Dupre"), ("J.D. Marsh", "JD Marsh"), ("JD Marsh", "James David Marsh"),
        ("Ada Marlow", "Ada B. Marlow"), ("A. Marlow", "Ada Marlow"), ("Jean-Pierre Duval", "Jean Pierre Duval"),
        ("Paul Marlow Jr.", "Paul Marlow Jr"), ("Paul Marlow, Jr.", "Paul Marlow Jr."), ("Łukasz Nowak", "Lukasz Nowak"),
        ("Søren Holm", "Soren Holm"), ("Hugo van der Berg", "Hugo Van Der Berg"), ("Ada Marlow’s", "Ada Marlow"),
    ),
    "East Asian names": (
        ("Park Min-jun", "Park Min Jun"), ("Park Min-jun", "Park Minjun"), ("Park Min-Jun", "Park Min-jun"),
        ("Nguyen Van Minh", "Nguyen Van Minh"), ("Wang Xiaoming", "Wang Xiao-ming"), ("Min-jun Park", "Park Min-jun"),
        ("Xiaoming Wang", "Wang Xiaoming"), ("Seung-ho Yoon", "Yoon Seung Ho"),
    ),
}  # fmt: skip

TWO: dict[str, tuple[tuple[str, str], ...]] = {
    "a family name in common": (
        ("Ada Marlow", "Edith Marlow"), ("Paul Marlow", "Peter Marlow"), ("Karin Marlow", "Katrin Marlow"),
        ("Eric Marlow", "Erica Marlow"), ("Paul Marlow", "Paula Marlow"), ("Daniel Marlow", "Danielle Marlow"),
        ("Joan Marlow", "John Marlow"), ("Maria Rossi", "Mario Rossi"), ("Andrea Rossi", "Andrew Rossi"),
        ("Alexandra Orlov", "Alexander Orlov"), ("Ivan Orlov", "Ivana Orlov"), ("Hassan Haddad", "Hussein Haddad"),
        ("Ahmed Haddad", "Mohammed Haddad"), ("Jim Harrow", "Tim Harrow"), ("Ron Harrow", "Don Harrow"),
        ("Will Harrow", "Walt Harrow"), ("Ben Harrow", "Ken Harrow"), ("Mark Harrow", "Mary Harrow"),
        ("Stephen Harrow", "Stephanie Harrow"), ("Nicholas Harrow", "Nicole Harrow"),
    ),
    "a given name in common": (
        ("Donald Carver", "Donald Cask"), ("Robert Johnson", "Robert Johnston"), ("Ivan Petrov", "Ivan Petrova"),
        ("Ivan Petrov", "Ivan Petrenko"), ("Ada Hansen", "Ada Hanson"), ("Omar Masri", "Omar Masoud"),
        ("Ada Smith", "Ada Smythe"), ("Ada Marlow", "Ada Barlow"), ("Ivan Orlov", "Ivan Orlovsky"),
        ("Hugo Brandt", "Hugo Brand"),
    ),
    "generations": (
        ("Paul Marlow", "Paul Marlow Jr."), ("Paul Marlow Sr.", "Paul Marlow Jr."), ("Paul Marlow II", "Paul Marlow III"),
        ("Paul Marlow III", "Paul Marlow"), ("George H. Marsh", "George W. Marsh"), ("J. R. Marsh", "J. T. Marsh"),
    ),
    "initials": (
        ("A. Marlow", "Edith Marlow"), ("JD Marsh", "John Robert Marsh"), ("A. B. Marlow", "A. C. Marlow"),
        ("Ada B. Marlow", "Ada C. Marlow"),
    ),
    "East Asian relatives and namesakes": (
        ("Kim Sung Un", "Kim Sung-il"), ("Park Min-jun", "Park Min-ho"), ("Park Min-jun", "Park Jun-min"),
        ("Wang Xiaoming", "Wang Xiaohong"), ("Nguyen Van Minh", "Nguyen Thi Minh"), ("Lee Seung-ho", "Lee Seung-hee"),
        ("Zhang Wei", "Zhang Wen"), ("Kim Marlow", "Kim Min-jun"), ("Min-jun Park", "Min-ho Park"),
    ),
}  # fmt: skip


def pairs(table: dict[str, tuple[tuple[str, str], ...]]) -> list[tuple[str, str]]:
    return [pair for group in table.values() for pair in group]


def likeness(one: str, other: str) -> float | None:
    a, b = parse_name(one), parse_name(other)
    assert a is not None
    assert b is not None
    assert agreement(a, b) == agreement(b, a), "whether two names agree does not hang on their order"
    return agreement(a, b)


def test_the_table_is_long_enough_to_argue_about() -> None:
    every = [frozenset(pair) for pair in (*pairs(ONE), *pairs(TWO))]
    assert len(set(every)) == len(every) >= 120


@pytest.mark.parametrize(("one", "other"), pairs(ONE), ids=[" = ".join(pair) for pair in pairs(ONE)])
def test_two_names_of_one_person(one: str, other: str) -> None:
    assert (likeness(one, other) or 0) >= 85


@pytest.mark.parametrize(("one", "other"), pairs(TWO), ids=[" / ".join(pair) for pair in pairs(TWO)])
def test_names_of_two_persons(one: str, other: str) -> None:
    assert likeness(one, other) is None
