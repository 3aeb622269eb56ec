import json
import shutil
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from trucebook.errors import SettingsError
from trucebook.reading.tagger import Tagger, best_tags, shipped
from trucebook.span import Span

SHIPPED = resources.files("trucebook") / "models" / "attribution"
TEXT = "The army has left the valley, Ana Duval told reporters in Geneva. The road is open."
PARAGRAPHS = [Span(0, len(TEXT))]


def roles(text: str) -> list[tuple[str, str]]:
    return [(s.role, s.span.of(text)) for tags in shipped().tag(text, [Span(0, len(text))]) for s in tags.spans]


def test_source_cue_and_content_are_tagged() -> None:
    found = roles(TEXT)
    assert ("content", "The army has left the valley") in found
    assert ("source", "Ana Duval") in found
    assert [r for r, _ in found].count("cue") == 1


def test_the_outlets_own_words_bear_no_tag() -> None:
    assert roles("The army left the valley on Monday. The road to the port is open.") == []


def test_links_are_probabilities_over_the_spans_and_none() -> None:
    (tags,) = shipped().tag(TEXT, PARAGRAPHS)
    for (origin, goal), rows in tags.links.items():
        goals = {i for i, s in enumerate(tags.spans) if s.role == goal}
        for i, row in rows.items():
            assert tags.spans[i].role == origin
            assert set(row) == {None, *goals}
            assert all(score <= 1e-6 for score in row.values())


def test_the_same_text_is_tagged_the_same() -> None:
    first, second = (list(shipped().tag(TEXT, PARAGRAPHS)) for _ in range(2))
    assert first == second
    assert list(Tagger(SHIPPED).tag(TEXT, PARAGRAPHS)) == first


def test_words_far_away_do_not_matter() -> None:
    many = [TEXT] + ["The road is open and the port is closed." * 20] * 5
    text = "\n".join(many)
    spans, at = [], 0
    for paragraph in many:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    alone = next(iter(shipped().tag(TEXT + "\n" + many[1], spans[:2])))
    assert next(iter(shipped().tag(text, spans))).spans == alone.spans


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_text_without_words_has_no_tags(text: str) -> None:
    assert list(shipped().tag(text, [Span(0, len(text))])) == []


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    for name in ("tagger.onnx", "tokenizer.json", "digests.json"):
        with resources.as_file(SHIPPED / name) as path:
            shutil.copy(path, tmp_path / name)
    (tmp_path / "tokenizer.json").write_text(json.dumps({}))
    with pytest.raises(SettingsError, match=r"tokenizer\.json is not the file that was shipped"):
        Tagger(tmp_path)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        Tagger(tmp_path)


# Tags: 0 none, 1 and 2 content, 3 and 4 source, 5 and 6 cue.
PATHS = {
    "as scored": ([0, 1, 2, 2, 0], [0], [0, 1, 2, 2, 0]),
    "an inside without a beginning gets one": ([0, 2, 2, 0], [0], [0, 1, 2, 0]),
    "a content runs over paragraphs": ([1, 2, 2, 2], [0, 2], [1, 2, 2, 2]),
    "a source does not": ([3, 4, 4, 4], [0, 2], [3, 4, 3, 4]),
    "a cue does not": ([5, 6, 6], [0, 1], [5, 5, 6]),
}  # fmt: skip


@pytest.mark.parametrize(("wanted", "starts", "path"), PATHS.values(), ids=PATHS.keys())
def test_the_best_sequence_begins_every_span(wanted: list[int], starts: list[int], path: list[int]) -> None:
    log = np.full((len(wanted), 7), -5.0, dtype=np.float32)
    for i, tag in enumerate(wanted):
        log[i, tag] = -0.1
        log[i, tag - 1 if tag and tag % 2 == 0 else tag] = max(log[i, tag - 1 if tag and tag % 2 == 0 else tag], -1.0)
    assert best_tags(log, starts) == path
