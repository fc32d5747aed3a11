"""What is said: the conversation as small dialogs and cards, pure, in the person's language. Knows no SDK, no database."""
