"""People, organisations and who acts for whom; sign-in."""
