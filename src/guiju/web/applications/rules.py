"""Who may do what in `applications`."""
