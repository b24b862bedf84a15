"""Invented but lawful cases: what a chart leads to when moves are made with given odds. No figure of it is a fact."""
