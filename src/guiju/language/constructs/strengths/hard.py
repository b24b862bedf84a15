"""A must: unmet refuses."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.types import BOOL
from guiju.source.diagnostics import Text

NAME = "hard"
LABEL = Text("硬性", "must")
COUNTS = True


def lower(test: Node, builder: Builder) -> Node:
    return builder.make("presume", (test,), BOOL)
