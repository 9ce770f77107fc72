"""One file a screen, with its style sheet beside it. Screens call use cases and hold no rules."""
