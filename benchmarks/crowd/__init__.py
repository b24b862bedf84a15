"""The benchmark's policy for whole populations: the same columns in every engine, answers compared by digest."""
