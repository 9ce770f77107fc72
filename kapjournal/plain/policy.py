"""What the couple chose of secrets, and asking to talk, line by line."""

from kapjournal.domain.parsing import time_from
from kapjournal.domain.policy import SecretsPolicy
from kapjournal.plain import sharing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import policy as saying
from kapjournal.presentation import talking


def policy(unlocked: Unlocked) -> None:
    """Say what stands; a therapist is asked whether it is to be changed."""
    journal, console = unlocked.journal, unlocked.console
    console.say(*saying.lines(journal))
    if not journal.me.role.is_therapist or not console.yes("Change it?"):
        return
    now = journal.policies.current()
    choices = {saying.name_of(one): one for one in (*SecretsPolicy, None)}
    secrets = pick(console, "What did they choose?", {**choices, "": now.secrets})
    hour = console.ask_for(
        f"At which hour does the pause after a dose end? Enter for {now.hour:%H:%M}:",
        lambda answer: time_from(answer) if answer else now.hour,
        "The hour of the next day, as 10:00.",
    )
    in_the_room = console.yes(f"{saying.IN_THE_ROOM}? {saying.WHAT_IN_THE_ROOM_DOES}")
    journal.policies.write(secrets, hour, dialogue_in_the_room=in_the_room)
    console.say(*saying.lines(journal))


def talk(unlocked: Unlocked) -> None:
    """Say who asks to talk; a partner asks, or takes it back."""
    journal, console = unlocked.journal, unlocked.console
    asked = journal.talking.current()
    console.say(*(f"{talking.in_a_line(journal, one)}." for one in asked))
    if journal.me.role.is_therapist:
        console.say("" if asked else talking.NOBODY_ASKS)
    elif not asked:
        sharing.ask_to_talk(unlocked)
    elif console.yes("Take it back?"):
        journal.talking.take_back()
        console.say(talking.TAKEN_BACK)
