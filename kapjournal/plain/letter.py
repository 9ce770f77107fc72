"""A letter to a partner's prescriber, asked for line by line, heard, and kept in the record once it is
finished."""

from pathlib import Path

from kapjournal import paths
from kapjournal.domain import letter as rules
from kapjournal.domain.couples import Couple
from kapjournal.domain.letter import Names, names_of
from kapjournal.domain.signing import MAX_NAME, Signer, signer_from
from kapjournal.errors import Refused
from kapjournal.exchange.page_file import SAVING, save_page
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.plain.sealing import ask_sealing
from kapjournal.presentation import letter as page
from kapjournal.presentation import letter_view as saying
from kapjournal.presentation.records import partner_choices
from kapjournal.text import storable_line

_TYPED = "typed now"


def letter(practice: Unlocked, couple: Couple) -> None:
    """Ask what goes into a letter, say it, and keep it if the therapist finishes it."""
    console, journal = practice.console, practice.journal
    if sentence := saying.why_not(journal, couple):
        raise Refused(sentence)
    console.say(saying.WHAT_IT_IS)
    about = pick(console, "About whom, number or name?", partner_choices(couple))
    names, suggested = names_of(couple, about), saying.suggested_to(journal, couple, about)
    to = console.ask_for(
        f"To which prescriber? Enter for {suggested or page.NOBODY}:",
        lambda answer: rules.recipient_from(answer, names),
    )
    question = console.ask_for(
        "The question, in one sentence:", lambda answer: rules.question_from(answer, names)
    )
    response, field = _response(console, names)
    asked = saying.Asked(about, question, response, field, to, _signer(console))
    made = saying.read_letter(journal, couple, asked)
    console.text(page.text(made))
    console.say("End of the letter.", page.without_measures(made), saying.FINISHING)
    if not console.yes("Finish it?"):
        console.say(saying.NOT_FINISHED)
        return
    record = saying.keep(journal, couple, about, made)
    console.say(saying.finished(journal, record), SAVING)
    console.ask_for(
        "A path to save it in a new file, or Enter for none:", lambda answer: _save(practice, answer, made)
    )


def _response(console: Console, names: Names) -> tuple[str, str]:
    """The response as it is typed, or the field it is taken from."""
    fields = {_TYPED: "", **saying.response_choices()}
    said = pick(
        console,
        "The response: typed now, or from which field of your progress notes about them? Enter for none:",
        {**{heading: heading for heading in fields}, "": ""},
    )
    if said != _TYPED:
        return "", fields.get(said, "")
    words = console.ask_for(
        "How they responded, in your words, on one line:", lambda answer: rules.response_from(answer, names)
    )
    return words, ""


def _signer(console: Console) -> Signer | None:
    name = console.ask_for(
        "Your name under the line for the signature, or Enter to leave it blank:",
        lambda answer: signer_from(answer, "").name if answer else "",
    )
    if not name:
        return None
    credentials = console.ask_for(
        "Your credentials, such as LMFT. Enter for none:",
        lambda answer: storable_line(answer, "line of credentials", MAX_NAME),
    )
    return signer_from(name, credentials)


def _save(practice: Unlocked, answer: str, made: page.Letter) -> Path | None:
    if not answer:
        return None
    path = paths.typed(answer)
    sealing = ask_sealing(practice.console)
    practice.console.say(save_page(practice.journal, path, page.text(made), sealing))
    return path
