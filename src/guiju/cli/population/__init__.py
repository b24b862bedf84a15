"""The commands of `guiju population`."""
