"""How text is drawn: what the screens turn words into before a widget shows them."""
