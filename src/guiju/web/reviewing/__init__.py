"""Expert review: committee, panels, conflicts, assignment, scores, visits, ballots, results."""
