"""The ways from the course to other screens, which ask nothing of what is chosen in it."""

from kapjournal.domain.notes import NoteKind
from kapjournal.presentation import steps
from kapjournal.tui.navigation.routes import (
    BookletRoute,
    BroughtRoute,
    CheckInsRoute,
    DialoguesRoute,
    IntentionsRoute,
    LoopRoute,
    MarksRoute,
    MeasuresRoute,
    TogetherRoute,
    WaitingRoute,
    in_steps,
)
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.screens.typed_for import type_for


class WaysFromCourse(JournalScreen):
    """What can be gone to and begun from home."""

    def action_add_session(self) -> None:
        """Put a session into the course."""
        from kapjournal.tui.modals.session import SessionModal  # noqa: PLC0415

        self.app.push_screen(SessionModal(self._journal, None), self._say_done)

    def action_policy(self) -> None:
        """Show what the couple chose; a therapist changes it there."""
        from kapjournal.tui.modals.policy import PolicyModal, policy_page  # noqa: PLC0415

        journal = self._journal
        if journal.me.role.is_therapist:
            self.app.push_screen(PolicyModal(journal), self._say_done)
        else:
            self.app.push_screen(policy_page(journal))

    def action_brought(self) -> None:
        """Go to what is marked for the next session."""
        self.shell.go_to(BroughtRoute(self._journal))

    def action_brief(self) -> None:
        """Show what is needed before a session of this couple."""
        self.shell.open_brief()

    def action_record(self) -> None:
        """Open the clinical record of this couple, which lies in the practice."""
        self.shell.open_record()

    def action_measures(self) -> None:
        """Go to the measures."""
        self.shell.go_to(MeasuresRoute(self._journal))

    def action_waiting(self) -> None:
        """Go to what waits."""
        self.shell.go_to(WaitingRoute(self._journal))

    def action_together(self) -> None:
        """Go to what the two approve."""
        self.shell.go_to(TogetherRoute(self._journal))

    def action_booklet(self) -> None:
        """Go to the form that saves the booklet."""
        self.shell.go_to(BookletRoute(self._journal))

    def action_check_ins(self) -> None:
        """Go to the check-ins and after-effects cards."""
        self.shell.go_to(CheckInsRoute(self._journal))

    def action_marks(self) -> None:
        """Go to the therapist's safety marks."""
        self.shell.go_to(MarksRoute(self._journal))

    def action_intentions(self) -> None:
        """Go to the thread of intentions."""
        self.shell.go_to(IntentionsRoute(self._journal))

    def action_dialogue(self) -> None:
        """Go to the dialogues of the two."""
        self.shell.go_to(DialoguesRoute(self._journal))

    def action_parts(self) -> None:
        """Begin a parts check-in."""
        self._begin_in_steps(NoteKind.PARTS)

    def action_witness(self) -> None:
        """Begin the page of a witness."""
        self._begin_in_steps(NoteKind.WITNESS)

    def _begin_in_steps(self, kind: NoteKind) -> None:
        self.shell.go_to(in_steps(self._journal, steps.begin(self._journal, kind)))

    def action_loop(self) -> None:
        """Go to the loop: both halves, once both are released."""
        self.shell.go_to(LoopRoute(self._journal))

    def action_scribe(self) -> None:
        """Choose whose words are typed; then type them."""
        type_for(self, self._journal)

    def action_plan(self) -> None:
        """Say how many sessions there are to be."""
        from kapjournal.tui.modals.plan import PlanModal  # noqa: PLC0415

        self.app.push_screen(PlanModal(self._journal), self._say_done)
