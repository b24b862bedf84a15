"""The source does not say what follows if it is unmet: a person decides."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.types import BOOL
from guiju.source.diagnostics import Text

NAME = "silent"
LABEL = Text("后果未载", "consequence not stated")
COUNTS = True


def lower(test: Node, builder: Builder) -> Node:
    return builder.make("soften", (builder.make("presume", (test,), BOOL),), BOOL)
