"""A reminder of ours: reported, never decides."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.source.diagnostics import Text

NAME = "hint"
LABEL = Text("提示", "hint")
COUNTS = False


def lower(test: Node, _builder: Builder) -> Node:
    return test
