"""A dialog that says whom to call, over whatever is on the screen."""

from kapjournal.presentation import crisis_notice
from kapjournal.tui.modals.help import TextModal


class CrisisModal(TextModal):
    """Shows the crisis lines of a country, and that nobody watches the journal."""

    HELP = (
        "This says whom to call in an emergency, for the country of your settings. It is one key away on "
        "every screen, and what you were doing waits under it. {back} closes it."
    )

    def __init__(self, country: str) -> None:
        super().__init__(crisis_notice.WHOM_TO_CALL, "\n\n".join(crisis_notice.crisis_lines(country)))
