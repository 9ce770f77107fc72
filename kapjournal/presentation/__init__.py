"""What every face says and shows the same way: sentences, readers in words, the course, lines about a note.

No Textual and no Typer: the commands, the plain conversation and the screens all stand above it. Importing
the package costs nothing.
"""
