"""Dialogs that put a signature: under a note of one's own, under another's, and under what is added."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Select, Static

from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record
from kapjournal.domain.signing import AddendumKind, SignedDocument, Signer
from kapjournal.errors import KapjournalError
from kapjournal.presentation import signing
from kapjournal.text import MAX_LINE, storable_line
from kapjournal.tui import actions
from kapjournal.tui.modals.dialog import Answer, Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.signer_fields import SignerFields
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class Addition:
    """What goes with the words that are added to what is signed."""

    kind: AddendumKind
    reason: str
    signer: Signer


class SigningDialog(Dialog[Answer], Form[Answer]):
    """Asks how the person signs, filled in with how they did last since the program was started."""

    NAME = "form"
    BINDINGS = actions.bindings(NAME)
    CSS_PATH = ["dialog.tcss", "sign.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose_signer(self) -> ComposeResult:
        """The two fields."""
        yield SignerFields(self.shell.signers.get(self._journal.me.id))

    @on(Button.Pressed, "#sign")
    def _sign(self) -> None:
        if not self.is_complete:
            return
        try:
            signer = self.query_one(SignerFields).signer
            self.sign(signer)
        except KapjournalError as error:
            self.say_error(str(error))
        else:
            self.shell.signers[self._journal.me.id] = signer

    def sign(self, signer: Signer) -> None:
        """Do it, with a name that can stand under a record."""
        raise NotImplementedError

    def answer(self, answer: Answer) -> None:
        """Hand it back once the signature is there."""
        self.dismiss(answer)


class SignModal(SigningDialog[str]):
    """Hands back a sentence when a note or record is signed: by its author, or by somebody else as well."""

    def __init__(self, journal: "Journal", of: Note | Record, name: str, *, is_late: bool = False) -> None:
        """What is signed, by the `name` that lists call it; a late entry needs a reason."""
        super().__init__(journal)
        self._of, self._seen, self._called = of.id, of.versions, name
        self._is_mine = of.author == journal.me.id
        self._is_late = is_late and self._is_mine

    def on_unmount(self) -> None:
        """Forget its name."""
        self._called = ""

    def compose(self) -> ComposeResult:
        """What is signed, how the person signs, why it is late if it is, and what signing does."""
        verb = "Sign" if self._is_mine else "Co-sign"
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(f"{verb} this", markup=False, classes="heading")
            yield Static(f"“{self._called}”", markup=False)
            yield from self.compose_signer()
            if self._is_late:
                yield Static(signing.IS_LATE, markup=False, classes="caption")
                yield Field(
                    placeholder="the reason, in a line",
                    max_length=MAX_LINE,
                    missing=signing.NO_REASON_FOR_LATE,
                    id="late",
                )
            consequence = signing.SIGNING if self._is_mine else signing.COSIGNING
            yield Static(consequence, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(verb, variant="primary", id="sign")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name").focus()

    def sign(self, signer: Signer) -> None:
        """Put the signature under it."""
        of, use_cases = self._of, self._journal.signing
        late = self.query_one("#late", Field).value if self._is_late else ""
        sign = partial(use_cases.sign, seen=self._seen, late=late)
        deed: Callable[[str, Signer], SignedDocument] = sign if self._is_mine else use_cases.cosign
        done = signing.SIGNED if self._is_mine else signing.COSIGNED
        self.run_once("Signing…", lambda: deed(of, signer), lambda _: self.answer(done))


class AddToModal(SigningDialog[Addition]):
    """Hands back what goes with the words; nothing is added yet."""

    def compose(self) -> ComposeResult:
        """What it is, why, and who signs it."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("Add this to what is signed", markup=False, classes="heading")
            with Horizontal(id="what"):
                with Vertical():
                    yield Static("As", markup=False, classes="caption")
                    yield Select(
                        [(kind.capitalize(), kind) for kind in _KINDS],
                        value=AddendumKind.ADDENDUM,
                        allow_blank=False,
                    )
                with Vertical():
                    yield Static("Why", markup=False, classes="caption")
                    yield Field(
                        placeholder="the reason, in a line",
                        max_length=MAX_LINE,
                        missing=signing.NO_REASON,
                        id="reason",
                    )
            yield Static("", markup=False, classes="quiet", id="kind-in-words")
            yield from self.compose_signer()
            yield Static(signing.ADDING, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Sign and add", variant="primary", id="sign")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Begin with the kind, which the reason follows."""
        self.query_one(Select).focus()

    @on(Select.Changed)
    def _explain(self) -> None:
        said = f"{self._kind.capitalize()}: {_KINDS[self._kind]}."
        self.query_one("#kind-in-words", Static).update(said)

    @property
    def _kind(self) -> AddendumKind:
        return AddendumKind(str(self.query_one(Select).value))

    def sign(self, signer: Signer) -> None:
        """Hand it back (`UsageError` for a reason that cannot be kept)."""
        reason = storable_line(self.query_one("#reason", Field).value, "reason")
        self.dismiss(Addition(self._kind, reason, signer))


_KINDS = signing.ADDENDUM_KIND_IN_WORDS
