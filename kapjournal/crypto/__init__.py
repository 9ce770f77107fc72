"""Bytes in, bytes out: keys, passphrases, identities and envelopes, without a database or a note.

What is returned as `Sealed` is safe to store; nothing else made here may reach a disk.
"""
