"""Static checks of a chart's worked timelines, one file each: `CODES` and `check(chart, walks)`."""
