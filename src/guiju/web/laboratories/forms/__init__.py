"""Our own parts of the forms of moves, and the desk's forms."""
