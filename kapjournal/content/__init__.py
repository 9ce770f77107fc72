"""What a clinic may change without touching code: prompts and crisis lines, and the code that reads them."""
