"""From a chart's folder to a `Chart`: one reader for each kind of declaration."""
