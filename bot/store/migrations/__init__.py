"""How the schema came to be, one numbered step a file."""
