"""How the screens hang together: routes fit their screens, and Textual's private names stay fenced."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import kapjournal.tui
from kapjournal.tui.navigation import routes
from kapjournal.tui.navigation.routes import Route
from kapjournal.tui.screens.app_screen import AppScreen

FENCE = "kapjournal.tui.textual_internals"
TOOLKITS = ("textual", "rich")
OF_PYTHON = {"_exit"}
"""`os._exit`, which is documented."""

ROUTES = [
    thing for name, thing in vars(routes).items() if name.endswith("Route") and name.lstrip("_") == name
]


def modules() -> Iterator[ModuleType]:
    """Every module of the screens outside the fence."""
    for found in pkgutil.walk_packages(kapjournal.tui.__path__, "kapjournal.tui."):
        if not found.name.startswith(FENCE):
            yield importlib.import_module(found.name)


def parameters(of: type) -> dict[str, tuple[str, object]]:
    """What a class is made with, by name: the type as it is written, without modules, and the default."""
    if is_toolkit(next(kind for kind in of.__mro__ if "__init__" in vars(kind)).__module__):
        return {}
    written = {
        name: one.annotation if isinstance(one.annotation, str) else inspect.formatannotation(one.annotation)
        for name, one in inspect.signature(of).parameters.items()
    }
    return {
        name: (re.sub(r"(\w+\.)+", "", written[name]), one.default)
        for name, one in inspect.signature(of).parameters.items()
    }


@pytest.mark.parametrize("route", [one for one in ROUTES if one is not Route])
def test_a_route_has_the_fields_of_its_screen(route: type[Route]) -> None:
    assert issubclass(route.screen_class(), AppScreen)
    assert parameters(route) == parameters(route.screen_class())


def test_every_screen_has_a_route() -> None:
    classes = {thing for module in modules() for thing in vars(module).values() if isinstance(thing, type)}
    screens = {kind for kind in classes if issubclass(kind, AppScreen) and kind.NAME}
    assert screens == {route.screen_class() for route in ROUTES if route is not Route}


def test_no_route_shows_what_it_holds() -> None:
    assert [route for route in ROUTES if route.__repr__ is not object.__repr__] == []


# private names


def tree(module: ModuleType) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def is_toolkit(module: str | None) -> bool:
    return (module or "").partition(".")[0] in TOOLKITS


def test_no_private_module_or_name_of_textual_is_imported() -> None:
    found = []
    for module in modules():
        for node in tree(module):
            if isinstance(node, ast.ImportFrom) and is_toolkit(node.module):
                names = [*str(node.module).split("."), *(name.name for name in node.names)]
                found += [(module.__name__, name) for name in names if is_private(name)]
            elif isinstance(node, ast.Import):
                found += [
                    (module.__name__, one.name)
                    for one in node.names
                    if is_toolkit(one.name) and "._" in one.name
                ]
    assert found == []


def private_names(source: ast.AST, of: str) -> set[str]:
    """The private names that a class defines, and those of the objects called `of` that it sets or uses."""
    names: set[str] = set()
    for node in ast.walk(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and (of in ("", ast.unparse(node.value))):
            names.add(node.attr)
    return {name for name in names if is_private(name)}


def test_no_class_uses_or_replaces_a_private_name_of_textual() -> None:
    found = []
    theirs: dict[type, set[str]] = {}
    for module in modules():
        for node in tree(module):
            if not isinstance(node, ast.ClassDef):
                continue
            for base in getattr(module, node.name).__mro__:
                if is_toolkit(base.__module__) and base not in theirs:
                    theirs[base] = private_names(ast.parse(inspect.getsource(base)), of="self")
                taken = (private_names(node, of="") & theirs.get(base, set())) - OF_PYTHON
                found += [(module.__name__, node.name, base.__name__, name) for name in taken]
    assert found == []


def test_no_private_name_is_used_that_is_defined_nowhere_here() -> None:
    """A private name of a widget that is only held, not inherited from, would be one."""
    defined, used = set(OF_PYTHON), set[str]()
    for module in modules():
        for node in tree(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                defined.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                defined.add(node.id)
            elif isinstance(node, ast.Attribute) and is_private(node.attr):
                is_set = isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"
                (defined if is_set else used).add(node.attr)
    assert used - defined == set()
