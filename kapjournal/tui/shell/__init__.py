"""The program in a terminal: it opens and locks a journal, chooses the screen, owns themes and palette."""
