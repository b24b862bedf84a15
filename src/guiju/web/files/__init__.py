"""Uploaded files: checked, kept once by their content, and given to those who may see what they hang on."""
