"""What comes from other programs: one way to read folders and archives, and a module for each kind."""
