"""Text made ready to be drawn: markdown as lines, and the marks in a line of markdown."""
