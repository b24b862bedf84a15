"""The law's questions of a move, by what they ask about. Each is answered by no reason, or by reasons."""
