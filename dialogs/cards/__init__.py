"""One module for each card: values in, a plain Adaptive Card 1.5 out."""
