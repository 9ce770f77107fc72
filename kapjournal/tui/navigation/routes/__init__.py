"""The table of screens: a route for each, with what the screen is opened with.

A route names its screen by module and class, which are imported when the screen is first shown: screens open
each other without importing each other, and nothing is imported before the first paint that it does not need.
A test holds the fields of every route against the parameters of its screen.
"""

# ruff: noqa: F403 - one table, whatever subject a screen has
from kapjournal.tui.navigation.routes.dialogue import *
from kapjournal.tui.navigation.routes.keeping import *
from kapjournal.tui.navigation.routes.maintenance import *
from kapjournal.tui.navigation.routes.measures import *
from kapjournal.tui.navigation.routes.notes import *
from kapjournal.tui.navigation.routes.practice import *
from kapjournal.tui.navigation.routes.route import *
from kapjournal.tui.navigation.routes.self_reports import *
from kapjournal.tui.navigation.routes.supervision import *
from kapjournal.tui.navigation.routes.together import *
from kapjournal.tui.navigation.routes.ways_in import *
