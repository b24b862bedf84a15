"""One-line expressions: tokens, syntax tree, parser, and the words that explain them."""
