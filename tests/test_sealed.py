"""Only crypto makes what is safe to store, and the store takes nothing else: the code shows both."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import kapjournal
from kapjournal.sealed import Sealed
from kapjournal.store import EnvelopeRow, JournalFile, KeyslotRow, Transaction
from kapjournal.store.schema import PartRow

PACKAGE = Path(kapjournal.__file__).parent


def uses(tree: ast.AST) -> Iterator[str]:
    """How a module makes `Sealed` of bytes: by calling it, by a cast, or under another name."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("Sealed") | ast.Attribute(attr="Sealed")):
                yield "calls it"
            case ast.Call(func=ast.Name("cast") | ast.Attribute(attr="cast"), args=[first, *_]):
                if "Sealed" in ast.unparse(first):
                    yield "casts to it"
            case ast.alias(name="Sealed", asname=str()):
                yield "renames it"
            case ast.Assign(value=ast.Name("Sealed") | ast.Attribute(attr="Sealed")):
                yield "renames it"


def test_sealed_is_made_in_crypto_alone() -> None:
    makers = {
        path.relative_to(PACKAGE).parts[0]: how
        for path in PACKAGE.rglob("*.py")
        for how in uses(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert makers == {"crypto": "calls it"}


def test_every_way_to_make_it_would_be_found() -> None:
    ways = {
        "Sealed(b'')": "calls it",
        "sealed.Sealed(b'')": "calls it",
        "cast(Sealed, b'')": "casts to it",
        "typing.cast('Sealed', b'')": "casts to it",
        "from kapjournal.sealed import Sealed as S": "renames it",
        "S = Sealed": "renames it",
    }
    assert {way: next(uses(ast.parse(way)), "") for way in ways} == ways


def test_the_store_writes_what_is_sealed_and_nothing_else() -> None:
    for write in (Transaction.put, Transaction.replace):
        assert get_type_hints(write)["sealed"] is Sealed
    assert "Sealed" in str(inspect.signature(JournalFile.create).parameters["rows"].annotation)
    assert KeyslotRow.__annotations__["sealed_secret"] is Sealed
    for model in (EnvelopeRow, PartRow):
        assert model.__annotations__["sealed"] is Sealed
