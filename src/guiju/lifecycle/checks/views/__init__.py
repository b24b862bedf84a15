"""What several checks ask about a chart: its paths, its expressions, what is known where, what can hold together."""
