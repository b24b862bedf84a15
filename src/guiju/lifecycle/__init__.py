"""Procedures as charts: stages, moves, terms, notices; one entry that lets a case move only as the law allows."""
