"""The figures of `triage evaluate` as tables in a terminal, and as one page with plots."""
