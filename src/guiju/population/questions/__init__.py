"""Questions that only a population answers: who is one change away, what pays for the same record, who stands where."""
