"""What every face says and shows the same way."""
