"""Who may do what in `laboratories`."""
