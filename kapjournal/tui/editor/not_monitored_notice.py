"""Under the words of a page: that nobody watches the journal, once a therapist will read it."""

from textual.widgets import Static


class NotMonitoredNotice(Static):
    """Says that nobody watches the journal; its line stays while it is empty, so the page does not move."""

    DEFAULT_CSS = "NotMonitoredNotice { height: auto; min-height: 1; padding: 0 1; color: $warning; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)
