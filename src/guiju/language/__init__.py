"""The rule language: YAML and one-line typed expressions in, a frozen hash-consed intermediate form out."""
