"""The demo: a journal of the fictional Ana, Ben and Dr Lee, built through the same use cases a person has.

The texts are in the TOML files beside this one, a file for each person; `story` reads them, `build` writes
them into a journal.
"""

from kapjournal.demo.build import FILE_NAME, Demo, Door, build, temporary_folder

__all__ = ["FILE_NAME", "Demo", "Door", "build", "temporary_folder"]
