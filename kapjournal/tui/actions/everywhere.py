"""What can be done from every screen, and the way back from those that lie over another."""

from kapjournal.tui.actions.action import APP, Action

_INNER = (
    "reader",
    "editor",
    "search",
    "search-across",
    "drafts",
    "brought",
    "history",
    "people",
    "new-recovery-words",
    "new-keys",
    "will",
    "new-will",
    "export",
    "merge",
    "copy",
    "backup",
    "check",
    "attach",
    "save-file",
    "create",
    "add-couple",
    "records",
    "unsigned",
    "brief",
    "letter",
    "save-page",
    "record",
    "record-page",
    "record-history",
    "kept-page",
    "pad",
    "measures",
    "marks",
    "questions",
    "paper",
    "answers",
    "answers-history",
    "measure-chart",
    "save-measures",
    "join",
    "recover",
    "shares",
    "restore",
    "file",
    "settings",
    "dialog",
    "details",
)

EVERYWHERE = (
    Action("new-page", "write", (APP,), "ctrl+n", "write", "Write a new note, from anywhere.", priority=True),
    Action("lock", "lock", (APP,), "ctrl+l", "lock", "Lock the journal now.", (APP,), priority=True),
    Action(
        "help", "help", (APP, "dialog", "details"), "f1,question_mark", "help", "Explain this screen.", (APP,)
    ),
    Action(
        "all", "command_palette", (APP,), "ctrl+p", "all", "Find any of these by its name.", priority=True
    ),
    Action(
        "couples",
        "leave_couple",
        (APP,),
        "f10,ctrl+b",
        "couples",
        "Go back to your couples.",
        (APP,),
        priority=True,
    ),
    Action("quit", "leave", (APP,), "ctrl+q,f12", "quit", "Leave at once, clear the screen.", priority=True),
    Action(
        "crisis",
        "crisis",
        (APP,),
        "ctrl+g",
        "crisis",
        "Whom to call now; this is not monitored.",
        priority=True,
    ),
)
"""Whatever screen is in front."""

BACK = (
    Action(
        "back",
        "back",
        _INNER,
        "escape",
        "back",
        "Go back; in the editor, the draft is kept.",
        tuple(screen for screen in _INNER if screen != "pad"),
    ),
)
"""From a screen to the one before it."""
