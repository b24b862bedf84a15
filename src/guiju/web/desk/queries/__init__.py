"""What the desk shows: each look-up goes through what the person may see."""
