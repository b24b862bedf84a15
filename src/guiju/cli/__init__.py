"""The `guiju` command: facts in, answers with reasons out."""
