"""Answering a measure, an item at a time: a partner in the words of a pack, a therapist from the page."""

from collections.abc import Callable
from dataclasses import replace

from kapjournal import clock, config
from kapjournal.content import measure_packs
from kapjournal.content import measures as content
from kapjournal.content.measure_packs import Pack, PackItem
from kapjournal.domain.answered_measures import (
    AnsweredMeasure,
    MeasureText,
    may_be_shown,
    partner_called,
)
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import Item, Measure, answers_from, is_at_safety_mark
from kapjournal.domain.members import Member, Role
from kapjournal.domain.parsing import number_from, past_day_from
from kapjournal.errors import Refused, UsageError
from kapjournal.plain.console import Back, Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation.crisis_notice import at_the_mark, crisis_notice
from kapjournal.presentation.measures import no_pack, row_label
from kapjournal.presentation.people import others, with_role
from kapjournal.stdio.lazy_imports import journal

_LEAVES_OUT = "Enter leaves this item out; what is not complete is kept and not scored."
_KEEP = "Keep what is answered so far? It is not scored."
_NOTHING = "Nothing was kept."
_GOES_ON = "You began this before and did not finish it. It goes on where you stopped."


def answer(unlocked: Unlocked) -> None:
    """Let a partner answer a measure for themselves, and choose who reads it."""
    console = unlocked.console
    here = [one for one in content.all_measures() if measure_packs.pack_for(one.id)]
    named = {one.title: one for one in here}
    measure = pick(console, "Which one? Enter for none:", {**named, "": None})
    pack = measure_packs.pack_for(measure.id) if measure else None
    if measure is None or pack is None:
        return
    drafts, me = unlocked.journal.measure_drafts, unlocked.journal.me
    new = MeasureDraft(measure.id, me.id, (None,) * len(pack.items), pack.mark)
    begun = [
        one for one in drafts.all() if (one.measure, one.pack, one.changes) == (new.measure, new.pack, "")
    ]
    console.say(*saying.introduction(pack), _LEAVES_OUT)
    if begun:
        console.say(_GOES_ON)
    draft, is_kept = _one_by_one(console, measure, pack, begun[0] if begun else new, drafts.save)
    if not is_kept:
        if draft.id:
            drafts.discard(draft.id, draft.saved)
        console.say(_NOTHING)
        return
    saved = drafts.finish(draft)
    say_saved(unlocked, saved)
    _choose_readers(unlocked, saved)


def finish(unlocked: Unlocked, found: AnsweredMeasure) -> None:
    """Ask the member the items that were left out of their own answers."""
    measure, pack = content.measure(found.text.measure), pack_of(found.text)
    if pack is None:
        raise Refused(no_pack(measure))
    before = MeasureDraft(measure.id, found.text.of, found.text.answers, pack.mark)
    draft, is_kept = _one_by_one(unlocked.console, measure, pack, before)
    if not is_kept:
        unlocked.console.say(_NOTHING)
        return
    change = journal.AnswersChange(draft.answers, seen=found.versions)
    say_saved(unlocked, unlocked.journal.measures.edit(found.id, change))


def may_finish(found: AnsweredMeasure) -> bool:
    """Whether items were left out, and their words are here."""
    return None in found.text.answers and pack_of(found.text) is not None


def enter(unlocked: Unlocked) -> None:
    """Let a therapist enter what a partner answered on paper."""
    console = unlocked.console
    measure = pick_measure(console)
    if measure is None:
        return
    partner = pick_partner(unlocked)
    day = console.ask_for(
        "The day on the page, as year, month, day. Enter for today:",
        lambda said: past_day_from(said) if said else clock.today(),
    )
    console.say(f"Item by item, the number on the page; or all at once, as 3,0,1. {_LEAVES_OUT}")
    given = _from_page(console, measure)
    _say_at_once(console, measure, given, is_from_paper=True)
    saved = unlocked.journal.measures.enter(journal.NewAnswers(measure.id, given, day), partner.label)
    say_saved(unlocked, saved)


def pick_measure(console: Console) -> Measure | None:
    """Ask for one of the published measures; None for none."""
    named = {one.title: one for one in content.all_measures() if not one.is_example}
    return pick(console, "Which measure? Enter for none:", {**named, "": None})


def pick_partner(unlocked: Unlocked) -> Member:
    """Ask for one of the partners who are here (`Refused` if there is none)."""
    here = {one.label: one for one in unlocked.others if one.role is Role.PARTNER}
    if not here:
        raise Refused("There is no partner in this journal yet.")
    partner = pick(unlocked.console, "Whose? Number or name:", here)
    partner_called(partner.label, partner)
    return partner


