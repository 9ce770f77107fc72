"""How long things take, each beside the least they could take: `python -m tests.benchmarks`."""
