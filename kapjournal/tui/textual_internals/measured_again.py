"""A widget whose text changes twice in quick succession gets the height of what it says last.

Textual counts a widget's wishes for another layout, and keeps the measures taken under each count. A second
wish before the widget had its turn is not counted: where the screen was laid out between the two, the later
text is shown in the height of the former, so that its last row is missing until the window changes.

Private names used here, since nothing public leads to them:

- `Widget._layout_required`: whether the wish is one that Textual does not count.
- `Widget._layout_updates`: the count.
"""

from typing import Any

from textual.widget import Widget

_refresh = Widget.refresh


def _counting_refresh(self: Widget, *regions: Any, layout: bool = False, **named: Any) -> Widget:
    if layout and self._layout_required:
        self._layout_updates += 1
    return _refresh(self, *regions, layout=layout, **named)


def mend_measures() -> None:
    """Let every wish for another layout count; called once, when the app's class is made."""
    Widget.refresh = _counting_refresh  # type: ignore[method-assign, assignment]
