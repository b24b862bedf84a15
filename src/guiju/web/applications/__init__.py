"""Applications in a round: the form, its revisions, its check against the rules, handing it in."""
