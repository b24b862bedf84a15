"""Reads of `reviewing`: whatever a page, a list, a count, a file or an export shows starts here."""
