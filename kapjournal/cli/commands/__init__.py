"""The commands, one file a group. Each takes words, calls one use case and prints; none holds a rule."""
