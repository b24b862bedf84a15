"""`guiju population … --engine spark`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.options import Callback, in_its_place
from guiju.cli.population.asking import Asked
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Span, fail

if TYPE_CHECKING:
    from guiju.population.files.run import Outcome


@dataclass(frozen=True, slots=True)
class Engine:
    """Where answers are worked out: here, or on Spark at `master`, with Spark's own settings."""

    spark: bool
    master: str
    settings: dict[str, str]


def engine_options(say: Voice) -> Callable[[Callback], Callback]:
    """Which engine; the command gets one `engine`."""
    options: list[Callable[[Callback], Callback]] = [
        click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
                     metavar="local|spark", help=say("在本机算，或在 Spark 上算；结果相同",
                                                     "work here, or on Spark; the results are the same")),
        click.option("--master", default="local[*]", show_default=True, metavar="URL",
                     help=say("Spark 的主节点：local[*]、spark://…、yarn、k8s://…",
                              "Spark's master: local[*], spark://…, yarn, k8s://…")),
        click.option("--conf", "conf", multiple=True, metavar="KEY=VALUE",
                     help=say("Spark 的设置（可多次）", "a setting of Spark's (repeatable)")),
    ]

    def add(function: Callback) -> Callback:
        def with_engine(*, engine: str, master: str, conf: tuple[str, ...], **more: Any) -> Any:
            return function(engine=Engine(engine == "spark", master, _read(conf)), **more)

        return in_its_place(function, with_engine, options)

    return add


def _read(settings: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign or not key.startswith("spark."):
            raise fail("E942", Span(f"--conf {setting}"), "Spark 的设置写成 spark.….=值，如 spark.executor.memory=4g",
                       "write settings of Spark as spark.…=value, such as spark.executor.memory=4g")
        found[key] = value
    return found


def answered_on_spark(data: Path, out: Path, engine: Engine, asked: Asked) -> Outcome:
    from guiju.population.files.source import CHUNK
    from guiju.population.spark.addresses import place_of
    from guiju.population.spark.run import Request, answer_on_spark
    from guiju.population.spark.session import session

    with session(engine.master, engine.settings) as spark:
        return answer_on_spark(spark, Request(place_of(data), place_of(out), asked.library, asked.policies, asked.named,
                                              asked.tolerant, CHUNK))
