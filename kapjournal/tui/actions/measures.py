"""What can be done with measures: from their list, with answers, and with a therapist's safety marks."""

from kapjournal.tui.actions.action import Action

MEASURES = (
    Action(
        "measures",
        "measures",
        ("course",),
        "q",
        "measures",
        "Answer a measure, or read what was answered.",
    ),
    Action("answer", "answer", ("measures",), "n", "answer", "Answer a measure.", ("measures",)),
    Action(
        "paper",
        "paper",
        ("measures",),
        "p",
        "from paper",
        "Enter what this partner answered on paper.",
    ),
    Action("ask", "ask", ("measures",), "a", "ask", "Ask this partner for a measure."),
    Action("whose", "whose", ("measures",), "o", "whose", "Choose whose measures are shown."),
    Action(
        "chart",
        "chart",
        ("measures", "answers"),
        "c",
        "chart",
        "Show the course of this measure over time.",
        ("measures", "answers"),
    ),
    Action(
        "table",
        "table",
        ("measure-chart", "trends"),
        "t",
        "table",
        "Show the table in the place of the chart, and back.",
        ("measure-chart", "trends"),
    ),
    Action(
        "save-course",
        "save",
        ("measure-chart", "trends"),
        "x",
        "save",
        "Save the chart or the answers, out of the journal.",
        ("measure-chart", "trends"),
    ),
    Action(
        "take-back",
        "take_back",
        ("measures",),
        "x",
        "take back",
        "Ask no more for what is chosen, or throw away what is not finished.",
    ),
    Action(
        "marks",
        "marks",
        ("course", "measures"),
        "exclamation_mark",
        "safety marks",
        "Read the safety marks, and write that you were in contact.",
    ),
    Action(
        "contact",
        "contact",
        ("marks",),
        "c",
        "contact line",
        "Write when and how you were in contact, and what came of it.",
        ("marks",),
    ),
)
"""From the course and from the list of measures."""

ANSWERING = (
    Action(
        "question-before",
        "previous",
        ("questions",),
        "left",
        "question before",
        "Go back to the question before.",
        ("questions",),
        priority=True,
    ),
    Action(
        "question-after", "next", ("questions",), "right", "next", "Go to the next question.", priority=True
    ),
    Action(
        "leave-out",
        "leave_out",
        ("questions", "paper"),
        "minus",
        "leave out",
        "Leave this one out.",
        ("questions", "paper"),
    ),
    Action(
        "answers-done",
        "done",
        ("questions", "paper"),
        "ctrl+s",
        "done",
        "Go to the end, and keep what was answered.",
        ("paper",),
        priority=True,
    ),
    Action(
        "discard-answers",
        "discard",
        ("questions", "paper"),
        "f8",
        "discard",
        "Throw these answers away.",
        priority=True,
    ),
)
"""While a measure is answered, or entered from paper."""

ANSWERS = (
    Action(
        "share-answers",
        "share",
        ("answers",),
        "s",
        "share",
        "Let somebody of the clinic read these answers.",
        ("answers",),
    ),
    Action("edit-answers", "edit", ("answers",), "e", "change", "Change these answers."),
    Action("withdraw-answers", "withdraw", ("answers",), "w", "withdraw", "Stop sharing these answers."),
    Action(
        "answers-history",
        "history",
        ("answers",),
        "h",
        "history",
        "Go through the earlier versions of these answers.",
    ),
    Action(
        "delete-answers",
        "delete",
        ("answers",),
        "delete",
        "delete",
        "Delete these answers, for all their readers.",
    ),
)
"""With answers that are read."""
