"""What one can type after `triage`: one file for each subject; the work itself is done by the modules they name."""
