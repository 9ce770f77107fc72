"""What a clinic may change without touching code: prompts and crisis lines, and their readers."""
