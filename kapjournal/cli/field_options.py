"""Options that the parser does not know: the fields of a form, whose ids a clinic can add to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer.core import TyperCommand

from kapjournal.errors import UsageError
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from typer._click import Context


class WithFields(TyperCommand):
    """A command that leaves `--FIELD TEXT` and `--FIELD=TEXT` in `context.args`.

    They are taken out before anything is parsed: a text that begins with a hyphen, as a list does, must not
    be read as options.
    """

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Parse what is no field."""
        takes_text = {
            name: not getattr(option, "is_flag", False)
            for option in self.get_params(ctx)
            for name in (*option.opts, *option.secondary_opts)
        }
        rest: list[str] = []
        fields: list[str] = []
        words = list(args)
        while words:
            word = words.pop(0)
            name, is_said, _ = word.partition("=")
            is_field = word.startswith("--") and word != "--" and name not in takes_text
            goes_on = not is_said and (is_field or takes_text.get(name, False))
            (fields if is_field else rest).extend([word, *words[:goes_on]])
            del words[:goes_on]
        super().parse_args(ctx, rest)
        ctx.args = fields
        return fields


def fields_in(arguments: Sequence[str]) -> dict[str, str]:
    """`--plan TEXT` and `--plan=TEXT`: fields by their ids."""
    fields: dict[str, str] = {}
    words = list(arguments)
    while words:
        word = words.pop(0)
        name, is_said, value = word[2:].partition("=")
        if not is_said and not words:
            raise UsageError(f"--{shown_line(name)}: its text is missing.")
        if name in fields:
            raise UsageError(f"--{shown_line(name)}: given twice.")
        fields[name] = value if is_said else words.pop(0)
    return fields