def readers_left(unlocked: Unlocked, found: AnsweredMeasure) -> list[Member]:
    """With whom answers can be shared yet: never the other partner."""
    journal_ = unlocked.journal
    here = others(journal_.members.all(), journal_.me.id)
    may_read = (one for one in here if may_be_shown(found.text.of, one))
    return [one for one in may_read if one.id not in found.readers]


def ask_readers(unlocked: Unlocked, question: str, members: list[Member]) -> str:
    """Ask which of these are meant; their labels with commas between, empty for none."""
    lines = [f"{number}. {with_role(one)}" for number, one in enumerate(members, 1)]
    unlocked.console.say(*lines)
    by_number = {str(number): one.label for number, one in enumerate(members, 1)}
    words = unlocked.console.ask(question, "Numbers or names, commas between them, and nobody by a role.")
    return ", ".join(by_number.get(word.strip(), word.strip()) for word in words.split(",") if word.strip())


def pack_of(text: MeasureText) -> Pack | None:
    """The words that answers were given to, if they are here."""
    return measure_packs.pack_of_mark(text.measure, text.pack)


def say_saved(unlocked: Unlocked, saved: AnsweredMeasure) -> None:
    """Say what was kept and who reads it."""
    _, total = saying.score_lines(unlocked.journal, saved.text)[0]
    unlocked.console.say(f"Saved. {saying.title_of(saved.text.measure)}: {total}.")
    say_readers(unlocked, saved)


def say_readers(unlocked: Unlocked, found: AnsweredMeasure) -> None:
    """Say who reads answers, and whom to call where a therapist does."""
    unlocked.console.say(f"Readers: {unlocked.readers(found.readers)}.")
    unlocked.console.say(crisis_notice(unlocked.journal, found.readers))


def _choose_readers(unlocked: Unlocked, saved: AnsweredMeasure) -> None:
    """Ask a partner with whom to share what is saved; nobody is the answer of Enter."""
    here = readers_left(unlocked, saved)
    if not here:
        return
    unlocked.console.say("You can share your answers. Your partner never reads them.")
    who = ask_readers(unlocked, "Who else may read them? Enter for nobody:", here)
    if who:
        shared = unlocked.journal.measures.share(saved.id, who)
        say_readers(unlocked, shared)


def _one_by_one(
    console: Console,
    measure: Measure,
    pack: Pack,
    draft: MeasureDraft,
    save: Callable[[MeasureDraft], MeasureDraft] = lambda draft: draft,
) -> tuple[MeasureDraft, bool]:
    """Ask what is not answered yet, one question at a time, and `save` each answer; and whether that is to be
    kept. Whom to call is said in the moment in which the safety item is answered at its mark."""
    try:
        for item in pack.items:
            if draft.answers[item.number - 1] is None:
                value = _ask_item(console, pack, item)
                if value is not None:
                    draft = save(replace(draft.with_answer(item.number, value), place=item.number))
                if measure.safety and measure.safety.item == item.number:
                    _say_at_once(console, measure, draft.answers)
    except Back:
        return draft, bool(draft.answered) and console.yes(_KEEP)
    return draft, True


def _ask_item(console: Console, pack: Pack, item: PackItem) -> int | None:
    def read(typed: str) -> int | None:
        if not typed:
            return None
        place = number_from(typed)
        if not 1 <= place <= len(item.answers):
            raise UsageError(saying.CHOOSE.format(count=len(item.answers)))
        return item.answers[place - 1].value

    console.say(*saying.question(pack, item))
    return console.ask_for("Your answer, by number:", read, _LEAVES_OUT)


def _from_page(console: Console, measure: Measure) -> tuple[int | None, ...]:
    given: list[int | None] = []

    def read(typed: str) -> tuple[int | None, ...]:
        if "," in typed:
            return answers_from(measure, typed)
        item = measure.items[len(given)]
        return (_value(item, typed) if typed else None,)

    while len(given) < len(measure.items):
        label = row_label(measure, len(given) + 1)
        values = ", ".join(map(str, measure.items[len(given)].values))
        said = console.ask_for(f"{label} ({values}):", read, _LEAVES_OUT)
        if len(said) > 1:
            return said
        given += said
    return tuple(given)


def _value(item: Item, typed: str) -> int:
    value = number_from(typed)
    if value not in item.values:
        raise UsageError(f"Item {item.number}: {value} is none of {', '.join(map(str, item.values))}.")
    return value


def _say_at_once(
    console: Console, measure: Measure, given: tuple[int | None, ...], *, is_from_paper: bool = False
) -> None:
    if is_at_safety_mark(measure, given):
        console.say(at_the_mark(config.load().settings.country, is_from_paper=is_from_paper))
