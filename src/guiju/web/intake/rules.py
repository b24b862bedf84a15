"""Who may do what in `intake`."""
