"""The settings: colours, when to lock, whose lines, backups, pictures, keys. Each works once it is chosen."""

from dataclasses import replace
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal import config
from kapjournal.config import Settings
from kapjournal.content import crisis
from kapjournal.errors import KapjournalError, UsageError
from kapjournal.presentation import coming_back
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.actions import Action
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.textual_internals.whole_list import WholeList
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

_NAMES = {
    "lock_minutes": "The time until it locks",
    "country": "The country",
    "backup_days": "The time until a backup is due",
}
"""What each field is called in a sentence."""


class ThemeList(WholeList):
    """The colours to choose from: moving shows them, leaving without Enter puts the former back."""

    def on_blur(self, _: events.Blur) -> None:
        """Put the former colours back: the person went elsewhere without choosing."""
        if isinstance(self.screen, SettingsScreen):
            self.screen.put_back()


class SettingsScreen(AppScreen):
    """What the person may choose on this computer; it shows nothing of the journal."""

    NAME = "settings"
    CSS_PATH = "settings.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Moving through the colours shows them at once. Enter keeps them, {back} puts the former ones back. "
        "Minutes, country and days are kept with Enter, or when you move on. Once so many days have gone by "
        "without a backup on this computer, a quiet line says so; 0 is for never. Space says whether the "
        "reader draws the pictures that are attached to a note, in coloured blocks.\n\n"
        "To change a key, choose what it does and press the new one; {our-keys} gives every action the key "
        "it came with. All of this is for this computer alone, and nobody else in the journal sees it."
    )

    def compose(self) -> ComposeResult:
        """Colours, fields and keys in one column."""
        settings = self.shell.settings
        yield TopBar("Settings")
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("Colours", markup=False, classes="caption first")
            yield ThemeList(
                *(Option(Content(f" {name}"), id=name) for name in self._themes),
                id="themes",
                classes="choices",
            )
            with Horizontal(id="typed"):
                with Vertical():
                    yield Static("Lock after so many minutes", markup=False, classes="caption")
                    yield Field(str(settings.lock_minutes), max_length=3, id="lock_minutes")
                with Vertical():
                    yield Static(self._whose_lines(), markup=False, classes="caption", id="whose")
                    yield Field(settings.country, placeholder="two letters", max_length=2, id="country")
            yield Static(
                "Remind after so many days without a backup; 0 for never", markup=False, classes="caption"
            )
            yield Field(str(settings.backup_days), max_length=3, id="backup_days")
            yield Checklist[str](
                ("Show pictures that are attached to a note", "show_pictures", settings.show_pictures),
                (coming_back.WISH, "own_words", settings.own_words),
                id="wishes",
                classes="gap",
            )
            yield Static("Keys", markup=False, classes="caption")
            yield WholeList(id="keys", classes="choices")
            yield Static(f"Kept in {shown_line(str(config.config_file()))}", markup=False, classes="caption")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the colours in use."""
        self._show_keys()
        themes = self.query_one(ThemeList)
        themes.highlighted = self._themes.index(self.app.theme) if self.app.theme in self._themes else 0
        themes.focus()

    def on_unmount(self) -> None:
        """Put the kept colours back, however the screen was left."""
        self.put_back()

    @property
    def _themes(self) -> list[str]:
        return list(self.shell.theme_names)

    def _keep(self, said: str, settings: Settings) -> None:
        try:
            self.shell.change_settings(settings)
        except KapjournalError as error:
            self.say_error(str(error))
        else:
            self.say(said)

    # colours

    @on(OptionList.OptionHighlighted, "#themes")
    def _look_at(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_list.has_focus and event.option_id:
            self.shell.use_theme(event.option_id)

    @on(OptionList.OptionSelected, "#themes")
    def _keep_theme(self, event: OptionList.OptionSelected) -> None:
        self._keep(
            f"The colours are “{event.option_id}” from now on.",
            replace(self.shell.settings, theme=event.option_id or ""),
        )

    def put_back(self) -> bool:
        """Show the colours that were kept; whether others had been looked at."""
        kept, seen = self.shell.settings.theme, self.app.theme
        return kept in self.shell.theme_names and kept != seen and self.shell.use_theme(kept)

    def action_back(self) -> None:
        """First put back what cannot stay: colours that were only looked at, and what a field cannot take."""
        if self.put_back():
            self.query_one(ThemeList).highlighted = self._themes.index(self.app.theme)
        elif not isinstance(field := self.focused, Field) or self._take_or_put_back(field):
            self.leave()

    # pictures

    @on(Checklist.SelectedChanged, "#wishes")
    def _keep_wishes(self, event: Checklist.SelectedChanged[str]) -> None:
        wished = event.selection_list.selected
        comes = "own_words" in wished
        if comes != self.shell.settings.own_words:
            self._keep(coming_back.KEPT[comes], replace(self.shell.settings, own_words=comes))
        shows = "show_pictures" in wished
        if shows != self.shell.settings.show_pictures:
            said = "Pictures are shown" if shows else "Pictures are not shown"
            self._keep(f"{said} from now on.", replace(self.shell.settings, show_pictures=shows))

    # minutes, country, days

    @on(Field.Submitted)
    def _take_submitted(self, event: Field.Submitted) -> None:
        try:
            self._take(event.input)
        except UsageError as error:
            self.say_error(f"{_named(event.input)} {error}")

    @on(Field.Blurred)
    def _take_blurred(self, event: Field.Blurred) -> None:
        self._take_or_put_back(event.input)

    def _take_or_put_back(self, field: Input) -> bool:
        """Whether what was typed can be kept; if not, what was kept before stands there again, and it is
        said."""
        try:
            self._take(field)
        except UsageError as error:
            kept = field.value = str(getattr(self.shell.settings, field.id or ""))
            self.say_error(f"{_named(field)} {error} It stays {kept}.")
            return False
        return True

    def _take(self, field: Input) -> None:
        """Keep what stands in a field (`UsageError`)."""
        settings, typed = self.shell.settings, field.value.strip()
        if field.id == "lock_minutes":
            changed = replace(settings, lock_minutes=config.minutes(_number(typed)))
        elif field.id == "backup_days":
            changed = replace(settings, backup_days=config.days(_number(typed)))
        else:
            changed = replace(settings, country=config.country(typed))
        if changed != settings:
            self._keep("Kept.", changed)
            self.query_one("#whose", Static).update(self._whose_lines())

    def _whose_lines(self) -> str:
        country = self.shell.settings.country
        found = crisis.lines().get(country)
        return shown_line(
            f"Crisis lines: {found.name or country}" if found else f"No crisis line for {country}"
        )

    # keys

    def _show_keys(self) -> None:
        listed = self.query_one("#keys", OptionList)
        before = listed.highlighted
        of_a_practice = frozenset() if self.shell.in_a_practice else actions.OF_A_PRACTICE
        possible = (action for action in actions.ACTIONS if action.id not in of_a_practice)
        listed.set_options(Option(self._line(action), id=action.id) for action in possible)
        listed.highlighted = before

    def _line(self, action: Action) -> Content:
        key = actions.key_name(actions.keys_of(action, self.shell.changed_keys))
        mark = "▪" if action.id in self.shell.changed_keys else " "
        return Content.assemble((f"{mark}{key:<10}", "$primary"), action.sentence)

    @on(OptionList.OptionSelected, "#keys")
    def _ask_key(self, event: OptionList.OptionSelected) -> None:
        from kapjournal.tui.modals.new_shortcut import NewKeyModal  # noqa: PLC0415

        action = actions.BY_ID[event.option_id or ""]
        self.app.push_screen(NewKeyModal(action, self.shell.changed_keys), partial(self._take_key, action))

    def _take_key(self, action: Action, key: str | None) -> None:
        if key is None:
            return
        keys = {name: other for name, other in self.shell.settings.keys.items() if name != action.id}
        if key != action.keys:
            keys[action.id] = key
        self._keep(f"{actions.key_name(key)}: {action.sentence}", replace(self.shell.settings, keys=keys))
        self._show_keys()

    def action_our_keys(self) -> None:
        """Give every action the key it came with; unknown names stay in the file."""
        keys = {name: key for name, key in self.shell.settings.keys.items() if name not in actions.BY_ID}
        self._keep("Every key is as it was at first.", replace(self.shell.settings, keys=keys))
        self._show_keys()


def _number(typed: str) -> int | str:
    return int(typed) if typed.isdecimal() else typed


def _named(field: Input) -> str:
    return _NAMES[field.id or ""]
