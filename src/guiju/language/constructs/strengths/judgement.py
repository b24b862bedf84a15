"""Decided by a person: refused if they say no, open until they have said."""

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.types import BOOL
from guiju.source.diagnostics import Text

NAME = "judgement"
LABEL = Text("人工判定", "decided by a person")
COUNTS = True


def lower(test: Node, builder: Builder) -> Node:
    return builder.make("presume", (test,), BOOL)
