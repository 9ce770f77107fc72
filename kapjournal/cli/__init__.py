"""The command line: data on stdout, sentences for people on stderr, exit codes for scripts."""

from kapjournal.cli.edge import run
from kapjournal.cli.launch import Launch

__all__ = ["Launch", "run"]
