"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Sequence

# A language is settled well before this many characters; the rest of a long text adds time alone.
_SAMPLE = 12_000
# Three samples, so that a foreign preface or appendix does not speak for the whole.
_SAMPLES = 3
# py3langid's probabilities are calibrated over lengths (a softmax with the square root of the bytes as temperature).
_SURE = 0.8
_FEW_LETTERS = 24
_FEW_WORDS = 5
# A text is English without more ado where so many words, and so much of all, are English and nothing else: 93 of 100
# news reports are, of 1,400 manual pages in thirty languages only those that were left in English.
_TELLING = 20
_TELLING_SHARE = 0.12


class Languages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file `languages.toml`.

    Attributes:
        name: English names by ISO 639 code, for messages.
        english: codes and names under which files declare English, in lower case.
        related: codes that stand for English: creoles that are told from it by a few words.
        telling: words that are common in English and in no other language.
    """

    name: dict[str, str]
    english: tuple[str, ...]
    related: tuple[str, ...]
    telling: frozenset[str]


def foreign(prose: str, declared: str | None = None) -> str | None:
    """Return the code of the language that a text is in, or None where it is English or too short to tell.

    What a file declares counts only where the words do not settle it: pages declare the language of their menus.

    Args:
        prose: the text without its furniture.
        declared: code or name of the language that the file declares.
    """
    letters = sum(1 for c in prose[:_SAMPLE] if c.isalpha())
    if letters < _FEW_LETTERS or len(prose[:_SAMPLE].split()) < _FEW_WORDS:
        return _foreign_script(prose[:_SAMPLE], letters)
    if _is_plainly_english(prose):
        return None
    code, probability = _probable(prose)
    data = load("languages.toml", Languages)
    if code == "en" or code in data.related:
        return None
    if probability >= _SURE:
        return code
    return None if declared is None or is_english(declared) else _code(declared)


def is_english(declared: str) -> bool:
    """Whether a file that declares this language (`en-GB`, `eng`, `English`) declares English."""
    return _code(declared) in load("languages.toml", Languages).english


def language_name(code: str) -> str:
    """Return the language's English name with its code: `German (de)`."""
    name = load("languages.toml", Languages).name.get(code)
    return f"{name} ({code})" if name else f"a language with the code {code!r}"


def _code(declared: str) -> str:
    return declared.strip().lower().replace("_", "-").split("-", 1)[0]


def _foreign_script(prose: str, letters: int) -> str | None:
    """The language of a few words that are not in the Latin script, which alone can tell so little."""
    strange = sum(1 for c in prose if c.isalpha() and c > "\u024f")
    return _probable(prose)[0] if strange > 0.5 * letters else None


def _sample(prose: str) -> str:
    size = min(_SAMPLE // _SAMPLES, max(1, len(prose) // _SAMPLES))
    starts = [i * max(0, len(prose) - size) // (_SAMPLES - 1) for i in range(_SAMPLES)]
    return prose if len(prose) <= _SAMPLE else "\n".join(prose[s : s + size] for s in starts)


def _is_plainly_english(prose: str) -> bool:
    """Whether the samples have so many English words that the model, which is slow to load, need not be asked."""
    words = _sample(prose).lower().split()
    telling = load("languages.toml", Languages).telling
    return sum(word in telling for word in words) >= max(_TELLING, _TELLING_SHARE * len(words))


def _probable(prose: str) -> tuple[str, float]:
    """The most probable language over the samples."""
    ranked: Sequence[tuple[str, float]] = _identifier().rank(_sample(prose))
    return next((code, float(p)) for code, p in ranked if code != "zxx")


@cache
def _identifier() -> Any:  # noqa: ANN401  py3langid has no types
    """py3langid's model (after Lui and Baldwin, 2012), loaded once a process: it takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  never for --help

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
