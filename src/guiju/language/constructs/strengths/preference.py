"""优先: reported, never decides."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.source.diagnostics import Text

NAME = "preference"
LABEL = Text("优先", "preference")
COUNTS = False


def lower(test: Node, _builder: Builder) -> Node:
    return test
