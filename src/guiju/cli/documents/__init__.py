"""What `import` and `cover` do, apart from their options."""
