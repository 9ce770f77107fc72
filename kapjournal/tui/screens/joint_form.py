"""The form of words for two: nothing of it is kept before it is put to the other."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from kapjournal.content.joint import form_of
from kapjournal.domain.authorisation import PURPOSE, RECIPIENT, SAY_UNTIL, SAY_WHAT_FOR, SAY_WHO
from kapjournal.domain.forms import FieldKind
from kapjournal.domain.joint import Joint, JointKind, JointText
from kapjournal.domain.notes import Note
from kapjournal.domain.parsing import day_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import authorising, closing, days
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.text import excerpt, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.navigation.routes import JointRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_REVIEW, _FOR_THERAPISTS = "review on", "for therapists"
"""What stands below the fields; a field has no space in its name."""

_FIELD_OF = {SAY_WHO: RECIPIENT, SAY_WHAT_FOR: PURPOSE, SAY_UNTIL: _REVIEW}


class JointFormScreen(JournalScreen):
    """Takes the words, and puts them to the other with the yes of whoever wrote them."""

    NAME = "joint-form"
    CSS_PATH = "joint_form.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Fill in what you two want to agree on; what you leave empty is left out. Tab and Shift+Tab go from "
        "one field to the next.\n\n"
        "{put-to-both} puts the words to the other, with your own yes. They hold once everybody said yes, "
        "and until then you can take them back. Nothing half written is kept anywhere, so that nobody finds "
        "words that were never said: a lock drops them, and {back} asks first.\n\n"
        "The form of a closing begins with your own first and last intention and with what you two chose to "
        "do; take out what is not to stand there. {appreciation} puts in an appreciation that you shared "
        "with your partner before. Your partner’s intentions and thanks are theirs to add: together, at this "
        "keyboard, or by writing these words anew.\n\n"
        "An authorisation names one person, one purpose and a last day, and counts for nothing else."
    )

    def __init__(
        self,
        journal: "Journal",
        kind: JointKind,
        begun: Mapping[str, str],
        before: Joint | None = None,
    ) -> None:
        super().__init__(journal)
        self._kind = kind
        self._before = before
        self._begun = begun
        self._is_leaving = False

    def compose(self) -> ComposeResult:
        """What it is, that nothing half written is kept, the fields, and what goes with them."""
        form, two = form_of(self._kind), saying.names_of_two(self._journal, self._before)
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static(shown_line(form.title), markup=False, classes="heading")
            yield Static(saying.KEPT_NOWHERE, markup=False, id="kept-nowhere")
            yield Static(shown_line(form.what), markup=False, id="what")
            for name, words in self._begun.items():
                field = form.field(name)
                is_line = field is not None and not field.several and "\n" not in words
                yield FormEntry(
                    name,
                    saying.label_of(self._kind, name, two),
                    words,
                    help=field.prompt if field else "",
                    kind=FieldKind.LINE if is_line else FieldKind.TEXT,
                    is_suggested=field is not None and words == field.begins,
                )
            yield from self._around()
            with Horizontal(classes="buttons"):
                yield Button("Put it to both", variant="primary", id="done")
                yield Button("Back", id="back")
        yield StatusLine()
        yield KeyFooter()

    def _around(self) -> ComposeResult:
        before = self._before.text if self._before else None
        day = before.review.isoformat() if before and before.review else ""
        is_authorisation = self._kind is JointKind.AUTHORISATION
        label = authorising.UNTIL if is_authorisation else saying.REVIEW
        yield FormEntry(_REVIEW, label, day, kind=FieldKind.LINE, placeholder="YYYY-MM-DD")
        if self._kind is not JointKind.AGREEMENT and not is_authorisation:
            said = saying.FOR_THERAPISTS_YES if before and before.for_therapists else saying.FOR_THERAPISTS_NO
            choices = [(one, one) for one in (saying.FOR_THERAPISTS_NO, saying.FOR_THERAPISTS_YES)]
            yield FormEntry(_FOR_THERAPISTS, saying.FOR_THERAPISTS, said, choices=choices, must_be=True)

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.query(FormEntry).first().go_to()

    def on_unmount(self) -> None:
        """Forget the words."""
        self._begun, self._before = {}, None

    def _entry(self, name: str) -> FormEntry:
        return next(entry for entry in self.query(FormEntry) if entry.name_of == name)

    def _field_of(self, sentence: str) -> FormEntry | None:
        """The field that a sentence is about, by which an authorisation was refused."""
        if (name := _FIELD_OF.get(sentence)) is not None:
            return self._entry(name)
        day = self._entry(_REVIEW)
        return day if day.value.strip() and day.value.strip() in sentence else None

    @property
    def _typed(self) -> dict[str, str]:
        return {entry.name_of: entry.value for entry in self.query(FormEntry)}

    @property
    def _has_words(self) -> bool:
        typed = self._typed
        return any(typed.get(name, "") != words for name, words in self._begun.items())

    @property
    def left_undone(self) -> str:
        """That what was typed is gone."""
        return saying.DROPPED if not self._is_leaving and self._has_words else ""

    @on(Input.Submitted)
    def _to_the_next(self) -> None:
        """Enter ends a line."""
        self.focus_next()

    # the end

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing more while it is being written down."""
        if action == "appreciation" and self._kind is not JointKind.CLOSING:
            return False
        return not self._is_leaving and super().check_action(action, parameters)

    def action_appreciation(self) -> None:
        """Ask which of their own appreciations the member says again, and put it below what they typed."""
        background.run(self, partial(closing.appreciations, self._journal), self._choose, self.say_error)

    def _choose(self, notes: list[Note]) -> None:
        from kapjournal.tui.modals.choice import Choice, ChoiceModal  # noqa: PLC0415

        said = {note.id: note.text.body for note in notes}
        rows = [Choice(one.id, days.short(one.text.date), excerpt(one.text.body)) for one in notes]

        def chosen(note_id: str | None) -> None:
            if note_id is not None:
                own = closing.own_appreciation(self._journal)
                entry = next((one for one in self.query(FormEntry) if one.name_of == own), None)
                if entry is not None:
                    entry.add(said[note_id])

        if rows:
            self.app.push_screen(ChoiceModal(closing.WHICH, rows), chosen)
        else:
            self.say(closing.NO_APPRECIATION)

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Put the words to the other, or say what is wrong with them."""
        if self._is_leaving:
            return
        try:
            text = self._text
        except KapjournalError as error:
            self.say_error(str(error))
            return
        journal, focused, self._is_leaving = self._journal, self.focused, True
        self.query_one("#sheet").disabled = True

        def put() -> Joint:
            journal.refresh()  # somebody may have left meanwhile
            return journal.joints.propose(text)

        background.run(self, put, self._put, partial(self._not_put, focused))

    @property
    def _text(self) -> JointText:
        typed = self._typed
        day, for_therapists = typed.pop(_REVIEW).strip(), typed.pop(_FOR_THERAPISTS, "")
        with self.reading(self._entry(_REVIEW)):
            review: dt.date | None = day_from(day) if day else None
        is_for_them = for_therapists == saying.FOR_THERAPISTS_YES
        return saying.text_of(
            self._kind, typed, before=self._before, review=review, for_therapists=is_for_them
        )

    def _put(self, joint: Joint) -> None:
        shell, journal = self.shell, self._journal
        said = deeds.after_yes(journal, joint)
        self.leave()
        shell.go_to(JointRoute(journal, joint))
        self.app.call_later(shell.say, said)

    def _not_put(self, focused: Widget | None, sentence: str) -> None:
        self._is_leaving = False
        self.query_one("#sheet").disabled = False
        self.say_error(sentence, self._field_of(sentence) or focused)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back; ask first where something was typed."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                self.leave()

        if self._is_leaving:
            return
        if self._has_words:
            question = ConfirmModal(saying.LEAVE_IT, saying.LEAVING, "Leave it", "Go on writing")
            self.app.push_screen(question, answered)
        else:
            self.leave()
