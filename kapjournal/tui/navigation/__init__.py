"""How screens reach each other and the program around them, without importing either."""
