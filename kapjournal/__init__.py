"""A sealed journal for couples and therapists in ketamine-assisted psychotherapy."""

__version__ = "0.1.0"
