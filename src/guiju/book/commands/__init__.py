"""The commands of the book; the command line finds them by name, since it stands below."""
