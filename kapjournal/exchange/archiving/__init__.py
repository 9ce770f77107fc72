"""The archive of a member: all they can read, as a folder of markdown or as JSON, to be read in again.

It is made of the same parts as an export. An export is words for somebody else, or for one's own use; an
archive is for leaving with everything and coming back: each note stands in it to the letter.
"""
