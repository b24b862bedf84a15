"""The commands of `guiju chart`, one a file, and what they share."""
