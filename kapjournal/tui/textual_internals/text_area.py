"""A `TextArea` that can be drawn line by line from outside, on a document that wraps quickly.

Private names used here, since nothing public leads to them:

- `TextArea._set_document` makes the documents of the text; ours is `FastWrappedDocument`.
- `TextArea._rewrap_and_refresh_virtual_size` has to follow a new document.
- `TextArea._theme` and `TextArea._draw_cursor` say how the cursor and the selection look, and whether the
  cursor is shown this moment.
- `textual.document._document` and `_document_navigator` hold the classes of document, place and navigator.
"""

from rich.style import Style
from textual.document._document import DocumentBase, Location
from textual.document._document_navigator import DocumentNavigator
from textual.events import MouseEvent
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from kapjournal.tui import graphemes
from kapjournal.tui.textual_internals.taken_away import is_being_taken_away
from kapjournal.tui.textual_internals.wrapping import CountingDocument, FastWrappedDocument


class GraphemeNavigator(DocumentNavigator):
    """Goes from one place to the next by what a person takes for a character."""

    def get_location_left(self, location: Location) -> Location:
        """The place one character to the left."""
        row, column = location
        if column == 0:
            return super().get_location_left(location)
        return row, graphemes.before(self._document[row], column)

    def get_location_right(self, location: Location) -> Location:
        """The place one character to the right."""
        row, column = location
        if self.is_end_of_document_line(location):
            return super().get_location_right(location)
        return row, graphemes.after(self._document[row], column)

    def get_location_above(self, location: Location) -> Location:
        """The place in the line above."""
        return _beginning(self._document, super().get_location_above(location))

    def get_location_below(self, location: Location) -> Location:
        """The place in the line below."""
        return _beginning(self._document, super().get_location_below(location))

    def get_location_at_y_offset(self, location: Location, vertical_offset: int) -> Location:
        """The place so many lines further down."""
        return _beginning(self._document, super().get_location_at_y_offset(location, vertical_offset))


def _beginning(document: DocumentBase, location: Location) -> Location:
    row, column = location
    return row, graphemes.beginning(document[row], column)


class DrawableTextArea(TextArea):
    """A plain text area that says how its text, selection and cursor are styled."""

    wrapped_document: FastWrappedDocument

    def __init__(self, text: str, *, placeholder: str, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, highlight_cursor_line=False, placeholder=placeholder)
        self._set_document(text, None)  # not before: `TextArea` would break all of it by its own rule

    def _set_document(self, text: str, language: str | None) -> None:
        before = self.document
        if not isinstance(before, CountingDocument) or before.text != text:
            self.document = CountingDocument(text)
            self.wrapped_document = FastWrappedDocument(self.document, self.wrap_width, self.indent_width)
            self.navigator = GraphemeNavigator(self.wrapped_document)
        if is_being_taken_away(self):  # there may be no screen left to scroll
            self.set_reactive(TextArea.selection, Selection())
        else:
            self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def get_target_document_location(self, event: MouseEvent) -> Location:
        """The place that was pointed at; no place inside a character."""
        return _beginning(self.document, super().get_target_document_location(event))

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Nothing: these are words, and looking for the other bracket can go through all of them."""
        return None

    @property
    def text_style(self) -> Style:
        """The style of plain text."""
        return self._theme.base_style or self.rich_style

    @property
    def selected_style(self) -> Style:
        """The style of selected text."""
        return self._theme.selection_style or Style()

    @property
    def shown_cursor_style(self) -> Style | None:
        """The style of the cursor; None while it is not shown."""
        return (self._theme.cursor_style or Style()) if self._draw_cursor else None
