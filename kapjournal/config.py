"""A person's settings: a TOML file in the config folder, read into frozen values; what is wrong is named.

Settings say nothing about what is in a journal, so the file is not sealed. They are passed to what needs
them; there is no settings object to import.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from kapjournal import paths, toml
from kapjournal.errors import CannotSave, UsageError
from kapjournal.toml import at_line

FILE_NAME = "config.toml"
LOCK_MINUTES = range(1, 121)
BACKUP_DAYS = range(366)

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_KEYS = re.compile(r"[^\s,]{1,30}(,[^\s,]{1,30}){0,3}")

T = TypeVar("T")


def theme_name(value: object) -> str:
    """The name of a theme (`UsageError`); whether there is such a theme is known to the screens only."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise UsageError('is the name of a theme, in quotes, such as "dusk".')
    return value


def minutes(value: object) -> int:
    """A number of minutes to lock after (`UsageError`)."""
    if not isinstance(value, int) or isinstance(value, bool) or value not in LOCK_MINUTES:
        raise UsageError("is a whole number of minutes from 1 to 120.")
    return value


def days(value: object) -> int:
    """A number of days to remind of a backup after, 0 for never (`UsageError`)."""
    if not isinstance(value, int) or isinstance(value, bool) or value not in BACKUP_DAYS:
        raise UsageError("is a whole number of days from 1 to 365, or 0 for never.")
    return value


def country(value: object) -> str:
    """A country's two letters, in capitals (`UsageError`)."""
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value.upper()):
        raise UsageError('is a country of two letters, in quotes, such as "US".')
    return value.upper()


def yes_or_no(value: object) -> bool:
    """Whether something is wanted (`UsageError`)."""
    if not isinstance(value, bool):
        raise UsageError("is true or false, without quotes.")
    return value


def keys(value: object) -> str:
    """One key or several with commas between (`UsageError`); the screens know which keys there are."""
    if not isinstance(value, str) or not _KEYS.fullmatch(value):
        raise UsageError('is a key in quotes, such as "w", "f3" or "ctrl+w".')
    return value


def _setting(default: T, read: Callable[[object], T], help: str) -> T:
    told: T = field(default=default, metadata={"read": read, "help": help, "many": False})
    return told


def _settings(read: Callable[[object], T], help: str) -> Mapping[str, T]:
    told: Mapping[str, T] = field(default_factory=dict, metadata={"read": read, "help": help, "many": True})
    return told


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose on this computer: the default, the check and the help of each setting."""

    theme: str = _setting("dusk", theme_name, "The name of a theme: ours, or one of your own.")
    lock_minutes: int = _setting(
        5, minutes, "After how many minutes without a key or a click to lock: 1 to 120."
    )
    country: str = _setting("US", country, "Two letters (ISO 3166): whose crisis lines to show.")
    keys: Mapping[str, str] = _settings(keys, 'Other keys for what can be done, such as write = "w".')
    show_pictures: bool = _setting(False, yes_or_no, "Whether the reader shows pictures that are attached.")
    own_words: bool = _setting(
        False, yes_or_no, "Whether own words of earlier days come back to a partner on the course."
    )
    backup_days: int = _setting(
        14, days, "After how many days without a backup here to remind of one: 1 to 365, or 0 for never."
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings that could be read, and a sentence for everything that could not."""

    settings: Settings
    complaints: tuple[str, ...] = ()


def config_file() -> Path:
    """The path of the settings file."""
    return paths.config_folder() / FILE_NAME


def load(file: Path | None = None) -> Loaded:
    """Read the settings from `file` (default: the config folder's); no file means every default."""
    file = file or config_file()
    try:
        text = paths.read_text(file)
        return _from_table(toml.read(text), lambda field: f"{file}{at_line(text, field)}: “{field}”")
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        return Loaded(
            Settings(), (f"{file} could not be read ({error.strerror}); every setting is at its default.",)
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Loaded(Settings(), (f"{file} is not TOML ({error}); every setting is at its default.",))


def _from_table(given: Mapping[str, Any], named: Callable[[str], str]) -> Loaded:
    """Take what is valid; `named` says where in the file a field is."""
    known = {setting.name: setting.metadata for setting in fields(Settings)}
    taken: dict[str, Any] = {}
    complaints = []

    def read(name: str, field: str, value: object, into: MutableMapping[str, Any]) -> None:
        try:
            into[field.rpartition(".")[2]] = known[name]["read"](value)
        except UsageError as error:
            complaints.append(f"{named(field)} {error}")

    for name, value in given.items():
        if name not in known:
            complaints.append(f"{named(name)} is not a setting; there are {', '.join(known)}.")
        elif not known[name]["many"]:
            read(name, name, value, taken)
        elif not isinstance(value, dict):
            complaints.append(f"{named(name)} is a table: [{name}] on a line of its own.")
        else:
            taken[name] = {}
            for key, one in value.items():
                read(name, f"{name}.{key}", one, taken[name])
    return Loaded(Settings(**taken), tuple(complaints))


def save(settings: Settings, file: Path | None = None) -> None:
    """Write what differs from the file into it, wholly or not at all (`CannotSave`).

    Comments, order, unknown fields and whatever could not be read stay as the person wrote them.
    """
    import tomlkit  # noqa: PLC0415 - needed only when a setting changes
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    file = (file or config_file()).resolve()  # a link to somewhere else stays a link
    before = load(file).settings
    try:
        document = tomlkit.parse(paths.read_text(file)) if file.exists() else tomlkit.document()
        for setting in fields(Settings):
            value, was = getattr(settings, setting.name), getattr(before, setting.name)
            if value == was:
                continue
            if setting.metadata["many"]:
                if not isinstance(document.get(setting.name), MutableMapping):
                    document[setting.name] = tomlkit.table()
                _set_each(document[setting.name], value, was)
            else:
                document[setting.name] = value
        paths.write_private(
            paths.private_folder(file.parent) / file.name,
            tomlkit.dumps(document).encode("utf-8"),
            replace=True,
        )
    except (OSError, UnicodeDecodeError, TOMLKitError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not TOML; mend it by hand, or move it"
        raise CannotSave(f"{file} was left as it is ({why}). The change holds until you leave.") from None


def _set_each(table: MutableMapping[str, Any], now: Mapping[str, Any], was: Mapping[str, Any]) -> None:
    for gone in was.keys() - now.keys():
        del table[gone]
    for name, value in now.items():
        if was.get(name) != value:
            table[name] = value
