"""The doors of a journal: whose, and the passphrase. The screen says nothing else about the journal."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.widget import MountError
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.paths import is_synced
from kapjournal.presentation.people import keys_met
from kapjournal.presentation.sentences import DOORS, SYNCED
from kapjournal.text import shown, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import JoinRoute, KeeperReturn, RecoverRoute, RestoreRoute, WelcomeRoute
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.stopping import STOPPING, Stopping
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class DoorsScreen(AppScreen):
    """Asks for one passphrase. Painted before anything of the journal is imported or read."""

    NAME = "doors"
    CSS_PATH = "doors.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"{DOORS} Choose yours, type the passphrase, press Enter. Nobody else's passphrase opens what you "
        "wrote for yourself.\n\n"
        "A forgotten passphrase cannot be looked up. Your 24 recovery words can set a new one. Without "
        "them you can be invited again, as a new member, and the others can share with you again; what only "
        "you could read is gone."
    )

    def __init__(
        self,
        path: Path,
        *,
        label: str | None = None,
        notice: str = "",
        said: str = "",
        keeper_return: KeeperReturn | None = None,
    ) -> None:
        """With a `label` only that door is shown; with a `keeper_return` the keeper's is chosen first."""
        super().__init__()
        self._path = path
        self._label = label
        self._notice = notice
        self._first_words = said
        self._meeting = keeper_return
        self._labels: list[str] = []
        self._stopping = Stopping(lambda sentence: self.call_later(self._opening_goes_on, sentence))

    def compose(self) -> ComposeResult:
        """The door in the middle of an empty screen; what it once said of itself it says again."""
        self._notice = self.shell.notices.setdefault(self._path, self._notice)
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("kapjournal", markup=False, id="name")
            if self._notice:
                yield Static(shown(self._notice), markup=False, id="notice")
            yield Static("", markup=False, id="door")
            yield Field(placeholder="Passphrase", password=True, id="passphrase")
            yield StatusLine()
            yield Horizontal(classes="buttons")
            yield Horizontal(classes="buttons", id="other-ways")
            yield Horizontal(classes="buttons", id="way-back")
            yield Static(SYNCED, markup=False, id="synced")

    def on_mount(self) -> None:
        """Begin with the passphrase; the rest is mounted after the first paint."""
        self.query_one("#door").display = False
        self.query_one("#synced").display = is_synced(self._path)
        field = self.query_one(Field)
        field.border_title = Content(shown_line(self._path.name))
        field.focus()
        if self._first_words:  # before anything else can be said that matters more
            self.say(self._first_words)
        self.call_after_refresh(self._mount_after_paint)

    async def _mount_after_paint(self) -> None:
        """Mount the rest, and read the labels in the thread that imports the journal."""
        path = self._path
        with suppress(MountError, NoMatches):  # the program may be left meanwhile
            await self._mount_the_rest()
        if not self.is_attached:
            return

        def labels() -> list[str]:
            from kapjournal.journal import doors  # noqa: PLC0415 - after the first paint

            return doors(path)

        background.run(self, labels, self._show_doors, self.say_error, group="doors")
        background.run(self, lambda: _tidy(path), lambda _: None, self.say_error, group="tidy")

    async def _mount_the_rest(self) -> None:
        await self.query_one(".buttons").mount(
            Button("Open", variant="primary", id="open"),
            Button("I forgot my passphrase", id="forgot"),
        )
        await self.query_one("#other-ways").mount(
            Button("Join with a code", id="join"),
            Button("Another journal", id="another"),
        )
        await self.query_one("#way-back").mount(Button("Go back to a backup", id="restore"))
        doors = OptionList(id="doors", classes="choices")
        doors.display = False
        await self.query_one(".column").mount(doors, before="#door")
        await self.mount(KeyFooter())

    def _show_doors(self, labels: list[str]) -> None:
        """Offer the doors. They come late: what the person has gone to meanwhile keeps the focus."""
        self._labels = labels
        doors, field = self.query_one(OptionList), self.query_one(Field)
        if len(labels) == 1:
            self._label = labels[0]
        if self._label is None:
            doors.display = True
            doors.set_options(Option(Content(f"  {shown_line(label)}")) for label in labels)
            doors.highlighted = None
            if self._meeting is not None and self._meeting.keeper in labels:
                doors.highlighted = labels.index(self._meeting.keeper)
            elif not field.value:
                doors.highlighted = 0 if labels else None
                if field.has_focus:
                    doors.focus()
        else:
            self._choose(self._label)

    def _choose(self, label: str) -> None:
        self._label = label
        door = self.query_one("#door", Static)
        door.update(f"{shown_line(label)}’s door")
        door.display = True

    @property
    def _label_is_free(self) -> bool:
        return any(doors.display for doors in self.query(OptionList))

    @on(OptionList.OptionHighlighted, "#doors")
    def _door_chosen(self, event: OptionList.OptionHighlighted) -> None:
        before, self._label = self._label, self._labels[event.option_index]
        if before not in (None, self._label):
            self.say("")  # what was said of the door before
        self.query_one(Field).placeholder = f"Passphrase of {shown_line(self._label)}"

    @property
    def guarded(self) -> bool:
        """Whether a passphrase is half typed."""
        return any(field.value for field in self.query(Field))

    def forget(self) -> None:
        """Empty the field; a journal that is being opened is closed again."""
        field = self.query_one(Field)
        field.value, field.disabled = "", False
        self.give_up_opening()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed while the list has the focus as the beginning of a passphrase; up and down
        choose a door from the field, too. Escape stops the opening."""
        if event.key == "escape" and self.query_one(Field).disabled:
            event.stop()
            self._stopping.stop()
            self.say(STOPPING)
        elif event.key in ("up", "down") and self.focused is self.query_one(Field) and self._label_is_free:
            event.stop()
            doors = self.query_one(OptionList)
            if event.key == "up":
                doors.action_cursor_up()
            else:
                doors.action_cursor_down()
        elif event.is_printable and event.character and isinstance(self.focused, OptionList | Field):
            event.stop()  # in the field nothing is left over, but what the list was given just before it
            field = self.query_one(Field)
            field.focus()
            field.insert_text_at_cursor(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted while the list has the focus as a passphrase."""
        field = self.query_one(Field)
        if self.focused is not field and not field.disabled:
            field.focus()
            field.post_message(events.Paste(event.text))

    @on(OptionList.OptionSelected, "#doors")
    def _door_taken(self) -> None:
        self.query_one(Field).focus()

    @on(Field.Submitted)
    @on(Button.Pressed, "#open")
    def _open(self) -> None:
        field = self.query_one(Field)
        passphrase, path, label = field.value, self._path, self._label
        if field.disabled:
            return
        if not passphrase:
            field.focus()
            self.say("Type your passphrase first.")
            return
        if label is None and len(self._labels) > 1:
            self.say("Choose your door first.")
            self.query_one(OptionList).focus()
            return
        record_folder, keeper_return = self.shell.record_folder, self._meeting
        self._stopping.begin()
        follow = self._stopping.following()

        def unlock() -> "tuple[Journal, str]":
            from kapjournal.journal import unlock  # noqa: PLC0415

            journal = unlock(
                path, label=label, passphrase=passphrase, record_folder=record_folder, follow=follow
            )
            return journal, _met_sentence(journal, keeper_return)

        field.disabled = True
        self.say("Opening…")
        enter = self.shell.enter_demo if self._notice else self.shell.enter
        self.open_journal(unlock, lambda opened: enter(*opened), self._not_opened)

    def _opening_goes_on(self, how_far: str) -> None:
        if self.query_one(Field).disabled:
            self.say(f"Opening… {how_far} Escape stops it.")

    def _not_opened(self, sentence: str) -> None:
        if not self.is_attached:
            return
        field = self.query_one(Field)
        field.disabled = False
        if self._label is not None:  # before a door is chosen no passphrase was wrong
            field.value = ""
        field.focus()
        self.say_error(sentence)

    @on(Button.Pressed, "#join")
    def action_join(self) -> None:
        """Go to the form that joins with a code."""
        self.shell.go_to(JoinRoute(self._path))

    @on(Button.Pressed, "#forgot")
    def action_forgot(self) -> None:
        """Go to the form that takes recovery words."""
        self.shell.go_to(RecoverRoute(self._path))

    @on(Button.Pressed, "#restore")
    def action_restore(self) -> None:
        """Go to the form that puts a backup in the place of the journal."""
        self.shell.go_to(RestoreRoute(self._path))

    @on(Button.Pressed, "#another")
    def action_another(self) -> None:
        """Go to the ways to begin."""
        self.shell.go_to(WelcomeRoute())


def _met_sentence(journal: "Journal", keeper_return: KeeperReturn | None) -> str:
    """What to tell the keeper who opened the journal for a newcomer."""
    return keys_met(journal, keeper_return.keeper, keeper_return.newcomer) if keeper_return else ""


def _tidy(path: Path) -> None:
    """Finish what the last quick exit left undone, while the passphrase is typed."""
    from kapjournal.journal import housekeep  # noqa: PLC0415

    housekeep(path)
