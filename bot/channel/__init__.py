"""Ways to people. Each channel turns its wire format into `bot.envelope` values, and back."""
