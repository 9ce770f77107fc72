"""Bytes in, bytes out: keys, passphrases, identities and envelopes. Knows no database and no note.

`Sealed` marks bytes that are safe to store; nothing else made here may touch a disk.
"""
