"""Markdown of ours as it is heard, line by line: without its marks, and a row of a table in one line."""

from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from kapjournal.exchange.printed_words import parsed


def heard(words: str) -> Iterator[str]:
    """Each line of a page; what is too deep to be read so as it was typed."""
    root = parsed(words)
    if root is None:
        yield words
    else:
        yield from _lines(root)


def _lines(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "tr":
            yield ", ".join(line for cell in node.children for line in _lines(cell))
        case "heading":
            yield f"Heading: {_text(node)}"
        case "inline":
            yield _text(node)
        case "code_block":
            yield node.content.removesuffix("\n")
        case _:
            for one in node.children:
                yield from _lines(one)


def _text(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return "".join(map(_text, node.children)) if node.children else node.content
