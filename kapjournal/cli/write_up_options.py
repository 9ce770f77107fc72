"""What the commands of write-ups share: the argument that names one, and the option that asks for JSON."""

from typing import Annotated

import typer

WriteUpId = Annotated[
    str, typer.Argument(metavar="ID", help="The write-up's id, or its first four characters.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
