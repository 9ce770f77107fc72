"""Pages written in steps: each answered or passed over, they make one page of markdown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.errors import UsageError
from kapjournal.text import shown_line

Answers = Mapping[str, str]
"""What was answered, by the id of the step; a step that was passed over has none."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: it is answered in words of one's own, or where there are `words`, by ticking some of them, or
    only `one`."""

    id: str
    question: str
    help: str
    words: tuple[str, ...] = ()
    one: bool = False

    def ticked(self, answer: str) -> tuple[str, ...]:
        """Which of the words an answer names."""
        named = {word.strip() for word in answer.split(",")}
        return tuple(word for word in self.words if word in named)

    def answer(self, ticked: Collection[str]) -> str:
        """The answer that names some of the words, in the order of the step."""
        return ", ".join(word for word in self.words if word in ticked)


def heading(step: Step) -> str:
    """The question of a step as it stands on the page."""
    return f"## {step.question}"


def answers_from(steps: Sequence[Step], said: object) -> dict[str, str]:
    """Answers as a person gives them, by the ids of the steps (`UsageError`); words that are ticked have
    commas between them."""
    if not isinstance(said, Mapping):
        raise UsageError("The answers are an object: texts by the names of the steps.")
    by_id = {step.id: step for step in steps}
    answers = {}
    for name, answer in said.items():
        step = by_id.get(name)
        if step is None:
            raise UsageError(f"“{shown_line(str(name))}” is none of {', '.join(by_id)}.")
        if not isinstance(answer, str):
            raise UsageError(f"“{name}” is a text.")
        answers[name] = _ticked(step, answer) if step.words else answer
    return answers


def _ticked(step: Step, answer: str) -> str:
    words = [word.strip().lower() for word in answer.split(",") if word.strip()]
    for word in words:
        if word not in step.words:
            raise UsageError(f"“{shown_line(word)}” is none of {', '.join(step.words)}.")
    if step.one and len(words) > 1:
        raise UsageError(f"“{step.id}” is one of {', '.join(step.words)}.")
    return step.answer(words)


def page(steps: Sequence[Step], answers: Answers) -> str:
    """The page: each step that was answered, under its question as a heading."""
    answered = ((heading(step), answers.get(step.id, "").strip()) for step in steps)
    return "\n\n".join(f"{question}\n\n{answer}" for question, answer in answered if answer)


def read(steps: Sequence[Step], body: str) -> dict[str, str] | None:
    """Undo `page`; None for a page of another form, or one that does not have the steps in order any more."""
    headings = {heading(step): step.id for step in steps}
    order = [step.id for step in steps]
    answers: dict[str, str] = {}
    now = ""
    for line in body.split("\n"):
        if line in headings:
            before, now = now, headings[line]
            if before and order.index(now) <= order.index(before):
                return None
            answers[now] = ""
        elif now:
            answers[now] += f"{line}\n"
        elif line.strip():
            return None
    return {step: answer.strip() for step, answer in answers.items()} or None


def is_in_steps(kind: NoteKind, steps: Sequence[Step], draft: Draft) -> bool:
    """Whether a draft is such a page on its way, and so is gone on with step by step."""
    return draft.of is None and draft.text.kind is kind and read(steps, draft.text.body) is not None
