"""Who may do what in `reviewing`."""
