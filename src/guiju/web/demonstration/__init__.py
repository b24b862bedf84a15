"""An invented round to look at and try."""
