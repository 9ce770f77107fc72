"""What the dose pad is made of."""
