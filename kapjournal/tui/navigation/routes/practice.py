"""The couples of a practice and their clinical records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.tui.navigation.routes.route import InJournal

if TYPE_CHECKING:
    from kapjournal.domain.couples import Couple
    from kapjournal.domain.forms import About
    from kapjournal.domain.kept import KeptNote
    from kapjournal.domain.packs import Pack, Withheld
    from kapjournal.domain.pad import PadDraft
    from kapjournal.domain.record_drafts import RecordDraft
    from kapjournal.domain.records import Record
    from kapjournal.journal import Journal, OpenPad
    from kapjournal.presentation.agreed import AgreedOnThePad


class WillRoute(InJournal):
    """The will of a practice."""

    SCREEN = "will.WillScreen"


class NewWillRoute(InJournal):
    """The three shares of a new will, which holds once a word of each was typed back."""

    SCREEN = "will.NewWillScreen"
    shares: Sequence[str]
    custodian: str
    beside: str


class CouplesRoute(InJournal):
    """The couples of a practice (a therapist's home); `chosen` is the name of the one the cursor is on,
    `resume` the id of the draft of a record to go on with."""

    SCREEN = "couples.CouplesScreen"
    chosen: str = ""
    resume: str = ""


class AddCoupleRoute(InJournal):
    """The form that adds a couple whose journal there is already."""

    SCREEN = "add_couple.AddCoupleScreen"


class RecordsRoute(InJournal):
    """The clinical record of a couple; without one, what colleagues shared. `theirs` is the couple's journal
    where it is open."""

    SCREEN = "records.RecordsScreen"
    couple: "Couple | None"
    theirs: "Journal | None" = None


class LetterRoute(InJournal):
    """A letter to the prescriber of one partner of a couple; `theirs` is the couple's journal where it is
    open."""

    SCREEN = "letter.LetterScreen"
    couple: "Couple"
    theirs: "Journal | None" = None


class PacksRoute(InJournal):
    """The packs of a couple for requests for access; `theirs` is the couple's journal where it is open."""

    SCREEN = "packs.PacksScreen"
    couple: "Couple"
    theirs: "Journal | None" = None


class PackRoute(InJournal):
    """What goes into a pack, to look through; `theirs` is the couple's journal where it is open."""

    SCREEN = "pack.PackScreen"
    couple: "Couple"
    pack: "Pack"
    theirs: "Journal | None" = None


class MakePackRoute(InJournal):
    """The form by which a pack is made, but for what is withheld."""

    SCREEN = "make_pack.MakePackScreen"
    couple: "Couple"
    pack: "Pack"
    withheld: "Sequence[Withheld]"
    theirs: "Journal | None" = None


class _RecordRoute(InJournal):
    record: "Record"
    couple: "Couple | None"


class RecordRoute(_RecordRoute):
    """One clinical record, to read."""

    SCREEN = "record.RecordScreen"


class RecordHistoryRoute(_RecordRoute):
    """The versions of one clinical record."""

    SCREEN = "record_history.RecordHistoryScreen"


class KeptRoute(InJournal):
    """A partner's page that was kept in the record, to read."""

    SCREEN = "kept_page.KeptPageScreen"
    note: "KeptNote"
    couple: "Couple | None"


class RecordPageRoute(InJournal):
    """The page of a form on the way; `unsaved` words are saved at once."""

    SCREEN = "record_page.RecordPageScreen"
    draft: "RecordDraft"
    unsaved: bool = False


class BriefRoute(InJournal):
    """One screen on a couple of the practice before a session; `theirs` is their journal if it is open."""

    SCREEN = "brief.BriefScreen"
    couple: "Couple"
    theirs: "Journal | None" = None


class SavePageRoute(InJournal):
    """The form that saves a page of text in a file of this name."""

    SCREEN = "save_page.SavePageScreen"
    text: str
    name: str


class UnsignedRoute(InJournal):
    """The records of every couple that wait for the member's signature."""

    SCREEN = "unsigned.UnsignedScreen"


class PadRoute(InJournal):
    """The dose pad of a couple's session, with what was agreed before; `unsaved` rows are saved at once; the
    first row of an empty pad is that of `turn`."""

    SCREEN = "dose_pad.DosePadScreen"
    couple: "Couple"
    opened: "OpenPad"
    agreed: "AgreedOnThePad"
    unsaved: "PadDraft | None"
    turn: "About"


class SearchAcrossRoute(InJournal):
    """The search through the record and the journals of all couples of a practice."""

    SCREEN = "search_across.SearchAcrossScreen"
