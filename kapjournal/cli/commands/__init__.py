"""The commands, one file a group. They take words, call one use case, and print; they hold no rules."""
