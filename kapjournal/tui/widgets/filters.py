"""The filters of a search: author, session, kind, tag."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Select

from kapjournal.domain.filters import FilterOptions
from kapjournal.text import shown_line

_ANY = {"by": "anybody", "session": "any session", "kind": "any kind", "tag": "any tag"}


class Filters(Horizontal):
    """Four choices in one line; Enter or a click opens one, and nothing chosen means all."""

    def compose(self) -> ComposeResult:
        """Four lists, empty until there is something to choose from."""
        for name, prompt in _ANY.items():
            yield Select[Any]([], prompt=prompt, id=name, compact=True)

    def offer(self, given: FilterOptions) -> None:
        """Fill the choices, and leave what is chosen as it is."""
        labels: Mapping[str, list[tuple[str, Any]]] = {
            "by": [(label, label) for label in given.by],
            "session": [(f"session {number}", number) for number in given.session],
            "kind": [(kind.value, kind) for kind in given.kind],
            "tag": [(f"#{tag}", tag) for tag in given.tag],
        }
        for name, options in labels.items():
            select, chosen = self._select(name), self.chosen.get(name)
            with self.prevent(Select.Changed):
                select.set_options([(Text(shown_line(label)), value) for label, value in options])
                if chosen in [value for _, value in options]:
                    select.value = chosen

    def _select(self, name: str) -> Select[Any]:
        return self.query_one(f"#{name}", Select)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters as the journal's search takes them; empty where nothing is chosen."""
        given = {name: self._select(name).value for name in _ANY}
        return {name: value for name, value in given.items() if value is not Select.NULL}

    def clear(self) -> None:
        """Choose nothing."""
        for name in _ANY:
            self._select(name).clear()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Show which of them narrow the search."""
        event.select.set_class(event.value is not Select.NULL, "-chosen")
