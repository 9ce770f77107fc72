"""Sentences that every face says alike: what an act does, before it is done and after."""

from collections.abc import Sequence

from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

# what this is

WHAT_THIS_IS = "A sealed journal for couples in ketamine-assisted therapy, and those who go with them."

ONE_FILE = (
    "A journal is one file. Whoever starts it is its keeper, usually the therapist, and invites the others."
)

DOORS = "Each person who can open this journal has a door with a passphrase of their own."

YOURS_ALONE = (
    "A new note is for you alone until you share it. What others wrote for themselves appears nowhere"
)
"""Without a full stop: a face may go on."""

# a note

SHARING = "They see this note and every later version. You can stop that; what was read stays read."

WITHDRAWING = (
    "From now on they see neither this note nor later versions of it. They may have read it already, and may "
    "have kept a copy."
)

WITHDRAWN = "Stopped sharing. It may have been read already."

SIGNED_MARK = "signed"
TWO_TEXTS = "two texts, written on two computers"
TWO_TEXTS_MARK = "two texts"
BOTH_STAND = "This note was written on two computers at once, and both texts stand here."
SAVING_JOINS = "Change it: both texts are on the page then, and saving joins them into one."
WAITS_MARK = "waits"
"""The remark on a page of the member's that waits for somebody, for that member alone."""
NEW_MARK = "new"
"""The remark on what came since the member was here, or was not looked at then; for that member alone."""
IN_DOUBT = "may be an older state"
"""The remark on a note that cannot be told from an earlier version put back into the file."""

DELETED = "The note is deleted."

DRAFTS_ARE_YOURS = (
    "These are pages you began. Nobody else can read a draft, whatever readers it is meant for."
)


EARLIER_COPIES = "Copies of the journal’s file made earlier still hold it, sealed."


def deleting(readers: str, *, or_tray: bool = False) -> str:
    """What deleting does; `readers` are the others who can read the note, empty if there are none. With
    `or_tray` it is one of two ways, and the note could be taken back out of the tray."""
    begin = "Removed now, it is gone" if or_tray else "It is gone"
    gone = f"{begin} for you, with its earlier versions and its drafts; there is no way back here."
    if readers:
        names = shown_line(readers)
        gone += f" {names} will no longer find it, but may have read it already, and may have a copy."
    return f"{gone} {EARLIER_COPIES}"


def throwing_away(*, of_a_note: bool) -> str:
    """What throwing a draft away does."""
    return "The note stays as it was." if of_a_note else "Nobody can bring it back."


THROW_DRAFT_AWAY = "Throw this draft away?"
EMPTY_PAGE = "The page was empty; no draft was kept."

TYPED_IS_GONE = "What you had typed was kept nowhere, and is gone."
"""Said at the doors to whoever was locked out of a dialog: a lock leaves no word in memory."""


# doors

KEEPER = (
    "Whoever starts a journal is its keeper: they invite the others, and can remove them. They cannot read "
    "what others wrote for themselves."
)

NO_LABEL = "Say what you are called here."

LABEL = "Your label is written on your door, for whoever opens the file to see."

OFFERED_WORDS = "The six offered words are as strong as a long random password and can be remembered."

SYNCED = (
    "This looks like a synced folder. Open the journal on one computer at a time, or there may come to be "
    "two copies that do not know of each other."
)

DRAWN_BY_LOT = "The words are drawn by lot and mean nothing."

RECOVERY_WORDS = (
    "Write them down by hand, in order. They open your door if you forget your passphrase, and are never "
    "shown again. Without them, what only you can read would then be lost."
)

NEW_WORDS_FIRST = (
    "You get 24 words to write down by hand. They take the place of those you have, if you have any, once "
    "you have typed one of them back. Have paper at hand."
)

NEW_WORDS = (
    "Write them down by hand, in order. Once you have typed one of them back, they open your door and the "
    "old ones no longer do. Until then nothing changes."
)

NEW_WORDS_UNUSED = "The words just shown open nothing; your old ones, if any, still do."

NEW_WORDS_PERHAPS = "The new words may open your door already. Keep both papers until you have seen which do."

NEW_WORDS_LEFT = f"Nothing was changed. {NEW_WORDS_UNUSED}"


def new_words_hold(*, had_some: bool) -> str:
    """New recovery words open the door; `had_some` older ones open nothing any more."""
    older = "The older ones open nothing but an older copy of the file."
    none = (
        "No older ones of yours were recognised. If you do have some on paper, use them once as for a "
        "forgotten passphrase, and then get new ones again: until then they may still open it."
    )
    return f"The new words open your door. {older if had_some else none}"


NEW_KEYS = (
    "For when somebody may know your passphrase. With it, or with the recovery words you have, an older copy "
    "of the file still opens, but nothing written from then on. You stay who you are; the others "
    "compare their 60 digits with you anew, and your other computers need a new copy. You get 24 new "
    "recovery words: have paper at hand. Nothing changes until you have typed one of them back."
)

NEW_KEYS_WORDS = (
    "Write them down by hand, in order. Once you have typed one of them back, they and your new passphrase "
    "open your door. Until then nothing changes."
)

NEW_KEYS_UNUSED = (
    "Your old passphrase, and your old recovery words if any, still open your door; new ones open nothing."
)

NEW_KEYS_PERHAPS = (
    "Your keys may be new already; then your new passphrase opens your door. Keep all papers until you have "
    "seen which does."
)

NEW_KEYS_LEFT = f"Nothing was changed. {NEW_KEYS_UNUSED}"

