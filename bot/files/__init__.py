"""What people send along: fetched, looked at, kept by the hash of its bytes, and read again by whoever works the case."""
