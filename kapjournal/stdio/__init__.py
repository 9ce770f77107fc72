"""Standard input, output and error for the two faces that speak in lines: the commands and the plain
conversation.

Each stream has one owner: `stdout` writes data, `stderr` sentences for people, `questions` asks and
`file_or_stdin` reads. `exit_codes` turns what ends a face into one sentence and a number.
"""
