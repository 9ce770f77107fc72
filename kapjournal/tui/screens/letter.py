"""A letter to the prescriber of one partner: the form it is asked for with, then its page."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Select, Static

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.letter import MAX_RESPONSE, NO_QUESTION
from kapjournal.domain.records import Record
from kapjournal.domain.signing import MAX_NAME
from kapjournal.errors import KapjournalError
from kapjournal.presentation import letter_view as saying
from kapjournal.presentation.letter import NOBODY, Letter, text, without_measures
from kapjournal.presentation.records import partner_choices
from kapjournal.text import MAX_LINE, shown, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.navigation.routes import SavePageRoute
from kapjournal.tui.rendering.letter import letter_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.signer_fields import SignerFields
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class LetterScreen(JournalScreen, Form[None]):
    """Asks, shows the page, and writes it into the record once it is finished. Nothing is kept before."""

    NAME = "letter"
    CSS_PATH = "letter.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"{saying.WHAT_IT_IS} What you type is refused where it names them. The response is what you type, "
        "or what you wrote in a field of your progress notes about this partner, session by session.\n\n"
        "“Show it” shows the page; {back} leads back to the fields. {finish-letter} finishes it: it is "
        "written into the record as a contact note, which you can sign there. Then {save-page} saves the "
        "page to a file, to print it: there it is not sealed. A letter that is not finished is not kept."
    )

    def __init__(self, journal: "Journal", couple: Couple, theirs: "Journal | None" = None) -> None:
        """Of a couple of the practice `journal`; `theirs` is their journal where it is open."""
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._theirs = theirs
        self._letter: Letter | None = None
        self._is_kept = False
        self.busy = False
        """Whether the letter is being read or kept: then the screen stays, and nothing else is begun."""

    def compose(self) -> ComposeResult:
        """The fields; and out of sight the page."""
        couple = self._couple
        partners = list(partner_choices(couple).items()) if couple else []
        responses = [("what is typed here", ""), *saying.response_choices().items()]
        yield TopBar(self._journal.me.label, self.couple_name)
        with VerticalScroll(id="form", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("A letter to the prescriber", markup=False, classes="heading")
            with Horizontal(classes="pair"):
                with Vertical():
                    yield Static("About", markup=False, classes="caption")
                    yield Select(partners, value=About.FIRST, allow_blank=False, id="about")
                with Vertical():
                    yield Static("To", markup=False, classes="caption")
                    yield Field(placeholder=NOBODY, max_length=MAX_NAME, id="to")
            yield Static("The question, one sentence", markup=False, classes="caption")
            yield Field(max_length=MAX_LINE, missing=NO_QUESTION, id="question")
            yield Static("How they responded, in your words", markup=False, classes="caption")
            with Horizontal(classes="pair"):
                with Vertical(classes="narrow"):
                    yield Select(responses, value="", allow_blank=False, id="from")
                with Vertical():
                    yield Field(max_length=MAX_RESPONSE, placeholder="may be empty", id="response")
            yield SignerFields(self.shell.signers.get(self._journal.me.id), is_optional=True)
            with Horizontal(classes="buttons"):
                yield Button("Show it", variant="primary", id="show")
                yield Button("Back", id="back")
        with Center(id="sheet"), Vertical(id="page"):
            yield Static("", markup=False, id="state")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with whom it is about."""
        self._show_form()

    def on_unmount(self) -> None:
        """Forget the letter."""
        self._couple = self._letter = self._theirs = None

    @property
    def left_undone(self) -> str:
        """That a letter that was not finished is gone."""
        return "" if self._is_kept else saying.NOT_FINISHED

    @property
    def _about(self) -> About:
        return About(str(self.query_one("#about", Select).value))

    @on(Select.Changed, "#about")
    def _suggest(self) -> None:
        """Show in the empty field to whom it goes then."""
        couple, about = self._couple, self._about
        if couple is not None:

            def show(name: str) -> None:
                if self._couple is not None and self._about is about:
                    self.query_one("#to", Field).placeholder = shown_line(name) or NOBODY

            work = partial(saying.suggested_to, self._journal, couple, about)
            background.run(self, work, show, self.say_error, group="suggested")

    @on(Select.Changed, "#from")
    def _choose_response(self) -> None:
        """Take words only where they are what counts."""
        self.query_one("#response", Field).disabled = bool(self.query_one("#from", Select).value)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#show")
    def _read(self) -> None:
        couple = self._couple
        if couple is None or self.busy or not self.is_complete:
            return
        field = str(self.query_one("#from", Select).value)
        try:
            with self.reading("name"):
                signer = self.query_one(SignerFields).signer_if_any
            asked = saying.Asked(
                self._about,
                self.query_one("#question", Field).value,
                "" if field else self.query_one("#response", Field).value,
                field,
                self.query_one("#to", Field).value,
                signer,
            )
        except KapjournalError as error:
            self.say_error(str(error))
            return
        self._begin("Reading…")
        work = partial(saying.read_letter, self._journal, couple, asked, self._theirs)
        background.run(self, work, self._show_page, self._not_done)

    def _begin(self, progress: str) -> None:
        self.busy = True
        self.say(progress)
        self.refresh_bindings()

    def _not_done(self, sentence: str) -> None:
        self.busy = False
        self.refresh_bindings()
        self.say_error(sentence)

    def _show_form(self) -> None:
        self._letter = None
        self.query_one("#form").display, self.query_one("#sheet").display = True, False
        self.query_one("#about").focus()
        self.refresh_bindings()

    def _show_page(self, letter: Letter) -> None:
        self._letter, self.busy = letter, False
        self.query_one("#form").display, self.query_one("#sheet").display = False, True
        self._say_state(saying.FINISHING, "Press {finish-letter} to finish it.", without_measures(letter))
        page = self.query_one(RenderedText)
        page.show_blocks(letter_page(letter))
        page.focus()
        self.say("")
        self.refresh_bindings()

    def _say_state(self, *sentences: str) -> None:
        said = " ".join(filter(None, sentences))
        self.query_one("#state", Static).update(shown(self.shell.with_keys(said)))

    def why_not(self, action: str) -> str:
        """A page is finished, and a finished one is saved."""
        if action == "finish" and self._letter is None:
            return saying.SHOW_FIRST
        if action == "finish" and self._is_kept:
            return saying.FINISHED
        if action == "save_page" and not self._is_kept:
            return saying.FINISH_FIRST
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing while something is being done; locking takes the screen away all the same."""
        return False if self.busy else super().check_action(action, parameters)

    def action_finish(self) -> None:
        """Write the letter into the record, once."""
        couple, letter = self._couple, self._letter
        if couple is None or letter is None or self._is_kept or self.busy:
            return
        self._begin("Writing it down…")
        work = partial(saying.keep, self._journal, couple, self._about, letter)
        background.run(self, work, self._kept, self._not_done)

    def _kept(self, record: Record) -> None:
        self.busy, self._is_kept = False, True
        self._say_state(saying.finished(self._journal, record), "Press {save-page} to save it in a file.")
        self.say("")
        self.refresh_bindings()

    def action_save_page(self) -> None:
        """Go to the form that saves the finished page."""
        if self._letter is not None and self._is_kept:
            self.shell.go_to(SavePageRoute(self._journal, text(self._letter), "letter.txt"))

    def action_back(self) -> None:
        """From a page that is not finished back to the fields; else to the record."""
        if self._letter is not None and not self._is_kept:
            self._show_form()
        else:
            self.leave()
