"""The versions of a note of the member, and what changed from each to the next."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal import clock
from kapjournal.domain.notes import Note, NoteVersion, draft_of, told_apart
from kapjournal.domain.signing import SIGNED_IS_LOCKED
from kapjournal.presentation import days, not_possible
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.differences import SAME, differences
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class HistoryScreen(JournalScreen):
    """The newest version first; under the list, its changes."""

    NAME = "history"
    CSS_PATH = "history.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the versions of your note, the newest first. Only you can see them: readers see the note "
        "as it is now.\n\nUnder the list stands what changed: lines with + were added, lines with - were "
        "taken away, and the words that differ are underlined. {use-again} puts an earlier wording into a "
        "draft; the note changes only when you finish that. Tab goes to the words, to scroll them."
    )

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (18, "-high")]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__(journal)
        self._note = note
        self._versions: list[NoteVersion] = []

    def compose(self) -> ComposeResult:
        """The list of versions, and what changed."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield SelfClearingText(f"The versions of “{self._note.text.name}”", classes="heading")
            yield OptionList(classes="choices")
            yield Static("", markup=False, id="what")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the versions."""
        journal, note_id = self._journal, self._note.id
        background.run(self, lambda: told_apart(journal.notes.history(note_id)), self._list, self.say_error)

    def on_unmount(self) -> None:
        """Forget the versions."""
        self._versions = []
        self._note = self._note.without_words

    def _list(self, versions: list[NoteVersion]) -> None:
        self._versions = versions
        rows = self.query_one(OptionList)
        rows.set_options(Option(self._row(version)) for version in reversed(versions))
        rows.highlighted = 0
        rows.focus()

    def _row(self, version: NoteVersion) -> Content:
        saved = clock.local(version.saved)
        symbol, readers = readers_line.symbol_and_words(
            version.readers, self._journal.members.all(), self._journal.me.id
        )
        now = " · as it is now" if version.number == len(self._versions) else ""
        return Content.assemble(
            (f"{version.number:>3}  ", "$secondary"),
            f"{days.short(saved.date())} {saved:%Y, %H:%M}  ",
            (f"{symbol} {readers}", readers_line.tone(symbol)),
            (now, "$text-muted"),
        )

    @property
    def _chosen(self) -> NoteVersion | None:
        row = self.query_one(OptionList).highlighted
        return self._versions[-1 - row] if row is not None and row < len(self._versions) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        version = self._chosen
        if version is None:
            return
        self.refresh_bindings()
        earlier = self._versions[version.number - 2] if version.number > 1 else None

        def page() -> list[Block]:
            return _page(self._lines_about(earlier, version), earlier, version)

        def arrived(made: list[Block]) -> None:
            if version is self._chosen:
                self.query_one(RenderedText).show_blocks(made)

        said = f"From version {earlier.number} to {version.number}" if earlier else "As it was first written"
        self.query_one("#what", Static).update(said)
        background.run(self, page, arrived, self.say_error, group="differences")

    def _lines_about(self, earlier: NoteVersion | None, version: NoteVersion) -> list[str]:
        """A line for each other thing that changed."""
        if earlier is None:
            return []
        both = zip(self._facts(earlier), self._facts(version), strict=True)
        return [f"{name}: {old or 'none'} → {new or 'none'}" for (name, old), (_, new) in both if old != new]

    def _facts(self, version: NoteVersion) -> Iterator[tuple[str, str]]:
        text = version.text
        yield "Title", shown_line(text.title)
        yield "Kind", text.kind.capitalize()
        yield "Day", days.short(text.date, year=True)
        yield "Session", f"{text.session.number}" if text.session else ""
        yield "Tags", shown_line(" ".join("#" + tag for tag in text.tags))
        yield (
            "Readers",
            readers_line.symbol_and_words(version.readers, self._journal.members.all(), self._journal.me.id)[
                1
            ],
        )

    def why_not(self, action: str) -> str:
        """Every wording but the present one can be used again; nothing changes a signed note."""
        if action != "use_again":
            return ""
        if self._note.is_signed:
            return SIGNED_IS_LOCKED
        version = self._chosen
        is_earlier = version is not None and version.number < len(self._versions)
        return "" if is_earlier else not_possible.PRESENT_WORDING

    @on(OptionList.OptionSelected)
    def _enter(self) -> None:
        self.query_one(RenderedText).focus()

    async def action_use_again(self) -> None:
        """Put the chosen wording into the editor, as a draft of its own: an unfinished one stays."""
        version, note = self._chosen, self._note
        if version is None:
            return
        text = replace(note.text, body=version.text.body, title=version.text.title)
        self.leave()
        await self.shell.open_editor(self._journal, draft_of(note, text), unsaved=True)


def _page(about: list[str], earlier: NoteVersion | None, version: NoteVersion) -> list[Block]:
    """The blocks shown of one version."""
    if earlier is None:
        return blocks(version.text.body)
    lines = [Block(SAME, SAME, Content.styled(line, "$secondary"), gap=False) for line in about]
    changed = differences(earlier.text.body, version.text.body)
    if earlier.text.body == version.text.body:
        changed = [Block(SAME, SAME, Content.styled("The words are the same.", "$text-muted"), gap=False)]
    if lines and changed:
        changed[0] = replace(changed[0], gap=True)
    return [*lines, *changed]
