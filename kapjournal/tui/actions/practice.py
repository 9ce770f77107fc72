"""What can be done in a practice alone: with its couples, and with their clinical record."""

from kapjournal.tui.actions.action import Action

COUPLES = (
    Action(
        "add-couple",
        "add_couple",
        ("couples",),
        "a",
        "add",
        "Add a couple in whose journal you are.",
    ),
    Action(
        "start-couple",
        "start_couple",
        ("couples",),
        "n",
        "start",
        "Start a journal for a couple.",
    ),
    Action(
        "rename-couple", "rename", ("couples",), "e", "rename", "Change the couple's name, or the partners'."
    ),
    Action("couple-up", "move_up", ("couples",), "shift+up", "up", "Move the chosen couple up in your list."),
    Action(
        "couple-down",
        "move_down",
        ("couples",),
        "shift+down",
        "down",
        "Move the chosen couple down in your list.",
    ),
    Action(
        "ask-each-time",
        "ask_each_time",
        ("couples",),
        "o",
        "ask",
        "Let the chosen journal open with this practice, or ask for its own passphrase each time.",
    ),
    Action(
        "withdrawn",
        "withdrawn",
        ("couples",),
        "w",
        "withdrawn",
        "See which pages the chosen couple withdrew or deleted, and which you kept.",
    ),
    Action("locate-couple", "locate", ("couples",), "l", "locate", "Say where the chosen journal lies now."),
)
"""With the list of couples."""

RECORD = (
    Action(
        "record",
        "record",
        ("couples", "course"),
        "r",
        "record",
        "Open the clinical record of this couple.",
        ("couples",),
    ),
    Action(
        "shared-records",
        "shared_records",
        ("couples",),
        "R",
        "shared",
        "Read the records that colleagues shared with you.",
    ),
    Action(
        "brief",
        "brief",
        ("couples", "course"),
        "b",
        "brief",
        "Read on one screen what you need before a session.",
        ("couples",),
    ),
    Action(
        "finish-letter",
        "finish",
        ("letter",),
        "ctrl+s",
        "finish",
        "Finish the letter: it goes into the record.",
        ("letter",),
        True,
    ),
    Action(
        "save-page",
        "save_page",
        ("brief", "letter"),
        "x",
        "save",
        "Save this page in a file.",
        ("brief", "letter"),
    ),
    Action(
        "happened",
        "happened",
        ("brief",),
        "h,enter",
        "what happened",
        "Say what came of what was agreed in supervision, or that what left was destroyed.",
        ("brief",),
    ),
    Action(
        "unsigned",
        "unsigned",
        ("couples",),
        "u",
        "unsigned",
        "See which records of any couple wait for your signature.",
    ),
    Action("new-record", "write_record", ("records",), "n", "write", "Write a new record.", ("records",)),
    Action(
        "letter",
        "letter",
        ("records",),
        "l",
        "letter",
        "Write a letter to the prescriber of one partner.",
    ),
    Action(
        "throw-away", "throw_away", ("records",), "x", "discard", "Throw the chosen draft away.", ("records",)
    ),
    Action("edit-record", "edit", ("record",), "e", "edit", "Change this record.", ("record",)),
    Action("share-record", "share", ("record",), "s", "share", "Let one colleague read this record."),
    Action("withdraw-record", "withdraw", ("record",), "w", "withdraw", "Stop sharing this record."),
    Action("give", "give", ("record",), "p", "give", "Give a partner a copy of this record about them."),
    Action("layout", "layout", ("record",), "l", "layout", "Show this record in another layout."),
    Action(
        "record-history", "history", ("record",), "h", "history", "Go through the versions of this record."
    ),
    Action(
        "record-done",
        "done",
        ("record-page",),
        "ctrl+s",
        "done",
        "Finish: the draft becomes a record.",
        ("record-page",),
        True,
    ),
    Action(
        "pull-in",
        "pull_in",
        ("record-page",),
        "f4",
        "pull in",
        "Pull lines of the record into this field of a write-up.",
        priority=True,
    ),
    Action(
        "discard-record",
        "discard",
        ("record-page",),
        "f8",
        "discard",
        "Throw this draft away.",
        ("record-page",),
        True,
    ),
)
"""With the clinical record of a couple."""

WILL = (
    Action(
        "will",
        "will",
        ("couples", "people"),
        "f8",
        "will",
        "Make, rehearse or revoke your will: a way into the practice for a custodian.",
    ),
    Action("make-will", "make_will", ("will",), "n", "make", "Make a will, or a new one.", ("will",)),
    Action("rehearse-will", "rehearse_will", ("will",), "h", "rehearse", "Prove two shares.", ("will",)),
    Action("revoke-will", "revoke_will", ("will",), "x", "revoke", "Close your will."),
)
"""With the will of a practice."""

PAD = (
    Action("pad", "pad", ("course",), "t", "dose pad", "Open the dose pad of the chosen session."),
    Action("stamp", "stamp", ("pad",), "t", "line", "Stamp a line with the time, and type it.", ("pad",)),
    Action("vitals", "vitals", ("pad",), "v", "vitals", "Stamp a row of vitals.", ("pad",)),
    Action("pad-first", "first", ("pad",), "1", "first", "The next row is the first person's."),
    Action("pad-second", "second", ("pad",), "2", "second", "The next row is the second person's."),
    Action("dose", "dose", ("pad",), "d", "dose", "Stamp a dose or a booster.", ("pad",)),
    Action("spit", "spit", ("pad",), "s", "spat out", "Stamp that it was spat out."),
    Action("effect", "effect", ("pad",), "f", "effect", "Stamp an effect, or the end of one."),
    Action("less", "less", ("pad",), "l", "less", "Stamp what less somebody asks for."),
    Action("agreed", "agreed", ("pad",), "a", "agreed", "Show all of what was agreed."),
    Action("strike", "strike", ("pad",), "x,delete", "take out", "Take the chosen row out."),
    Action("ready", "ready", ("pad",), "k", "ready card", "Open this person's ready card."),
    Action("rest", "rest", ("pad",), "r", "record", "Open the rest of this person's record."),
    Action("clear", "clear", ("pad",), "c", "clear", "Clear this person to leave: sign their dosing record."),
    Action(
        "pad-done",
        "done",
        ("pad",),
        "ctrl+s",
        "done",
        "Finish: the pad becomes the dosing record of each.",
        priority=True,
    ),
)
"""With the dose pad of a session."""
