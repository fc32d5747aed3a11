"""What the bot costs, measured on the machine at hand; see docs/benchmarks.md."""
