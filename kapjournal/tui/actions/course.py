"""What can be done with a whole journal: from its course, and with its people."""

from kapjournal.tui.actions.action import Action

COURSE = (
    Action(
        "write",
        "write",
        ("course", "reader", "drafts"),
        "n",
        "write",
        "Write a new note.",
        ("course", "drafts"),
    ),
    Action(
        "search",
        "search",
        ("course", "reader", "couples"),
        "slash",
        "search",
        "Search all you can read.",
        ("course",),
    ),
    Action("drafts", "drafts", ("course",), "d", "drafts", "Go on with something unfinished."),
    Action("reminders", "reminders", ("course",), "R", "reminders", "Read every reminder in full."),
    Action("findings", "findings", ("course",), "f", "findings", "Read what is not as its author left it."),
    Action("add-session", "add_session", ("course",), "a", "add session", "Put a session into the course."),
    Action("edit-session", "edit_session", ("course",), "e", "change session", "Change the chosen session."),
    Action("plan", "plan", ("course",), "number_sign", "plan", "Say how many doses are planned."),
    Action(
        "policy",
        "policy",
        ("course",),
        "P",
        "policy",
        "Read what the couple chose of secrets, and until when a pause lasts.",
    ),
    Action(
        "intentions", "intentions", ("course",), "g", "intentions", "Read the intentions, from the first on."
    ),
    Action(
        "check-ins",
        "check_ins",
        ("course",),
        "u",
        "check-ins",
        "Check in with yourself, or say how it has been since a dose.",
    ),
    Action("parts", "parts", ("course",), "y", "parts", "Check in with a part of you, step by step."),
    Action("to-course", "timeline", ("course",), "left", "course", "Go to the course."),
    Action("to-notes", "notes", ("course",), "right", "notes", "Go to the notes."),
    Action("scribe", "scribe", ("course",), "T", "type for", "Type for a partner who cannot; it is theirs."),
)
"""From the course, much of it from other lists too."""

UPKEEP = (
    Action("export", "export", ("course",), "x", "export", "Take notes out, into files of your own."),
    Action("import", "import_notes", ("course",), "X", "import", "Bring in notes of another program."),
    Action(
        "imported",
        "imported",
        ("import",),
        "f2",
        "imported",
        "See what was imported, and take it out.",
        ("import",),
    ),
    Action(
        "undo-import",
        "undo_import",
        ("imports",),
        "x,delete",
        "take out",
        "Take the chosen import out again.",
        ("imports",),
    ),
    Action(
        "archive",
        "archive",
        ("course", "couples"),
        "A",
        "archive",
        "Put all you can read into files, to be read in again.",
    ),
    Action(
        "merge",
        "merge",
        ("course", "couples"),
        "m",
        "bring in",
        "Bring in another copy of this journal (merge).",
    ),
    Action("copy", "copy", ("course", "couples"), "c", "copy", "Make a copy for another computer of yours."),
    Action(
        "backup", "backup", ("course", "couples"), "B", "backup", "Make a sealed copy of the whole journal."
    ),
    Action(
        "check", "check", ("course", "couples"), "v", "check", "Look whether all is as its author left it."
    ),
    Action(
        "settings",
        "settings",
        ("course", "couples"),
        "comma",
        "settings",
        "Colours, lock time, country, keys.",
    ),
    Action(
        "our-keys", "our_keys", ("settings",), "f8", "first keys", "Undo every change of keys.", ("settings",)
    ),
)
"""What keeps the journal: copies, files, settings."""

PEOPLE = (
    Action(
        "people",
        "people",
        ("course", "couples"),
        "p",
        "people",
        "See who is in this journal, invite, compare.",
    ),
    Action(
        "acknowledge",
        "acknowledge",
        ("course", "people"),
        "k",
        "I know",
        "Say that you know who joined.",
        ("people",),
    ),
    Action("invite", "invite", ("people",), "i", "invite", "Invite somebody into this journal.", ("people",)),
    Action("verify", "verify", ("people",), "v", "compare", "Compare 60 digits with the chosen person."),
    Action(
        "cancel-invitation", "cancel_invitation", ("people",), "c", "cancel", "Cancel the chosen invitation."
    ),
    Action(
        "copy-for", "copy_for", ("people",), "y", "copy", "Make a copy for the chosen person, who is invited."
    ),
    Action("remove", "remove", ("people",), "x", "remove", "Remove the chosen person from this journal."),
    Action(
        "apart",
        "apart",
        ("people",),
        "f4",
        "go apart",
        "End sharing for all of you, and leave with an archive.",
    ),
    Action(
        "change-passphrase",
        "change_passphrase",
        ("course", "people", "couples"),
        "f9",
        "passphrase",
        "Change your passphrase.",
    ),
    Action(
        "recovery-words",
        "new_recovery_words",
        ("course", "people", "couples"),
        "f7",
        "new words",
        "Get new recovery words.",
    ),
    Action(
        "new-keys",
        "new_keys",
        ("course", "people", "couples"),
        "f6",
        "new keys",
        "Get new keys: your passphrase may be known.",
    ),
)
"""With the members, and with the door of the one who is in."""

DOORS = (
    Action("forgot", "forgot", ("doors",), "f3", "forgotten", "Open your door with your recovery words."),
    Action("restore", "restore", ("doors",), "f6", "restore", "Go back to a backup of this journal."),
    Action(
        "shares",
        "shares",
        ("recover",),
        "f4",
        "shares",
        "Go on with two shares of a will.",
        ("recover",),
    ),
    Action(
        "try-shares",
        "try_shares",
        ("shares",),
        "f4",
        "try them",
        "Only say whether the shares would open it.",
        ("shares",),
    ),
    Action(
        "check-backup",
        "check_backup",
        ("restore",),
        "f4",
        "look through",
        "Only look through the backup: whether it is whole, and what it holds.",
        ("restore",),
    ),
    Action("join", "join", ("doors",), "f4", "join", "Join this journal with a code of six words."),
    Action("another", "another", ("doors",), "f5", "another", "Open another journal, or start one."),
)
"""Before a door is open."""
