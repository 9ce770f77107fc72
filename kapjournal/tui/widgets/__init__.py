"""What screens are made of. Widgets receive data and post messages; none of them knows the journal."""
