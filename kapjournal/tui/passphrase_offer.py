"""The passphrase that is offered for a door."""


def generated_passphrase() -> str:
    """Six words drawn at random; called in a thread, since it imports the journal."""
    from kapjournal import journal  # noqa: PLC0415

    return journal.generated_passphrase()
