"""Populations of organisations that don't exist, for trying and measuring: drawn from a model that is data."""
