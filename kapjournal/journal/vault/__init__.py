"""What one open door holds: keys, opened envelopes, channels, the unit of work, the rollback record."""
