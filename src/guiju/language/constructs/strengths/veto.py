"""一票否决: the condition names what must not be; being true refuses."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.types import BOOL
from guiju.source.diagnostics import Text

NAME = "veto"
LABEL = Text("否决", "veto")
COUNTS = True


def lower(test: Node, builder: Builder) -> Node:
    return builder.make("presume", (builder.negate(test),), BOOL)
