"""The commands of `guiju register`."""
