"""What every app of the site uses: languages, permissions, doors, errors, pages."""
