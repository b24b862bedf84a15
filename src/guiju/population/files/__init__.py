"""Populations in files and databases: what comes in, what is checked, and what is written."""
