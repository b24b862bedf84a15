"""What is known of one organisation: read, checked, normalised; a missing fact stays unknown."""
