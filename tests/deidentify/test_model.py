"""A language model, where one is installed, adds names to those of the list."""

import sys
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from kapjournal.deidentify import FindingKind, Known, Replacements, find, known_by_model, replaced
from kapjournal.deidentify.model import installed_model


@dataclass
class Entity:
    text: str
    label_: str


@dataclass
class Document:
    ents: list[Entity]


class Reader:
    """A model that knows four names."""

    def __init__(self) -> None:
        self.longest = 0

    def __call__(self, text: str) -> Document:
        self.longest = max(self.longest, len(text))
        names = {"Bob\nMarlow": "PERSON", "Leeds": "GPE", "Acme": "ORG", "seven": "CARDINAL", "X": "PERSON"}
        return Document([Entity(name, label) for name, label in names.items() if name in text])


def test_what_it_finds_is_known_from_then_on() -> None:
    text = "Bob\nMarlow left Leeds and Acme at seven. X and marlow’s sister, BOB."
    known = known_by_model(text, Reader())
    assert known == (
        Known(FindingKind.PERSON, ("Bob Marlow",)),
        Known(FindingKind.PLACE, ("Leeds",)),
        Known(FindingKind.EMPLOYER, ("Acme",)),
    )
    told = replaced(text, find(text, known, Replacements()))
    assert not {"Bob", "Marlow", "Leeds", "Acme", "BOB", "marlow"} & set(told.replace("’", " ").split())


def test_a_long_text_is_given_to_it_in_pieces() -> None:
    reader = Reader()
    assert known_by_model("nobody " * 30_000 + "Leeds", reader)[0].forms == ("Leeds",)
    assert known_by_model("x" * 120_000, reader) == ()
    assert reader.longest <= 50_000


def test_without_spacy_or_a_model_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    installed_model.cache_clear()
    assert known_by_model("Bob") == ()
    bare = SimpleNamespace(util=SimpleNamespace(get_installed_models=list), load=None)
    monkeypatch.setitem(sys.modules, "spacy", bare)
    installed_model.cache_clear()
    assert known_by_model("Bob") == ()
    installed_model.cache_clear()


def test_an_english_model_is_taken_before_another(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    names = ["de_core_news_sm", "en_core_web_sm"]

    def load(name: str) -> Reader:
        loaded.append(name)
        return Reader()

    spacy = SimpleNamespace(util=SimpleNamespace(get_installed_models=lambda: names), load=load)
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    installed_model.cache_clear()
    assert known_by_model("Leeds")[0].forms == ("Leeds",)
    assert loaded == ["en_core_web_sm"]
    installed_model.cache_clear()
