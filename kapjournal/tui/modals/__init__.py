"""Small dialogs over a screen: each asks one plain question and hands back the answer."""
