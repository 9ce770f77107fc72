"""What comes in from outside: readers of what other programs wrote, and of our own archives.

Each yields notes, and problems in their place, in the order in which its source has them. Nothing is written.
"""
