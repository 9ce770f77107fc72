"""A person's settings: TOML in the config folder, read into frozen values; what is broken is named.

Nothing here is about what anybody wrote, so the file is plain. Settings are handed to whoever needs them;
there is no settings object to import.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kapjournal import paths
from kapjournal.errors import UsageError

FILE_NAME = "config.toml"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may choose for themselves on this computer."""

    theme: str = field(
        default="dusk", metadata={"help": "The name of a theme: `dusk`, `dawn` or one of your own."}
    )
    lock_minutes: int = field(
        default=5, metadata={"help": "After how many minutes without a key or a click to lock: 1 to 120."}
    )
    country: str = field(
        default="US", metadata={"help": "Two letters (ISO 3166): whose crisis lines to show."}
    )
    keys: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"help": 'Other keys for what can be done: `[keys]`, then `write = "w"`.'},
    )


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as far as they could be read, and one sentence for everything that could not."""

    settings: Settings
    complaints: tuple[str, ...] = ()


def load(file: Path | None = None) -> Loaded:
    """Read the settings from `file` (default: the config folder's); no file means every default."""
    file = file or paths.config_folder() / FILE_NAME
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        return Loaded(
            Settings(), (f"{file} could not be read ({error.strerror}); every setting is at its default.",)
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Loaded(Settings(), (f"{file} is not TOML ({error}); every setting is at its default.",))
    return _from_table(given, file)


def _from_table(given: Mapping[str, Any], file: Path) -> Loaded:
    settings, complaints = Settings(), []
    for name, value in given.items():
        try:
            settings = replace(settings, **{name: _reader(name)(value)})
        except UsageError as error:
            complaints.append(f"{file}: “{name}” {error}")
    return Loaded(settings, tuple(complaints))


def _reader(name: str) -> Callable[[object], Any]:
    if name not in _READERS:
        raise UsageError(f"is not a setting; there are {', '.join(_READERS)}.")
    return _READERS[name]


def _theme(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise UsageError('is the name of a theme, in quotes, such as "dusk".')
    return value


def _lock_minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 120:
        raise UsageError("is a whole number of minutes from 1 to 120.")
    return value


def _country(value: object) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value.upper()):
        raise UsageError('is a country of two letters, in quotes, such as "US".')
    return value.upper()


def _keys(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value.values()):
        raise UsageError('is a table of keys, such as write = "w".')
    return dict(value)


_READERS: dict[str, Callable[[object], Any]] = {
    "theme": _theme,
    "lock_minutes": _lock_minutes,
    "country": _country,
    "keys": _keys,
}
