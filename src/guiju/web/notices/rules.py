"""Who may do what in `notices`."""
