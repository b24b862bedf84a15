"""The machine's door: all that the pages do, by OpenAPI and tokens."""
