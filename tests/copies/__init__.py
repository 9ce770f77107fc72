"""Many copies of one journal: whatever is done to them, in whatever order, everybody's promises hold."""
