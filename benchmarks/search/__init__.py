"""What `make bench-search` is made of: the labelled queries, the peers, the measures."""
