"""What a member who comes in may want to look at: an open safety mark, news of people, findings, what they
are asked for, and what was begun."""

from collections.abc import Callable, Sequence

from textual.content import Content

from kapjournal.tui.widgets.self_clearing_text import SelfClearingText


class Reminders(SelfClearingText):
    """One quiet line for each; not there when there is nothing to say."""

    DEFAULT_CSS = """
    Reminders { height: auto; padding: 1 2 0 2; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__("")
        self.display = False

    def show(
        self,
        *,
        newcomers: Sequence[str] = (),
        notices: Sequence[str] = (),
        has_findings: bool = False,
        drafts: Sequence[str] = (),
        asked: Sequence[str] = (),
        answering: Sequence[str] = (),
        reports: Sequence[str] = (),
        open_mark: str = "",
        due: str = "",
        waiting: Sequence[str] = (),
        with_keys: Callable[[str], str],
    ) -> None:
        """Show the sentences on an `open_mark`, on `newcomers`, the `notices` and what is `asked`; and
        reminders of findings, of `drafts` and of measures that are being answered, by name, of `reports`,
        what partners say of themselves, of what is `waiting` and of a rehearsal that is `due`. `with_keys`
        puts the names of keys in."""
        lines = [Content.styled(with_keys(open_mark), "bold $error")] if open_mark else []
        lines += [Content.styled(newcomer, "$warning") for newcomer in newcomers]
        if newcomers:
            lines.append(Content(with_keys("Press {acknowledge} once you know of it.")))
        lines += [Content.styled(notice, "$warning") for notice in notices]
        if has_findings:
            sentence = with_keys("Something is not as its author left it. Press {findings} to read.")
            lines.append(Content.styled(sentence, "$warning"))
        if asked:
            lines += [Content.styled(sentence, "$accent") for sentence in asked]
            lines.append(Content(with_keys("Press {measures} to answer.")))
        if answering:
            sentence = with_keys("Not finished: %s. Press {measures} to go on.")
            lines.append(Content(sentence % ", ".join(answering)))
        if reports:
            lines += [Content.styled(sentence, "$accent") for sentence in reports]
            lines.append(Content(with_keys("Press {check-ins} for that.")))
        if drafts:
            one = "A draft waits: “%s”. Press {drafts} to go on."
            several = "Drafts wait, “%s” and more. Press {drafts} to choose."
            lines.append(Content(with_keys(several if len(drafts) > 1 else one) % drafts[0]))
        lines += [Content(with_keys(sentence)) for sentence in waiting]
        if due:
            lines.append(Content(f"{due} {with_keys('Press {will} for that.')}"))
        self.update(Content("\n").join(lines))
        self.display = bool(lines)
