"""Who may do what in `rounds`."""
