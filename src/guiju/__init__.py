"""规矩: China's quality-and-standards policy as computable rules: who qualifies, for how much, and why."""

__version__ = "0.1.0"
