"""The type of what is safe to store."""

from typing import NewType

Sealed = NewType("Sealed", bytes)
"""Ciphertext. Only `kapjournal.crypto` makes it, and `kapjournal.store` writes nothing else: that no word
reaches the disk unsealed can be read off the signatures."""
