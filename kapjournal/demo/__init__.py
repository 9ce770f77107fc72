"""The fictional couple: builds a journal of Ana, Ben and Dr Lee through the same use cases a person has.

The words are in the TOML files beside this one, a voice a file; `story` reads them, `build` plays them.
"""

from kapjournal.demo.build import FILE_NAME, Demo, Door, build

__all__ = ["FILE_NAME", "Demo", "Door", "build"]
