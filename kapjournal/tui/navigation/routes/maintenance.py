"""Members, keys, copies and settings."""

from kapjournal.tui.navigation.routes.route import InJournal, Route


class NewRecoveryWordsRoute(InJournal):
    """New recovery words for a door that is open."""

    SCREEN = "recovery_words.NewRecoveryWordsScreen"
    words: str


class NewKeysRoute(InJournal):
    """New recovery words for new keys, which hold with the passphrase that was chosen."""

    SCREEN = "new_keys.NewKeysScreen"
    words: str
    passphrase: str


class PeopleRoute(InJournal):
    """The members and the invitations."""

    SCREEN = "people.PeopleScreen"


class ExportRoute(InJournal):
    """The form that takes notes out of the journal."""

    SCREEN = "export.ExportScreen"


class ArchiveRoute(InJournal):
    """The form that writes all a member can read."""

    SCREEN = "archive.ArchiveScreen"


class ImportRoute(InJournal):
    """The form that brings in notes of another program."""

    SCREEN = "import_notes.ImportScreen"


class ImportsRoute(InJournal):
    """What was imported."""

    SCREEN = "imports.ImportsScreen"


class MergeRoute(InJournal):
    """The form that brings in another copy of the journal."""

    SCREEN = "merge.MergeScreen"


class BackupRoute(InJournal):
    """The form that writes a sealed backup of the whole journal."""

    SCREEN = "backup.BackupScreen"


class CheckRoute(InJournal):
    """The check of the journal."""

    SCREEN = "check.CheckScreen"


class CopyRoute(InJournal):
    """The form that writes a copy: for another computer of the member, or for whom they invited by `name`."""

    SCREEN = "copy.CopyScreen"
    name: str = ""


class ApartRoute(InJournal):
    """The form in which sharing is ended."""

    SCREEN = "apart.ApartScreen"


class SettingsRoute(Route):
    """The settings of this computer."""

    SCREEN = "settings.SettingsScreen"
