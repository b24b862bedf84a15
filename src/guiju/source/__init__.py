"""Text in: YAML with positions, pipe tables, and diagnostics that say what, where and how to mend."""
