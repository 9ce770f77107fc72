"""What comes in from outside: one way to read folders and archives, and a module for each kind of source, our
own archives among them.

Each yields notes, and problems in their place, in the order in which its source has them. Nothing is written.
"""
