"""The policy library for everyone: the pages of the book in the site's frame."""