STILL_THE_SAME = "That is the passphrase you have now, which somebody may know. Choose another."

KEYS_REPLACED = (
    "Your keys are new. Ask the others to open the journal and to compare their 60 digits with you: once "
    "they have, what is written opens with your new passphrase alone. Your other computers need a new copy."
)

WITHOUT_RECOVERY_WORDS = (
    "Without the words nobody can open your door, not even the keeper. The keeper can remove it and invite "
    "you again, as a new member with another label; the others share with you again what they choose. What "
    "only you could read is gone. If you are the keeper yourself, a new journal has to be started."
)

JOINED = "You are in this journal now. The others’ keys meet yours when they next open it."

RECOVERED = "Your door has a new passphrase. The recovery words stay as they are."

OLDER_COPIES = (
    "An older copy of the file, a backup for example, still opens with the older passphrase; who has both "
    "reads on. If somebody may know your passphrase, get new keys instead."
)

DOOR_CHANGED = "Your passphrase is changed. An older copy of the file still opens with the older one."


# people

INVITING = (
    "You get six words that let this one person in, once, within 14 days. Nobody reads anything by joining; "
    "everyone shares what they choose."
)

CANCELLING = "Its six words open nothing any more. You can invite again, with new words."


def six_words(name: str) -> str:
    """What to do with the words of an invitation."""
    name = shown_line(name)
    return (
        f"They let {name} in, once, within 14 days, together with the journal’s file. Give them to {name} "
        "alone. They are shown only now; if they get lost, cancel the invitation and invite again."
    )


def cancelled(name: str) -> str:
    """An invitation was taken back."""
    return f"The invitation of {shown_line(name)} is cancelled."


def your_turn(name: str) -> str:
    """To the newcomer, before a passphrase is chosen at another's keyboard."""
    return (
        f"{shown_line(name)}, you will choose a passphrase now, and write words on paper that only you keep. "
        "Go on when nobody else can see the screen."
    )


def hand_back(keeper: str, newcomer: str) -> str:
    """To both, when the newcomer is in."""
    keeper, newcomer = shown_line(keeper), shown_line(newcomer)
    return (
        f"Please turn the screen back to {keeper}. {keeper}, open your door once more, so that the keys "
        f"meet: from then on you and {newcomer} can share."
    )


def met(newcomer: str) -> str:
    """To the keeper, once the keys have met."""
    return f"{shown_line(newcomer)} and you can share now."


def waits_for(keeper: str, *, too_late: bool = False) -> str:
    """To a newcomer, until the keeper has opened the journal."""
    keeper = shown_line(keeper)
    if too_late:
        return (
            f"{keeper} has not opened the journal since you joined, and your invitation has run out "
            f"meanwhile. If {keeper} does not see you under People, ask for a new one."
        )
    return f"{keeper} has not opened the journal since you joined, and may know of changes."


def comparing(name: str) -> str:
    """How 60 digits are compared."""
    name = shown_line(name)
    return (
        f"Compare at your next meeting, both screens side by side, or call {name} and know the voice. Read "
        f"these groups to each other: if the keys here are truly {name}’s, {name} sees the same under People."
    )


def compared(name: str) -> str:
    """The digits were the same."""
    return f"You and {shown_line(name)} have compared the numbers: they are the same."


def not_the_same(name: str, *, to_keeper: bool, of_keeper: bool) -> str:
    """The digits differ; said `to_keeper`, or of the keeper (`of_keeper`), whom nobody else can ask about."""
    name = shown_line(name)
    if to_keeper:
        what = f"Ask {name}, face to face, whether they joined; you can remove that door and invite again."
    elif of_keeper:
        what = f"Ask {name}, face to face, to look at their screen; until then use this copy of the journal "
        what += "for yourself alone."
    else:
        what = "Ask the keeper, face to face, whom they invited; the keeper can remove that door and invite "
        what += "again."
    return (
        f"Then do not share anything with {name} for now: a stranger’s keys may be behind the door called "
        f"{name}. {what} What you wrote for yourself is safe."
    )


def removing(name: str) -> str:
    """What removing a member does."""
    name = shown_line(name)
    return (
        f"From now on nothing new is shared with {name}, by anybody. What {name} could read until now they "
        "may have kept: their door still opens on it, and on what they wrote themselves. It cannot be "
        f"undone; {name} could only be invited anew, under another label."
    )


def acknowledged(names: Sequence[str]) -> str:
    """Who joined is known to the member, who is not told of it any more."""
    return f"You know of {listed([shown_line(name) for name in names])}; you will not be told again."


def removed(name: str) -> str:
    """A member was removed."""
    return f"{shown_line(name)} is removed. They may have kept what they could read."


# the course

PLANNING = "Those that are not in the course yet stand faintly ahead in it, for all of you."
OLD_PLAN = "That number is from before doses were planned; it is shown until they are."


NOT_WHOLE = "Not everything is as it was left. What is whole can still be read; keep your backups."

EXPORTED = "Delete it there when you no longer need it."


def old_plan(sessions: int) -> str:
    """How many sessions were planned before doses were: “8 sessions”."""
    return f"{sessions} session{'' if sessions == 1 else 's'}"


def planned(doses: int, sessions: int) -> str:
    """How many doses are planned in all or, where only that was ever said, sessions; 0 means not said."""
    if doses or not sessions:
        return f"Doses planned in all: {doses}." if doses else "How many doses are planned is not said."
    return f"{old_plan(sessions)} planned. {OLD_PLAN}"
