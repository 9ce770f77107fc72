"""What the palette knows beside the registry: other words for actions, and where they are done."""

from collections.abc import Mapping

OTHER_WORDS: Mapping[str, str] = {
    "new-page": "new page note compose journal entry",
    "lock": "close hide away secure log out logout sign",
    "help": "explain keys shortcuts manual what",
    "quit": "exit leave end close bye",
    "write": "new page note compose journal entry",
    "search": "find look filter tags across couples",
    "drafts": "unfinished pages continue resume",
    "findings": "problems damaged missing warnings",
    "add-session": "new appointment date",
    "edit-session": "edit appointment date move delete",
    "plan": "planned doses sessions number how many",
    "export": "save markdown files print download",
    "merge": "merge sync import other computer unite",
    "copy": "sync another second computer",
    "backup": "save safe archive",
    "check": "verify integrity whole damaged encrypted",
    "settings": "preferences options theme colours keys hotkeys keyboard shortcuts "
    "timeout timer autolock country language",
    "our-keys": "reset shortcuts",
    "to-course": "timeline sessions",
    "to-notes": "list",
    "share": "readers give show send who can private",
    "previous-note": "back up earlier",
    "next-note": "forward down later",
    "next-place": "hit match result found word search",
    "edit": "edit rewrite correct rename title",
    "withdraw": "unshare revoke take back hide readers private",
    "done": "save finish publish",
    "details": "kind session date tags readers share",
    "use-details": "save done ok",
    "discard": "delete remove trash",
    "discard-chosen": "delete remove trash",
    "people": "members partner therapist verify compare invite remove",
    "acknowledge": "joined newcomer known seen",
    "invite": "add member join code",
    "verify": "verify digits fingerprint trust keys",
    "cancel-invitation": "revoke code delete",
    "copy-for": "file newcomer",
    "remove": "delete member revoke",
    "change-passphrase": "password change secret door",
    "recovery-words": "recovery phrase 24 forgotten password backup",
    "new-keys": "stolen compromised password leaked",
    "forgot": "passphrase password reset recover",
    "join": "invitation invited member",
    "another": "file new create start demo",
    "restore": "recover",
    "kind": "type template",
    "previous-prompt": "previous prompt question",
    "next-prompt": "next prompt question",
    "take-prompt": "heading question",
    "rendered": "preview markdown rendered",
    "history": "versions earlier previous undo changes",
    "sign": "signature lock finalise",
    "co-sign": "signature cosign countersign",
    "add-to": "addendum amendment late entry append correct",
    "unsigned": "sign waiting pending outstanding",
    "brief": "summary overview before session four minutes prepare",
    "letter": "prescriber doctor write question dose report",
    "finish-letter": "send record done",
    "save-page": "print file export",
    "clear": "sign discharge clearance leave home",
    "set-apart": "unsigned split separate",
    "keep-in-record": "record copy retain",
    "withdrawn": "kept gone unshared record copy",
    "attach": "file picture image photo",
    "save-file": "attachment download picture",
    "remove-file": "attachment delete",
    "delete": "remove erase trash",
    "use-again": "restore revert earlier",
    "record": "chart file clinical notes soap dap birp girp progress intake process safety",
    "shared-records": "colleague supervision read chart",
    "new-record": "new page note compose form soap dap birp girp progress intake process safety",
    "throw-away": "delete remove trash",
    "edit-record": "edit rewrite correct",
    "share-record": "colleague readers give show send who can private",
    "withdraw-record": "unshare revoke take back hide readers private",
    "give": "copy hand out access request partner",
    "layout": "soap dap birp girp headings switch",
    "record-history": "versions earlier previous undo changes",
    "record-done": "save finish publish",
    "pad": "dosing monitoring timeline vitals blood pressure ketamine medicine session record",
    "stamp": "note timeline observation time now",
    "vitals": "blood pressure pulse heart rate oxygen spo2",
    "dose": "medicine booster amount mg give",
    "spit": "swallowed lozenge",
    "effect": "side nausea dizziness dissociation headache",
    "strike": "delete remove trash mistake",
    "ready": "clearance food medicines sleep ride chaperone consent before",
    "rest": "discharge adverse escort start stop",
    "pad-done": "save finish",
    "discard-record": "delete remove trash",
}
"""Words a person may look for that stand neither in the label nor in the sentence of an action, by its id."""

OF_THE_JOURNAL = frozenset(
    {
        "search",
        "drafts",
        "findings",
        "add-session",
        "plan",
        "export",
        "merge",
        "copy",
        "backup",
        "check",
        "settings",
        "people",
        "change-passphrase",
        "recovery-words",
        "new-keys",
        "record",
    }
)
"""What can be done from every screen that lies over the course."""

WHERE: Mapping[str, str] = {
    "app": "Leave this page first.",
    "reader": "Open a note first.",
    "course": "Go back to the course first.",
    "editor": "Open a page first.",
    "history": "Open the history of a note first.",
    "drafts": "Choose a draft first.",
    "people": "Go to People first.",
    "settings": "Go to the settings first.",
    "doors": "At the doors of the journal.",
}
"""What is said of an action that belongs to another screen: of its screens the first of these."""

ONCE_OPEN = "Open your door first."
OF_A_COUPLE = "Open the journal of a couple first."

LETTERS = (
    "Your terminal sets the size of letters.",
    "Mostly it is Ctrl and +, on a Mac Cmd and +.",
)
LETTERS_WORDS = "font bigger larger smaller size letters text zoom"
EMERGENCY_WORDS = "emergency crisis hotline danger suicide help"

DARK_WORDS = "colours colors appearance mode dark night dim"
LIGHT_WORDS = "colours colors appearance mode light bright day white"
"""Words for themes of either kind."""
