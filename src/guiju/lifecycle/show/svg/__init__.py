"""A chart as an SVG picture: stages top down, moves as arrows, everything listed in tables beside it.

`flow` decides what stands below what, `contents` what each box says, `place` where boxes stand, `route` where arrows
run, `paint` and `tables` draw, `picture` puts it together. Nothing is measured by a browser: widths are estimated on
the safe side (`measure`), so the same chart always gives the same bytes.
"""
