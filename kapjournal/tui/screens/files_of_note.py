"""What the reader does with the files of its note: attach, save, remove, show a picture."""

from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.geometry import Size
from textual.widgets import OptionList

from kapjournal.domain.attachments import AttachmentKind, Chosen
from kapjournal.domain.notes import Note
from kapjournal.presentation import attachments
from kapjournal.presentation.people import others_in_words
from kapjournal.tui import background
from kapjournal.tui.navigation.routes import AttachRoute, SaveFileRoute
from kapjournal.tui.note_data import bytes_of_file, file_lines
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.file_list import FileList
from kapjournal.tui.widgets.picture_view import PictureView, Wanted
from kapjournal.tui.widgets.rendered_text import RenderedText

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class FilesOfNote(JournalScreen):
    """A screen of one note, with a `FileList`, and a `PictureView` above its words."""

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__(journal)
        self._note = note

    @property
    def _mine(self) -> bool:
        return self._note.author == self._journal.me.id

    def show(self, note: Note) -> None:
        """Show the note as it is now."""
        raise NotImplementedError

    def show_files(self) -> None:
        """Show what is attached to the note."""
        self.query_one(FileList).show(file_lines(self._note))
        self._show_picture()

    @on(OptionList.OptionHighlighted)
    def _show_picture(self) -> None:
        """Show the chosen file, if it is a picture and the person wants to see pictures."""
        chosen = self.query_one(FileList).chosen
        wants = self.shell.settings.show_pictures and not self.app.no_color
        wanted = None
        if wants and chosen and chosen.file.kind is AttachmentKind.PICTURE:
            load = partial(bytes_of_file, self._journal, self._note.id, chosen)
            wanted = Wanted(chosen, load, self.say)
        self.query_one(PictureView).show(wanted)

    def room_for_picture(self) -> Size:
        """Half of what the words and the picture have together."""
        page = self.query_one("#note")
        above = [child for child in page.children if not isinstance(child, RenderedText | PictureView)]
        taken = sum(one.outer_size.height + one.styles.margin.height for one in above if one.display)
        return Size(page.content_size.width, (page.content_size.height - taken) // 2)

    def on_resize(self, _: events.Resize) -> None:
        """Let the picture fit the window."""
        self.query_one(PictureView).fit()

    def action_attach(self) -> None:
        """Ask for the file to attach."""
        self.shell.go_to(AttachRoute(self._journal, self._note.id))

    @on(OptionList.OptionSelected)
    def action_save_file(self) -> None:
        """Ask where to save the chosen file."""
        if chosen := self.query_one(FileList).chosen:
            self.shell.go_to(SaveFileRoute(self._journal, self._note.id, chosen))

    @on(events.DescendantFocus, "FileList")
    def _say_keys(self) -> None:
        """Say what can be done with the chosen file."""
        removes = ", {remove-file} removes it" if self.check_action("remove_file", ()) else ""
        self.say(self.shell.with_keys(f"{{save-file}} saves the chosen file{removes}."))

    def action_remove_file(self) -> None:
        """Ask, then remove the chosen file."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        if chosen := self.query_one(FileList).chosen:
            said = attachments.removing(others_in_words(self._journal, self._note))
            consequence = f"{attachments.in_a_line(chosen.file)}\n\n{said}"
            modal = ConfirmModal("Remove this file for good?", consequence, "Remove")
            self.app.push_screen(modal, partial(self._remove_file, chosen))

    def _remove_file(self, chosen: Chosen, sure: bool | None) -> None:
        journal, note_id = self._journal, self._note.id
        if sure:
            background.run(
                self, lambda: journal.attachments.remove(note_id, chosen), self._file_removed, self.say_error
            )

    def _file_removed(self, note: Note) -> None:
        self.show(note)
        self.say(attachments.REMOVED)
