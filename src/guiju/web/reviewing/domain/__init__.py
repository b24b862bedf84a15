"""Acts of the review, one function an act."""
