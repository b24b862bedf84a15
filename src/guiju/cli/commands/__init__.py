"""One file a command. Each has `command(say)`, which makes it in the reader's language."""
