"""The edge: HTTP, Bot Framework, database, command line, and the one place where all is wired."""
