"""Web Annotations: what the model requires of them, and that their selectors find the words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

import trucebook
from trucebook.render.annotations import CONTEXT, every_annotation, render_annotations, source_of
from trucebook.report import Report

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier

ROOT = Path(__file__).parent.parent.parent
IRI = re.compile(r"(?:https?://|urn:(?:uuid|sha256):)\S+")


@pytest.fixture(scope="module")
def velonia() -> Dossier:
    return trucebook.brief(ROOT / "examples" / "velonia")


@pytest.fixture(scope="module")
def collection(velonia: Dossier) -> Any:  # noqa: ANN401  JSON
    return json.loads(render_annotations(velonia))


def targets(annotation: Any) -> list[Any]:  # noqa: ANN401  JSON
    found = annotation["target"]
    return found if isinstance(found, list) else [found]


def test_the_collection_has_what_the_model_requires(collection: Any) -> None:  # noqa: ANN401  JSON
    # 5.1 and 5.2: context, one id, the types, the items; and what a page that is embedded should have.
    assert (collection["@context"], collection["type"]) == (CONTEXT, "AnnotationCollection")
    page = collection["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    assert collection["total"] == len(page["items"]) > 0
    assert IRI.fullmatch(collection["id"])
    assert IRI.fullmatch(page["id"])


def test_every_annotation_has_what_the_model_requires(collection: Any) -> None:  # noqa: ANN401  JSON
    items = collection["first"]["items"]
    assert len({a["id"] for a in items}) == len(items)
    for annotation in items:
        # 3.1: exactly one IRI, the type, one target or more.
        assert IRI.fullmatch(annotation["id"])
        assert annotation["type"] == "Annotation"
        # 3.3.1 to 3.3.5: a motivation of the vocabulary; embedded texts with a value.
        assert annotation["motivation"] == "classifying"
        for body in annotation["body"]:
            assert body["type"] == "TextualBody"
            assert isinstance(body["value"], str)
            assert body["purpose"] in {"tagging", "describing"}
        for target in targets(annotation):
            # 4: a specific resource has exactly one source.
            assert target["type"] == "SpecificResource"
            assert IRI.fullmatch(target["source"])


def test_selectors_have_what_the_model_requires_and_find_the_words(velonia: Dossier, collection: Any) -> None:  # noqa: ANN401  JSON
    texts = {source_of(r.report): r.report.text for r in velonia.readings}
    for annotation in collection["first"]["items"]:
        for target in targets(annotation):
            quote, place = target["selector"]
            text = texts[target["source"]]
            # 4.2.4: exactly one `exact`; 4.2.5: start and end, counted in code points, the end exclusive.
            assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert text[place["start"] : place["end"]] == quote["exact"]
            assert text[: place["start"]].endswith(quote["prefix"])
            assert text[place["end"] :].startswith(quote["suffix"])


def test_attributions_moves_and_positions_are_all_there(velonia: Dossier, collection: Any) -> None:  # noqa: ANN401  JSON
    kinds = [a["body"][0]["value"] for a in collection["first"]["items"]]
    assert kinds.count("attribution") == sum(len(r.attributions) for r in velonia.readings) > 0
    assert kinds.count("move") == sum(len(r.moves) for r in velonia.readings) > 0
    assert kinds.count("position") == sum(len(p.evidence) for f in velonia.findings for p in f.positions) > 0
    told = [json.loads(a["body"][1]["value"]) for a in collection["first"]["items"]]
    assert all(told)


def test_offsets_count_code_points_and_not_units_of_an_encoding() -> None:
    text = "Two doves 🕊🕊 flew over the town on Monday. “We agree,” said Anna Berg, the foreign minister."
    told = trucebook.read_text(text, id="quay")
    attribution = next(every_annotation(trucebook.reconcile([told])))
    selector = targets(attribution)[0]["selector"]
    assert "We agree" in selector[0]["exact"]
    assert selector[1]["start"] == text.index(selector[0]["exact"])
    assert len(text[: selector[1]["start"]].encode("utf-16-le")) // 2 == selector[1]["start"] + 2


@pytest.mark.parametrize(
    ("url", "sha256", "source"),
    [
        ("https://quay.example/a", "a" * 64, "https://quay.example/a"),
        (None, "a" * 64, f"urn:sha256:{'a' * 64}"),
        ("javascript:alert(1)", "a" * 64, f"urn:sha256:{'a' * 64}"),
        (None, "withheld-1", "urn:uuid:"),
    ],
)
def test_the_source_is_an_iri(url: str | None, sha256: str, source: str) -> None:
    assert source_of(Report(id="a", path="a", sha256=sha256, text="", url=url)).startswith(source)


def test_halves_of_characters_are_no_fault(velonia: Dossier) -> None:
    reading = velonia.readings[0]
    odd = msgspec.structs.replace(reading.report, text=reading.report.text.replace("e", "\ud800"))
    page = render_annotations(
        msgspec.structs.replace(velonia, readings=(msgspec.structs.replace(reading, report=odd), *velonia.readings[1:]))
    )
    assert json.loads(page)["total"] > 0
