"""What partners keep, and what a partner has before a session."""

from kapjournal.tui.navigation.routes.route import InJournal


class BookletRoute(InJournal):
    """The form that saves the booklet of what both partners approved."""

    SCREEN = "booklet.BookletScreen"


class OwnBriefRoute(InJournal):
    """A partner's own page before a session."""

    SCREEN = "brief.OwnBriefScreen"
