"""The members and invitations of the journal, and what can be done with each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import KEEPER_ONLY, Member
from kapjournal.presentation import apart, not_possible, sentences
from kapjournal.presentation.people import about, announced, doubts, invited_on, remarks, sharing_ended
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import ApartRoute, CopyRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.spaced_option_list import SpacedOptionList
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Invitation, Journal
    from kapjournal.tui.modals.invite import KeyboardHandOver

REFRESH_EVERY = 4.0
"""Seconds between two looks at who has joined."""

_BUTTONS = {
    "acknowledge": "I know of them",
    "verify": "Compare the digits",
    "copy_for": "A copy for them",
    "cancel_invitation": "Cancel the invitation",
    "remove": "Remove",
    "change_passphrase": "My passphrase",
    "new_recovery_words": "Recovery words",
    "new_keys": "New keys",
    "will": "My will",
    "invite": "Invite somebody",
    "apart": "Go apart",
}
"""The buttons under the chosen person, by action."""

_FOR_MYSELF = {"change_passphrase", "new_recovery_words", "new_keys", "will", "apart"}


@dataclass(frozen=True, slots=True)
class PeopleView:
    """All the screen shows, read in one go in a thread."""

    members: tuple[Member, ...]
    invitations: "tuple[Invitation, ...]"
    waits_for_keeper: bool
    too_late: bool
    doubts: Mapping[MemberId, str]
    ended: str
    """That sharing has ended; empty while it goes on."""
    why_not_apart: str
    """Why it cannot be ended; empty where it can."""


def look(journal: "Journal") -> PeopleView:
    """Read the members and invitations as they are now."""
    journal.refresh()
    invitations = journal.members.invitations() if journal.me.is_keeper else []
    return PeopleView(
        journal.members.all(),
        tuple(invitations),
        journal.members.awaits_keeper,
        journal.members.invitation_ran_out,
        doubts(journal),
        sharing_ended(journal),
        "" if journal.is_practice else apart.why_not(journal),
    )


class PeopleScreen(JournalScreen):
    """A list of people, and a few sentences on the chosen one."""

    NAME = "people"
    CSS_PATH = "people.tcss"
    BINDINGS = actions.bindings(NAME)
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-narrow"), (110, "-wide")]  # noqa: RUF012 - Textual's form
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (20, "-high")]  # noqa: RUF012
    HELP = (
        "These are the people of this journal. Who started it is its keeper: they invite, and can remove. "
        "The keeper cannot read what others wrote for themselves, and neither can anybody else.\n\n"
        "{verify} shows 60 digits to compare with the chosen person, side by side or by voice. If both "
        "of you see the same, no stranger’s keys are in between.\n\n"
        "{change-passphrase} changes your own passphrase, {recovery-words} gets you new recovery words. If "
        "somebody may know your passphrase, {new-keys} gets you new keys instead."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._view: PeopleView | None = None
        self._looking = False

    def compose(self) -> ComposeResult:
        """The list and, beside or under it, the chosen person."""
        yield TopBar(self._journal.me.label)
        with Horizontal(id="panes"):
            with Vertical(id="list", classes="pane"):
                yield Static("", markup=False, id="waits")
                yield SpacedOptionList(id="people", classes="choices")
            with Vertical(id="about", classes="pane"):
                yield Static("", markup=False, id="sentences")
                with Horizontal(classes="buttons"):
                    for method, label in _BUTTONS.items():
                        yield Button(label, id=method)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Keep looking for who joins."""
        self.query_one("#list").border_title = "People"
        self.query_one("#waits").display = False
        self.query_one(OptionList).focus()
        self.set_interval(REFRESH_EVERY, self._look_again)

    def on_screen_resume(self) -> None:
        """Show the members and invitations as they are now."""
        self._look()

    def _look(self) -> None:
        self._looking = True
        background.run(self, lambda: look(self._journal), self._show, self._not_shown, group="look")

    def _look_again(self) -> None:
        if not self._looking:
            self._look()

    def _not_shown(self, sentence: str) -> None:
        self._looking = False
        self.say_error(sentence)

    def _show(self, view: PeopleView) -> None:
        self._looking = False
        if view == self._view:
            return
        self._view = view
        keeper = next((m.label for m in view.members if m.is_keeper), "The keeper")
        waits = self.query_one("#waits", Static)
        waiting = sentences.waits_for(keeper, too_late=view.too_late) if view.waits_for_keeper else ""
        waits.update("\n".join(filter(None, (view.ended, waiting))))
        waits.display = bool(view.ended or waiting)
        people = self.query_one(SpacedOptionList)
        before = people.highlighted_option.id if people.highlighted_option else None
        people.show(
            [
                *(
                    Option(
                        _row(m.label, m.role.value, remarks(m, self._journal.me.id, view.doubts)),
                        id=m.id.hex(),
                    )
                    for m in view.members
                ),
                *(
                    Option(_row(i.name, i.role.value, [invited_on(i.made, i.last_day)]), id=i.name)
                    for i in view.invitations
                ),
            ]
        )
        ids = [option.id for option in people.options]
        people.highlighted = ids.index(before) if before in ids else 0
        self._said_with = people.highlighted_option.id if people.highlighted_option else None

    @property
    def _chosen(self) -> "Member | Invitation | None":
        index = self.query_one(OptionList).highlighted
        if self._view is None or index is None:
            return None
        members = self._view.members
        return members[index] if index < len(members) else self._view.invitations[index - len(members)]

    @property
    def _other(self) -> Member | None:
        """The chosen member, if they are another one and were not removed."""
        chosen = self._chosen
        is_other = isinstance(chosen, Member) and chosen.id != self._journal.me.id and not chosen.removed
        return chosen if is_other and isinstance(chosen, Member) else None

    @property
    def _newcomers(self) -> list[Member]:
        """The chosen member, if they are announced; otherwise everybody who is."""
        newcomers = announced(self._view.members) if self._view else []
        return [one for one in newcomers if one is self._chosen] or newcomers

    @on(OptionList.OptionHighlighted)
    def _show_chosen(self) -> None:
        chosen = self._chosen
        self.query_one("#sentences", Static).update(self._about(chosen) if chosen else "")
        is_me = isinstance(chosen, Member) and chosen.id == self._journal.me.id
        for method in _BUTTONS:
            can = bool(self.check_action(method, ()))
            fits = is_me and can if method in _FOR_MYSELF else can
            self.query_one(f"#{method}").display = fits
        self.query_one("#acknowledge").display = chosen in self._newcomers
        self.refresh_bindings()
        option = self.query_one(OptionList).highlighted_option
        self.moved_to(option.id if option else None)

    def _about(self, chosen: "Member | Invitation") -> str:
        if not isinstance(chosen, Member):
            return (
                f"{shown_line(chosen.name)} has not joined yet. The six words were shown once; if they got "
                "lost, cancel this invitation and invite again."
            )
        doubt = self._view.doubts.get(chosen.id, "") if self._view else ""
        return about(chosen, self._journal.me.id, doubt)

    @on(OptionList.OptionSelected)
    def _to_the_buttons(self) -> None:
        self.focus_next("Button")

    @on(Button.Pressed)
    async def _do(self, event: Button.Pressed) -> None:
        await self.run_action(str(event.button.id))

    def why_not(self, action: str) -> str:
        """What is done fits the chosen person; only the keeper invites and removes."""
        match action:
            case "invite" | "cancel_invitation" | "copy_for" | "remove" if not self._journal.me.is_keeper:
                return KEEPER_ONLY
            case "cancel_invitation" | "copy_for" if isinstance(self._chosen, Member | None):
                return not_possible.CHOOSE_AN_INVITATION
            case "verify" | "remove" if self._other is None:
                return not_possible.CHOOSE_ANOTHER
            case "acknowledge" if not self._newcomers:
                return not_possible.NOBODY_NEW
            case "apart":
                return self._view.why_not_apart if self._view else ""
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A will is of a practice alone, going apart of a couple's journal; elsewhere nothing is said of
        them."""
        if action == "will" and not self._journal.is_practice:
            return False
        if action == "apart" and self._journal.is_practice:
            return False
        return super().check_action(action, parameters)

    def action_invite(self) -> None:
        """Ask whom to invite."""
        from kapjournal.tui.modals.invite import InviteModal  # noqa: PLC0415

        self.app.push_screen(InviteModal(self._journal), self._invited)

    def _invited(self, hand_over: "KeyboardHandOver | None") -> None:
        if hand_over is None:
            self._look()
        elif hand_over.code:
            self.app.call_later(self.shell.hand_over, self._journal, hand_over.name, hand_over.code)
        else:
            self.shell.go_to(CopyRoute(self._journal, hand_over.name))

    def action_copy_for(self) -> None:
        """Go to the form that writes a copy for the chosen person, who joins on another computer."""
        chosen = self._chosen
        if chosen is not None and not isinstance(chosen, Member):
            self.shell.go_to(CopyRoute(self._journal, chosen.name))

    def action_verify(self) -> None:
        """Show the digits to compare."""
        from kapjournal.tui.modals.verify import VerifyModal  # noqa: PLC0415

        if (member := self._other) is not None:
            self.app.push_screen(VerifyModal(self._journal, member), self._say_done)

    def action_acknowledge(self) -> None:
        """Say that the member knows of the chosen person, who joined, or else of all who did."""
        if self._newcomers:
            self.acknowledge(self._newcomers, self._look)

    def action_cancel_invitation(self) -> None:
        """Take the chosen invitation back, after a question."""
        chosen, journal = self._chosen, self._journal
        if chosen is None or isinstance(chosen, Member):
            return
        name, whose = chosen.name, shown_line(chosen.name)
        self._ask(
            f"Cancel the invitation of {whose}?",
            sentences.CANCELLING,
            "Cancel it",
            lambda: journal.members.cancel_invitation(name),
            sentences.cancelled(name),
        )

    def action_remove(self) -> None:
        """Remove the chosen member, after a question."""
        member, journal = self._other, self._journal
        if member is None:
            return
        label = member.label
        self._ask(
            f"Remove {shown_line(label)}?",
            sentences.removing(label),
            "Remove",
            lambda: journal.members.remove(label),
            sentences.removed(label),
        )

    def action_apart(self) -> None:
        """Say what happens when sharing ends; then go to the form in which it is ended."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(goes_on: bool | None) -> None:
            if goes_on:
                self.shell.go_to(ApartRoute(self._journal))

        said = "\n".join(apart.before(self._journal))
        self.app.push_screen(ConfirmModal(apart.HEADING, said, "Go on", "Not now"), answered)

    def _ask(self, question: str, consequence: str, yes: str, deed: Callable[[], None], done: str) -> None:
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, deed, lambda _: self._say_done(done), self.say_error)

        self.app.push_screen(ConfirmModal(question, consequence, yes), answered)


def _row(name: str, role: str, remarks: list[str]) -> Content:
    return Content.assemble(
        f" {shown_line(name)}\n", ("   " + " · ".join([role.capitalize(), *remarks]), "$text-muted")
    )
