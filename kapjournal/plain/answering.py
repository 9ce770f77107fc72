"""Answering a measure, an item at a time: a partner in the words of a pack, a therapist from the page."""

from collections.abc import Callable
from dataclasses import replace

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.measure_packs import Pack, PackItem, pack_with
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import Measure, answers_from
from kapjournal.domain.members import Member
from kapjournal.domain.parsing import past_day_from
from kapjournal.errors import Refused
from kapjournal.plain.console import Back, Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering
from kapjournal.presentation.crisis_notice import crisis_notice, whom_to_call
from kapjournal.presentation.measures import row_label
from kapjournal.presentation.people import partners, with_role
from kapjournal.stdio.lazy_imports import journal

_LEAVES_OUT = "Enter leaves this item out; what is not complete is kept and not scored."
_KEEP = "Keep what is answered so far? It is not scored."
_NOTHING = "Nothing was kept."
_GOES_ON = "You began this before and did not finish it. It goes on where you stopped."


def answer(unlocked: Unlocked) -> None:
    """Let a partner answer a measure for themselves, and choose who reads it."""
    offers = answering.offers()
    unlocked.console.say(answering.why_not_the_rest(offers))
    usable = {one.measure.title: one.measure.id for one in offers if one.is_usable}
    chosen = pick(unlocked.console, "Which one? Enter for none:", {**usable, "": ""})
    draft = answering.draft_to_answer(unlocked.journal, chosen) if chosen else None
    saved = _answered(unlocked, draft) if draft else None
    if saved:
        _choose_readers(unlocked, saved)


def finish(unlocked: Unlocked, found: AnsweredMeasure) -> None:
    """Ask the member the items that were left out of their own answers."""
    _answered(unlocked, answering.draft_to_change(unlocked.journal, found))


def may_finish(found: AnsweredMeasure) -> bool:
    """Whether items were left out, and their words are here."""
    return None in found.text.answers and pack_with(found.text.measure, found.text.pack) is not None


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
    console.say(whom_to_call(measure, given, is_from_paper=True))
    saved = unlocked.journal.measures.enter(journal.NewAnswers(measure.id, given, day), partner.label)
    _say_saved(unlocked, saved)


def pick_measure(console: Console) -> Measure | None:
    """Ask for one of the published measures; None for none."""
    named = {one.title: one for one in content.published()}
    return pick(console, "Which measure? Enter for none:", {**named, "": None})


def pick_partner(unlocked: Unlocked) -> Member:
    """Ask for one of the partners who are here (`Refused` if there is none)."""
    here = {one.label: one for one in partners(unlocked.journal)}
    if not here:
        raise Refused("There is no partner in this journal yet.")
    return pick(unlocked.console, "Whose? Number or name:", here)


def ask_readers(unlocked: Unlocked, question: str, members: list[Member]) -> str:
    """Ask which of these are meant; their labels with commas between, empty for none."""
    lines = [f"{number}. {with_role(one)}" for number, one in enumerate(members, 1)]
    unlocked.console.say(*lines)
    by_number = {str(number): one.label for number, one in enumerate(members, 1)}
    words = unlocked.console.ask(question, "Numbers or names, commas between them, and nobody by a role.")
    return ", ".join(by_number.get(word.strip(), word.strip()) for word in words.split(",") if word.strip())


def say_readers(unlocked: Unlocked, found: AnsweredMeasure) -> None:
    """Say who reads answers, and whom to call where a therapist does."""
    unlocked.console.say(f"Readers: {unlocked.readers(found.readers)}.")
    unlocked.console.say(crisis_notice(unlocked.journal, found.readers))


def _choose_readers(unlocked: Unlocked, saved: AnsweredMeasure) -> None:
    """Ask a partner with whom to share what is saved; nobody is the answer of Enter."""
    here = answering.could_also_read(unlocked.journal, saved)
    if not here:
        return
    unlocked.console.say("You can share your answers. Your partner never reads them.")
    who = ask_readers(unlocked, "Who else may read them? Enter for nobody:", here)
    if who:
        shared = unlocked.journal.measures.share(saved.id, who)
        say_readers(unlocked, shared)


def _answered(unlocked: Unlocked, draft: MeasureDraft) -> AnsweredMeasure | None:
    """Ask what has no answer yet, and make answers of it; None if the member keeps none of it."""
    console, drafts = unlocked.console, unlocked.journal.measure_drafts
    pack = pack_with(draft.measure, draft.pack)
    if pack is None:
        raise Refused(answering.WORDS_ARE_GONE)
    console.say(*saying.introduction(pack), _LEAVES_OUT, _GOES_ON if draft.id else "")
    draft, is_kept = _one_by_one(console, pack, draft, drafts.save)
    if not is_kept:
        if draft.id:
            drafts.discard(draft.id, draft.saved)
        console.say(_NOTHING)
        return None
    saved = drafts.finish(draft)
    _say_saved(unlocked, saved)
    return saved


def _say_saved(unlocked: Unlocked, saved: AnsweredMeasure) -> None:
    """Say what was kept and who reads it."""
    _, total = saying.score_lines(unlocked.journal, saved.text)[0]
    unlocked.console.say(f"Saved. {saying.title_of(saved.text.measure)}: {total}.")
    say_readers(unlocked, saved)


def _one_by_one(
    console: Console, pack: Pack, draft: MeasureDraft, save: Callable[[MeasureDraft], MeasureDraft]
) -> tuple[MeasureDraft, bool]:
    """Ask what is not answered yet, one question at a time, and `save` each answer; and whether that is to be
    kept. Whom to call is said in the moment in which the safety item is answered at its mark."""
    measure = content.measure(pack.measure)
    try:
        for item in pack.items:
            if draft.answers[item.number - 1] is None:
                value = _ask_item(console, pack, item)
                if value is not None:
                    draft = save(replace(draft.with_answer(item.number, value), place=item.number))
                if measure.safety and measure.safety.item == item.number:
                    console.say(whom_to_call(measure, draft.answers))
    except Back:
        return draft, bool(draft.answered) and console.yes(_KEEP)
    return draft, True


def _ask_item(console: Console, pack: Pack, item: PackItem) -> int | None:
    console.say(*saying.question(pack, item))
    return console.ask_for(
        "Your answer, by number:", lambda typed: saying.chosen(item, typed) if typed else None, _LEAVES_OUT
    )


def _from_page(console: Console, measure: Measure) -> tuple[int | None, ...]:
    given: list[int | None] = []

    def read(typed: str) -> tuple[int | None, ...]:
        if "," in typed:
            return answers_from(measure, typed)
        return (answering.value_on_paper(measure, len(given) + 1, typed) if typed else None,)

    while len(given) < len(measure.items):
        label = row_label(measure, len(given) + 1)
        values = ", ".join(map(str, measure.items[len(given)].values))
        said = console.ask_for(f"{label} ({values}):", read, _LEAVES_OUT)
        if len(said) > 1:
            return said
        given += said
    return tuple(given)
