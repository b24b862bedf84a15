"""Search: clauses of the text store and rules of the library, cut into words, kept in an index, ranked."""
