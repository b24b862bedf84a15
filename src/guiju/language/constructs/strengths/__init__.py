"""Strengths of a condition. Each module has `NAME`, `LABEL`, `COUNTS` and `lower(test, builder) -> Node`.

`presume` marks the place where 未述即符合 applies, if an evaluation asks for it.
"""
