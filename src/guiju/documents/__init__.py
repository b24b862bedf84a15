"""Legal text in: files read line by line, repaired on record, cut into documents and clauses, kept in a text store;
and coverage: which figure of a text which rule carries."""
