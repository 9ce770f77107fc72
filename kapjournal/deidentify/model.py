"""Names that a language model on this computer finds, where one is installed: the extra `ner`.

Nothing is downloaded: spaCy and a model of it have to be there. Without them nothing changes.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.deidentify.names_file import LONGEST, SHORTEST
from kapjournal.text import is_line

_KINDS = {
    "PERSON": FindingKind.PERSON,
    "PER": FindingKind.PERSON,
    "GPE": FindingKind.PLACE,
    "LOC": FindingKind.PLACE,
    "FAC": FindingKind.PLACE,
    "ORG": FindingKind.EMPLOYER,
}
"""What a model's labels are called here; it has others, for what has no name."""

_PIECE = 50_000
"""A model gets so many characters at once: what it needs of memory grows with them."""


class Entity(Protocol):
    """A name that a model found."""

    @property
    def text(self) -> str:
        """The name as it stands in the text."""

    @property
    def label_(self) -> str:
        """What the model takes it for."""


class Document(Protocol):
    """A text as a model has read it."""

    @property
    def ents(self) -> Iterable[Entity]:
        """The names in it, in order."""


class Model(Protocol):
    """A pipeline of spaCy."""

    def __call__(self, text: str) -> Document:
        """Read a text."""


def known_by_model(text: str, model: Model | None = None) -> tuple[Known, ...]:
    """People, places and employers that a model finds in a text, each once, to be found with those of a list.

    `model` is the first English one that is installed, or the first of any language; () if there is none.
    """
    model = model or installed_model()
    if model is None:
        return ()
    found: dict[str, FindingKind] = {}
    for piece in _pieces(text):
        for entity in model(piece).ents:
            name = " ".join(entity.text.split())
            if entity.label_ in _KINDS and _is_name(name):
                found.setdefault(name, _KINDS[entity.label_])
    return tuple(Known(kind, (name,)) for name, kind in found.items())


@cache
def installed_model() -> Model | None:
    """The model that is used, loaded; None if spaCy is missing or has no model here."""
    try:
        import spacy  # noqa: PLC0415 - an extra, which takes seconds to load
    except ImportError:
        return None
    names = sorted(spacy.util.get_installed_models(), key=lambda name: (not name.startswith("en_"), name))
    model: Model | None = spacy.load(names[0]) if names else None
    return model


def _is_name(name: str) -> bool:
    return SHORTEST <= len(name) <= LONGEST and is_line(name) and any(one.isalpha() for one in name)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end at a line end or a space, where there is one."""
    at = 0
    while at < len(text):
        end = at + _PIECE
        if end < len(text):
            cut = max(text.rfind("\n", at, end), text.rfind(" ", at, end))
            end = cut + 1 if cut > at else end
        yield text[at:end]
        at = end
