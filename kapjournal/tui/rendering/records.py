"""A clinical record as blocks to show: each filled field under its heading, and what stands beside."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from kapjournal.content.forms import form_for
from kapjournal.domain.forms import Form
from kapjournal.domain.record_signing import last_written
from kapjournal.domain.records import Record, RecordText
from kapjournal.domain.signing import SignedDocument
from kapjournal.presentation import records as saying
from kapjournal.presentation.records import beside_in_words, filled_fields
from kapjournal.text import shown_line
from kapjournal.tui.rendering.differences import differences
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.rendering.signatures import below

_RULE = "───"


def record_page(record: Record, form: Form, signed: SignedDocument | None = None) -> list[Block]:
    """The fields of a record, under them its signatures if they are given, then other texts that stand."""
    page = list(fields_page(record.text, form))
    if signed is not None:
        page += below(signed, record.text.date, last_written(record), with_digest=True)
    for text in record.beside:
        page.append(_line(Content.styled(_RULE, "$text-muted"), gap=True))
        page.append(_line(Content.styled(beside_in_words(is_signed=record.is_signed), "$warning"), gap=False))
        page += fields_page(text, form)
    return page


def beside_the_list(record: Record, form: Form) -> list[Block]:
    """The same beside a list; nothing of those kinds whose words lists keep to themselves."""
    if saying.is_kept_out_of_lists(record.kind):
        return [_line(Content.styled(saying.ONCE_OPENED, "$text-muted"), gap=False)]
    return record_page(record, form)


def fields_page(text: RecordText, form: Form) -> Iterator[Block]:
    """Heading and words of each filled field."""
    for number, (heading, value) in enumerate(filled_fields(text, form)):
        yield _line(Content.styled(shown_line(heading), "bold $primary"), gap=bool(number))
        for at, block in enumerate(blocks(value)):
            yield block if at else Block(block.lead, block.hang, block.words, gap=False)


def _line(words: Content, *, gap: bool) -> Block:
    return Block("", "", words, gap=gap)


def changes_page(before: RecordText | None, text: RecordText, around: Sequence[str]) -> list[Block]:
    """What changed in which field, under a line for each thing `around` them that did; without a text before,
    the record as it is."""
    form = form_for(text.kind)
    if before is None:
        return list(fields_page(text, form))
    page = [_line(Content.styled(said, "$secondary"), gap=False) for said in around]
    old, new = dict(filled_fields(before, form)), dict(filled_fields(text, form))
    changed = [heading for heading in {**new, **old} if old.get(heading) != new.get(heading)]
    for heading in changed:
        page.append(_line(Content.styled(shown_line(heading), "bold $primary"), gap=bool(page)))
        page += differences(old.get(heading, ""), new.get(heading, ""))
    if not changed:
        page.append(_line(Content.styled("The words are the same.", "$text-muted"), gap=bool(page)))
    return page
