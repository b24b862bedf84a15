"""What a reform would change, for a whole population: who, by how much, and where."""
