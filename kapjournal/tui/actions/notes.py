"""What can be done with a note, and on the page on which one is written."""

from kapjournal.tui.actions.action import Action
from kapjournal.tui.actions.cycle import IN_STEPS

SHARING = (
    Action(
        "share",
        "share",
        ("course", "reader"),
        "s",
        "share",
        "Let someone read this note.",
        ("course", "reader"),
    ),
    Action(
        "bring",
        "bring",
        ("course", "reader"),
        "i",
        "bring this",
        "Bring this note, or words of it, to the next session.",
    ),
    Action(
        "page-consent",
        "page_consent",
        ("reader",),
        "m",
        "supervision",
        "Allow this page to be used for supervision, or take that back.",
    ),
    Action(
        "brought",
        "brought",
        ("course",),
        "I",
        "what you bring",
        "See what is marked for the next session.",
    ),
    Action(
        "talk",
        "talk",
        ("course", "reader"),
        "l",
        "ask to talk",
        "Let your therapist see that you ask to talk, without saying what about; or take that back.",
    ),
    Action(
        "take-back-mark",
        "take_back",
        ("brought",),
        "x",
        "take back",
        "Bring the chosen one no more.",
        ("brought",),
    ),
    Action(
        "previous-note",
        "previous_note",
        ("reader",),
        "left_square_bracket",
        "previous",
        "Go to the note before.",
    ),
    Action("next-note", "next_note", ("reader",), "right_square_bracket", "next", "Go to the note after."),
    Action(
        "next-place", "next_place", ("reader",), "f3", "next place", "Go to the next place that was found."
    ),
    Action("edit", "edit", ("reader",), "e", "edit", "Change this note.", ("reader",)),
    Action(
        "withdraw", "withdraw", ("course", "reader"), "w", "withdraw", "Stop sharing this note with someone."
    ),
)
"""With a note that is read or chosen in a list."""

WRITING = (
    Action(
        "done",
        "done",
        ("editor", *IN_STEPS),
        "ctrl+s",
        "done",
        "Finish: the draft becomes a note.",
        ("editor", *IN_STEPS),
        True,
    ),
    Action(
        "details",
        "details",
        ("editor",),
        "f2,ctrl+t",
        "details",
        "Kind, session, day, tags, readers.",
        ("editor",),
        True,
    ),
    Action(
        "bring-line",
        "bring",
        ("editor",),
        "ctrl+o",
        "bring this",
        "Bring the selected words, or this line, to the next session.",
        priority=True,
    ),
    Action("use-details", "use", ("details",), "ctrl+s", "use these", "Use what is chosen.", priority=True),
    Action(
        "form-done",
        "first_button",
        ("form",),
        "ctrl+s",
        "done",
        "Do what the first button says.",
        priority=True,
    ),
    Action(
        "discard",
        "discard",
        ("editor", *IN_STEPS),
        "f8",
        "discard",
        "Throw this draft away.",
        priority=True,
    ),
    Action(
        "kind",
        "kind",
        ("editor",),
        "f3",
        "kind",
        "Choose what this page is; its prompts come with it.",
        priority=True,
    ),
    Action(
        "previous-prompt",
        "previous_prompt",
        ("editor",),
        "f4",
        "back",
        "Show the prompt before.",
        priority=True,
    ),
    Action("next-prompt", "next_prompt", ("editor",), "f5", "next", "Show the next prompt.", priority=True),
    Action(
        "take-prompt",
        "take_prompt",
        ("editor",),
        "f9",
        "take",
        "Take the prompt as a heading.",
        priority=True,
    ),
    Action(
        "own-prompts",
        "own_prompts",
        ("editor",),
        "f6",
        "own prompts",
        "Keep prompts of your own for this kind of page.",
        priority=True,
    ),
    Action(
        "rendered",
        "rendered",
        ("editor",),
        "ctrl+r",
        "as read",
        "Show the page as it will be read, and back.",
        priority=True,
    ),
    Action(
        "hand-over-page",
        "done",
        ("scribe",),
        "ctrl+s",
        "hand over",
        "Hand the page to whose words it is.",
        ("scribe",),
        True,
    ),
    Action(
        "discard-page", "discard", ("scribe",), "f8", "discard", "Throw this page away.", ("scribe",), True
    ),
    Action(
        "discard-chosen", "discard", ("drafts",), "x", "discard", "Throw the chosen draft away.", ("drafts",)
    ),
)
"""On the page, and with what is not finished."""

NOTES = (
    Action(
        "history",
        "history",
        ("course", "reader"),
        "h",
        "history",
        "Go through the earlier versions of this note.",
    ),
    Action("sign", "sign", ("reader", "record"), "g", "sign", "Sign and lock this.", ("record",)),
    Action(
        "co-sign",
        "cosign",
        ("reader", "record"),
        "c",
        "co-sign",
        "Put your name under what a colleague signed.",
    ),
    Action("add-to", "add_to", ("reader", "record"), "a", "add to", "Add to what is signed."),
    Action(
        "set-apart",
        "set_apart",
        ("reader",),
        "u",
        "set apart",
        "Make unsigned words beside this signed note a note of their own.",
    ),
    Action("keep-in-record", "keep", ("reader",), "k", "keep", "Keep a copy of this page in your record."),
    Action("attach", "attach", ("reader",), "f", "attach", "Attach a file to this note."),
    Action(
        "save-file", "save_file", ("reader",), "o", "save file", "Save the chosen file, out of the journal."
    ),
    Action(
        "remove-file",
        "remove_file",
        ("reader",),
        "x",
        "remove file",
        "Remove the chosen file, for all readers.",
    ),
    Action("print", "print", ("reader",), "P", "print", "Save this note as a page to print."),
    Action(
        "delete", "delete", ("course", "reader"), "delete", "delete", "Delete this note, for all its readers."
    ),
    Action(
        "use-again",
        "use_again",
        ("history",),
        "u",
        "use again",
        "Use this wording again, as a draft.",
        ("history",),
    ),
)
"""With a note that is read: its versions, signatures and files."""
