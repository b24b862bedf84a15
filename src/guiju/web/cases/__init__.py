"""Cases: the lifecycle core, kept in the database and driven by people."""
