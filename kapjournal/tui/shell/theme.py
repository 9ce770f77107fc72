"""Themes from TOML files: what such a file may say, and how it becomes a theme of Textual.

Colours stand nowhere else. A file that is broken is named in a sentence and left out, so that a person's own
theme can never keep the journal from opening.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.theme import Theme

import kapjournal
from kapjournal import paths, toml
from kapjournal.errors import UsageError
from kapjournal.text import shown_line
from kapjournal.toml import FieldError, at_line
from kapjournal.tui.shell.contrast import AA, HEX, ratio

DEFAULT = "dusk"

GROUNDS = ("background", "surface", "panel", "highlight")
"""The colours behind words."""

WORDS = ("foreground", "muted", "primary", "secondary", "accent", "success", "warning", "error")
"""The colours of words."""

COLOURS = (*GROUNDS, *WORDS, "border")
"""Every colour a theme names; `dusk.toml` says what each is for."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Themes:
    """Every theme that could be read, by name, and one sentence for each file that could not."""

    by_name: Mapping[str, Theme]
    complaints: tuple[str, ...] = ()


def shipped_folder() -> Path:
    """Where the program's own themes are: inside the package (a wheel) or beside it (an editable install)."""
    package = Path(kapjournal.__file__).parent
    inside = package / "themes"
    return inside if inside.is_dir() else package.parent / "themes"


def load_all(folders: Iterable[Path] | None = None) -> Themes:
    """Read every `*.toml` of the folders (default: the program's own, then the person's).

    Of two themes with one name the first stays. A theme whose words are hard to read is named, and used.
    """
    if folders is None:
        folders = (shipped_folder(), paths.config_folder() / "themes")
    themes: dict[str, Theme] = {}
    complaints: list[str] = []
    for folder in folders:
        for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            try:
                theme, hard_to_read = _from_file(file, themes, judged=folder != shipped_folder())
            except UsageError as error:
                complaints.append(f"{error} It is left out.")
            else:
                themes[theme.name] = theme
                complaints += hard_to_read
    return Themes(themes, tuple(complaints))


def _from_file(file: Path, themes: Mapping[str, Theme], *, judged: bool) -> tuple[Theme, list[str]]:
    try:
        text = paths.read_text(file)
        theme = from_toml(text)
    except FieldError as error:
        raise UsageError(f"The theme {file}{at_line(text, error.field)}: {error}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The theme {file} could not be read ({error}).") from None
    if theme.name in themes:
        line = at_line(text, "name")
        raise UsageError(f"The theme {file}{line}: there is a theme “{theme.name}” already.")
    found = too_close(toml.read(text)["colours"]) if judged else []
    return theme, [
        f"The theme {file}{at_line(text, words)}: “{words}” is hard to read on “{ground}” "
        f"({apart:.1f}:1, and {AA}:1 is readable). It can be used all the same."
        for words, ground, apart in found
    ]


def too_close(colours: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """The colours of words that are hard to read on one of the grounds: word, worst ground, contrast."""
    worst = (
        min((ratio(colours[word], colours[ground]), word, ground) for ground in GROUNDS) for word in WORDS
    )
    return [(word, ground, apart) for apart, word, ground in worst if apart < AA]


def from_toml(text: str) -> Theme:
    """Build a theme from the text of its file (`FieldError` names the field that is not right)."""
    given = toml.read(text)
    name, dark, colours = given.pop("name", None), given.pop("dark", None), given.pop("colours", None)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise FieldError("name", "“name” is one word of small letters.")
    if not isinstance(dark, bool):
        raise FieldError("dark", "“dark” is true or false.")
    for field in given:
        raise FieldError(field, f"“{shown_line(field)}” is not a field of a theme.")
    if not isinstance(colours, dict):
        raise FieldError("colours", "it has no [colours].")
    return _textual_theme(name, dark, _checked(colours))


def _checked(colours: dict[str, Any]) -> dict[str, str]:
    for field in COLOURS:
        if field not in colours:
            raise FieldError(field, f"the colour “{field}” is missing.")
    for field, value in colours.items():
        if field not in COLOURS:
            raise FieldError(field, f"“{shown_line(field)}” is not a colour of a theme.")
        if not isinstance(value, str) or not HEX.fullmatch(value):
            raise FieldError(field, f"the colour “{field}” is not of the form #rrggbb.")
    return colours


def _textual_theme(name: str, dark: bool, colour: Mapping[str, str]) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        background=colour["background"],
        surface=colour["surface"],
        panel=colour["panel"],
        foreground=colour["foreground"],
        primary=colour["primary"],
        secondary=colour["secondary"],
        accent=colour["accent"],
        success=colour["success"],
        warning=colour["warning"],
        error=colour["error"],
        variables={
            "text": colour["foreground"],
            "text-muted": colour["muted"],
            "text-disabled": colour["muted"],
            "foreground-muted": colour["muted"],
            **{f"text-{field}": colour[field] for field in ("primary", "secondary", "accent")},
            **{f"text-{field}": colour[field] for field in ("success", "warning", "error")},
            "border": colour["primary"],
            "border-blurred": colour["border"],
            "block-cursor-foreground": colour["foreground"],
            "block-cursor-background": colour["highlight"],
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": colour["foreground"],
            "block-cursor-blurred-background": colour["surface"],
            "block-hover-background": colour["panel"],
            "input-cursor-background": colour["primary"],
            "input-cursor-foreground": colour["background"],
            "input-selection-background": colour["highlight"],
            "input-selection-foreground": colour["foreground"],
            "screen-selection-background": colour["highlight"],
            "screen-selection-foreground": colour["foreground"],
            "footer-background": colour["background"],
            "footer-foreground": colour["muted"],
            "footer-description-foreground": colour["muted"],
            "footer-key-foreground": colour["primary"],
            "scrollbar": colour["border"],
            "scrollbar-hover": colour["muted"],
            "scrollbar-active": colour["muted"],
            "scrollbar-background": colour["background"],
            "scrollbar-background-hover": colour["background"],
            "scrollbar-background-active": colour["background"],
            "scrollbar-corner-color": colour["background"],
            "button-foreground": colour["foreground"],
            "button-color-foreground": colour["background"],
            "button-focus-text-style": "bold",
            "link-color": colour["primary"],
            "surface-active": colour["surface"],
        },
    )
