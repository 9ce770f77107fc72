"""The loop as blocks to show: each field, and under it what each partner said, by name."""

from collections.abc import Iterator
from dataclasses import replace

from textual.content import Content

from kapjournal.presentation import cycle as saying
from kapjournal.presentation import days
from kapjournal.presentation.cycle import LoopView, Words
from kapjournal.text import shown_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.markdown import blocks


def loop_page(view: LoopView) -> list[Block]:
    """The two halves, one field after another, and under them the times it went otherwise."""
    page: list[Block] = []
    for field in view.fields:
        page.append(_heading(field.question))
        for said in field.said:
            page += _said(said)
    if view.otherwise:
        page.append(_heading(saying.OTHERWISE))
    for line in view.otherwise:
        head = f"{days.short(line.date, year=True)} · {shown_line(line.who)}"
        words = Content.assemble((f"{head}  ", "$text-muted"), shown_line(line.line))
        page.append(Block("", "  ", words, gap=False))
    return page


def _heading(words: str) -> Block:
    return Block("", "", Content.styled(shown_line(words), "bold $primary"), gap=True)


def _said(said: Words) -> Iterator[Block]:
    """The words of one partner in their markdown, all of them set in under the name: no line of one can pass
    for the other's."""
    yield Block("", "", Content.styled(shown_line(said.who), "$secondary"), gap=False)
    for block in blocks(said.words):
        yield replace(block, lead=f"  {block.lead}", hang=f"  {block.hang}")
