"""What identifies somebody in a text, found, and what would stand in its place: a help for a human who
reads the text, and no proof that nobody can be told from it. It knows no journal."""

from kapjournal.deidentify.finding import find, find_each, places_of_names
from kapjournal.deidentify.findings import Finding, FindingKind, Known, replaced
from kapjournal.deidentify.looking import words_to_look_at
from kapjournal.deidentify.model import known_by_model
from kapjournal.deidentify.names_file import known_from
from kapjournal.deidentify.replacements import Replacements
from kapjournal.deidentify.story import StoryPoint, story_points

__all__ = [
    "Finding",
    "FindingKind",
    "Known",
    "Replacements",
    "StoryPoint",
    "find",
    "find_each",
    "known_by_model",
    "known_from",
    "places_of_names",
    "replaced",
    "story_points",
    "words_to_look_at",
]
