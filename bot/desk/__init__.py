"""Where cases are worked: a channel of support agents, a mailbox, a webhook, a ticketing system. One file for each kind."""
