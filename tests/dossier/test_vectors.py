"""The sentence encoder: like meaning lies near, the order of texts makes no difference, nothing needs no model."""

from __future__ import annotations

import numpy as np
import pytest

from trucebook.dossier.vectors import SIZE, encode

TEXTS = [
    "The northern army agreed to the truce",
    "The army of the north accepted the ceasefire",
    "Bakers in the capital raised the price of bread",
    "A ferry sank off the southern coast",
]


def test_like_meaning_lies_nearer_than_other_meaning() -> None:
    found = encode(TEXTS)
    cosines = found @ found.T
    assert cosines[0, 1] > 0.6
    assert max(cosines[0, 2], cosines[0, 3]) < 0.3


def test_vectors_have_length_one() -> None:
    assert np.linalg.norm(encode(TEXTS), axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_order_of_the_texts_makes_no_difference() -> None:
    back = encode(TEXTS[::-1])[::-1]
    assert np.array_equal(encode(TEXTS), back)


def test_a_text_given_twice_has_one_vector() -> None:
    found = encode([TEXTS[0], TEXTS[2], TEXTS[0]])
    assert np.array_equal(found[0], found[2])


def test_a_very_long_text_is_read_from_its_beginning() -> None:
    words = "The council met and spoke of the road. " * 200
    assert np.array_equal(encode([words])[0], encode([words + "Then all went home."])[0])


def test_no_texts_have_no_vectors() -> None:
    assert encode([]).shape == (0, SIZE)
