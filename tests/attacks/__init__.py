"""Attacks on the file format, one named test each: what a sentence of the format stops."""
