"""What two approve together, line by line: to hear it, say yes or no, ask for less, write it down."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

from kapjournal.content.joint import JointField, form_of
from kapjournal.domain.joint import Joint, JointKind, narrowing_from
from kapjournal.domain.members import Role
from kapjournal.domain.parsing import day_from
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer, pick
from kapjournal.plain.phrasing import ended
from kapjournal.plain.second_door import both_doors
from kapjournal.presentation import authorising, closing
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.presentation import joint_history as history
from kapjournal.text import shown_line

_HELP = (
    "What one of you two wrote down for both. It holds once everybody said yes. What waits for your yes "
    "comes first; choose one to hear it and to answer."
)
_KEPT_NOWHERE = "What you type is kept nowhere until you put it to the other. Back, or a lock, drops it."
_SEVERAL = "Type its lines; an empty line ends it."


@dataclass(frozen=True)
class _Chosen:
    """Words that two approve, at a console."""

    unlocked: Unlocked
    joint_id: str

    @property
    def console(self) -> Console:
        """The console."""
        return self.unlocked.console

    @property
    def joint(self) -> Joint:
        """The words as they stand now."""
        return self.unlocked.journal.joints.get(self.joint_id)

    def may(self, action: str) -> bool:
        """Whether something can be done with them now."""
        journal = self.unlocked.journal
        return not deeds.why_not(journal, action, self.joint, journal.joints.all())


def is_offered(unlocked: Unlocked) -> bool:
    """Whether this member has a part in what two approve."""
    return unlocked.journal.me.role.is_of_the_course


def together(unlocked: Unlocked) -> None:
    """Say what there is, a line each, and offer what can be done."""
    title = saying.heading(unlocked.journal)
    offer(unlocked.console, Menu(title, _HELP, _entries, nothing=saying.NOTHING_YET), unlocked)


def _entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
    unlocked.refresh()
    journal = unlocked.journal
    every = journal.joints.all()
    found = [
        Entry[Unlocked](
            "",
            f"{saying.title_of(one.text.kind)}, {saying.in_a_word(journal, one, every)}: "
            f"{ended(shown_line(saying.first_words(one)))}",
            partial(_open, joint_id=one.id),
        )
        for one in saying.in_order(journal, every)
    ]
    if journal.me.role is Role.PARTNER:
        found.append(Entry("write together", "Write something down for both of you.", _begin))
    return found


def _open(unlocked: Unlocked, joint_id: str) -> None:
    chosen = _Chosen(unlocked, joint_id)
    _read(chosen)
    offer(unlocked.console, _ONE, chosen)


def _read(chosen: _Chosen) -> None:
    journal, joint = chosen.unlocked.journal, chosen.joint
    every = journal.joints.all()
    less, before = history.less_lines(journal, joint), history.versions(journal, joint, every)
    chosen.console.say(
        f"{saying.title_of(joint.text.kind)}.",
        *saying.standing_lines(journal, joint, every),
        *([history.LESS, *less] if less else []),
        *(f"{label}: {words}" for label, words in saying.lines_of(journal, joint)),
        *([history.OTHERS, *before] if before else []),
    )


def _approve(chosen: _Chosen) -> None:
    journal = chosen.unlocked.journal
    chosen.console.say(deeds.after_yes(journal, journal.joints.approve(chosen.joint_id)))


def _yes_here(chosen: _Chosen) -> None:
    with both_doors(chosen.unlocked) as (mine, theirs):
        chosen.console.say(deeds.BY_OWN_DOOR)
        if chosen.console.yes(deeds.YES_HERE.format(name=shown_line(theirs.me.label))):
            chosen.console.say(deeds.says_yes_here(mine, theirs, chosen.joint_id))


def _take_back(chosen: _Chosen) -> object:
    journal = chosen.unlocked.journal
    question, consequence, _ = deeds.before_no(journal, chosen.joint)
    chosen.console.say(consequence)
    if not chosen.console.yes(question):
        return None
    joint = journal.joints.take_back(chosen.joint_id)
    chosen.console.say(deeds.after_no(joint))
    return CLOSE


def _narrow(chosen: _Chosen) -> None:
    line = chosen.console.ask_for(deeds.LESS, narrowing_from)
    chosen.unlocked.journal.joints.narrow(chosen.joint_id, line)
    chosen.console.say(deeds.LESS_ASKED)


def _write_anew(chosen: _Chosen) -> object:
    joint = chosen.joint
    _write(chosen.unlocked, joint.text.kind, joint)
    return CLOSE


_ENTRIES = (
    Entry[_Chosen]("yes", "Say yes to these very words.", _approve, lambda one: one.may("approve")),
    Entry[_Chosen](
        "yes here",
        "Let your partner say yes at this keyboard, through their own door.",
        _yes_here,
        lambda one: one.may("yes_here"),
    ),
    Entry[_Chosen]("no", "Say no, or take your yes back.", _take_back, lambda one: one.may("take_back")),
    Entry[_Chosen]("less", "Ask for less; it counts at once.", _narrow, lambda one: one.may("narrow")),
    Entry[_Chosen]("anew", "Write these words anew.", _write_anew, lambda one: one.may("write_together")),
    Entry[_Chosen]("read", "Hear it again.", _read),
)
_ONE = Menu[_Chosen]("This", "You can answer it, ask for less, or write it anew.", lambda _: _ENTRIES)


def _begin(unlocked: Unlocked) -> None:
    kinds = {saying.title_of(kind): kind for kind in JointKind}
    about = {saying.title_of(kind): form_of(kind).what for kind in JointKind}
    _write(unlocked, pick(unlocked.console, saying.WHAT_KIND, kinds, about))


def _write(unlocked: Unlocked, kind: JointKind, before: Joint | None = None) -> None:
    journal, console = unlocked.journal, unlocked.console
    if why_not := deeds.why_not_written(journal, kind):
        console.say(why_not)
        return
    console.say(_KEPT_NOWHERE, form_of(kind).what)
    two, said = saying.names_of_two(journal, before), dict[str, str]()
    for name, begins in closing.form_begins(journal, kind, before).items():
        if kind is JointKind.CLOSING and name == closing.own_appreciation(journal):
            console.say(*closing.said_already(journal))
        field = form_of(kind).field(name) or JointField(name)
        said[name] = _ask(console, replace(field, label=saying.label_of(kind, name, two)), begins)
    review = _ask_for_day(console, kind)
    is_asked = kind not in (JointKind.AGREEMENT, JointKind.AUTHORISATION)
    is_for_them = is_asked and console.yes(saying.FOR_THERAPISTS)
    text = saying.text_of(kind, said, before=before, review=review, for_therapists=is_for_them)
    console.say(*deeds.put_so(journal, text))
    if console.yes("Put it to the other, with your yes?"):
        console.say(deeds.after_yes(journal, journal.joints.propose(text)))
    else:
        console.say(deeds.NOTHING_PUT)


def _ask_for_day(console: Console, kind: JointKind) -> dt.date | None:
    if kind is JointKind.AUTHORISATION:
        return console.ask_for(f"{authorising.UNTIL}: YYYY-MM-DD:", day_from)
    return console.ask_for(
        f"{saying.REVIEW}: YYYY-MM-DD, or Enter for none:",
        lambda answer: day_from(answer) if answer else None,
    )


def _ask(console: Console, field: JointField, begins: str) -> str:
    """Ask for a field; Enter keeps what it begins with, and a minus leaves it out."""
    stays = (
        f" Enter keeps: {shown_line(begins)} A minus leaves it out." if begins else " Enter leaves it out."
    )
    console.say(f"{field.label}. {field.prompt}{stays}")
    if field.several:
        console.say(_SEVERAL)
    lines = list[str]()
    while answer := console.ask(f"{field.label}:", field.prompt):
        lines.append(answer)
        if not field.several:
            break
    if lines == ["-"]:
        return ""
    return "\n".join(lines) or begins
