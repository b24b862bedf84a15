"""原则上: unmet asks a person to decide, with reasons; never refuses by itself."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.types import BOOL
from guiju.source.diagnostics import Text

NAME = "principle"
LABEL = Text("原则上", "in principle")
COUNTS = True


def lower(test: Node, builder: Builder) -> Node:
    return builder.make("soften", (builder.make("presume", (test,), BOOL),), BOOL)
