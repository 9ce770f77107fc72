"""What in the file is not as its author left it."""
