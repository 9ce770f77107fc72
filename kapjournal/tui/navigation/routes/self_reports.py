"""Check-ins and after-effects cards."""

from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.ids import MemberId
    from kapjournal.domain.self_reports import Report, SelfReport, SelfReportDraft


class CheckInsRoute(InJournal):
    """The check-ins and after-effects cards that the member can read."""

    SCREEN = "check_ins.CheckInsScreen"


class _SelfReportDraftRoute(InJournal):
    draft: "SelfReportDraft"
    unsaved: bool = False


class CheckInRoute(_SelfReportDraftRoute):
    """A check-in that a partner makes; `unsaved` values are saved at once."""

    SCREEN = "check_in.CheckInScreen"


class AfterEffectsRoute(_SelfReportDraftRoute):
    """A card on after-effects that a partner fills; `unsaved` answers are saved at once."""

    SCREEN = "after_effects.AfterEffectsScreen"


class SelfReportRoute(InJournal):
    """One check-in or card, to read."""

    SCREEN = "self_report.SelfReportScreen"
    report: "SelfReport[Report]"


class TrendsRoute(InJournal):
    """The check-ins of one `person` over the course."""

    SCREEN = "trends.TrendsScreen"
    person: "MemberId"


class SaveTrendsRoute(InJournal):
    """The form that saves one `slider` of a `person`'s check-ins as a picture, all as a table without one."""

    SCREEN = "save_trends.SaveTrendsScreen"
    person: "MemberId"
    slider: str
