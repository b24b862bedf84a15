"""A chart as a page of text: its stages with their moves, then what runs in time, readings and rounds."""
